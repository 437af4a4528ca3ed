/*
 * Bits in arrays of words, bit 0 of word 0 first. set/clear/change are atomic
 * against interrupts; the __ forms need not be.
 */
#ifndef _ASM_BITOPS_H
#define _ASM_BITOPS_H

#include <asm-generic/bitops.h>

/* *p = *p OP mask, exclusively; old gets what was there. See <asm/atomic.h>. */
#define __ATOMIC_BITOP(insn, old, mask, p) do {				\
	unsigned long _new, _failed;					\
	__asm__ __volatile__(						\
		"1:	ldrex	%0, [%3]\n"				\
		"	" insn "	%1, %0, %4\n"			\
		"	strex	%2, %1, [%3]\n"				\
		"	teq	%2, #0\n"				\
		"	bne	1b"					\
		: "=&r" (old), "=&r" (_new), "=&r" (_failed)		\
		: "r" (p), "r" (mask) : "cc", "memory");		\
} while (0)

static inline void set_bit(unsigned int nr, volatile unsigned long *addr)
{
	unsigned long old, mask = 1UL << (nr % BITS_PER_LONG);

	__ATOMIC_BITOP("orr", old, mask, addr + nr / BITS_PER_LONG);
}

static inline void clear_bit(unsigned int nr, volatile unsigned long *addr)
{
	unsigned long old, mask = 1UL << (nr % BITS_PER_LONG);

	__ATOMIC_BITOP("bic", old, mask, addr + nr / BITS_PER_LONG);
}

static inline void change_bit(unsigned int nr, volatile unsigned long *addr)
{
	unsigned long old, mask = 1UL << (nr % BITS_PER_LONG);

	__ATOMIC_BITOP("eor", old, mask, addr + nr / BITS_PER_LONG);
}

/* These return the old value of the bit. */
static inline bool test_and_set_bit(unsigned int nr, volatile unsigned long *addr)
{
	unsigned long old, mask = 1UL << (nr % BITS_PER_LONG);

	__ATOMIC_BITOP("orr", old, mask, addr + nr / BITS_PER_LONG);
	return (old & mask) != 0;
}

static inline bool test_and_clear_bit(unsigned int nr, volatile unsigned long *addr)
{
	unsigned long old, mask = 1UL << (nr % BITS_PER_LONG);

	__ATOMIC_BITOP("bic", old, mask, addr + nr / BITS_PER_LONG);
	return (old & mask) != 0;
}

#endif
