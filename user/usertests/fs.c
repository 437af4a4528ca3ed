/*
 * fs.c - tests of files: reading, writing, holes, truncation, permissions, locks, times.
 */
#include "usertests.h"
#include <sys/resource.h>
#include <sys/statfs.h>
#include <sys/uio.h>

static void open_flags(void)
{
	int fd;

	EXPECT_ERRNO(ENOENT, open("f", O_RDWR));
	fd = EXPECT_OK(open("f", O_RDWR | O_CREAT | O_EXCL, 0640));
	EXPECT_EQ(5, write(fd, "hello", 5));
	EXPECT_OK(close(fd));
	EXPECT_ERRNO(EBADF, close(fd));
	EXPECT_ERRNO(EEXIST, open("f", O_RDWR | O_CREAT | O_EXCL, 0640));
	expect_file("f", "hello");
	fd = EXPECT_OK(open("f", O_RDONLY));
	EXPECT_ERRNO(EBADF, write(fd, "x", 1));
	fd = EXPECT_OK(open("f", O_WRONLY | O_TRUNC));
	EXPECT_ERRNO(EBADF, read(fd, &fd, 1));
	expect_file("f", "");
	EXPECT_ERRNO(EISDIR, open(".", O_RDWR));
	EXPECT_ERRNO(EISDIR, open(".", O_WRONLY | O_CREAT, 0600));
	EXPECT_ERRNO(ENOTDIR, open("f", O_RDONLY | O_DIRECTORY));
	EXPECT_ERRNO(ENOTDIR, open("f/g", O_RDONLY));
	EXPECT_ERRNO(ENOENT, open("d/g", O_RDWR | O_CREAT, 0600));
	EXPECT_ERRNO(ENOENT, open("", O_RDONLY));
	EXPECT_OK(symlink("f", "s"));
	EXPECT_ERRNO(ELOOP, open("s", O_RDONLY | O_NOFOLLOW));
	EXPECT_ERRNO(EEXIST, open("s", O_RDWR | O_CREAT | O_EXCL, 0600));
}

static void offsets(void)
{
	char buf[16];
	int fd = EXPECT_OK(open("f", O_RDWR | O_CREAT, 0600));

	EXPECT_EQ(10, write(fd, "0123456789", 10));
	EXPECT_EQ(10, lseek(fd, 0, SEEK_CUR));
	EXPECT_EQ(0, read(fd, buf, 5));
	EXPECT_EQ(2, lseek(fd, 2, SEEK_SET));
	EXPECT_EQ(3, read(fd, buf, 3));
	EXPECT(!memcmp(buf, "234", 3));
	EXPECT_EQ(4, lseek(fd, -1, SEEK_CUR));
	EXPECT_EQ(7, lseek(fd, -3, SEEK_END));
	EXPECT_EQ(3, read(fd, buf, 16));
	EXPECT_EQ(2, pread(fd, buf, 2, 1));
	EXPECT(!memcmp(buf, "12", 2));
	EXPECT_EQ(2, pwrite(fd, "XY", 2, 0));
	EXPECT_EQ(10, lseek(fd, 0, SEEK_CUR));
	EXPECT_ERRNO(EINVAL, lseek(fd, -1, SEEK_SET));
	EXPECT_ERRNO(EINVAL, lseek(fd, 0, 9));
	EXPECT_ERRNO(EINVAL, pread(fd, buf, 1, -1));
	EXPECT_EQ(0, pread(fd, buf, 1, 1000));
	EXPECT_EQ(0, write(fd, buf, 0));
	expect_file("f", "XY23456789");
}

/* A dup shares the offset, a second open does not, a fork does. */
static void read_three(void *arg)
{
	char buf[3];

	EXPECT_EQ(3, read(*(int *)arg, buf, 3));
}

