/*
 * The FPU and SSE: what <linux/fpu.h> asks of the machine, and their state in signal frames. FPU
 * instructions trap while CR0.TS is set (Intel SDM vol. 3, 2.5).
 */
#ifndef _ASM_FPU_H
#define _ASM_FPU_H

#include <linux/types.h>
#include <asm/processor.h>
#include <asm/system.h>

/* FXSAVE image (16-byte aligned), or the 108 bytes of FSAVE on older CPUs. */
struct fpu_state {
	union {
		u8 fxsave[512];
		u32 fsave[27];
	};
} __attribute__((aligned(16)));

static inline void enable_fpu(void)
{
	__asm__ __volatile__("clts");
}

static inline void disable_fpu(void)
{
	write_cr0(read_cr0() | CR0_TS);
}

static inline void store_fpu(struct fpu_state *fpu)
{
	if (cpu_has(X86_FEATURE_FXSR))
		__asm__ __volatile__("fxsave %0" : "=m" (fpu->fxsave));
	else
		__asm__ __volatile__("fnsave %0 ; fwait" : "=m" (fpu->fsave));
}

static inline void load_fpu(const struct fpu_state *fpu)
{
	if (cpu_has(X86_FEATURE_FXSR))
		__asm__ __volatile__("fxrstor %0" :: "m" (fpu->fxsave));
	else
		__asm__ __volatile__("frstor %0" :: "m" (fpu->fsave));
}

/* All exceptions masked, registers empty. */
void fresh_fpu(struct fpu_state *fpu);

/* Boot: finds out what there is, and disables it until somebody uses it. */
void fpu_init(void);
/* An error of a calculation: SIGFPE. */
void math_error(struct pt_regs *regs, int trap);

/* The FPU part of a signal frame, as programs know it. */
struct fpstate_head {
	u32 fsave[27];			/* 108 bytes in the format of FSAVE */
	u16 status;
	u16 magic;			/* 0: fxsave follows, 0xffff: it does not */
};

struct fpstate {
	struct fpstate_head head;
	u8 fxsave[512];
};

/* Current's state into a frame: 1, 0 when it never used the FPU, or -EFAULT. May sleep. */
int fpu_to_frame(struct fpstate __user *frame);
/* And back. 0, -ENOMEM or -EFAULT (the state is spoiled then). May sleep. */
int fpu_from_frame(const struct fpstate __user *frame);

#endif
