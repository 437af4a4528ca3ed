/*
 * Bits in arrays of words, bit 0 of word 0 first: what needs no special instruction. Words have
 * BITS_PER_LONG bits.
 */
#ifndef _ASM_GENERIC_BITOPS_H
#define _ASM_GENERIC_BITOPS_H

#include <linux/types.h>

#define BITS_PER_LONG	32

static inline bool test_bit(unsigned int nr, const volatile unsigned long *addr)
{
	return (addr[nr / BITS_PER_LONG] >> (nr % BITS_PER_LONG)) & 1;
}

/* Number of the lowest set bit; undefined for 0. */
static inline unsigned long __ffs(unsigned long word)
{
	return __builtin_ctzl(word);
}

/* Number of the lowest clear bit; undefined for ~0. */
static inline unsigned long ffz(unsigned long word)
{
	return __builtin_ctzl(~word);
}

/* Number of the highest set bit, counted from 1; 0 for 0. */
static inline int fls(unsigned long word)
{
	return word ? 32 - __builtin_clzl(word) : 0;
}

#endif
