/*
 * futex.c - tests of futex(2): waiting and waking, times, keys of private and shared memory,
 * requeueing, restarts, and the robust list.
 */
#include "usertests.h"
#include <sched.h>
#include <stddef.h>
#include <uapi/linux/futex.h>

#define WAITERS_MAX	8

static volatile int word, other_word;
static volatile int nr_returned, last_error;

/* The result of the call, or -ERRNO: errno belongs to all threads. */
static long futex(volatile void *addr, int op, int val, const void *arg4, volatile void *addr2,
		  int val3)
{
	long n = syscall(__NR_futex, addr, op, val, arg4, addr2, val3);

	return n == -1 ? -errno : n;
}

/* What a waiting thread waits for. */
struct waiter {
	volatile int *addr;
	int op, bits, tid;
};

static int wait_once(void *arg)
{
	struct waiter *w = arg;
	long result = futex(w->addr, w->op, *w->addr, NULL, NULL, w->bits);

	last_error = result;
	nr_returned++;
	return 0;
}

/* Starts a thread that waits, and lets it fall asleep. */
static void start_waiter(struct waiter *w, volatile int *addr, int op, int bits)
{
	*w = (struct waiter){ addr, op, bits, -1 };
	start_thread(wait_once, w, &w->tid);
	sleep_ms(15);
}

static void expect_returned(int n)
{
	for (int i = 0; i < 200 && nr_returned < n; i++)
		sleep_ms(5);
	sleep_ms(10);
	EXPECT_EQ(n, nr_returned);
}

static void wake_some(void)
{
	struct waiter w[4];

	for (int i = 0; i < 4; i++)
		start_waiter(&w[i], &word, FUTEX_WAIT, 0);
	EXPECT_EQ(0, futex(&other_word, FUTEX_WAKE, 1, NULL, NULL, 0));
	EXPECT_EQ(1, futex(&word, FUTEX_WAKE, 1, NULL, NULL, 0));
	expect_returned(1);
	EXPECT_EQ(2, futex(&word, FUTEX_WAKE, 2, NULL, NULL, 0));
	expect_returned(3);
	EXPECT_EQ(1, futex(&word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0));
	expect_returned(4);
	EXPECT_EQ(0, last_error);
	for (int i = 0; i < 4; i++)
		join_thread(&w[i].tid);
}

static void errors(void)
{
	struct timespec ts = { 0, 10000000 }, bad = { 0, 1000000000 };
	char *hole = map_pages(1);

	EXPECT_OK(munmap(hole, PAGE));
	EXPECT_EQ(-EAGAIN, futex(&word, FUTEX_WAIT, 5, NULL, NULL, 0));
	EXPECT_EQ(-EAGAIN, futex(&word, FUTEX_WAIT, 5, &ts, NULL, 0));
	EXPECT_EQ(-ETIMEDOUT, futex(&word, FUTEX_WAIT, 0, &ts, NULL, 0));
	EXPECT_EQ(-EINVAL, futex(&word, FUTEX_WAIT, 0, &bad, NULL, 0));
	bad = (struct timespec){ -1, 0 };
	EXPECT_EQ(-EINVAL, futex(&word, FUTEX_WAIT, 0, &bad, NULL, 0));
	EXPECT_EQ(-EFAULT, futex(&word, FUTEX_WAIT, 0, hole, NULL, 0));
	EXPECT_EQ(-EINVAL, futex((char *)&word + 1, FUTEX_WAIT, 0, NULL, NULL, 0));
	EXPECT_EQ(-EINVAL, futex((char *)&word + 2, FUTEX_WAKE, 1, NULL, NULL, 0));
	EXPECT_EQ(-EINVAL, futex(&word, FUTEX_WAIT_BITSET, 0, NULL, NULL, 0));
	EXPECT_EQ(-EINVAL, futex(&word, FUTEX_WAKE_BITSET, 1, NULL, NULL, 0));
	EXPECT_EQ(-EFAULT, futex(hole, FUTEX_WAIT, 0, NULL, NULL, 0));
	EXPECT_EQ(-EFAULT, futex(hole, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 0, NULL, NULL, 0));
	EXPECT_EQ(-EFAULT, futex(hole, FUTEX_WAKE, 1, NULL, NULL, 0));
	EXPECT_EQ(-EFAULT, futex((void *)0xc0100000, FUTEX_WAKE, 1, NULL, NULL, 0));
	EXPECT_EQ(-EFAULT, futex(&word, FUTEX_REQUEUE, 1, (void *)1, hole, 0));
	EXPECT_EQ(-EINVAL, futex(&word, FUTEX_REQUEUE, -1, (void *)1, &other_word, 0));
	EXPECT_EQ(-EAGAIN, futex(&word, FUTEX_CMP_REQUEUE, 1, (void *)1, &other_word, 7));
	for (int op = FUTEX_LOCK_PI; op <= FUTEX_TRYLOCK_PI; op++)
		EXPECT_EQ(-ENOSYS, futex(&word, op, 0, NULL, NULL, 0));
	EXPECT_EQ(-ENOSYS, futex(&word, 2, 0, NULL, NULL, 0));
	EXPECT_EQ(-ENOSYS, futex(&word, 99, 0, NULL, NULL, 0));
	EXPECT_EQ(-ENOSYS, futex(&word, FUTEX_WAKE | FUTEX_CLOCK_REALTIME, 1, NULL, NULL, 0));
}

