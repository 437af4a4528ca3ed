/*
 * mount.c - tests of mounted file systems as a whole: what mount(2) and umount2(2) refuse, and
 * remounting under a program that writes.
 *
 * The hidden ones want a MINIX file system on /mnt: test_minix.py runs them.
 */
#include "usertests.h"
#include <sched.h>
#include <sys/mount.h>
#include <sys/statfs.h>

#define MOUNTED	"/mnt"
#define ROUNDS	3000

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

const struct test mount_tests[] = {
	{ "mount.on_process", on_process, NEEDS_ROOT },
	{ "mount.umount_flags", umount_flags, NEEDS_ROOT },
	{ "mount.remount_race", remount_race, HIDDEN },
	{ NULL, NULL, 0 },
};
