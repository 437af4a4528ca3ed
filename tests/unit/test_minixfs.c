/*
 * tools/minixfs.c: a few hundred random files, directories, links and nodes in an image that
 * mkfs.minix made, checked by reading them back (test_unit.py then lets fsck.minix look); and
 * the same calls on images with random bytes changed, which may fail but not run wild.
 *
 * usage: test_minixfs IMAGE	fills the image
 *        test_minixfs -d IMAGE	works on damaged copies of it, in memory
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "tools/minixfs.h"
#include "unit.h"

#define FILES	150
#define LARGE	400000
#define DAMAGES	400

static struct minixfs fs;
static const struct minixfs_attr attr = { .mode = 0644, .uid = 1, .gid = 2, .time = 1000000000 };
static unsigned char data[LARGE], back[LARGE];

static size_t size_of(int i)
{
	static const size_t sizes[] = {
		0, 1, 1023, 1024, 1025, 7 * 1024, 7 * 1024 + 1, 20000, LARGE
	};

	return i < 9 ? sizes[i] : (size_t)(i * 37 % 3000);
}

static void path_of(int i, char *path)
{
	sprintf(path, "/d%d/s%d/file%d", i % 5, i % 3, i);
}

static void contents(int i)
{
	size_t k;

	for (k = 0; k < size_of(i); k++)
		data[k] = k * 31 + i + (k >> 10);
}

/* Makes everything once; in a damaged image any call may fail. */
static int populate(int must_work)
{
	char path[60];
	int i, bad = 0;

#define TRY(call) do {					\
	int r_ = (call);				\
							\
	CHECK(!must_work || !r_, "%s", fs.error);	\
	bad |= r_;					\
} while (0)
	for (i = 0; i < 5; i++) {
		int j;

		sprintf(path, "/d%d", i);
		TRY(minixfs_mkdir(&fs, path, &(struct minixfs_attr){ .mode = 0755 }));
		for (j = 0; j < 3; j++) {
			sprintf(path, "/d%d/s%d", i, j);
			TRY(minixfs_mkdir(&fs, path, &(struct minixfs_attr){ .mode = 0700 }));
		}
	}
	for (i = 0; i < FILES; i++) {
		path_of(i, path);
		contents(i);
		TRY(minixfs_file(&fs, path, &attr, data, size_of(i)));
	}
	TRY(minixfs_symlink(&fs, "/d0/link", &attr, "../d1/s0"));
	TRY(minixfs_node(&fs, "/d0/tty", &attr, MINIXFS_CHAR, 4, 64));
	TRY(minixfs_node(&fs, "/d0/fifo", &attr, MINIXFS_FIFO, 0, 0));
	for (i = 0; i < FILES; i += 4) {
		path_of(i, path);
		TRY(minixfs_unlink(&fs, path));
	}
	path_of(1, path);
	contents(2);
	TRY(minixfs_file(&fs, path, &attr, data, size_of(2)));
#undef TRY
	return bad;
}

static void check_contents(void)
{
	char path[60];
	size_t size;
	int i;

	for (i = 0; i < FILES; i++) {
		path_of(i, path);
		if (i % 4 == 0) {
			CHECK(minixfs_stat(&fs, path, NULL) == -1, "%s is still there", path);
			continue;
		}
		contents(i == 1 ? 2 : i);
		CHECK((minixfs_stat(&fs, path, &size) & 07777) == 0644);
		CHECK(size == size_of(i == 1 ? 2 : i));
		CHECK(minixfs_read(&fs, path, back, size) == (long)size);
		CHECK(memcmp(back, data, size) == 0, "%s differs", path);
	}
	CHECK(minixfs_read(&fs, "/d0/link", back, 100) == 8 && !memcmp(back, "../d1/s0", 8));
}

static void check_refusals(void)
{
	uint32_t inodes, zones, inodes_after, zones_after;

	minixfs_free(&fs, &inodes, &zones);
	CHECK(minixfs_file(&fs, "/none/file", &attr, "x", 1) == -1);
	CHECK(minixfs_file(&fs, "/d0", &attr, "x", 1) == -1);
	CHECK(minixfs_unlink(&fs, "/d0") == -1 && minixfs_unlink(&fs, "/d0/none") == -1);
	CHECK(minixfs_file(&fs, "/a-name-that-is-longer-than-any-of-the-two-limits", &attr, "x",
			   1) == -1);
	minixfs_free(&fs, &inodes_after, &zones_after);
	CHECK(inodes == inodes_after && zones == zones_after, "a failed call kept something");
}

int main(int argc, char **argv)
{
	int damaged = argc == 3 && !strcmp(argv[1], "-d"), fd = open(argv[argc - 1], O_RDWR), i;
	struct stat st;
	unsigned char *image, *copy;

	CHECK(argc >= 2 && fd >= 0 && fstat(fd, &st) == 0);
	image = malloc(st.st_size);
	CHECK(read(fd, image, st.st_size) == st.st_size);
	if (!damaged) {
		CHECK(minixfs_open(&fs, image, st.st_size) == 0, "%s", fs.error);
		populate(1);
		check_contents();
		check_refusals();
		CHECK(pwrite(fd, image, st.st_size, 0) == st.st_size);
		return 0;
	}
	copy = malloc(st.st_size);
	for (i = 0; i < DAMAGES; i++) {
		int k;

		memcpy(copy, image, st.st_size);
		for (k = 0; k < 1 + i % 20; k++) /* super-block, maps, inodes, first directories */
			copy[1024 + unit_random(i % 2 ? 40 : 40000)] = unit_random(256);
		if (minixfs_open(&fs, copy, st.st_size) == 0)
			populate(0);
	}
	return 0;
}
