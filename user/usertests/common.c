/*
 * common.c - expectations, children, faults and files: what the tests are made of.
 */
#include "usertests.h"
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>

void check_equal(long expected, long seen, const char *what, const char *file, int line)
{
	if (expected == seen)
		return;
	if (labs(expected) > 0xffff || labs(seen) > 0xffff)
		fail_at(file, line, "expected %s to be %#lx, saw %#lx", what, expected, seen);
	fail_at(file, line, "expected %s to be %ld, saw %ld", what, expected, seen);
}

void check_errno(int expected, long result, const char *what, const char *file, int line)
{
	int seen = errno;

	if (result != -1)
		fail_at(file, line, "expected %s to fail (%s), saw %ld", what, strerror(expected),
			result);
	if (seen != expected)
		fail_at(file, line, "expected %s to fail with %d (%s), saw %d (%s)", what, expected,
			strerror(expected), seen, strerror(seen));
}

long check_ok(long result, const char *what, const char *file, int line)
{
	if (result == -1)
		fail_at(file, line, "expected %s to succeed, saw errno %d (%s)", what, errno,
			strerror(errno));
	return result;
}

void check_string(const char *expected, const char *seen, const char *file, int line)
{
	if (strcmp(expected, seen))
		fail_at(file, line, "expected \"%s\", saw \"%s\"", expected, seen);
}

pid_t start(void (*body)(void *), void *arg)
{
	pid_t pid = EXPECT_OK(fork());

	if (pid == 0) {
		body(arg);
		_exit(0);
	}
	return pid;
}

int finish(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) != pid)
		if (errno != EINTR)
			FAIL("expected to wait for child %d, saw errno %d", pid, errno);
	if (WIFEXITED(status) && WEXITSTATUS(status) >= EXIT_SKIPPED &&
	    WEXITSTATUS(status) <= EXIT_FAILED)
		_exit(WEXITSTATUS(status));
	return status;
}

void in_child(void (*body)(void *), void *arg)
{
	EXPECT_EXIT(0, finish(start(body, arg)));
}

static sigjmp_buf after_fault;
static volatile struct fault last_fault;

static void on_fault(int sig, siginfo_t *info, void *context)
{
	(void)context;
	last_fault.sig = sig;
	last_fault.code = info->si_code;
	last_fault.addr = info->si_addr;
	siglongjmp(after_fault, 1);
}

int faults(volatile void *addr, enum access access, struct fault *f)
{
	struct sigaction new = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO }, segv, bus;
	volatile int faulted = 0;

	sigaction(SIGSEGV, &new, &segv);
	sigaction(SIGBUS, &new, &bus);
	if (sigsetjmp(after_fault, 1) == 0) {
		if (access == READ)
			(void)*(volatile char *)addr;
		else
			*(volatile char *)addr = 'w';
	} else {
		faulted = 1;
		*f = (struct fault){ last_fault.sig, last_fault.code, last_fault.addr };
	}
	sigaction(SIGSEGV, &segv, NULL);
	sigaction(SIGBUS, &bus, NULL);
	return faulted;
}

char *map_pages(int n)
{
	return (char *)EXPECT_OK(
		mmap(NULL, n * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

void write_file(const char *path, const char *text)
{
	int fd = EXPECT_OK(open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666));

	EXPECT_EQ(strlen(text), write(fd, text, strlen(text)));
	EXPECT_OK(close(fd));
}

void expect_file(const char *path, const char *text)
{
	char buf[1024];
	int fd = EXPECT_OK(open(path, O_RDONLY)), n;

	n = EXPECT_OK(read(fd, buf, sizeof(buf) - 1));
	buf[n] = 0;
	EXPECT_STR(text, buf);
	EXPECT_OK(close(fd));
}

void become_user(void)
{
	if (geteuid() != 0)
		return;
	EXPECT_OK(setgroups(0, NULL));
	EXPECT_OK(setresgid(TEST_GID, TEST_GID, TEST_GID));
	EXPECT_OK(setresuid(TEST_UID, TEST_UID, TEST_UID));
}

long proc_number(const char *path, const char *label)
{
	char buf[4096], *at;
	int fd = EXPECT_OK(open(path, O_RDONLY)), n;

	n = EXPECT_OK(read(fd, buf, sizeof(buf) - 1));
	close(fd);
	buf[n] = 0;
	at = strstr(buf, label);
	if (!at)
		FAIL("expected a line %s in %s, saw none", label, path);
	return atol(at + strlen(label));
}

long meminfo(const char *label)
{
	return proc_number("/proc/meminfo", label);
}

long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void sleep_ms(long ms)
{
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };

	while (nanosleep(&ts, &ts) && errno == EINTR)
		;
}

void wait_asleep(pid_t pid)
{
	char path[32], text[64], *state;
	int fd, n;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	do {
		sched_yield();
		fd = EXPECT_OK(open(path, O_RDONLY));
		n = EXPECT_OK(read(fd, text, sizeof(text) - 1));
		close(fd);
		text[n] = '\0';
		state = strrchr(text, ')');
	} while (state && state[2] != 'S');
}
