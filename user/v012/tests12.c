/*
 * tests12 - checks from the inside what a program of 1992 may rely on: one line "ok NAME" or "FAIL
 * NAME: why" for each, and an exit status. tests/test_v012.py runs it.
 */
#include "v012.h"

#define SPACE_END	0x04000000UL
#define LIBRARY		0x03c00000UL
#define ARG_PAGES	0x03be0000UL

/* errno */
enum { EPERM = 1, ENOENT, EINTR = 4, ENOEXEC = 8, EBADF, ECHILD, EAGAIN, ENOMEM, EACCES, EFAULT,
       ENOTBLK, EBUSY, EEXIST, ENOTDIR = 20, EISDIR, EINVAL, EMFILE = 24, ENOTTY, ESPIPE = 29,
       ENOSYS = 38, ERROR = 99 };

enum { SIGUSR1 = 10, SIGSEGV = 11, SIGUSR2 = 12, SIGALRM = 14, SIGCHLD = 17, SIGCONT = 18 };
#define SA_INTERRUPT	0x20000000
#define SA_NOMASK	0x40000000
#define SA_ONESHOT	(int)0x80000000

static const char *test_name;
static int failed, failures;

static void expect(long wanted, long seen, const char *what)
{
	if (wanted == seen)
		return;
	if (!failed++)
		failures++;
	say("FAIL %s: %s: expected %ld, saw %ld\n", test_name, what, wanted, seen);
}
#define EXPECT_EQ(wanted, seen)	expect((long)(wanted), (long)(seen), #seen)
#define EXPECT(truth)		expect(1, !!(truth), #truth)

static long wait_for(long pid)
{
	long status = -1;

	EXPECT_EQ(pid, syscall(NR_waitpid, pid, &status, 0));
	return status;
}

/* ---- memory ---- */

static int in_data = 5;
int in_bss[2000];		/* more than data leaves of its last page */
extern char text_start[] __asm__("_start"), bss_end[] __asm__("_end");

static void test_space(void)
{
	volatile char *p;
	char *here = (char *)&p;

	EXPECT((unsigned long)text_start < 4096);
	EXPECT_EQ(5, in_data);
	EXPECT_EQ(0, in_bss[1999]);
	EXPECT((unsigned long)here < LIBRARY);
	for (p = (char *)0x00800000; p < (char *)SPACE_END; p += 0x00700000) {
		EXPECT_EQ(0, *p);
		*p = 1;
		EXPECT_EQ(1, *p);
	}
	p = (char *)SPACE_END - 1;
	EXPECT_EQ(0, *p);
}

static void test_text_is_writable(void)
{
	volatile unsigned char *p = (unsigned char *)text_start;
	unsigned char old = *p;
	long pid = syscall(NR_fork);

	if (!pid) {
		*p = 0x90;
		syscall(NR_exit, *p == 0x90 ? 7 : 1);
	}
	EXPECT_EQ(7 << 8, wait_for(pid));
	EXPECT_EQ(old, *p);
}

static void test_end_of_space(void)
{
	long pid = syscall(NR_fork);

	if (!pid) {
		*(volatile char *)SPACE_END = 1;
		syscall(NR_exit, 0);
	}
	EXPECT_EQ(SIGSEGV, wait_for(pid) & 0x7f);
}

static void test_brk(void)
{
	unsigned long end = syscall(NR_brk, 0);

	EXPECT_EQ((unsigned long)bss_end, end);		/* not rounded up to a page */
	EXPECT_EQ(end + 100001, syscall(NR_brk, end + 100001));
	EXPECT_EQ(end + 100001, syscall(NR_brk, 16));	/* below the end of the text */
	EXPECT_EQ(end + 100001, syscall(NR_brk, LIBRARY));
	EXPECT_EQ(end, syscall(NR_brk, end));
	*(volatile char *)(end + 50000) = 1;		/* behind it: memory all the same */
}

static void test_segments(void)
{
	unsigned short cs, ds, es, fs, gs, ss;

	__asm__("movw %%cs,%0 ; movw %%ds,%1 ; movw %%es,%2" : "=r" (cs), "=r" (ds), "=r" (es));
	__asm__("movw %%fs,%0 ; movw %%gs,%1 ; movw %%ss,%2" : "=r" (fs), "=r" (gs), "=r" (ss));
	EXPECT_EQ(0x0f, cs);
	EXPECT_EQ(0x17, ds);
	EXPECT_EQ(0x17, es);
	EXPECT_EQ(0x17, fs);
	EXPECT_EQ(0x17, gs);
	EXPECT_EQ(0x17, ss);
}

