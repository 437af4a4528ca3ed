/*
 * lib/string.c - memory blocks and strings in plain C.
 *
 * Serves the kernel (include/linux/string.h) and programs (lib/include/string.h). memcpy and memset
 * are the machine's, from <asm/string.h>; they must exist out of line too, like memmove and memcmp,
 * because the compiler emits calls to them on its own.
 *
 * 0.12 had all of this as inline assembly in a header; plain C of today is as short, and serves
 * every machine.
 */
#include <linux/ctype.h>
#include <linux/string.h>

/* Otherwise the compiler would recognise the loop of memcpy() and make it call memcpy(). */
#pragma GCC optimize("no-tree-loop-distribute-patterns")

#define WORD		sizeof(unsigned long)
#define ALIGNED(p)	(((unsigned long)(p) & (WORD - 1)) == 0)

/* Blocks that may be compared or moved a word at a time. */
typedef unsigned long __attribute__((may_alias)) word_t;

/* In parentheses, for <asm/string.h> may have made macros of the names. */
void *(memcpy)(void *to, const void *from, size_t n)
{
	return __memcpy(to, from, n);
}

void *(memset)(void *s, int c, size_t n)
{
	return __memset(s, c, n);
}

void *memmove(void *to, const void *from, size_t n)
{
	char *d = to;
	const char *s = from;

	if (d <= s || d >= s + n) {
		if (d + n <= s || d >= s + n)
			return memcpy(to, from, n);
		while (n--)
			*d++ = *s++;
		return to;
	}
	d += n;
	s += n;
	if (ALIGNED((unsigned long)d | (unsigned long)s)) {
		for (; n >= WORD; n -= WORD) {
			d -= WORD;
			s -= WORD;
			*(word_t *)d = *(const word_t *)s;
		}
	}
	while (n--)
		*--d = *--s;
	return to;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *p = a, *q = b;

	if (ALIGNED((unsigned long)p | (unsigned long)q)) {
		for (; n >= WORD && *(const word_t *)p == *(const word_t *)q; n -= WORD) {
			p += WORD;
			q += WORD;
		}
	}
	for (; n; n--, p++, q++)
		if (*p != *q)
			return *p - *q;
	return 0;
}

void *memchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s;

	for (; n; n--, p++)
		if (*p == (unsigned char)c)
			return (void *)p;
	return NULL;
}

size_t strlen(const char *s)
{
	const char *p = s;

	while (*p)
		p++;
	return p - s;
}

size_t strnlen(const char *s, size_t max)
{
	const char *p = s;

	while (max-- && *p)
		p++;
	return p - s;
}

char *strcpy(char *to, const char *from)
{
	char *d = to;

	while ((*d++ = *from++))
		;
	return to;
}

char *strncpy(char *to, const char *from, size_t n)
{
	char *d = to;

	while (n && *from) {
		*d++ = *from++;
		n--;
	}
	while (n--)
		*d++ = 0;
	return to;
}

char *strcat(char *to, const char *from)
{
	strcpy(to + strlen(to), from);
	return to;
}

char *strncat(char *to, const char *from, size_t n)
{
	char *d = to + strlen(to);

	while (n-- && *from)
		*d++ = *from++;
	*d = 0;
	return to;
}

size_t strlcpy(char *to, const char *from, size_t size)
{
	size_t len = strlen(from);

	if (size) {
		size_t n = len < size ? len : size - 1;

		memcpy(to, from, n);
		to[n] = 0;
	}
	return len;
}

size_t strlcat(char *to, const char *from, size_t size)
{
	size_t used = strnlen(to, size);

	return used + strlcpy(to + used, from, size - used);
}

int strcmp(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (unsigned char)*a - (unsigned char)*b;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++)
		if (*a != *b || !*a)
			return (unsigned char)*a - (unsigned char)*b;
	return 0;
}

int strncasecmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++) {
		int d = tolower((unsigned char)*a) - tolower((unsigned char)*b);

		if (d || !*a)
			return d;
	}
	return 0;
}

int strcasecmp(const char *a, const char *b)
{
	return strncasecmp(a, b, ~(size_t)0);
}

char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++)
		if (!*s)
			return NULL;
	return (char *)s;
}

char *strrchr(const char *s, int c)
{
	const char *found = NULL;

	do {
		if (*s == (char)c)
			found = s;
	} while (*s++);
	return (char *)found;
}

char *strstr(const char *s, const char *what)
{
	size_t n = strlen(what);

	for (; strncmp(s, what, n); s++)
		if (!*s)
			return NULL;
	return (char *)s;
}

size_t strspn(const char *s, const char *set)
{
	const char *p = s;

	while (*p && strchr(set, *p))
		p++;
	return p - s;
}

size_t strcspn(const char *s, const char *set)
{
	const char *p = s;

	while (*p && !strchr(set, *p))
		p++;
	return p - s;
}

char *strpbrk(const char *s, const char *any)
{
	s += strcspn(s, any);
	return *s ? (char *)s : NULL;
}

char *strsep(char **sp, const char *delim)
{
	char *word = *sp, *end;

	if (!word)
		return NULL;
	end = strpbrk(word, delim);
	if (end)
		*end++ = 0;
	*sp = end;
	return word;
}

char *strtok_r(char *s, const char *delim, char **save)
{
	char *word;

	if (!s)
		s = *save;
	if (!s)
		return NULL;
	s += strspn(s, delim);
	*save = s;
	if (!*s)
		return NULL;
	word = strsep(save, delim);
	return word;
}
