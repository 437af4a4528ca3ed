/*
 * asm-generic/div64.h - 64 by 32 bit division in plain C.
 *
 * For a machine without a divide instruction of that width. It is the division of the school book
 * in base 2: shift the divisor up until it is about to exceed the dividend, then subtract and shift
 * back down.
 */
#ifndef _ASM_GENERIC_DIV64_H
#define _ASM_GENERIC_DIV64_H

#include <linux/types.h>

/* Divides *n by base, which is not 0, and returns the remainder. */
static inline u32 __div64_32(u64 *n, u32 base)
{
	u64 rem = *n, quot = 0, d = base, bit = 1;

	while (!(d >> 63) && d < rem) {
		d <<= 1;
		bit <<= 1;
	}
	for (; bit; bit >>= 1, d >>= 1) {
		if (rem >= d) {
			rem -= d;
			quot |= bit;
		}
	}
	*n = quot;
	return (u32)rem;
}

#endif
