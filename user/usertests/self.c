/*
 * self.c - tests of the tests: each of these must be reported as a failure.
 *
 * They are hidden: they run only when called by their full names, so that whoever relies on
 * usertests can prove that it does see a wrong value, a crash, a wrong exit status, a failure in a
 * child, a hang and a leak.
 */
#include "usertests.h"

static void wrong_value(void)
{
	EXPECT_EQ(1, 2);
}

static void wrong_errno(void)
{
	EXPECT_ERRNO(ENOENT, close(-1));
}

static void crash(void)
{
	raise(SIGSEGV);
}

static void wrong_status(void)
{
	_exit(3);
}

static void fail_quietly(void *arg)
{
	(void)arg;
	wrong_value();
}

static void child_fails(void)
{
	in_child(fail_quietly, NULL);
}

static void hang(void)
{
	for (;;)
		pause();
}

/* A process of another session survives the test, and with it its memory. */
static void leak(void)
{
	if (EXPECT_OK(fork()) == 0) {
		setsid();
		memset(map_pages(64), 1, 64 * PAGE);
		chdir("/");
		sleep_ms(60000);
		_exit(0);
	}
	sleep_ms(50);
}

/* A file in memory, which is no cache; tests/test_usertests.py removes it. */
static void leak_in_tmpfs(void)
{
	char name[40], page[PAGE] = { 0 };
	int fd;

	snprintf(name, sizeof(name), "/dev/shm/self-leak-%d", getpid());
	fd = EXPECT_OK(open(name, O_WRONLY | O_CREAT, 0600));
	for (int i = 0; i < 16; i++)
		EXPECT_EQ(PAGE, write(fd, page, PAGE));
}

const struct test self_tests[] = {
	{ "self.wrong_value", wrong_value, HIDDEN },
	{ "self.wrong_errno", wrong_errno, HIDDEN },
	{ "self.crash", crash, HIDDEN },
	{ "self.wrong_status", wrong_status, HIDDEN },
	{ "self.child_fails", child_fails, HIDDEN },
	{ "self.hang", hang, HIDDEN },
	{ "self.leak", leak, HIDDEN },
	{ "self.leak_in_tmpfs", leak_in_tmpfs, HIDDEN },
	{ NULL, NULL, 0 },
};
