/*
 * mmregress.c - what nasty programs do to the memory manager: locks that are counted wrong, advice
 * that costs memory, texts of /proc that are never read to their end, memory filled with what no
 * page table shows. The hidden ones are run by tests/test_reclaim.py, on a machine of their own.
 */
#include "usertests.h"
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/shm.h>

#define ALL	(PROT_READ | PROT_WRITE)
#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)

static long locked_kb(void)
{
	return proc_number("/proc/self/status", "VmLck:");
}

/* ---- locks ---- */

/* Its parent asked for all future mappings to be locked: its own, not its children's. */
static void child_of_locker(void *arg)
{
	(void)arg;
	map_pages(8);
	EXPECT_EQ(0, locked_kb());
}

static void locks_end_at_fork(void)
{
	EXPECT_OK(mlockall(MCL_FUTURE));
	in_child(child_of_locker, NULL);
	map_pages(8);
	EXPECT_EQ(32, locked_kb());
}

/* Touches so many pages of the stack below the caller's. */
static int __attribute__((noinline)) grow_stack(int pages)
{
	volatile char room[PAGE];

	room[0] = 1;
	return pages > 1 ? grow_stack(pages - 1) + room[0] : 1;
}

static void grow_stack_of_user(void *arg)
{
	long room = proc_number("/proc/self/status", "VmSize:") * 1024 + 8 * PAGE;
	struct rlimit limit = { room, room };

	(void)arg;
	EXPECT_OK(setrlimit(RLIMIT_MEMLOCK, &limit));
	become_user();
	EXPECT_OK(mlockall(MCL_CURRENT));
	grow_stack(200);
}

/* A locked stack is locked where it grows too, and counted; the limit holds for it. */
static void locked_stack(void)
{
	struct rlimit any = { RLIM_INFINITY, RLIM_INFINITY };
	long before;

	EXPECT_OK(setrlimit(RLIMIT_MEMLOCK, &any));
	EXPECT_OK(mlockall(MCL_CURRENT));
	before = locked_kb();
	EXPECT_KILLED(SIGSEGV, finish(start(grow_stack_of_user, NULL)));
	grow_stack(200);
	EXPECT(locked_kb() >= before + 400);
	EXPECT_OK(munlockall());
	EXPECT_EQ(0, locked_kb());
}

/* ---- calls ---- */

/* The address must be mapped, not only something behind it. */
static void remap_of_hole(void)
{
	char *p = map_pages(2);

	EXPECT_OK(munmap(p, PAGE));
	EXPECT_ERRNO(EFAULT, mremap(p, 2 * PAGE, 2 * PAGE, 0));
	EXPECT_EQ(p + PAGE, mremap(p + PAGE, PAGE, PAGE, 0));
}

/* Pages of a file that will be needed are read, not copied. */
static void advice_copies_nothing(void)
{
	enum { PAGES = 64 };
	unsigned char vec[PAGES];
	int fd = EXPECT_OK(open("f", O_RDWR | O_CREAT, 0600));
	char *p;
	long rss;

	for (int i = 0; i < PAGES; i++)
		EXPECT_EQ(1, pwrite(fd, "x", 1, i * PAGE));
	p = mmap(NULL, PAGES * PAGE, ALL, MAP_PRIVATE, fd, 0);
	EXPECT(p != MAP_FAILED);
	rss = proc_number("/proc/self/status", "VmRSS:");
	EXPECT_OK(madvise(p, PAGES * PAGE, MADV_WILLNEED));
	EXPECT(proc_number("/proc/self/status", "VmRSS:") < rss + PAGES);
	EXPECT_OK(syscall(__NR_mincore, p, PAGES * PAGE, vec));
	for (int i = 0; i < PAGES; i++)
		EXPECT_EQ(1, vec[i] & 1);
}

/* ---- texts of /proc ---- */

enum { MANY = 4000 };