/* A time is a length for WAIT, a point of one of two clocks for WAIT_BITSET. */
static void times(void)
{
	static const int clocks[] = { CLOCK_MONOTONIC, CLOCK_REALTIME };
	long long end64[2];
	long begin;

	for (int i = 0; i < 2; i++) {
		int op = FUTEX_WAIT_BITSET | (i ? FUTEX_CLOCK_REALTIME : 0);
		struct timespec ts;

		EXPECT_OK(clock_gettime(clocks[i], &ts));
		begin = now_ms();
		ts.tv_nsec += 50000000;
		ts.tv_sec += ts.tv_nsec / 1000000000;
		ts.tv_nsec %= 1000000000;
		EXPECT_EQ(-ETIMEDOUT, futex(&word, op, 0, &ts, NULL, -1));
		EXPECT(now_ms() - begin >= 49 && now_ms() - begin < 3000);
		begin = now_ms();
		EXPECT_EQ(-ETIMEDOUT, futex(&word, op, 0, &ts, NULL, -1));	/* is over */
		EXPECT(now_ms() - begin < 40);
		end64[0] = 0;
		end64[1] = ts.tv_nsec;
		EXPECT_ERRNO(ETIMEDOUT, syscall(__NR_futex_time64, &word, op, 0, end64, NULL, -1));
		begin = now_ms();
		ts = (struct timespec){ 0, 30000000 };
		op = FUTEX_WAIT | (i ? FUTEX_CLOCK_REALTIME : 0);
		EXPECT_EQ(-ETIMEDOUT, futex(&word, op, 0, &ts, NULL, 0));
		EXPECT(now_ms() - begin >= 29 && now_ms() - begin < 3000);
	}
}

/* Setting the clock ends a wait for a point of it that has gone by. */
static void clock_set(void)
{
	struct timespec now, end;
	long begin = now_ms();
	pid_t pid;

	EXPECT_OK(clock_gettime(CLOCK_REALTIME, &now));
	end = (struct timespec){ now.tv_sec + 100, now.tv_nsec };
	pid = fork();
	if (pid == 0) {
		sleep_ms(50);
		clock_settime(CLOCK_REALTIME, &end);
		_exit(0);
	}
	EXPECT_EQ(-ETIMEDOUT, futex(&word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0, &end, NULL,
				    -1));
	EXPECT_EXIT(0, finish(pid));
	EXPECT_OK(clock_gettime(CLOCK_REALTIME, &now));
	now.tv_sec -= 100;
	EXPECT_OK(clock_settime(CLOCK_REALTIME, &now));
	EXPECT(now_ms() - begin < 10000);
}

static void bitsets(void)
{
	struct waiter w[3];

	for (int i = 0; i < 3; i++)
		start_waiter(&w[i], &word, FUTEX_WAIT_BITSET, 1 << i);
	EXPECT_EQ(0, futex(&word, FUTEX_WAKE_BITSET, INT_MAX, NULL, NULL, 8));
	EXPECT_EQ(1, futex(&word, FUTEX_WAKE_BITSET, INT_MAX, NULL, NULL, 2 | 8));
	expect_returned(1);
	EXPECT_EQ(0, w[1].tid);
	EXPECT_EQ(2, futex(&word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0));
	expect_returned(3);
}