static void shared_offsets(void)
{
	int a, b, c;

	write_file("f", "0123456789");
	a = EXPECT_OK(open("f", O_RDONLY));
	b = EXPECT_OK(dup(a));
	c = EXPECT_OK(open("f", O_RDONLY));
	read_three(&b);
	EXPECT_EQ(3, lseek(a, 0, SEEK_CUR));
	EXPECT_EQ(0, lseek(c, 0, SEEK_CUR));
	in_child(read_three, &a);
	EXPECT_EQ(6, lseek(b, 0, SEEK_CUR));
}

static void descriptors(void)
{
	int a = EXPECT_OK(open("/dev/null", O_RDWR)), b;

	EXPECT_EQ(a, dup2(a, a));
	EXPECT_EQ(50, dup2(a, 50));
	EXPECT_EQ(51, fcntl(a, F_DUPFD, 50));
	EXPECT_EQ(0, fcntl(51, F_GETFD));
	EXPECT_EQ(52, fcntl(a, F_DUPFD_CLOEXEC, 50));
	EXPECT_EQ(FD_CLOEXEC, fcntl(52, F_GETFD));
	EXPECT_EQ(53, dup3(a, 53, O_CLOEXEC));
	EXPECT_EQ(FD_CLOEXEC, fcntl(53, F_GETFD));
	EXPECT_ERRNO(EINVAL, dup3(a, a, 0));
	EXPECT_ERRNO(EBADF, dup2(99, 60));
	EXPECT_ERRNO(EBADF, dup2(a, -1));
	EXPECT_ERRNO(EBADF, dup(-1));
	EXPECT_ERRNO(EINVAL, fcntl(a, F_DUPFD, -1));
	EXPECT_OK(close(a));
	b = EXPECT_OK(open("/dev/null", O_RDONLY));
	EXPECT_EQ(a, b);
	EXPECT_OK(fcntl(b, F_SETFL, O_NONBLOCK | O_APPEND));
	EXPECT_EQ(O_NONBLOCK | O_APPEND, fcntl(b, F_GETFL) & (O_NONBLOCK | O_APPEND | O_ACCMODE));
}

/* What was never written reads as zeroes and takes no room. */
static void holes(void)
{
	char buf[4096];
	struct statfs64 before, after;
	struct stat st;
	int fd = EXPECT_OK(open("f", O_RDWR | O_CREAT, 0600));

	EXPECT_OK(fstatfs64(fd, &before));
	EXPECT_EQ(3000000, lseek(fd, 3000000, SEEK_SET));
	EXPECT_EQ(3, write(fd, "end", 3));
	EXPECT_EQ(3, pwrite(fd, "mid", 3, 1000000));
	EXPECT_OK(fstat(fd, &st));
	EXPECT_EQ(3000003, st.st_size);
	EXPECT_OK(fsync(fd));
	EXPECT_OK(fstatfs64(fd, &after));
	EXPECT((before.f_bfree - after.f_bfree) * before.f_bsize < 1000000);
	for (long at = 0; at < 3000000; at += 100000) {
		EXPECT_EQ(4096, pread(fd, buf, 4096, at));
		EXPECT_EQ(at == 1000000 ? 'm' : 0, buf[0]);
		EXPECT_EQ(0, buf[3]);
	}
	EXPECT_EQ(3, pread(fd, buf, 10, 3000000));
	EXPECT(!memcmp(buf, "end", 3));
	EXPECT_EQ(4, pwrite(fd, "fill", 4, 500000));
	EXPECT_EQ(8, pread(fd, buf, 8, 499998));
	EXPECT(!memcmp(buf, "\0\0fill\0\0", 8));
}

