/*
 * The running task, from the stack pointer: its struct lies at the foot of
 * the 8 KB kernel stack.
 */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

struct task_struct;

static inline __attribute__((const)) struct task_struct *get_current(void)
{
	struct task_struct *task;

	__asm__("bic %0, sp, #0x1fc0\n\tbic %0, %0, #0x3f" : "=r" (task));
	return task;
}

#define current	get_current()

#endif
