/*
 * The functions of the library. They call each other as in any program, for they are linked at the
 * place where they will stand.
 */
#include <stdarg.h>

#define NR_write	4
#define LINE		256

static int writes = 1000;		/* data: in the file */
static char line[LINE];			/* bss: behind its end */

unsigned long strlen12(const char *s)
{
	const char *end = s;

	while (*end)
		end++;
	return end - s;
}

char *itoa12(long n, int base, char *buf)
{
	unsigned long rest = n < 0 && base == 10 ? -(unsigned long)n : (unsigned long)n;
	char digits[40], *p = digits, *to = buf;

	do
		*p++ = "0123456789abcdef"[rest % base];
	while (rest /= base);
	if (n < 0 && base == 10)
		*to++ = '-';
	while (p > digits)
		*to++ = *--p;
	*to = 0;
	return buf;
}

static long write12(int fd, const char *s, unsigned long n)
{
	long ret;

	writes++;
	__asm__ __volatile__("int $0x80"
			     : "=a" (ret) : "0" (NR_write), "b" (fd), "c" (s), "d" (n) : "memory");
	return ret;
}

long puts12(int fd, const char *s)
{
	return write12(fd, s, strlen12(s));
}

long printf12(int fd, const char *fmt, ...)
{
	char digits[40], *to = line;
	const char *s;
	va_list args;

	va_start(args, fmt);
	for (; *fmt && to < line + LINE - 1; fmt++) {
		if (*fmt != '%' || !fmt[1]) {
			*to++ = *fmt;
			continue;
		}
		fmt++;
		s = *fmt == 's' ? va_arg(args, const char *) :
				  itoa12(va_arg(args, long), *fmt == 'x' ? 16 : 10, digits);
		while (*s && to < line + LINE - 1)
			*to++ = *s++;
	}
	va_end(args);
	return write12(fd, line, to - line);
}

int writes12(void)
{
	return writes - 1000;
}