/* What is cut off is gone, also when the file grows again. */
static void truncation(void)
{
	char buf[10000];
	struct stat st;
	int fd = EXPECT_OK(open("f", O_RDWR | O_CREAT, 0600));

	memset(buf, 't', sizeof(buf));
	EXPECT_EQ(10000, write(fd, buf, 10000));
	EXPECT_OK(ftruncate(fd, 5000));
	EXPECT_OK(fstat(fd, &st));
	EXPECT_EQ(5000, st.st_size);
	EXPECT_EQ(5000, pread(fd, buf, 10000, 0));
	EXPECT_OK(truncate("f", 9000));
	EXPECT_EQ(9000, pread(fd, buf, 10000, 0));
	EXPECT_EQ('t', buf[4999]);
	for (int i = 5000; i < 9000; i++)
		EXPECT_EQ(0, buf[i]);
	EXPECT_OK(ftruncate(fd, 0));
	EXPECT_OK(fstat(fd, &st));
	EXPECT_EQ(0, st.st_size);
	EXPECT_EQ(0, st.st_blocks);
	EXPECT_ERRNO(EINVAL, ftruncate(fd, -1));
	EXPECT_ERRNO(EISDIR, truncate(".", 0));
	EXPECT_ERRNO(ENOENT, truncate("missing", 0));
	fd = EXPECT_OK(open("f", O_RDONLY));
	EXPECT_ERRNO(EINVAL, ftruncate(fd, 0));
}

/* Through all levels of the block tree, in pieces that fit nothing. */
static void large_file(void)
{
	enum { PIECE = 3333, COUNT = 700 };
	char buf[PIECE], seen[PIECE];
	int fd = EXPECT_OK(open("f", O_RDWR | O_CREAT, 0600));

	for (int i = 0; i < COUNT; i++) {
		memset(buf, i % 251, PIECE);
		EXPECT_EQ(PIECE, write(fd, buf, PIECE));
	}
	EXPECT_OK(fsync(fd));
	EXPECT_EQ(0, lseek(fd, 0, SEEK_SET));
	for (int i = 0; i < COUNT; i++) {
		memset(buf, i % 251, PIECE);
		EXPECT_EQ(PIECE, read(fd, seen, PIECE));
		EXPECT(!memcmp(buf, seen, PIECE));
	}
	EXPECT_EQ(0, read(fd, seen, 1));
}

static void append_lines(void *arg)
{
	int fd = EXPECT_OK(open("f", O_WRONLY | O_APPEND));
	char line[20];

	snprintf(line, sizeof(line), "line of process %ld\n", (long)arg);
	for (int i = 0; i < 100; i++)
		EXPECT_EQ(18, write(fd, line, 18));
}

/* With O_APPEND nobody overwrites what another has written. */
static void appending(void)
{
	char buf[18];
	int counts[4] = { 0 }, fd;
	pid_t pids[4];

	write_file("f", "");
	for (long i = 0; i < 4; i++)
		pids[i] = start(append_lines, (void *)i);
	for (int i = 0; i < 4; i++)
		EXPECT_EXIT(0, finish(pids[i]));
	fd = EXPECT_OK(open("f", O_RDWR | O_APPEND));
	while (read(fd, buf, 18) == 18) {
		EXPECT(!memcmp(buf, "line of process ", 16) && buf[17] == '\n');
		EXPECT(buf[16] >= '0' && buf[16] < '4');
		counts[buf[16] - '0']++;
	}
	for (int i = 0; i < 4; i++)
		EXPECT_EQ(100, counts[i]);
	EXPECT_EQ(0, lseek(fd, 0, SEEK_SET));
	EXPECT_EQ(1, write(fd, "x", 1));
	EXPECT_EQ(7201, lseek(fd, 0, SEEK_CUR));
}

static void vectors(void)
{
	char a[3], b[4];
	struct iovec out[3] = { { "ab", 2 }, { "", 0 }, { "cdefg", 5 } };
	struct iovec in[2] = { { a, 3 }, { b, 4 } };
	int fd = EXPECT_OK(open("f", O_RDWR | O_CREAT, 0600));

	EXPECT_EQ(7, writev(fd, out, 3));
	EXPECT_EQ(0, lseek(fd, 0, SEEK_SET));
	EXPECT_EQ(7, readv(fd, in, 2));
	EXPECT(!memcmp(a, "abc", 3) && !memcmp(b, "defg", 4));
	EXPECT_ERRNO(EINVAL, writev(fd, out, -1));
	EXPECT_ERRNO(EINVAL, writev(fd, out, 1025));
}

