/*
 * storm12 DEPTH - a tree of processes: each forks two, which become the program again one level
 * deeper. On the way each writes to its text, its heap and its stack, and finds there what it
 * wrote. The exit status: did one of them all find something else?
 */
#include "unix.h"

#define PAGES		24
#define PAGE		1024		/* in words */

extern long text_start[] __asm__("_start");

/* 0, or 1: what is there is not what was written. */
static int check(long *p, long mark)
{
	int i;

	for (i = 0; i < PAGES; i++)
		if (p[i * PAGE] != mark + i)
			return 1;
	return 0;
}

static void mark_pages(long *p, long mark)
{
	int i;

	for (i = 0; i < PAGES; i++)
		p[i * PAGE] = mark + i;
}

int main(int argc, char **argv, char **envp)
{
	long *heap = (long *)0x00800000, *stack = (long *)0x03900000, old = text_start[0];
	long mark = getpid() * 1000, pids[2], status = 0;
	int depth = argc > 1 ? number(argv[1], 10) : 0, i, failed = 0;
	char digits[16], *args[] = { argv[0], digits, 0 };

	mark_pages(heap, mark);
	mark_pages(stack, ~mark);
	snprintf(digits, sizeof(digits), "%d", depth - 1);
	for (i = 0; i < 2 && depth > 0; i++) {
		pids[i] = fork();
		if (pids[i])
			continue;
		failed = check(heap, mark) || check(stack, ~mark) || text_start[0] != old;
		mark_pages(heap, i);
		text_start[0] = i;		/* our own copy of the page: nobody starts here */
		execve(failed ? "" : argv[0], args, envp);
		exit(2);
	}
	while (i-- > 0 && depth > 0) {
		if (pids[i] < 0 || waitpid(pids[i], &status, 0) != pids[i] || status)
			failed = 1;
	}
	return failed || check(heap, mark) || check(stack, ~mark) || text_start[0] != old;
}
