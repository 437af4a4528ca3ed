/*
 * lib/string.c against the host's C library: every function on random strings over a small
 * alphabet, at every alignment, each in a block of exactly its size, so that ASan sees a byte
 * too many.
 */
#include <linux/string.h>
#include "unit.h"

#define ROUNDS	20000
#define LONGEST	40

int host_memcmp(const void *a, const void *b, size_t n) __asm__("memcmp");
void *host_memchr(const void *s, int c, size_t n) __asm__("memchr");
size_t host_strlen(const char *s) __asm__("strlen");
int host_strcmp(const char *a, const char *b) __asm__("strcmp");
int host_strncmp(const char *a, const char *b, size_t n) __asm__("strncmp");
int host_strcasecmp(const char *a, const char *b) __asm__("strcasecmp");
int host_strncasecmp(const char *a, const char *b, size_t n) __asm__("strncasecmp");
char *host_strchr(const char *s, int c) __asm__("strchr");
char *host_strrchr(const char *s, int c) __asm__("strrchr");
char *host_strstr(const char *s, const char *what) __asm__("strstr");
char *host_strpbrk(const char *s, const char *any) __asm__("strpbrk");
size_t host_strspn(const char *s, const char *set) __asm__("strspn");
size_t host_strcspn(const char *s, const char *set) __asm__("strcspn");
char *host_strncpy(char *to, const char *from, size_t n) __asm__("strncpy");

static int sign(int n)
{
	return (n > 0) - (n < 0);
}

/* A string in a block of its own. */
static char *random_string(unsigned int longest)
{
	static const char alphabet[] = "abAB\x80\xff";
	unsigned int n = unit_random(longest + 1), i;
	char *s = host_malloc(n + 1);

	for (i = 0; i < n; i++)
		s[i] = alphabet[unit_random(sizeof(alphabet) - 1)];
	s[n] = 0;
	return s;
}

static void test_reading(const char *a, const char *b)
{
	size_t la = host_strlen(a), lb = host_strlen(b), n = unit_random(LONGEST);
	size_t less = la < lb ? la : lb;
	int c = a[0] ? a[0] : 'x';

	CHECK(strlen(a) == la);
	CHECK(strnlen(a, n) == (la < n ? la : n));
	CHECK(sign(memcmp(a, b, less)) == sign(host_memcmp(a, b, less)));
	CHECK(memchr(a, 'B', la) == host_memchr(a, 'B', la));
	CHECK(memchr(a, 0x1ff, la) == host_memchr(a, 0x1ff, la));
	CHECK(sign(strcmp(a, b)) == sign(host_strcmp(a, b)), "'%s' '%s'", a, b);
	CHECK(sign(strncmp(a, b, n)) == sign(host_strncmp(a, b, n)));
	CHECK(sign(strcasecmp(a, b)) == sign(host_strcasecmp(a, b)));
	CHECK(sign(strncasecmp(a, b, n)) == sign(host_strncasecmp(a, b, n)));
	CHECK(strchr(a, c) == host_strchr(a, c) && strchr(a, 0) == a + la);
	CHECK(strrchr(a, 'a') == host_strrchr(a, 'a') && strrchr(a, 0) == a + la);
	CHECK(strstr(a, b) == host_strstr(a, b), "'%s' in '%s'", b, a);
	CHECK(strpbrk(a, b) == host_strpbrk(a, b));
	CHECK(strspn(a, b) == host_strspn(a, b) && strcspn(a, b) == host_strcspn(a, b));
}

static void test_writing(const char *a, const char *b)
{
	size_t la = host_strlen(a), lb = host_strlen(b), n = unit_random(LONGEST) + 1, i;
	char *to = host_malloc(la + lb + 1), *small = host_malloc(n), *ref = host_malloc(n);

	CHECK(strcpy(to, a) == to && host_strcmp(to, a) == 0);
	CHECK(strcat(to, b) == to && host_strlen(to) == la + lb && !host_strcmp(to + la, b));
	to[la] = 0;
	CHECK(strncat(to, b, lb / 2) == to && host_strlen(to) == la + lb / 2);
	CHECK(strncpy(small, a, n) == small);
	host_strncpy(ref, a, n);
	CHECK(host_memcmp(small, ref, n) == 0);
	CHECK(strlcpy(small, a, n) == la && host_strlen(small) == (la < n ? la : n - 1));
	CHECK(strlcat(small, b, n) == (la < n ? la : n - 1) + lb && host_strlen(small) < n);
	CHECK(memset(small, 0x141, n) == small);
	for (i = 0; i < n; i++)
		CHECK(small[i] == 0x41);
	host_free(to);
	host_free(small);
	host_free(ref);
}

/* Copies between all alignments, with a border that must stay as it was. */
static void test_blocks(void)
{
	unsigned char from[80], to[96];
	unsigned int i, src = unit_random(8), dst = unit_random(8) + 4, n = unit_random(64);

	for (i = 0; i < sizeof(from); i++)
		from[i] = unit_random(256);
	for (i = 0; i < sizeof(to); i++)
		to[i] = 0xa5;
	CHECK(memcpy(to + dst, from + src, n) == to + dst);
	for (i = 0; i < sizeof(to); i++)
		CHECK(to[i] == (i >= dst && i < dst + n ? from[src + i - dst] : 0xa5));
	CHECK(memmove(to, to + dst, n) == to);
	for (i = 0; i < n; i++)
		CHECK(to[i] == from[src + i]);
	CHECK(memmove(to + dst, to, n) == to + dst);
	for (i = 0; i < n; i++)
		CHECK(to[dst + i] == from[src + i]);
}

static void test_words(void)
{
	char text[] = "a,,b;c", again[] = ";;x; y;", *s = text, *save;

	CHECK(!host_strcmp(strsep(&s, ",;"), "a") && !host_strcmp(strsep(&s, ",;"), ""));
	CHECK(!host_strcmp(strsep(&s, ",;"), "b") && !host_strcmp(strsep(&s, ",;"), "c"));
	CHECK(s == NULL && strsep(&s, ",;") == NULL);
	CHECK(!host_strcmp(strtok_r(again, "; ", &save), "x"));
	CHECK(!host_strcmp(strtok_r(NULL, "; ", &save), "y"));
	CHECK(strtok_r(NULL, "; ", &save) == NULL);
}

int main(void)
{
	int round;

	for (round = 0; round < ROUNDS; round++) {
		char *a = random_string(LONGEST), *b = random_string(round % 3 ? 3 : LONGEST);

		test_reading(a, b);
		test_writing(a, b);
		test_blocks();
		host_free(a);
		host_free(b);
	}
	test_words();
	return 0;
}
