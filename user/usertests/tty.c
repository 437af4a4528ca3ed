/*
 * tty.c - tests of terminals, through pseudo-terminals: the line discipline, job control, hang-up.
 *
 * The test holds the master, where a terminal emulator would sit; "typing" is writing to it, and
 * what it reads is what would appear on the screen.
 */
#include "usertests.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>

static int master, slave;
static volatile int hits;

static void count(int sig)
{
	(void)sig;
	hits++;
}

/* Opens a pair; the slave does not become the controlling terminal. */
static void open_pair(void)
{
	int unlock = 0, n;
	char name[24];

	master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	if (master < 0)
		SKIP("no /dev/ptmx");
	EXPECT_OK(ioctl(master, TIOCSPTLCK, &unlock));
	EXPECT_OK(ioctl(master, TIOCGPTN, &n));
	snprintf(name, sizeof(name), "/dev/pts/%d", n);
	slave = EXPECT_OK(open(name, O_RDWR | O_NOCTTY));
	EXPECT_STR(name, ptsname(master));
}

static void type(const char *text)
{
	EXPECT_EQ(strlen(text), write(master, text, strlen(text)));
}

/* The next read from a descriptor gives exactly this text. */
static void expect_read(int fd, const char *text)
{
	char buf[200];
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int n;

	if (*text)
		EXPECT_EQ(1, poll(&p, 1, 2000));
	n = EXPECT_OK(read(fd, buf, sizeof(buf) - 1));
	buf[n] = 0;
	EXPECT_STR(text, buf);
}

static void expect_nothing(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	EXPECT_EQ(0, poll(&p, 1, 30));
}

static void set_flags(unsigned int lflag_on, unsigned int lflag_off)
{
	struct termios t;

	EXPECT_OK(tcgetattr(slave, &t));
	t.c_lflag |= lflag_on;
	t.c_lflag &= ~lflag_off;
	EXPECT_OK(tcsetattr(slave, TCSANOW, &t));
}

static void settings(void)
{
	struct termios t;
	struct winsize w = { 33, 111, 0, 0 }, seen;

	open_pair();
	EXPECT(isatty(slave) && isatty(master));
	EXPECT_OK(tcgetattr(slave, &t));
	EXPECT_EQ(ICANON | ECHO | ISIG | ECHOE, t.c_lflag & (ICANON | ECHO | ISIG | ECHOE));
	EXPECT_EQ(ICRNL, t.c_iflag & ICRNL);
	EXPECT_EQ(OPOST | ONLCR, t.c_oflag & (OPOST | ONLCR));
	EXPECT_EQ(3, t.c_cc[VINTR]);
	EXPECT_EQ(4, t.c_cc[VEOF]);
	EXPECT_EQ(127, t.c_cc[VERASE]);
	EXPECT_OK(ioctl(master, TIOCSWINSZ, &w));
	EXPECT_OK(ioctl(slave, TIOCGWINSZ, &seen));
	EXPECT_EQ(33, seen.ws_row);
	EXPECT_EQ(111, seen.ws_col);
	EXPECT_ERRNO(ENOTTY, tcgetattr(EXPECT_OK(open("/dev/null", O_RDWR)), &t));
	EXPECT_ERRNO(ENOTTY, ioctl(slave, 0x54ee, &t));
}

/* Whole lines, with editing; a read never takes more than one. */
static void canonical(void)
{
	int n;

	open_pair();
	set_flags(0, ECHO);
	type("par");
	expect_nothing(slave);
	type("t one\nsecond\r");
	expect_read(slave, "part one\n");
	expect_read(slave, "second\n");
	type("abx\177c\n");
	expect_read(slave, "abc\n");
	type("gone\025kept\n");
	expect_read(slave, "kept\n");
	type("two words\027w\n");
	expect_read(slave, "two w\n");
	type("\026\003\n");
	expect_read(slave, "\003\n");
	type("half\004");
	expect_read(slave, "half");
	type("\004");
	expect_read(slave, "");
	type("12345\n");
	EXPECT_EQ(1, poll(&(struct pollfd){ .fd = slave, .events = POLLIN }, 1, 2000));
	EXPECT_OK(ioctl(slave, FIONREAD, &n));
	EXPECT_EQ(6, n);
	EXPECT_OK(tcflush(slave, TCIFLUSH));
	expect_nothing(slave);
}