/* Sleepers that are moved are woken through the second word only. */
static void requeue(void)
{
	struct waiter w[5];

	for (int i = 0; i < 5; i++)
		start_waiter(&w[i], &word, FUTEX_WAIT, 0);
	EXPECT_EQ(3, futex(&word, FUTEX_CMP_REQUEUE, 1, (void *)2, &other_word, 0));
	expect_returned(1);
	EXPECT_EQ(2, futex(&other_word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0));
	expect_returned(3);
	EXPECT_EQ(2, futex(&word, FUTEX_REQUEUE, 0, (void *)INT_MAX, &other_word, 0));
	EXPECT_EQ(0, futex(&word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0));
	EXPECT_EQ(2, futex(&other_word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0));
	expect_returned(5);
}

/* ---- keys ---- */

static int map_word(const char *path, volatile int **a, volatile int **b, int flags)
{
	int fd = EXPECT_OK(open(path, O_RDWR | O_CREAT, 0666));

	EXPECT_OK(ftruncate(fd, 3 * PAGE));
	*a = (int *)EXPECT_OK(mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, flags, fd, 0));
	*b = (int *)EXPECT_OK(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, flags, fd, 2 * PAGE));
	*a += 2 * PAGE / sizeof(int) + 5;
	*b += 5;
	return fd;
}

