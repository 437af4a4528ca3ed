/*
 * Thread-local storage calls, and where the user-mode code of task 0 lives.
 */
#ifndef _ASM_THREAD_CALLS_H
#define _ASM_THREAD_CALLS_H

#include <linux/types.h>

struct task_struct;

struct user_desc {			/* the argument of set_thread_area(2) */
	u32 entry_number;
	u32 base_addr;
	u32 limit;
	u32 seg_32bit : 1;
	u32 contents : 2;
	u32 read_exec_only : 1;
	u32 limit_in_pages : 1;
	u32 seg_not_present : 1;
	u32 useable : 1;
};

int do_set_thread_area(struct task_struct *p, struct user_desc __user *u_info, bool may_choose);
long sys_set_thread_area(struct user_desc __user *u_info);
long sys_get_thread_area(struct user_desc __user *u_info);

#define USER_TEXT_BASE	0x08048000UL	/* as in kernel.lds */
#define USER_STACK_TOP	0xBFFFF000UL

#endif
