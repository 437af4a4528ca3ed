/*
 * tmpfs.c - tests of what is peculiar to files in memory: limits, mount options, holes, mappings,
 * swap, the order of names while they go, umount. What every file system must do is tested on it by
 * the subjects fs and dir, which run in /tmp as well.
 */
#include "usertests.h"
#include <dirent.h>
#include <sys/mount.h>
#include <sys/statfs.h>

#define BLOCK	512

static char page[PAGE];

/* Mounts one on a new directory "m". */
static void mount_at_m(const char *options)
{
	mkdir("m", 0777);
	EXPECT_OK(mount("none", "m", "tmpfs", 0, options));
}

static void unmount_m(void)
{
	EXPECT_OK(umount("m"));
	EXPECT_OK(rmdir("m"));
}

static int create(const char *path)
{
	return EXPECT_OK(open(path, O_RDWR | O_CREAT | O_EXCL, 0644));
}

static long free_blocks(void)
{
	struct statfs64 st;

	EXPECT_OK(statfs64("m", &st));
	return st.f_bfree;
}

/* ---- limits ---- */

static void size_limit(void)
{
	char *map;
	int fd;

	mount_at_m("size=64k");
	fd = create("m/a");
	EXPECT_EQ(16, free_blocks());
	for (int i = 0; i < 15; i++)
		EXPECT_EQ(PAGE, write(fd, page, PAGE));
	EXPECT_EQ(PAGE - 1, write(fd, page, PAGE - 1));
	EXPECT_EQ(1, write(fd, page, PAGE));		/* as much as there is room for */
	EXPECT_ERRNO(ENOSPC, write(fd, page, 1));
	EXPECT_EQ(0, free_blocks());
	/* What is there can be written over; a file without contents can be made. */
	EXPECT_EQ(PAGE, pwrite(fd, page, PAGE, 0));
	close(create("m/b"));
	/* A mapping of a hole that cannot be filled. */
	EXPECT_OK(ftruncate(fd, 20 * PAGE));
	map = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 18 * PAGE);
	EXPECT(map != MAP_FAILED);
	EXPECT_FAULT(SIGBUS, BUS_ADRERR, map, WRITE);
	EXPECT_OK(munmap(map, PAGE));
	EXPECT_OK(ftruncate(fd, PAGE + 1));
	EXPECT_EQ(14, free_blocks());
	/* An unlinked file takes room until it is closed. */
	EXPECT_OK(unlink("m/a"));
	EXPECT_EQ(14, free_blocks());
	close(fd);
	EXPECT_EQ(16, free_blocks());
	unmount_m();
}

static void inode_limit(void)
{
	struct statfs64 st;

	mount_at_m("nr_inodes=4");
	close(create("m/a"));
	EXPECT_OK(mkdir("m/d", 0755));
	EXPECT_OK(symlink("a", "m/l"));
	EXPECT_ERRNO(ENOSPC, open("m/b", O_CREAT | O_RDWR, 0644));
	EXPECT_ERRNO(ENOSPC, mkdir("m/e", 0755));
	EXPECT_ERRNO(ENOSPC, symlink("a", "m/k"));
	EXPECT_ERRNO(ENOSPC, link("m/a", "m/c"));
	EXPECT_ERRNO(ENOSPC, mkfifo("m/f", 0644));
	EXPECT_OK(statfs64("m", &st));
	EXPECT_EQ(0x01021994, st.f_type);
	EXPECT_EQ(4, st.f_files);
	EXPECT_EQ(0, st.f_ffree);
	EXPECT_OK(unlink("m/l"));
	EXPECT_OK(link("m/a", "m/c"));
	EXPECT_OK(unlink("m/a"));
	EXPECT_OK(statfs64("m", &st));
	EXPECT_EQ(1, st.f_ffree);
	unmount_m();
}

