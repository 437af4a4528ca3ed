/*
 * asm/div64.h (ARM) - divides 64 bits by 32 without the compiler's run-time library.
 *
 * do_div(n, base): n is an unsigned 64-bit variable, base a 32-bit value other than 0. Leaves
 * the quotient in n and returns the remainder. The Cortex-A9 has no instruction that divides:
 * arch/arm/div.S does it bit by bit.
 */
#ifndef _ASM_DIV64_H
#define _ASM_DIV64_H

#include <linux/types.h>

/* Divides *n by base, which is not 0, and returns the remainder. */
u32 __div64_32(u64 *n, u32 base);

#define do_div(n, base)	__div64_32(&(n), (base))

#endif
