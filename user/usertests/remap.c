/*
 * remap.c - tests of mremap, madvise, mincore, mlock and msync: mappings that move, shared mappings
 * of files, and what a program says and asks about the use of its pages.
 */
#include "usertests.h"
#include <sys/resource.h>

#define FILE_PAGES	8

/* A file whose page n is full of the letter 'a' + n; open for reading and writing. */
static int lettered_file(void)
{
	char page[PAGE];
	int fd = EXPECT_OK(open("letters", O_RDWR | O_CREAT | O_TRUNC, 0600));

	for (int i = 0; i < FILE_PAGES; i++) {
		memset(page, 'a' + i, PAGE);
		EXPECT_EQ(PAGE, write(fd, page, PAGE));
	}
	return fd;
}

static long mincore_call(void *addr, size_t len, unsigned char *vec)
{
	return syscall(__NR_mincore, addr, len, vec);
}

static void fixed(void)
{
	char *p = map_pages(4), *to = map_pages(8);

	memset(p, 'm', 4 * PAGE);
	memset(to, 't', 8 * PAGE);
	EXPECT_EQ(to + 2 * PAGE, mremap(p, 4 * PAGE, 4 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED,
					to + 2 * PAGE));
	EXPECT_EQ('t', to[2 * PAGE - 1]);
	EXPECT_EQ('m', to[2 * PAGE]);
	EXPECT_EQ('m', to[6 * PAGE - 1]);
	EXPECT_EQ('t', to[6 * PAGE]);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, p, READ);
}

static void errors(void)
{
	char *p = map_pages(4);

	EXPECT_ERRNO(EINVAL, mremap(p + 1, PAGE, 2 * PAGE, MREMAP_MAYMOVE));
	EXPECT_ERRNO(EINVAL, mremap(p, PAGE, 0, MREMAP_MAYMOVE));
	EXPECT_ERRNO(EINVAL, mremap(p, PAGE, PAGE, MREMAP_FIXED, p + 2 * PAGE));
	EXPECT_ERRNO(EINVAL,
		     mremap(p, 2 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, p + PAGE));
	EXPECT_ERRNO(EINVAL, mremap(p, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, p + 100));
	EXPECT_ERRNO(EINVAL, mremap(p, PAGE, 2 * PAGE, 64));
	EXPECT_OK(munmap(p, PAGE));
	EXPECT_ERRNO(EFAULT, mremap(p, PAGE, 2 * PAGE, MREMAP_MAYMOVE));
	EXPECT_ERRNO(EFAULT, mremap(p + 2 * PAGE, 4 * PAGE, 5 * PAGE, MREMAP_MAYMOVE));
}

/* Pages of the file and private copies both come along; later pages still come from the file. */
static void file_moves(void)
{
	int fd = lettered_file();
	char *p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 2 * PAGE), *q;

	EXPECT(p != MAP_FAILED);
	EXPECT_EQ('c', p[0]);
	p[PAGE] = 'X';
	q = (char *)EXPECT_OK(
		mremap(p, 4 * PAGE, 6 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, (char *)0x50000000));
	EXPECT_EQ('c', q[0]);
	EXPECT_EQ('X', q[PAGE]);
	EXPECT_EQ('d', q[PAGE + 1]);
	EXPECT_EQ('h', q[5 * PAGE]);
}

/* The middle of a mapping moves away; both sides stay. */
static void middle_moves(void)
{
	char *p = map_pages(6), *q;

	for (int i = 0; i < 6; i++)
		p[i * PAGE] = '0' + i;
	q = (char *)EXPECT_OK(mremap(p + 2 * PAGE, 2 * PAGE, 3 * PAGE, MREMAP_MAYMOVE));
	EXPECT_EQ('2', q[0]);
	EXPECT_EQ('3', q[PAGE]);
	EXPECT_EQ(0, q[2 * PAGE]);
	EXPECT_EQ('1', p[PAGE]);
	EXPECT_EQ('4', p[4 * PAGE]);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, p + 2 * PAGE, READ);
}