/* A word of a file is one word wherever and by whomever it is mapped, if the mapping is shared. */
static void shared_keys(void)
{
	volatile int *a, *b, *anon;
	struct waiter w;

	map_word("f", &a, &b, MAP_SHARED);
	start_waiter(&w, a, FUTEX_WAIT, 0);
	EXPECT_EQ(0, futex(b, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0));
	EXPECT_EQ(0, futex(b + 1, FUTEX_WAKE, 1, NULL, NULL, 0));
	EXPECT_EQ(1, futex(b, FUTEX_WAKE, 1, NULL, NULL, 0));
	expect_returned(1);
	anon = (int *)EXPECT_OK(
		mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	for (int i = 0; i < 2; i++) {
		volatile int *p = i ? anon : b;
		pid_t pid = fork();

		if (pid == 0) {
			EXPECT_EQ(0, futex(i ? anon : a, FUTEX_WAIT, 0, NULL, NULL, 0));
			_exit(0);
		}
		sleep_ms(30);
		EXPECT_EQ(1, futex(p, FUTEX_WAKE, 1, NULL, NULL, 0));
		EXPECT_EXIT(0, finish(pid));
	}
}

/* The same address in another process, or a private mapping of the same file, is another word. */
static void private_keys(void)
{
	struct timespec ts = { 0, 150000000 };
	volatile int *a, *b;
	pid_t pid;

	map_word("f", &a, &b, MAP_PRIVATE);
	pid = fork();
	if (pid == 0) {
		EXPECT_EQ(-ETIMEDOUT, futex(&word, FUTEX_WAIT, 0, &ts, NULL, 0));
		EXPECT_EQ(-ETIMEDOUT, futex(a, FUTEX_WAIT, 0, &ts, NULL, 0));
		_exit(0);
	}
	for (int i = 0; i < 10; i++) {
		sleep_ms(30);
		EXPECT_EQ(0, futex(&word, FUTEX_WAKE, 1, NULL, NULL, 0));
		EXPECT_EQ(0, futex(&word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0));
		EXPECT_EQ(0, futex(a, FUTEX_WAKE, 1, NULL, NULL, 0));
		EXPECT_EQ(0, futex(b, FUTEX_WAKE, 1, NULL, NULL, 0));
	}
	EXPECT_EXIT(0, finish(pid));
}

/* A file that is gone, and a new one where it was in memory: who sleeps on the old is not woken. */
static void file_gone(void)
{
	volatile int *a, *b, *c, *d;
	struct waiter w;

	for (int i = 0; i < 20; i++) {
		EXPECT_OK(close(map_word("f", &a, &b, MAP_SHARED)));
		start_waiter(&w, a, FUTEX_WAIT, 0);
		EXPECT_OK(munmap((void *)(b - 5), PAGE));
		EXPECT_OK(munmap((void *)(a - 5 - 2 * PAGE / sizeof(int)), 3 * PAGE));
		EXPECT_OK(unlink("f"));
		EXPECT_OK(close(map_word("f", &c, &d, MAP_SHARED)));
		EXPECT_EQ(0, futex(d, FUTEX_WAKE, 1, NULL, NULL, 0));
		EXPECT_OK(munmap((void *)(d - 5), PAGE));
		EXPECT_OK(munmap((void *)(c - 5 - 2 * PAGE / sizeof(int)), 3 * PAGE));
		EXPECT_OK(unlink("f"));
	}
	EXPECT_EQ(0, nr_returned);
}

static void child_sleeps(void *arg)
{
	(void)arg;
	pause();
}

/* Fork and the writes after it move the word to another frame; its address stays. */
static void copied_on_write(void)
{
	volatile int *p = (int *)map_pages(1);
	struct waiter w;
	pid_t pid;

	*p = 0;
	start_waiter(&w, p, FUTEX_WAIT, 0);
	pid = start(child_sleeps, NULL);
	*p = 1;
	EXPECT_EQ(1, futex(p, FUTEX_WAKE, 1, NULL, NULL, 0));
	expect_returned(1);
	kill(pid, SIGKILL);
	EXPECT_KILLED(SIGKILL, finish(pid));
}

#define MADV_PAGEOUT	21
#define IN_SWAP		(1ULL << 62)

/* Sends the page of p to swap; SKIPs if there is none. */
static void page_out(volatile int *p)
{
	unsigned long page = (unsigned long)p / PAGE;
	unsigned long long entry;
	char swaps[200];
	int fd, n;

	fd = EXPECT_OK(open("/proc/swaps", O_RDONLY));
	n = EXPECT_OK(read(fd, swaps, sizeof(swaps) - 1));
	swaps[n] = 0;
	EXPECT_OK(close(fd));
	if (!strchr(swaps, '/'))
		SKIP("no swap");
	EXPECT_OK(madvise((void *)(page * PAGE), PAGE, MADV_PAGEOUT));
	fd = EXPECT_OK(open("/proc/self/pagemap", O_RDONLY));
	EXPECT_EQ(8, pread(fd, &entry, 8, page * 8));
	EXPECT_OK(close(fd));
	EXPECT(entry & IN_SWAP);
}

/* The frame may go and come back while somebody waits, and before he does. */
static void swapped_out(void)
{
	volatile int *p = (int *)map_pages(2);
	struct waiter w;

	*p = 0;
	start_waiter(&w, p, FUTEX_WAIT, 0);
	page_out(p);
	EXPECT_EQ(1, futex(p, FUTEX_WAKE, 1, NULL, NULL, 0));
	expect_returned(1);
	*p = 9;
	page_out(p);
	EXPECT_EQ(-EAGAIN, futex(p, FUTEX_WAIT, 8, NULL, NULL, 0));
	page_out(p);
	*(p + PAGE / sizeof(*p)) = 0;
	start_waiter(&w, p, FUTEX_WAIT, 0);
	page_out(p);
	EXPECT_EQ(1, futex(p, FUTEX_CMP_REQUEUE, 0, (void *)1, p + PAGE / sizeof(*p), 9));
	page_out(p + PAGE / sizeof(*p));
	EXPECT_EQ(1, futex(p + PAGE / sizeof(*p), FUTEX_WAKE, 1, NULL, NULL, 0));
	expect_returned(2);
}

/* ---- signals ---- */

static volatile int nr_signals;

static void on_signal(int sig)
{
	(void)sig;
	nr_signals++;
}

static void send_later(pid_t pid, int sig, int then)
{
	if (fork() == 0) {
		sleep_ms(40);
		kill(pid, sig);
		sleep_ms(40);
		if (then > 0)
			kill(pid, then);
		else
			futex(&word, FUTEX_WAKE, 1, NULL, NULL, 0);
		_exit(0);
	}
}

static void interrupted(void)
{
	struct sigaction action = { .sa_handler = on_signal };
	struct timespec ts = { 0, 200000000 };
	long begin;

	sigaction(SIGUSR1, &action, NULL);
	send_later(getpid(), SIGUSR1, SIGUSR1);
	EXPECT_EQ(-EINTR, futex(&word, FUTEX_WAIT, 0, NULL, NULL, 0));
	EXPECT_EQ(1, nr_signals);
	wait(NULL);
	action.sa_flags = SA_RESTART;
	sigaction(SIGUSR1, &action, NULL);
	/* With a time the handler ends the wait whatever the flags. */
	send_later(getpid(), SIGUSR1, SIGUSR1);
	EXPECT_EQ(-EINTR, futex(&word, FUTEX_WAIT, 0, &ts, NULL, 0));
	wait(NULL);
	/* A stop and an ignored signal do not, and the end stays where it was. */
	begin = now_ms();
	send_later(getpid(), SIGSTOP, SIGCONT);
	EXPECT_EQ(-ETIMEDOUT, futex(&word, FUTEX_WAIT, 0, &ts, NULL, 0));
	EXPECT(now_ms() - begin >= 199 && now_ms() - begin < 3000);
	wait(NULL);
}

static int wait_restarting(void *arg)
{
	(void)arg;
	last_error = futex(&word, FUTEX_WAIT, 0, NULL, NULL, 0);
	nr_returned++;
	return 0;
}

/* Without a time SA_RESTART makes it sleep on. */
static void restarted(void)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	int tid;

	sigaction(SIGUSR1, &action, NULL);
	start_thread(wait_restarting, NULL, &tid);
	sleep_ms(20);
	for (int i = 1; i <= 3; i++) {
		EXPECT_OK(syscall(__NR_tkill, tid, SIGUSR1));
		sleep_ms(20);
		EXPECT_EQ(i, nr_signals);
		EXPECT_EQ(0, nr_returned);
	}
	EXPECT_EQ(1, futex(&word, FUTEX_WAKE, 1, NULL, NULL, 0));
	join_thread(&tid);
	EXPECT_EQ(0, last_error);
}

