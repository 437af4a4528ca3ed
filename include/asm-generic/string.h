/*
 * asm-generic/string.h - memcpy and memset in plain C, a word at a time.
 *
 * For a machine that has no string instructions: its <asm/string.h> includes this file. One that
 * has them defines __memcpy() and __memset() itself. lib/string.c makes the functions of these.
 */
#ifndef _ASM_GENERIC_STRING_H
#define _ASM_GENERIC_STRING_H

/* A block that is looked at in words, whatever it holds. */
typedef unsigned long __attribute__((may_alias)) string_word_t;

#define STRING_WORD	sizeof(string_word_t)

/* Copies n bytes between blocks that do not overlap; returns to. */
static inline void *__memcpy(void *to, const void *from, size_t n)
{
	char *d = to;
	const char *s = from;

	if ((((unsigned long)d | (unsigned long)s) & (STRING_WORD - 1)) == 0) {
		for (; n >= STRING_WORD; n -= STRING_WORD, d += STRING_WORD, s += STRING_WORD)
			*(string_word_t *)d = *(const string_word_t *)s;
	}
	while (n--)
		*d++ = *s++;
	return to;
}

/* Sets n bytes to the low byte of c; returns s. */
static inline void *__memset(void *s, int c, size_t n)
{
	const unsigned long pattern = (unsigned char)c * (~0UL / 255);
	char *d = s;

	for (; n && ((unsigned long)d & (STRING_WORD - 1)); n--)
		*d++ = c;
	for (; n >= STRING_WORD; n -= STRING_WORD, d += STRING_WORD)
		*(string_word_t *)d = pattern;
	while (n--)
		*d++ = c;
	return s;
}

#endif
