/*
 * Output for programs of 1992, by the formatting function that the kernel and today's programs use.
 */
#include "v012.h"

char **environ;

static void put(int fd, const char *fmt, va_list args)
{
	char line[512];
	int n = vsnprintf(line, sizeof(line), fmt, args);

	if (n > (int)sizeof(line) - 1)
		n = sizeof(line) - 1;
	syscall(NR_write, fd, line, n);
}

void say(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put(1, fmt, args);
	va_end(args);
}

void say_to(int fd, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put(fd, fmt, args);
	va_end(args);
}
