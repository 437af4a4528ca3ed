/*
 * <asm/system.h> for the host's unit tests: a program cannot mask interrupts, and needs not.
 * What is here stands before the real header in the search path.
 */
#ifndef _ASM_SYSTEM_H
#define _ASM_SYSTEM_H

#include <linux/types.h>

struct task_struct;
struct pt_regs;

#define barrier()	__asm__ __volatile__("" ::: "memory")
#define mb()		barrier()
#define rmb()		barrier()
#define wmb()		barrier()

#define local_irq_disable()	barrier()
#define local_irq_enable()	barrier()
#define local_save_flags(flags)	((flags) = 0)
#define local_irq_save(flags)	((flags) = 0)
#define local_irq_restore(flags) ((void)(flags))

static inline bool irqs_disabled(void)
{
	return false;
}

static inline bool in_interrupt(void)
{
	return false;
}

#endif
