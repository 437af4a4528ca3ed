/*
 * swapped.c - tests of pages that are in swap: what was written is read, by the program, by
 * system calls, after fork and every change of the mapping; and slots come back when nobody
 * names them any more.
 *
 * MADV_PAGEOUT sends pages there on a machine that has memory enough. The hidden tests, for
 * machines that have too little, are run by tests/test_swap.py; SWAP_MB tells them how much to
 * touch.
 */
#include "usertests.h"


#define MADV_PAGEOUT	21
#define PAGES		64
#define MB		(1024 * 1024)
#define WORDS		(PAGE / sizeof(unsigned int))

/* A number in a file of /proc: the first one behind the label. */
static long number_in(const char *path, const char *label)
{
	char buf[4096], *at;
	int fd = EXPECT_OK(open(path, O_RDONLY)), n;

	n = EXPECT_OK(read(fd, buf, sizeof(buf) - 1));
	close(fd);
	buf[n] = 0;
	at = strstr(buf, label);
	EXPECT(at);
	return atol(at + strlen(label));
}

static long free_slots(void)
{
	return number_in("/proc/meminfo", "SwapFree:") / 4;
}

static long pages_read(void)
{
	return number_in("/proc/vmstat", "pswpin ");
}

/* What word w of page n holds in a generation. */
static unsigned int pattern(unsigned int n, unsigned int w, unsigned int generation)
{
	return (n * 2654435761u) ^ (w * 40503u) ^ (generation << 24);
}

static void fill(unsigned int *page, unsigned int n, unsigned int generation)
{
	for (unsigned int w = 0; w < WORDS; w++)
		page[w] = pattern(n, w, generation);
}

static void check(const unsigned int *page, unsigned int n, unsigned int generation)
{
	for (unsigned int w = 0; w < WORDS; w++)
		if (page[w] != pattern(n, w, generation))
			FAIL("page %u word %u: expected %08x, saw %08x", n, w,
			     pattern(n, w, generation), page[w]);
}

static void fill_all(char *p, unsigned int generation)
{
	for (unsigned int n = 0; n < PAGES; n++)
		fill((unsigned int *)(p + n * PAGE), n, generation);
}

static void check_all(const char *p, unsigned int generation)
{
	for (unsigned int n = 0; n < PAGES; n++)
		check((const unsigned int *)(p + n * PAGE), n, generation);
}

/* Of nr pages, those whose entries name a slot. */
static int swapped(const char *p, int nr)
{
	unsigned long long word;
	int fd = EXPECT_OK(open("/proc/self/pagemap", O_RDONLY)), count = 0;

	for (int n = 0; n < nr; n++) {
		EXPECT_EQ(8, pread(fd, &word, 8, ((unsigned long)p / PAGE + n) * 8));
		count += (word >> 62) & 1;
	}
	close(fd);
	return count;
}

/* Sends pages to swap; SKIPs where there is none. */
static void page_out(char *p, int nr)
{
	if (!number_in("/proc/meminfo", "SwapTotal:"))
		SKIP("no swap");
	EXPECT_OK(madvise(p, nr * PAGE, MADV_PAGEOUT));
	EXPECT_EQ(nr, swapped(p, nr));
}

/* PAGES pages with patterns, all of them in swap. */
static char *swapped_pages(void)
{
	char *p = map_pages(PAGES);

	fill_all(p, 1);
	page_out(p, PAGES);
	return p;
}

static void there_and_back(void)
{
	unsigned char core[PAGES];
	long slots = free_slots(), reads;
	char *p = swapped_pages();

	EXPECT(free_slots() <= slots - PAGES);
	EXPECT_OK(syscall(__NR_mincore, p, PAGES * PAGE, core));
	for (int n = 0; n < PAGES; n++)
		EXPECT_EQ(0, core[n]);
	reads = pages_read();
	check_all(p, 1);
	EXPECT(pages_read() >= reads + PAGES);
	EXPECT_EQ(0, swapped(p, PAGES));
	fill_all(p, 2);			/* written to: the slots are of no use any more */
	EXPECT(free_slots() >= slots);
	page_out(p, PAGES);
	check_all(p, 2);
	page_out(p, PAGES);		/* not written to: nothing has to be written out */
	check_all(p, 2);
	EXPECT_OK(munmap(p, PAGES * PAGE));
	EXPECT(free_slots() >= slots);
}

static void unmapped(void)
{
	long slots = free_slots();
	char *p = swapped_pages();

	EXPECT_OK(munmap(p, PAGES * PAGE / 2));
	EXPECT(free_slots() >= slots - PAGES / 2);
	EXPECT_OK(madvise(p + PAGES * PAGE / 2, PAGES * PAGE / 2, MADV_DONTNEED));
	EXPECT(free_slots() >= slots);
	for (int n = PAGES / 2; n < PAGES; n++)
		EXPECT_EQ(0, p[n * PAGE]);
}

