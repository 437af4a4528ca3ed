/*
 * mem.c - tests of the address space: copy-on-write, brk, mmap, munmap, mprotect, file mappings.
 */
#include "usertests.h"
#include <sched.h>
#include <sys/resource.h>

#define N 32

/* The child's writes stay with the child, the parent's with the parent. */
static void scribble(void *arg)
{
	char *p = arg;

	for (int i = 0; i < N; i++) {
		EXPECT_EQ('p', p[i * PAGE]);
		if (i % 2)
			p[i * PAGE] = 'c';
	}
	sleep_ms(30);
	for (int i = 0; i < N; i++)
		EXPECT_EQ(i % 2 ? 'c' : 'p', p[i * PAGE]);
}

static void cow(void)
{
	char *p = map_pages(N);
	pid_t pid;

	for (int i = 0; i < N; i++)
		p[i * PAGE] = 'p';
	pid = start(scribble, p);
	sleep_ms(10);
	for (int i = 0; i < N; i++) {
		EXPECT_EQ('p', p[i * PAGE]);
		p[i * PAGE] = 'q';
	}
	EXPECT_EXIT(0, finish(pid));
	for (int i = 0; i < N; i++)
		EXPECT_EQ('q', p[i * PAGE]);
}

/* A chain of generations sharing one page: each adds one in its own copy. */
static void generation(void *arg)
{
	int *p = arg, mine = *p + 1;

	*p = mine;
	if (mine < 20)
		in_child(generation, p);
	EXPECT_EQ(mine, *p);
}

static void cow_generations(void)
{
	int *p = (int *)map_pages(1);

	in_child(generation, p);
	EXPECT_EQ(0, *p);
}

/* The kernel's own writes into shared pages must copy them, too. */
static void kernel_writes(void *arg)
{
	char *p = arg;
	int fds[2];

	EXPECT_OK(pipe(fds));
	EXPECT_EQ(5, write(fds[1], "child", 5));
	EXPECT_EQ(5, read(fds[0], p, 5));
	EXPECT(memcmp(p, "child", 5) == 0);
	EXPECT_OK(getcwd(p + PAGE, PAGE));
	EXPECT_EQ('/', p[PAGE]);
}

static void cow_by_kernel(void)
{
	char *p = map_pages(2);

	strcpy(p, "parent");
	strcpy(p + PAGE, "parent");
	in_child(kernel_writes, p);
	EXPECT_STR("parent", p);
	EXPECT_STR("parent", p + PAGE);
}

/* Fresh memory reads as zeroes, and a write to one page shows in no other. */
static void zero_page(void)
{
	char *p = map_pages(N);
	int fd = EXPECT_OK(open("/dev/zero", O_RDONLY)), fds[2];

	for (int i = 0; i < N * PAGE; i += 512)
		EXPECT_EQ(0, p[i]);
	p[0] = 1;
	EXPECT_OK(pipe(fds));
	EXPECT_EQ(3, write(fds[1], "xyz", 3));
	EXPECT_EQ(3, read(fds[0], p + PAGE, 3));
	for (int i = 2; i < N; i++)
		EXPECT_EQ(0, p[i * PAGE]);
	EXPECT_EQ(2 * PAGE, read(fd, p, 2 * PAGE));
	EXPECT_EQ(0, p[0]);
	EXPECT_EQ(0, p[PAGE]);
}

static void brk_moves(void)
{
	char *start = sbrk(0), *first = (char *)(((unsigned long)start + PAGE - 1) & -PAGE);

	EXPECT_OK(brk(first + 4 * PAGE));
	EXPECT_EQ(first + 4 * PAGE, sbrk(0));
	for (int i = 0; i < 4; i++)
		EXPECT_EQ(0, first[i * PAGE]);
	memset(first, 'x', 4 * PAGE);
	EXPECT_OK(brk(first + PAGE));
	EXPECT_EQ('x', first[0]);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, first + PAGE, READ);
	EXPECT_OK(brk(first + 2 * PAGE));
	EXPECT_EQ(0, first[PAGE]);
	EXPECT_ERRNO(ENOMEM, brk((void *)PAGE));
	EXPECT_ERRNO(ENOMEM, brk((void *)0xfffff000));
	EXPECT_EQ(first + 2 * PAGE, sbrk(0));
}

