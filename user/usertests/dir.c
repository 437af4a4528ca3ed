/*
 * dir.c - tests of names: directories, links, rename, the *at calls, getdents, paths.
 */
#include "usertests.h"
#include <dirent.h>

static int links_of(const char *path)
{
	struct stat st;

	EXPECT_OK(lstat(path, &st));
	return st.st_nlink;
}

static int exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

static void hard_links(void)
{
	struct stat a, b;

	write_file("a", "shared");
	EXPECT_OK(link("a", "b"));
	EXPECT_OK(stat("a", &a));
	EXPECT_OK(stat("b", &b));
	EXPECT_EQ(a.st_ino, b.st_ino);
	EXPECT_EQ(2, b.st_nlink);
	write_file("b", "changed");
	expect_file("a", "changed");
	EXPECT_OK(unlink("a"));
	EXPECT_EQ(1, links_of("b"));
	expect_file("b", "changed");
	EXPECT_ERRNO(EEXIST, link("b", "b"));
	EXPECT_ERRNO(ENOENT, link("a", "c"));
	EXPECT_OK(mkdir("d", 0755));
	EXPECT_ERRNO(EPERM, link("d", "e"));
	EXPECT_ERRNO(ENOENT, link("b", "no/c"));
	EXPECT_ERRNO(ENOTDIR, link("b", "b/c"));
	EXPECT(link("b", "/proc/b") == -1);
}

/* A file without a name lives as long as somebody has it open. */
static void unlinked_file(void)
{
	char buf[8];
	struct stat st;
	int fd = EXPECT_OK(open("f", O_RDWR | O_CREAT, 0600));

	EXPECT_EQ(4, write(fd, "data", 4));
	EXPECT_OK(unlink("f"));
	EXPECT_ERRNO(ENOENT, open("f", O_RDONLY));
	EXPECT_EQ(4, pread(fd, buf, 8, 0));
	EXPECT_OK(fstat(fd, &st));
	EXPECT_EQ(0, st.st_nlink);
	EXPECT_ERRNO(ENOENT, unlink("f"));
	EXPECT_OK(mkdir("d", 0755));
	EXPECT(unlink("d") == -1 && (errno == EISDIR || errno == EPERM));
}

static void symbolic_links(void)
{
	char buf[100];
	struct stat st;
	int n;

	write_file("target", "text");
	EXPECT_OK(symlink("target", "s"));
	n = EXPECT_OK(readlink("s", buf, sizeof(buf)));
	EXPECT_EQ(6, n);
	EXPECT(!memcmp(buf, "target", 6));
	EXPECT_EQ(3, readlink("s", buf, 3));
	expect_file("s", "text");
	EXPECT_OK(lstat("s", &st));
	EXPECT(S_ISLNK(st.st_mode));
	EXPECT_EQ(6, st.st_size);
	EXPECT_ERRNO(EINVAL, readlink("target", buf, sizeof(buf)));
	EXPECT_ERRNO(EINVAL, readlink("s", buf, 0));
	EXPECT_ERRNO(EEXIST, symlink("x", "s"));
	EXPECT_OK(symlink("nowhere", "dangling"));
	EXPECT_ERRNO(ENOENT, open("dangling", O_RDONLY));
	EXPECT_OK(close(EXPECT_OK(open("dangling", O_WRONLY | O_CREAT, 0600))));
	EXPECT(exists("nowhere"));
	EXPECT_OK(symlink("loop2", "loop1"));
	EXPECT_OK(symlink("loop1", "loop2"));
	EXPECT_ERRNO(ELOOP, open("loop1", O_RDONLY));
	EXPECT_ERRNO(ELOOP, stat("loop1/x", &st));
	EXPECT_OK(mkdir("d", 0755));
	EXPECT_OK(symlink("d", "sd"));
	write_file("sd/f", "through");
	expect_file("d/f", "through");
	EXPECT_OK(unlink("s"));
	expect_file("target", "text");
	EXPECT_ERRNO(ENOENT, symlink("", "empty"));
}

