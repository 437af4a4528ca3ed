/*
 * overcommit.c - tests of promised memory: what counts as promised, that it is given back exactly,
 * and what each mode of vm.overcommit_memory refuses. Committed_AS of /proc/meminfo is the sum.
 */
#define _GNU_SOURCE
#include "usertests.h"

#define MODE		"/proc/sys/vm/overcommit_memory"
#define RATIO		"/proc/sys/vm/overcommit_ratio"
#define PAGES		256
#define BYTES		(PAGES * PAGE)
#define RW		(PROT_READ | PROT_WRITE)
#define ANON		(MAP_PRIVATE | MAP_ANONYMOUS)

static long promised(void)
{
	return proc_number("/proc/meminfo", "Committed_AS:") / 4;
}

static long limit(void)
{
	return proc_number("/proc/meminfo", "CommitLimit:") / 4;
}

static long kilobytes(const char *label)
{
	return proc_number("/proc/meminfo", label);
}

/* Expects that since `before` that many more pages are promised. */
#define EXPECT_PROMISED(more, before)	EXPECT_EQ(more, promised() - (before))

static void kinds(void)
{
	long before;
	char *p;
	int fd;

	write_file("file", "text");	/* may be promised memory itself */
	before = promised();
	EXPECT(mmap(NULL, BYTES, RW, ANON, -1, 0) != MAP_FAILED);
	EXPECT_PROMISED(PAGES, before);
	p = mmap(NULL, BYTES, PROT_READ, ANON, -1, 0);
	EXPECT_PROMISED(PAGES, before);
	EXPECT_OK(munmap(p, BYTES));
	p = mmap(NULL, BYTES, RW, ANON | MAP_NORESERVE, -1, 0);
	EXPECT_PROMISED(PAGES, before);
	EXPECT_OK(munmap(p, BYTES));

	fd = EXPECT_OK(open("file", O_RDWR));
	p = mmap(NULL, PAGE, RW, MAP_SHARED, fd, 0);
	EXPECT_PROMISED(PAGES, before);
	EXPECT_OK(munmap(p, PAGE));
	p = mmap(NULL, PAGE, RW, MAP_PRIVATE, fd, 0);
	EXPECT_PROMISED(PAGES + 1, before);
	EXPECT_OK(munmap(p, PAGE));
	EXPECT_PROMISED(PAGES, before);
}

static void changes(void)
{
	long before = promised();
	char *p = mmap(NULL, BYTES, PROT_READ, ANON, -1, 0);

	EXPECT_OK(mprotect(p + PAGE, 3 * PAGE, RW));
	EXPECT_PROMISED(3, before);
	EXPECT_OK(mprotect(p + PAGE, 3 * PAGE, RW));
	EXPECT_PROMISED(3, before);
	EXPECT_OK(munmap(p, BYTES));
	EXPECT_PROMISED(0, before);

	/* What was written to stays promised without the right to write. */
	p = mmap(NULL, BYTES, RW, ANON, -1, 0);
	EXPECT_OK(mprotect(p, BYTES, PROT_READ));
	EXPECT_PROMISED(PAGES, before);
	EXPECT_OK(munmap(p + 10 * PAGE, 20 * PAGE));
	EXPECT_PROMISED(PAGES - 20, before);
	EXPECT_OK(munmap(p, BYTES));
	EXPECT_PROMISED(0, before);
}

static void moves(void)
{
	long before = promised();
	char *p = mmap(NULL, BYTES, RW, ANON, -1, 0);

	p = mremap(p, BYTES, BYTES / 2, 0);
	EXPECT_PROMISED(PAGES / 2, before);
	p = mremap(p, BYTES / 2, BYTES, 0);
	EXPECT(p != MAP_FAILED);
	EXPECT_PROMISED(PAGES, before);
	p = mremap(p, BYTES, 2 * BYTES, MREMAP_MAYMOVE);
	EXPECT(p != MAP_FAILED);
	EXPECT_PROMISED(2 * PAGES, before);
	EXPECT_OK(munmap(p, 2 * BYTES));
	EXPECT_PROMISED(0, before);
}

static void heap(void)
{
	long before = promised();
	char *end = sbrk(0);

	EXPECT_OK(brk(end + BYTES));
	EXPECT(labs(promised() - before - PAGES) <= 1);
	EXPECT_OK(brk(end));
	EXPECT_PROMISED(0, before);
}

static void wait_for_end(void *arg)
{
	(void)arg;
	for (;;)
		pause();
}

static void is_doubled(void *own)
{
	EXPECT((long)own >= PAGES);
	EXPECT(promised() >= (long)own + PAGES);
}

/* Fork promises everything again; exit, whether orderly or not, gives it back. */
static void processes(void)
{
	long before = promised();
	char *p = mmap(NULL, BYTES, RW, ANON, -1, 0);
	pid_t pid;

	EXPECT(p != MAP_FAILED);
	in_child(is_doubled, (void *)promised());
	EXPECT_PROMISED(PAGES, before);
	pid = start(wait_for_end, NULL);
	EXPECT(promised() >= before + 2 * PAGES);
	EXPECT_OK(kill(pid, SIGKILL));
	EXPECT_KILLED(SIGKILL, finish(pid));
	EXPECT_PROMISED(PAGES, before);
	EXPECT_OK(munmap(p, BYTES));
	EXPECT_PROMISED(0, before);
}

