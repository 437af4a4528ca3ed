/*
 * vmcall.c - what mmap, munmap, mprotect, mremap, msync, madvise, mincore, mlock, mlockall and brk
 * refuse, by errno, and when VMAs are joined and cut, as /proc/self/maps shows it.
 */
#include "usertests.h"
#include <sys/mount.h>
#include <sys/resource.h>

#define ANON		(MAP_PRIVATE | MAP_ANONYMOUS)
#define ALL		(PROT_READ | PROT_WRITE)
#define HERE		((char *)0x40000000)
#define TOP		((char *)USER_END)
#define ODD		((char *)0x40000001)
#define GUARD		(256 * PAGE)		/* is kept free below a stack */

static long mlock_call(void *addr, size_t len)
{
	return syscall(__NR_mlock, addr, len);
}

static long munlock_call(void *addr, size_t len)
{
	return syscall(__NR_munlock, addr, len);
}

static char *map_here(int n, int prot)
{
	EXPECT_EQ(HERE, mmap(HERE, n * PAGE, prot, ANON | MAP_FIXED, -1, 0));
	return HERE;
}

/* A file of n pages. */
static int file_of(int n)
{
	int fd = EXPECT_OK(open("file", O_RDWR | O_CREAT | O_TRUNC, 0600));

	EXPECT_OK(ftruncate(fd, n * PAGE));
	return fd;
}

/* ---- errno by errno ---- */

static void mmap_refuses(void)
{
	int fd = file_of(2), fds[2];

	EXPECT_ERRNO(EINVAL, mmap(NULL, 0, ALL, ANON, -1, 0));
	EXPECT_ERRNO(EINVAL, mmap(ODD, PAGE, ALL, ANON | MAP_FIXED, -1, 0));
	EXPECT_ERRNO(EINVAL, mmap(NULL, PAGE, ALL, MAP_PRIVATE, fd, 100));
	EXPECT_ERRNO(EINVAL, mmap(NULL, PAGE, ALL, MAP_ANONYMOUS, -1, 0));
	EXPECT_ERRNO(EINVAL, mmap(NULL, PAGE, ALL, MAP_TYPE | MAP_ANONYMOUS, -1, 0));
	EXPECT_ERRNO(EBADF, mmap(NULL, PAGE, ALL, MAP_PRIVATE, 999, 0));
	EXPECT_ERRNO(EBADF, mmap(NULL, PAGE, ALL, MAP_SHARED, -1, 0));
	EXPECT_ERRNO(ENOMEM, mmap(NULL, 0xfffff000, PROT_READ, ANON, -1, 0));
	EXPECT_ERRNO(ENOMEM, mmap(NULL, 0xfffffff0, PROT_READ, ANON, -1, 0));
	EXPECT_ERRNO(ENOMEM, mmap(TOP - PAGE, 2 * PAGE, ALL, ANON | MAP_FIXED, -1, 0));
	EXPECT_ERRNO(EPERM, mmap(NULL, PAGE, ALL, ANON | MAP_FIXED, -1, 0));
	EXPECT_ERRNO(EOVERFLOW,
		     syscall(__NR_mmap2, NULL, 4 * PAGE, ALL, MAP_PRIVATE, fd, 0xfffffffe));
	EXPECT_OK(pipe(fds));
	EXPECT_ERRNO(ENODEV, mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fds[0], 0));
	EXPECT_ERRNO(EINVAL, mmap(NULL, 4 << 20, ALL, ANON | MAP_HUGETLB, -1, 0));
	/* Only plain memory can grow down: before the first page of a file there is nothing. */
	EXPECT_ERRNO(EINVAL, mmap(NULL, PAGE, ALL, MAP_PRIVATE | MAP_GROWSDOWN, fd, 0));
	EXPECT_ERRNO(EINVAL, mmap(NULL, PAGE, ALL, MAP_SHARED | MAP_ANONYMOUS | MAP_GROWSDOWN,
				  -1, 0));
}