/* So many VMAs that their text needs more than a megabyte; then it is begun, again and again. */
static void begin_texts(void *arg)
{
	struct rlimit files = { 1024, 1024 };
	int opened = 0, refused = 0;
	char c;

	(void)arg;
	EXPECT_OK(setrlimit(RLIMIT_NOFILE, &files));
	become_user();
	for (int i = 0; i < MANY; i++)
		EXPECT(mmap(NULL, PAGE, i & 1 ? PROT_READ : ALL, ANON, -1, 0) != MAP_FAILED);
	for (int fd; (fd = open("/proc/self/smaps", O_RDONLY)) >= 0 && !refused; opened++) {
		refused = read(fd, &c, 1) < 0;
		EXPECT(!refused || errno == ENOMEM);
	}
	EXPECT(opened > 0);
	EXPECT(refused);
	for (int i = 0; i < 100; i++) {
		int fd = EXPECT_OK(open("/proc/meminfo", O_RDONLY));

		EXPECT_EQ(1, read(fd, &c, 1));
		close(fd);
	}
}

/* Texts that nobody reads to the end take a share of memory and of vmalloc's addresses, no more. */
static void texts_begun(void)
{
	in_child(begin_texts, NULL);
}

/* ---- memory that the kernel keeps ---- */

/*
 * Hogs fill memory with what is not in their page tables. One of them has to be killed for it;
 * then the others are ended.
 */
static void expect_victim(void (*hog)(void *), int hogs)
{
	pid_t pids[8], pid;
	long end = now_ms() + 60000;
	int status, victims = 0;

	for (int i = 0; i < hogs; i++)
		pids[i] = start(hog, NULL);
	while (!victims && now_ms() < end) {
		pid = waitpid(-1, &status, WNOHANG);
		if (pid > 0) {
			EXPECT_KILLED(SIGKILL, status);
			victims++;
		} else {
			sleep_ms(10);
		}
	}
	for (int i = 0; i < hogs; i++)
		kill(pids[i], SIGKILL);
	while (waitpid(-1, &status, 0) > 0)
		;
	EXPECT(victims);
}

static void pipe_hog(void *arg)
{
	static char data[16 * PAGE];
	int fds[2];

	(void)arg;
	while (pipe(fds) == 0) {
		fcntl(fds[1], F_SETFL, O_NONBLOCK);
		write(fds[1], data, sizeof(data));
	}
	pause();
}

static void fill_pipes(void)
{
	expect_victim(pipe_hog, 3);
}

static void mapping_hog(void *arg)
{
	(void)arg;
	for (int i = 0; mmap(NULL, PAGE, i & 1 ? PROT_READ : ALL, ANON, -1, 0) != MAP_FAILED; i++)
		;
	pause();
}

static void fill_mappings(void)
{
	expect_victim(mapping_hog, 6);
}

/* Reads a byte here and there: no page of its own, but a page table for each. */
static void table_hog(void *arg)
{
	const size_t size = 256 << 20, step = 2 << 20;

	(void)arg;
	for (int i = 0; i < 11; i++) {
		volatile char *p = mmap(NULL, size, PROT_READ, ANON, -1, 0);

		EXPECT(p != MAP_FAILED);
		for (size_t offset = 0; offset < size; offset += step)
			(void)p[offset];
	}
	pause();
}

static void fill_tables(void)
{
	expect_victim(table_hog, 8);
}

/* ---- memory that outlives processes ---- */

static void fill_messages(void)
{
	struct {
		long type;
		char text[8192];
	} m = { .type = 1 };
	int ids[128], nr = 0, refused = 0;

	while (nr < 128 && (ids[nr] = msgget(IPC_PRIVATE, 0600 | IPC_CREAT)) >= 0) {
		size_t size = nr++ & 1 ? 0 : sizeof(m.text);

		while (msgsnd(ids[nr - 1], &m, size, IPC_NOWAIT) == 0)
			;
		EXPECT(errno == EAGAIN || errno == ENOMEM);
		refused |= errno == ENOMEM;
	}
	EXPECT(refused);
	while (nr)
		EXPECT_OK(msgctl(ids[--nr], IPC_RMID, NULL));
}

/* As many segments as there may be: others still have files to open. */
static void fill_segment_table(void)
{
	static int ids[5000];
	int nr = 0;

	while (nr < 5000 && (ids[nr] = shmget(IPC_PRIVATE, PAGE, 0600 | IPC_CREAT)) >= 0)
		nr++;
	EXPECT_EQ(ENOSPC, errno);
	EXPECT(nr > 100);
	for (int i = 0; i < 100; i++)
		EXPECT_OK(open("/proc/meminfo", O_RDONLY));
	while (nr)
		EXPECT_OK(shmctl(ids[--nr], IPC_RMID, NULL));
}