static void make_and_remove(void)
{
	EXPECT_OK(mkdir("d", 0755));
	EXPECT_EQ(2, links_of("d"));
	EXPECT_OK(mkdir("d/e", 0755));
	EXPECT_EQ(3, links_of("d"));
	EXPECT_ERRNO(EEXIST, mkdir("d", 0755));
	EXPECT_ERRNO(ENOENT, mkdir("x/y", 0755));
	EXPECT_ERRNO(ENOTEMPTY, rmdir("d"));
	EXPECT_ERRNO(EINVAL, rmdir("d/."));
	EXPECT_ERRNO(ENOTEMPTY, rmdir("d/e/.."));
	EXPECT_OK(rmdir("d/e"));
	EXPECT_EQ(2, links_of("d"));
	EXPECT_OK(rmdir("d/"));
	EXPECT_ERRNO(ENOENT, rmdir("d"));
	write_file("f", "");
	EXPECT_ERRNO(ENOTDIR, rmdir("f"));
	EXPECT_ERRNO(ENOTDIR, mkdir("f/d", 0755));
	EXPECT_ERRNO(EBUSY, rmdir("/"));
}

/* A removed directory that is somebody's current one is empty and stays so. */
static void removed_cwd(void)
{
	char buf[100];

	EXPECT_OK(mkdir("d", 0755));
	EXPECT_OK(chdir("d"));
	EXPECT_OK(rmdir("../d"));
	EXPECT_ERRNO(ENOENT, open("f", O_RDWR | O_CREAT, 0600));
	EXPECT_ERRNO(ENOENT, mkdir("e", 0755));
	EXPECT_ERRNO(ENOENT, syscall(__NR_getcwd, buf, sizeof(buf)));
}

static void renaming(void)
{
	struct stat before, after;

	write_file("a", "A");
	write_file("b", "B");
	EXPECT_OK(stat("a", &before));
	EXPECT_OK(rename("a", "b"));
	EXPECT_OK(stat("b", &after));
	EXPECT_EQ(before.st_ino, after.st_ino);
	EXPECT_EQ(1, after.st_nlink);
	EXPECT(!exists("a"));
	expect_file("b", "A");
	EXPECT_ERRNO(ENOENT, rename("a", "c"));
	EXPECT_OK(link("b", "c"));
	EXPECT_OK(rename("b", "c"));
	EXPECT(exists("b") && exists("c"));
	EXPECT_OK(rename("b", "b"));
	EXPECT_OK(mkdir("d", 0755));
	EXPECT_OK(mkdir("e", 0755));
	EXPECT_ERRNO(EISDIR, rename("b", "d"));
	EXPECT_ERRNO(ENOTDIR, rename("d", "b"));
	EXPECT_OK(rename("b", "d/b"));
	EXPECT_ERRNO(ENOTEMPTY, rename("e", "d"));
	EXPECT_ERRNO(EINVAL, rename("d", "d/sub"));
	EXPECT_OK(rename("d", "e/d"));
	expect_file("e/d/b", "A");
	EXPECT_EQ(3, links_of("e"));
	EXPECT_OK(stat("e", &before));
	EXPECT_OK(stat("e/d/..", &after));
	EXPECT_EQ(before.st_ino, after.st_ino);
	EXPECT_OK(mkdir("empty", 0755));
	EXPECT_OK(rename("e/d", "empty"));
	expect_file("empty/b", "A");
	EXPECT_EQ(2, links_of("e"));
	EXPECT_ERRNO(EXDEV, rename("c", "/proc/c"));
}

static void at_calls(void)
{
	char buf[20];
	struct stat st;
	int d, fd, file;

	EXPECT_OK(mkdir("d", 0755));
	d = EXPECT_OK(open("d", O_RDONLY | O_DIRECTORY));
	fd = EXPECT_OK(openat(d, "f", O_RDWR | O_CREAT, 0600));
	EXPECT_EQ(2, write(fd, "at", 2));
	expect_file("d/f", "at");
	EXPECT_OK(mkdirat(d, "e", 0755));
	EXPECT_OK(fstatat(d, "e", &st, 0));
	EXPECT(S_ISDIR(st.st_mode));
	EXPECT_OK(symlinkat("f", d, "s"));
	EXPECT_EQ(1, readlinkat(d, "s", buf, sizeof(buf)));
	EXPECT_OK(fstatat(d, "s", &st, AT_SYMLINK_NOFOLLOW));
	EXPECT(S_ISLNK(st.st_mode));
	EXPECT_OK(linkat(d, "f", AT_FDCWD, "hard", 0));
	expect_file("hard", "at");
	EXPECT_OK(renameat(d, "f", d, "g"));
	EXPECT_OK(faccessat(d, "g", R_OK, 0));
	EXPECT_OK(fchmodat(d, "g", 0604, 0));
	EXPECT_OK(fstatat(d, "g", &st, 0));
	EXPECT_EQ(0604, st.st_mode & 0777);
	EXPECT_OK(fstatat(fd, "", &st, AT_EMPTY_PATH));
	EXPECT_ERRNO(EISDIR, unlinkat(d, "e", 0));
	EXPECT_OK(unlinkat(d, "e", AT_REMOVEDIR));
	EXPECT_OK(unlinkat(d, "g", 0));
	EXPECT_ERRNO(EINVAL, unlinkat(d, "s", 0x4000));
	file = EXPECT_OK(open("hard", O_RDONLY));
	EXPECT_ERRNO(ENOTDIR, openat(file, "x", O_RDONLY));
	EXPECT_ERRNO(EBADF, openat(77, "x", O_RDONLY));
	EXPECT_OK(openat(77, "/dev/null", O_RDONLY));
	EXPECT_OK(fchdir(d));
	EXPECT(exists("s"));
	EXPECT_ERRNO(ENOTDIR, fchdir(file));
}