static void send_file(void)
{
	int in, out;
	off_t at = 2;

	write_file("in", "0123456789");
	in = EXPECT_OK(open("in", O_RDONLY));
	out = EXPECT_OK(open("out", O_WRONLY | O_CREAT, 0600));
	EXPECT_EQ(4, syscall(__NR_sendfile64, out, in, &at, 4));
	EXPECT_EQ(6, at);
	EXPECT_EQ(0, lseek(in, 0, SEEK_CUR));
	EXPECT_EQ(10, syscall(__NR_sendfile64, out, in, NULL, 100));
	expect_file("out", "23450123456789");
}

static void as_user(void *arg)
{
	(void)arg;
	become_user();
	EXPECT_ERRNO(EACCES, open("root_only", O_RDONLY));
	EXPECT_ERRNO(EACCES, open("readable", O_RDWR));
	EXPECT_OK(open("readable", O_RDONLY));
	EXPECT_ERRNO(EACCES, open("closed/f", O_RDONLY));
	EXPECT_ERRNO(EACCES, open("readdir/f", O_RDONLY));
	EXPECT_ERRNO(EACCES, open("closed/new", O_RDWR | O_CREAT, 0600));
	EXPECT_OK(open("search/f", O_RDONLY));
	EXPECT_ERRNO(EACCES, open("search", O_RDONLY));
	EXPECT_OK(open("group", O_RDWR));
	EXPECT_ERRNO(EACCES, open("not_owner", O_RDONLY));
	EXPECT_ERRNO(EPERM, chmod("readable", 0777));
	EXPECT_ERRNO(EPERM, chown("readable", TEST_UID, TEST_GID));
	EXPECT_ERRNO(EACCES, access("root_only", R_OK));
	EXPECT_OK(access("readable", R_OK));
	EXPECT_ERRNO(EACCES, unlink("search/f"));
	EXPECT_ERRNO(EPERM, unlink("sticky/f"));
	EXPECT_ERRNO(EPERM, rename("sticky/f", "sticky/g"));
	EXPECT_OK(creat("sticky/mine", 0600));
	EXPECT_OK(unlink("sticky/mine"));
}

static void make_dir(const char *name, mode_t mode)
{
	char path[40];

	EXPECT_OK(mkdir(name, 0755));
	snprintf(path, sizeof(path), "%s/f", name);
	write_file(path, "inside");
	EXPECT_OK(chmod(name, mode));
}

static void permissions(void)
{
	write_file("root_only", "secret");
	EXPECT_OK(chmod("root_only", 0600));
	write_file("readable", "open");
	EXPECT_OK(chmod("readable", 0644));
	write_file("group", "group");
	EXPECT_OK(chmod("group", 0060));
	EXPECT_OK(chown("group", 0, TEST_GID));
	write_file("not_owner", "others may");
	EXPECT_OK(chown("not_owner", TEST_UID, 0));
	EXPECT_OK(chmod("not_owner", 0044));
	make_dir("closed", 0700);
	make_dir("readdir", 0744);
	make_dir("search", 0711);
	make_dir("sticky", 01777);
	in_child(as_user, NULL);
	EXPECT_OK(open("not_owner", O_RDWR));
}

static void modes(void)
{
	struct stat st;

	umask(027);
	EXPECT_OK(creat("f", 0777));
	EXPECT_OK(stat("f", &st));
	EXPECT_EQ(S_IFREG | 0750, st.st_mode);
	EXPECT_OK(mkdir("d", 0777));
	EXPECT_OK(stat("d", &st));
	EXPECT_EQ(S_IFDIR | 0750, st.st_mode);
	EXPECT_EQ(027, umask(022));
	EXPECT_OK(chmod("f", 06711));
	EXPECT_OK(stat("f", &st));
	EXPECT_EQ(S_IFREG | 06711, st.st_mode);
	EXPECT_EQ(1, st.st_nlink);
	EXPECT_EQ(getuid(), st.st_uid);
	if (geteuid() == 0) {
		EXPECT_OK(chown("f", 5, -1));
		EXPECT_OK(stat("f", &st));
		EXPECT_EQ(5, st.st_uid);
		EXPECT_EQ(S_IFREG | 0711, st.st_mode);
	}
}

