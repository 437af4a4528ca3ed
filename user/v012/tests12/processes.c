/*
 * Processes: their ends, programs, groups and rights.
 */
#include "tests12.h"

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

static void test_exec(void)
{
	static char *sh[] = { "sh", "-c", "exit 3", 0 }, *none[] = { "x", 0 };
	long fd = syscall(NR_creat, "plain", 0644);

	syscall(NR_write, fd, "text\n", 5);
	syscall(NR_close, fd);
	if (exists("/bin/busybox"))				/* today's, from here */
		EXPECT_EQ(3 << 8, run("/bin/busybox", sh));
	EXPECT_EQ(3 << 8, run("/bin/sh", sh));
	EXPECT_EQ(ENOENT << 8, run("no such file", none));
	EXPECT_EQ(EACCES << 8, run("/tmp", none));
	EXPECT_EQ(ENOEXEC << 8, run("plain", none));		/* no right to execute it */
	syscall(NR_chmod, "plain", 0755);
	EXPECT_EQ(ENOEXEC << 8, run("plain", none));		/* and no format */
	syscall(NR_unlink, "plain");
}

static void test_ids(void)
{
	long pid;
	unsigned short list[4] = { 3, 4 };

	EXPECT_EQ(0, syscall(NR_getuid));
	EXPECT_EQ(0, syscall(NR_geteuid));
	EXPECT_EQ(0, syscall(NR_setgroups, 2, list));
	list[0] = list[1] = 0;
	EXPECT_EQ(2, syscall(NR_getgroups, 0, 0));
	EXPECT_EQ(2, syscall(NR_getgroups, 4, list));
	EXPECT(list[0] == 3 && list[1] == 4);
	EXPECT_EQ(-EINVAL, syscall(NR_getgroups, 1, list));
	EXPECT_EQ(0, syscall(NR_setgroups, 0, list));
	pid = fork();
	if (!pid) {
		EXPECT_EQ(0, syscall(NR_setgid, 50));
		EXPECT_EQ(50, syscall(NR_getgid));
		EXPECT_EQ(50, syscall(NR_getegid));
		EXPECT_EQ(0, syscall(NR_setregid, 50, 51));
		EXPECT_EQ(51, syscall(NR_getegid));
		EXPECT_EQ(0, syscall(NR_setreuid, 100, 101));
		EXPECT_EQ(100, syscall(NR_getuid));
		EXPECT_EQ(101, syscall(NR_geteuid));
		EXPECT_EQ(-EPERM, syscall(NR_setuid, 0));
		EXPECT_EQ(-EPERM, syscall(NR_setgid, 0));
		EXPECT_EQ(-EPERM, syscall(NR_setreuid, 0, 0));
		EXPECT_EQ(-EPERM, syscall(NR_setgroups, 1, list));
		EXPECT_EQ(-EPERM, kill(1, SIGUSR1));
		exit(any_failed());
	}
	EXPECT_EQ(0, wait_for(pid));
}

static void test_groups(void)
{
	long pid, group = syscall(NR_getpgrp), fds[2];
	char c;

	EXPECT(group > 0);
	EXPECT_EQ(getpid(), syscall(NR_getppid) ? getpid() : 0);
	pipe(fds);
	pid = fork();
	if (!pid) {
		close(fds[1]);
		read(fds[0], &c, 1);
		EXPECT_EQ(getpid(), syscall(NR_getpgrp));
		exit(any_failed());
	}
	EXPECT_EQ(0, syscall(NR_setpgid, pid, 0));
	EXPECT_EQ(-ESRCH, syscall(NR_setpgid, 30000, 0));
	close(fds[1]);
	EXPECT_EQ(0, wait_for(pid));
	close(fds[0]);
	EXPECT_EQ(-ESRCH, kill(pid, SIGUSR1));
	EXPECT_EQ(-EINVAL, kill(getpid(), 99));
	EXPECT_EQ(0, kill(getpid(), 0));
}