static void options(void)
{
	static const char *const bad[] = {
		"size=", "size=12x", "size=-", "nr_inodes=x", "mode=9", "uid=x", "huge=always",
		"mode",
	};
	struct statfs64 st;
	struct stat s;

	mount_at_m("size=1m,mode=750,uid=12,gid=34");
	EXPECT_OK(statfs64("m", &st));
	EXPECT_EQ(256, st.f_blocks);
	EXPECT_OK(stat("m", &s));
	EXPECT_EQ(S_IFDIR | 0750, s.st_mode);
	EXPECT_EQ(12, s.st_uid);
	EXPECT_EQ(34, s.st_gid);
	EXPECT_EQ(2, s.st_nlink);
	unmount_m();
	mount_at_m("nr_blocks=7");
	EXPECT_EQ(7, free_blocks());
	unmount_m();
	mount_at_m("size=0");		/* no limit */
	EXPECT_EQ(0, free_blocks());
	close(create("m/a"));
	write_file("m/a", "text");
	unmount_m();
	mkdir("m", 0777);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		EXPECT_ERRNO(EINVAL, mount("none", "m", "tmpfs", 0, bad[i]));
}

static void percent(void)
{
	struct statfs64 half, tenth;

	mount_at_m(NULL);
	EXPECT_OK(statfs64("m", &half));
	EXPECT_OK(stat("m", &(struct stat){ 0 }));
	unmount_m();
	mount_at_m("size=10%");
	EXPECT_OK(statfs64("m", &tenth));
	EXPECT(labs((long)tenth.f_blocks * 5 - (long)half.f_blocks) < 10);
	unmount_m();
}

static void remount(void)
{
	int fd;

	mount_at_m("size=4k");
	fd = create("m/a");
	EXPECT_EQ(PAGE, write(fd, page, PAGE));
	EXPECT_ERRNO(ENOSPC, write(fd, page, PAGE));
	EXPECT_OK(mount("none", "m", "tmpfs", MS_REMOUNT, "size=8k"));
	EXPECT_EQ(PAGE, write(fd, page, PAGE));
	EXPECT_ERRNO(EINVAL, mount("none", "m", "tmpfs", MS_REMOUNT, "size=4k"));
	EXPECT_ERRNO(EINVAL, mount("none", "m", "tmpfs", MS_REMOUNT, "nr_inodes=1"));
	EXPECT_EQ(0, free_blocks());
	EXPECT_OK(ftruncate(fd, 0));
	EXPECT_OK(mount("none", "m", "tmpfs", MS_REMOUNT, "size=4k"));
	EXPECT_EQ(1, free_blocks());
	close(fd);
	EXPECT_OK(mount("none", "m", "tmpfs", MS_REMOUNT | MS_RDONLY, NULL));
	EXPECT_ERRNO(EROFS, open("m/b", O_CREAT | O_RDWR, 0644));
	EXPECT_ERRNO(EROFS, unlink("m/a"));
	unmount_m();
}

static void busy(void)
{
	char *map;
	int fd;

	mount_at_m(NULL);
	EXPECT_OK(mkdir("m/d", 0755));
	fd = create("m/d/f");
	EXPECT_EQ(PAGE, write(fd, page, PAGE));
	EXPECT_ERRNO(EBUSY, umount("m"));
	map = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	EXPECT_ERRNO(EBUSY, umount("m"));
	EXPECT_OK(munmap(map, PAGE));
	EXPECT_OK(chdir("m/d"));
	EXPECT_ERRNO(EBUSY, umount("../../m"));
	EXPECT_OK(chdir("../.."));
	EXPECT_OK(mkdir("m/d/sub", 0755));
	EXPECT_OK(mount("none", "m/d/sub", "tmpfs", 0, NULL));
	EXPECT_ERRNO(EBUSY, umount("m"));
	EXPECT_OK(umount("m/d/sub"));
	unmount_m();			/* with all that is in it */
}

/* ---- contents ---- */

static long blocks_of(int fd)
{
	struct stat st;

	EXPECT_OK(fstat(fd, &st));
	return st.st_blocks;
}

