/*
 * limits.c - tests of running out: descriptors, processes, memory; and of a thousand processes.
 */
#include "usertests.h"
#include <sys/resource.h>

#define MB		(1024 * 1024)
#define ENOUGH_KB	(100 * 1024)	/* a machine of 128 MB, less what the kernel keeps */

static void set_limit(int which, unsigned long value)
{
	struct rlimit limit = { value, value };

	EXPECT_OK(setrlimit(which, &limit));
}

static long total_memory_kb(void)
{
	char buf[1024], *line;
	int fd = EXPECT_OK(open("/proc/meminfo", O_RDONLY)), n;

	n = EXPECT_OK(read(fd, buf, sizeof(buf) - 1));
	buf[n] = 0;
	close(fd);
	line = strstr(buf, "MemTotal:");
	return line ? atol(line + 9) : 0;
}

static void open_files(void)
{
	struct rlimit limit;
	int fd, n = 0, p[2], first = EXPECT_OK(dup(0));

	EXPECT_OK(close(first));
	set_limit(RLIMIT_NOFILE, 40);
	EXPECT_OK(getrlimit(RLIMIT_NOFILE, &limit));
	EXPECT_EQ(40, limit.rlim_cur);
	while ((fd = open("/dev/null", O_RDONLY)) >= 0)
		n++;
	EXPECT_EQ(EMFILE, errno);
	EXPECT_EQ(40 - first, n);
	EXPECT_ERRNO(EMFILE, dup(0));
	EXPECT_ERRNO(EMFILE, pipe(p));
	EXPECT_OK(close(39));
	EXPECT_ERRNO(EMFILE, pipe(p));
	EXPECT_EQ(39, dup(0));
	EXPECT_ERRNO(EBADF, dup2(0, 40));
}

/* Without a lowered limit: as many as the system allows, and all of them work. */
static void many_files(void)
{
	int fd = -1, last = -1, n = 0;
	char c;

	while (n < 200 && (fd = open("/dev/zero", O_RDONLY)) >= 0) {
		last = fd;
		n++;
	}
	EXPECT(n >= 200 || errno == EMFILE);
	EXPECT(n >= 16);
	EXPECT_EQ(1, read(last, &c, 1));
}

/* Forks children that wait until the pipe's last writer is gone. Returns how many there were. */
static int fork_until(int most, int *fds)
{
	int n = 0;

	while (n < most) {
		pid_t pid = fork();
		char c;

		if (pid < 0)
			break;
		if (pid == 0) {
			close(fds[1]);
			read(fds[0], &c, 1);
			_exit(7);
		}
		n++;
	}
	return n;
}

static void reap(int n)
{
	int status;

	while (n--) {
		EXPECT_OK(wait(&status));
		EXPECT_EXIT(7, status);
	}
	EXPECT_ERRNO(ECHILD, wait(&status));
}

static void fork_as_user(void *arg)
{
	int fds[2], n;

	(void)arg;
	set_limit(RLIMIT_NPROC, 20);
	become_user();
	EXPECT_OK(pipe(fds));
	n = fork_until(1000, fds);
	EXPECT_EQ(EAGAIN, errno);
	EXPECT_EQ(19, n);
	close(fds[1]);
	reap(n);
	EXPECT_OK(pipe(fds));
	EXPECT_EQ(5, fork_until(5, fds));
	close(fds[1]);
	reap(5);
}

static void processes(void)
{
	in_child(fork_as_user, NULL);
}

static void multiply(void *arg)
{
	long end = now_ms() + 1500;

	(void)arg;
	set_limit(RLIMIT_NPROC, 60);
	become_user();
	while (now_ms() < end)
		if (fork() < 0)
			sleep_ms(20);
	_exit(0);
}

/* Every process forks as fast as it can; the system must still answer others. */
static void fork_bomb(void)
{
	long begin;
	pid_t bomb = start(multiply, NULL);

	sleep_ms(300);
	for (int i = 0; i < 5; i++) {
		begin = now_ms();
		EXPECT_EXIT(0, finish(start((void (*)(void *))sync, NULL)));
		EXPECT(now_ms() - begin < 60000);
	}
	EXPECT_EXIT(0, finish(bomb));
	sleep_ms(1500);
}

