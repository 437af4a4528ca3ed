/*
 * swap.c - tests of swapon and swapoff: what they refuse and why, files and devices as areas,
 * priorities, what may be done with a file meanwhile. Pages that go to swap and come back:
 * swapped.c.
 */
#include "usertests.h"
#include <sys/mount.h>

#define AREA_PAGES	10
#define MAX_AREAS	32
#define PREFER		0x8000
#define RAMDISK		0x100	/* 1, 0 */

/* What mkswap writes at byte 1024 of the first page. */
struct header {
	unsigned int version, last_page, nr_badpages;
	unsigned char uuid[16];
	char label[16];
	unsigned int padding[117];
	unsigned int badpages[637];
};

static long swapon(const char *path, int flags)
{
	return syscall(__NR_swapon, path, flags);
}

static long swapoff(const char *path)
{
	return syscall(__NR_swapoff, path);
}

/* Writes a first page with that header and signature. */
static void write_header(const char *path, const struct header *header, const char *signature)
{
	char page[PAGE] = { 0 };
	int fd = EXPECT_OK(open(path, O_WRONLY));

	memcpy(page + 1024, header, sizeof(*header));
	memcpy(page + PAGE - 10, signature, 10);
	EXPECT_EQ(PAGE, pwrite(fd, page, PAGE, 0));
	close(fd);
}

/* A file of that many pages, without holes, its first page one of mkswap's. */
static void make_area(const char *path, int pages)
{
	struct header header = { .version = 1, .last_page = pages - 1 };
	char page[PAGE] = { 0 };
	int fd = EXPECT_OK(open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600));

	for (int i = 0; i < pages; i++)
		EXPECT_EQ(PAGE, write(fd, page, PAGE));
	close(fd);
	write_header(path, &header, "SWAPSPACE2");
}

/* The numbers of a line of /proc/swaps; false: there is none with that name at its end. */
static int swaps_line(const char *name, long *size, long *used, long *prio)
{
	char buf[8192], *line, *at;
	int fd = EXPECT_OK(open("/proc/swaps", O_RDONLY)), n;

	n = EXPECT_OK(read(fd, buf, sizeof(buf) - 1));
	close(fd);
	buf[n] = 0;
	EXPECT(!strncmp(buf, "Filename\t", 9));
	for (line = strchr(buf, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
		at = strchr(line, ' ');
		if (at - line < (long)strlen(name) ||
		    strncmp(at - strlen(name), name, strlen(name)))
			continue;
		at = strpbrk(at, "0123456789");
		*size = strtol(at, &at, 10);
		*used = strtol(at, &at, 10);
		*prio = strtol(at, &at, 10);
		return 1;
	}
	return 0;
}

static void as_user(void *unused)
{
	(void)unused;
	become_user();
	EXPECT_ERRNO(EPERM, swapon("area", 0));
	EXPECT_ERRNO(EPERM, swapoff("area"));
	EXPECT_ERRNO(EPERM, swapoff("missing"));
}

static void errors(void)
{
	make_area("area", AREA_PAGES);
	mkdir("dir", 0700);
	EXPECT_OK(mknod("fifo", S_IFIFO | 0600, 0));
	EXPECT_OK(mknod("none", S_IFBLK | 0600, 0xf900));
	EXPECT_ERRNO(ENOENT, swapon("missing", 0));
	EXPECT_ERRNO(ENOENT, swapoff("missing"));
	EXPECT_ERRNO(EFAULT, swapon((char *)8, 0));
	EXPECT_ERRNO(EFAULT, swapoff((char *)8));
	EXPECT_ERRNO(ENOTDIR, swapon("area/x", 0));
	EXPECT_ERRNO(EINVAL, swapon("dir", 0));
	EXPECT_ERRNO(EINVAL, swapon("fifo", 0));
	EXPECT_ERRNO(EINVAL, swapon("/dev/null", 0));
	EXPECT_ERRNO(EINVAL, swapon("/proc/version", 0));
	EXPECT_ERRNO(ENXIO, swapon("none", 0));
	EXPECT_ERRNO(EINVAL, swapon("area", 0x1000000));
	EXPECT_ERRNO(EINVAL, swapoff("area"));
	EXPECT_ERRNO(EINVAL, swapoff("dir"));
	in_child(as_user, NULL);
}

/* One wrong field at a time. */
static void headers(void)
{
	static const struct header good = { .version = 1, .last_page = AREA_PAGES - 1 };
	struct header bad;

	make_area("area", AREA_PAGES);
	write_header("area", &good, "SWAPSPACE3");
	EXPECT_ERRNO(EINVAL, swapon("area", 0));
	write_header("area", &good, "SWAP-SPACE");
	EXPECT_ERRNO(EINVAL, swapon("area", 0));
#define REFUSED(field, value) do {			\
	bad = good;					\
	bad.field = value;				\
	write_header("area", &bad, "SWAPSPACE2");	\
	EXPECT_ERRNO(EINVAL, swapon("area", 0));	\
} while (0)
	REFUSED(version, 0);
	REFUSED(version, 2);
	REFUSED(version, 0x01000000);
	REFUSED(last_page, 0);
	REFUSED(last_page, AREA_PAGES);
	REFUSED(last_page, 0xffffffff);
	REFUSED(nr_badpages, 1);	/* a file has none */
	REFUSED(nr_badpages, 0x40000000);
	write_header("area", &good, "SWAPSPACE2");
	EXPECT_OK(truncate("area", PAGE - 1));
	EXPECT_ERRNO(EINVAL, swapon("area", 0));
	EXPECT_OK(truncate("area", 0));
	EXPECT_ERRNO(EINVAL, swapon("area", 0));
}

