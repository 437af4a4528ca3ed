/*
 * asm/div64.h (i386) - divides 64 bits by 32 without the compiler's run-time library.
 *
 * do_div(n, base): n is an unsigned 64-bit variable, base a 32-bit value other than 0. Leaves
 * the quotient in n and returns the remainder. "div" takes a 64-bit dividend but faults when the
 * quotient needs more than 32 bits, so the division is done by hand in two digits of 32 bits.
 */
#ifndef _ASM_DIV64_H
#define _ASM_DIV64_H

#include <linux/types.h>

/* Divides *n by base, which is not 0, and returns the remainder. */
static inline u32 __div64_32(u64 *n, u32 base)
{
	u32 low = (u32)*n, high = (u32)(*n >> 32), quot_high = 0, rem;

	if (high) {
		quot_high = high / base;
		high %= base;
	}
	__asm__("divl %4" : "=a" (low), "=d" (rem) : "0" (low), "1" (high), "rm" (base));
	*n = (u64)quot_high << 32 | low;
	return rem;
}

#define do_div(n, base)	__div64_32(&(n), (base))

#endif
