/*
 * lib/strtonum.c - numbers out of text, for the kernel's command line and /proc files.
 *
 * The prototypes are in linux/kernel.h. "Simple" means: no white space is skipped, no error is
 * reported, overflow wraps. *end (if end is not NULL) is set to the first character that does not
 * belong to the number. Base 0 takes 0x as hexadecimal and a leading 0 as octal. The strtoul() of
 * programs, with errno and all, is in lib/stdlib.c.
 */
#include <linux/ctype.h>
#include <linux/kernel.h>

unsigned long long simple_strtoull(const char *s, char **end, unsigned int base)
{
	unsigned long long v = 0;
	bool has_0x = s[0] == '0' && (s[1] == 'x' || s[1] == 'X') && isxdigit(s[2]);

	if (base == 0)
		base = has_0x ? 16 : *s == '0' ? 8 : 10;
	if (base == 16 && has_0x)
		s += 2;
	for (; isxdigit(*s); s++) {
		unsigned int digit = isdigit(*s) ? *s - '0' : tolower(*s) - 'a' + 10;

		if (digit >= base)
			break;
		v = v * base + digit;
	}
	if (end)
		*end = (char *)s;
	return v;
}

unsigned long simple_strtoul(const char *s, char **end, unsigned int base)
{
	return simple_strtoull(s, end, base);
}

long simple_strtol(const char *s, char **end, unsigned int base)
{
	if (*s == '-')
		return -simple_strtoul(s + 1, end, base);
	return simple_strtoul(s, end, base);
}

unsigned long long memparse(const char *s, char **end)
{
	char *unit;
	unsigned long long v = simple_strtoull(s, &unit, 0);
	int shift = 0;

	switch (toupper(*unit)) {
	case 'G':
		shift = 30;
		break;
	case 'M':
		shift = 20;
		break;
	case 'K':
		shift = 10;
		break;
	}
	if (shift)
		unit++;
	if (end)
		*end = unit;
	return v << shift;
}