static void holes(void)
{
	int fd;
	char *map;

	mount_at_m(NULL);
	fd = create("m/a");
	EXPECT_OK(ftruncate(fd, 1000 * PAGE + 5));
	EXPECT_EQ(0, blocks_of(fd));
	memset(page, 'x', PAGE);
	EXPECT_EQ(PAGE, pread(fd, page, PAGE, 123 * PAGE));
	for (int i = 0; i < PAGE; i++)
		EXPECT_EQ(0, page[i]);
	EXPECT_EQ(5, pread(fd, page, PAGE, 1000 * PAGE));
	EXPECT_EQ(0, pread(fd, page, PAGE, 1000 * PAGE + 5));
	EXPECT_EQ(0, blocks_of(fd));
	EXPECT_EQ(1, pwrite(fd, "y", 1, 500 * PAGE + 7));
	EXPECT_EQ(PAGE / BLOCK, blocks_of(fd));
	EXPECT_EQ(9, pread(fd, page, 9, 500 * PAGE));
	EXPECT_EQ(0, page[6]);
	EXPECT_EQ('y', page[7]);
	map = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 499 * PAGE);
	EXPECT_EQ(0, map[0]);
	EXPECT_EQ('y', map[PAGE + 7]);
	map[2 * PAGE] = 'z';
	EXPECT_OK(munmap(map, 4 * PAGE));
	EXPECT_EQ(3 * PAGE / BLOCK, blocks_of(fd));
	EXPECT_EQ(1, pread(fd, page, 1, 501 * PAGE));
	EXPECT_EQ('z', page[0]);
	/* Cut in the middle of a page and made longer again: what was behind is zeroes. */
	EXPECT_OK(ftruncate(fd, 500 * PAGE + 7));
	EXPECT_OK(ftruncate(fd, 501 * PAGE));
	EXPECT_EQ(1, pread(fd, page, 1, 500 * PAGE + 7));
	EXPECT_EQ(0, page[0]);
	EXPECT_OK(ftruncate(fd, 0));
	EXPECT_EQ(0, blocks_of(fd));
	/* The largest file and beyond. */
	EXPECT_EQ(1, pwrite(fd, "e", 1, 0xffffffe000LL));
	EXPECT_ERRNO(EFBIG, pwrite(fd, "e", 1, 0x7fffffffffff0000LL));
	close(fd);
	unmount_m();
}

/* A write whose data cannot be had: no page shows what its frame held, none is kept for it. */
static void bad_data(void)
{
	char *p = map_pages(2), got[PAGE];
	struct stat st;
	int fd;

	mount_at_m(NULL);
	memset(p, 's', PAGE);
	EXPECT_OK(munmap(p + PAGE, PAGE));
	for (int round = 0; round < 20; round++) {
		fd = create("m/a");
		EXPECT_ERRNO(EFAULT, write(fd, p + PAGE - 10, 2000));
		EXPECT_OK(ftruncate(fd, PAGE));
		EXPECT_EQ(PAGE, pread(fd, got, PAGE, 0));
		for (int i = 0; i < PAGE; i++)
			EXPECT_EQ(0, got[i]);
		EXPECT_ERRNO(EFAULT, pwrite(fd, p + PAGE, 1, 3 * PAGE));
		EXPECT_OK(fstat(fd, &st));
		EXPECT_EQ(PAGE, st.st_size);
		EXPECT_EQ(0, st.st_blocks);	/* nor does it cost memory */
		EXPECT_OK(ftruncate(fd, 4 * PAGE));
		EXPECT_EQ(PAGE, pread(fd, got, PAGE, 3 * PAGE));
		for (int i = 0; i < PAGE; i++)
			EXPECT_EQ(0, got[i]);
		close(fd);
		EXPECT_OK(unlink("m/a"));
	}
	unmount_m();
}