/* brk must not run into a mapping that stands in its way. */
static void brk_blocked(void)
{
	char *end = (char *)(((unsigned long)sbrk(0) + PAGE - 1) & -PAGE), *wall = end + 8 * PAGE;

	EXPECT_EQ(wall,
		  mmap(wall, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
	EXPECT_OK(brk(end + 4 * PAGE));
	EXPECT_ERRNO(ENOMEM, brk(end + 16 * PAGE));
	EXPECT_EQ(0, end[0]);
}

static void mmap_errors(void)
{
	int anon = MAP_PRIVATE | MAP_ANONYMOUS, fd;

	EXPECT_ERRNO(EINVAL, mmap(NULL, 0, PROT_READ, anon, -1, 0));
	EXPECT_ERRNO(EINVAL, mmap((void *)0x10000001, PAGE, PROT_READ, anon | MAP_FIXED, -1, 0));
	EXPECT_ERRNO(EINVAL, mmap(NULL, PAGE, PROT_READ, MAP_ANONYMOUS, -1, 0));
	EXPECT_ERRNO(EBADF, mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, -1, 0));
	EXPECT_ERRNO(ENOMEM, mmap(NULL, 0xfffff000, PROT_READ, anon, -1, 0));
	EXPECT_ERRNO(ENOMEM,
		     mmap((void *)0xffffe000, 4 * PAGE, PROT_READ, anon | MAP_FIXED, -1, 0));
	fd = EXPECT_OK(open("w", O_WRONLY | O_CREAT, 0600));
	EXPECT_ERRNO(EACCES, mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 0));
	EXPECT_ERRNO(EINVAL, munmap((void *)0x10000001, PAGE));
	EXPECT_ERRNO(EINVAL, munmap((void *)0x10000000, 0));
	EXPECT_ERRNO(EINVAL, mprotect((void *)0x10000001, PAGE, PROT_READ));
}

/* MAP_FIXED replaces what is there; a hint is followed when the place is free. */
static void mmap_fixed(void)
{
	char *p = map_pages(4), *q;

	memset(p, 'a', 4 * PAGE);
	q = mmap(p + PAGE, 2 * PAGE, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	EXPECT_EQ(p + PAGE, q);
	EXPECT_EQ('a', p[PAGE - 1]);
	EXPECT_EQ(0, p[PAGE]);
	EXPECT_EQ(0, p[3 * PAGE - 1]);
	EXPECT_EQ('a', p[3 * PAGE]);
	EXPECT_OK(munmap(p, 4 * PAGE));
	EXPECT_EQ(p + PAGE, mmap(p + PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	q = mmap(p + PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	EXPECT(q != p + PAGE && q != MAP_FAILED);
}

static void munmap_hole(void)
{
	char *p = map_pages(6);

	memset(p, 'b', 6 * PAGE);
	EXPECT_OK(munmap(p + 2 * PAGE, 2 * PAGE));
	EXPECT_NO_FAULT(p + 2 * PAGE - 1, READ);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, p + 2 * PAGE, READ);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, p + 3 * PAGE + 7, WRITE);
	EXPECT_NO_FAULT(p + 4 * PAGE, READ);
	EXPECT_OK(munmap(p + 2 * PAGE, 2 * PAGE));
	EXPECT_OK(munmap(p + PAGE, 4 * PAGE));
	EXPECT_EQ('b', p[0]);
	EXPECT_EQ('b', p[5 * PAGE]);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, p + 4 * PAGE, READ);
}

static void mprotect_pages(void)
{
	char *p = map_pages(4);

	memset(p, 'm', 4 * PAGE);
	EXPECT_OK(mprotect(p + PAGE, PAGE, PROT_READ));
	EXPECT_NO_FAULT(p + PAGE, READ);
	EXPECT_FAULT(SIGSEGV, SEGV_ACCERR, p + PAGE + 5, WRITE);
	EXPECT_OK(mprotect(p + 2 * PAGE, PAGE, PROT_NONE));
	EXPECT_FAULT(SIGSEGV, SEGV_ACCERR, p + 2 * PAGE, READ);
	EXPECT_NO_FAULT(p + 3 * PAGE, WRITE);
	EXPECT_OK(mprotect(p, 4 * PAGE, PROT_READ | PROT_WRITE));
	EXPECT_EQ('m', p[PAGE + 5]);
	EXPECT_EQ('m', p[2 * PAGE]);
	EXPECT_NO_FAULT(p + 2 * PAGE, WRITE);
	EXPECT_OK(munmap(p + PAGE, PAGE));
	EXPECT_ERRNO(ENOMEM, mprotect(p, 4 * PAGE, PROT_READ));
}

/* Making a shared page writable again must not undo copy-on-write. */
static void toggle_and_write(void *arg)
{
	char *p = arg;

	EXPECT_OK(mprotect(p, PAGE, PROT_READ));
	EXPECT_OK(mprotect(p, PAGE, PROT_READ | PROT_WRITE));
	p[0] = 'c';
}

static void mprotect_cow(void)
{
	char *p = map_pages(1);

	p[0] = 'p';
	in_child(toggle_and_write, p);
	EXPECT_EQ('p', p[0]);
}

/* A file of two and a half pages: byte i of page n is n * 16 + i % 16. */
static int make_file(const char *name)
{
	char buf[PAGE];
	int fd = EXPECT_OK(open(name, O_RDWR | O_CREAT | O_TRUNC, 0600));

	for (int n = 0; n < 3; n++) {
		for (int i = 0; i < PAGE; i++)
			buf[i] = n * 16 + i % 16;
		EXPECT_EQ(n < 2 ? PAGE : PAGE / 2, write(fd, buf, n < 2 ? PAGE : PAGE / 2));
	}
	return fd;
}

static void file_private(void)
{
	int fd = make_file("f");
	char *p =
		(char *)EXPECT_OK(mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0));
	char *second = (char *)EXPECT_OK(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, PAGE));
	char c;

	EXPECT_EQ(5, p[5]);
	EXPECT_EQ(16 + 3, p[PAGE + 3]);
	EXPECT_EQ(16 + 3, second[3]);
	EXPECT_EQ(32 + 1, p[2 * PAGE + 1]);
	EXPECT_EQ(0, p[2 * PAGE + PAGE / 2]);
	EXPECT_EQ(0, p[3 * PAGE - 1]);
	EXPECT_FAULT(SIGBUS, BUS_ADRERR, p + 3 * PAGE, READ);
	p[PAGE + 3] = 'X';
	EXPECT_EQ(16 + 3, second[3]);
	EXPECT_EQ(1, pread(fd, &c, 1, PAGE + 3));
	EXPECT_EQ(16 + 3, c);
	EXPECT_OK(close(fd));
	EXPECT_OK(unlink("f"));
	EXPECT_EQ(16 + 4, p[PAGE + 4]);
	EXPECT_EQ(7, p[7]);
	EXPECT_EQ('X', p[PAGE + 3]);
}

