/*
 * Counters that an interrupt handler may change too. STREX stores only when nobody has taken
 * the exclusive mark that LDREX left; every return from an exception takes it (entry.S).
 */
#ifndef _ASM_ATOMIC_H
#define _ASM_ATOMIC_H

#include <asm-generic/atomic.h>

/* Adds i and returns the sum. */
static inline int atomic_add_return(int i, atomic_t *v)
{
	int sum, failed;

	__asm__ __volatile__(
		"1:	ldrex	%0, [%3]\n"
		"	add	%0, %0, %4\n"
		"	strex	%1, %0, [%3]\n"
		"	teq	%1, #0\n"
		"	bne	1b"
		: "=&r" (sum), "=&r" (failed), "+Qo" (v->counter)
		: "r" (&v->counter), "Ir" (i) : "cc");
	return sum;
}

static inline void atomic_add(int i, atomic_t *v)
{
	atomic_add_return(i, v);
}

static inline void atomic_sub(int i, atomic_t *v)
{
	atomic_add_return(-i, v);
}

static inline void atomic_inc(atomic_t *v)
{
	atomic_add_return(1, v);
}

static inline void atomic_dec(atomic_t *v)
{
	atomic_add_return(-1, v);
}

/* True when the count reached 0. */
static inline bool atomic_dec_and_test(atomic_t *v)
{
	bool zero = atomic_add_return(-1, v) == 0;

	__asm__ __volatile__("" ::: "memory");
	return zero;
}

#endif