static void mappings(void)
{
	char *shared, *private, got[8];
	int fd;

	mount_at_m(NULL);
	fd = create("m/a");
	EXPECT_EQ(PAGE, write(fd, page, PAGE));
	EXPECT_OK(ftruncate(fd, 2 * PAGE));
	shared = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	private = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	EXPECT(shared != MAP_FAILED && private != MAP_FAILED);
	EXPECT_EQ(3, pwrite(fd, "abc", 3, PAGE));
	EXPECT_EQ('c', shared[PAGE + 2]);
	EXPECT_EQ('c', private[PAGE + 2]);
	shared[PAGE + 2] = 'd';
	EXPECT_EQ(3, pread(fd, got, 3, PAGE));
	EXPECT_EQ('d', got[2]);
	EXPECT_EQ('d', private[PAGE + 2]);
	private[PAGE + 2] = 'p';
	EXPECT_EQ('d', shared[PAGE + 2]);
	EXPECT_FAULT(SIGBUS, BUS_ADRERR, shared + 2 * PAGE, READ);
	EXPECT_FAULT(SIGBUS, BUS_ADRERR, private + 2 * PAGE, WRITE);
	EXPECT_OK(msync(shared, 2 * PAGE, MS_SYNC));
	EXPECT_OK(fsync(fd));
	/* Cut off: the file's pages go from every mapping, private copies too. */
	EXPECT_OK(ftruncate(fd, PAGE));
	EXPECT_FAULT(SIGBUS, BUS_ADRERR, shared + PAGE, WRITE);
	EXPECT_FAULT(SIGBUS, BUS_ADRERR, private + PAGE, READ);
	EXPECT_OK(ftruncate(fd, 2 * PAGE));
	EXPECT_EQ(0, shared[PAGE + 2]);
	/* The mapping keeps a file alive that has neither name nor descriptor. */
	shared[0] = 'k';
	close(fd);
	EXPECT_OK(unlink("m/a"));
	EXPECT_EQ('k', shared[0]);
	EXPECT_OK(munmap(shared, 3 * PAGE));
	EXPECT_OK(munmap(private, 3 * PAGE));
	unmount_m();
}

/* ---- in swap ---- */

#define SWAPPED	40

static void write_pattern(int fd)
{
	for (int i = 0; i < SWAPPED; i++) {
		memset(page, 'A' + i, PAGE);
		EXPECT_EQ(PAGE, pwrite(fd, page, PAGE, i * PAGE));
	}
}

/* All pages of the file go to swap. */
static void page_out(int fd)
{
	long before = meminfo("Shmem:");
	char *map = mmap(NULL, SWAPPED * PAGE, PROT_READ, MAP_SHARED, fd, 0);

	EXPECT(map != MAP_FAILED);
	for (int i = 0; i < SWAPPED; i++)
		(void)*(volatile char *)&map[i * PAGE];
	EXPECT_OK(madvise(map, SWAPPED * PAGE, MADV_PAGEOUT));
	EXPECT_OK(munmap(map, SWAPPED * PAGE));
	EXPECT_EQ(before - SWAPPED * PAGE / 1024, meminfo("Shmem:"));
}

