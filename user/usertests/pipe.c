/*
 * pipe.c - tests of pipes and FIFOs, and of poll and select on them.
 */
#include "usertests.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/select.h>

static void basics(void)
{
	char buf[100];
	int fds[2];
	struct stat st;

	EXPECT_OK(pipe(fds));
	EXPECT_EQ(5, write(fds[1], "hello", 5));
	EXPECT_EQ(5, write(fds[1], "world", 5));
	EXPECT_EQ(3, read(fds[0], buf, 3));
	EXPECT_EQ(7, read(fds[0], buf, 100));
	EXPECT(!memcmp(buf, "loworld", 7));
	EXPECT_ERRNO(ESPIPE, lseek(fds[0], 0, SEEK_CUR));
	EXPECT_ERRNO(EBADF, write(fds[0], "x", 1));
	EXPECT_ERRNO(EBADF, read(fds[1], buf, 1));
	EXPECT_OK(fstat(fds[0], &st));
	EXPECT(S_ISFIFO(st.st_mode));
	EXPECT_EQ(1, write(fds[1], "l", 1));
	EXPECT_OK(close(fds[1]));
	EXPECT_EQ(1, read(fds[0], buf, 100));
	EXPECT_EQ(0, read(fds[0], buf, 100));
}

static void pour(void *arg)
{
	char buf[1000];
	int fd = *(int *)arg;

	for (int i = 0; i < 300; i++) {
		memset(buf, i % 100, sizeof(buf));
		EXPECT_EQ(sizeof(buf), write(fd, buf, sizeof(buf)));
	}
}

/* Much more than fits passes through in order. */
static void flow(void)
{
	char buf[777];
	int fds[2], n;
	long total = 0;
	pid_t pid;

	EXPECT_OK(pipe(fds));
	pid = start(pour, &fds[1]);
	close(fds[1]);
	while ((n = EXPECT_OK(read(fds[0], buf, sizeof(buf)))) > 0) {
		for (int i = 0; i < n; i++)
			EXPECT_EQ((total + i) / 1000 % 100, buf[i]);
		total += n;
	}
	EXPECT_EQ(300000, total);
	EXPECT_EXIT(0, finish(pid));
}

/* Without waiting: full and empty are EAGAIN, and up to PIPE_BUF bytes go whole or not at all. */
static void nonblocking(void)
{
	static char buf[PIPE_BUF];
	int fds[2], n, total = 0;

	EXPECT_OK(pipe2(fds, O_NONBLOCK));
	EXPECT_ERRNO(EAGAIN, read(fds[0], buf, 1));
	while ((n = write(fds[1], buf, 3000)) > 0)
		total += n;
	EXPECT_ERRNO(EAGAIN, write(fds[1], buf, PIPE_BUF));
	EXPECT(total >= PIPE_BUF - 3000 + 1);
	EXPECT_EQ(0, total % 3000);
	while ((n = read(fds[0], buf, sizeof(buf))) > 0)
		total -= n;
	EXPECT_EQ(0, total);
	EXPECT_EQ(PIPE_BUF, write(fds[1], buf, PIPE_BUF));
	EXPECT_OK(ioctl(fds[0], FIONREAD, &n));
	EXPECT_EQ(PIPE_BUF, n);
}

#define RING	65536			/* bytes a pipe holds */

static unsigned char byte_at(unsigned long i)
{
	return i ^ i >> 8 ^ i >> 16;
}

static unsigned long below(unsigned long n)
{
	return (rand() >> 4) % n;
}

/*
 * Pieces of any size in and out of a pipe, in any order, of which every eighth leads over the end
 * of a mapping: what a call says was moved was, and nothing else.
 */