/* Where no program may be run from, none can be mapped; nor can it become one later. */
static void mmap_noexec(void)
{
	int fd;

	EXPECT_OK(mkdir("dir", 0700));
	EXPECT_OK(mount("none", "dir", "tmpfs", MS_NOEXEC, NULL));
	fd = EXPECT_OK(open("dir/file", O_RDWR | O_CREAT, 0700));
	EXPECT_OK(ftruncate(fd, PAGE));
	EXPECT_ERRNO(EPERM, mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0));
	EXPECT_EQ(HERE, mmap(HERE, PAGE, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0));
	EXPECT_ERRNO(EACCES, mprotect(HERE, PAGE, PROT_READ | PROT_EXEC));
	EXPECT_OK(munmap(HERE, PAGE));
	EXPECT_OK(close(fd));
	EXPECT_OK(umount("dir"));
}

static void mmap_by_mode(void)
{
	int rw = file_of(1), ro = EXPECT_OK(open("file", O_RDONLY));
	int wo = EXPECT_OK(open("file", O_WRONLY));

	EXPECT_OK(mmap(NULL, PAGE, ALL, MAP_SHARED, rw, 0));
	EXPECT_OK(mmap(NULL, PAGE, ALL, MAP_PRIVATE, ro, 0));
	EXPECT_OK(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, ro, 0));
	EXPECT_ERRNO(EACCES, mmap(NULL, PAGE, ALL, MAP_SHARED, ro, 0));
	EXPECT_ERRNO(EACCES, mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, wo, 0));
	EXPECT_ERRNO(EACCES, mmap(NULL, PAGE, PROT_WRITE, MAP_SHARED, wo, 0));
}

static void noreplace(void)
{
	int flags = ANON | MAP_FIXED_NOREPLACE;

	map_here(4, ALL);
	memset(HERE, 'n', 4 * PAGE);
	EXPECT_ERRNO(EEXIST, mmap(HERE + PAGE, PAGE, ALL, flags, -1, 0));
	EXPECT_ERRNO(EEXIST, mmap(HERE - PAGE, 2 * PAGE, ALL, flags, -1, 0));
	EXPECT_ERRNO(EEXIST, mmap(HERE + 3 * PAGE, 9 * PAGE, ALL, flags, -1, 0));
	EXPECT_ERRNO(EINVAL, mmap(ODD + 64 * PAGE, PAGE, ALL, flags, -1, 0));
	EXPECT_EQ(HERE + 4 * PAGE, mmap(HERE + 4 * PAGE, PAGE, ALL, flags, -1, 0));
	for (int i = 0; i < 4; i++)
		EXPECT_EQ('n', HERE[i * PAGE]);
}

static void munmap_refuses(void)
{
	EXPECT_ERRNO(EINVAL, munmap(ODD, PAGE));
	EXPECT_ERRNO(EINVAL, munmap(HERE, 0));
	EXPECT_ERRNO(EINVAL, munmap(HERE, 0xfffffff0));
	EXPECT_ERRNO(EINVAL, munmap(TOP, PAGE));
	EXPECT_ERRNO(EINVAL, munmap(TOP - PAGE, 2 * PAGE));
	EXPECT_OK(munmap(HERE, 64 * PAGE));		/* nothing there is no error */
}

static void mprotect_refuses(void)
{
	int ro;

	map_here(4, PROT_READ);
	EXPECT_ERRNO(EINVAL, mprotect(ODD, PAGE, ALL));
	EXPECT_ERRNO(EINVAL, mprotect(HERE, PAGE, 0x40));
	EXPECT_ERRNO(EINVAL, mprotect(HERE, PAGE, ALL | PROT_GROWSDOWN));	/* no stack */
	EXPECT_OK(mprotect(HERE, 0, ALL));
	EXPECT_ERRNO(ENOMEM, mprotect(HERE, 0xfffffff0, ALL));
	EXPECT_ERRNO(ENOMEM, mprotect(HERE + 4 * PAGE, PAGE, ALL));
	EXPECT_ERRNO(ENOMEM, mprotect(HERE + 2 * PAGE, 3 * PAGE, ALL));
	EXPECT_NO_FAULT(HERE + 3 * PAGE, WRITE);	/* what comes before the hole was done */
	EXPECT_ERRNO(ENOMEM, mprotect(TOP - PAGE, 2 * PAGE, ALL));
	close(file_of(1));
	ro = EXPECT_OK(open("file", O_RDONLY));
	EXPECT_EQ(HERE, mmap(HERE, PAGE, PROT_READ, MAP_SHARED | MAP_FIXED, ro, 0));
	EXPECT_ERRNO(EACCES, mprotect(HERE, PAGE, ALL));
	EXPECT_EQ(HERE, mmap(HERE, PAGE, PROT_READ, MAP_PRIVATE | MAP_FIXED, ro, 0));
	EXPECT_OK(mprotect(HERE, PAGE, ALL));		/* a copy may be written */
}