/* ---- robust lists ---- */

struct lock {
	struct robust_list list;
	volatile int word;
};

static struct robust_list_head head = { .futex_offset = offsetof(struct lock, word) };
static struct lock *locks;	/* shared with the children */
#define NR_LOCKS	8

static void share_locks(void)
{
	locks = (struct lock *)EXPECT_OK(
		mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
}

/* Locks 0 to n-1 are mine, and on my list, which ends as the caller says. */
static void hold(int n, struct robust_list *end)
{
	struct robust_list *next = end;

	while (n-- > 0) {
		locks[n].word = gettid() | (n % 2 ? FUTEX_WAITERS : 0);
		locks[n].list.next = next;
		next = &locks[n].list;
	}
	head.list.next = next;
	EXPECT_OK(syscall(__NR_set_robust_list, &head, sizeof(head)));
}

enum { EXIT, KILL, EXEC, THREAD_EXEC, RING, LOST, FOREIGN, PENDING, UNLOCKED, WILD_HEAD, NR_ENDS };

static int hold_and_exec(void *arg)
{
	(void)arg;
	hold(4, &head.list);
	exec_helper("exit", "0", NULL);
	return 0;
}

static void hold_and_end(void *arg)
{
	long how = (long)arg;
	int tid;

	if (how == THREAD_EXEC) {
		start_thread(hold_and_exec, NULL, &tid);
		pause();
	}
	hold(4, how == RING ? &locks[0].list : how == LOST ? (void *)16 : &head.list);
	if (how == FOREIGN)
		locks[1].word = 1;
	if (how == PENDING || how == UNLOCKED) {
		head.list_op_pending = &locks[5].list;
		locks[5].word = how == PENDING ? gettid() : 0;
	}
	if (how == KILL)
		kill(getpid(), SIGKILL);
	if (how == EXEC)
		exec_helper("exit", "0", NULL);
	if (how == WILD_HEAD)
		syscall(__NR_set_robust_list, (void *)0xfffffff0, sizeof(head));
}

static void robust_ends(void)
{
	share_locks();
	for (long how = 0; how < NR_ENDS; how++) {
		memset(locks, 0, PAGE);
		finish(start(hold_and_end, (void *)how));
		if (how == WILD_HEAD)
			break;
		for (int i = 0; i < 4; i++) {
			int expected = FUTEX_OWNER_DIED | (i % 2 ? FUTEX_WAITERS : 0);

			if (how == FOREIGN && i == 1)
				expected = 1;
			EXPECT_EQ(expected, locks[i].word);
		}
		EXPECT_EQ(how == PENDING ? FUTEX_OWNER_DIED : 0, locks[5].word);
	}
}

/* The waiter is told; also when the owner died between storing 0 and calling FUTEX_WAKE. */
static void robust_wakes(void)
{
	struct timespec ts = { 20, 0 };

	share_locks();
	for (long how = KILL; how <= UNLOCKED; how += UNLOCKED - KILL) {
		int n = how == KILL ? 1 : 5;
		pid_t pid;

		memset(locks, 0, PAGE);
		pid = fork();
		if (pid == 0) {
			sleep_ms(60);
			hold_and_end((void *)how);
			_exit(0);
		}
		locks[n].word = how == KILL ? (int)(pid | FUTEX_WAITERS) : 0;
		EXPECT_EQ(0, futex(&locks[n].word, FUTEX_WAIT, locks[n].word, &ts, NULL, 0));
		finish(pid);
	}
}

static void robust_calls(void)
{
	struct robust_list_head *seen = NULL;
	size_t len = 0;

	EXPECT_ERRNO(EINVAL, syscall(__NR_set_robust_list, &head, sizeof(head) - 1));
	EXPECT_OK(syscall(__NR_get_robust_list, 0, &seen, &len));
	EXPECT(!seen && len == sizeof(head));
	EXPECT_OK(syscall(__NR_set_robust_list, &head, sizeof(head)));
	head.list.next = &head.list;
	EXPECT_OK(syscall(__NR_get_robust_list, getpid(), &seen, &len));
	EXPECT(seen == &head);
	EXPECT_ERRNO(ESRCH, syscall(__NR_get_robust_list, 0x7fffffff, &seen, &len));
	EXPECT_ERRNO(EFAULT, syscall(__NR_get_robust_list, 0, NULL, &len));
	become_user();
	EXPECT_ERRNO(EPERM, syscall(__NR_get_robust_list, 1, &seen, &len));
}

/* ---- many at once ---- */

static volatile int mutex_word, guarded;

static void lock_mutex(volatile int *m)
{
	int c = __sync_val_compare_and_swap(m, 0, 1);

	if (!c)
		return;
	if (c != 2)
		c = __sync_lock_test_and_set(m, 2);
	while (c) {
		futex(m, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 2, NULL, NULL, 0);
		c = __sync_lock_test_and_set(m, 2);
	}
}

static void unlock_mutex(volatile int *m)
{
	if (__sync_fetch_and_sub(m, 1) != 1) {
		*m = 0;
		futex(m, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0);
	}
}

static int use_mutex(void *arg)
{
	(void)arg;
	for (int i = 0; i < 1000; i++) {
		int seen;

		lock_mutex(&mutex_word);
		seen = guarded;
		if (i % 16 == 0)
			sched_yield();
		guarded = seen + 1;
		unlock_mutex(&mutex_word);
	}
	return 0;
}

static void mutexes(void)
{
	int tids[WAITERS_MAX];

	for (int i = 0; i < WAITERS_MAX; i++)
		start_thread(use_mutex, NULL, &tids[i]);
	for (int i = 0; i < WAITERS_MAX; i++)
		join_thread(&tids[i]);
	EXPECT_EQ(1000 * WAITERS_MAX, guarded);
}

const struct test futex_tests[] = {
	{ "futex.wake", wake_some, 0 },
	{ "futex.errors", errors, 0 },
	{ "futex.times", times, 0 },
	{ "futex.clock_set", clock_set, NEEDS_ROOT },
	{ "futex.bitsets", bitsets, 0 },
	{ "futex.requeue", requeue, 0 },
	{ "futex.shared_keys", shared_keys, 0 },
	{ "futex.private_keys", private_keys, 0 },
	{ "futex.file_gone", file_gone, 0 },
	{ "futex.copied_on_write", copied_on_write, 0 },
	{ "futex.swapped_out", swapped_out, 0 },
	{ "futex.interrupted", interrupted, 0 },
	{ "futex.restarted", restarted, 0 },
	{ "futex.robust_ends", robust_ends, 0 },
	{ "futex.robust_wakes", robust_wakes, 0 },
	{ "futex.robust_calls", robust_calls, 0 },
	{ "futex.mutexes", mutexes, 0 },
	{ NULL, NULL, 0 },
};