/* read, write and mmap see the same page. */
static void file_coherent(void)
{
	int fd = make_file("f");
	char *p = (char *)EXPECT_OK(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 0));

	EXPECT_EQ(9, p[9]);
	EXPECT_EQ(1, pwrite(fd, "W", 1, 9));
	EXPECT_EQ('W', p[9]);
}

static void file_truncated(void)
{
	int fd = make_file("f");
	char *p = (char *)EXPECT_OK(mmap(NULL, 3 * PAGE, PROT_READ, MAP_PRIVATE, fd, 0));

	EXPECT_EQ(32, p[2 * PAGE]);
	EXPECT_OK(ftruncate(fd, PAGE + 10));
	EXPECT_EQ(16 + 9, p[PAGE + 9]);
	EXPECT_EQ(0, p[PAGE + 10]);
	EXPECT_FAULT(SIGBUS, BUS_ADRERR, p + 2 * PAGE, READ);
}

/* Many mappings, every second one taken away again: lists and trees stay consistent. */
static void fragments(void)
{
	enum { COUNT = 300 };
	static char *p[COUNT];

	for (int i = 0; i < COUNT; i++) {
		p[i] = (char *)EXPECT_OK(mmap(NULL, 2 * PAGE,
					      i % 3 ? PROT_READ | PROT_WRITE : PROT_READ,
					      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
		if (i % 3)
			*(int *)p[i] = i;
	}
	for (int i = 0; i < COUNT; i += 2)
		EXPECT_OK(munmap(p[i], PAGE));
	for (int i = 0; i < COUNT; i++) {
		if (i % 2 == 0)
			EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, p[i], READ);
		else
			EXPECT_EQ(i % 3 ? i : 0, *(int *)p[i]);
	}
	for (int i = 0; i < COUNT; i++)
		EXPECT_OK(munmap(p[i], 2 * PAGE));
}

static void remap(void)
{
	char *p = map_pages(2), *wall, *q = mremap(p, 2 * PAGE, 4 * PAGE, MREMAP_MAYMOVE);

	EXPECT(q != MAP_FAILED);
	q[0] = 'r';
	q[3 * PAGE] = 's';
	EXPECT_EQ(q, mremap(q, 4 * PAGE, PAGE, 0));
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, q + PAGE, READ);
	wall = mmap(q + PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	EXPECT_EQ(q + PAGE, wall);
	EXPECT_ERRNO(ENOMEM, mremap(q, PAGE, 3 * PAGE, 0));
	p = (char *)EXPECT_OK(mremap(q, PAGE, 3 * PAGE, MREMAP_MAYMOVE));
	EXPECT(p != q);
	EXPECT_EQ('r', p[0]);
	EXPECT_EQ(0, p[PAGE]);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, q, READ);
}

