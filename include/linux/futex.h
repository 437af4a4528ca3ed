/*
 * Futexes inside the kernel: what happens to those of a task that ends. See kernel/futex.c.
 */
#ifndef _LINUX_FUTEX_H
#define _LINUX_FUTEX_H

#include <uapi/linux/futex.h>
#include <linux/types.h>

struct task_struct;

/* Wakes up to nr of current's address space that wait at the user address. May sleep. */
int futex_wake_address(int __user *uaddr, int nr);
/*
 * Marks the robust futexes that p, which is current, still holds, wakes a waiter of each, and
 * forgets the list. May sleep.
 */
void exit_robust_list(struct task_struct *p);

#endif
