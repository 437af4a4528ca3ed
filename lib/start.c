/*
 * lib/start.c - from the first instruction of a program to main(), and from exit() to the end.
 *
 * crt0.S passes the stack as exec left it (drawn there). 0.12 programs found pointers to argv and
 * envp on the stack instead, and had no auxiliary vector.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "libc.h"

#define ATEXIT_MAX	32

int main(int argc, char **argv, char **envp);
void __libc_start(unsigned long *stack) __attribute__((noreturn));

int errno;
char **environ;
unsigned long *__auxv;
void (*__stdio_flush)(void);

static void (*at_exit[ATEXIT_MAX])(void);
static int nr_at_exit;

void __libc_start(unsigned long *stack)
{
	int argc = stack[0];
	char **argv = (char **)(stack + 1);
	unsigned long *p;

	environ = argv + argc + 1;
	for (p = (unsigned long *)environ; *p; p++)
		;
	__auxv = p + 1;
	exit(main(argc, argv, environ));
}

int atexit(void (*function)(void))
{
	if (nr_at_exit == ATEXIT_MAX) {
		errno = ENOMEM;
		return -1;
	}
	at_exit[nr_at_exit++] = function;
	return 0;
}

void exit(int status)
{
	while (nr_at_exit)
		at_exit[--nr_at_exit]();
	if (__stdio_flush)
		__stdio_flush();
	_exit(status);
}

void _exit(int status)
{
	for (;;)
		syscall(__NR_exit_group, status);
}

void _Exit(int status)
{
	_exit(status);
}
