/*
 * Signal frames as programs, debuggers and unwinders know them: Linux, i386.
 */
#ifndef _ASM_SIGCONTEXT_H
#define _ASM_SIGCONTEXT_H

#include <linux/types.h>
#include <linux/signal.h>
#include <asm/fpu.h>

struct thread_struct;

struct sigcontext {
	u32 gs, fs, es, ds;
	u32 edi, esi, ebp, esp, ebx, edx, ecx, eax;
	u32 trapno, err;
	u32 eip, cs, eflags;
	u32 esp_at_signal, ss;
	struct fpstate __user *fpstate;
	u32 oldmask, cr2;
};

struct ucontext {
	u32 uc_flags;
	struct ucontext *uc_link;
	stack_t uc_stack;
	struct sigcontext uc_mcontext;
	sigset_t uc_sigmask;
} __attribute__((packed, aligned(4)));

struct sigframe_head {
	u32 pretcode;			/* the handler's return address */
	u32 sig;
	struct sigcontext sc;
};

struct sigframe {
	u32 pretcode;
	u32 sig;
	struct sigcontext sc;
	unsigned long extramask;	/* signals 33-64 */
	u8 retcode[8];
	struct fpstate fpstate;
};

struct rt_sigframe_head {
	u32 pretcode, sig, pinfo, puc;
};

struct rt_sigframe {
	u32 pretcode, sig, pinfo, puc;
	siginfo_t info;
	struct ucontext uc;
	u8 retcode[8];
	struct fpstate fpstate;
};

/* Loads t->gs and t->fs into the CPU; bad ones become null. In process.c. */
void reload_segments(struct thread_struct *t);

#endif