/* Every entry is listed exactly once, however small the buffer. */
static void listing(void)
{
	enum { COUNT = 150 };
	static char seen[COUNT];
	char name[20], buf[128] __attribute__((aligned(8)));
	int fd, n, others = 0;

	for (int i = 0; i < COUNT; i++) {
		snprintf(name, sizeof(name), "entry%d", i);
		write_file(name, "");
	}
	fd = EXPECT_OK(open(".", O_RDONLY | O_DIRECTORY));
	while ((n = EXPECT_OK(getdents64(fd, buf, sizeof(buf)))) > 0) {
		struct linux_dirent64 *d;

		for (int at = 0; at < n; at += d->d_reclen) {
			d = (struct linux_dirent64 *)(buf + at);
			EXPECT(d->d_reclen >= 20 && d->d_reclen % 8 == 0 && d->d_ino != 0);
			if (!strncmp(d->d_name, "entry", 5))
				seen[atoi(d->d_name + 5)]++;
			else
				others++;
		}
	}
	EXPECT_EQ(2, others);		/* . and .. */
	for (int i = 0; i < COUNT; i++)
		EXPECT_EQ(1, seen[i]);
	EXPECT_EQ(0, lseek(fd, 0, SEEK_SET));
	EXPECT_ERRNO(EINVAL, getdents64(fd, buf, 4));
	EXPECT_EQ(1, getdents64(fd, buf, sizeof(buf)) > 0);
	fd = EXPECT_OK(open("entry0", O_RDONLY));
	EXPECT_ERRNO(ENOTDIR, getdents64(fd, buf, sizeof(buf)));
}

/* Removing while listing: each of the others is still seen, none twice. */
static void remove_while_listing(void)
{
	enum { COUNT = 60 };
	char name[20];
	struct dirent *d;
	DIR *dir;
	int n = 0;

	for (int i = 0; i < COUNT; i++) {
		snprintf(name, sizeof(name), "f%d", i);
		write_file(name, "");
	}
	dir = opendir(".");
	EXPECT(dir != NULL);
	while ((d = readdir(dir))) {
		if (d->d_name[0] != 'f')
			continue;
		EXPECT_OK(unlink(d->d_name));
		n++;
	}
	closedir(dir);
	EXPECT_EQ(COUNT, n);
}

static void working_directory(void)
{
	char buf[300], deep[300];
	struct stat a, b;

	EXPECT_OK(mkdir("d", 0755));
	EXPECT_OK(mkdir("d/e", 0755));
	EXPECT_OK(getcwd(deep, sizeof(deep)));
	strlcat(deep, "/d/e", sizeof(deep));
	EXPECT_OK(chdir("d//./e/../e/"));
	EXPECT_OK(getcwd(buf, sizeof(buf)));
	EXPECT_STR(deep, buf);
	EXPECT_ERRNO(ERANGE, syscall(__NR_getcwd, buf, 3));
	EXPECT_ERRNO(ENOENT, chdir("nowhere"));
	EXPECT_OK(chdir("/"));
	EXPECT_OK(getcwd(buf, sizeof(buf)));
	EXPECT_STR("/", buf);
	EXPECT_OK(stat("/", &a));
	EXPECT_OK(stat("/..", &b));
	EXPECT_EQ(a.st_ino, b.st_ino);
}