static void protection(void)
{
	char *p = swapped_pages();

	EXPECT_OK(mprotect(p, PAGES * PAGE, PROT_NONE));
	EXPECT_EQ(PAGES, swapped(p, PAGES));
	EXPECT_FAULT(SIGSEGV, SEGV_ACCERR, p, READ);
	EXPECT_OK(mprotect(p, PAGES * PAGE, PROT_READ));
	EXPECT_FAULT(SIGSEGV, SEGV_ACCERR, p, WRITE);
	check_all(p, 1);
	EXPECT_FAULT(SIGSEGV, SEGV_ACCERR, p, WRITE);
	EXPECT_OK(mprotect(p, PAGES * PAGE, PROT_READ | PROT_WRITE));
	fill_all(p, 2);
	check_all(p, 2);
	page_out(p, PAGES);
	EXPECT_OK(mprotect(p, PAGES * PAGE, PROT_NONE));
	EXPECT_OK(mprotect(p, PAGES * PAGE, PROT_READ | PROT_WRITE));
	check_all(p, 2);
}

static void moved(void)
{
	char *p = swapped_pages();
	char *q = mremap(p, PAGES * PAGE, 2 * PAGES * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED,
			 (char *)0x60000000);

	EXPECT_EQ(0x60000000, q);
	EXPECT_EQ(PAGES, swapped(q, PAGES));
	check_all(q, 1);
	EXPECT_EQ(0, q[PAGES * PAGE]);
}

static void locked(void)
{
	char *p = swapped_pages();

	EXPECT_OK(syscall(__NR_mlock, p, PAGES * PAGE));
	EXPECT_EQ(0, swapped(p, PAGES));
	EXPECT_ERRNO(EINVAL, madvise(p, PAGES * PAGE, MADV_PAGEOUT));
	EXPECT_EQ(0, swapped(p, PAGES));
	check_all(p, 1);
}

/* Buffers of system calls may be in swap. */
static void system_calls(void)
{
	char *p = swapped_pages();
	int fd = EXPECT_OK(open("file", O_RDWR | O_CREAT, 0600));

	EXPECT_EQ(PAGES * PAGE, write(fd, p, PAGES * PAGE));
	fill_all(p, 2);
	page_out(p, PAGES);
	EXPECT_EQ(PAGES * PAGE, pread(fd, p, PAGES * PAGE, 0));
	check_all(p, 1);
	strcpy(p, "file");
	page_out(p, PAGES);
	EXPECT_OK(access(p, R_OK));
	page_out(p, PAGES);
	EXPECT_OK(fstat(fd, (struct stat *)p));
}

/* The pages that a program has of its own of a file go to swap, those of the file do not. */
static void private_file(void)
{
	int fd = EXPECT_OK(open("file", O_RDWR | O_CREAT, 0600));
	char *p;

	EXPECT_OK(ftruncate(fd, PAGES * PAGE));
	p = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	EXPECT(p != MAP_FAILED);
	for (unsigned int n = 0; n < PAGES; n += 2)
		fill((unsigned int *)(p + n * PAGE), n, 3);
	EXPECT_OK(madvise(p, PAGES * PAGE, MADV_PAGEOUT));
	EXPECT_EQ(PAGES / 2, swapped(p, PAGES));
	for (unsigned int n = 0; n < PAGES; n++) {
		if (n % 2)
			EXPECT_EQ(0, p[n * PAGE]);
		else
			check((unsigned int *)(p + n * PAGE), n, 3);
	}
}

/* ---- fork ---- */

static void child_of_fork(void *arg)
{
	char *p = arg;

	check_all(p, 1);
	fill_all(p, 2);
	check_all(p, 2);
	page_out(p, PAGES);
	check_all(p, 2);
}

static void nothing(void *unused)
{
	(void)unused;
}

/* Fork counts slots; it reads nothing in. Then both sides see and change what is theirs. */
static void forked(void)
{
	long slots = free_slots(), reads;
	char *p = map_pages(PAGES);
	pid_t pid;

	fill_all(p, 1);
	page_out(p, PAGES / 2);
	reads = pages_read();
	in_child(nothing, NULL);
	EXPECT_EQ(reads, pages_read());
	EXPECT_EQ(PAGES / 2, swapped(p, PAGES));

	pid = start(child_of_fork, p);
	EXPECT_EXIT(0, finish(pid));
	EXPECT_EQ(PAGES / 2, swapped(p, PAGES));
	check_all(p, 1);
	page_out(p, PAGES);
	pid = start(child_of_fork, p);		/* both read at the same time */
	check_all(p, 1);
	fill_all(p, 3);
	EXPECT_EXIT(0, finish(pid));
	check_all(p, 3);
	EXPECT_OK(munmap(p, PAGES * PAGE));
	EXPECT(free_slots() >= slots);
}