static void mremap_refuses(void)
{
	int fixed = MREMAP_MAYMOVE | MREMAP_FIXED;
	struct rlimit limit = { 16 << 20, 16 << 20 };

	map_here(4, ALL);
	EXPECT_ERRNO(EINVAL, mremap(ODD, PAGE, 2 * PAGE, MREMAP_MAYMOVE));
	EXPECT_ERRNO(EINVAL, mremap(HERE, PAGE, 0, MREMAP_MAYMOVE));
	EXPECT_ERRNO(EINVAL, mremap(HERE, PAGE, PAGE, 0x40));
	EXPECT_ERRNO(EINVAL, mremap(HERE, PAGE, PAGE, MREMAP_FIXED, HERE + 8 * PAGE));
	EXPECT_ERRNO(EINVAL, mremap(HERE, PAGE, PAGE, fixed, ODD + 8 * PAGE));
	EXPECT_ERRNO(EINVAL, mremap(HERE, 2 * PAGE, 2 * PAGE, fixed, HERE + PAGE));
	EXPECT_ERRNO(EINVAL, mremap(HERE, PAGE, PAGE, fixed, TOP));
	EXPECT_ERRNO(EFAULT, mremap(HERE + 8 * PAGE, PAGE, 2 * PAGE, MREMAP_MAYMOVE));
	EXPECT_ERRNO(EFAULT, mremap(HERE, 5 * PAGE, 6 * PAGE, MREMAP_MAYMOVE));
	EXPECT_OK(mprotect(HERE + 2 * PAGE, PAGE, PROT_READ));
	EXPECT_ERRNO(EFAULT, mremap(HERE, 4 * PAGE, 6 * PAGE, MREMAP_MAYMOVE));	/* three VMAs */
	EXPECT_ERRNO(ENOMEM, mremap(HERE, PAGE, 2 * PAGE, 0));
	EXPECT_OK(setrlimit(RLIMIT_AS, &limit));
	EXPECT_ERRNO(ENOMEM, mremap(HERE + 3 * PAGE, PAGE, 32 << 20, MREMAP_MAYMOVE));
}

/* A refusal comes before anything is unmapped for the call. */
static void mremap_spares(void)
{
	int fixed = MREMAP_MAYMOVE | MREMAP_FIXED;

	map_here(4, ALL);
	memset(HERE, 's', 4 * PAGE);
	EXPECT_ERRNO(EFAULT, mremap(HERE + 8 * PAGE, PAGE, PAGE, fixed, HERE));
	EXPECT_ERRNO(EFAULT, mremap(HERE + 3 * PAGE, 2 * PAGE, 2 * PAGE, fixed, HERE));
	EXPECT_EQ('s', HERE[0]);
	EXPECT_OK(munmap(HERE, PAGE));
	EXPECT_ERRNO(EFAULT, mremap(HERE, 2 * PAGE, PAGE, 0));
	EXPECT_EQ('s', HERE[PAGE]);
	/* The target may be a part of the mapping that the source is in. */
	EXPECT_EQ(HERE + PAGE, mremap(HERE + 3 * PAGE, PAGE, 2 * PAGE, fixed, HERE + PAGE));
	EXPECT_EQ('s', HERE[PAGE]);
	EXPECT_EQ(0, HERE[2 * PAGE]);
}