static struct flock lock_of(int type, int from, int length)
{
	return (struct flock){ .l_type = type, .l_whence = SEEK_SET, .l_start = from,
			       .l_len = length };
}

static void lock_conflicts(void *arg)
{
	struct flock l = lock_of(F_WRLCK, 15, 1);
	int fd = EXPECT_OK(open("f", O_RDWR));

	EXPECT_ERRNO(EAGAIN, fcntl(fd, F_SETLK, &l));
	EXPECT_OK(fcntl(fd, F_GETLK, &l));
	EXPECT_EQ(F_WRLCK, l.l_type);
	EXPECT_EQ((long)arg, l.l_pid);
	EXPECT_EQ(10, l.l_start);
	EXPECT_EQ(10, l.l_len);
	l = lock_of(F_WRLCK, 20, 5);
	EXPECT_OK(fcntl(fd, F_SETLK, &l));
	l = lock_of(F_RDLCK, 0, 5);
	EXPECT_OK(fcntl(fd, F_SETLK, &l));
	l = lock_of(F_WRLCK, 0, 5);
	EXPECT_ERRNO(EAGAIN, fcntl(fd, F_SETLK, &l));
}

static void lock_waits(void *arg)
{
	struct flock l = lock_of(F_WRLCK, 10, 10);
	int fd = EXPECT_OK(open("f", O_RDWR));
	long begin = now_ms();

	(void)arg;
	EXPECT_OK(fcntl(fd, F_SETLKW, &l));
	EXPECT(now_ms() - begin >= 30);
}

static void lock_is_free(void *arg)
{
	struct flock l = lock_of(F_WRLCK, 10, 10);
	int fd = EXPECT_OK(open("f", O_RDWR));

	(void)arg;
	EXPECT_OK(fcntl(fd, F_SETLK, &l));
}

static void locks(void)
{
	struct flock l;
	pid_t pid;
	int fd, again;

	write_file("f", "0123456789");
	fd = EXPECT_OK(open("f", O_RDWR));
	l = lock_of(F_WRLCK, 10, 10);
	EXPECT_OK(fcntl(fd, F_SETLK, &l));
	l = lock_of(F_RDLCK, 0, 5);
	EXPECT_OK(fcntl(fd, F_SETLK, &l));
	in_child(lock_conflicts, (void *)(long)getpid());
	pid = start(lock_waits, NULL);
	sleep_ms(60);
	l = lock_of(F_UNLCK, 0, 0);
	EXPECT_OK(fcntl(fd, F_SETLK, &l));
	EXPECT_EXIT(0, finish(pid));
	/* Closing any descriptor of the file drops the process's locks. */
	l = lock_of(F_WRLCK, 10, 10);
	EXPECT_OK(fcntl(fd, F_SETLK, &l));
	again = EXPECT_OK(open("f", O_RDONLY));
	EXPECT_OK(close(again));
	in_child(lock_is_free, NULL);
}

/* Two processes waiting for each other: one of them must be told. */
static void lock_second(void *arg)
{
	struct flock l = lock_of(F_WRLCK, 1, 1);
	int fd = EXPECT_OK(open("f", O_RDWR));

	(void)arg;
	EXPECT_OK(fcntl(fd, F_SETLKW, &l));
	l = lock_of(F_WRLCK, 0, 1);
	EXPECT_OK(fcntl(fd, F_SETLKW, &l));
}

static void lock_deadlock(void)
{
	struct flock l = lock_of(F_WRLCK, 0, 1);
	pid_t pid;
	int fd;

	write_file("f", "01");
	fd = EXPECT_OK(open("f", O_RDWR));
	EXPECT_OK(fcntl(fd, F_SETLK, &l));
	pid = start(lock_second, NULL);
	sleep_ms(60);
	l = lock_of(F_WRLCK, 1, 1);
	EXPECT_ERRNO(EDEADLK, fcntl(fd, F_SETLKW, &l));
	l = lock_of(F_UNLCK, 0, 0);
	EXPECT_OK(fcntl(fd, F_SETLK, &l));
	EXPECT_EXIT(0, finish(pid));
}

