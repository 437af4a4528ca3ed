/*
 * pagemap.c - tests of /proc/PID/pagemap, /proc/kpagecount and /proc/kpageflags: what they say
 * about pages whose state is known, who may read them, and how they end.
 */
#include "usertests.h"
#include <show.h>

#define WORD		8
#define SPACE_PAGES	(USER_END / PAGE)	/* words of pagemap */

#define PM_PRESENT	(1ULL << 63)
#define PM_FILE		(1ULL << 61)
#define PM_EXCLUSIVE	(1ULL << 56)
#define PM_FRAME	((1ULL << 55) - 1)

#define KPF_SLAB	(1ULL << 7)
#define KPF_BUDDY	(1ULL << 10)
#define KPF_MMAP	(1ULL << 11)
#define KPF_ANON	(1ULL << 12)
#define KPF_ZERO_PAGE	(1ULL << 24)
#define KPF_PGTABLE	(1ULL << 26)
#define KPF_RESERVED	(1ULL << 32)

static unsigned long long word_at(const char *path, unsigned long index)
{
	int fd = EXPECT_OK(open(path, O_RDONLY));
	unsigned long long word;

	EXPECT_EQ(WORD, pread(fd, &word, WORD, (off_t)index * WORD));
	close(fd);
	return word;
}

static unsigned long long word_of(void *addr)
{
	return word_at("/proc/self/pagemap", (unsigned long)addr / PAGE);
}

static unsigned long long flags_of(void *addr)
{
	return word_at("/proc/kpageflags", (unsigned long)(word_of(addr) & PM_FRAME));
}

static int count_of(void *addr)
{
	return word_at("/proc/kpagecount", (unsigned long)(word_of(addr) & PM_FRAME));
}

/* One word for each page asked for, in one read. */
static void words(void)
{
	char *p = map_pages(100);
	unsigned long long word[100];
	int fd = EXPECT_OK(open("/proc/self/pagemap", O_RDONLY));

	for (int i = 0; i < 100; i += 3)
		p[i * PAGE] = 'w';
	EXPECT_EQ(sizeof(word), pread(fd, word, sizeof(word), (unsigned long)p / PAGE * WORD));
	for (int i = 0; i < 100; i++) {
		if (i % 3)
			EXPECT(word[i] == 0);
		else
			EXPECT((word[i] & ~PM_FRAME) == (PM_PRESENT | PM_EXCLUSIVE));
	}
	EXPECT_OK(mprotect(p, PAGE, PROT_NONE));
	EXPECT(word_of(p) == word[0]);			/* out of reach, but there */
	EXPECT_OK(munmap(p, PAGE));
	EXPECT(word_of(p) == 0);
}

static void kinds(void)
{
	char *p = map_pages(2);
	int fd = EXPECT_OK(open("file", O_RDWR | O_CREAT, 0600));
	char *file, *shared;

	EXPECT_OK(ftruncate(fd, PAGE));
	file = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	EXPECT(file != MAP_FAILED && shared != MAP_FAILED);

	EXPECT_EQ(0, *(volatile char *)p);
	EXPECT((word_of(p) & ~PM_FRAME) == PM_PRESENT);
	EXPECT(flags_of(p) & KPF_ZERO_PAGE);
	p[PAGE] = 'a';
	EXPECT((flags_of(p + PAGE) & (KPF_ANON | KPF_MMAP | KPF_BUDDY)) == (KPF_ANON | KPF_MMAP));
	EXPECT_EQ(0, *(volatile char *)file);
	EXPECT(word_of(file) & PM_FILE);
	EXPECT(!(flags_of(file) & KPF_ANON));
	file[0] = 'c';
	EXPECT(!(word_of(file) & PM_FILE));		/* its own copy */
	EXPECT(flags_of(file) & KPF_ANON);
	shared[0] = 's';
	EXPECT(word_of(shared) & PM_FILE);
	EXPECT_EQ(1, count_of(shared));
}

static void look_as_child(void *arg)
{
	char *p = arg;
	unsigned long long before = word_of(p);

	EXPECT(!(before & PM_EXCLUSIVE));
	EXPECT_EQ(2, count_of(p));
	p[0] = 'c';
	EXPECT(word_of(p) & PM_EXCLUSIVE);
	EXPECT((word_of(p) & PM_FRAME) != (before & PM_FRAME));
	EXPECT_EQ(1, count_of(p));
}

static void counts(void)
{
	char *p = map_pages(1);
	unsigned long long before;

	p[0] = 'p';
	before = word_of(p);
	in_child(look_as_child, p);
	EXPECT(word_of(p) == before);
	EXPECT_EQ(1, count_of(p));
}

#define KPF_SOMEWHERE                                                                              \
	(KPF_SLAB | KPF_BUDDY | KPF_MMAP | KPF_ANON | KPF_ZERO_PAGE | KPF_PGTABLE | KPF_RESERVED)

