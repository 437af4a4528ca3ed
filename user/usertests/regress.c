/*
 * regress.c - what nasty programs can break: each test does what would hang the kernel, make it
 * crash, or get more than its share. A crash shows as an oops, which the harness looks for; a hang
 * as the end of the test by SIGALRM.
 */
#include "usertests.h"
#include <dirent.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/ioctl.h>
#include <uapi/linux/futex.h>

#define STACK		16384
#define THREAD		(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD)

static char stacks[4][STACK] __attribute__((aligned(16)));

static void wait_for_ever(void *arg)
{
	(void)arg;
	for (;;)
		pause();
}

/* Both wait when the process runs next: it must die, not stop. */
static void kill_beats_stop(void)
{
	pid_t pid = start(wait_for_ever, NULL);

	alarm(5);
	sleep_ms(20);
	EXPECT_OK(syscall(__NR_tkill, pid, SIGSTOP));
	EXPECT_OK(kill(pid, SIGKILL));
	EXPECT_KILLED(SIGKILL, finish(pid));
}

static int futex_word;

static int wait_on_futex(void *arg)
{
	(void)arg;
	syscall(__NR_futex, &futex_word, FUTEX_WAIT, 0, NULL, NULL, 0);
	return 0;
}

/* Sleepers that are moved to the list they are on must not come by again and again. */
static void requeue_to_itself(void)
{
	long begin;

	for (int i = 0; i < 4; i++)
		EXPECT_OK(clone(wait_on_futex, stacks[i] + STACK,
				CLONE_VM | CLONE_FILES | SIGCHLD, NULL, NULL, NULL));
	sleep_ms(50);
	begin = now_ms();
	EXPECT_EQ(4,
		  syscall(__NR_futex, &futex_word, FUTEX_REQUEUE, 1, INT_MAX - 1, &futex_word, 0));
	EXPECT(now_ms() - begin < 1000);
	EXPECT_EQ(3, syscall(__NR_futex, &futex_word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0));
	for (int i = 0; i < 4; i++)
		EXPECT_OK(wait(NULL));
}

static int thread_execs(void *arg)
{
	(void)arg;
	exec_helper("exit", "7", NULL);
	return 0;
}

static void vfork_a_thread(void *arg)
{
	(void)arg;
	clone(thread_execs, stacks[0] + STACK, THREAD | CLONE_VFORK, NULL, NULL, NULL);
}

/* exec waits for the other threads to end; the one that waits for the exec must end as well. */
static void exec_in_vforked_thread(void)
{
	alarm(5);
	EXPECT_EXIT(7, finish(start(vfork_a_thread, NULL)));
}

/* A pipe that is opened again and closed again is still a pipe with both its ends. */
static void pipe_opened_again(void)
{
	char name[32], buf[4];
	int fds[2], i;

	alarm(5);
	EXPECT_OK(pipe(fds));
	for (i = 0; i < 6; i++) {
		snprintf(name, sizeof(name), "/proc/self/fd/%d", fds[i % 2]);
		EXPECT_OK(close(EXPECT_OK(open(name, i % 2 ? O_WRONLY : O_RDONLY))));
		EXPECT_EQ(3, write(fds[1], "abc", 3));
		EXPECT_EQ(3, read(fds[0], buf, sizeof(buf)));
	}
	EXPECT_OK(close(fds[1]));
	EXPECT_EQ(0, read(fds[0], buf, sizeof(buf)));
}

