/*
 * mount.c - tests of mounted file systems as a whole: what mount(2) and umount2(2) refuse,
 * remounting under a program that writes, and errors of the disk that a program must hear of.
 *
 * The hidden ones want a MINIX file system on /mnt; test_minix.py and test_disks.py run them, and
 * choose the sector of its disk that cannot be written or read.
 */
#include "usertests.h"
#include <sched.h>
#include <sys/mount.h>
#include <sys/statfs.h>

#define MOUNTED	"/mnt"
#define ROUNDS	3000
#define PAGES	64	/* of the file with the bad page */
#define PIECE	16

static void sleeper(void *arg)
{
	(void)arg;
	for (;;)
		pause();
}

/* The directory goes with the process; what is mounted on it could never be unmounted. */
static void on_process(void)
{
	pid_t pid = start(sleeper, NULL);
	char dir[40];

	snprintf(dir, sizeof(dir), "/proc/%d", pid);
	EXPECT_ERRNO(EINVAL, mount("none", dir, "proc", 0, NULL));
	snprintf(dir, sizeof(dir), "/proc/%d/fd", pid);
	EXPECT_ERRNO(EINVAL, mount("none", dir, "proc", 0, NULL));
	EXPECT_OK(kill(pid, SIGKILL));
	EXPECT_KILLED(SIGKILL, finish(pid));
}

/* What umount2() cannot do it refuses, and leaves the file system mounted and in use. */
static void umount_flags(void)
{
	int fd;

	EXPECT_OK(mkdir("dir", 0755));
	EXPECT_OK(symlink("dir", "link"));
	EXPECT_OK(mount("none", "dir", "proc", 0, NULL));
	fd = EXPECT_OK(open("dir/version", O_RDONLY));
	EXPECT_ERRNO(EINVAL, umount2("dir", MNT_DETACH));
	EXPECT_ERRNO(EINVAL, umount2("dir", MNT_EXPIRE));
	EXPECT_ERRNO(EINVAL, umount2("dir", 0x1000));
	EXPECT_ERRNO(EBUSY, umount2("dir", MNT_FORCE));
	EXPECT_OK(close(fd));
	EXPECT_ERRNO(EINVAL, umount2("link", UMOUNT_NOFOLLOW));
	EXPECT_OK(access("dir/version", R_OK));
	EXPECT_OK(umount2("dir", UMOUNT_NOFOLLOW));
	EXPECT_ERRNO(ENOENT, access("dir/version", R_OK));
	EXPECT_OK(mount("none", "dir", "proc", 0, NULL));
	EXPECT_OK(umount2("link", MNT_FORCE));
	EXPECT_ERRNO(ENOENT, access("dir/version", R_OK));
}

/* Counts how often a file that is open for writing was on a read-only file system. */
static void write_now_and_then(void *arg)
{
	volatile int *wrong = arg;
	struct statfs64 st;

	for (;;) {
		int fd = open(MOUNTED "/file", O_WRONLY | O_CREAT, 0644);

		if (fd >= 0) {
			write(fd, arg, 100);
			sched_yield();
			EXPECT_OK(fstatfs64(fd, &st));
			if (st.f_flags & MS_RDONLY)
				++*wrong;
			close(fd);
		}
		sched_yield();
	}
}

/* Once a file system is read-only nobody has a file of it open for writing. */
static void remount_race(void)
{
	volatile int *wrong = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int done = 0;
	pid_t pid;

	EXPECT(wrong != MAP_FAILED);
	pid = start(write_now_and_then, (void *)wrong);
	for (int i = 0; i < ROUNDS || !done; i++) {
		EXPECT(i < 10 * ROUNDS);
		if (mount("none", MOUNTED, "minix", MS_REMOUNT | MS_RDONLY, NULL) == 0) {
			EXPECT_OK(mount("none", MOUNTED, "minix", MS_REMOUNT, NULL));
			done = 1;
		} else {
			EXPECT_EQ(EBUSY, errno);
		}
		sched_yield();
	}
	EXPECT_OK(kill(pid, SIGKILL));
	EXPECT_KILLED(SIGKILL, finish(pid));
	EXPECT_EQ(0, *wrong);
}

static int written_file(const char *name)
{
	int fd = EXPECT_OK(open(name, O_RDWR | O_CREAT, 0644));

	EXPECT_EQ(4, write(fd, "text", 4));
	return fd;
}

