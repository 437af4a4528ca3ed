/*
 * asm/string.h (i386) - memcpy and memset with the string instructions.
 *
 * "rep movsl" moves four bytes per step, which no loop of ordinary instructions of this
 * processor family can match in length, and both take only a handful of instructions to set up.
 * When the size is a small constant the compiler's own expansion (a few moves) is better
 * still, hence the macros. The direction flag is always clear, in the kernel and in programs:
 * the ABI demands it, and entry.S sees to it.
 */
#ifndef _ASM_STRING_H
#define _ASM_STRING_H

/* Up to this constant size the compiler's expansion is used. */
#define STRING_INLINE_MAX	32

static inline void *__memcpy(void *to, const void *from, size_t n)
{
	size_t count = n >> 2;
	void *d = to;

	__asm__ volatile("rep movsl" : "+c" (count), "+D" (d), "+S" (from) : : "memory");
	count = n & 3;
	if (count)
		__asm__ volatile("rep movsb" : "+c" (count), "+D" (d), "+S" (from) : : "memory");
	return to;
}
#define memcpy(to, from, n) \
	(__builtin_constant_p(n) && (n) <= STRING_INLINE_MAX ? \
	 __builtin_memcpy(to, from, n) : __memcpy(to, from, n))

static inline void *__memset(void *s, int c, size_t n)
{
	size_t count = n >> 2;
	void *d = s;

	__asm__ volatile("rep stosl" : "+c" (count), "+D" (d)
		: "a" ((c & 0xff) * 0x01010101U) : "memory");
	count = n & 3;
	if (count)
		__asm__ volatile("rep stosb" : "+c" (count), "+D" (d) : "a" (c) : "memory");
	return s;
}
#define memset(s, c, n) \
	(__builtin_constant_p(n) && (n) <= STRING_INLINE_MAX ? \
	 __builtin_memset(s, c, n) : __memset(s, c, n))

#endif