/* Whoever is first reads a shared slot; the others find the frame. */
static void read_once(void)
{
	char *p = swapped_pages();
	pid_t children[4];
	long reads = pages_read();

	for (int i = 0; i < 4; i++)
		children[i] = start(child_of_fork, p);
	for (int i = 0; i < 4; i++)
		EXPECT_EXIT(0, finish(children[i]));
	check_all(p, 1);
	/* Once what all share, and what each paged out of its own. */
	EXPECT(pages_read() - reads <= 6 * PAGES);
}

/* ---- too little memory ---- */

#define MAX_PAGES	65536

static unsigned char generation[MAX_PAGES];

/* Random pages are written, after a look at what they held. At the end all are looked at. */
static void pressure(void)
{
	const char *mb = getenv("SWAP_MB");
	unsigned int pages = (mb ? atol(mb) : 8) * 256, seed = getpid();
	char *p;

	EXPECT(pages <= MAX_PAGES);
	p = map_pages(pages);
	for (unsigned int i = 0; i < 4 * pages; i++) {
		unsigned int n;

		seed = seed * 1103515245 + 12345;
		n = i < pages ? i : (seed >> 8) % pages;
		if (generation[n])
			check((unsigned int *)(p + n * PAGE), n, generation[n]);
		generation[n] = generation[n] % 100 + 1;
		fill((unsigned int *)(p + n * PAGE), n, generation[n]);
	}
	for (unsigned int n = 0; n < pages; n++)
		check((unsigned int *)(p + n * PAGE), n, generation[n]);
}

/* Each page a VMA of its own, with a hole of one page behind it: many VMAs to look through. */
static void islands(void)
{
	const char *mb = getenv("SWAP_MB");
	unsigned int pages = (mb ? atol(mb) : 8) * 256;
	char *p = mmap(NULL, 2 * pages * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	EXPECT(p != MAP_FAILED);
	for (unsigned int n = 0; n < pages; n++) {
		EXPECT_OK(mprotect(p + 2 * n * PAGE, PAGE, PROT_READ | PROT_WRITE));
		fill((unsigned int *)(p + 2 * n * PAGE), n, 1);
	}
	for (unsigned int n = 0; n < pages; n++)
		check((unsigned int *)(p + 2 * n * PAGE), n, 1);
}

/*
 * All of RAM and swap can be used. What was read back in keeps its slot for a while; when no
 * other is free such pages have to go, and there is no reason to kill anybody.
 */
static void to_the_last_slot(void)
{
	long total = meminfo("SwapTotal:"), more;
	unsigned int pages = 0, i;
	char *p = mmap(NULL, MAX_PAGES * PAGE, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	EXPECT(p != MAP_FAILED);
	for (; meminfo("SwapFree:") > total * 55 / 100; pages++)
		fill((unsigned int *)(p + pages * PAGE), pages, 1);
	for (i = 0; i < 6 * pages; i++)
		check((unsigned int *)(p + i % pages * PAGE), i % pages, 1);
	for (; meminfo("SwapFree:") > 0; pages++)
		fill((unsigned int *)(p + pages * PAGE), pages, 1);
	/* All at once: in one system call, before anybody else can look for memory. */
	more = meminfo("SwapCached:") * 1024 * 2 / 3;
	EXPECT(more > MB);
	EXPECT(mmap(NULL, more, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0) != MAP_FAILED);
	for (i = 0; i < pages; i++)
		check((unsigned int *)(p + i * PAGE), i, 1);
}

static void wake(int sig)
{
	(void)sig;
}

/* Memory full of patterns, kept until SIGUSR1 comes; with SWAP_OUT in swap. */
static void hold(void)
{
	const char *mb = getenv("SWAP_MB");
	unsigned int pages = (mb ? atol(mb) : 8) * 256;
	char *p = map_pages(pages), text[16];
	struct sigaction action = { .sa_handler = wake };

	sigaction(SIGUSR1, &action, NULL);
	for (unsigned int n = 0; n < pages; n++)
		fill((unsigned int *)(p + n * PAGE), n, 1);
	if (getenv("SWAP_OUT"))
		page_out(p, pages);
	snprintf(text, sizeof(text), "%d\n", getpid());
	write_file("/tmp/hold.pid", text);
	pause();
	for (unsigned int n = 0; n < pages; n++)
		check((unsigned int *)(p + n * PAGE), n, 1);
}

const struct test swapped_tests[] = {
	{ "swapped.there_and_back", there_and_back, 0 },
	{ "swapped.unmapped", unmapped, 0 },
	{ "swapped.protection", protection, 0 },
	{ "swapped.moved", moved, 0 },
	{ "swapped.locked", locked, NEEDS_ROOT },
	{ "swapped.system_calls", system_calls, 0 },
	{ "swapped.private_file", private_file, 0 },
	{ "swapped.forked", forked, 0 },
	{ "swapped.read_once", read_once, 0 },
	{ "swapped.pressure", pressure, HIDDEN },
	{ "swapped.islands", islands, HIDDEN },
	{ "swapped.to_the_last_slot", to_the_last_slot, HIDDEN },
	{ "swapped.hold", hold, HIDDEN },
	{ NULL, NULL, 0 },
};