/* The inodes cannot be written: every file that is open hears of it, though sync() came first. */
static void fsync_metadata(void)
{
	int first = written_file(MOUNTED "/first"), second = written_file(MOUNTED "/second"), late;

	sync();
	EXPECT_ERRNO(EIO, fsync(first));
	EXPECT_OK(fsync(first));
	late = EXPECT_OK(open(MOUNTED "/first", O_RDONLY));
	EXPECT_OK(fsync(late));
	EXPECT_ERRNO(EIO, fsync(second));
	EXPECT_OK(fsync(second));
	EXPECT_OK(fchmod(first, 0600));
	EXPECT_ERRNO(EIO, fsync(first));
}

/* The first block of a new file cannot be written: that file hears of it, no other. */
static void fsync_data(void)
{
	int bad = written_file(MOUNTED "/bad"), good = written_file(MOUNTED "/good");

	sync();
	sync();
	EXPECT_OK(fsync(good));
	EXPECT_OK(close(bad));
	bad = EXPECT_OK(open(MOUNTED "/bad", O_RDWR));
	EXPECT_ERRNO(EIO, fsync(bad));
	EXPECT_OK(fsync(bad));
	EXPECT_EQ(4, pwrite(bad, "more", 4, 0));
	EXPECT_ERRNO(EIO, fsync(bad));
}

static void check_page(const unsigned int *words, unsigned int nr)
{
	for (unsigned int i = 0; i < PAGE / sizeof(*words); i++)
		EXPECT_EQ(nr << 16 | i, words[i]);
}

/* Nothing of the file is in memory; returns the number of pages that reads cannot get at. */
static int bad_by_read(int fd)
{
	char *buf = map_pages(PIECE);
	int bad = 0;

	write_file("/proc/sys/vm/drop_caches", "1\n");
	for (unsigned int nr = 0; nr < PAGES;) {
		ssize_t got = pread(fd, buf, PIECE * PAGE, nr * PAGE);

		if (got < 0) {
			EXPECT_EQ(EIO, errno);
			bad++;
			nr++;
		}
		EXPECT(got % PAGE == 0 || got < 0);
		for (char *page = buf; page < buf + got; page += PAGE)
			check_page((unsigned int *)page, nr++);
	}
	return bad;
}

/* The same through a mapping. */
static int bad_by_fault(int fd)
{
	char *map = mmap(NULL, PAGES * PAGE, PROT_READ, MAP_SHARED, fd, 0);
	struct fault fault;
	int bad = 0;

	EXPECT(map != MAP_FAILED);
	write_file("/proc/sys/vm/drop_caches", "1\n");
	for (unsigned int nr = 0; nr < PAGES; nr++) {
		if (faults(map + nr * PAGE, READ, &fault)) {
			EXPECT_EQ(SIGBUS, fault.sig);
			bad++;
		} else {
			check_page((unsigned int *)(map + nr * PAGE), nr);
		}
	}
	EXPECT_OK(munmap(map, PAGES * PAGE));
	return bad;
}

/* A sector in the midst of a file cannot be read: one page is lost, however it is asked for. */
static void bad_page(void)
{
	int fd = EXPECT_OK(open(MOUNTED "/file", O_RDWR | O_CREAT, 0644));
	unsigned int words[PAGE / sizeof(unsigned int)];

	for (unsigned int nr = 0; nr < PAGES; nr++) {
		for (unsigned int i = 0; i < ARRAY_SIZE(words); i++)
			words[i] = nr << 16 | i;
		EXPECT_EQ(PAGE, write(fd, words, PAGE));
	}
	EXPECT_OK(fsync(fd));
	EXPECT_EQ(1, bad_by_read(fd));
	EXPECT_EQ(1, bad_by_fault(fd));
	EXPECT_EQ(1, bad_by_read(fd));
}

const struct test mount_tests[] = {
	{ "mount.on_process", on_process, NEEDS_ROOT },
	{ "mount.umount_flags", umount_flags, NEEDS_ROOT },
	{ "mount.remount_race", remount_race, HIDDEN },
	{ "mount.fsync_metadata", fsync_metadata, HIDDEN },
	{ "mount.fsync_data", fsync_data, HIDDEN },
	{ "mount.bad_page", bad_page, HIDDEN },
	{ NULL, NULL, 0 },
};