static void map_too_much(void *arg)
{
	char *p;

	(void)arg;
	set_limit(RLIMIT_AS, 16 * MB);
	EXPECT_ERRNO(ENOMEM, mmap(NULL, 20 * MB, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	p = (char *)EXPECT_OK(
		mmap(NULL, 4 * MB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	memset(p, 1, 4 * MB);
	EXPECT_ERRNO(ENOMEM, brk((char *)sbrk(0) + 20 * MB));
	EXPECT(malloc(30 * MB) == NULL);
	EXPECT_EQ(ENOMEM, errno);
}

static void address_space(void)
{
	in_child(map_too_much, NULL);
}

static void data_segment(void)
{
	set_limit(RLIMIT_DATA, 1 * MB);
	EXPECT_OK(brk((char *)sbrk(0) + 100000));
	EXPECT_ERRNO(ENOMEM, brk((char *)sbrk(0) + 2 * MB));
}

static void eat_memory(void *arg)
{
	(void)arg;
	become_user();
	for (;;) {
		char *p = mmap(NULL, MB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			       0);

		if (p == MAP_FAILED)
			_exit(errno == ENOMEM ? 12 : 1);
		memset(p, 'm', MB);
	}
}

/* One that takes all memory ends by ENOMEM or is killed; nobody else is hurt. */
static void memory_hog(void)
{
	pid_t hog, witness;
	int status, fds[2];

	if (total_memory_kb() > 512 * 1024)
		SKIP("too much memory to eat");
	EXPECT_OK(pipe(fds));
	EXPECT_EQ(1, fork_until(1, fds));
	hog = start(eat_memory, NULL);
	EXPECT_EQ(hog, waitpid(hog, &status, 0));
	if (WIFSIGNALED(status))
		EXPECT_EQ(SIGKILL, WTERMSIG(status));
	else
		EXPECT_EXIT(12, status);
	witness = start((void (*)(void *))sync, NULL);
	EXPECT_EXIT(0, finish(witness));
	close(fds[1]);
	reap(1);
}

static void use_no_processor(void *arg)
{
	struct rlimit limit = { 1, 2 };

	EXPECT_OK(setrlimit(RLIMIT_CPU, &limit));
	if (arg)
		signal(SIGXCPU, SIG_IGN);
	for (;;)
		;
}

static void processor_time(void)
{
	EXPECT_KILLED(SIGXCPU, finish(start(use_no_processor, NULL)));
	EXPECT_KILLED(SIGKILL, finish(start(use_no_processor, "ignore")));
}

static void rules(void)
{
	struct rlimit limit = { 50, 40 };

	EXPECT_ERRNO(EINVAL, setrlimit(RLIMIT_NOFILE, &limit));
	EXPECT_ERRNO(EINVAL, getrlimit(99, &limit));
	set_limit(RLIMIT_NOFILE, 30);
	become_user();
	limit = (struct rlimit){ 30, 31 };
	EXPECT_ERRNO(EPERM, setrlimit(RLIMIT_NOFILE, &limit));
	limit = (struct rlimit){ 20, 30 };
	EXPECT_OK(setrlimit(RLIMIT_NOFILE, &limit));
}

/* A thousand processes at once, which all exist, sleep, wake and end. */
static void thousand(void)
{
	int fds[2], n;

	if (total_memory_kb() < ENOUGH_KB)
		SKIP("too little memory for a thousand processes");
	EXPECT_OK(pipe(fds));
	n = fork_until(1000, fds);
	EXPECT_EQ(1000, n);
	close(fds[1]);
	reap(n);
}

/* And five hundred in a chain, each waiting for the next. */
static void chain_link(void *arg)
{
	long depth = (long)arg;

	if (depth > 1)
		in_child(chain_link, (void *)(depth - 1));
}

static void chain(void)
{
	if (total_memory_kb() < ENOUGH_KB)
		SKIP("too little memory for five hundred processes");
	in_child(chain_link, (void *)500);
}

/* Process numbers are handed out again, but never to two at once. */
static void many_forks(void)
{
	pid_t last = 0;

	for (int i = 0; i < 3000; i++) {
		pid_t pid = EXPECT_OK(fork());

		if (pid == 0)
			_exit(0);
		EXPECT(pid != last && pid > 1);
		last = pid;
		EXPECT_EQ(pid, wait(NULL));
	}
}

static int lock_byte(int fd, int type, long at)
{
	struct flock l = { .l_type = type, .l_whence = SEEK_SET, .l_start = at, .l_len = 1 };

	return fcntl(fd, F_SETLK, &l);
}

/* A user's locks are counted; at the limit what needs no further one still works. */
static void file_locks(void)
{
	struct rlimit limit = { 10, 10 };
	int fd = EXPECT_OK(open("file", O_RDWR | O_CREAT, 0666));
	int other = EXPECT_OK(open("file", O_RDWR));
	struct flock all = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	become_user();
	EXPECT_OK(setrlimit(RLIMIT_LOCKS, &limit));
	for (int i = 0; i < 10; i++)
		EXPECT_OK(lock_byte(fd, F_WRLCK, i * 2));
	EXPECT_ERRNO(ENOLCK, lock_byte(fd, F_WRLCK, 20));
	EXPECT_ERRNO(ENOLCK, syscall(__NR_flock, other, LOCK_EX));
	EXPECT_OK(lock_byte(fd, F_RDLCK, 4));
	EXPECT_OK(lock_byte(fd, F_UNLCK, 4));
	EXPECT_OK(syscall(__NR_flock, other, LOCK_EX));
	EXPECT_ERRNO(ENOLCK, lock_byte(fd, F_WRLCK, 4));
	EXPECT_OK(syscall(__NR_flock, other, LOCK_UN));
	EXPECT_OK(fcntl(fd, F_SETLK, &all));		/* one in place of all the others */
	for (int i = 0; i < 9; i++)
		EXPECT_OK(lock_byte(fd, F_UNLCK, i * 2 + 1));
	EXPECT_ERRNO(ENOLCK, lock_byte(fd, F_UNLCK, 101));	/* would split one in two */
	EXPECT_OK(close(fd));
	EXPECT_OK(lock_byte(other, F_WRLCK, 0));
}

const struct test limits_tests[] = {
	{ "limits.file_locks", file_locks, NEEDS_ROOT },
	{ "limits.open_files", open_files, 0 },
	{ "limits.many_files", many_files, 0 },
	{ "limits.processes", processes, NEEDS_ROOT },
	{ "limits.fork_bomb", fork_bomb, SLOW | NEEDS_ROOT },
	{ "limits.address_space", address_space, 0 },
	{ "limits.data_segment", data_segment, 0 },
	{ "limits.memory_hog", memory_hog, SLOW | NEEDS_ROOT },
	{ "limits.processor_time", processor_time, SLOW },
	{ "limits.rules", rules, NEEDS_ROOT },
	{ "limits.thousand_processes", thousand, SLOW },
	{ "limits.chain", chain, SLOW },
	{ "limits.many_forks", many_forks, SLOW },
	{ NULL, NULL, 0 },
};
