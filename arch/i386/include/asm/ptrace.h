/*
 * User registers as entry.S saves them at the top of the kernel stack. The
 * first six are the arguments of a system call in order.
 *
 *	 ss      \
 *	 esp      | pushed by the CPU,
 *	 eflags   | ss and esp only on entry from user mode
 *	 cs       |
 *	 eip     /
 *	 orig_eax   call number, or error code of a trap, or ~irq
 *	 es ds eax ebp edi esi edx ecx ebx
 */
#ifndef _ASM_PTRACE_H
#define _ASM_PTRACE_H

#define __KERNEL_CS	0x10
#define __KERNEL_DS	0x18
#define __USER_CS	0x23
#define __USER_DS	0x2b

#ifndef __ASSEMBLY__

struct pt_regs {
	long ebx, ecx, edx, esi, edi, ebp;
	long eax;
	long ds, es;
	long orig_eax;
	long eip, cs;
	long eflags;
	long esp, ss;
};

#define X86_EFLAGS_IF	0x200

#define UTS_MACHINE	"i686"	/* what uname -m says */

#define user_mode(regs)			(((regs)->cs & 3) == 3)
#define interrupts_enabled(regs)	(((regs)->eflags & X86_EFLAGS_IF) != 0)
#define instruction_pointer(regs)	((regs)->eip)
#define user_stack_pointer(regs)	((regs)->esp)
#define syscall_return_value(regs)	((regs)->eax)
#define syscall_number(regs)		((unsigned long)(regs)->orig_eax)

#endif
#endif