static void echoing(void)
{
	open_pair();
	type("ab\n");
	expect_read(master, "ab\r\n");
	type("x\177");
	sleep_ms(20);
	expect_read(master, "x\b \b");
	type("\001");
	expect_read(master, "^A");
	EXPECT_EQ(4, write(slave, "out\n", 4));
	expect_read(master, "out\r\n");
	set_flags(0, ECHO);
	type("silent\n");
	expect_nothing(master);
}

/* Without ICANON: VMIN and VTIME say when a read is satisfied. */
static void raw(void)
{
	struct termios t;
	long begin;
	char buf[10];

	open_pair();
	EXPECT_OK(tcgetattr(slave, &t));
	t.c_lflag &= ~(ICANON | ECHO | ISIG);
	t.c_iflag &= ~(ICRNL | IXON);
	t.c_oflag &= ~OPOST;
	t.c_cc[VMIN] = 1;
	t.c_cc[VTIME] = 0;
	EXPECT_OK(tcsetattr(slave, TCSANOW, &t));
	type("a");
	expect_read(slave, "a");
	type("\003\r\177");
	expect_read(slave, "\003\r\177");
	EXPECT_EQ(1, write(slave, "\n", 1));
	expect_read(master, "\n");
	t.c_cc[VMIN] = 0;
	EXPECT_OK(tcsetattr(slave, TCSANOW, &t));
	EXPECT_EQ(0, read(slave, buf, 10));
	t.c_cc[VTIME] = 2;
	EXPECT_OK(tcsetattr(slave, TCSANOW, &t));
	begin = now_ms();
	EXPECT_EQ(0, read(slave, buf, 10));
	EXPECT(now_ms() - begin >= 150);
	t.c_cc[VMIN] = 3;
	t.c_cc[VTIME] = 0;
	EXPECT_OK(tcsetattr(slave, TCSANOW, &t));
	type("xyz");
	expect_read(slave, "xyz");
}

static void nonblocking(void)
{
	char c;

	open_pair();
	EXPECT_OK(fcntl(slave, F_SETFL, O_RDWR | O_NONBLOCK));
	EXPECT_ERRNO(EAGAIN, read(slave, &c, 1));
	type("no newline");
	EXPECT_ERRNO(EAGAIN, read(slave, &c, 1));
	type("\n");
	EXPECT_EQ(1, read(slave, &c, 1));
	EXPECT_EQ('n', c);
}

static void flow_control(void)
{
	open_pair();
	set_flags(0, ECHO);
	type("\023");
	sleep_ms(20);
	EXPECT_OK(fcntl(slave, F_SETFL, O_RDWR | O_NONBLOCK));
	(void)!write(slave, "held", 4);
	expect_nothing(master);
	type("\021");
	sleep_ms(20);
	(void)!write(slave, "!", 1);
	EXPECT(poll(&(struct pollfd){ .fd = master, .events = POLLIN }, 1, 2000) == 1);
}

/* A session of its own with the slave as its controlling terminal. */
static void own_session(void)
{
	EXPECT_OK(setsid());
	EXPECT_OK(ioctl(slave, TIOCSCTTY, 0));
	EXPECT_EQ(getpid(), tcgetsid(slave));
	EXPECT_EQ(getpid(), tcgetpgrp(slave));
	EXPECT_OK(close(EXPECT_OK(open("/dev/tty", O_RDWR))));
}

/* Nobody has the terminal open any more, but it is still the session's. */
static void reopens_it(void *arg)
{
	int fd;

	(void)arg;
	own_session();
	EXPECT_OK(close(slave));
	sleep_ms(50);				/* the test closes its own */
	fd = EXPECT_OK(open("/dev/tty", O_RDWR));
	EXPECT_EQ(getpid(), tcgetsid(fd));
	EXPECT_EQ(getpid(), tcgetpgrp(fd));
	EXPECT_OK(close(fd));
	signal(SIGHUP, count);
	EXPECT_OK(close(master));		/* the last one: it hangs up */
	EXPECT_EQ(1, hits);
	EXPECT_ERRNO(ENXIO, open("/dev/tty", O_RDWR));
}

