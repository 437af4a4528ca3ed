/*
 * Output for programs of 1992, by the formatting function that the kernel and today's programs use.
 */
#include <stdio.h>
#include "v012.h"

char **environ;

void say(const char *fmt, ...)
{
	char line[512];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	if (n > (int)sizeof(line) - 1)
		n = sizeof(line) - 1;
	syscall(NR_write, 1, line, n);
}
