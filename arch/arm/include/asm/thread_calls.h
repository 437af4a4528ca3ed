/*
 * Thread-local storage, the calls that only ARM has, and where the user-mode code of task 0
 * lives.
 */
#ifndef _ASM_THREAD_CALLS_H
#define _ASM_THREAD_CALLS_H

#include <linux/types.h>

struct pt_regs;

/* Numbers from here on are ARM's own calls: sys_arm.c. */
#define __ARM_NR_BASE		0x0f0000
#define __ARM_NR_breakpoint	(__ARM_NR_BASE + 1)
#define __ARM_NR_cacheflush	(__ARM_NR_BASE + 2)
#define __ARM_NR_set_tls	(__ARM_NR_BASE + 5)
#define __ARM_NR_get_tls	(__ARM_NR_BASE + 6)

/* Gives current's thread pointer a value, and the running CPU too. In process.c. */
void set_tls(unsigned long value);

#define USER_TEXT_BASE	0x00010000UL	/* as in kernel.lds */
#define USER_STACK_TOP	0xBEFFF000UL

#endif