static void dontneed(void)
{
	char *p = map_pages(2);

	memset(p, 'd', 2 * PAGE);
	EXPECT_OK(madvise(p, PAGE, MADV_DONTNEED));
	EXPECT_EQ(0, p[0]);
	EXPECT_EQ('d', p[PAGE]);
}

#define COLD_PAGES	256

static int cold_file;
static volatile int stop;

/* Holds the address space while its pages come from the disk. */
static int map_cold_pages(void *arg)
{
	int drop = open("/proc/sys/vm/drop_caches", O_WRONLY);

	(void)arg;
	while (!stop) {
		void *p = mmap(NULL, COLD_PAGES * PAGE, PROT_READ, MAP_SHARED | MAP_POPULATE,
			       cold_file, 0);

		munmap(p, COLD_PAGES * PAGE);
		write(drop, "1", 1);
	}
	close(drop);
	return 0;
}

static int change_size(void *arg)
{
	(void)arg;
	while (!stop) {
		void *p = mmap(NULL, 100 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		sched_yield();
		munmap(p, 100 * PAGE);
		sched_yield();
	}
	return 0;
}

/* What the kernel counts is what it lists. */
static void compare_sizes(void *arg)
{
	static char text[16384];
	int fd = EXPECT_OK(open("/proc/self/maps", O_RDONLY));
	long n = EXPECT_OK(read(fd, text, sizeof(text) - 1)), kb = 0;

	(void)arg;
	for (char *line = text; *line; line = strchr(line, '\n') + 1) {
		char *end;
		unsigned long start = strtoul(line, &end, 16);

		kb += (strtoul(end + 1, NULL, 16) - start) / 1024;
	}
	EXPECT(n < (long)sizeof(text) - 1);
	EXPECT_EQ(kb, proc_number("/proc/self/status", "VmSize:"));
}

/* The child's sizes are those of the VMAs it gets, though threads change them until the end. */
static void fork_sizes(void)
{
	static char page[PAGE];
	int cold, change;

	cold_file = EXPECT_OK(open("cold", O_RDWR | O_CREAT, 0600));
	for (int i = 0; i < COLD_PAGES; i++)
		EXPECT_EQ(PAGE, write(cold_file, page, PAGE));
	EXPECT_OK(fsync(cold_file));
	start_thread(map_cold_pages, NULL, &cold);
	start_thread(change_size, NULL, &change);
	for (int i = 0; i < 50; i++)
		in_child(compare_sizes, NULL);
	stop = 1;
	join_thread(&cold);
	join_thread(&change);
}

const struct test mem_tests[] = {
	{ "mem.cow", cow, 0 },
	{ "mem.cow_generations", cow_generations, 0 },
	{ "mem.cow_by_kernel", cow_by_kernel, 0 },
	{ "mem.zero_page", zero_page, 0 },
	{ "mem.brk", brk_moves, 0 },
	{ "mem.brk_blocked", brk_blocked, 0 },
	{ "mem.mmap_errors", mmap_errors, 0 },
	{ "mem.mmap_fixed", mmap_fixed, 0 },
	{ "mem.munmap_hole", munmap_hole, 0 },
	{ "mem.mprotect", mprotect_pages, 0 },
	{ "mem.mprotect_cow", mprotect_cow, 0 },
	{ "mem.file_private", file_private, 0 },
	{ "mem.file_coherent", file_coherent, 0 },
	{ "mem.file_truncated", file_truncated, 0 },
	{ "mem.fragments", fragments, 0 },
	{ "mem.mremap", remap, 0 },
	{ "mem.dontneed", dontneed, 0 },
	{ "mem.fork_sizes", fork_sizes, NEEDS_ROOT },
	{ NULL, NULL, 0 },
};
