/*
 * Signal frames as programs, debuggers and unwinders know them: Linux, ARM EABI.
 */
#ifndef _ASM_SIGCONTEXT_H
#define _ASM_SIGCONTEXT_H

#include <linux/types.h>
#include <linux/signal.h>

struct sigcontext {
	u32 trap_no, error_code, oldmask;
	u32 arm_r0, arm_r1, arm_r2, arm_r3, arm_r4, arm_r5, arm_r6, arm_r7, arm_r8, arm_r9;
	u32 arm_r10, arm_fp, arm_ip, arm_sp, arm_lr, arm_pc, arm_cpsr;
	u32 fault_address;
};

/* A block of uc_regspace: it begins with its kind and its size in bytes. */
#define VFP_MAGIC	0x56465001

struct vfp_sigframe {
	u32 magic;
	u32 size;
	u64 fpregs[32];
	u32 fpscr;
	u32 pad;
	u32 fpexc, fpinst, fpinst2;	/* of the exception, if there was one: never here */
} __attribute__((aligned(8)));

#define REGSPACE_WORDS	128

struct ucontext {
	u32 uc_flags;
	struct ucontext *uc_link;
	stack_t uc_stack;
	struct sigcontext uc_mcontext;
	sigset_t uc_sigmask;
	u32 __unused_mask[30];		/* sets of up to 1024 signals */
	u32 uc_regspace[REGSPACE_WORDS] __attribute__((aligned(8)));
};

/* Without SA_SIGINFO; uc_flags then has a value that no trap_no has. */
#define OLD_FRAME_FLAGS	0x5ac3c35a

struct sigframe {
	struct ucontext uc;
	u32 retcode[4];
};

struct rt_sigframe {
	siginfo_t info;
	struct sigframe sig;
};

#endif
