/*
 * Terminals, and waiting for several descriptors.
 */
#include "tests12.h"

static void test_select(void)
{
	long fds[2], set, args[5], time[2] = { 3, 0 };
	char c;

	EXPECT_EQ(0, syscall(NR_pipe, fds));
	set = 1 << fds[0];
	args[0] = 32;
	args[1] = (long)&set;
	args[2] = args[3] = 0;
	args[4] = (long)time;
	time[0] = 0;
	EXPECT_EQ(0, syscall(NR_select, args));
	EXPECT_EQ(0, set);
	syscall(NR_write, fds[1], "x", 1);
	set = 1 << fds[0];
	time[0] = 3;
	EXPECT_EQ(1, syscall(NR_select, args));
	EXPECT_EQ(1 << fds[0], set);
	EXPECT(time[0] == 3 || (time[0] == 2 && time[1] > 0));	/* what is left of it */
	set = 1 << fds[1] | 1 << 19;
	EXPECT_EQ(-EBADF, syscall(NR_select, args));
	EXPECT_EQ(1, syscall(NR_read, fds[0], &c, 1));
	set = 1 << fds[0];
	time[0] = 0;
	time[1] = 30000;
	EXPECT_EQ(0, syscall(NR_select, args));
	EXPECT(!set && !time[0] && !time[1]);			/* nothing of it is left */
	EXPECT_EQ(-EFAULT, syscall(NR_select, SPACE_END));
	syscall(NR_close, fds[0]);
	syscall(NR_close, fds[1]);
}

static void test_ioctl(void)
{
	char buf[64];
	long fds[2], fd = syscall(NR_open, "/dev/tty", 2, 0);

	if (fd >= 0) {
		EXPECT_EQ(0, syscall(NR_ioctl, fd, 0x5401, buf));	/* TCGETS */
		EXPECT_EQ(-EINVAL, syscall(NR_ioctl, fd, 0x5413, buf));	/* TIOCGWINSZ */
		syscall(NR_close, fd);
	}
	fd = syscall(NR_creat, "file", 0644);
	EXPECT_EQ(-EINVAL, syscall(NR_ioctl, fd, 0x5401, buf));
	syscall(NR_close, fd);
	syscall(NR_unlink, "file");
	fd = syscall(NR_open, "/dev/null", 0, 0);
	EXPECT_EQ(-ENOTTY, syscall(NR_ioctl, fd, 0x5401, buf));
	EXPECT_EQ(-ENOTTY, syscall(NR_ioctl, fd, 0x1234, buf));
	syscall(NR_close, fd);
	EXPECT_EQ(0, mknod("disk", S_IFBLK | 0600, 0x300));
	fd = open("disk", O_RDONLY, 0);
	EXPECT_EQ(-ENOTTY, syscall(NR_ioctl, fd, 0x5401, buf));
	EXPECT_EQ(-ENOTTY, syscall(NR_ioctl, fd, 0x301, buf));
	syscall(NR_close, fd);
	unlink("disk");
	EXPECT_EQ(0, syscall(NR_pipe, fds));
	syscall(NR_write, fds[1], "abc", 3);
	EXPECT_EQ(0, syscall(NR_ioctl, fds[0], 0x541b, buf));		/* FIONREAD */
	EXPECT_EQ(3, *(int *)buf);
	syscall(NR_close, fds[0]);
	syscall(NR_close, fds[1]);
}

/* The last console, by its number. */
static long open_console(void)
{
	long fd;

	EXPECT_EQ(0, mknod("tty", S_IFCHR | 0600, 4 << 8 | 4));
	fd = open("tty", O_RDWR | 0400, 0);			/* O_NOCTTY */
	EXPECT(fd >= 0);
	unlink("tty");
	return fd;
}

struct termio12 {
	unsigned short iflag, oflag, cflag, lflag;
	unsigned char line, cc[9];
};

struct termios12 {
	unsigned int iflag, oflag, cflag, lflag;
	unsigned char line, cc[17], pad[2];
};

