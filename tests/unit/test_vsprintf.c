/*
 * lib/vsprintf.c and lib/strtonum.c: what snprintf prints, with every flag, width and
 * precision, is what the host's prints; a buffer that is too small is cut, ended and not overrun.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include "unit.h"

int host_strcmp(const char *a, const char *b) __asm__("strcmp");
size_t host_strlen(const char *s) __asm__("strlen");
unsigned long host_strtoul(const char *s, char **end, int base) __asm__("strtoul");
unsigned long long host_strtoull(const char *s, char **end, int base) __asm__("strtoull");

static char ours[200], theirs[200];

#define SAME(...)							\
	do {								\
		int a = host_snprintf(theirs, sizeof(theirs), __VA_ARGS__);	\
		int b = snprintf(ours, sizeof(ours), __VA_ARGS__);	\
		CHECK(a == b && !host_strcmp(ours, theirs), "expected '%s', got '%s'", \
		      theirs, ours);					\
	} while (0)

static void test_numbers(void)
{
	static const char *flags[] = { "", "-", "0", "+", " ", "#", "-+", "0+", "#0", "-#", "+ " };
	static const char *widths[] = {
		"", "1", "5", "12", ".0", ".1", ".5", "8.3", "3.8", "12.5"
	};
	static const int values[] = { 0,   1,	  -1,	  9,	      42,
				      255, 65536, -12345, 2147483647, -2147483647 - 1 };
	unsigned int f, w, v, c;
	char fmt[20];

	for (f = 0; f < ARRAY_SIZE(flags); f++)
		for (w = 0; w < ARRAY_SIZE(widths); w++)
			for (c = 0; c < 5; c++)
				for (v = 0; v < ARRAY_SIZE(values); v++) {
					host_snprintf(fmt, sizeof(fmt), "[%%%s%s%c]", flags[f],
						      widths[w], "duxXo"[c]);
					SAME(fmt, values[v]);
				}
}

static void test_sizes(void)
{
	static const u64 wide[] = { 0, 1, 4294967295ULL, 4294967296ULL, 1000000000000ULL,
				    9223372036854775807ULL, 18446744073709551615ULL };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wide); i++) {
		SAME("%llu %lld %llx %llo", wide[i], (s64)wide[i], wide[i], wide[i]);
		SAME("%20llu|%-20llx|%020lld", wide[i], wide[i], (s64)wide[i]);
	}
	SAME("%ld %lu %lx %zu", -5L, 5UL, 0xabcUL, (size_t)77);
	SAME("%hd %hu %hhd %hhu", 40000, 40000, 200, 200);
}

static void test_text(void)
{
	char *volatile nothing = NULL;

	SAME("%s|%10s|%-10s|%.2s|%5.1s|%.0s|", "abc", "abc", "abc", "abc", "abc", "abc");
	SAME("%c%c|%5c|%-5c|%%", 'a', 'b', 'c', 'd');
	SAME("%*d|%-*d|%.*s|%*s", 6, 42, 6, 42, 2, "xyz", -6, "left");
	snprintf(ours, sizeof(ours), "%s", nothing);
	CHECK(host_strlen(ours) > 0);
	snprintf(ours, sizeof(ours), "%p", (void *)0xc0123456);
	CHECK(strstr(ours, "c0123456"), "%s", ours);
}

static void test_cutting(void)
{
	unsigned int size;

	for (size = 0; size < 16; size++) {
		char *small = host_malloc(size + 1);

		small[size] = 'z';
		CHECK(snprintf(small, size, "%s-%d", "abcdef", 12345) == 12);
		CHECK(small[size] == 'z');
		CHECK(size == 0 || host_strlen(small) == (size > 12 ? 12 : size - 1));
		if (size)
			CHECK(scnprintf(small, size, "%s", "abcdef") == (int)host_strlen(small));
		host_free(small);
	}
}

static void test_parsing(void)
{
	static const char *texts[] = { "0", "1", "42x", "0x1F", "017", "ffffffff", "zz", "", "0x",
				       "99999999", "7fffffff" };
	static const int bases[] = { 0, 8, 10, 16 };
	unsigned int i, b;
	char *end, *host_end;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		for (b = 0; b < ARRAY_SIZE(bases); b++) {
			unsigned long a = simple_strtoul(texts[i], &end, bases[b]);
			unsigned long h = host_strtoul(texts[i], &host_end, bases[b]);

			CHECK(a == h, "'%s' in base %d: %lu, not %lu", texts[i], bases[b], a, h);
			CHECK(end == host_end || !host_strcmp(texts[i], "0x"), "'%s'", texts[i]);
		}
	CHECK(simple_strtol("-42", NULL, 10) == -42);
	CHECK(simple_strtoull("18446744073709551615", NULL, 10) == 18446744073709551615ULL);
	CHECK(memparse("64M", &end) == 64 << 20 && *end == 0);
	CHECK(memparse("6k,", &end) == 6 << 10 && *end == ',');
	CHECK(memparse("3G", &end) == 3ULL << 30 && memparse("512", &end) == 512);
}

int main(void)
{
	test_numbers();
	test_sizes();
	test_text();
	test_cutting();
	test_parsing();
	return 0;
}
