/*
 * lib/process.c - the system calls on processes, users and limits.
 */
#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXECL_MAX	64	/* arguments execl can pass on */

pid_t fork(void)
{
	return syscall(__NR_fork);
}

int execve(const char *path, char *const argv[], char *const envp[])
{
	return syscall(__NR_execve, path, argv, envp);
}

int execv(const char *path, char *const argv[])
{
	return execve(path, argv, environ);
}

int execvp(const char *name, char *const argv[])
{
	const char *path = getenv("PATH"), *next;
	char file[1024];
	int error = ENOENT;

	if (strchr(name, '/'))
		return execv(name, argv);
	if (!path)
		path = "/bin:/usr/bin";
	for (; path; path = next) {
		size_t n = strcspn(path, ":");

		next = path[n] ? path + n + 1 : NULL;
		if (n + strlen(name) + 2 > sizeof(file))
			continue;
		memcpy(file, path, n);
		strcpy(file + n, n ? "/" : "");
		strcat(file, name);
		execv(file, argv);
		if (errno == EACCES)
			error = EACCES;
		else if (errno != ENOENT && errno != ENOTDIR)
			return -1;
	}
	errno = error;
	return -1;
}

/* Collects the arguments of execl and execlp up to the NULL that ends them. */
static int collect(char **argv, const char *arg, va_list args)
{
	int n = 0;

	while (n < EXECL_MAX) {
		argv[n++] = (char *)arg;
		if (!arg)
			return 0;
		arg = va_arg(args, const char *);
	}
	errno = E2BIG;
	return -1;
}

int execl(const char *path, const char *arg, ...)
{
	char *argv[EXECL_MAX];
	va_list args;
	int error;

	va_start(args, arg);
	error = collect(argv, arg, args);
	va_end(args);
	return error ? error : execv(path, argv);
}

int execlp(const char *name, const char *arg, ...)
{
	char *argv[EXECL_MAX];
	va_list args;
	int error;

	va_start(args, arg);
	error = collect(argv, arg, args);
	va_end(args);
	return error ? error : execvp(name, argv);
}

pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
	return syscall(__NR_wait4, pid, status, options, usage);
}

pid_t waitpid(pid_t pid, int *status, int options)
{
	return wait4(pid, status, options, NULL);
}

pid_t wait(int *status)
{
	return wait4(-1, status, 0, NULL);
}

int waitid(int which, pid_t pid, siginfo_t *info, int options)
{
	return syscall(__NR_waitid, which, pid, info, options, NULL);
}

pid_t getpid(void)
{
	return syscall(__NR_getpid);
}

pid_t getppid(void)
{
	return syscall(__NR_getppid);
}

pid_t gettid(void)
{
	return syscall(__NR_gettid);
}

pid_t getpgrp(void)
{
	return syscall(__NR_getpgrp);
}

pid_t getpgid(pid_t pid)
{
	return syscall(__NR_getpgid, pid);
}

pid_t getsid(pid_t pid)
{
	return syscall(__NR_getsid, pid);
}

int setpgid(pid_t pid, pid_t pgid)
{
	return syscall(__NR_setpgid, pid, pgid);
}

pid_t setsid(void)
{
	return syscall(__NR_setsid);
}

uid_t getuid(void)
{
	return syscall(__NR_getuid32);
}

uid_t geteuid(void)
{
	return syscall(__NR_geteuid32);
}

gid_t getgid(void)
{
	return syscall(__NR_getgid32);
}

gid_t getegid(void)
{
	return syscall(__NR_getegid32);
}

int setuid(uid_t uid)
{
	return syscall(__NR_setuid32, uid);
}

int setgid(gid_t gid)
{
	return syscall(__NR_setgid32, gid);
}

int setreuid(uid_t real, uid_t effective)
{
	return syscall(__NR_setreuid32, real, effective);
}

int setregid(gid_t real, gid_t effective)
{
	return syscall(__NR_setregid32, real, effective);
}

int setresuid(uid_t real, uid_t effective, uid_t saved)
{
	return syscall(__NR_setresuid32, real, effective, saved);
}

int setresgid(gid_t real, gid_t effective, gid_t saved)
{
	return syscall(__NR_setresgid32, real, effective, saved);
}

int getgroups(int n, gid_t *list)
{
	return syscall(__NR_getgroups32, n, list);
}

int setgroups(int n, const gid_t *list)
{
	return syscall(__NR_setgroups32, n, list);
}

int getrusage(int who, struct rusage *usage)
{
	return syscall(__NR_getrusage, who, usage);
}

int getrlimit(int resource, struct rlimit *limit)
{
	return syscall(__NR_ugetrlimit, resource, limit);
}

int setrlimit(int resource, const struct rlimit *limit)
{
	return syscall(__NR_setrlimit, resource, limit);
}

/* The kernel returns 20 - priority, so that a good result is never negative. */
int getpriority(int which, int who)
{
	long n = syscall(__NR_getpriority, which, who);

	return n < 0 ? n : 20 - n;
}

int setpriority(int which, int who, int value)
{
	return syscall(__NR_setpriority, which, who, value);
}

int nice(int by)
{
	if (syscall(__NR_nice, by) < 0)
		return -1;
	return getpriority(PRIO_PROCESS, 0);
}

int sched_yield(void)
{
	return syscall(__NR_sched_yield);
}

int uname(struct utsname *name)
{
	return syscall(__NR_uname, name);
}

int gethostname(char *name, size_t size)
{
	struct utsname u;

	if (uname(&u))
		return -1;
	strlcpy(name, u.nodename, size);
	return 0;
}
