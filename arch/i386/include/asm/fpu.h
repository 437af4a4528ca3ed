/*
 * FPU state outside the registers: for fork, exec and signal frames.
 */
#ifndef _ASM_FPU_H
#define _ASM_FPU_H

#include <linux/types.h>

struct task_struct;

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

int copy_fpu(struct task_struct *child);
void drop_fpu(struct task_struct *p);
/* Current's state into a frame: 1, 0 when it never used the FPU, or -EFAULT. May sleep. */
int fpu_to_frame(struct fpstate __user *frame);
/* And back. 0, -ENOMEM or -EFAULT (the state is spoiled then). May sleep. */
int fpu_from_frame(const struct fpstate __user *frame);

#endif