static void test_termio(void)
{
	struct termio12 t, old;
	struct termios12 s;
	long fd = open_console();
	int set;

	EXPECT_EQ(18, sizeof(t));
	EXPECT_EQ(36, sizeof(s));
	EXPECT_EQ(0, ioctl(fd, 0x5405, &old));			/* TCGETA */
	EXPECT_EQ(0, ioctl(fd, TCGETS, &s));
	EXPECT(s.lflag == old.lflag && s.cc[0] == old.cc[0] && s.cc[0] == 3);
	for (set = 0x5406; set <= 0x5408; set++) {		/* TCSETA, TCSETAW, TCSETAF */
		t = old;
		t.lflag ^= 8;					/* ECHO */
		t.cc[0] = set & 0x1f;
		EXPECT_EQ(0, ioctl(fd, set, &t));
		EXPECT_EQ(0, ioctl(fd, TCGETS, &s));
		EXPECT_EQ(t.lflag, s.lflag);
		EXPECT_EQ(t.cc[0], s.cc[0]);
		EXPECT_EQ(0, ioctl(fd, set, &old));
	}
	EXPECT_EQ(0, ioctl(fd, TCGETS, &s));
	for (set = 0x5402; set <= 0x5404; set++) {		/* TCSETS, TCSETSW, TCSETSF */
		s.cc[16]++;
		EXPECT_EQ(0, ioctl(fd, set, &s));
		EXPECT_EQ(0, ioctl(fd, TCGETS, &s));
	}
	s.cc[16] -= 3;
	EXPECT_EQ(0, ioctl(fd, TCSETS, &s));
	EXPECT_EQ(-EFAULT, ioctl(fd, TCGETS, (void *)(SPACE_END - 4)));
	close(fd);
}

static void test_tty_ioctls(void)
{
	static const int later[] = { 0x540c, 0x540d, 0x540e, 0x5412, 0x5413, 0x5414, 0x5415, 0x5416,
				     0x5417, 0x5418, 0x5419, 0x541a };
	long fd = open_console(), n = -1;
	unsigned int i;

	for (i = 0; i < sizeof(later) / sizeof(*later); i++)
		EXPECT_EQ(-EINVAL, ioctl(fd, later[i], &n));
	EXPECT_EQ(0, ioctl(fd, 0x541b, &n));			/* TIOCINQ */
	EXPECT_EQ(0, n);
	n = -1;
	EXPECT_EQ(0, ioctl(fd, 0x5411, &n));			/* TIOCOUTQ */
	EXPECT_EQ(0, n);
	EXPECT_EQ(0, ioctl(fd, 0x5409, (void *)1));		/* TCSBRK: wait for the output */
	EXPECT_EQ(0, ioctl(fd, 0x540a, (void *)0));		/* TCXONC: stop it, and go on */
	EXPECT_EQ(0, ioctl(fd, 0x540a, (void *)1));
	EXPECT_EQ(-EINVAL, ioctl(fd, 0x540a, (void *)4));
	for (n = 0; n < 3; n++)
		EXPECT_EQ(0, ioctl(fd, 0x540b, (void *)n));	/* TCFLSH */
	EXPECT_EQ(-EINVAL, ioctl(fd, 0x540b, (void *)3));
	EXPECT_EQ(3, write(fd, "12\n", 3));
	EXPECT_EQ(7, syscall(NR_lseek, fd, 7, 0));		/* its node is on a disk */
	close(fd);
}

/*
 * Groups of a terminal: a session of its own takes it, and puts a child in front. On today's root
 * all terminals have sessions.
 */
static void test_terminal_groups(void)
{
	long pid, child, pgrp = 0, fd;

	if (exists("/sbin/init"))
		return;
	EXPECT_EQ(0, mknod("tty", S_IFCHR | 0600, 4 << 8 | 4));
	pid = fork();
	if (!pid) {
		EXPECT_EQ(getpid(), syscall(NR_setsid));
		EXPECT_EQ(-EPERM, syscall(NR_setsid));
		signal(22, SIG_IGN);				/* SIGTTOU: we go behind it */
		fd = open("tty", O_RDWR, 0);
		EXPECT_EQ(0, ioctl(fd, 0x540f, &pgrp));		/* TIOCGPGRP */
		EXPECT_EQ(getpid(), pgrp);
		child = fork();
		if (!child) {
			syscall(NR_pause);
			exit(0);
		}
		EXPECT_EQ(0, syscall(NR_setpgid, child, child));
		EXPECT_EQ(0, ioctl(fd, 0x5410, &child));	/* TIOCSPGRP */
		EXPECT_EQ(0, ioctl(fd, 0x540f, &pgrp));
		EXPECT_EQ(child, pgrp);
		pgrp = 1;
		EXPECT_EQ(-EPERM, ioctl(fd, 0x5410, &pgrp));	/* another session */
		EXPECT_EQ(0, kill(-child, SIGUSR1));
		EXPECT_EQ(SIGUSR1, wait_for(child));
		EXPECT(open("/dev/tty", O_RDWR, 0) >= 0);
		signal(1, SIG_IGN);				/* SIGHUP: its session ends */
		exit(any_failed());
	}
	EXPECT_EQ(0, wait_for(pid));
	unlink("tty");
}

const struct test tty_tests[] = {
	{ "select", test_select },
	{ "ioctl", test_ioctl },
	{ "termio", test_termio },
	{ "tty_ioctls", test_tty_ioctls },
	{ "terminal_groups", test_terminal_groups },
	{ 0, 0 },
};