static void in_swap(void)
{
	long slots = meminfo("SwapFree:"), blocks;
	int fd;

	if (!meminfo("SwapTotal:"))
		SKIP("no swap");
	mount_at_m("size=1m");
	fd = create("m/a");
	write_pattern(fd);
	blocks = blocks_of(fd);
	page_out(fd);
	EXPECT(meminfo("SwapFree:") <= slots - SWAPPED * PAGE / 1024);
	EXPECT_EQ(blocks, blocks_of(fd));
	EXPECT_EQ(256 - SWAPPED, free_blocks());
	/* Read, written in part, written as a whole. */
	for (int i = 0; i < SWAPPED; i++) {
		EXPECT_EQ(PAGE, pread(fd, page, PAGE, i * PAGE));
		EXPECT_EQ('A' + i, page[0]);
		EXPECT_EQ('A' + i, page[PAGE - 1]);
	}
	EXPECT(meminfo("SwapFree:") >= slots);
	page_out(fd);
	EXPECT_EQ(3, pwrite(fd, "xyz", 3, 5 * PAGE + 100));
	EXPECT_EQ(PAGE, pread(fd, page, PAGE, 5 * PAGE));
	EXPECT_EQ('A' + 5, page[99]);
	EXPECT_EQ('z', page[102]);
	EXPECT_EQ('A' + 5, page[103]);
	memset(page, 'w', PAGE);
	EXPECT_EQ(PAGE, pwrite(fd, page, PAGE, 6 * PAGE));
	EXPECT_EQ(256 - SWAPPED, free_blocks());
	/* Cut in the middle of a page that is in swap. */
	EXPECT_OK(ftruncate(fd, 10 * PAGE + 10));
	EXPECT_EQ(256 - 11, free_blocks());
	EXPECT(meminfo("SwapFree:") >= slots - 11 * PAGE / 1024);
	EXPECT_OK(ftruncate(fd, SWAPPED * PAGE));
	EXPECT_EQ(PAGE, pread(fd, page, PAGE, 10 * PAGE));
	EXPECT_EQ('A' + 10, page[9]);
	EXPECT_EQ(0, page[10]);
	EXPECT_EQ(PAGE, pread(fd, page, PAGE, 20 * PAGE));
	EXPECT_EQ(0, page[0]);
	/* Removed while it is there; and with all of the file system. */
	write_pattern(fd);
	page_out(fd);
	close(fd);
	EXPECT_OK(unlink("m/a"));
	EXPECT(meminfo("SwapFree:") >= slots);
	EXPECT_EQ(256, free_blocks());
	fd = create("m/b");
	write_pattern(fd);
	page_out(fd);
	close(fd);
	unmount_m();
	EXPECT(meminfo("SwapFree:") >= slots);
}

/* ---- everything at random, against a model ---- */

#define MODEL_PAGES	24
#define MODEL_SIZE	(MODEL_PAGES * PAGE)
#define ROUNDS		1500
#define WORKERS		4

struct model {
	int fd;
	char *map;			/* the file, shared */
	int size;
	char bytes[MODEL_SIZE];		/* what the file holds; zeroes behind its end */
};

static unsigned int next_random(unsigned int *seed, unsigned int below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % below;
}

static void model_write(struct model *m, int at, int len, char c)
{
	memset(page, c, PAGE);
	for (int done = 0; done < len; done += PAGE) {
		int n = len - done < PAGE ? len - done : PAGE;

		EXPECT_EQ(n, pwrite(m->fd, page, n, at + done));
	}
	memset(m->bytes + at, c, len);
	if (at + len > m->size)
		m->size = at + len;
}

static void model_truncate(struct model *m, int size)
{
	EXPECT_OK(ftruncate(m->fd, size));
	if (size < m->size)
		memset(m->bytes + size, 0, m->size - size);
	m->size = size;
}

static void model_store(struct model *m, int at, char c)
{
	if (at < m->size)
		m->map[at] = m->bytes[at] = c;
}

static void model_read(struct model *m, int at, int len)
{
	int left = at < m->size ? m->size - at : 0;

	len = len < PAGE ? len : PAGE;
	EXPECT_EQ(len < left ? len : left, pread(m->fd, page, len, at));
	EXPECT(!memcmp(page, m->bytes + at, len < left ? len : left));
}

static void model_check(struct model *m)
{
	struct stat st;

	EXPECT_OK(fstat(m->fd, &st));
	EXPECT_EQ(m->size, st.st_size);
	for (int i = 0; i < m->size; i++)
		if (m->map[i] != m->bytes[i])
			FAIL("byte %d: expected %d, saw %d", i, m->bytes[i], m->map[i]);
}

static void model_step(struct model *m, unsigned int *seed)
{
	int at = next_random(seed, MODEL_SIZE), len = next_random(seed, MODEL_SIZE - at) + 1;
	char c = next_random(seed, 255) + 1;

	switch (next_random(seed, 12)) {
	case 0: case 1:
		model_write(m, at, len, c);
		break;
	case 2: case 3:
		model_write(m, at, len % 300 + 1 < len ? len % 300 + 1 : len, c);
		break;
	case 4:
		model_truncate(m, at);
		break;
	case 5: case 6: case 7:
		model_store(m, at, c);
		break;
	case 8: case 9:
		model_read(m, at, len);
		break;
	case 10:
		EXPECT_OK(madvise(m->map, MODEL_SIZE, MADV_PAGEOUT));
		break;
	default:
		at &= -PAGE;
		EXPECT_OK(madvise(m->map + at, (len + PAGE - 1) & -PAGE, MADV_PAGEOUT));
	}
}