/* Called with "one", "two" and the environment A=1: by test_v012.py. */
static int start_argc;
static char **start_argv, **start_envp;

static void test_arguments(void)
{
	char *last = start_argv[start_argc - 1];
	int n;

	EXPECT_EQ(0, start_argv[start_argc]);
	for (n = 0; start_envp[n]; n++)
		EXPECT(start_envp[n] > last);
	EXPECT((unsigned long)start_argv[0] >= ARG_PAGES);
	if (n)		/* the last string ends 4 bytes below the library */
		EXPECT_EQ(LIBRARY - 4,
			  (unsigned long)start_envp[n - 1] + strlen(start_envp[n - 1]) + 1);
	EXPECT(environ == start_envp);
	EXPECT((char *)start_argv < start_argv[0]);
	EXPECT(start_envp == start_argv + start_argc + 1);
}

/* ---- calls ---- */

static void test_numbers(void)
{
	static const int missing[] = { 17, 26, 31, 32, 35, 38, 44, 51, 52, 53, 56, 58, 62 };
	unsigned int i;

	for (i = 0; i < sizeof(missing) / sizeof(*missing); i++)
		EXPECT_EQ(-ENOSYS, syscall(missing[i], 0, 0, 0));
	EXPECT_EQ(-ENOSYS, syscall(NR_end, 0, 0, 0));
	EXPECT_EQ(-ENOSYS, syscall(162, 0, 0, 0));
	EXPECT_EQ(-ENOSYS, syscall(-1, 0, 0, 0));
	EXPECT_EQ(-EPERM, syscall(0, 0, 0, 0));		/* setup() was for init */
}

static void test_bad_descriptors(void)
{
	char c;

	EXPECT_EQ(-EINVAL, syscall(NR_read, 19, &c, 1));
	EXPECT_EQ(-EINVAL, syscall(NR_write, 19, &c, 1));
	EXPECT_EQ(-EINVAL, syscall(NR_close, 19));
	EXPECT_EQ(-EBADF, syscall(NR_lseek, 19, 0, 0));
	EXPECT_EQ(-EBADF, syscall(NR_fcntl, 19, 3, 0));
	EXPECT_EQ(-EBADF, syscall(NR_ioctl, 19, 0x5401, &c));
}

static void test_twenty_descriptors(void)
{
	long fd, last = -1;

	while ((fd = syscall(NR_open, "/dev/null", 0, 0)) >= 0)
		last = fd;
	EXPECT_EQ(-EINVAL, fd);
	EXPECT_EQ(19, last);
	EXPECT_EQ(-EMFILE, syscall(NR_dup, 0));
	EXPECT_EQ(-EINVAL, syscall(NR_dup2, 0, 20));
	for (; last > 2; last--)
		EXPECT_EQ(0, syscall(NR_close, last));
}

static void test_seek(void)
{
	long fds[2] = { -1, -1 }, fd = syscall(NR_creat, "seek", 0644);

	EXPECT_EQ(10, syscall(NR_write, fd, "0123456789", 10));
	EXPECT_EQ(4, syscall(NR_lseek, fd, 4, 0));
	EXPECT_EQ(7, syscall(NR_lseek, fd, 3, 1));
	EXPECT_EQ(8, syscall(NR_lseek, fd, -2, 2));
	EXPECT_EQ(-EINVAL, syscall(NR_lseek, fd, -1, 0));
	EXPECT_EQ(-EINVAL, syscall(NR_lseek, fd, 0, 3));
	EXPECT_EQ(0, syscall(NR_close, fd));
	EXPECT_EQ(0, syscall(NR_unlink, "seek"));
	EXPECT_EQ(0, syscall(NR_pipe, fds));
	EXPECT_EQ(-ESPIPE, syscall(NR_lseek, fds[0], 0, 0));
	syscall(NR_close, fds[0]);
	syscall(NR_close, fds[1]);
	EXPECT_EQ(-EACCES, syscall(NR_access, "no such file", 0));
	EXPECT_EQ(-ENOENT, syscall(NR_open, "no such file", 0, 0));
}