static void closed_by_all(void)
{
	pid_t pid;

	open_pair();
	pid = start(reopens_it, NULL);
	sleep_ms(20);
	EXPECT_OK(close(slave));
	EXPECT_OK(close(master));
	EXPECT_EXIT(0, finish(pid));
}

static void wait_for_hit(void)
{
	for (int i = 0; i < 400 && !hits; i++)
		sleep_ms(5);
	EXPECT_EQ(1, hits);
	hits = 0;
}

static void typed_signals(void *arg)
{
	int ready = *(int *)arg;
	struct winsize w = { 10, 20, 0, 0 };

	own_session();
	signal(SIGINT, count);
	signal(SIGQUIT, count);
	signal(SIGTSTP, count);
	signal(SIGWINCH, count);
	type("\003");
	wait_for_hit();
	type("\034");
	wait_for_hit();
	type("\032");
	wait_for_hit();
	EXPECT_OK(ioctl(slave, TIOCSWINSZ, &w));
	wait_for_hit();
	set_flags(0, ISIG);
	type("\003");
	sleep_ms(20);
	EXPECT_EQ(0, hits);
	write(ready, "x", 1);
}

static void signals(void)
{
	int fds[2];
	char c;

	open_pair();
	EXPECT_OK(pipe(fds));
	in_child(typed_signals, &fds[1]);
	EXPECT_EQ(1, read(fds[0], &c, 1));
}

static void read_slave(void *arg)
{
	char c;

	setpgid(0, 0);
	if (arg)
		signal(SIGTTIN, SIG_IGN);
	if (arg)
		EXPECT_ERRNO(EIO, read(slave, &c, 1));
	else
		read(slave, &c, 1);
}

static void write_slave(void *arg)
{
	setpgid(0, 0);
	if (arg)
		signal(SIGTTOU, SIG_IGN);
	EXPECT_EQ(1, write(slave, "w", 1));
}

static void grab_foreground(void *arg)
{
	(void)arg;
	setpgid(0, 0);
	tcsetpgrp(slave, getpgrp());
}

static void expect_stop(pid_t pid, int sig)
{
	int status;

	EXPECT_EQ(pid, waitpid(pid, &status, WUNTRACED));
	EXPECT(WIFSTOPPED(status));
	EXPECT_EQ(sig, WSTOPSIG(status));
	kill(pid, SIGKILL);
	kill(pid, SIGCONT);
	EXPECT_KILLED(SIGKILL, finish(pid));
}

/* What a process in the background may not do with the terminal. */
static void background(void *arg)
{
	(void)arg;
	own_session();
	expect_stop(start(read_slave, NULL), SIGTTIN);
	EXPECT_EXIT(0, finish(start(read_slave, "ignore")));
	EXPECT_EXIT(0, finish(start(write_slave, NULL)));
	set_flags(TOSTOP, 0);
	expect_stop(start(write_slave, NULL), SIGTTOU);
	EXPECT_EXIT(0, finish(start(write_slave, "ignore")));
	expect_stop(start(grab_foreground, NULL), SIGTTOU);
	EXPECT_EQ(getpid(), tcgetpgrp(slave));
}

static void job_control(void)
{
	open_pair();
	in_child(background, NULL);
}

static void wait_for_end(void *arg)
{
	(void)arg;
	setpgid(0, 0);
	for (;;)
		pause();
}

/* As a shell does it: a job into the foreground, ^Z, ^C. */
static void shell(void *arg)
{
	pid_t job;
	int status;

	(void)arg;
	own_session();
	signal(SIGTTOU, SIG_IGN);
	job = start(wait_for_end, NULL);
	setpgid(job, job);
	EXPECT_OK(tcsetpgrp(slave, job));
	EXPECT_EQ(job, tcgetpgrp(slave));
	type("\032");
	EXPECT_EQ(job, waitpid(-1, &status, WUNTRACED));
	EXPECT(WIFSTOPPED(status));
	EXPECT_EQ(SIGTSTP, WSTOPSIG(status));
	EXPECT_OK(tcsetpgrp(slave, getpgrp()));
	EXPECT_OK(tcsetpgrp(slave, job));
	EXPECT_OK(kill(-job, SIGCONT));
	type("\003");
	EXPECT_KILLED(SIGINT, finish(job));
	EXPECT_ERRNO(EPERM, tcsetpgrp(slave, 1));
}

