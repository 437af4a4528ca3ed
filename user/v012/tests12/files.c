/*
 * Descriptors and files.
 */
#include "tests12.h"

static void test_bad_descriptors(void)
{
	char c;

	EXPECT_EQ(-EINVAL, syscall(NR_read, 19, &c, 1));
	EXPECT_EQ(-EINVAL, syscall(NR_write, 19, &c, 1));
	EXPECT_EQ(-EINVAL, syscall(NR_close, 19));
	EXPECT_EQ(-EBADF, syscall(NR_lseek, 19, 0, 0));
	EXPECT_EQ(-EBADF, syscall(NR_fcntl, 19, 3, 0));
	EXPECT_EQ(-EBADF, syscall(NR_ioctl, 19, 0x5401, &c));
}

static void test_twenty_descriptors(void)
{
	long fd, last = -1, fds[2];
	struct stat12 st;

	make_file("full", "text", 0600);
	while ((fd = syscall(NR_open, "/dev/null", 0, 0)) >= 0)
		last = fd;
	EXPECT_EQ(-EINVAL, fd);
	EXPECT_EQ(19, last);
	EXPECT_EQ(-EINVAL, open("full", O_WRONLY | O_TRUNC, 0));
	EXPECT_EQ(-EINVAL, syscall(NR_creat, "full", 0600));
	EXPECT_EQ(-EINVAL, open("more", O_WRONLY | O_CREAT, 0600));
	EXPECT_EQ(0, stat("full", &st));
	EXPECT_EQ(4, st.size);					/* nothing was done */
	EXPECT(!exists("more"));
	EXPECT_EQ(-EMFILE, syscall(NR_dup, 0));
	EXPECT_EQ(-EMFILE, fcntl(0, F_DUPFD, 5));
	EXPECT_EQ(-EINVAL, syscall(NR_dup2, 0, 20));
	EXPECT_EQ(-EPERM, pipe(fds));
	EXPECT_EQ(0, close(7));
	EXPECT_EQ(-EPERM, pipe(fds));				/* one is not enough */
	EXPECT_EQ(-EMFILE, fcntl(0, F_DUPFD, 8));
	EXPECT_EQ(7, syscall(NR_dup, 0));
	for (; last > 2; last--)
		EXPECT_EQ(0, syscall(NR_close, last));
	EXPECT_EQ(0, unlink("full"));
}

static void test_seek(void)
{
	long fds[2] = { -1, -1 }, fd = syscall(NR_creat, "seek", 0644);

	EXPECT_EQ(10, syscall(NR_write, fd, "0123456789", 10));
	EXPECT_EQ(4, syscall(NR_lseek, fd, 4, 0));
	EXPECT_EQ(7, syscall(NR_lseek, fd, 3, 1));
	EXPECT_EQ(8, syscall(NR_lseek, fd, -2, 2));
	EXPECT_EQ(-EINVAL, syscall(NR_lseek, fd, -1, 0));
	EXPECT_EQ(-EINVAL, syscall(NR_lseek, fd, 0, 3));
	EXPECT_EQ(0, syscall(NR_close, fd));
	EXPECT_EQ(0, syscall(NR_unlink, "seek"));
	EXPECT_EQ(0, syscall(NR_pipe, fds));
	EXPECT_EQ(-ESPIPE, syscall(NR_lseek, fds[0], 0, 0));
	syscall(NR_close, fds[0]);
	syscall(NR_close, fds[1]);
	EXPECT_EQ(-EACCES, syscall(NR_access, "no such file", 0));
	EXPECT_EQ(-ENOENT, syscall(NR_open, "no such file", 0, 0));
}