static void test_stat(void)
{
	struct stat12 st, by_fd;
	long fd = syscall(NR_creat, "file", 0640);

	EXPECT_EQ(32, sizeof(st));
	syscall(NR_write, fd, "abc", 3);
	EXPECT_EQ(0, syscall(NR_stat, "file", &st));
	EXPECT_EQ(0, syscall(NR_fstat, fd, &by_fd));
	EXPECT_EQ(0, memcmp(&st, &by_fd, sizeof(st)));
	EXPECT_EQ(0100640, st.mode);
	EXPECT_EQ(3, st.size);
	EXPECT_EQ(1, st.nlink);
	EXPECT(st.ino != 0 && st.mtime > 0);
	EXPECT_EQ(0, syscall(NR_symlink, "file", "link"));
	EXPECT_EQ(0, syscall(NR_lstat, "link", &st));
	EXPECT_EQ(0120000, st.mode & 0170000);
	EXPECT_EQ(0, syscall(NR_stat, "link", &st));
	EXPECT_EQ(0100640, st.mode);
	EXPECT_EQ(-ENOENT, syscall(NR_stat, "no such file", &st));
	EXPECT_EQ(-EFAULT, syscall(NR_stat, "file", SPACE_END - 8));
	syscall(NR_unlink, "link");
	syscall(NR_unlink, "file");
	syscall(NR_close, fd);
	EXPECT_EQ(0, syscall(NR_stat, "/dev/null", &st));
	EXPECT_EQ(0x103, st.rdev);
}

static void test_uname(void)
{
	char name[46];

	memset(name, 'x', sizeof(name));
	EXPECT_EQ(0, syscall(NR_uname, name));
	EXPECT_EQ(0, strcmp(name, "Linux"));
	EXPECT_EQ(0, strcmp(name + 18, "0"));
	EXPECT_EQ(0, strcmp(name + 27, "0.12"));
	EXPECT_EQ(0, strcmp(name + 36, "i386"));
	EXPECT_EQ('x', name[45]);
	EXPECT_EQ(-ERROR, syscall(NR_uname, 0));
}

/* Looks for `name` in the directory; its inode number, 0: it is not there. */
static long find_in(const char *dir, const char *name, long step)
{
	struct dirent12 de;
	struct stat12 st;
	long fd = syscall(NR_open, dir, 0, 0), found = 0, bytes = 0, n, got;

	for (;;) {
		for (got = 0; got < (long)sizeof(de); got += n) {
			n = syscall(NR_read, fd, (char *)&de + got, step);
			if (n <= 0)
				break;
		}
		if (got < (long)sizeof(de))
			break;
		bytes += got;
		if (de.inode && !strncmp(de.name, name, sizeof(de.name)))
			found = de.inode;
	}
	EXPECT_EQ(0, n);
	EXPECT_EQ(0, syscall(NR_fstat, fd, &st));
	EXPECT_EQ(st.size, bytes);
	EXPECT_EQ(0, syscall(NR_lseek, fd, 0, 0));
	EXPECT_EQ(16, syscall(NR_read, fd, &de, 16));
	EXPECT(de.name[0] == '.' && !de.name[1]);
	EXPECT_EQ(st.size, syscall(NR_lseek, fd, 0, 2));
	EXPECT_EQ(0, syscall(NR_close, fd));
	return found;
}

static void test_directories(void)
{
	struct stat12 st;

	EXPECT_EQ(0, syscall(NR_mkdir, "dir", 0755));
	syscall(NR_close, syscall(NR_creat, "dir/fourteen-chars", 0644));
	EXPECT_EQ(0, syscall(NR_stat, "dir/fourteen-chars-and-more", &st));	/* the same 14 */
	EXPECT_EQ(st.ino, find_in("dir", "fourteen-chars", 16));
	EXPECT_EQ(st.ino, find_in("dir", "fourteen-chars", 4));
	EXPECT_EQ(0, find_in("dir", "nothing", 16));
	EXPECT_EQ(0, syscall(NR_unlink, "dir/fourteen-chars-and-many-more"));
	EXPECT_EQ(0, syscall(NR_rmdir, "dir"));
	EXPECT(find_in("/proc", "meminfo", 16));
	EXPECT(find_in("/dev", "null", 16));
}