static void test_times(void)
{
	long t[4], usage[18], before, pid, i, status;

	before = syscall(NR_times, t);
	EXPECT(before > 0);
	pid = fork();
	if (!pid) {
		do				/* a tenth of a second, by the clock of 100 Hz */
			for (i = 0; i < 100000; i++)
				__asm__ __volatile__("");
		while (syscall(NR_times, t) < before + 10);
		exit(0);
	}
	waitpid(pid, &status, 0);
	EXPECT(syscall(NR_times, t) >= before + 10);
	EXPECT(t[2] + t[3] > 0);		/* of children */
	EXPECT_EQ(0, syscall(NR_getrusage, 0, usage));
	EXPECT_EQ(0, syscall(NR_getrusage, -1, usage));
	EXPECT(usage[0] || usage[1] || usage[2] || usage[3]);
	EXPECT_EQ(-EINVAL, syscall(NR_getrusage, 5, usage));
	EXPECT_EQ(0, syscall(NR_nice, 1));
}

static void test_alarm(void)
{
	EXPECT_EQ(0, syscall(NR_alarm, 100));
	EXPECT_EQ(100, syscall(NR_alarm, 50));
	EXPECT_EQ(50, syscall(NR_alarm, 0));
	EXPECT_EQ(0, syscall(NR_alarm, 0));
}

/* 0.12 wrote the status to address 0 then; here nothing is written. */
static void test_wait_without_status(void)
{
	long pid = fork();

	if (!pid)
		exit(1);
	EXPECT_EQ(pid, waitpid(pid, 0, 0));
	EXPECT_EQ(-ECHILD, waitpid(pid, 0, 0));
}

/* Who ignores SIGCHLD still has to wait. */
static void test_ignored_children(void)
{
	long pid;

	EXPECT_EQ(0, signal(SIGCHLD, SIG_IGN));
	pid = fork();
	if (!pid)
		exit(5);
	EXPECT_EQ(5 << 8, wait_for(pid));
	signal(SIGCHLD, SIG_DFL);
}

/* One word behind the interpreter, and the script's own arguments. */
static void test_script(void)
{
	char *argv[] = { "ignored", "two", 0 };
	char text[160];

	snprintf(text, sizeof(text), "#! %s -script  a b\n", start_argv[0]);
	make_file("script", text, 0755);
	EXPECT_EQ(0, run("script", argv));
	unlink("script");
	make_file("script", "#!/no/such/program\n", 0755);
	EXPECT_EQ(ENOENT << 8, run("script", argv));
	unlink("script");
	make_file("script", "#!\n", 0755);
	EXPECT_EQ(ENOEXEC << 8, run("script", argv));
	unlink("script");
}

/* Of the first line 127 characters count, behind the "#!". */
static void test_long_script_line(void)
{
	char *argv[] = { "ignored", 0 };
	char text[200];
	int len;

	snprintf(text, sizeof(text), "#!%s -long", start_argv[0]);
	len = strlen(text);
	memset(text + len, 'x', 190 - len);
	text[190] = '\n';
	text[191] = 0;
	make_file("script", text, 0755);
	EXPECT_EQ((127 - (int)strlen(start_argv[0]) - 1) << 8, run("script", argv));
	unlink("script");
}

/* 128 KB of arguments less a few bytes, and not more. */
static void test_many_arguments(void)
{
	static char *argv[200], kilobyte[1025];
	int i;

	memset(kilobyte, 'a', 1024);
	argv[0] = start_argv[0];
	argv[1] = "-count";
	for (i = 2; i < 102; i++)
		argv[i] = kilobyte;
	EXPECT_EQ(102 << 8, run(start_argv[0], argv));
	for (; i < 140; i++)
		argv[i] = kilobyte;
	EXPECT_EQ(E2BIG << 8, run(start_argv[0], argv));
	memset(argv, 0, sizeof(argv));
}

