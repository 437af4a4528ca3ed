/*
 * lib/printf.c - formatted output to files, and the small functions that print.
 *
 * The formatting itself is vsnprintf() of lib/vsprintf.c, shared with the kernel. A text that does
 * not fit the buffer on the stack is formatted once more, on the heap.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ON_STACK	512

/* Where a text goes: a file, or if that is NULL a descriptor. */
static int emit(FILE *f, int fd, const char *text, size_t n)
{
	if (f)
		return fwrite(text, 1, n, f) == n ? (int)n : -1;
	return write(fd, text, n) == (ssize_t)n ? (int)n : -1;
}

static int print(FILE *f, int fd, const char *fmt, va_list args)
{
	char small[ON_STACK], *large;
	va_list again;
	int n, result;

	va_copy(again, args);
	n = vsnprintf(small, sizeof(small), fmt, args);
	if (n < ON_STACK) {
		result = emit(f, fd, small, n);
	} else {
		large = malloc(n + 1);
		if (large)
			vsnprintf(large, n + 1, fmt, again);
		result = large ? emit(f, fd, large, n) : -1;
		free(large);
	}
	va_end(again);
	return result;
}

int vfprintf(FILE *f, const char *fmt, va_list args)
{
	return print(f, -1, fmt, args);
}

int vdprintf(int fd, const char *fmt, va_list args)
{
	return print(NULL, fd, fmt, args);
}

int vprintf(const char *fmt, va_list args)
{
	return print(stdout, -1, fmt, args);
}

int printf(const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = print(stdout, -1, fmt, args);
	va_end(args);
	return n;
}

int fprintf(FILE *f, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = print(f, -1, fmt, args);
	va_end(args);
	return n;
}

int dprintf(int fd, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = print(NULL, fd, fmt, args);
	va_end(args);
	return n;
}

int puts(const char *s)
{
	return fputs(s, stdout) || fputc('\n', stdout) == EOF ? EOF : 0;
}

int putc(int c, FILE *f)
{
	return fputc(c, f);
}

int putchar(int c)
{
	return fputc(c, stdout);
}

int getc(FILE *f)
{
	return fgetc(f);
}

int getchar(void)
{
	return fgetc(stdin);
}

void perror(const char *s)
{
	fprintf(stderr, "%s: %s\n", s, strerror(errno));
}
