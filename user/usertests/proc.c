/*
 * proc.c - tests of processes: fork, vfork, clone, wait, groups and sessions, users, accounting.
 */
#include "usertests.h"
#include <sched.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/utsname.h>

static void exit_with(void *arg)
{
	_exit((long)arg);
}

static void exit_codes(void)
{
	for (long code = 0; code < 90; code += 7)
		EXPECT_EXIT(code, finish(start(exit_with, (void *)code)));
	EXPECT_EXIT(1, finish(start(exit_with, (void *)257)));
	EXPECT_EXIT(200, finish(start(exit_with, (void *)200)));
}

static void sleep_for_ever(void *arg)
{
	(void)arg;
	for (;;)
		pause();
}

static void wait_calls(void)
{
	pid_t a, b;
	int status;

	EXPECT_ERRNO(ECHILD, waitpid(-1, &status, 0));
	a = start(exit_with, (void *)3);
	b = start(sleep_for_ever, NULL);
	EXPECT_EQ(a, waitpid(a, &status, 0));
	EXPECT_EXIT(3, status);
	EXPECT_ERRNO(ECHILD, waitpid(a, &status, 0));
	EXPECT_EQ(0, waitpid(-1, &status, WNOHANG));
	EXPECT_EQ(0, waitpid(b, &status, WNOHANG));
	EXPECT_OK(kill(b, SIGKILL));
	EXPECT_EQ(b, waitpid(0, &status, 0));
	EXPECT_KILLED(SIGKILL, status);
	EXPECT_ERRNO(ECHILD, waitpid(-1, &status, WNOHANG));
	EXPECT_ERRNO(EINVAL, waitpid(-1, &status, 0x00800000));
}

static void wait_info(void)
{
	siginfo_t info;
	pid_t pid = start(exit_with, (void *)5);

	memset(&info, 0, sizeof(info));
	EXPECT_OK(waitid(P_PID, pid, &info, WEXITED | WNOWAIT));
	EXPECT_EQ(pid, info.si_pid);
	EXPECT_OK(waitid(P_ALL, 0, &info, WEXITED));
	EXPECT_EQ(SIGCHLD, info.si_signo);
	EXPECT_EQ(CLD_EXITED, info.si_code);
	EXPECT_EQ(5, info.si_status);
	EXPECT_ERRNO(ECHILD, waitid(P_ALL, 0, &info, WEXITED));
	EXPECT_ERRNO(EINVAL, waitid(P_ALL, 0, &info, 0));
}

/* All children are found again, each once. */
static void many_zombies(void)
{
	enum { COUNT = 60 };
	pid_t pids[COUNT];
	int status;

	for (int i = 0; i < COUNT; i++)
		pids[i] = start(exit_with, (void *)(long)i);
	for (int n = 0; n < COUNT; n++) {
		pid_t pid = EXPECT_OK(wait(&status));
		int i = 0;

		while (i < COUNT && pids[i] != pid)
			i++;
		EXPECT(i < COUNT);
		EXPECT_EXIT(i, status);
		pids[i] = 0;
	}
	EXPECT_ERRNO(ECHILD, wait(&status));
}

static void orphan_parent(void *arg)
{
	int *fds = arg;
	pid_t parent = getpid(), adopted;

	if (EXPECT_OK(fork()) == 0) {
		while ((adopted = getppid()) == parent)
			sleep_ms(5);
		write(fds[1], &adopted, sizeof(adopted));
		_exit(0);
	}
}

/* A process whose parent dies gets a new one. */
static void orphan(void)
{
	int fds[2];
	pid_t adopted, child;

	EXPECT_OK(pipe(fds));
	child = start(orphan_parent, fds);
	EXPECT_EXIT(0, finish(child));
	EXPECT_EQ(sizeof(adopted), read(fds[0], &adopted, sizeof(adopted)));
	EXPECT(adopted > 0 && adopted != child);
}

/* The child of vfork works in the parent's memory, and the parent waits for its exit or exec. */
static void vfork_shares(void)
{
	volatile int shared = 1;
	pid_t pid = vfork();
	int status;

	if (pid == 0) {
		shared = 2;
		_exit(4);
	}
	EXPECT(pid > 0);
	EXPECT_EQ(2, shared);
	EXPECT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EXIT(4, status);
}

static void vfork_exec(void)
{
	char *argv[] = { "usertests", "--helper", "exit", "6", NULL };
	pid_t pid = vfork();
	int status;

	if (pid == 0) {
		execv(self_path, argv);
		_exit(1);
	}
	EXPECT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EXIT(6, status);
}

static volatile int counter;

static int add_some(void *arg)
{
	for (int i = 0; i < 100; i++) {
		counter += *(int *)arg;
		sched_yield();
	}
	return 7;
}

/* CLONE_VM without threads: memory is shared, the child is waited for like any other. */
static void clone_vm(void)
{
	char *stack = map_pages(4);
	int two = 2, status;
	pid_t pid;

	counter = 0;
	pid = EXPECT_OK(clone(add_some, stack + 4 * PAGE, CLONE_VM | SIGCHLD, &two, NULL, NULL));
	EXPECT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EXIT(7, status);
	EXPECT_EQ(200, counter);
}

static int open_a_file(void *arg)
{
	*(int *)arg = open("/dev/null", O_RDONLY);
	chdir("/");
	return 0;
}