/* A mapping cannot grow beyond the last page that a file can have. */
static void mremap_at_the_end(void)
{
	int fd = file_of(1);

	EXPECT_EQ(HERE, syscall(__NR_mmap2, HERE, PAGE, PROT_READ, MAP_SHARED | MAP_FIXED, fd,
				0xfffffff8));
	EXPECT_EQ(HERE, mremap(HERE, PAGE, 7 * PAGE, 0));
	EXPECT_ERRNO(EINVAL, mremap(HERE, 7 * PAGE, 9 * PAGE, MREMAP_MAYMOVE));
	EXPECT_ERRNO(EINVAL, mremap(HERE + PAGE, 6 * PAGE, 8 * PAGE, MREMAP_MAYMOVE));
}

/* Device memory can be shown elsewhere, but there is no more of it than was mapped. */
static void mremap_device(void)
{
	int fd = EXPECT_OK(open("/dev/mem", O_RDWR));
	volatile unsigned int *word = mmap(NULL, PAGE, ALL, MAP_SHARED, fd, DEVICE_MEMORY);
	unsigned int first;

	EXPECT(word != MAP_FAILED);
	first = *word;
	EXPECT_ERRNO(EFAULT, mremap((void *)word, PAGE, 2 * PAGE, MREMAP_MAYMOVE));
	word = mremap((void *)word, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, HERE);
	EXPECT_EQ(HERE, word);
	EXPECT_EQ(first, *word);
}

/* Old length 0: a shared mapping stays where it is, and gets a double. */
static void mremap_doubles(void)
{
	int fd = file_of(4);
	char *p = mmap(HERE, 4 * PAGE, ALL, MAP_SHARED | MAP_FIXED, fd, 0), *q;

	EXPECT_EQ(HERE, p);
	q = (char *)EXPECT_OK(mremap(p + PAGE, 0, 2 * PAGE, MREMAP_MAYMOVE));
	q[0] = 'd';
	EXPECT_EQ('d', p[PAGE]);
	p[2 * PAGE] = 'e';
	EXPECT_EQ('e', q[PAGE]);
	EXPECT_ERRNO(EINVAL, mremap(p, 0, PAGE, 0));
	map_here(1, ALL);
	EXPECT_ERRNO(EINVAL, mremap(HERE, 0, PAGE, MREMAP_MAYMOVE));	/* private pages */
}

static void msync_refuses(void)
{
	int fd = file_of(4);

	EXPECT_EQ(HERE, mmap(HERE, 4 * PAGE, ALL, MAP_SHARED | MAP_FIXED, fd, 0));
	EXPECT_ERRNO(EINVAL, msync(ODD, PAGE, MS_SYNC));
	EXPECT_ERRNO(EINVAL, msync(HERE, PAGE, MS_SYNC | MS_ASYNC));
	EXPECT_ERRNO(EINVAL, msync(HERE, PAGE, 64));
	EXPECT_ERRNO(ENOMEM, msync(HERE, 5 * PAGE, MS_SYNC));
	EXPECT_ERRNO(ENOMEM, msync(HERE, 0xfffff000, MS_SYNC));
	EXPECT_OK(msync(HERE, 4 * PAGE, MS_INVALIDATE));
	EXPECT_OK(mlock_call(HERE, PAGE));
	EXPECT_ERRNO(EBUSY, msync(HERE, PAGE, MS_SYNC | MS_INVALIDATE));
}

static void madvise_refuses(void)
{
	map_here(2, ALL);
	EXPECT_ERRNO(EINVAL, madvise(ODD, PAGE, MADV_NORMAL));
	EXPECT_ERRNO(EINVAL, madvise(HERE, PAGE, 12345));
	EXPECT_ERRNO(EINVAL, madvise(HERE, 0xfffff000, MADV_NORMAL));
	EXPECT_ERRNO(ENOMEM, madvise(HERE, 3 * PAGE, MADV_NORMAL));
	EXPECT_ERRNO(EBADF, madvise(HERE, PAGE, MADV_WILLNEED));	/* of no file */
	EXPECT_OK(madvise(HERE, 0, MADV_DONTNEED));
	EXPECT_OK(mlock_call(HERE, PAGE));
	EXPECT_ERRNO(EINVAL, madvise(HERE, PAGE, MADV_DONTNEED));
}