static void test_select(void)
{
	long fds[2], set, args[5], time[2] = { 3, 0 };

	EXPECT_EQ(0, syscall(NR_pipe, fds));
	set = 1 << fds[0];
	args[0] = 32;
	args[1] = (long)&set;
	args[2] = args[3] = 0;
	args[4] = (long)time;
	time[0] = 0;
	EXPECT_EQ(0, syscall(NR_select, args));
	EXPECT_EQ(0, set);
	syscall(NR_write, fds[1], "x", 1);
	set = 1 << fds[0];
	time[0] = 3;
	EXPECT_EQ(1, syscall(NR_select, args));
	EXPECT_EQ(1 << fds[0], set);
	EXPECT(time[0] == 3 || (time[0] == 2 && time[1] > 0));	/* what is left of it */
	EXPECT_EQ(-EFAULT, syscall(NR_select, SPACE_END));
	syscall(NR_close, fds[0]);
	syscall(NR_close, fds[1]);
}

static void test_ioctl(void)
{
	char buf[64];
	long fds[2], fd = syscall(NR_open, "/dev/tty", 2, 0);

	if (fd >= 0) {
		EXPECT_EQ(0, syscall(NR_ioctl, fd, 0x5401, buf));	/* TCGETS */
		EXPECT_EQ(-EINVAL, syscall(NR_ioctl, fd, 0x5413, buf));	/* TIOCGWINSZ */
		syscall(NR_close, fd);
	}
	fd = syscall(NR_creat, "file", 0644);
	EXPECT_EQ(-EINVAL, syscall(NR_ioctl, fd, 0x5401, buf));
	syscall(NR_close, fd);
	syscall(NR_unlink, "file");
	fd = syscall(NR_open, "/dev/null", 0, 0);
	EXPECT_EQ(-ENOTTY, syscall(NR_ioctl, fd, 0x5401, buf));
	syscall(NR_close, fd);
	EXPECT_EQ(0, syscall(NR_pipe, fds));
	syscall(NR_write, fds[1], "abc", 3);
	EXPECT_EQ(0, syscall(NR_ioctl, fds[0], 0x541b, buf));		/* FIONREAD */
	EXPECT_EQ(3, *(int *)buf);
	syscall(NR_close, fds[0]);
	syscall(NR_close, fds[1]);
}

static void test_fcntl(void)
{
	long fd = syscall(NR_open, "/dev/null", 2, 0);

	EXPECT_EQ(10, syscall(NR_fcntl, fd, 0, 10));
	EXPECT_EQ(0, syscall(NR_fcntl, 10, 1, 0));
	EXPECT_EQ(0, syscall(NR_fcntl, 10, 2, 1));
	EXPECT_EQ(1, syscall(NR_fcntl, 10, 1, 0));
	EXPECT_EQ(2, syscall(NR_fcntl, 10, 3, 0) & 3);
	EXPECT_EQ(-EPERM, syscall(NR_fcntl, fd, 5, 0));
	EXPECT_EQ(-EPERM, syscall(NR_fcntl, fd, 7, 0));
	EXPECT_EQ(-EINVAL, syscall(NR_fcntl, fd, 8, 0));
	EXPECT_EQ(-EINVAL, syscall(NR_fcntl, fd, 0, 20));
	syscall(NR_close, 10);
	syscall(NR_close, fd);
}

/* ---- signals ---- */

static volatile int last_signal, signals, mask_inside;

static void handler(int sig)
{
	last_signal = sig;
	signals++;
	mask_inside = syscall(NR_sgetmask);
}

static void test_signal(void)
{
	signals = 0;
	EXPECT_EQ(0, syscall(NR_signal, SIGUSR1, handler, restorer_nomask));
	EXPECT_EQ(0, syscall(NR_kill, syscall(NR_getpid), SIGUSR1));
	EXPECT_EQ(1, signals);
	EXPECT_EQ(SIGUSR1, last_signal);
	EXPECT_EQ(0, mask_inside);				/* SA_NOMASK */
	/* SA_ONESHOT: the default action is back. */
	EXPECT_EQ(0, syscall(NR_signal, SIGUSR1, handler, restorer_nomask));
	EXPECT_EQ((long)handler, syscall(NR_signal, SIGUSR1, 1, 0));
	EXPECT_EQ(1, syscall(NR_signal, SIGUSR1, 0, 0));
	EXPECT_EQ(-EINVAL, syscall(NR_signal, 9, handler, restorer));
	EXPECT_EQ(-EINVAL, syscall(NR_signal, 19, handler, restorer));
	EXPECT_EQ(-EINVAL, syscall(NR_signal, 0, handler, restorer));
	EXPECT_EQ(-EINVAL, syscall(NR_signal, 33, handler, restorer));
}

