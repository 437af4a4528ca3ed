/*
 * async.c - tests of O_ASYNC: signals from pipes and FIFOs when something can be read or written,
 * and whom they are sent to. Terminals: tty.c.
 */
#include "usertests.h"
#include <poll.h>
#include <sys/ioctl.h>

static volatile int hits;
static siginfo_t last_info;

static void note_info(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	hits++;
	last_info = *info;
}

static void handle(int sig)
{
	struct sigaction action = { .sa_sigaction = note_info, .sa_flags = SA_SIGINFO };

	EXPECT_OK(sigaction(sig, &action, NULL));
}

/* Asks for signals of a file to one process, or (below 0) a group. */
static void ask(int fd, pid_t owner)
{
	EXPECT_OK(fcntl(fd, F_SETOWN, owner));
	EXPECT_OK(fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_ASYNC));
}

/* A write tells the reader, a read the writer, a close both; switched off, nobody. */
static void pipes(void)
{
	int fds[2], off = 0;
	char c = 'x';

	handle(SIGIO);
	EXPECT_OK(pipe(fds));
	EXPECT_EQ(0, fcntl(fds[0], F_GETOWN));
	ask(fds[0], getpid());
	EXPECT_EQ(getpid(), fcntl(fds[0], F_GETOWN));
	EXPECT(fcntl(fds[0], F_GETFL) & O_ASYNC);
	EXPECT_EQ(0, hits);
	EXPECT_EQ(1, write(fds[1], &c, 1));
	EXPECT_EQ(1, hits);
	EXPECT_EQ(SI_KERNEL, last_info.si_code);
	EXPECT_EQ(1, read(fds[0], &c, 1));
	EXPECT_EQ(1, hits);
	ask(fds[1], getpid());
	EXPECT_EQ(1, write(fds[1], &c, 1));
	EXPECT_EQ(2, hits);
	EXPECT_EQ(1, read(fds[0], &c, 1));
	EXPECT_EQ(3, hits);
	EXPECT_EQ(2, write(fds[1], "yz", 2));
	EXPECT_EQ(4, hits);
	EXPECT_EQ(1, read(fds[0], &c, 1));
	EXPECT_EQ(4, hits);			/* the page is still in use */
	EXPECT_EQ(1, read(fds[0], &c, 1));
	EXPECT_EQ(5, hits);
	EXPECT_OK(ioctl(fds[1], FIOASYNC, &off));
	EXPECT(!(fcntl(fds[1], F_GETFL) & O_ASYNC));
	EXPECT_OK(close(fds[1]));
	EXPECT_EQ(6, hits);
	EXPECT_OK(fcntl(fds[0], F_SETFL, 0));
	EXPECT_EQ(0, read(fds[0], &c, 1));
	EXPECT_EQ(6, hits);
}

/* F_SETSIG chooses the signal, which then says what happened and to which file. */
static void details(void)
{
	int fd;
	char c = 'x';

	handle(SIGRTMIN + 1);
	EXPECT_OK(mkfifo("fifo", 0600));
	fd = EXPECT_OK(open("fifo", O_RDWR));
	EXPECT_EQ(0, fcntl(fd, F_GETSIG));
	EXPECT_ERRNO(EINVAL, fcntl(fd, F_SETSIG, _NSIG + 1));
	EXPECT_OK(fcntl(fd, F_SETSIG, SIGRTMIN + 1));
	EXPECT_EQ(SIGRTMIN + 1, fcntl(fd, F_GETSIG));
	ask(fd, getpid());
	EXPECT_EQ(1, write(fd, &c, 1));
	EXPECT_EQ(1, hits);
	EXPECT_EQ(POLL_IN, last_info.si_code);
	EXPECT_EQ(fd, last_info.si_fd);
	EXPECT_EQ(POLLIN | POLLRDNORM, last_info.si_band);
	EXPECT_EQ(1, read(fd, &c, 1));
	EXPECT_EQ(2, hits);
	EXPECT_EQ(POLL_OUT, last_info.si_code);
	EXPECT_EQ(POLLOUT | POLLWRNORM, last_info.si_band);
}