static void failures(void)
{
	long before = promised();
	char *p = mmap(NULL, BYTES, RW, ANON, -1, 0);

	EXPECT(mmap(NULL, USER_END, RW, ANON, -1, 0) == MAP_FAILED);
	EXPECT(mmap(p + 1, PAGE, RW, ANON | MAP_FIXED, -1, 0) == MAP_FAILED);
	EXPECT(mmap(NULL, PAGE, RW, MAP_PRIVATE, 99, 0) == MAP_FAILED);
	EXPECT(mremap(p, BYTES, USER_END, MREMAP_MAYMOVE) == MAP_FAILED);
	EXPECT_ERRNO(ENOMEM, mprotect(p, 2 * BYTES + (64 << 20), RW));
	EXPECT_PROMISED(PAGES, before);
	EXPECT_OK(munmap(p, BYTES));
	EXPECT_PROMISED(0, before);
}

/* ---- modes ---- */

static void set_mode(const char *mode)
{
	write_file(MODE, mode);
	expect_file(MODE, mode);
}

/* 0: only what RAM and swap together could never hold. */
static void mode_guess(void)
{
	size_t all = kilobytes("MemTotal:") + kilobytes("SwapTotal:");

	if (all > 1024 * 1024)
		SKIP("the address space is too small to ask for more than there is");
	expect_file(MODE, "0\n");
	EXPECT(mmap(NULL, (all + 4) << 10, RW, ANON, -1, 0) == MAP_FAILED);
	EXPECT_EQ(ENOMEM, errno);
	EXPECT(mmap(NULL, (all + 4) << 10, RW, ANON | MAP_NORESERVE, -1, 0) != MAP_FAILED);
	EXPECT(mmap(NULL, (all - 4) << 10, RW, ANON, -1, 0) != MAP_FAILED);
}

static void ask_for_everything(void *arg)
{
	(void)arg;
	EXPECT(mmap(NULL, 1 << 30, RW, ANON, -1, 0) != MAP_FAILED);
}

static void mode_always(void)
{
	set_mode("1\n");
	in_child(ask_for_everything, NULL);
	set_mode("0\n");
}

static void ask_for_all_that_is_left(void *arg)
{
	long left = limit() - promised();

	(void)arg;
	EXPECT(left > 100);
	EXPECT(mmap(NULL, (left + 1) * PAGE, RW, ANON, -1, 0) == MAP_FAILED);
	EXPECT_EQ(ENOMEM, errno);
	EXPECT(mmap(NULL, (left + 1) * PAGE, RW, ANON | MAP_NORESERVE, -1, 0) == MAP_FAILED);
	EXPECT(mmap(NULL, (left - 16) * PAGE, RW, ANON, -1, 0) != MAP_FAILED);
	EXPECT_ERRNO(ENOMEM, fork());
	EXPECT(mmap(NULL, 64 * PAGE, RW, ANON, -1, 0) == MAP_FAILED);
	EXPECT(mmap(NULL, 64 * PAGE, PROT_READ, ANON, -1, 0) != MAP_FAILED);
}

/* The last 1/32 is root's. */
static void ask_as_user(void *arg)
{
	long left = limit() - promised();

	(void)arg;
	become_user();
	EXPECT(mmap(NULL, (left - limit() / 64) * PAGE, RW, ANON, -1, 0) == MAP_FAILED);
	EXPECT(mmap(NULL, (left - limit() / 16) * PAGE, RW, ANON, -1, 0) != MAP_FAILED);
}

static void in_mode_never(void *arg)
{
	(void)arg;
	in_child(ask_for_all_that_is_left, NULL);
	in_child(ask_as_user, NULL);
}

/* 2: never more than CommitLimit, which the ratio decides. */
static void mode_never(void)
{
	long before = promised(), half = limit();
	pid_t pid;
	int status;

	expect_file(RATIO, "50\n");
	write_file(RATIO, "80\n");
	EXPECT(limit() > half);
	set_mode("2\n");
	pid = start(in_mode_never, NULL);
	waitpid(pid, &status, 0);
	set_mode("0\n");		/* in any case */
	write_file(RATIO, "50\n");
	EXPECT_EXIT(0, status);
	EXPECT_EQ(half, limit());
	EXPECT_PROMISED(0, before);
}

const struct test overcommit_tests[] = {
	{ "overcommit.kinds", kinds, 0 },
	{ "overcommit.changes", changes, 0 },
	{ "overcommit.moves", moves, 0 },
	{ "overcommit.heap", heap, 0 },
	{ "overcommit.processes", processes, 0 },
	{ "overcommit.failures", failures, 0 },
	{ "overcommit.mode_guess", mode_guess, 0 },
	{ "overcommit.mode_always", mode_always, NEEDS_ROOT },
	{ "overcommit.mode_never", mode_never, NEEDS_ROOT },
	{ NULL, NULL, 0 },
};