static void worker(void *arg)
{
	unsigned int seed = 12345 + *(int *)arg;
	static struct model m;
	char name[16];

	snprintf(name, sizeof(name), "m/%d", *(int *)arg);
	m.fd = create(name);
	m.map = mmap(NULL, MODEL_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, m.fd, 0);
	EXPECT(m.map != MAP_FAILED);
	for (int i = 0; i < ROUNDS; i++) {
		model_step(&m, &seed);
		if (i % 50 == 0)
			model_check(&m);
	}
	model_check(&m);
	EXPECT_OK(unlink(name));
}

static void at_random(void)
{
	pid_t pids[WORKERS];

	mount_at_m(NULL);
	for (int i = 0; i < WORKERS; i++)
		pids[i] = start(worker, &i);
	for (int i = 0; i < WORKERS; i++)
		EXPECT_EXIT(0, finish(pids[i]));
	unmount_m();
}

/* A program that runs from there. */
static void run_copy(void *arg)
{
	(void)arg;
	execl("m/copy", "copy", "--helper", "count", "1", "3", "abc", NULL);
}

static void executable(void)
{
	int from = EXPECT_OK(open(self_path, O_RDONLY)), to, n;

	mount_at_m(NULL);
	to = create("m/copy");
	while ((n = EXPECT_OK(read(from, page, PAGE))) > 0)
		EXPECT_EQ(n, write(to, page, n));
	EXPECT_OK(fchmod(to, 0755));
	close(to);
	EXPECT_EXIT(0, finish(start(run_copy, NULL)));
	unmount_m();
}

/* ---- names ---- */

#define NAMES	300

static void name_of(char *name, int i)
{
	snprintf(name, 100, "m/a-name-that-is-not-quite-short-%d", i);
}

/* Each name is read exactly once although the names before it, read already, are removed. */
static void removed_while_read(void)
{
	struct dirent *entry;
	char seen[NAMES] = { 0 }, name[100];
	DIR *dir;
	int n = 0;

	mount_at_m(NULL);
	for (int i = 0; i < NAMES; i++) {
		name_of(name, i);
		close(create(name));
	}
	dir = opendir("m");
	EXPECT(dir);
	while ((entry = readdir(dir))) {
		int i;

		if (entry->d_name[0] == '.')
			continue;
		i = atoi(strrchr(entry->d_name, '-') + 1);
		EXPECT(i >= 0 && i < NAMES && !seen[i]);
		seen[i] = 1;
		n++;
		name_of(name, i);
		EXPECT_OK(unlink(name));
	}
	EXPECT_EQ(NAMES, n);
	closedir(dir);
	unmount_m();
}

/* A position stays right when names before it have gone, or it has gone itself. */
static void positions(void)
{
	char buf[4096], name[100];
	int dir;

	mount_at_m(NULL);
	for (int i = 0; i < 10; i++) {
		name_of(name, i);
		close(create(name));
	}
	dir = EXPECT_OK(open("m", O_RDONLY | O_DIRECTORY));
	EXPECT(getdents64(dir, buf, 200) > 0);		/* ".", ".." and some */
	long here = EXPECT_OK(lseek(dir, 0, SEEK_CUR));
	struct dirent *next = (struct dirent *)buf;

	EXPECT(getdents64(dir, buf, 100) > 0);
	int number = atoi(strrchr(next->d_name, '-') + 1);

	EXPECT(number > 0 && number < 9);
	for (int i = 0; i < number; i++) {
		name_of(name, i);
		EXPECT_OK(unlink(name));
	}
	EXPECT_EQ(here, lseek(dir, here, SEEK_SET));
	EXPECT(getdents64(dir, buf, 100) > 0);
	EXPECT_EQ(number, atoi(strrchr(next->d_name, '-') + 1));
	name_of(name, number);
	EXPECT_OK(unlink(name));
	EXPECT_EQ(here, lseek(dir, here, SEEK_SET));
	EXPECT(getdents64(dir, buf, 100) > 0);
	EXPECT_EQ(number + 1, atoi(strrchr(next->d_name, '-') + 1));
	close(dir);
	unmount_m();
}

