/*
 * Floating-point and NEON state outside the registers: for fork, exec and signal frames.
 */
#ifndef _ASM_VFP_H
#define _ASM_VFP_H

#include <linux/types.h>

struct task_struct;
struct pt_regs;
struct vfp_sigframe;

struct vfp_state {
	u64 d[32];
	u32 fpscr;
};

/* Boot: finds out what there is, and disables it until somebody uses it. */
void vfp_init(void);
/* current's instruction is undefined: was it just the first of VFP or NEON? It goes on then. */
bool vfp_first_use(struct pt_regs *regs, u32 insn);
void save_vfp(struct task_struct *p);		/* registers to memory; p is current */
int copy_vfp(struct task_struct *child);	/* fork: 0 or -ENOMEM. May sleep */
void drop_vfp(struct task_struct *p);
/* Current's state into a frame: true, or false when it has none. */
bool vfp_to_frame(struct vfp_sigframe *frame);
/* And back. 0 or -ENOMEM. May sleep. */
int vfp_from_frame(const struct vfp_sigframe *frame);

#endif
