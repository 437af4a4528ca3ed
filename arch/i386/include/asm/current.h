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

	__asm__("movl %%esp,%0 ; andl $-8192,%0" : "=r" (task));
	return task;
}

#define current	get_current()

#endif
