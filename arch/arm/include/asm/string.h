/*
 * asm/string.h (ARM) - memcpy and memset with the multiple-register loads and stores.
 *
 * LDM and STM move eight words with two instructions, but both addresses must be multiples of 4.
 * So the destination is aligned first; a source that is not aligned then is read with single
 * loads, which ARMv7 allows at any address of ordinary memory. Device memory is stricter: it is
 * reached with the calls of <asm/io.h> only.
 *
 * lib/string.c makes the functions of these two. When the size is a small constant the compiler's
 * own expansion is better than a call, hence the macros.
 */
#ifndef _ASM_STRING_H
#define _ASM_STRING_H

/* Up to this constant size the compiler's expansion is used. */
#define STRING_INLINE_MAX	32
#define STRING_BLOCK		32	/* bytes that one LDM and one STM move */

static inline void *__memcpy(void *to, const void *from, size_t n)
{
	const char *s = from;
	char *d = to;

	if (n >= 2 * sizeof(long)) {
		for (; (unsigned long)d & 3; n--)
			*d++ = *s++;
		if (!((unsigned long)s & 3))
			for (; n >= STRING_BLOCK; n -= STRING_BLOCK)
				__asm__ volatile("ldmia %1!, {r3-r6, r8-r10, ip}\n\t"
						 "stmia %0!, {r3-r6, r8-r10, ip}"
					: "+r" (d), "+r" (s) :: "r3", "r4", "r5", "r6", "r8",
					  "r9", "r10", "ip", "memory");
		for (; n >= sizeof(long); n -= sizeof(long))
			__asm__ volatile("ldr ip, [%1], #4\n\tstr ip, [%0], #4"
				: "+r" (d), "+r" (s) :: "ip", "memory");
	}
	while (n--)
		*d++ = *s++;
	return to;
}
#define memcpy(to, from, n) \
	(__builtin_constant_p(n) && (n) <= STRING_INLINE_MAX ? \
	 __builtin_memcpy(to, from, n) : (memcpy)(to, from, n))

static inline void *__memset(void *s, int c, size_t n)
{
	register unsigned long pattern __asm__("r3") = (c & 0xff) * 0x01010101UL;
	char *d = s;

	if (n >= 2 * sizeof(long)) {
		for (; (unsigned long)d & 3; n--)
			*d++ = c;
		if (n >= STRING_BLOCK) {
			__asm__ volatile(
				"	mov	r4, r3\n"
				"	mov	r5, r3\n"
				"	mov	ip, r3\n"
				"1:	stmia	%0!, {r3, r4, r5, ip}\n"
				"	sub	%1, %1, #32\n"
				"	stmia	%0!, {r3, r4, r5, ip}\n"
				"	cmp	%1, #32\n"
				"	bhs	1b"
				: "+r" (d), "+r" (n) : "r" (pattern)
				: "r4", "r5", "ip", "cc", "memory");
		}
		for (; n >= sizeof(long); n -= sizeof(long), d += sizeof(long))
			*(unsigned long __attribute__((may_alias)) *)d = pattern;
	}
	while (n--)
		*d++ = c;
	return s;
}
#define memset(s, c, n) \
	(__builtin_constant_p(n) && (n) <= STRING_INLINE_MAX ? \
	 __builtin_memset(s, c, n) : (memset)(s, c, n))

#endif