static void wait_for_sigio(void *arg)
{
	sigset_t none;

	(void)arg;
	sigemptyset(&none);
	while (!hits)
		sigsuspend(&none);
}

/* A whole process group, and one thread. */
static void owners(void)
{
	struct f_owner_ex ex = { F_OWNER_TID, getpid() }, seen;
	sigset_t set;
	pid_t pids[2];
	int fds[2];

	handle(SIGIO);
	sigemptyset(&set);
	sigaddset(&set, SIGIO);
	EXPECT_OK(sigprocmask(SIG_BLOCK, &set, NULL));
	for (int i = 0; i < 2; i++)
		pids[i] = start(wait_for_sigio, NULL);
	EXPECT_OK(pipe(fds));
	ask(fds[0], -getpgrp());
	EXPECT_OK(fcntl(fds[0], F_GETOWN_EX, &seen));
	EXPECT(seen.type == F_OWNER_PGRP && seen.pid == getpgrp());
	EXPECT_EQ(1, write(fds[1], "x", 1));
	for (int i = 0; i < 2; i++)
		EXPECT_EXIT(0, finish(pids[i]));
	EXPECT_OK(sigprocmask(SIG_UNBLOCK, &set, NULL));
	EXPECT_EQ(1, hits);
	EXPECT_OK(fcntl(fds[0], F_SETOWN_EX, &ex));
	EXPECT_EQ(getpid(), fcntl(fds[0], F_GETOWN));
	EXPECT_EQ(1, write(fds[1], "x", 1));
	EXPECT_EQ(2, hits);
	EXPECT_OK(fcntl(fds[0], F_SETOWN, 0));
	EXPECT_EQ(1, write(fds[1], "x", 1));
	EXPECT_EQ(2, hits);
	ex.type = F_OWNER_PGRP + 1;
	EXPECT_ERRNO(EINVAL, fcntl(fds[0], F_SETOWN_EX, &ex));
	EXPECT_ERRNO(EFAULT, fcntl(fds[0], F_SETOWN_EX, NULL));
	EXPECT_ERRNO(ESRCH, fcntl(fds[0], F_SETOWN, 32767));
	EXPECT_ERRNO(ESRCH, fcntl(fds[0], F_SETOWN, -32767));
	EXPECT_ERRNO(EINVAL, fcntl(fds[0], F_SETOWN, INT_MIN));
}

/* What has no events does not pretend. */
static void not_here(void)
{
	int fd = EXPECT_OK(open("file", O_RDWR | O_CREAT | O_ASYNC, 0600)), on = 1;

	EXPECT(!(fcntl(fd, F_GETFL) & O_ASYNC));
	EXPECT_ERRNO(EINVAL, fcntl(fd, F_SETFL, O_ASYNC));
	EXPECT_ERRNO(ENOTTY, ioctl(fd, FIOASYNC, &on));
	EXPECT(!(fcntl(fd, F_GETFL) & O_ASYNC));
}

static void ask_for_parent(void *arg)
{
	int *fds = arg;
	char c;

	become_user();
	ask(fds[0], getppid());
	EXPECT_EQ(1, write(fds[1], "x", 1));
	EXPECT_EQ(1, read(fds[0], &c, 1));
}

/* An ordinary user cannot have root signalled; root who asks later can. */
static void permission(void)
{
	int fds[2];

	handle(SIGIO);
	EXPECT_OK(pipe(fds));
	in_child(ask_for_parent, fds);
	EXPECT(fcntl(fds[0], F_GETFL) & O_ASYNC);
	EXPECT_EQ(1, write(fds[1], "x", 1));
	EXPECT_EQ(0, hits);
	EXPECT_OK(fcntl(fds[0], F_SETOWN, getpid()));
	EXPECT_EQ(1, write(fds[1], "x", 1));
	EXPECT_EQ(1, hits);
}

const struct test async_tests[] = {
	{ "async.pipes", pipes, 0 },
	{ "async.details", details, 0 },
	{ "async.owners", owners, 0 },
	{ "async.not_here", not_here, 0 },
	{ "async.permission", permission, NEEDS_ROOT },
	{ NULL, NULL, 0 },
};