static void mincore_refuses(void)
{
	unsigned char vec[4];

	map_here(2, ALL);
	EXPECT_ERRNO(EINVAL, syscall(__NR_mincore, ODD, PAGE, vec));
	EXPECT_ERRNO(ENOMEM, syscall(__NR_mincore, HERE, 3 * PAGE, vec));
	EXPECT_ERRNO(ENOMEM, syscall(__NR_mincore, HERE, 0xfffff000, vec));
	EXPECT_ERRNO(EFAULT, syscall(__NR_mincore, HERE, PAGE, HERE + 2 * PAGE));
}

static void lock_as_user(void *arg)
{
	struct rlimit two = { 2 * PAGE, 2 * PAGE }, none = { 0, 0 };

	(void)arg;
	become_user();
	map_here(4, ALL);
	EXPECT_OK(setrlimit(RLIMIT_MEMLOCK, &two));
	EXPECT_ERRNO(ENOMEM, mlock_call(HERE, 3 * PAGE));
	EXPECT_OK(mlock_call(HERE, 2 * PAGE));
	EXPECT_ERRNO(ENOMEM, mlockall(MCL_CURRENT));
	EXPECT_ERRNO(EAGAIN, mmap(NULL, PAGE, ALL, ANON | MAP_LOCKED, -1, 0));
	EXPECT_ERRNO(EAGAIN, mremap(HERE, 2 * PAGE, 3 * PAGE, MREMAP_MAYMOVE));
	EXPECT_OK(munlock_call(HERE, 2 * PAGE));
	EXPECT_OK(setrlimit(RLIMIT_MEMLOCK, &none));
	EXPECT_ERRNO(EPERM, mlock_call(HERE, PAGE));
	EXPECT_ERRNO(EPERM, mlockall(MCL_FUTURE));
}

static void lock_refuses(void)
{
	map_here(2, ALL);
	EXPECT_ERRNO(EINVAL, mlock_call(HERE, 0xfffff000));
	EXPECT_ERRNO(ENOMEM, mlock_call(HERE, 3 * PAGE));
	EXPECT_ERRNO(ENOMEM, munlock_call(HERE + PAGE, 2 * PAGE));
	EXPECT_ERRNO(EINVAL, munlock_call(HERE, 0xfffff000));
	EXPECT_ERRNO(EINVAL, mlockall(0));
	EXPECT_ERRNO(EINVAL, syscall(__NR_mlockall, 64));
	EXPECT_OK(munlock_call(HERE, 2 * PAGE));
	in_child(lock_as_user, NULL);
}

/* The kernel answers with the old end; the library makes ENOMEM of it. */
static void brk_refuses(void)
{
	char *end = sbrk(0);
	struct rlimit limit = { 1 << 20, 1 << 20 };

	EXPECT_ERRNO(ENOMEM, brk(TOP));
	EXPECT_ERRNO(ENOMEM, brk((char *)PAGE));
	EXPECT_EQ(end, syscall(__NR_brk, 0));
	EXPECT_EQ(end, syscall(__NR_brk, 0xffffffff));
	EXPECT_OK(setrlimit(RLIMIT_DATA, &limit));
	EXPECT_ERRNO(ENOMEM, brk(end + (2 << 20)));
	EXPECT_EQ(end, sbrk(0));
}

/* ---- joining and cutting ---- */

/* VMAs that begin in the first 64 pages from HERE. */
static int count_vmas(void)
{
	char text[8192], *line = text;
	int fd = EXPECT_OK(open("/proc/self/maps", O_RDONLY));
	int n = EXPECT_OK(read(fd, text, sizeof(text) - 1)), count = 0;

	close(fd);
	text[n] = 0;
	while (*line) {
		unsigned long start = strtoul(line, NULL, 16);

		count += start >= (unsigned long)HERE && start < (unsigned long)HERE + 64 * PAGE;
		line = strchr(line, '\n') + 1;
	}
	return count;
}