static void holes(void)
{
	struct header header = { .version = 1, .last_page = AREA_PAGES - 1 };
	char page[PAGE] = { 0 };
	int fd;

	write_file("area", "");
	EXPECT_OK(truncate("area", AREA_PAGES * PAGE));
	write_header("area", &header, "SWAPSPACE2");
	EXPECT_ERRNO(EINVAL, swapon("area", 0));
	make_area("area", AREA_PAGES);
	fd = EXPECT_OK(open("area", O_WRONLY));
	EXPECT_OK(ftruncate(fd, 3 * PAGE));
	EXPECT_EQ(PAGE, pwrite(fd, page, PAGE, 9 * PAGE));
	close(fd);
	EXPECT_ERRNO(EINVAL, swapon("area", 0));
}

static void file_in_use(void)
{
	long size, used, prio;
	int fd;

	make_area("area", AREA_PAGES);
	fd = EXPECT_OK(open("area", O_WRONLY));
	EXPECT_ERRNO(ETXTBSY, swapon("area", 0));
	close(fd);
	EXPECT_OK(swapon("area", 0));
	EXPECT_ERRNO(EBUSY, swapon("area", 0));
	EXPECT_OK(link("area", "other"));
	EXPECT_ERRNO(EBUSY, swapon("other", 0));
	EXPECT_ERRNO(ETXTBSY, open("area", O_WRONLY));
	EXPECT_ERRNO(ETXTBSY, open("area", O_RDWR));
	EXPECT_ERRNO(ETXTBSY, open("area", O_RDONLY | O_TRUNC));
	EXPECT_ERRNO(ETXTBSY, truncate("area", 0));
	EXPECT_ERRNO(EPERM, unlink("area"));
	EXPECT_ERRNO(EPERM, rename("area", "new"));
	write_file("plain", "text");
	EXPECT_ERRNO(EPERM, rename("plain", "area"));
	EXPECT(swaps_line("/area", &size, &used, &prio));
	EXPECT(size > 0 && size < AREA_PAGES * 4);	/* less what is not in one piece */
	EXPECT_EQ(0, used);
	EXPECT(prio < 0);
	close(EXPECT_OK(open("area", O_RDONLY)));
	EXPECT_OK(chmod("area", 0400));

	EXPECT_OK(swapoff("other"));
	EXPECT(!swaps_line("/area", &size, &used, &prio));
	EXPECT_ERRNO(EINVAL, swapoff("area"));
	close(EXPECT_OK(open("area", O_RDWR)));
	EXPECT_OK(rename("area", "new"));
	EXPECT_OK(unlink("new"));
	EXPECT_OK(unlink("other"));
}