static void test_stat(void)
{
	struct stat12 st, by_fd;
	long fd = syscall(NR_creat, "file", 0640);

	EXPECT_EQ(32, sizeof(st));
	syscall(NR_write, fd, "abc", 3);
	EXPECT_EQ(0, syscall(NR_stat, "file", &st));
	EXPECT_EQ(0, syscall(NR_fstat, fd, &by_fd));
	EXPECT_EQ(0, memcmp(&st, &by_fd, sizeof(st)));
	EXPECT_EQ(0100640, st.mode);
	EXPECT_EQ(3, st.size);
	EXPECT_EQ(1, st.nlink);
	EXPECT(st.ino != 0 && st.mtime > 0);
	EXPECT_EQ(0, syscall(NR_symlink, "file", "link"));
	EXPECT_EQ(0, syscall(NR_lstat, "link", &st));
	EXPECT_EQ(0120000, st.mode & 0170000);
	EXPECT_EQ(0, syscall(NR_stat, "link", &st));
	EXPECT_EQ(0100640, st.mode);
	EXPECT_EQ(-ENOENT, syscall(NR_stat, "no such file", &st));
	EXPECT_EQ(-EFAULT, syscall(NR_stat, "file", SPACE_END - 8));
	syscall(NR_unlink, "link");
	syscall(NR_unlink, "file");
	syscall(NR_close, fd);
	EXPECT_EQ(0, syscall(NR_stat, "/dev/null", &st));
	EXPECT_EQ(0x103, st.rdev);
}

static void test_fcntl(void)
{
	long fd = syscall(NR_open, "/dev/null", 2, 0);

	EXPECT_EQ(10, syscall(NR_fcntl, fd, 0, 10));
	EXPECT_EQ(0, syscall(NR_fcntl, 10, 1, 0));
	EXPECT_EQ(0, syscall(NR_fcntl, 10, 2, 1));
	EXPECT_EQ(1, syscall(NR_fcntl, 10, 1, 0));
	EXPECT_EQ(2, syscall(NR_fcntl, 10, 3, 0) & 3);
	EXPECT_EQ(-EPERM, syscall(NR_fcntl, fd, 5, 0));
	EXPECT_EQ(-EPERM, syscall(NR_fcntl, fd, 7, 0));
	EXPECT_EQ(-EBADF, syscall(NR_fcntl, 19, 5, 0));
	EXPECT_EQ(-EINVAL, syscall(NR_fcntl, fd, 8, 0));
	EXPECT_EQ(-EINVAL, syscall(NR_fcntl, fd, 0, 20));
	syscall(NR_close, 10);
	syscall(NR_close, fd);
}

static void test_open_flags(void)
{
	char buf[8];
	long fd;

	EXPECT_EQ(-ENOENT, open("flags", O_RDWR, 0));
	fd = open("flags", O_RDWR | O_CREAT | O_EXCL, 0604);
	EXPECT(fd >= 0);
	EXPECT_EQ(3, write(fd, "abc", 3));
	close(fd);
	EXPECT_EQ(-EEXIST, open("flags", O_RDWR | O_CREAT | O_EXCL, 0600));
	fd = open("flags", O_WRONLY | O_APPEND, 0);
	EXPECT_EQ(0, syscall(NR_lseek, fd, 0, 0));
	EXPECT_EQ(3, write(fd, "def", 3));
	EXPECT_EQ(-EINVAL, read(fd, buf, 1));			/* not open for that */
	close(fd);
	fd = open("flags", O_RDONLY, 0);
	EXPECT_EQ(-EINVAL, write(fd, "x", 1));
	EXPECT_EQ(6, read(fd, buf, 8));
	EXPECT_EQ(0, memcmp(buf, "abcdef", 6));
	close(fd);
	close(open("flags", O_WRONLY | O_TRUNC, 0));
	fd = open("flags", O_RDONLY, 0);
	EXPECT_EQ(0, read(fd, buf, 8));
	close(fd);
	EXPECT_EQ(-EISDIR, open(".", O_RDWR, 0));
	EXPECT_EQ(-ENOTDIR, open("flags/x", O_RDONLY, 0));
	EXPECT_EQ(0, unlink("flags"));
}

static void test_close_on_exec(void)
{
	char *argv[] = { start_argv[0], "-open", 0, 0 }, digit[2] = "0";
	long fd = open("/dev/null", O_RDONLY, 0);

	digit[0] += fd;
	argv[2] = digit;
	EXPECT_EQ(0, run(start_argv[0], argv));			/* main(): is it open there? */
	EXPECT_EQ(0, fcntl(fd, F_SETFD, 1));
	EXPECT_EQ(EINVAL << 8, run(start_argv[0], argv));
	close(fd);
}

