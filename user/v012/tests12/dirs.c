/*
 * Directories, which are read like files; names and links.
 */
#include "tests12.h"

/* Looks for `name` in the directory; its inode number, 0: it is not there. */
static long find_in(const char *dir, const char *name, long step)
{
	struct dirent12 de;
	struct stat12 st;
	long fd = syscall(NR_open, dir, 0, 0), found = 0, bytes = 0, n, got;

	for (;;) {
		for (got = 0; got < (long)sizeof(de); got += n) {
			n = syscall(NR_read, fd, (char *)&de + got, step);
			if (n <= 0)
				break;
		}
		if (got < (long)sizeof(de))
			break;
		bytes += got;
		if (de.inode && !strncmp(de.name, name, sizeof(de.name)))
			found = de.inode;
	}
	EXPECT_EQ(0, n);
	EXPECT_EQ(0, syscall(NR_fstat, fd, &st));
	EXPECT_EQ(st.size, bytes);
	EXPECT_EQ(0, syscall(NR_lseek, fd, 0, 0));
	EXPECT_EQ(16, syscall(NR_read, fd, &de, 16));
	EXPECT(de.name[0] == '.' && !de.name[1]);
	EXPECT_EQ(st.size, syscall(NR_lseek, fd, 0, 2));
	EXPECT_EQ(0, syscall(NR_close, fd));
	return found;
}

static void test_directories(void)
{
	struct stat12 st;

	EXPECT_EQ(0, syscall(NR_mkdir, "dir", 0755));
	syscall(NR_close, syscall(NR_creat, "dir/fourteen-chars", 0644));
	EXPECT_EQ(0, syscall(NR_stat, "dir/fourteen-chars-and-more", &st));	/* the same 14 */
	EXPECT_EQ(st.ino, find_in("dir", "fourteen-chars", 16));
	EXPECT_EQ(st.ino, find_in("dir", "fourteen-chars", 4));
	EXPECT_EQ(0, find_in("dir", "nothing", 16));
	EXPECT_EQ(0, syscall(NR_unlink, "dir/fourteen-chars-and-many-more"));
	EXPECT_EQ(0, syscall(NR_rmdir, "dir"));
	if (exists("/proc/meminfo"))
		EXPECT(find_in("/proc", "meminfo", 16));
	EXPECT(find_in("/dev", "null", 16));
}

static void test_links(void)
{
	char target[32];
	struct stat12 st;

	make_file("one", "text", 0600);
	EXPECT_EQ(0, link("one", "two"));
	EXPECT_EQ(-EEXIST, link("one", "two"));
	EXPECT_EQ(-ENOENT, link("no such file", "three"));
	EXPECT_EQ(-EPERM, link(".", "dot"));
	EXPECT_EQ(0, stat("two", &st));
	EXPECT_EQ(2, st.nlink);
	EXPECT_EQ(0, unlink("one"));
	EXPECT_EQ(-ENOENT, unlink("one"));
	EXPECT_EQ(0, symlink("two", "soft"));
	EXPECT_EQ(-EEXIST, symlink("two", "soft"));
	memset(target, 'x', sizeof(target));
	EXPECT_EQ(3, readlink("soft", target, sizeof(target)));
	EXPECT_EQ(0, memcmp(target, "twox", 4));
	EXPECT_EQ(2, readlink("soft", target, 2));
	EXPECT_EQ(-EINVAL, readlink("two", target, sizeof(target)));
	EXPECT_EQ(0, unlink("soft"));
	EXPECT_EQ(0, unlink("two"));
}

static void test_directory_calls(void)
{
	struct stat12 st;
	long pid;

	EXPECT_EQ(0, mkdir("sub", 0755));
	EXPECT_EQ(-EEXIST, mkdir("sub", 0755));
	make_file("sub/file", "", 0600);
	EXPECT_EQ(-ENOTEMPTY, rmdir("sub"));
	EXPECT_EQ(-EPERM, unlink("sub"));
	EXPECT_EQ(0, chdir("sub"));
	EXPECT(exists("file"));
	EXPECT_EQ(-ENOTDIR, chdir("file"));
	EXPECT_EQ(-ENOTDIR, rmdir("file"));
	EXPECT_EQ(-ENOENT, chdir("nowhere"));
	EXPECT_EQ(0, chdir(".."));
	EXPECT_EQ(0, unlink("sub/file"));
	EXPECT_EQ(0, rmdir("sub"));
	EXPECT_EQ(-ENOENT, rmdir("sub"));
	EXPECT_EQ(0, mkdir("sub", 0755));
	pid = fork();
	if (!pid) {
		EXPECT_EQ(0, chdir("sub"));
		EXPECT_EQ(0, rmdir("../sub"));
		EXPECT_EQ(0, stat(".", &st));			/* removed, but we are there */
		EXPECT_EQ(S_IFDIR, st.mode & S_IFMT);
		exit(any_failed());
	}
	EXPECT_EQ(0, wait_for(pid));
}

static void test_chroot(void)
{
	long pid;

	mkdir("jail", 0755);
	make_file("jail/inside", "", 0600);
	pid = fork();
	if (!pid) {
		EXPECT_EQ(0, syscall(NR_chroot, "jail"));
		EXPECT_EQ(0, chdir("/"));
		EXPECT(exists("/inside") && exists("/../inside") && !exists("/bin/sh"));
		EXPECT_EQ(-ENOENT, syscall(NR_chroot, "nowhere"));
		exit(any_failed());
	}
	EXPECT_EQ(0, wait_for(pid));
	unlink("jail/inside");
	rmdir("jail");
}

static void test_mknod(void)
{
	struct stat12 st;

	EXPECT_EQ(0, mknod("null", S_IFCHR | 0666, 0x103));
	EXPECT_EQ(0, stat("null", &st));
	EXPECT_EQ(S_IFCHR, st.mode & S_IFMT);
	EXPECT_EQ(0x103, st.rdev);
	EXPECT_EQ(-EEXIST, mknod("null", S_IFCHR | 0666, 0x103));
	EXPECT_EQ(0, unlink("null"));
	EXPECT_EQ(0, mknod("fifo", S_IFIFO | 0600, 0));
	EXPECT_EQ(0, unlink("fifo"));
}

const struct test dir_tests[] = {
	{ "directories", test_directories },
	{ "links", test_links },
	{ "directory_calls", test_directory_calls },
	{ "chroot", test_chroot },
	{ "mknod", test_mknod },
	{ 0, 0 },
};
