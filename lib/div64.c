/*
 * lib/div64.c - 64 by 32 bit division in plain C.
 *
 * For machines whose <asm/div64.h> has no better way (ARMv7-A without a divide instruction). It is
 * the division of the school book in base 2: shift the divisor up until it is about to exceed the
 * dividend, then subtract and shift back down.
 */
#include <linux/math64.h>

#ifndef __HAVE_ARCH_DO_DIV
u32 __div64_32(u64 *n, u32 base)
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
