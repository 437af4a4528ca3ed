/*
 * User registers as entry.S saves them at the top of the kernel stack: r0 to r15 in order,
 * so that two instructions store them all, and the status register.
 *
 *	 orig_r0    the first argument of a system call, which its result replaces in r0
 *	 cpsr      \ stored at once by SRS on entry,
 *	 pc        / loaded at once by RFE on return
 *	 lr sp ip fp r10 ... r0
 *
 * A system call has its number in r7 and its arguments in r0 to r5.
 */
#ifndef _ASM_PTRACE_H
#define _ASM_PTRACE_H

/* CPSR: ARM Architecture Reference Manual ARMv7-A, B1.3.3 */
#define USR_MODE	0x10
#define FIQ_MODE	0x11
#define IRQ_MODE	0x12
#define SVC_MODE	0x13
#define ABT_MODE	0x17
#define UND_MODE	0x1b
#define SYSTEM_MODE	0x1f
#define PSR_MODE_MASK	0x1f
#define PSR_T		0x00000020	/* Thumb */
#define PSR_F		0x00000040	/* FIQ masked */
#define PSR_I		0x00000080	/* IRQ masked */
#define PSR_A		0x00000100	/* asynchronous abort masked */
#define PSR_E		0x00000200	/* big-endian data */
#define PSR_IT		0x0600fc00	/* where in an IT block */
#define PSR_GE		0x000f0000
#define PSR_J		0x01000000
#define PSR_Q		0x08000000
#define PSR_NZCV	0xf0000000

#ifndef __ASSEMBLY__

struct pt_regs {
	long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10;
	long fp, ip, sp, lr, pc;
	long cpsr;
	long orig_r0;
};

#define UTS_MACHINE	"armv7l"	/* what uname -m says */

#define user_mode(regs)			(((regs)->cpsr & 0xf) == 0)
#define thumb_mode(regs)		(((regs)->cpsr & PSR_T) != 0)
#define interrupts_enabled(regs)	(((regs)->cpsr & PSR_I) == 0)
#define instruction_pointer(regs)	((regs)->pc)
#define user_stack_pointer(regs)	((regs)->sp)
#define syscall_return_value(regs)	((regs)->r0)
#define syscall_number(regs)		((unsigned long)(regs)->r7)

/* A program goes on at pc; bit 0, which no instruction's address has, chooses Thumb. */
static inline void set_user_pc(struct pt_regs *regs, unsigned long pc)
{
	regs->cpsr &= ~(PSR_T | PSR_J | PSR_IT | PSR_E);
	if (pc & 1)
		regs->cpsr |= PSR_T;
	regs->pc = pc & (pc & 1 ? ~1UL : ~3UL);
}

#endif
#endif