static void change_root(void)
{
	struct stat a, b;

	EXPECT_OK(mkdir("jail", 0755));
	write_file("jail/f", "inside");
	EXPECT_OK(chroot("jail"));
	EXPECT_OK(chdir("/"));
	expect_file("/f", "inside");
	expect_file("/../../f", "inside");
	EXPECT_OK(stat("/", &a));
	EXPECT_OK(stat("..", &b));
	EXPECT_EQ(a.st_ino, b.st_ino);
	EXPECT_ERRNO(ENOENT, open("/bin/sh", O_RDONLY));
	become_user();
	EXPECT_ERRNO(EPERM, chroot("/"));
}

static void long_paths(void)
{
	static char path[6000];
	struct stat st;

	for (int i = 0; i < 4000; i += 2)
		memcpy(path + i, "./", 2);
	path[4000] = 0;
	EXPECT_OK(stat(path, &st));
	for (int i = 0; i < 5000; i += 2)
		memcpy(path + i, "./", 2);
	path[5000] = 0;
	EXPECT_ERRNO(ENAMETOOLONG, stat(path, &st));
	memset(path, 'n', 300);
	path[300] = 0;
	EXPECT(stat(path, &st) == -1 && (errno == ENAMETOOLONG || errno == ENOENT));
}

static void nodes(void)
{
	struct stat st;
	int fd;

	EXPECT_OK(mknod("null", S_IFCHR | 0666, makedev(1, 3)));
	EXPECT_OK(stat("null", &st));
	EXPECT(S_ISCHR(st.st_mode));
	EXPECT_EQ(makedev(1, 3), st.st_rdev);
	fd = open("null", O_WRONLY);
	if (fd < 0 && errno == EACCES)
		SKIP("devices are not allowed on this file system");
	EXPECT_EQ(1, write(fd, "x", 1));
	EXPECT_OK(mknod("none", S_IFCHR | 0666, makedev(250, 250)));
	EXPECT_ERRNO(ENXIO, open("none", O_RDONLY));
	EXPECT_OK(mknod("plain", S_IFREG | 0600, 0));
	expect_file("plain", "");
	EXPECT_ERRNO(EEXIST, mknod("plain", S_IFREG | 0600, 0));
	become_user();
	EXPECT_ERRNO(EPERM, mknod("/tmp/utnode", S_IFCHR | 0666, makedev(1, 3)));
}

/* Several processes make and remove the same names; nothing may be left over. */
static void fight(void *arg)
{
	char name[20];

	for (int i = 0; i < 200; i++) {
		int fd;

		snprintf(name, sizeof(name), "f%d", i % 7);
		fd = open(name, O_RDWR | O_CREAT, 0600);
		if (fd >= 0) {
			write(fd, arg, 1);
			close(fd);
		}
		if (i % 3 == 0)
			rename(name, "other");
		unlink(name);
	}
	unlink("other");
}

static void concurrent_names(void)
{
	pid_t pids[4];
	char name[20];

	for (int i = 0; i < 4; i++)
		pids[i] = start(fight, "x");
	for (int i = 0; i < 4; i++)
		EXPECT_EXIT(0, finish(pids[i]));
	unlink("other");
	for (int i = 0; i < 7; i++) {
		snprintf(name, sizeof(name), "f%d", i);
		EXPECT(!exists(name));
	}
}

const struct test dir_tests[] = {
	{ "dir.hard_links", hard_links, 0 },
	{ "dir.unlinked_file", unlinked_file, 0 },
	{ "dir.symbolic_links", symbolic_links, 0 },
	{ "dir.make_and_remove", make_and_remove, 0 },
	{ "dir.removed_cwd", removed_cwd, 0 },
	{ "dir.renaming", renaming, 0 },
	{ "dir.at_calls", at_calls, 0 },
	{ "dir.listing", listing, 0 },
	{ "dir.remove_while_listing", remove_while_listing, 0 },
	{ "dir.working_directory", working_directory, 0 },
	{ "dir.change_root", change_root, NEEDS_ROOT },
	{ "dir.long_paths", long_paths, 0 },
	{ "dir.nodes", nodes, NEEDS_ROOT },
	{ "dir.concurrent_names", concurrent_names, 0 },
	{ NULL, NULL, 0 },
};