/* After fork parent and child share pages; a move on one side does not change the other. */
static void move_in_child(void *arg)
{
	char *p = arg, *q = (char *)EXPECT_OK(mremap(p, 2 * PAGE, 40 * PAGE, MREMAP_MAYMOVE));

	EXPECT_EQ('s', q[0]);
	q[0] = 'c';
}

static void moves_after_fork(void)
{
	char *p = map_pages(2);

	p[0] = 's';
	in_child(move_in_child, p);
	EXPECT_EQ('s', p[0]);
}

static void advice(void)
{
	int fd = lettered_file();
	char *p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0),
	     *gap = map_pages(3);

	EXPECT(p != MAP_FAILED);
	p[0] = 'X';
	EXPECT_OK(madvise(p, 4 * PAGE, MADV_DONTNEED));
	EXPECT_EQ('a', p[0]);			/* the private copy is gone, the file is not */
	EXPECT_OK(madvise(p, 4 * PAGE, MADV_SEQUENTIAL));
	EXPECT_OK(madvise(p, 2 * PAGE, MADV_RANDOM));
	EXPECT_OK(madvise(p, 4 * PAGE, MADV_NORMAL));
	EXPECT_OK(madvise(p, 4 * PAGE, MADV_WILLNEED));
	EXPECT_ERRNO(EINVAL, madvise(p + 1, PAGE, MADV_NORMAL));
	EXPECT_ERRNO(EINVAL, madvise(p, PAGE, 1000));
	memset(gap, 'g', 3 * PAGE);
	EXPECT_OK(munmap(gap + PAGE, PAGE));
	EXPECT_ERRNO(ENOMEM, madvise(gap, 3 * PAGE, MADV_DONTNEED));
	EXPECT_EQ(0, gap[2 * PAGE]);		/* what is behind the hole was done all the same */
}

static void in_core(void)
{
	char *p = map_pages(3);
	unsigned char vec[4] = { 9, 9, 9, 9 };

	p[PAGE] = 1;
	EXPECT_OK(mincore_call(p, 3 * PAGE, vec));
	EXPECT_EQ(0, vec[0] & 1);
	EXPECT_EQ(1, vec[1] & 1);
	EXPECT_EQ(0, vec[2] & 1);
	EXPECT_EQ(9, vec[3]);
	EXPECT_ERRNO(EINVAL, mincore_call(p + 1, PAGE, vec));
	EXPECT_ERRNO(EFAULT, mincore_call(p, PAGE, (unsigned char *)16));
	EXPECT_OK(munmap(p + 2 * PAGE, PAGE));
	EXPECT_ERRNO(ENOMEM, mincore_call(p, 3 * PAGE, vec));
	EXPECT_ERRNO(ENOMEM, mincore_call(p, (size_t)-1, vec));
	EXPECT_ERRNO(ENOMEM, mincore_call(p, (size_t)-PAGE, vec));
	EXPECT_OK(mincore_call(p, 0, vec));
}

/* Stores through a shared mapping, before and after a sync, are in the file each time. */
static void shared_file(void)
{
	int fd = lettered_file();
	char *p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), seen[2];

	EXPECT(p != MAP_FAILED);
	for (int round = 0; round < 3; round++) {
		p[PAGE] = 'A' + round;
		EXPECT_EQ(1, pread(fd, seen, 1, PAGE));
		EXPECT_EQ('A' + round, seen[0]);
		EXPECT_OK(msync(p, 4 * PAGE, MS_SYNC));
		p[2 * PAGE] = '0' + round;
		EXPECT_OK(fsync(fd));
	}
	EXPECT_OK(pwrite(fd, "w", 1, 3 * PAGE));
	EXPECT_EQ('w', p[3 * PAGE]);
	EXPECT_OK(msync(p, 4 * PAGE, MS_ASYNC));
	EXPECT_ERRNO(EINVAL, msync(p, PAGE, MS_SYNC | MS_ASYNC));
	EXPECT_ERRNO(EINVAL, msync(p + 1, PAGE, MS_SYNC));
	EXPECT_OK(munmap(p + PAGE, PAGE));
	EXPECT_ERRNO(ENOMEM, msync(p, 4 * PAGE, MS_SYNC));
	EXPECT_OK(ftruncate(fd, PAGE));
	EXPECT_FAULT(SIGBUS, BUS_ADRERR, p + 2 * PAGE, READ);
}

