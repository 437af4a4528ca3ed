/*
 * Bits in arrays of words, bit 0 of word 0 first. set/clear/change are atomic
 * against interrupts; the __ forms need not be.
 */
#ifndef _ASM_BITOPS_H
#define _ASM_BITOPS_H

#include <asm-generic/bitops.h>

static inline void set_bit(unsigned int nr, volatile unsigned long *addr)
{
	__asm__ __volatile__("btsl %1,%0" : "+m" (*addr) : "Ir" (nr) : "memory");
}

static inline void clear_bit(unsigned int nr, volatile unsigned long *addr)
{
	__asm__ __volatile__("btrl %1,%0" : "+m" (*addr) : "Ir" (nr) : "memory");
}

static inline void change_bit(unsigned int nr, volatile unsigned long *addr)
{
	__asm__ __volatile__("btcl %1,%0" : "+m" (*addr) : "Ir" (nr) : "memory");
}

/* These return the old value of the bit. */
static inline bool test_and_set_bit(unsigned int nr, volatile unsigned long *addr)
{
	bool old;

	__asm__ __volatile__("btsl %2,%0" : "+m" (*addr), "=@ccc" (old) : "Ir" (nr) : "memory");
	return old;
}

static inline bool test_and_clear_bit(unsigned int nr, volatile unsigned long *addr)
{
	bool old;

	__asm__ __volatile__("btrl %2,%0" : "+m" (*addr), "=@ccc" (old) : "Ir" (nr) : "memory");
	return old;
}

#endif
