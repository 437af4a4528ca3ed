/*
 * tests12 - checks from the inside what a program of 1992 may rely on: one line "ok NAME" or "FAIL
 * NAME: why" for each, and an exit status. tests/test_v012.py and test_root012.py run it.
 *
 *	memory.c	the space, its segments, what stands in it at the start; the library
 *	files.c		descriptors, positions, stat, open, names
 *	dirs.c		directories, links, rights
 *	tty.c		terminals, select
 *	signals.c	handlers, frames, masks
 *	processes.c	wait, exec, groups, times, who may what
 *	system.c	numbers, names, limits, clocks, mounting
 *
 * Files that it makes are in the current directory, and gone at the end.
 */
#ifndef _TESTS12_H
#define _TESTS12_H

#include "../unix.h"

#define SPACE_END	0x04000000UL
#define LIBRARY		0x03c00000UL
#define ARG_PAGES	0x03be0000UL

enum { SIGKILL = 9, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGCHLD = 17, SIGCONT, SIGSTOP };
#define SA_INTERRUPT	0x20000000
#define SA_NOMASK	0x40000000
#define SA_ONESHOT	(int)0x80000000

struct test {
	const char *name;		/* NULL: no more */
	void (*run)(void);
};

extern const struct test memory_tests[], file_tests[], dir_tests[], tty_tests[], signal_tests[],
	process_tests[], system_tests[];

/* main()'s. */
extern int start_argc;
extern char **start_argv, **start_envp;

/* Says what differs, and that the test has failed. */
void expect(long wanted, long seen, const char *what);
#define EXPECT_EQ(wanted, seen)	expect((long)(wanted), (long)(seen), #seen)
#define EXPECT(truth)		expect(1, !!(truth), #truth)

/* In a child: did something differ there? Its exit status. */
int any_failed(void);
/* Waits for the process; its status. */
long wait_for(long pid);
/* Runs a program; its status. */
long run(const char *path, char **argv);
/* Makes a file with this text and right. */
void make_file(const char *name, const char *text, int mode);
/* Is there such a file? */
int exists(const char *name);

#endif
