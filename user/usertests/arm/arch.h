/*
 * arch.h - the tests of what only ARM has, and what they share.
 */
#ifndef _ARCH_H
#define _ARCH_H

#include <signal.h>
#include <stdint.h>

/* What handlers get, as programs of Linux' ARM EABI know it. */
struct arm_context {
	unsigned long trap_no, error_code, oldmask;
	unsigned long r[11], fp, ip, sp, lr, pc, cpsr;
	unsigned long fault_address;
};

struct arm_ucontext {
	unsigned long uc_flags;
	void *uc_link;
	stack_t uc_stack;
	struct arm_context uc_mcontext;
	unsigned long uc_sigmask[32];
	uint32_t uc_regspace[128] __attribute__((aligned(8)));
};

#define VFP_MAGIC	0x56465001

struct vfp_block {
	uint32_t magic, size;
	uint64_t d[32];
	uint32_t fpscr, pad, fpexc, fpinst, fpinst2;
} __attribute__((aligned(8)));

/* traps.c */
void arch_breakpoints(void);
void arch_undefined(void);
void arch_alignment(void);
void arch_thumb_handler(void);
void arch_it_block(void);
void arch_frame_mode(void);
void arch_trampolines(void);

/* helpers.c */
void arch_helpers(void);
void arch_exclusive(void);
void arch_vector_page(void);
void arch_thread_pointer(void);
void arch_cache_flush(void);
void arch_restart(void);

/* vfp.c */
void arch_vfp_switch(void);
void arch_vfp_signal(void);
void arch_vfp_fork(void);
void arch_vfp_exec(void);
void arch_vfp_fresh(void);

/* Installs a handler with siginfo for `sig`, for good. */
void on_signal(int sig, void (*handler)(int sig, siginfo_t *info, void *ucontext));

#endif