static void ring(void)
{
	unsigned char *area = mmap(NULL, RING + 4096, PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned long in = 0, out = 0;
	int fds[2], held;

	EXPECT_OK(mprotect(area + RING, 4096, PROT_NONE));
	EXPECT_OK(pipe2(fds, O_NONBLOCK));
	srand(12);
	for (int i = 0; i < 5000; i++) {
		unsigned long want = 1 + below(below(2) ? 5000 : RING), empty = in == out;
		unsigned long good = below(8) ? want : below(want);
		unsigned char *buf = area + RING - good;
		long n;

		if (below(2)) {
			for (unsigned long k = 0; k < good; k++)
				buf[k] = byte_at(in + k);
			n = write(fds[1], buf, want);
			if (n > 0)
				in += n;
			EXPECT(n > 0 || (errno == EAGAIN && !empty) ||
			       (errno == EFAULT && good < want));
			if ((empty && good == want) || (n > 0 && want <= 4096))
				EXPECT_EQ(want, n);
		} else {
			n = read(fds[0], buf, want);
			for (long k = 0; k < n; k++)
				EXPECT_EQ(byte_at(out + k), buf[k]);
			if (n > 0)
				out += n;
			EXPECT(n > 0 || (errno == EAGAIN && empty) ||
			       (errno == EFAULT && good < want));
		}
		EXPECT(n <= (long)good && in - out <= RING);
		EXPECT_OK(ioctl(fds[0], FIONREAD, &held));
		EXPECT_EQ(in - out, held);
	}
	EXPECT(in > 100 * RING);
}

static void write_marked(void *arg)
{
	int fd = *(int *)arg;
	char buf[500];

	memset(buf, getpid() % 200 + 1, sizeof(buf));
	for (int i = 0; i < 100; i++)
		EXPECT_EQ(sizeof(buf), write(fd, buf, sizeof(buf)));
}

/* Writers do not cut into each other's pieces. */
static void atomic_writes(void)
{
	char buf[500];
	pid_t pids[4];
	int fds[2], pieces = 0;

	EXPECT_OK(pipe(fds));
	for (int i = 0; i < 4; i++)
		pids[i] = start(write_marked, &fds[1]);
	close(fds[1]);
	for (;;) {
		int n = 0, got;

		while (n < 500 && (got = EXPECT_OK(read(fds[0], buf + n, 500 - n))) > 0)
			n += got;
		if (n == 0)
			break;
		EXPECT_EQ(500, n);
		for (int i = 1; i < 500; i++)
			EXPECT_EQ(buf[0], buf[i]);
		pieces++;
	}
	EXPECT_EQ(400, pieces);
	for (int i = 0; i < 4; i++)
		EXPECT_EXIT(0, finish(pids[i]));
}

static void write_fifo(void *arg)
{
	int fd = EXPECT_OK(open("fifo", O_WRONLY));

	EXPECT_EQ(4, write(fd, arg, 4));
}

static void fifos(void)
{
	char buf[10];
	struct stat st;
	pid_t pid;
	int fd, out;

	EXPECT_OK(mkfifo("fifo", 0644));
	EXPECT_OK(stat("fifo", &st));
	EXPECT(S_ISFIFO(st.st_mode));
	EXPECT_ERRNO(ENXIO, open("fifo", O_WRONLY | O_NONBLOCK));
	pid = start(write_fifo, "fifo");
	fd = EXPECT_OK(open("fifo", O_RDONLY));
	EXPECT_EQ(4, read(fd, buf, 10));
	EXPECT(!memcmp(buf, "fifo", 4));
	EXPECT_EQ(0, read(fd, buf, 10));
	EXPECT_EXIT(0, finish(pid));
	EXPECT_OK(close(fd));
	fd = EXPECT_OK(open("fifo", O_RDONLY | O_NONBLOCK));
	EXPECT_EQ(0, read(fd, buf, 10));
	out = EXPECT_OK(open("fifo", O_WRONLY | O_NONBLOCK));
	EXPECT_ERRNO(EAGAIN, read(fd, buf, 10));
	EXPECT_EQ(2, write(out, "ab", 2));
	EXPECT_EQ(2, read(fd, buf, 10));
	EXPECT_ERRNO(EEXIST, mkfifo("fifo", 0644));
}

static int events_of(int fd, int events, int timeout)
{
	struct pollfd p = { .fd = fd, .events = events };
	int n = EXPECT_OK(poll(&p, 1, timeout));

	EXPECT_EQ(n, p.revents != 0);
	return p.revents;
}

static void write_later(void *arg)
{
	sleep_ms(40);
	write(*(int *)arg, "x", 1);
}

static void polling(void)
{
	static char full[PIPE_BUF];
	struct pollfd none = { .fd = -1, .events = POLLIN }, bad = { .fd = 99, .events = POLLIN };
	int fds[2];
	long begin;
	pid_t pid;
	char c;

	EXPECT_OK(pipe2(fds, O_NONBLOCK));
	EXPECT_EQ(0, events_of(fds[0], POLLIN, 0));
	EXPECT_EQ(POLLOUT, events_of(fds[1], POLLOUT, 0));
	begin = now_ms();
	EXPECT_EQ(0, events_of(fds[0], POLLIN, 50));
	EXPECT(now_ms() - begin >= 45);
	pid = start(write_later, &fds[1]);
	EXPECT_EQ(POLLIN, events_of(fds[0], POLLIN, 5000));
	EXPECT(now_ms() - begin < 60000);
	EXPECT_EXIT(0, finish(pid));
	EXPECT_EQ(1, read(fds[0], &c, 1));
	while (write(fds[1], full, PIPE_BUF) > 0)
		;
	EXPECT_EQ(0, events_of(fds[1], POLLOUT, 0));
	while (read(fds[0], full, PIPE_BUF) > 0)
		;
	close(fds[1]);
	EXPECT_EQ(POLLHUP, events_of(fds[0], POLLIN, 0));
	EXPECT_EQ(0, poll(&none, 1, 0));
	EXPECT_EQ(1, poll(&bad, 1, 0));
	EXPECT_EQ(POLLNVAL, bad.revents);
	EXPECT_OK(pipe(fds));
	close(fds[0]);
	EXPECT_EQ(POLLERR, events_of(fds[1], POLLOUT, 0) & POLLERR);
}

static void selecting(void)
{
	struct timeval tv = { 0, 50000 };
	fd_set in, out;
	int fds[2];
	long begin = now_ms();

	EXPECT_OK(pipe(fds));
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(fds[0], &in);
	EXPECT_EQ(0, select(fds[1] + 1, &in, NULL, NULL, &tv));
	EXPECT(now_ms() - begin >= 45);
	EXPECT(!FD_ISSET(fds[0], &in));
	FD_SET(fds[0], &in);
	FD_SET(fds[1], &out);
	EXPECT_EQ(1, write(fds[1], "x", 1));
	EXPECT_EQ(2, select(fds[1] + 1, &in, &out, NULL, NULL));
	EXPECT(FD_ISSET(fds[0], &in) && FD_ISSET(fds[1], &out));
	close(fds[1]);
	EXPECT_ERRNO(EBADF, select(fds[1] + 1, NULL, &out, NULL, NULL));
	EXPECT_ERRNO(EINVAL, select(-1, NULL, NULL, NULL, NULL));
}

static void ping_pong(void *arg)
{
	int *fds = arg;
	char c;

	for (int i = 0; i < 500; i++) {
		EXPECT_EQ(1, read(fds[0], &c, 1));
		c++;
		EXPECT_EQ(1, write(fds[3], &c, 1));
	}
}

static void two_ways(void)
{
	int fds[4];
	pid_t pid;
	char c = 0;

	EXPECT_OK(pipe(fds));
	EXPECT_OK(pipe(fds + 2));
	pid = start(ping_pong, fds);
	for (int i = 0; i < 500; i++) {
		char sent = c;

		EXPECT_EQ(1, write(fds[1], &c, 1));
		EXPECT_EQ(1, read(fds[2], &c, 1));
		EXPECT_EQ((char)(sent + 1), c);
	}
	EXPECT_EXIT(0, finish(pid));
}

const struct test pipe_tests[] = {
	{ "pipe.basics", basics, 0 },
	{ "pipe.flow", flow, 0 },
	{ "pipe.nonblocking", nonblocking, 0 },
	{ "pipe.ring", ring, 0 },
	{ "pipe.atomic_writes", atomic_writes, 0 },
	{ "pipe.fifos", fifos, 0 },
	{ "pipe.polling", polling, 0 },
	{ "pipe.selecting", selecting, 0 },
	{ "pipe.two_ways", two_ways, 0 },
	{ NULL, NULL, 0 },
};