/* Links with long targets, until there is no room for more; their number. */
static int fill_with_links(const char *dir)
{
	static char target[4000], name[300];
	int nr = 0;

	memset(target, 'x', sizeof(target) - 1);
	EXPECT_OK(mkdir(dir, 0700));
	do
		snprintf(name, sizeof(name), "%s/%d", dir, nr++);
	while (symlink(target, name) == 0);
	EXPECT_EQ(ENOSPC, errno);
	return nr - 1;
}

static void remove_links(const char *dir, int nr)
{
	char name[300];

	while (nr--) {
		snprintf(name, sizeof(name), "%s/%d", dir, nr);
		EXPECT_OK(unlink(name));
	}
	EXPECT_OK(rmdir(dir));
}

static void fill_symlinks(void)
{
	int there = fill_with_links("/tmp/links"), here = fill_with_links("/dev/shm/links");

	EXPECT(there > 10 && here > 10);
	remove_links("/tmp/links", there);
	remove_links("/dev/shm/links", here);
	EXPECT_OK(symlink("short", "link"));
}

/* Stores into memory that others could attach, until it is refused. */
static void fill_segment(void *arg)
{
	int *ids = arg;

	for (;; ids++) {
		char *p;

		*ids = EXPECT_OK(shmget(IPC_PRIVATE, 1 << 20, 0600 | IPC_CREAT));
		p = shmat(*ids, NULL, 0);
		EXPECT(p != (void *)-1);
		for (int i = 0; i < 1 << 20; i += PAGE)
			p[i] = 1;
	}
}

static void fill_segments(void)
{
	int *ids = mmap(NULL, PAGE, ALL, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	EXPECT_KILLED(SIGBUS, finish(start(fill_segment, ids)));
	for (int i = 0; i < PAGE / 4 && (i == 0 || ids[i]); i++)
		EXPECT_OK(shmctl(ids[i], IPC_RMID, NULL));
}

static void fill_mapped_file(void *arg)
{
	int fd = EXPECT_OK(open(arg, O_RDWR | O_CREAT, 0600));
	char *p;

	EXPECT_OK(ftruncate(fd, 1 << 30));
	p = mmap(NULL, 1 << 30, ALL, MAP_SHARED, fd, 0);
	EXPECT(p != MAP_FAILED);
	for (int i = 0; i < 1 << 30; i += PAGE)
		p[i] = 1;
}

static void fill_shared_file(void)
{
	EXPECT_KILLED(SIGBUS, finish(start(fill_mapped_file, "/dev/shm/file1")));
	EXPECT_KILLED(SIGBUS, finish(start(fill_mapped_file, "/tmp/file2")));
	EXPECT_OK(unlink("/dev/shm/file1"));
	EXPECT_OK(unlink("/tmp/file2"));
}

const struct test mmregress_tests[] = {
	{ "mmregress.locks_end_at_fork", locks_end_at_fork, NEEDS_ROOT },
	{ "mmregress.locked_stack", locked_stack, NEEDS_ROOT },
	{ "mmregress.remap_of_hole", remap_of_hole, 0 },
	{ "mmregress.advice_copies_nothing", advice_copies_nothing, 0 },
	{ "mmregress.texts_begun", texts_begun, NEEDS_ROOT },
	{ "mmregress.fill_segment_table", fill_segment_table, HIDDEN },
	{ "mmregress.fill_pipes", fill_pipes, HIDDEN },
	{ "mmregress.fill_mappings", fill_mappings, HIDDEN },
	{ "mmregress.fill_tables", fill_tables, HIDDEN },
	{ "mmregress.fill_messages", fill_messages, HIDDEN },
	{ "mmregress.fill_symlinks", fill_symlinks, HIDDEN },
	{ "mmregress.fill_segments", fill_segments, HIDDEN },
	{ "mmregress.fill_shared_file", fill_shared_file, HIDDEN },
	{ NULL, NULL, 0 },
};