static void clone_files(void)
{
	char *stack = map_pages(4), cwd[100];
	int fd = -1, status;
	pid_t pid;

	pid = EXPECT_OK(clone(open_a_file, stack + 4 * PAGE,
			      CLONE_VM | CLONE_FILES | CLONE_FS | SIGCHLD, &fd, NULL, NULL));
	EXPECT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT(fd > 2);
	EXPECT_OK(fcntl(fd, F_GETFD));
	EXPECT_OK(getcwd(cwd, sizeof(cwd)));
	EXPECT_STR("/", cwd);
}

static void check_groups(void *arg)
{
	pid_t old = getsid(0), me = getpid();

	(void)arg;
	EXPECT_EQ(getpgrp(), getpgid(0));
	EXPECT_OK(setpgid(0, 0));
	EXPECT_EQ(me, getpgrp());
	EXPECT_ERRNO(EPERM, setsid());
	EXPECT_ERRNO(EPERM, setpgid(0, 1));
	EXPECT_ERRNO(EINVAL, setpgid(0, -1));
	EXPECT_ERRNO(ESRCH, setpgid(getppid(), 0));
	EXPECT_ERRNO(ESRCH, getpgid(0x7fffffff));
	EXPECT_EQ(old, getsid(0));
}

static void check_session(void *arg)
{
	(void)arg;
	EXPECT_EQ(getpid(), EXPECT_OK(setsid()));
	EXPECT_EQ(getpid(), getsid(0));
	EXPECT_EQ(getpid(), getpgrp());
	EXPECT_ERRNO(EPERM, setpgid(0, 0));
	EXPECT(open("/dev/tty", O_RDWR) < 0);
}

static void groups_and_sessions(void)
{
	pid_t pid;

	in_child(check_groups, NULL);
	in_child(check_session, NULL);
	pid = start(sleep_for_ever, NULL);
	EXPECT_EQ(getpgrp(), getpgid(pid));
	EXPECT_OK(setpgid(pid, pid));
	EXPECT_EQ(pid, getpgid(pid));
	EXPECT_EQ(0, waitpid(0, NULL, WNOHANG) > 0);
	EXPECT_OK(kill(-pid, SIGKILL));
	EXPECT_EQ(pid, waitpid(-pid, NULL, 0));
}

/* Root may become anybody, and somebody may not become root. */
static void user_ids(void)
{
	uid_t r, e, s;

	EXPECT_OK(setresuid(10, 20, 30));
	EXPECT_OK(syscall(__NR_getresuid32, &r, &e, &s));
	EXPECT_EQ(10, r);
	EXPECT_EQ(20, e);
	EXPECT_EQ(30, s);
	EXPECT_OK(setresuid(-1, 30, -1));
	EXPECT_EQ(30, geteuid());
	EXPECT_OK(setuid(10));
	EXPECT_EQ(10, geteuid());
	EXPECT_ERRNO(EPERM, setuid(0));
	EXPECT_ERRNO(EPERM, setresuid(0, 0, 0));
	EXPECT_ERRNO(EPERM, setgroups(0, NULL));
	EXPECT_ERRNO(EPERM, syscall(__NR_sethostname, "x", 1));
}

static void burn(void *arg)
{
	long end = now_ms() + (long)arg;

	while (now_ms() < end)
		;
}

/* Processor time counts for the process, and after the wait for its parent. */
static void accounting(void)
{
	struct rusage own, children;
	struct tms tms;
	int status;
	pid_t pid;

	burn((void *)150);
	EXPECT_OK(getrusage(RUSAGE_SELF, &own));
	EXPECT(own.ru_utime.tv_sec + own.ru_stime.tv_sec > 0 ||
	       own.ru_utime.tv_usec + own.ru_stime.tv_usec >= 50000);
	EXPECT(own.ru_minflt > 0);
	pid = start(burn, (void *)150);
	EXPECT_EQ(pid, wait4(pid, &status, 0, &children));
	EXPECT(children.ru_utime.tv_usec + children.ru_stime.tv_usec >= 50000);
	EXPECT_OK(times(&tms));
	EXPECT(tms.tms_cutime + tms.tms_cstime >= 5);
}

static void priorities(void)
{
	errno = 0;
	EXPECT_EQ(0, getpriority(PRIO_PROCESS, 0));
	EXPECT_OK(setpriority(PRIO_PROCESS, 0, 5));
	EXPECT_EQ(5, getpriority(PRIO_PROCESS, 0));
	EXPECT_EQ(8, nice(3));
	become_user();
	EXPECT_ERRNO(EACCES, setpriority(PRIO_PROCESS, 0, 0));
	EXPECT_ERRNO(ESRCH, getpriority(PRIO_PROCESS, 0x7fffffff));
}

static void names(void)
{
	struct utsname u;

	EXPECT_OK(uname(&u));
	EXPECT(u.sysname[0] && u.release[0] && u.machine[0]);
	EXPECT(atoi(u.release) >= 3);
}

const struct test proc_tests[] = {
	{ "proc.exit_codes", exit_codes, 0 },
	{ "proc.wait", wait_calls, 0 },
	{ "proc.waitid", wait_info, 0 },
	{ "proc.many_zombies", many_zombies, 0 },
	{ "proc.orphan", orphan, 0 },
	{ "proc.vfork_shares", vfork_shares, 0 },
	{ "proc.vfork_exec", vfork_exec, 0 },
	{ "proc.clone_vm", clone_vm, 0 },
	{ "proc.clone_files", clone_files, 0 },
	{ "proc.groups_and_sessions", groups_and_sessions, 0 },
	{ "proc.user_ids", user_ids, NEEDS_ROOT },
	{ "proc.accounting", accounting, 0 },
	{ "proc.priorities", priorities, 0 },
	{ "proc.names", names, 0 },
	{ NULL, NULL, 0 },
};