static int links_of(const char *path)
{
	struct stat st;

	EXPECT_OK(stat(path, &st));
	return st.st_nlink;
}

static void directories(void)
{
	mount_at_m(NULL);
	EXPECT_OK(mkdir("m/a", 0755));
	EXPECT_OK(mkdir("m/b", 0755));
	EXPECT_OK(mkdir("m/a/x", 0755));
	EXPECT_EQ(4, links_of("m"));
	EXPECT_EQ(3, links_of("m/a"));
	EXPECT_OK(rename("m/a/x", "m/b/y"));
	EXPECT_EQ(2, links_of("m/a"));
	EXPECT_EQ(3, links_of("m/b"));
	EXPECT_OK(mkdir("m/a/empty", 0755));
	EXPECT_OK(rename("m/b/y", "m/a/empty"));	/* over an empty one */
	EXPECT_EQ(3, links_of("m/a"));
	EXPECT_EQ(2, links_of("m/b"));
	write_file("m/a/empty/f", "f");
	EXPECT_ERRNO(ENOTEMPTY, rename("m/b", "m/a/empty"));
	EXPECT_ERRNO(EINVAL, rename("m/a", "m/a/empty/z"));
	EXPECT_ERRNO(ENOTDIR, rename("m/b", "m/a/empty/f"));
	EXPECT_ERRNO(EISDIR, rename("m/a/empty/f", "m/b"));
	EXPECT_ERRNO(ENOTEMPTY, rmdir("m/a"));
	EXPECT_ERRNO(EXDEV, rename("m/a", "out"));
	EXPECT_OK(link("m/a/empty/f", "m/b/g"));
	EXPECT_EQ(2, links_of("m/b/g"));
	EXPECT_OK(rename("m/a/empty/f", "m/b/g"));	/* two names of one file: both stay */
	EXPECT_EQ(2, links_of("m/a/empty/f"));
	EXPECT_OK(unlink("m/a/empty/f"));
	EXPECT_EQ(1, links_of("m/b/g"));
	EXPECT_OK(rmdir("m/a/empty"));
	EXPECT_OK(rmdir("m/a"));
	EXPECT_EQ(3, links_of("m"));
	unmount_m();
}

const struct test tmpfs_tests[] = {
	{ "tmpfs.size", size_limit, NEEDS_ROOT },
	{ "tmpfs.inodes", inode_limit, NEEDS_ROOT },
	{ "tmpfs.options", options, NEEDS_ROOT },
	{ "tmpfs.percent", percent, NEEDS_ROOT },
	{ "tmpfs.remount", remount, NEEDS_ROOT },
	{ "tmpfs.busy", busy, NEEDS_ROOT },
	{ "tmpfs.holes", holes, NEEDS_ROOT },
	{ "tmpfs.bad_data", bad_data, NEEDS_ROOT },
	{ "tmpfs.mappings", mappings, NEEDS_ROOT },
	{ "tmpfs.in_swap", in_swap, NEEDS_ROOT },
	{ "tmpfs.at_random", at_random, NEEDS_ROOT | SLOW },
	{ "tmpfs.executable", executable, NEEDS_ROOT },
	{ "tmpfs.removed_while_read", removed_while_read, NEEDS_ROOT },
	{ "tmpfs.positions", positions, NEEDS_ROOT },
	{ "tmpfs.directories", directories, NEEDS_ROOT },
	{ NULL, NULL, 0 },
};