/* Frames of every kind exist, and their words fit together. */
static void all_frames(void)
{
	static unsigned long long flags[512], count[512];
	int flags_fd = EXPECT_OK(open("/proc/kpageflags", O_RDONLY));
	int count_fd = EXPECT_OK(open("/proc/kpagecount", O_RDONLY));
	unsigned long long seen = 0;
	long frames = 0;
	int n;

	while ((n = EXPECT_OK(read(flags_fd, flags, sizeof(flags)))) > 0) {
		EXPECT_EQ(n, read(count_fd, count, sizeof(count)));
		for (int i = 0; i < n / WORD; i++) {
			seen |= flags[i];
			EXPECT(!(flags[i] & KPF_BUDDY) || count[i] == 0);
			EXPECT(!(flags[i] & KPF_RESERVED) || count[i] == 0);
		}
		frames += n / WORD;
	}
	EXPECT(frames * 4 >= number_in("/proc/meminfo", "MemTotal"));
	for (size_t i = 0; i < sizeof(seen) * 8; i++)
		if ((KPF_SOMEWHERE >> i & 1) && !(seen >> i & 1))
			FAIL("expected frames with bit %d, saw none", (int)i);
	EXPECT_EQ(0, read(flags_fd, flags, WORD));
	EXPECT_EQ(0, pread(count_fd, count, WORD, 1LL << 40));
}

static void pause_for_ever(void *arg)
{
	(void)arg;
	for (;;)
		pause();
}

static void refusals(void)
{
	unsigned long long word[2];
	char path[40];
	int fd = EXPECT_OK(open("/proc/self/pagemap", O_RDONLY));
	pid_t child = start(pause_for_ever, NULL);

	EXPECT_ERRNO(EINVAL, pread(fd, word, WORD, 4));
	EXPECT_ERRNO(EINVAL, pread(fd, word, WORD - 1, 0));
	EXPECT_ERRNO(EFAULT, pread(fd, (void *)16, WORD, 0));
	EXPECT_EQ(WORD, pread(fd, word, 2 * WORD, (SPACE_PAGES - 1) * WORD));
	EXPECT_EQ(0, pread(fd, word, WORD, SPACE_PAGES * WORD));
	EXPECT_EQ(0, pread(fd, word, WORD, 1LL << 40));
	EXPECT_EQ(0, pread(EXPECT_OK(open("/proc/2/pagemap", O_RDONLY)), word, WORD, 0));
	EXPECT(write(fd, word, WORD) == -1);

	snprintf(path, sizeof(path), "/proc/%d/pagemap", child);
	fd = EXPECT_OK(open(path, O_RDONLY));
	EXPECT_EQ(WORD, pread(fd, word, WORD, 0));
	kill(child, SIGKILL);
	EXPECT_EQ(child, waitpid(child, NULL, 0));
	EXPECT_ERRNO(ESRCH, pread(fd, word, WORD, 0));
	become_user();
	EXPECT_ERRNO(EACCES, open("/proc/1/pagemap", O_RDONLY));
	EXPECT_EQ(WORD, pread(EXPECT_OK(open("/proc/self/pagemap", O_RDONLY)), word, WORD, 0));
}

/* A descriptor from before the process became somebody else's shows nothing. */
static void not_by_descriptor(void)
{
	unsigned long long word;
	int fd = EXPECT_OK(open("/proc/1/pagemap", O_RDONLY));

	EXPECT_EQ(WORD, pread(fd, &word, WORD, 0));
	become_user();
	EXPECT_ERRNO(EACCES, pread(fd, &word, WORD, 0));
}

/* A page of this process as the machine has it, in lowmem or not: frame number times page size. */
static void physical(void)
{
	int fd = EXPECT_OK(open("/dev/mem", O_RDWR));
	char *p = map_pages(2), seen[PAGE + 10];
	off_t place;

	for (int i = 0; i < PAGE; i++)
		p[i] = i % 251;
	place = (off_t)(word_of(p) & PM_FRAME) * PAGE;
	EXPECT_EQ(PAGE, pread(fd, seen, PAGE, place));
	EXPECT_EQ(0, memcmp(p, seen, PAGE));
	EXPECT_EQ(PAGE + 10 - 300, pread(fd, seen, PAGE + 10 - 300, place + 300));
	EXPECT_EQ(0, memcmp(p + 300, seen, PAGE - 300));
	EXPECT_EQ(4, pwrite(fd, "made", 4, place + 20));
	EXPECT_EQ(0, memcmp(p + 20, "made", 4));
	EXPECT_ERRNO(EFAULT, pread(fd, (char *)16, 1, place));
	EXPECT_EQ(0, pread(fd, seen, 1, 0xfffffffffLL));	/* there is no RAM any more */
	EXPECT_ERRNO(EFAULT, pwrite(fd, seen, 1, 0xfffffffffLL));
}

const struct test pagemap_tests[] = {
	{ "pagemap.words", words, 0 },
	{ "pagemap.kinds", kinds, 0 },
	{ "pagemap.counts", counts, 0 },
	{ "pagemap.all_frames", all_frames, 0 },
	{ "pagemap.physical", physical, NEEDS_ROOT },
	{ "pagemap.refusals", refusals, NEEDS_ROOT },
	{ "pagemap.not_by_descriptor", not_by_descriptor, NEEDS_ROOT },
	{ NULL, NULL, 0 },
};
