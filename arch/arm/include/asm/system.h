/*
 * Interrupt masking and barriers. What does not depend on the machine: <asm-generic/system.h>.
 */
#ifndef _ASM_SYSTEM_H
#define _ASM_SYSTEM_H

#include <asm-generic/system.h>
#include <asm/cache.h>	/* isb dsb dmb */
#include <asm/ptrace.h>

/* Forbids the compiler to move memory accesses across this point. */
#define barrier()	__asm__ __volatile__("" ::: "memory")
#define mb()		dsb()		/* order of memory and devices */
#define rmb()		dsb()
#define wmb()		dsb()

#define local_irq_disable()	__asm__ __volatile__("cpsid i" ::: "memory")
#define local_irq_enable()	__asm__ __volatile__("cpsie i" ::: "memory")
#define local_save_flags(flags)	\
	__asm__ __volatile__("mrs %0, cpsr" : "=r" (flags) :: "memory")
#define local_irq_save(flags)	\
	__asm__ __volatile__("mrs %0, cpsr\n\tcpsid i" : "=r" (flags) :: "memory")
#define local_irq_restore(flags) \
	__asm__ __volatile__("msr cpsr_c, %0" :: "r" (flags) : "memory")

static inline bool irqs_disabled(void)
{
	unsigned long flags;

	local_save_flags(flags);
	return (flags & PSR_I) != 0;
}

/*
 * Sleeps until the next interrupt; called with interrupts off, returns with them on. One that is
 * pending ends the wait although it is masked, so none can be missed.
 */
static inline void safe_halt(void)
{
	__asm__ __volatile__("dsb\n\twfi\n\tcpsie i" ::: "memory");
}

/* Interrupts off for ever: the machine stands still. */
static inline void __attribute__((noreturn)) halt_forever(void)
{
	for (;;)
		__asm__ __volatile__("cpsid if\n\twfi");
}

#endif
