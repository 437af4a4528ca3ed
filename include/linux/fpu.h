/*
 * Floating-point registers, given to a task when it first uses them: kernel/fpu.c.
 *
 * <asm/fpu.h> has the state, struct fpu_state, and what the machine does with it, interrupts off
 * but for the last:
 *
 *	store_fpu(), load_fpu()		registers to memory, memory to registers
 *	enable_fpu(), disable_fpu()	from now on the instructions work, or trap
 *	fresh_fpu()			fills in what a program starts with
 */
#ifndef _LINUX_FPU_H
#define _LINUX_FPU_H

#include <asm/fpu.h>

struct task_struct;

/* Memory for the state of current, fresh if it had none. 0 or -ENOMEM. May sleep. */
int alloc_fpu(void);
/* current's first use since it was switched to: it may go on. 0 or -ENOMEM. May sleep. */
int use_fpu(void);
/* The switch from p, which is current and in the registers: they are saved. Interrupts off. */
void save_fpu(struct task_struct *p);
/* Brings current's thread.fpu up to date; the registers are free then. False: it has no state. */
bool sync_fpu(void);
/* fork: the child gets a copy of current's. 0 or -ENOMEM. May sleep. */
int copy_fpu(struct task_struct *child);
/* p has no state any more. */
void drop_fpu(struct task_struct *p);

#endif