static void test_sigaction(void)
{
	struct sigaction12 act = { handler, 1 << (SIGUSR2 - 1), 0, restorer }, old;

	signals = 0;
	EXPECT_EQ(0, syscall(NR_sigaction, SIGUSR1, &act, &old));
	EXPECT_EQ(0, (long)old.handler);
	EXPECT_EQ(0, syscall(NR_sigaction, SIGUSR1, &act, &old));
	EXPECT(old.handler == handler && old.restorer == restorer);
	EXPECT_EQ(0, syscall(NR_ssetmask, 1 << (SIGALRM - 1)));
	syscall(NR_kill, syscall(NR_getpid), SIGUSR1);
	EXPECT_EQ(1, signals);
	EXPECT_EQ(1 << (SIGALRM - 1) | 1 << (SIGUSR2 - 1) | 1 << (SIGUSR1 - 1), mask_inside);
	EXPECT_EQ(1 << (SIGALRM - 1), syscall(NR_ssetmask, 0));	/* the restorer put it back */
	syscall(NR_kill, syscall(NR_getpid), SIGUSR1);		/* and once more: no ONESHOT */
	EXPECT_EQ(2, signals);
	act.handler = 0;
	EXPECT_EQ(0, syscall(NR_sigaction, SIGUSR1, &act, 0));
	EXPECT_EQ(-EFAULT, syscall(NR_sigaction, SIGUSR1, SPACE_END, 0));
	EXPECT_EQ(-EINVAL, syscall(NR_sigaction, 9, &act, 0));
}

static void test_registers_over_signal(void)
{
	struct sigaction12 act = { handler, 0, 0, restorer };
	long a = NR_kill, b = syscall(NR_getpid), c = SIGUSR1, d = 77, si = 88, di = 99;

	syscall(NR_sigaction, SIGUSR1, &act, 0);
	__asm__ __volatile__("int $0x80"
			     : "+a" (a), "+b" (b), "+c" (c), "+d" (d), "+S" (si), "+D" (di)
			     :: "memory");
	EXPECT_EQ(0, a);
	EXPECT_EQ(SIGUSR1, c);
	EXPECT_EQ(77, d);
	EXPECT_EQ(88, si);
	EXPECT_EQ(99, di);
}

static void test_interrupted_calls(void)
{
	struct sigaction12 act = { handler, 0, 0, restorer };
	long fds[2], pid, status;
	char c;

	syscall(NR_pipe, fds);
	syscall(NR_sigaction, SIGALRM, &act, 0);
	syscall(NR_sigaction, SIGCONT, &act, 0);
	syscall(NR_alarm, 1);
	EXPECT_EQ(-EINTR, syscall(NR_read, fds[0], &c, 1));	/* SIGALRM does not restart */
	syscall(NR_alarm, 1);
	EXPECT_EQ(-EINTR, syscall(NR_pause));
	signals = 0;
	pid = syscall(NR_fork);
	if (!pid) {						/* SIGCONT does */
		syscall(NR_kill, syscall(NR_getppid), SIGCONT);
		syscall(NR_write, fds[1], "x", 1);
		syscall(NR_exit, 0);
	}
	EXPECT_EQ(1, syscall(NR_read, fds[0], &c, 1));
	EXPECT_EQ(1, signals);
	EXPECT_EQ(pid, syscall(NR_waitpid, pid, &status, 0));
	syscall(NR_close, fds[0]);
	syscall(NR_close, fds[1]);
}