static void anonymous_joins(void)
{
	map_here(2, ALL);
	EXPECT_EQ(HERE + 2 * PAGE, mmap(HERE + 2 * PAGE, 2 * PAGE, ALL, ANON | MAP_FIXED, -1, 0));
	EXPECT_EQ(1, count_vmas());
	EXPECT_EQ(HERE + 6 * PAGE, mmap(HERE + 6 * PAGE, PAGE, ALL, ANON | MAP_FIXED, -1, 0));
	EXPECT_EQ(2, count_vmas());
	EXPECT_EQ(HERE + 4 * PAGE, mmap(HERE + 4 * PAGE, 2 * PAGE, ALL, ANON | MAP_FIXED, -1, 0));
	EXPECT_EQ(1, count_vmas());			/* the gap is filled */
	EXPECT_OK(mprotect(HERE + 3 * PAGE, PAGE, PROT_READ));
	EXPECT_EQ(3, count_vmas());
	EXPECT_OK(mprotect(HERE + 3 * PAGE, PAGE, ALL));
	EXPECT_EQ(1, count_vmas());
	EXPECT_OK(munmap(HERE + PAGE, PAGE));
	EXPECT_EQ(2, count_vmas());
	EXPECT_EQ(HERE + PAGE, mremap(HERE + 6 * PAGE, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED,
				      HERE + PAGE));
	EXPECT_EQ(1, count_vmas());			/* what moved into the hole, too */
	EXPECT_OK(mlock_call(HERE, 2 * PAGE));
	EXPECT_EQ(2, count_vmas());
	EXPECT_OK(munlock_call(HERE, 2 * PAGE));
	EXPECT_EQ(1, count_vmas());
	EXPECT_OK(madvise(HERE + PAGE, PAGE, MADV_RANDOM));
	EXPECT_EQ(3, count_vmas());
	EXPECT_OK(madvise(HERE + PAGE, PAGE, MADV_NORMAL));
	EXPECT_EQ(1, count_vmas());
}

/* Pages of a file join only where file and offset go on. */
static void file_joins(void)
{
	int fd = file_of(8), at = MAP_PRIVATE | MAP_FIXED;

	EXPECT_EQ(HERE, mmap(HERE, 2 * PAGE, ALL, at, fd, 0));
	EXPECT_EQ(HERE + 2 * PAGE, mmap(HERE + 2 * PAGE, PAGE, ALL, at, fd, 2 * PAGE));
	EXPECT_EQ(1, count_vmas());
	EXPECT_EQ(HERE + 3 * PAGE, mmap(HERE + 3 * PAGE, PAGE, ALL, at, fd, 4 * PAGE));
	EXPECT_EQ(2, count_vmas());			/* page 3 is skipped */
	EXPECT_EQ(HERE + 4 * PAGE,
		  mmap(HERE + 4 * PAGE, PAGE, ALL, MAP_SHARED | MAP_FIXED, fd, 5 * PAGE));
	EXPECT_EQ(3, count_vmas());			/* shared is not private */
	EXPECT_EQ(HERE + 5 * PAGE, mmap(HERE + 5 * PAGE, PAGE, ALL, ANON | MAP_FIXED, -1, 0));
	EXPECT_EQ(4, count_vmas());
	HERE[0] = 'w';
	EXPECT_OK(mprotect(HERE, PAGE, PROT_READ));
	EXPECT_OK(mprotect(HERE, PAGE, ALL));
	EXPECT_EQ(4, count_vmas());			/* a page of its own keeps nothing apart */
}

/* A mapping that grows: by a touch below it, page for page, until something is too near. */
static void grows_down(void)
{
	char *volatile place = HERE + 2048 * PAGE;
	char *stack = place;
	struct fault f;

	EXPECT_EQ(stack, mmap(stack, PAGE, ALL, ANON | MAP_FIXED | MAP_GROWSDOWN, -1, 0));
	for (int i = 1; i <= 16; i++) {
		EXPECT_NO_FAULT(stack - i * PAGE, WRITE);
		EXPECT_EQ('w', stack[-i * PAGE]);
	}
	EXPECT_OK(mprotect(stack - 8 * PAGE, PAGE, PROT_READ));
	EXPECT_NO_FAULT(stack - 17 * PAGE, WRITE);
	EXPECT_OK(munmap(stack - 17 * PAGE, 10 * PAGE));	/* what is left grows again */
	EXPECT_EQ('w', stack[-7 * PAGE]);
	EXPECT_NO_FAULT(stack - 8 * PAGE, WRITE);
	map_here(1, ALL);
	EXPECT(faults(HERE + 2 * PAGE, WRITE, &f));	/* too near to the mapping below */
	EXPECT_EQ(SIGSEGV, f.sig);
}

