/*
 * <asm/current.h> for the host's unit tests: there is one task, unit_task, in shim/task.c.
 */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

extern struct task_struct unit_task;
#define current	(&unit_task)

#endif
