/*
 * locked.c - tests of locked memory: that what mlock, mlockall and MAP_LOCKED say holds when the
 * mapping grows, moves, gets other rights or is copied by fork, and what cannot be locked.
 */
#include "usertests.h"
#include <sys/resource.h>

#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)
#define ALL	(PROT_READ | PROT_WRITE)
#define HERE	((char *)0x40000000)

static long mlock_call(void *addr, size_t len)
{
	return syscall(__NR_mlock, addr, len);
}

static char *map_here(int n, int prot)
{
	EXPECT_EQ(HERE, mmap(HERE, n * PAGE, prot, ANON | MAP_FIXED, -1, 0));
	return HERE;
}

/* How many of n pages are in memory. */
static int in_memory(void *addr, int n)
{
	unsigned char vec[64];
	int count = 0;

	EXPECT_OK(syscall(__NR_mincore, addr, n * PAGE, vec));
	for (int i = 0; i < n; i++)
		count += vec[i] & 1;
	return count;
}

static long locked_kb(void)
{
	return proc_number("/proc/self/status", "VmLck:");
}

static void limit_to(int pages)
{
	struct rlimit limit = { pages * PAGE, pages * PAGE };

	become_user();
	EXPECT_OK(setrlimit(RLIMIT_MEMLOCK, &limit));
}

/* Locking what is locked costs nothing of the limit. */
static void twice(void)
{
	map_here(8, ALL);
	limit_to(4);
	EXPECT_OK(mlock_call(HERE, 3 * PAGE));
	EXPECT_OK(mlock_call(HERE, 4 * PAGE));
	EXPECT_OK(mlock_call(HERE + PAGE, 2 * PAGE));
	EXPECT_EQ(16, locked_kb());
	EXPECT_ERRNO(ENOMEM, mlock_call(HERE + 2 * PAGE, 3 * PAGE));
	EXPECT_EQ(4, in_memory(HERE, 8));
}

/* What cannot be brought in cannot be locked: behind the end of a file, without any right. */
static void impossible(void)
{
	int fd = EXPECT_OK(open("file", O_RDWR | O_CREAT, 0600));

	EXPECT_OK(ftruncate(fd, PAGE));
	EXPECT_EQ(HERE, mmap(HERE, 2 * PAGE, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0));
	EXPECT_OK(mlock_call(HERE, PAGE));
	EXPECT_ERRNO(ENOMEM, mlock_call(HERE, 2 * PAGE));
	map_here(2, PROT_NONE);
	EXPECT_ERRNO(ENOMEM, mlock_call(HERE, 2 * PAGE));
	EXPECT_EQ(0, in_memory(HERE, 2));
	EXPECT_OK(mlock_call(HERE + 100 * PAGE, 0));		/* nothing is always possible */
}

/* Memory that may be touched from now on is brought in now. */
static void gets_rights(void)
{
	map_here(4, PROT_NONE);
	EXPECT_ERRNO(ENOMEM, mlock_call(HERE, 4 * PAGE));
	EXPECT_OK(mprotect(HERE + PAGE, 2 * PAGE, ALL));
	EXPECT_EQ(2, in_memory(HERE, 4));
	EXPECT_EQ(16, locked_kb());
}

static void moves(void)
{
	char *p = map_here(4, ALL);

	EXPECT_OK(mlock_call(p, 4 * PAGE));
	p[0] = 'm';
	p = (char *)EXPECT_OK(
		mremap(p, 4 * PAGE, 12 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, HERE + 100 * PAGE));
	EXPECT_EQ('m', p[0]);
	EXPECT_EQ(12, in_memory(p, 12));
	EXPECT_EQ(48, locked_kb());
	EXPECT_OK(munmap(p, 12 * PAGE));
	EXPECT_EQ(0, locked_kb());
}

/* A stack grows locked, within the limit. */
static void stack_grows(void)
{
	char *volatile place = HERE + 2048 * PAGE;
	char *stack = place;

	EXPECT_EQ(stack, mmap(stack, PAGE, ALL, ANON | MAP_FIXED | MAP_GROWSDOWN, -1, 0));
	EXPECT_OK(mlock_call(stack, PAGE));
	EXPECT_NO_FAULT(stack - 3 * PAGE, WRITE);
	EXPECT_EQ(16, locked_kb());
	limit_to(6);
	EXPECT_NO_FAULT(stack - 5 * PAGE, WRITE);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, stack - 6 * PAGE, WRITE);
	EXPECT_EQ(24, locked_kb());
	EXPECT_OK(munmap(stack - 5 * PAGE, 6 * PAGE));
	EXPECT_EQ(0, locked_kb());
}

static void maps_a_page(void *arg)
{
	(void)arg;
	EXPECT_EQ(0, locked_kb());
	map_here(4, ALL);
	EXPECT_EQ(0, locked_kb());
	EXPECT_EQ(0, in_memory(HERE, 4));
}

/* The child has locked nothing, and will not. */
static void fork_forgets(void)
{
	EXPECT_OK(mlockall(MCL_CURRENT | MCL_FUTURE));
	map_here(4, ALL);
	EXPECT_EQ(4, in_memory(HERE, 4));
	EXPECT(locked_kb() > 16);
	in_child(maps_a_page, NULL);
	EXPECT_OK(munlockall());
	EXPECT_EQ(0, locked_kb());
}

static void map_locked(void)
{
	char *p = mmap(NULL, 4 * PAGE, ALL, ANON | MAP_LOCKED, -1, 0);

	EXPECT(p != MAP_FAILED);
	EXPECT_EQ(4, in_memory(p, 4));
	EXPECT_EQ(16, locked_kb());
	limit_to(6);
	EXPECT_ERRNO(EAGAIN, mmap(NULL, 3 * PAGE, ALL, ANON | MAP_LOCKED, -1, 0));
	limit_to(0);
	EXPECT_ERRNO(EPERM, mmap(NULL, PAGE, ALL, ANON | MAP_LOCKED, -1, 0));
}

const struct test locked_tests[] = {
	{ "locked.twice", twice, NEEDS_ROOT },
	{ "locked.impossible", impossible, NEEDS_ROOT },
	{ "locked.gets_rights", gets_rights, NEEDS_ROOT },
	{ "locked.moves", moves, NEEDS_ROOT },
	{ "locked.stack", stack_grows, NEEDS_ROOT },
	{ "locked.fork", fork_forgets, NEEDS_ROOT },
	{ "locked.map", map_locked, NEEDS_ROOT },
	{ NULL, NULL, 0 },
};
