/*
 * calls.c - rows on single system calls and on signals.
 */
#include "bench.h"
#include <fcntl.h>
#include <signal.h>
#include <show.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

u64 null_syscall(long n)
{
	u64 start = now();

	for (long i = 0; i < n; i++)
		syscall(__NR_getppid);
	return now() - start;
}

u64 read1_zero(long n)
{
	int fd = must(open("/dev/zero", O_RDONLY), "/dev/zero");
	u64 start = now();

	for (long i = 0; i < n; i++)
		if (read(fd, buf, 1) != 1)
			give_up("read");
	start = now() - start;
	close(fd);
	return start;
}

u64 write1_null(long n)
{
	int fd = must(open("/dev/null", O_WRONLY), "/dev/null");
	u64 start = now();

	for (long i = 0; i < n; i++)
		if (write(fd, buf, 1) != 1)
			give_up("write");
	start = now() - start;
	close(fd);
	return start;
}

u64 pipe_self(long n)
{
	int p[2];
	u64 start;

	must(pipe(p), "pipe");
	start = now();
	for (long i = 0; i < n; i++)
		if (write(p[1], buf, 1) != 1 || read(p[0], buf, 1) != 1)
			give_up("pipe");
	start = now() - start;
	close(p[0]);
	close(p[1]);
	return start;
}

u64 stat_row(long n)
{
	struct stat st;
	u64 start = now();

	for (long i = 0; i < n; i++)
		if (stat(dir, &st))
			give_up(dir);
	return now() - start;
}

/* Opens and closes a file n times. */
u64 open_path(const char *path, long n)
{
	u64 start = now();

	for (long i = 0; i < n; i++)
		close(must(open(path, O_RDONLY), path));
	return now() - start;
}

u64 open_close(long n)
{
	return open_path("/dev/null", n);
}

/* ---- signals ---- */

static volatile long signals;

static void on_signal(int sig)
{
	(void)sig;
	signals++;
}

u64 sig_install(long n)
{
	struct sigaction sa = { .sa_handler = on_signal };
	u64 start = now();

	for (long i = 0; i < n; i++)
		if (sigaction(SIGUSR1, &sa, NULL))
			give_up("sigaction");
	return now() - start;
}

u64 sig_deliver(long n)
{
	struct sigaction sa = { .sa_handler = on_signal };
	pid_t me = getpid();
	u64 start;

	sigaction(SIGUSR1, &sa, NULL);
	signals = 0;
	start = now();
	for (long i = 0; i < n; i++)
		kill(me, SIGUSR1);
	start = now() - start;
	if (signals != n)
		give_up("signals");
	return start;
}
