/* sched.h - tasks that share memory, and giving way. Flags: uapi/linux/sched.h. */
#ifndef _SCHED_H
#define _SCHED_H

#include <sys/types.h>
#include <uapi/linux/sched.h>

/*
 * Starts a task that runs function(arg) on the stack ending at stack_top, and exits with what
 * it returns. The last two are for CLONE_PARENT_SETTID and CLONE_CHILD_CLEARTID. Returns the
 * task's number, or -1 and errno.
 */
int clone(int (*function)(void *), void *stack_top, int flags, void *arg, int *parent_tid,
	  int *child_tid);

int sched_yield(void);

#endif