/* Positions that no directory of proc has. The second is 2^31 processes before the first. */
static void seek_in_proc(void)
{
	static const char *const dirs[] = { "/proc", "/proc/self", "/proc/self/fd" };
	static const unsigned int low[] = { 0x7fffffff, 0x80000100, 0x12345678, 0xffffffff };
	long begin = now_ms();
	long long at;
	char buf[512];

	for (size_t i = 0; i < ARRAY_SIZE(dirs); i++) {
		int fd = EXPECT_OK(open(dirs[i], O_RDONLY | O_DIRECTORY));

		for (size_t k = 0; k < 2 * ARRAY_SIZE(low); k++) {
			EXPECT_OK(syscall(__NR__llseek, fd, k / ARRAY_SIZE(low),
					  low[k % ARRAY_SIZE(low)], &at, SEEK_SET));
			EXPECT_EQ(0, getdents64(fd, buf, sizeof(buf)));
		}
		EXPECT_OK(close(fd));
	}
	EXPECT(now_ms() - begin < 1000);
}

/* Kernel threads have neither a directory nor a program. */
static void links_of_all(void)
{
	static const char *const links[] = { "cwd", "root", "exe" };
	char name[32], buf[64];

	for (int pid = 1; pid < 20; pid++) {
		for (size_t i = 0; i < ARRAY_SIZE(links); i++) {
			snprintf(name, sizeof(name), "/proc/%d/%s", pid, links[i]);
			if (readlink(name, buf, sizeof(buf)) < 0)
				EXPECT(errno == ENOENT || errno == EACCES);
		}
	}
}

static int end_at_once(void *arg)
{
	(void)arg;
	return 0;
}

static void leave_a_sibling(void *arg)
{
	(void)arg;
	become_user();
	EXPECT_OK(clone(end_at_once, stacks[0] + STACK, CLONE_PARENT | SIGKILL, NULL, NULL, NULL));
}

static int exit_7(void *arg)
{
	(void)arg;
	sleep_ms(50);
	return 7;
}

static void exec_with_child(void *arg)
{
	(void)arg;
	EXPECT_OK(clone(exit_7, stacks[0] + STACK, SIGKILL, NULL, NULL, NULL));
	execl("/bin/busybox", "sleep", "0.2", NULL);
}

/* What a task sends when it ends is no way to signal those whom one may not signal. */
static void exit_signals(void)
{
	EXPECT_EXIT(0, finish(start(leave_a_sibling, NULL)));
	EXPECT(wait(NULL) > 0);
	EXPECT_EXIT(0, finish(start(exec_with_child, NULL)));
}

static void type_for_root(void *arg)
{
	char c = 'x';
	int fd;

	setsid();
	fd = EXPECT_OK(open(arg, O_RDWR));		/* its controlling terminal */
	EXPECT_OK(ioctl(fd, TIOCSTI, &c));
	become_user();
	EXPECT_ERRNO(EPERM, ioctl(fd, TIOCSTI, &c));
}

/* An ordinary user does not type on a terminal, even if it is his own: root's shell may read it. */
static void typing(void)
{
	int master = EXPECT_OK(open("/dev/ptmx", O_RDWR | O_NOCTTY)), unlock = 0, number;
	char name[32];

	EXPECT_OK(ioctl(master, TIOCSPTLCK, &unlock));
	EXPECT_OK(ioctl(master, TIOCGPTN, &number));
	snprintf(name, sizeof(name), "/dev/pts/%d", number);
	in_child(type_for_root, name);
}

/* Grows to 63 tasks of an ordinary user that only compute. */
static void spin(void *arg)
{
	long depth = (long)arg;

	for (int i = 0; depth && i < 2; i++)
		start(spin, (void *)(depth - 1));
	for (;;)
		;
}

static void spin_as_user(void *arg)
{
	become_user();
	setpgid(0, 0);
	spin(arg);
}

/* Who computes among them waits for his turn, but not for a full slice of each. */
static void many_spinners(void)
{
	pid_t pid = start(spin_as_user, (void *)5);
	long begin = now_ms(), last = begin, now, longest = 0;

	do {
		now = now_ms();
		if (now - last > longest)
			longest = now - last;
		last = now;
	} while (now - begin < 8000);
	EXPECT_OK(kill(-pid, SIGKILL));
	EXPECT_KILLED(SIGKILL, finish(pid));
	EXPECT(longest < 4500);
}