static void foreground(void)
{
	open_pair();
	in_child(shell, NULL);
}

static void survive_hangup(void *arg)
{
	char c;

	(void)arg;
	signal(SIGHUP, count);
	own_session();
	EXPECT_OK(close(master));
	wait_for_hit();
	EXPECT_EQ(0, read(slave, &c, 1));
	EXPECT_ERRNO(EIO, write(slave, "x", 1));
}

/* Closing the last master hangs up: SIGHUP to the session, and nothing more to read. */
static void hang_up(void)
{
	pid_t pid;

	open_pair();
	pid = start(survive_hangup, NULL);
	close(master);
	close(slave);
	EXPECT_EXIT(0, finish(pid));
	/* The other way round: all slaves closed, the master reads an error. */
	open_pair();
	EXPECT_EQ(3, write(slave, "bye", 3));
	EXPECT_OK(close(slave));
	expect_read(master, "bye");
	EXPECT_ERRNO(EIO, read(master, &pid, 1));
}

/* When the leader of the session dies its terminal is gone for the others. */
static void leader_dies(void *arg)
{
	own_session();
	if (fork() == 0) {
		signal(SIGHUP, count);
		wait_for_hit();
		sleep_ms(20);
		EXPECT(open("/dev/tty", O_RDWR) < 0);
		write(*(int *)arg, "x", 1);
		_exit(0);
	}
	sleep_ms(30);
}

static void session_end(void)
{
	int fds[2];
	char c;

	open_pair();
	EXPECT_OK(pipe(fds));
	EXPECT_EXIT(0, finish(start(leader_dies, &fds[1])));
	close(fds[1]);
	EXPECT_EQ(1, read(fds[0], &c, 1));
}

static void several_pairs(void)
{
	int masters[8];
	char names[8][24];

	for (int i = 0; i < 8; i++) {
		open_pair();
		masters[i] = master;
		strlcpy(names[i], ptsname(master), sizeof(names[i]));
		for (int k = 0; k < i; k++)
			EXPECT(strcmp(names[i], names[k]));
	}
	for (int i = 0; i < 8; i++)
		EXPECT_OK(close(masters[i]));
}

/* O_ASYNC: a whole line can be read, the master sees output, and room again after EAGAIN. */
static void sigio(void)
{
	static char full[1000];
	int n;

	open_pair();
	set_flags(0, ECHO);
	signal(SIGIO, count);
	EXPECT_OK(fcntl(slave, F_SETFL, O_RDWR | O_ASYNC));
	EXPECT_EQ(getpid(), fcntl(slave, F_GETOWN));
	type("half");
	EXPECT_EQ(0, hits);
	type(" and half\n");
	EXPECT_EQ(1, hits);
	expect_read(slave, "half and half\n");
	EXPECT_OK(fcntl(slave, F_SETFL, O_RDWR));
	EXPECT_OK(fcntl(master, F_SETFL, O_RDWR | O_ASYNC));
	EXPECT_EQ(3, write(slave, "out", 3));
	EXPECT_EQ(2, hits);
	expect_read(master, "out");
	EXPECT_OK(fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK));
	EXPECT_OK(fcntl(slave, F_SETFL, O_RDWR | O_ASYNC | O_NONBLOCK));
	while (write(slave, full, sizeof(full)) > 0)
		;
	EXPECT_EQ(2, hits);
	do {
		n = read(master, full, sizeof(full));
	} while (n > 0);
	EXPECT_EQ(3, hits);
}

const struct test tty_tests[] = {
	{ "tty.closed_by_all", closed_by_all, 0 },
	{ "tty.settings", settings, 0 },
	{ "tty.canonical", canonical, 0 },
	{ "tty.echoing", echoing, 0 },
	{ "tty.raw", raw, 0 },
	{ "tty.nonblocking", nonblocking, 0 },
	{ "tty.flow_control", flow_control, 0 },
	{ "tty.signals", signals, 0 },
	{ "tty.job_control", job_control, 0 },
	{ "tty.foreground", foreground, 0 },
	{ "tty.hang_up", hang_up, 0 },
	{ "tty.session_end", session_end, 0 },
	{ "tty.several_pairs", several_pairs, 0 },
	{ "tty.sigio", sigio, 0 },
	{ NULL, NULL, 0 },
};
