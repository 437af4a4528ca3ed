/*
 * Interrupt masking, barriers, control registers. What does not depend on the machine:
 * <asm-generic/system.h>.
 */
#ifndef _ASM_SYSTEM_H
#define _ASM_SYSTEM_H

#include <asm-generic/system.h>
#include <asm/ptrace.h>

/* Forbids the compiler to move memory accesses across this point. */
#define barrier()	__asm__ __volatile__("" ::: "memory")
#define mb()		barrier()	/* one CPU; devices here are not cached */
#define rmb()		barrier()
#define wmb()		barrier()

#define local_irq_disable()	__asm__ __volatile__("cli" ::: "memory")
#define local_irq_enable()	__asm__ __volatile__("sti" ::: "memory")
#define local_save_flags(flags)	\
	__asm__ __volatile__("pushfl ; popl %0" : "=r" (flags) :: "memory")
#define local_irq_save(flags)	\
	__asm__ __volatile__("pushfl ; popl %0 ; cli" : "=r" (flags) :: "memory")
#define local_irq_restore(flags) \
	__asm__ __volatile__("pushl %0 ; popfl" :: "rm" (flags) : "memory", "cc")

static inline bool irqs_disabled(void)
{
	unsigned long flags;

	local_save_flags(flags);
	return !(flags & X86_EFLAGS_IF);
}

/* Sleeps until the next interrupt; called with interrupts off, returns with them on. */
static inline void safe_halt(void)
{
	__asm__ __volatile__("sti ; hlt" ::: "memory");
}

/* Interrupts off for ever: the machine stands still. */
static inline void __attribute__((noreturn)) halt_forever(void)
{
	for (;;)
		__asm__ __volatile__("cli ; hlt");
}

static inline unsigned long read_cr2(void)
{
	unsigned long v;

	__asm__ __volatile__("movl %%cr2,%0" : "=r" (v));
	return v;
}

static inline unsigned long read_cr3(void)
{
	unsigned long v;

	__asm__ __volatile__("movl %%cr3,%0" : "=r" (v));
	return v;
}

static inline void write_cr3(unsigned long v)
{
	__asm__ __volatile__("movl %0,%%cr3" :: "r" (v) : "memory");
}

static inline unsigned long read_cr0(void)
{
	unsigned long v;

	__asm__ __volatile__("movl %%cr0,%0" : "=r" (v));
	return v;
}

static inline void write_cr0(unsigned long v)
{
	__asm__ __volatile__("movl %0,%%cr0" :: "r" (v) : "memory");
}

#define CR0_TS	8		/* FPU use traps */

#endif
