/*
 * uaccess.c - a fault of any kind inside a system call: whatever page a program hands over, the
 * call works, or says EFAULT if the program itself could not have made the access.
 *
 * Each kind of page is one row of kinds[], each call one row of calls[]; every call is made with
 * every kind. All pages read as zeros, and every call is one that zeros are good for.
 */
#include "usertests.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <uapi/linux/futex.h>

#define WHERE		((char *)0x50000000)
#define ALL		(PROT_READ | PROT_WRITE)

static int zeros_fd;		/* a file with a page of zeros */
static int letters_fd;		/* a file with a page of letters, to be read from */
static int pty_fd, fds[2];
static pid_t holder;		/* a child that shares the page */

/* ---- kinds of pages ---- */

static char *map_at(char *where, int prot, int flags, int fd)
{
	char *p = mmap(where, PAGE, prot, flags | MAP_FIXED, fd, 0);

	EXPECT_EQ(where, p);
	return p;
}

static char *untouched(void)
{
	return map_at(WHERE, ALL, MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

static char *only_read(void)
{
	char *p = untouched();

	EXPECT_EQ(0, *(volatile char *)p);
	return p;
}

static char *written(void)
{
	return memset(untouched(), 0, PAGE);
}

static void hold(void *arg)
{
	(void)arg;
	for (;;)
		pause();
}

static char *copy_on_write(void)
{
	char *p = written();

	holder = start(hold, NULL);
	return p;
}

static char *of_file_private(void)
{
	return map_at(WHERE, ALL, MAP_PRIVATE, zeros_fd);
}

static char *of_file_shared(void)
{
	return map_at(WHERE, ALL, MAP_SHARED, zeros_fd);
}

/* Written back, and so read-only until the next store. */
static char *of_file_clean(void)
{
	char *p = of_file_shared();

	memset(p, 0, PAGE);
	EXPECT_OK(msync(p, PAGE, MS_SYNC));
	return p;
}

static char *shared_memory(void)
{
	return map_at(WHERE, ALL, MAP_SHARED | MAP_ANONYMOUS, -1);
}

static char *below_stack(void)
{
	map_at(WHERE + PAGE, ALL, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN, -1);
	return WHERE;
}

static char *read_only(void)
{
	char *p = written();

	EXPECT_OK(mprotect(p, PAGE, PROT_READ));
	return p;
}

static char *read_only_untouched(void)
{
	return map_at(WHERE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

static char *no_access(void)
{
	char *p = written();

	EXPECT_OK(mprotect(p, PAGE, PROT_NONE));
	return p;
}

static char *nothing(void)
{
	return WHERE;
}

static char *behind_end(void)
{
	EXPECT_EQ(WHERE - PAGE,
		  mmap(WHERE - PAGE, 2 * PAGE, ALL, MAP_SHARED | MAP_FIXED, zeros_fd, 0));
	return WHERE;
}

/* Old pages go when memory gets short; then the entry names a slot. */
static char *swapped_out(void)
{
	char *p = written();
	int fd = EXPECT_OK(open("/proc/self/pagemap", O_RDONLY));
	unsigned long long word = 0;
	size_t hog = 0;
	char *more[512];

	memset(p, 0, PAGE);
	while (hog < ARRAY_SIZE(more) && !(word >> 62 & 1)) {
		more[hog] = mmap(NULL, 64 * PAGE, ALL,
				 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		for (int i = 0; i < 64; i++)
			more[hog][i * PAGE] = 'h';
		hog++;
		EXPECT_EQ(sizeof(word), pread(fd, &word, sizeof(word),
					      (unsigned long)p / PAGE * sizeof(word)));
	}
	while (hog--)
		munmap(more[hog], 64 * PAGE);
	close(fd);
	if (!(word >> 62 & 1))
		SKIP("the page was not swapped out");
	return p;
}

struct kind {
	const char *name;
	char *(*make)(void);
	int prot;			/* what the program could do with it itself */
};

static const struct kind kinds[] = {
	{ "untouched", untouched, ALL },
	{ "page of zeros", only_read, ALL },
	{ "written", written, ALL },
	{ "copy-on-write", copy_on_write, ALL },
	{ "private page of a file", of_file_private, ALL },
	{ "shared page of a file", of_file_shared, ALL },
	{ "clean shared page of a file", of_file_clean, ALL },
	{ "shared memory", shared_memory, ALL },
	{ "page below a stack", below_stack, ALL },
	{ "read-only", read_only, PROT_READ },
	{ "read-only and untouched", read_only_untouched, PROT_READ },
	{ "PROT_NONE", no_access, PROT_NONE },
	{ "not mapped", nothing, PROT_NONE },
	{ "behind the end of its file", behind_end, PROT_NONE },
};

static const struct kind swapped_kind = { "swapped out", swapped_out, ALL };

/* ---- calls ---- */

#define CALL(name, ...)		static long do_##name(char *p) { return syscall(__VA_ARGS__); }

CALL(read, __NR_read, letters_fd, p, 100)
CALL(pread, __NR_pread64, letters_fd, p, PAGE, 0, 0, 0)	/* wherever the offset stands */
CALL(write, __NR_write, fds[1], p, 100)
CALL(fstat, __NR_fstat64, letters_fd, p)
CALL(stat, __NR_stat64, ".", p)
CALL(stat_path, __NR_stat64, p, WHERE + 16 * PAGE)
CALL(open, __NR_open, p, O_RDONLY)
CALL(chdir, __NR_chdir, p)
CALL(readlink, __NR_readlink, "/proc/self/exe", p, 100)
CALL(getcwd, __NR_getcwd, p, 1000)
CALL(getdents, __NR_getdents64, EXPECT_OK(open(".", O_RDONLY)), p, 1000)
CALL(pipe, __NR_pipe, p)
CALL(uname, __NR_uname, p)
CALL(sysinfo, __NR_sysinfo, p)
CALL(statfs, __NR_statfs, ".", p)
CALL(times, __NR_times, p)
CALL(getrusage, __NR_getrusage, RUSAGE_SELF, p)
CALL(getrlimit, __NR_ugetrlimit, RLIMIT_STACK, p)
CALL(setitimer, __NR_setitimer, ITIMER_REAL, p, 0)
CALL(getitimer, __NR_getitimer, ITIMER_REAL, p)
CALL(nanosleep, __NR_nanosleep, p, 0)
CALL(gettimeofday, __NR_gettimeofday, p, 0)
CALL(clock_gettime, __NR_clock_gettime, CLOCK_MONOTONIC, p)
CALL(poll, __NR_poll, p, 1, 0)
CALL(select, __NR__newselect, 0, 0, 0, 0, p)
CALL(select_set, __NR__newselect, 10, p, 0, 0, WHERE + 16 * PAGE)
CALL(fionread, __NR_ioctl, fds[0], FIONREAD, p)
CALL(tcgets, __NR_ioctl, pty_fd, TCGETS, p)
CALL(tiocswinsz, __NR_ioctl, pty_fd, TIOCSWINSZ, p)
CALL(getlk, __NR_fcntl64, zeros_fd, F_GETLK, p)
CALL(sigaction_new, __NR_rt_sigaction, SIGUSR2, p, 0, 8)
CALL(sigaction_old, __NR_rt_sigaction, SIGUSR2, 0, p, 8)
CALL(sigprocmask_new, __NR_rt_sigprocmask, SIG_BLOCK, p, 0, 8)
CALL(sigprocmask_old, __NR_rt_sigprocmask, SIG_BLOCK, 0, p, 8)
CALL(sigpending, __NR_rt_sigpending, p, 8)
CALL(sigaltstack_old, __NR_sigaltstack, 0, p)
CALL(futex_wait, __NR_futex, p, FUTEX_WAIT, 1, 0)
CALL(futex_requeue, __NR_futex, p, FUTEX_CMP_REQUEUE, 1, 1, WHERE + 16 * PAGE, 1)
CALL(llseek, __NR__llseek, letters_fd, 0, 0, p, SEEK_SET)
CALL(getresuid, __NR_getresuid32, p, p + 4, p + 8)
CALL(mincore, __NR_mincore, WHERE + 16 * PAGE, PAGE, p)
CALL(writev_list, __NR_writev, fds[1], p, 2)
CALL(readv_list, __NR_readv, letters_fd, p, 2)
CALL(pipe_read, __NR_read, fds[0], p, 1)

static long do_writev(char *p)
{
	struct { char *base; size_t len; } list = { p, 10 };

	return syscall(__NR_writev, fds[1], &list, 1);
}

static long do_wait(char *p)
{
	pid_t pid = EXPECT_OK(fork());

	if (pid == 0)
		_exit(5);
	return syscall(__NR_wait4, pid, p, 0, 0);
}

static const struct call {
	const char *name;
	long (*make)(char *p);
	int prot;			/* PROT_READ: it reads the page, PROT_WRITE: it writes it */
	int error;			/* what it says about zeros */
} calls[] = {
	{ "read", do_read, PROT_WRITE, 0 }, { "pread", do_pread, PROT_WRITE, 0 },
	{ "readv", do_readv_list, PROT_READ, 0 }, { "pipe_read", do_pipe_read, PROT_WRITE, 0 },
	{ "write", do_write, PROT_READ, 0 }, { "writev", do_writev, PROT_READ, 0 },
	{ "writev list", do_writev_list, PROT_READ, 0 },
	{ "fstat", do_fstat, PROT_WRITE, 0 }, { "stat", do_stat, PROT_WRITE, 0 },
	{ "stat path", do_stat_path, PROT_READ, ENOENT }, { "open", do_open, PROT_READ, ENOENT },
	{ "chdir", do_chdir, PROT_READ, ENOENT }, { "readlink", do_readlink, PROT_WRITE, 0 },
	{ "getcwd", do_getcwd, PROT_WRITE, 0 }, { "getdents", do_getdents, PROT_WRITE, 0 },
	{ "pipe", do_pipe, PROT_WRITE, 0 }, { "uname", do_uname, PROT_WRITE, 0 },
	{ "sysinfo", do_sysinfo, PROT_WRITE, 0 }, { "statfs", do_statfs, PROT_WRITE, 0 },
	{ "times", do_times, PROT_WRITE, 0 }, { "getrusage", do_getrusage, PROT_WRITE, 0 },
	{ "getrlimit", do_getrlimit, PROT_WRITE, 0 }, { "wait4", do_wait, PROT_WRITE, 0 },
	{ "setitimer", do_setitimer, PROT_READ, 0 }, { "getitimer", do_getitimer, PROT_WRITE, 0 },
	{ "nanosleep", do_nanosleep, PROT_READ, 0 },
	{ "gettimeofday", do_gettimeofday, PROT_WRITE, 0 },
	{ "clock_gettime", do_clock_gettime, PROT_WRITE, 0 },
	{ "poll", do_poll, PROT_READ | PROT_WRITE, 0 }, { "select", do_select, PROT_READ, 0 },
	{ "select set", do_select_set, PROT_READ | PROT_WRITE, 0 },
	{ "FIONREAD", do_fionread, PROT_WRITE, 0 }, { "TCGETS", do_tcgets, PROT_WRITE, 0 },
	{ "TIOCSWINSZ", do_tiocswinsz, PROT_READ, 0 },
	{ "F_GETLK", do_getlk, PROT_READ | PROT_WRITE, 0 },
	{ "sigaction", do_sigaction_new, PROT_READ, 0 },
	{ "sigaction old", do_sigaction_old, PROT_WRITE, 0 },
	{ "sigprocmask", do_sigprocmask_new, PROT_READ, 0 },
	{ "sigprocmask old", do_sigprocmask_old, PROT_WRITE, 0 },
	{ "sigpending", do_sigpending, PROT_WRITE, 0 },
	{ "sigaltstack", do_sigaltstack_old, PROT_WRITE, 0 },
	{ "futex wait", do_futex_wait, PROT_READ, EAGAIN },
	{ "futex requeue", do_futex_requeue, PROT_READ, EAGAIN },
	{ "llseek", do_llseek, PROT_WRITE, 0 }, { "getresuid", do_getresuid, PROT_WRITE, 0 },
	{ "mincore", do_mincore, PROT_WRITE, 0 },
};

/* ---- every call with every kind ---- */

static void prepare(void)
{
	char page[PAGE];

	memset(page, 'l', PAGE);
	letters_fd = EXPECT_OK(open("letters", O_RDWR | O_CREAT, 0600));
	EXPECT_EQ(PAGE, write(letters_fd, page, PAGE));
	pty_fd = EXPECT_OK(posix_openpt(O_RDWR | O_NOCTTY));
	/* The page behind is good and zero: for the arguments that are not tried. */
	map_at(WHERE + 16 * PAGE, ALL, MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

/* A page in its first state, and all descriptors as they were. */
static char *fresh(const struct kind *k)
{
	char page[PAGE];

	for (int fd = pty_fd + 1; fd < pty_fd + 6; fd++)
		close(fd);
	memset(page, 0, PAGE);
	zeros_fd = EXPECT_OK(open("zeros", O_RDWR | O_CREAT | O_TRUNC, 0600));
	EXPECT_EQ(PAGE, write(zeros_fd, page, PAGE));
	EXPECT_OK(pipe(fds));
	EXPECT_EQ(1, write(fds[1], "l", 1));
	EXPECT_OK(lseek(letters_fd, 0, SEEK_SET));
	return k->make();
}

static void dispose(void)
{
	EXPECT_OK(munmap(WHERE - PAGE, 4 * PAGE));
	if (holder) {
		kill(holder, SIGKILL);
		EXPECT_EQ(holder, waitpid(holder, NULL, 0));
		holder = 0;
	}
}

static void try_call(const struct kind *k, const struct call *c)
{
	char *p = fresh(k);
	int good = (k->prot & c->prot) == c->prot;
	int expected = good ? c->error : EFAULT;
	long result = c->make(p);
	int seen = result == -1 ? errno : 0;

	if (seen != expected)
		FAIL("expected %s with a page that is %s to end with errno %d, saw %d", c->name,
		     k->name, expected, seen);
	if (good && c->make == do_read && (p[0] != 'l' || p[99] != 'l' || p[100] != 0))
		FAIL("expected a page that is %s to hold what was read, saw %d %d %d", k->name,
		     p[0], p[99], p[100]);
	dispose();
}

static void every_kind(void)
{
	prepare();
	for (size_t k = 0; k < ARRAY_SIZE(kinds); k++)
		for (size_t c = 0; c < ARRAY_SIZE(calls); c++)
			try_call(&kinds[k], &calls[c]);
}

static void swapped(void)
{
	char text[1500];
	int fd = EXPECT_OK(open("/proc/meminfo", O_RDONLY));
	int n = EXPECT_OK(read(fd, text, sizeof(text) - 1));

	close(fd);
	text[n] = 0;
	if (!strstr(text, "SwapTotal:") || atol(strstr(text, "SwapTotal:") + 10) == 0)
		SKIP("no swap");
	if (atol(strstr(text, "MemTotal:") + 9) > 40000)
		SKIP("too much memory to fill");
	prepare();
	for (size_t c = 0; c < ARRAY_SIZE(calls); c++)
		try_call(&swapped_kind, &calls[c]);
}

/* ---- the signal frame, which the kernel writes to the stack ---- */

static volatile int handled;

static void on_signal(int sig)
{
	handled = sig;
}

static void raise_there(void *arg)
{
	stack_t stack = { .ss_sp = arg, .ss_size = PAGE };
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_ONSTACK };

	EXPECT_OK(sigaltstack(&stack, NULL));
	EXPECT_OK(sigaction(SIGUSR1, &action, NULL));
	EXPECT_OK(kill(getpid(), SIGUSR1));
	EXPECT_EQ(SIGUSR1, handled);
}

static void signal_frames(void)
{
	prepare();
	for (size_t k = 0; k < ARRAY_SIZE(kinds); k++) {
		int status = finish(start(raise_there, fresh(&kinds[k])));

		if (status != (kinds[k].prot == ALL ? 0 : SIGSEGV))
			FAIL("expected a frame on a page that is %s to end with %#x, saw %#x",
			     kinds[k].name, kinds[k].prot == ALL ? 0 : SIGSEGV, status);
		dispose();
	}
}

const struct test uaccess_tests[] = {
	{ "uaccess.every_kind", every_kind, 0 },
	{ "uaccess.swapped", swapped, SLOW },
	{ "uaccess.signal_frames", signal_frames, 0 },
	{ NULL, NULL, 0 },
};