static void test_sigsuspend(void)
{
	struct sigaction12 act = { handler, 0, 0, restorer };
	long a = NR_sigsuspend, b = 0, c = 0, d = 0, pending = 0;
	unsigned long blocked = 1 << (SIGUSR1 - 1);

	signals = 0;
	syscall(NR_sigaction, SIGUSR1, &act, 0);
	syscall(NR_ssetmask, blocked);
	syscall(NR_kill, syscall(NR_getpid), SIGUSR1);
	EXPECT_EQ(0, signals);
	EXPECT_EQ(0, syscall(NR_sigpending, &pending));
	EXPECT_EQ(blocked, pending);
	__asm__ __volatile__("int $0x80" : "+a" (a), "+b" (b), "+c" (c) : "d" (d) : "memory");
	EXPECT_EQ(-EINTR, a);
	EXPECT_EQ(1, signals);
	EXPECT_EQ(1, b);					/* made once more */
	EXPECT_EQ(blocked, c);
	EXPECT_EQ(blocked, syscall(NR_ssetmask, 0));
}

/* ---- processes ---- */

static void test_wait(void)
{
	long status = 0, pid = syscall(NR_fork);

	if (!pid)
		syscall(NR_exit, 0x123);
	EXPECT_EQ(0x2300, wait_for(pid));
	EXPECT_EQ(-ECHILD, syscall(NR_waitpid, -1, &status, 0));
	pid = syscall(NR_fork);
	if (!pid)
		for (;;)
			syscall(NR_pause);
	EXPECT_EQ(0, syscall(NR_waitpid, pid, &status, 1));
	syscall(NR_kill, pid, 19);
	EXPECT_EQ(pid, syscall(NR_waitpid, pid, &status, 2));
	EXPECT_EQ(19 << 8 | 0x7f, status);
	syscall(NR_kill, pid, 9);
	EXPECT_EQ(9, wait_for(pid));
}

static long run(const char *path, char **argv)
{
	long pid = syscall(NR_fork);

	if (!pid)
		syscall(NR_exit, -syscall(NR_execve, path, argv, environ));
	return wait_for(pid);
}

static void test_exec(void)
{
	static char *sh[] = { "sh", "-c", "exit 3", 0 }, *none[] = { "x", 0 };
	long fd = syscall(NR_creat, "plain", 0644);

	syscall(NR_write, fd, "text\n", 5);
	syscall(NR_close, fd);
	EXPECT_EQ(3 << 8, run("/bin/busybox", (char *[]){ "sh", "-c", "exit 3", 0 }));
	EXPECT_EQ(3 << 8, run("/bin/sh", sh));			/* today's, from here */
	EXPECT_EQ(ENOENT << 8, run("no such file", none));
	EXPECT_EQ(EACCES << 8, run("/tmp", none));
	EXPECT_EQ(ENOEXEC << 8, run("plain", none));		/* no right to execute it */
	syscall(NR_chmod, "plain", 0755);
	EXPECT_EQ(ENOEXEC << 8, run("plain", none));		/* and no format */
	syscall(NR_unlink, "plain");
}

static const struct test {
	const char *name;
	void (*run)(void);
} tests[] = {
	{ "space", test_space },
	{ "text_is_writable", test_text_is_writable },
	{ "end_of_space", test_end_of_space },
	{ "brk", test_brk },
	{ "segments", test_segments },
	{ "arguments", test_arguments },
	{ "numbers", test_numbers },
	{ "bad_descriptors", test_bad_descriptors },
	{ "twenty_descriptors", test_twenty_descriptors },
	{ "seek", test_seek },
	{ "stat", test_stat },
	{ "uname", test_uname },
	{ "directories", test_directories },
	{ "select", test_select },
	{ "ioctl", test_ioctl },
	{ "fcntl", test_fcntl },
	{ "signal", test_signal },
	{ "sigaction", test_sigaction },
	{ "registers_over_signal", test_registers_over_signal },
	{ "interrupted_calls", test_interrupted_calls },
	{ "sigsuspend", test_sigsuspend },
	{ "wait", test_wait },
	{ "exec", test_exec },
};

int main(int argc, char **argv, char **envp)
{
	unsigned int i;

	start_argc = argc;
	start_argv = argv;
	start_envp = envp;
	for (i = 0; i < sizeof(tests) / sizeof(*tests); i++) {
		test_name = tests[i].name;
		failed = 0;
		tests[i].run();
		if (!failed)
			say("ok %s\n", test_name);
	}
	return failures != 0;
}