/* Makes "ids", this program with these rights. */
static void make_ids(int mode)
{
	static char buf[4096];
	long in = open(start_argv[0], O_RDONLY, 0), out = syscall(NR_creat, "ids", 0700), n;

	EXPECT(in >= 0 && out >= 0);
	while ((n = read(in, buf, sizeof(buf))) > 0)
		write(out, buf, n);
	close(in);
	close(out);
	chmod("ids", mode);
	chmod(".", 0755);
}

/* A program of root's with both bits runs as root and for his group, whoever starts it. */
static void test_set_ids(void)
{
	char *argv[] = { "ids", "-ids", 0 };
	long pid;

	make_ids(06755);
	pid = fork();
	if (!pid) {
		syscall(NR_setgid, 100);
		syscall(NR_setuid, 100);
		exit(-execve("ids", argv, environ));
	}
	EXPECT_EQ(0, wait_for(pid));
	unlink("ids");
}

/* How "ids" ends, started by user 100 with a library of `owner`'s. */
static long with_library(long owner)
{
	char *argv[] = { "ids", "-library", 0 };
	long pid = fork();

	if (!pid) {
		EXPECT_EQ(0, syscall(NR_chown, "lib", owner, owner));
		syscall(NR_setgid, 100);
		syscall(NR_setuid, 100);
		EXPECT_EQ(0, syscall(NR_uselib, "lib"));
		exit(any_failed() ? 99 : -execve("ids", argv, environ));
	}
	return wait_for(pid);
}

/* Over exec a user's library stays with his own rights only; one of root's always does. */
static void test_library_of_a_user(void)
{
	char text[1030];

	memset(text, 7, 1029);
	text[1029] = 0;
	make_file("lib", text, 0755);
	make_ids(0755);
	EXPECT_EQ(7 << 8, with_library(0));
	EXPECT_EQ(7 << 8, with_library(100));
	EXPECT_EQ(0, with_library(101));
	chmod("lib", 0775);				/* somebody else may have written it */
	EXPECT_EQ(0, with_library(0));
	EXPECT_EQ(7 << 8, with_library(100));
	chmod("lib", 0757);
	EXPECT_EQ(0, with_library(0));
	chmod("lib", 0755);
	chmod("ids", 04755);
	EXPECT_EQ(7 << 8, with_library(0));
	EXPECT_EQ(0, with_library(100));
	chmod("ids", 02755);
	EXPECT_EQ(7 << 8, with_library(0));
	EXPECT_EQ(0, with_library(100));
	unlink("ids");
	unlink("lib");
}

/* Registers of the coprocessor are each process' own. */
static void test_coprocessor(void)
{
	double mine = 0;
	long pid, i;

	__asm__ __volatile__("fninit ; fldpi");
	for (i = 0; i < 3; i++) {
		pid = fork();
		if (!pid) {
			__asm__ __volatile__("fstpl %0 ; fninit ; fldz ; fld1" : "=m" (mine));
			syscall(NR_alarm, 0);
			exit(mine > 3.14 && mine < 3.15 ? 0 : 1);
		}
		EXPECT_EQ(0, wait_for(pid));
	}
	__asm__ __volatile__("fstpl %0" : "=m" (mine));
	EXPECT(mine > 3.14 && mine < 3.15);
}

const struct test process_tests[] = {
	{ "wait", test_wait },
	{ "exec", test_exec },
	{ "ids", test_ids },
	{ "groups", test_groups },
	{ "times", test_times },
	{ "alarm", test_alarm },
	{ "wait_without_status", test_wait_without_status },
	{ "ignored_children", test_ignored_children },
	{ "script", test_script },
	{ "long_script_line", test_long_script_line },
	{ "many_arguments", test_many_arguments },
	{ "set_ids", test_set_ids },
	{ "library_of_a_user", test_library_of_a_user },
	{ "coprocessor", test_coprocessor },
	{ 0, 0 },
};