/* What the file's mode allows, the mapping allows, and no more. */
static void shared_rights(void)
{
	int fd = lettered_file(), ro = EXPECT_OK(open("letters", O_RDONLY)), wo;
	char *p;

	EXPECT_ERRNO(EACCES, mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, ro, 0));
	p = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, ro, 0);
	EXPECT(p != MAP_FAILED);
	EXPECT_ERRNO(EACCES, mprotect(p, PAGE, PROT_READ | PROT_WRITE));
	wo = EXPECT_OK(open("letters", O_WRONLY));
	EXPECT_ERRNO(EACCES, mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, wo, 0));
	EXPECT_ERRNO(ENODEV,
		     mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, EXPECT_OK(open(".", O_RDONLY)), 0));
	close(fd);
}

/* The number behind a label of /proc/self/status. */
static long status_number(const char *label)
{
	char text[2048], *at;
	int fd = EXPECT_OK(open("/proc/self/status", O_RDONLY));
	long n = EXPECT_OK(read(fd, text, sizeof(text) - 1));

	close(fd);
	text[n] = '\0';
	at = strstr(text, label);
	EXPECT(at != NULL);
	return atoi(at + strlen(label));
}

static void locking(void)
{
	char *p = map_pages(8);
	unsigned char vec[8];
	struct rlimit small = { 4 * PAGE, 4 * PAGE };

	EXPECT_OK(syscall(__NR_mlock, p + PAGE, 3 * PAGE));
	EXPECT_EQ(12, status_number("VmLck:"));
	EXPECT_OK(mincore_call(p, 8 * PAGE, vec));
	EXPECT_EQ(0, vec[0] & 1);
	EXPECT_EQ(1, vec[1] & vec[2] & vec[3] & 1);
	EXPECT_EQ(0, vec[4] & 1);
	EXPECT_ERRNO(EINVAL, madvise(p + PAGE, PAGE, MADV_DONTNEED));
	EXPECT_OK(syscall(__NR_munlock, p + 2 * PAGE, PAGE));
	EXPECT_EQ(8, status_number("VmLck:"));
	EXPECT_OK(munmap(p + PAGE, PAGE));
	EXPECT_EQ(4, status_number("VmLck:"));
	EXPECT_ERRNO(ENOMEM, syscall(__NR_mlock, p, 3 * PAGE));
	EXPECT_OK(munlockall());
	EXPECT_EQ(0, status_number("VmLck:"));
	EXPECT_ERRNO(EINVAL, mlockall(64));
	become_user();
	EXPECT_OK(setrlimit(RLIMIT_MEMLOCK, &small));
	EXPECT_OK(syscall(__NR_mlock, p + 2 * PAGE, 4 * PAGE));
	EXPECT_ERRNO(ENOMEM, syscall(__NR_mlock, p + 6 * PAGE, PAGE));
}

const struct test remap_tests[] = {
	{ "remap.fixed", fixed, 0 },
	{ "remap.errors", errors, 0 },
	{ "remap.file", file_moves, 0 },
	{ "remap.middle", middle_moves, 0 },
	{ "remap.after_fork", moves_after_fork, 0 },
	{ "remap.advice", advice, 0 },
	{ "remap.in_core", in_core, 0 },
	{ "remap.locking", locking, 0 },
	{ "remap.shared_file", shared_file, 0 },
	{ "remap.shared_rights", shared_rights, 0 },
	{ NULL, NULL, 0 },
};
