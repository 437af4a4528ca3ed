/*
 * Counters that an interrupt handler may change too: what needs no special instruction. One aligned
 * word is read and written at once.
 */
#ifndef _ASM_GENERIC_ATOMIC_H
#define _ASM_GENERIC_ATOMIC_H

#include <linux/types.h>

typedef struct {
	int counter;
} atomic_t;

#define ATOMIC_INIT(i)	{ (i) }

static inline int atomic_read(const atomic_t *v)
{
	return *(const volatile int *)&v->counter;
}

static inline void atomic_set(atomic_t *v, int i)
{
	*(volatile int *)&v->counter = i;
}

#endif