/* Has slept long enough for the largest counter; then computes. */
static void sleep_and_spin(void *arg)
{
	(void)arg;
	setpgid(0, getppid());
	sleep_ms(3000);
	for (;;)
		;
}

/* The longest time without the CPU of one who computed while 60 others slept, and woke at once. */
static void spin_and_look(void *arg)
{
	long begin, last, now, longest = 0;

	(void)arg;
	setpgid(0, 0);
	for (int i = 0; i < 60; i++)
		start(sleep_and_spin, NULL);
	begin = last = now_ms();
	do {
		now = now_ms();
		if (now - last > longest)
			longest = now - last;
		last = now;
	} while (now - begin < 12000);
	EXPECT(longest < 8000);
	kill(0, SIGKILL);
}

static void many_wake(void)
{
	EXPECT_KILLED(SIGKILL, finish(start(spin_and_look, NULL)));
}

#define MISSES_FILE	256	/* pages */

/*
 * Shares its maker's memory, and waits in page faults for the disk: whoever wants to change the
 * address space, as fork does, must sleep.
 */
static int miss_pages(void *arg)
{
	volatile char *map = arg;
	int fd = open("/proc/sys/vm/drop_caches", O_WRONLY), sum = 0;

	setpgid(0, 0);
	for (;;) {
		write(fd, "1", 1);
		for (int i = 0; i < MISSES_FILE; i++)
			sum += map[i * PAGE];
		madvise(arg, MISSES_FILE * PAGE, MADV_DONTNEED);
	}
	return sum;
}

/* Starts it, on the stack given; its pid. */
static pid_t start_missing(char *stack)
{
	static char page[PAGE];
	int fd = EXPECT_OK(open("misses", O_RDWR | O_CREAT, 0600));
	char *map;

	for (int i = 0; i < MISSES_FILE; i++)
		EXPECT_EQ(PAGE, write(fd, page, PAGE));
	EXPECT_OK(fsync(fd));
	map = (char *)EXPECT_OK(mmap(NULL, MISSES_FILE * PAGE, PROT_READ, MAP_SHARED, fd, 0));
	EXPECT_OK(close(fd));
	return EXPECT_OK(clone(miss_pages, stack + STACK, CLONE_VM | SIGCHLD, map, NULL, NULL));
}

static volatile int caught, *shared;

static void count_signal(int sig)
{
	(void)sig;
	caught++;
}

/* 1 when the signals of all rounds so far have come. */
static int all_caught(int round)
{
	for (int i = 0; i < 500 && caught < round; i++)
		sleep_ms(2);
	return caught == round;
}

#define FORK_ROUNDS	40

/* Forks, while the test sends a signal to the group of both. */
static void fork_and_count(void *arg)
{
	pid_t pid, misser;

	(void)arg;
	signal(SIGUSR1, count_signal);
	EXPECT_OK(setpgid(0, 0));
	misser = start_missing(stacks[0]);
	while (getpgid(misser) != misser)
		sleep_ms(1);
	for (int round = 1; round <= FORK_ROUNDS; round++) {
		shared[0] = round;
		pid = EXPECT_OK(fork());
		if (!pid)
			_exit(!all_caught(round));
		EXPECT(all_caught(round));
		EXPECT_EXIT(0, finish(pid));
	}
	EXPECT_OK(kill(misser, SIGKILL));
	EXPECT_KILLED(SIGKILL, finish(misser));
}

