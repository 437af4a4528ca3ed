/*
 * process.c - rows on processes: making them, switching between them, pipes from one to another.
 */
#include "bench.h"
#include <fcntl.h>
#include <sched.h>
#include <show.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

void reap(pid_t pid)
{
	int status;

	must(waitpid(pid, &status, 0), "waitpid");
	if (status)
		give_up("a child");
}

u64 fork_exit_wait(long n)
{
	u64 start = now();

	for (long i = 0; i < n; i++) {
		pid_t pid = must(fork(), "fork");

		if (!pid)
			_exit(0);
		reap(pid);
	}
	return now() - start;
}

u64 fork_big(long n)
{
	char *m = touched(BIG_PAGES);
	u64 time = fork_exit_wait(n);

	munmap(m, BIG_PAGES * PAGE_SIZE);
	return time;
}

/* The child writes to n pages it shares with its parent. */
u64 fork_cow_page(long n)
{
	char *m = touched(n);
	u64 start = now();
	pid_t pid = must(fork(), "fork");

	if (!pid) {
		touch(m, n);
		_exit(0);
	}
	reap(pid);
	start = now() - start;
	munmap(m, n * PAGE_SIZE);
	return start;
}

u64 fork_exec_wait(long n)
{
	char *argv[] = { (char *)self, "--nothing", NULL }, *envp[] = { NULL };
	u64 start = now();

	for (long i = 0; i < n; i++) {
		pid_t pid = must(fork(), "fork");

		if (!pid) {
			execve(self, argv, envp);
			_exit(127);
		}
		reap(pid);
	}
	return now() - start;
}

/* Round trips of a byte: four system calls and two switches each. */
u64 pingpong_rt(long n)
{
	int to[2], from[2];
	u64 start = 0;
	pid_t pid;

	must(pipe(to), "pipe");
	must(pipe(from), "pipe");
	pid = must(fork(), "fork");
	if (!pid) {
		close(to[1]);
		close(from[0]);
		while (read(to[0], buf, 1) == 1 && write(from[1], buf, 1) == 1)
			;
		_exit(0);
	}
	close(to[0]);
	close(from[1]);
	for (long i = -10; i < n; i++) {
		if (i == 0)
			start = now();
		if (write(to[1], buf, 1) != 1 || read(from[0], buf, 1) != 1)
			give_up("pipe");
	}
	start = now() - start;
	close(to[1]);
	close(from[0]);
	reap(pid);
	return start;
}

/* Two processes give way to each other; the other one goes on until the pipe is closed. */
u64 yield_2proc(long n)
{
	u64 start = 0;
	pid_t pid;
	int p[2];

	must(pipe2(p, O_NONBLOCK), "pipe");
	pid = must(fork(), "fork");
	if (!pid) {
		close(p[1]);
		do {
			for (int i = 0; i < 64; i++)
				sched_yield();
		} while (read(p[0], buf, 1) != 0);
		_exit(0);
	}
	for (long i = -10; i < n; i++) {
		if (i == 0)
			start = now();
		sched_yield();
	}
	start = now() - start;
	close(p[0]);
	close(p[1]);
	reap(pid);
	return start;
}

/* A child writes n KB into a pipe, in blocks, and the parent reads them. */
static u64 pipe_bulk(size_t block, long n)
{
	u64 start = now();
	long got = 0, r;
	pid_t pid;
	int p[2];

	must(pipe(p), "pipe");
	pid = must(fork(), "fork");
	if (!pid) {
		for (long left = n * 1024; left > 0; left -= block)
			must(write(p[1], buf, block), "write");
		_exit(0);
	}
	close(p[1]);
	while ((r = read(p[0], buf, block)) > 0)
		got += r;
	close(p[0]);
	reap(pid);
	if (got != n * 1024)
		give_up("pipe");
	return now() - start;
}

u64 pipe_64k(long n)
{
	return pipe_bulk(65536, n);
}

u64 pipe_4k(long n)
{
	return pipe_bulk(4096, n);
}
