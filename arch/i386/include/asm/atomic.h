/*
 * Counters that an interrupt handler may change too. One CPU: one instruction
 * is atomic without a lock prefix.
 */
#ifndef _ASM_ATOMIC_H
#define _ASM_ATOMIC_H

#include <asm-generic/atomic.h>

static inline void atomic_add(int i, atomic_t *v)
{
	__asm__ __volatile__("addl %1,%0" : "+m" (v->counter) : "ir" (i));
}

static inline void atomic_sub(int i, atomic_t *v)
{
	__asm__ __volatile__("subl %1,%0" : "+m" (v->counter) : "ir" (i));
}

static inline void atomic_inc(atomic_t *v)
{
	__asm__ __volatile__("incl %0" : "+m" (v->counter));
}

static inline void atomic_dec(atomic_t *v)
{
	__asm__ __volatile__("decl %0" : "+m" (v->counter));
}

/* True when the count reached 0. */
static inline bool atomic_dec_and_test(atomic_t *v)
{
	bool zero;

	__asm__ __volatile__("decl %0" : "+m" (v->counter), "=@ccz" (zero) : : "memory");
	return zero;
}

#endif
