/*
 * linux/math64.h - the 64-bit divisions the kernel needs.
 *
 * The kernel is not linked with the compiler's run-time library, so "/" and "%" on 64-bit values
 * do not link on a 32-bit machine. Dividing by a 32-bit number is all we need; a 64-bit divisor
 * can nearly always be avoided by scaling. All of them stand on the machine's __div64_32().
 */
#ifndef _LINUX_MATH64_H
#define _LINUX_MATH64_H

#include <linux/types.h>
#include <asm/div64.h>

/* n / base, with the remainder in *rem. */
static inline u64 div_u64_rem(u64 n, u32 base, u32 *rem)
{
	*rem = __div64_32(&n, base);
	return n;
}

/* n / base. */
static inline u64 div_u64(u64 n, u32 base)
{
	__div64_32(&n, base);
	return n;
}

/* n / base, rounded towards zero as C does. */
static inline s64 div_s64(s64 n, s32 base)
{
	u64 q = div_u64(n < 0 ? -(u64)n : (u64)n, base < 0 ? -(u32)base : (u32)base);

	return (n < 0) != (base < 0) ? -q : q;
}

#endif