/* Given priorities stand; areas without one come one below the other. */
static void priorities(void)
{
	long size, used, prio, first;

	for (char name[] = "a"; *name <= 'd'; ++*name)
		make_area(name, AREA_PAGES);
	EXPECT_OK(swapon("a", PREFER | 7));
	EXPECT_OK(swapon("b", PREFER | 0x7fff));
	EXPECT_OK(swapon("c", 0));
	EXPECT_OK(swapon("d", 99));		/* without the flag it says nothing */
	EXPECT(swaps_line("/a", &size, &used, &prio));
	EXPECT_EQ(7, prio);
	EXPECT(swaps_line("/b", &size, &used, &prio));
	EXPECT_EQ(32767, prio);
	EXPECT(swaps_line("/c", &size, &used, &first));
	EXPECT(first < 0);
	EXPECT(swaps_line("/d", &size, &used, &prio));
	EXPECT_EQ(first - 1, prio);
	for (char name[] = "a"; *name <= 'd'; ++*name)
		EXPECT_OK(swapoff(name));
}

static void too_many(void)
{
	char name[16];
	int n;

	for (n = 0; n < MAX_AREAS + 1; n++) {
		snprintf(name, sizeof(name), "area%d", n);
		make_area(name, AREA_PAGES);
		if (swapon(name, 0) < 0)
			break;
	}
	EXPECT_EQ(EPERM, errno);
	EXPECT(n <= MAX_AREAS && n >= MAX_AREAS - 4);
	while (n-- > 0) {
		snprintf(name, sizeof(name), "area%d", n);
		EXPECT_OK(swapoff(name));
	}
}

/* A RAM disk with bad pages; a mounted device, and one that is swap already. */
static void devices(void)
{
	struct header header = { .version = 1, .last_page = 99, .nr_badpages = 3,
				 .badpages = { 1, 50, 99 } };
	long size, used, prio;

	EXPECT_OK(mknod("disk", S_IFBLK | 0600, RAMDISK));
	EXPECT_OK(mknod("same", S_IFBLK | 0600, RAMDISK));
	header.badpages[1] = 100;
	write_header("disk", &header, "SWAPSPACE2");
	EXPECT_ERRNO(EINVAL, swapon("disk", 0));
	header.badpages[1] = 0;
	write_header("disk", &header, "SWAPSPACE2");
	EXPECT_ERRNO(EINVAL, swapon("disk", 0));
	header.badpages[1] = 50;
	header.last_page = 0x100000;
	write_header("disk", &header, "SWAPSPACE2");
	EXPECT_ERRNO(EINVAL, swapon("disk", 0));
	header.last_page = 99;
	write_header("disk", &header, "SWAPSPACE2");
	EXPECT_OK(swapon("disk", 0));
	EXPECT(swaps_line("/disk", &size, &used, &prio));
	EXPECT_EQ(96 * 4, size);
	EXPECT_ERRNO(EBUSY, swapon("disk", 0));
	EXPECT_ERRNO(EBUSY, swapon("same", 0));
	mkdir("dir", 0700);
	EXPECT_ERRNO(EBUSY, mount("disk", "dir", "minix", 0, NULL));
	EXPECT_ERRNO(EBUSY, swapon(ROOT_DEVICE, 0));
	EXPECT_OK(swapoff("same"));
	EXPECT_ERRNO(EINVAL, swapoff("disk"));
	EXPECT_EQ(0, system("blockdev --flushbufs disk"));
}

/* Swap files must lie on a disk; the directory that a test gets may be in memory. */
static void on_disk(void (*body)(void))
{
	system("rm -rf /var/tmp/swaptest");
	EXPECT_OK(mkdir("/var/tmp/swaptest", 0777));
	EXPECT_OK(chdir("/var/tmp/swaptest"));
	body();
	EXPECT_OK(chdir("/"));
	EXPECT_EQ(0, system("rm -r /var/tmp/swaptest"));
}

#define ON_DISK(body) static void body##_on_disk(void) { on_disk(body); }
ON_DISK(errors)
ON_DISK(headers)
ON_DISK(holes)
ON_DISK(file_in_use)
ON_DISK(priorities)
ON_DISK(too_many)
ON_DISK(devices)

const struct test swap_tests[] = {
	{ "swap.errors", errors_on_disk, NEEDS_ROOT },
	{ "swap.headers", headers_on_disk, NEEDS_ROOT },
	{ "swap.holes", holes_on_disk, NEEDS_ROOT },
	{ "swap.file_in_use", file_in_use_on_disk, NEEDS_ROOT },
	{ "swap.priorities", priorities_on_disk, NEEDS_ROOT },
	{ "swap.too_many", too_many_on_disk, NEEDS_ROOT },
	{ "swap.devices", devices_on_disk, NEEDS_ROOT },
	{ NULL, NULL, 0 },
};