static void test_dup(void)
{
	long fd = open("/dev/null", O_RDONLY, 0), copy = syscall(NR_dup, fd);

	EXPECT(copy > fd);
	EXPECT_EQ(11, dup2(fd, 11));
	EXPECT_EQ(0, fcntl(11, F_GETFD, 0));
	EXPECT_EQ(-EBADF, syscall(NR_dup, 19));
	EXPECT_EQ(-EBADF, dup2(19, 11));
	close(11);
	close(copy);
	close(fd);
}

static void test_pipe(void)
{
	char buf[4];
	long fds[2], pid;

	EXPECT_EQ(0, pipe(fds));
	EXPECT_EQ(0, fcntl(fds[0], 4, 04000));			/* F_SETFL, O_NONBLOCK */
	EXPECT_EQ(-EAGAIN, read(fds[0], buf, 4));
	EXPECT_EQ(4, write(fds[1], "pipe", 4));
	EXPECT_EQ(2, read(fds[0], buf, 2));
	EXPECT_EQ(2, read(fds[0], buf, 4));
	close(fds[1]);
	EXPECT_EQ(0, read(fds[0], buf, 4));			/* nobody writes any more */
	close(fds[0]);
	EXPECT_EQ(0, pipe(fds));
	pid = fork();
	if (!pid) {
		close(fds[0]);
		exit(write(fds[1], "x", 1) & 0xff);
	}
	close(fds[0]);
	wait_for(pid);
	pid = fork();
	if (!pid) {
		write(fds[1], "x", 1);
		exit(0);
	}
	EXPECT_EQ(SIGPIPE, wait_for(pid));			/* nobody reads */
	close(fds[1]);
}

static void test_times_of_files(void)
{
	long times[2] = { 1000, 2000 }, now = time(0);
	struct stat12 st;

	make_file("old", "x", 0600);
	EXPECT_EQ(0, syscall(NR_utime, "old", times));
	EXPECT_EQ(0, stat("old", &st));
	EXPECT_EQ(2000, st.mtime);
	EXPECT_EQ(0, syscall(NR_utime, "old", 0));
	EXPECT_EQ(0, stat("old", &st));
	EXPECT(st.mtime >= now && st.mtime <= now + 5);
	EXPECT_EQ(-ENOENT, syscall(NR_utime, "no such file", 0));
	unlink("old");
}

static void test_rights(void)
{
	struct stat12 st;
	long pid, old = umask(027);

	close(syscall(NR_creat, "rights", 0777));
	EXPECT_EQ(027, umask(old));
	stat("rights", &st);
	EXPECT_EQ(0100750, st.mode);
	EXPECT_EQ(0, chmod("rights", 04640));
	EXPECT_EQ(0, syscall(NR_chown, "rights", 7, 8));
	stat("rights", &st);
	EXPECT(st.uid == 7 && st.gid == 8);
	EXPECT_EQ(0, syscall(NR_access, "rights", 6));		/* root may */
	EXPECT_EQ(-EACCES, syscall(NR_access, "rights", 1));	/* what nobody may execute */
	chmod("rights", 0640);
	chmod(".", 0777);
	pid = fork();
	if (!pid) {
		syscall(NR_setuid, 100);
		EXPECT_EQ(-EACCES, syscall(NR_access, "rights", 4));
		EXPECT_EQ(-EACCES, open("rights", O_RDONLY, 0));
		EXPECT_EQ(-EPERM, chmod("rights", 0777));
		EXPECT_EQ(-EPERM, syscall(NR_chown, "rights", 100, 100));
		EXPECT_EQ(-EPERM, mknod("node", S_IFCHR | 0666, 0x103));
		exit(any_failed());
	}
	EXPECT_EQ(0, wait_for(pid));
	chmod(".", 0755);
	unlink("rights");
}

const struct test file_tests[] = {
	{ "bad_descriptors", test_bad_descriptors },
	{ "twenty_descriptors", test_twenty_descriptors },
	{ "seek", test_seek },
	{ "stat", test_stat },
	{ "fcntl", test_fcntl },
	{ "open_flags", test_open_flags },
	{ "close_on_exec", test_close_on_exec },
	{ "dup", test_dup },
	{ "pipe", test_pipe },
	{ "times_of_files", test_times_of_files },
	{ "rights", test_rights },
	{ 0, 0 },
};
