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

const struct test self_tests[] = {
	{ "self.wrong_value", wrong_value, HIDDEN },
	{ "self.wrong_errno", wrong_errno, HIDDEN },
	{ "self.crash", crash, HIDDEN },
	{ "self.wrong_status", wrong_status, HIDDEN },
	{ "self.child_fails", child_fails, HIDDEN },
	{ "self.hang", hang, HIDDEN },
	{ "self.leak", leak, HIDDEN },
	{ NULL, NULL, 0 },
};