/* What the kernel places, where it chooses or where it would be liked, keeps away from below it. */
static void guard_gap(void)
{
	char *first = mmap(NULL, 16 * PAGE, ALL, ANON, -1, 0), *stack, *next;

	EXPECT(first != MAP_FAILED);
	stack = first + 15 * PAGE;
	EXPECT_OK(munmap(first, 16 * PAGE));
	EXPECT_EQ(stack, mmap(stack, PAGE, ALL, ANON | MAP_FIXED | MAP_GROWSDOWN, -1, 0));
	next = mmap(NULL, PAGE, ALL, ANON, -1, 0);
	EXPECT(next < stack - GUARD || next > stack);
	next = mmap(stack - 8 * PAGE, PAGE, ALL, ANON, -1, 0);
	EXPECT(next < stack - GUARD || next > stack);
	next = mmap(stack - GUARD - PAGE, PAGE, ALL, ANON, -1, 0);
	EXPECT(next < stack - GUARD || next > stack);
}

static void without_pages(void *arg)
{
	(void)arg;
	EXPECT_EQ('f', HERE[0]);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, HERE + PAGE, READ);
	EXPECT_EQ('f', HERE[2 * PAGE]);
}

/* The child gets what it is meant to have. */
static void dontfork(void)
{
	map_here(3, ALL);
	memset(HERE, 'f', 3 * PAGE);
	EXPECT_OK(madvise(HERE + PAGE, PAGE, MADV_DONTFORK));
	in_child(without_pages, NULL);
	EXPECT_OK(madvise(HERE, 3 * PAGE, MADV_DOFORK));
	EXPECT_EQ(1, count_vmas());
}

static void populate(void)
{
	char *p = mmap(NULL, 8 * PAGE, ALL, ANON | MAP_POPULATE, -1, 0);
	unsigned char vec[8];

	EXPECT(p != MAP_FAILED);
	EXPECT_OK(syscall(__NR_mincore, p, 8 * PAGE, vec));
	for (int i = 0; i < 8; i++)
		EXPECT_EQ(1, vec[i] & 1);
	p = mmap(NULL, PAGE, ALL, ANON | MAP_POPULATE | MAP_NONBLOCK, -1, 0);
	EXPECT(p != MAP_FAILED);
	EXPECT_OK(syscall(__NR_mincore, p, PAGE, vec));
	EXPECT_EQ(0, vec[0] & 1);
}

const struct test vmcall_tests[] = {
	{ "vmcall.mmap", mmap_refuses, 0 },
	{ "vmcall.mmap_by_mode", mmap_by_mode, 0 },
	{ "vmcall.mmap_noexec", mmap_noexec, NEEDS_ROOT },
	{ "vmcall.noreplace", noreplace, 0 },
	{ "vmcall.munmap", munmap_refuses, 0 },
	{ "vmcall.mprotect", mprotect_refuses, 0 },
	{ "vmcall.mremap", mremap_refuses, 0 },
	{ "vmcall.mremap_spares", mremap_spares, 0 },
	{ "vmcall.mremap_at_the_end", mremap_at_the_end, 0 },
	{ "vmcall.mremap_device", mremap_device, NEEDS_ROOT },
	{ "vmcall.mremap_doubles", mremap_doubles, 0 },
	{ "vmcall.msync", msync_refuses, 0 },
	{ "vmcall.madvise", madvise_refuses, 0 },
	{ "vmcall.mincore", mincore_refuses, 0 },
	{ "vmcall.mlock", lock_refuses, NEEDS_ROOT },
	{ "vmcall.brk", brk_refuses, 0 },
	{ "vmcall.anonymous_joins", anonymous_joins, 0 },
	{ "vmcall.file_joins", file_joins, 0 },
	{ "vmcall.grows_down", grows_down, 0 },
	{ "vmcall.guard_gap", guard_gap, 0 },
	{ "vmcall.dontfork", dontfork, 0 },
	{ "vmcall.populate", populate, 0 },
	{ NULL, NULL, 0 },
};