/* A signal to the process group comes to a child that is just being made, too. */
static void signal_in_fork(void)
{
	pid_t pid;
	int status;

	shared = (int *)EXPECT_OK(
		mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	pid = start(fork_and_count, NULL);
	for (int round = 1; round <= FORK_ROUNDS; round++) {
		while (shared[0] < round) {
			if (waitpid(pid, &status, WNOHANG) == pid)
				_exit(WEXITSTATUS(status));
			sched_yield();
		}
		EXPECT_OK(kill(-pid, SIGUSR1));
	}
	EXPECT_EXIT(0, finish(pid));
}

#define ADDITIONS	200

/* Keeps a second task of the address space waiting to change it, so that faults wait too. */
static int change_space(void *arg)
{
	setpgid(0, 0);
	do {
		mprotect(arg, PAGE, PROT_READ);
		mprotect(arg, PAGE, PROT_NONE);
	} while (!sched_yield());
	return 0;
}

/* Adds 1 with FUTEX_WAKE_OP to a word that must be faulted in for writing each time. */
static void add_by_futex(void *arg)
{
	pid_t others[2] = { start_missing(stacks[0]) };
	int fd = EXPECT_OK(open("word", O_RDWR)), *word, sum = 0;

	(void)arg;
	others[1] = EXPECT_OK(clone(change_space, stacks[1] + STACK, CLONE_VM | SIGCHLD,
				    map_pages(1), NULL, NULL));
	for (int i = 0; i < ADDITIONS; i++) {
		word = (int *)EXPECT_OK(
			mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
		sum += *(volatile int *)word;
		sleep_ms(1);		/* the others get in between */
		EXPECT_OK(syscall(__NR_futex, word, FUTEX_WAKE_OP | FUTEX_PRIVATE_FLAG, 0, 0, word,
				  1 << 28 | 1 << 12));	/* add 1; compare for equality with 0 */
		EXPECT_OK(munmap(word, PAGE));
	}
	shared[1] = 1;
	for (int i = 0; i < 2; i++) {
		EXPECT_OK(kill(others[i], SIGKILL));
		EXPECT_KILLED(SIGKILL, finish(others[i]));
	}
}

/* Nothing is lost between the reading and the writing of FUTEX_WAKE_OP. */
static void atomic_futex_op(void)
{
	int fd = EXPECT_OK(open("word", O_RDWR | O_CREAT, 0600)), *word, mine = 0;
	pid_t pid;

	EXPECT_OK(ftruncate(fd, PAGE));
	shared = (int *)EXPECT_OK(
		mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	word = (int *)EXPECT_OK(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
	pid = start(add_by_futex, NULL);
	while (!shared[1]) {
		int status;

		__sync_fetch_and_add(word, 1);
		mine++;
		if (waitpid(pid, &status, WNOHANG) == pid)
			_exit(WEXITSTATUS(status));
	}
	EXPECT_EXIT(0, finish(pid));
	EXPECT_EQ(mine + ADDITIONS, *word);
}

/*
 * A write whose data vanish while it waits for the disk, a thread that wants the page that is being
 * written, and one that wants to change the address space: none may wait for the last in a circle.
 */
#define FILE_PAGES	64

static char *source, *target;
static volatile int page_written;
static volatile int stop_threads;

static int take_source_away(void *arg)
{
	(void)arg;
	while (!stop_threads) {
		madvise(source, PAGE, MADV_DONTNEED);
		sched_yield();
	}
	return 0;
}

static int look_at_target(void *arg)
{
	(void)arg;
	while (!stop_threads) {
		(void)*(volatile char *)(target + page_written * PAGE);
		sched_yield();
	}
	return 0;
}

static void forget_pages(void)
{
	int fd = EXPECT_OK(open("/proc/sys/vm/drop_caches", O_WRONLY));

	sync();
	EXPECT_EQ(1, write(fd, "1", 1));
	EXPECT_OK(close(fd));
}

static int file_of_pages(const char *name)
{
	int fd = EXPECT_OK(open(name, O_RDWR | O_CREAT, 0644));
	char *page = map_pages(1);

	memset(page, 'x', PAGE);
	for (int i = 0; i < FILE_PAGES; i++)
		EXPECT_EQ(PAGE, write(fd, page, PAGE));
	EXPECT_OK(munmap(page, PAGE));
	return fd;
}

static void data_vanishes(void *arg)
{
	int fd = file_of_pages("file");
	char c;

	(void)arg;
	source = map_pages(1);
	EXPECT_OK(clone(take_source_away, stacks[0] + STACK, THREAD, NULL, NULL, NULL));
	EXPECT_OK(clone(look_at_target, stacks[1] + STACK, THREAD, NULL, NULL, NULL));
	for (int round = 0; round < 3; round++) {
		forget_pages();
		for (int i = 0; i < FILE_PAGES; i++) {
			page_written = i;
			EXPECT_EQ(100, pwrite(fd, source, 100, i * PAGE + 50));
			EXPECT_EQ(1, pread(fd, &c, 1, i * PAGE + 60));
			EXPECT_EQ(0, c);
			EXPECT_EQ(1, pread(fd, &c, 1, i * PAGE + 150));
			EXPECT_EQ('x', c);
		}
	}
	stop_threads = 1;
	_exit(0);
}

/* Before the threads, a mapping with nothing in it yet. */
static void write_from_nowhere(void)
{
	int fd = file_of_pages("file");

	target = mmap(NULL, FILE_PAGES * PAGE, PROT_READ, MAP_SHARED, fd, 0);
	EXPECT(target != MAP_FAILED);
	EXPECT_OK(close(fd));
	in_child(data_vanishes, NULL);
}

struct crossing {
	const char *to, *from;
};

static void write_crossed(void *arg)
{
	struct crossing *x = arg;
	int to = EXPECT_OK(open(x->to, O_RDWR)), from = EXPECT_OK(open(x->from, O_RDWR));
	char *data = mmap(NULL, FILE_PAGES * PAGE, PROT_READ, MAP_SHARED, from, 0);

	EXPECT(data != MAP_FAILED);
	for (int round = 0; round < 20; round++) {
		forget_pages();
		for (int i = 0; i < FILE_PAGES; i++)
			EXPECT_EQ(2000, pwrite(to, data + i * PAGE, 2000, i * PAGE + 1000));
	}
}

/* Each takes its data from a mapping of the file that the other writes. */
static void crossed_mappings(void)
{
	struct crossing one = { "a", "b" }, two = { "b", "a" };
	pid_t first, second;

	EXPECT_OK(close(file_of_pages("a")));
	EXPECT_OK(close(file_of_pages("b")));
	first = start(write_crossed, &one);
	second = start(write_crossed, &two);
	EXPECT_EXIT(0, finish(first));
	EXPECT_EXIT(0, finish(second));
}

const struct test regress_tests[] = {
	{ "regress.write_from_nowhere", write_from_nowhere, NEEDS_ROOT },
	{ "regress.crossed_mappings", crossed_mappings, SLOW | NEEDS_ROOT },
	{ "regress.kill_beats_stop", kill_beats_stop, 0 },
	{ "regress.requeue_to_itself", requeue_to_itself, 0 },
	{ "regress.exec_in_vforked_thread", exec_in_vforked_thread, 0 },
	{ "regress.pipe_opened_again", pipe_opened_again, 0 },
	{ "regress.seek_in_proc", seek_in_proc, 0 },
	{ "regress.links_of_all", links_of_all, 0 },
	{ "regress.exit_signals", exit_signals, NEEDS_ROOT },
	{ "regress.typing", typing, NEEDS_ROOT },
	{ "regress.signal_in_fork", signal_in_fork, SLOW | NEEDS_ROOT },
	{ "regress.atomic_futex_op", atomic_futex_op, SLOW | NEEDS_ROOT },
	{ "regress.many_wake", many_wake, SLOW | NEEDS_ROOT },
	{ "regress.many_spinners", many_spinners, SLOW | NEEDS_ROOT },
	{ NULL, NULL, 0 },
};