static void times_of_file(void)
{
	struct timespec set[2] = { { 1000000, 0 }, { 2000000, 0 } };
	struct stat st;
	time_t before = time(NULL) - 1;

	write_file("f", "x");
	EXPECT_OK(stat("f", &st));
	EXPECT((time_t)st.st_mtime >= before && (time_t)st.st_mtime <= before + 10);
	EXPECT_OK(utimensat(AT_FDCWD, "f", set, 0));
	EXPECT_OK(stat("f", &st));
	EXPECT_EQ(2000000, st.st_mtime);
	write_file("f", "y");
	EXPECT_OK(stat("f", &st));
	EXPECT((time_t)st.st_mtime >= before);
	EXPECT_ERRNO(ENOENT, utimensat(AT_FDCWD, "missing", set, 0));
}

static void grow_too_far(void *arg)
{
	struct rlimit limit = { 1000, 1000 };
	char buf[800];
	int fd = EXPECT_OK(open("f", O_RDWR | O_CREAT, 0600));

	EXPECT_OK(setrlimit(RLIMIT_FSIZE, &limit));
	EXPECT_EQ(800, write(fd, buf, 800));
	EXPECT_EQ(200, write(fd, buf, 800));
	if (arg)
		signal(SIGXFSZ, SIG_IGN);
	EXPECT_ERRNO(EFBIG, write(fd, buf, 800));
}

static void size_limit(void)
{
	EXPECT_KILLED(SIGXFSZ, finish(start(grow_too_far, NULL)));
	EXPECT_OK(unlink("f"));
	in_child(grow_too_far, "ignore");
}

static void devices(void)
{
	char buf[100];
	int fd = EXPECT_OK(open("/dev/null", O_RDWR));
	struct stat st;

	EXPECT_EQ(100, write(fd, buf, 100));
	EXPECT_EQ(0, read(fd, buf, 100));
	EXPECT_OK(fstat(fd, &st));
	EXPECT(S_ISCHR(st.st_mode));
	EXPECT_EQ(makedev(1, 3), st.st_rdev);
	memset(buf, 1, sizeof(buf));
	fd = EXPECT_OK(open("/dev/zero", O_RDWR));
	EXPECT_EQ(100, read(fd, buf, 100));
	EXPECT_EQ(0, buf[0] | buf[99]);
	EXPECT_EQ(100, write(fd, buf, 100));
}

static void file_system(void)
{
	struct statfs64 st;

	EXPECT_OK(statfs64(".", &st));
	EXPECT(st.f_bsize >= 512 && st.f_blocks > 0 && st.f_bfree <= st.f_blocks);
	EXPECT(st.f_namelen >= 14);
	EXPECT_ERRNO(ENOENT, statfs64("missing", &st));
	sync();
}

const struct test fs_tests[] = {
	{ "fs.open_flags", open_flags, 0 },
	{ "fs.offsets", offsets, 0 },
	{ "fs.shared_offsets", shared_offsets, 0 },
	{ "fs.descriptors", descriptors, 0 },
	{ "fs.holes", holes, 0 },
	{ "fs.truncation", truncation, 0 },
	{ "fs.large_file", large_file, 0 },
	{ "fs.appending", appending, 0 },
	{ "fs.vectors", vectors, 0 },
	{ "fs.send_file", send_file, 0 },
	{ "fs.permissions", permissions, NEEDS_ROOT },
	{ "fs.modes", modes, 0 },
	{ "fs.locks", locks, 0 },
	{ "fs.lock_deadlock", lock_deadlock, 0 },
	{ "fs.times", times_of_file, 0 },
	{ "fs.size_limit", size_limit, 0 },
	{ "fs.devices", devices, 0 },
	{ "fs.file_system", file_system, 0 },
	{ NULL, NULL, 0 },
};
