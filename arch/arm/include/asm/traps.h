/*
 * The C side of entry.S: who handles which exception.
 */
#ifndef _ASM_TRAPS_H
#define _ASM_TRAPS_H

/* The page at FFFF0000: vectors.S. */
#define VECTORS_SIGRETURN	0x500	/* sigreturn, rt_sigreturn; ARM, then Thumb */
#define VECTORS_TLS		0xff0	/* current's thread pointer */

#ifndef __ASSEMBLY__
#include <linux/types.h>

struct pt_regs;

extern char *vectors_page;		/* the same page in lowmem, where it can be written */

/* Shows programs the thread pointer of the task that runs. */
static inline void kuser_tls(unsigned long tls)
{
	*(volatile unsigned long *)(vectors_page + VECTORS_TLS) = tls;
}

/* Traps, from entry.S: interrupts off. Those of memory: <asm/fault.h>. */
void do_undefinstr(struct pt_regs *regs);
void do_IRQ(struct pt_regs *regs);
/* An exception this kernel does not use, or a kernel stack that is none: reports and panics. */
void bad_vector(struct pt_regs *regs);
void double_fault(struct pt_regs *regs);
/* From div.S: a division by zero in the kernel, which is BUG(). */
void __div0(void);
/*
 * From do_DataAbort() and do_PrefetchAbort(): an abort that is not the MMU's, by its fault
 * status. Interrupts are off, and may come back on.
 */
void do_other_abort(struct pt_regs *regs, unsigned long address, unsigned long fsr);
/* From entry.S: a system call with a number behind the table, maybe one of ARM's own. */
long arm_syscall(struct pt_regs *regs);
/*
 * Work on the way back to user mode. `syscall`: from a system call, which may have to be repeated.
 * True: restart_syscall() shall be called now. Interrupts are off before and after.
 */
bool do_work_pending(struct pt_regs *regs, bool syscall);

/* From entry.S: all registers from the signal frame at the stack pointer. */
void do_sigreturn(struct pt_regs *regs);
void do_rt_sigreturn(struct pt_regs *regs);

/* In cpu.c: what CPU is this? */
void identify_cpu(void);

#endif
#endif
