/*
 * threads.c - tests of tasks that share: what each flag of clone(2) shares, thread groups and
 * their signals, exec and exit of one thread among others, and storms of all that at once.
 */
#include "usertests.h"
#include <sched.h>
#include <sys/resource.h>
#include <uapi/linux/futex.h>

#define STACK		(2 * PAGE)
#define THREAD_FLAGS	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | \
			 CLONE_SYSVSEM | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)

int start_thread(int (*body)(void *), void *arg, int *tid)
{
	return EXPECT_OK(clone(body, map_pages(2) + STACK, THREAD_FLAGS, arg, tid, tid));
}

void join_thread(int *tid)
{
	int value;

	while ((value = *(volatile int *)tid))
		syscall(__NR_futex, tid, FUTEX_WAIT, value, NULL);
}

static volatile int counter;

static int sleep_on(void *arg)
{
	(void)arg;
	for (;;)
		pause();
	return 0;
}

static void child_sleeps(void *arg)
{
	sleep_on(arg);
}

static void child_ends(void *arg)
{
	(void)arg;
}

static int spin_for_ever(void *arg)
{
	for (;;)
		++*(volatile long *)arg;
	return 0;
}

static int yield_for_ever(void *arg)
{
	(void)arg;
	for (;;)
		sched_yield();
	return 0;
}

/* ---- what the flags share ---- */

#define SHARING		(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND)

static void on_usr1(int sig)
{
	counter += sig;
}

/* Changes one of everything. */
static int change_all(void *arg)
{
	(void)arg;
	counter = 77;
	chdir("/");
	dup2(1, 30);
	signal(SIGUSR1, on_usr1);
	return 0;
}

static int handler_is_set(void)
{
	struct sigaction action;

	EXPECT_OK(sigaction(SIGUSR1, NULL, &action));
	return action.sa_handler == on_usr1;
}

static void check_sharing(void *arg)
{
	int flags = (long)arg, tid = 0;
	char cwd[100];

	if (flags & CLONE_THREAD) {
		flags |= CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
		EXPECT_OK(clone(change_all, map_pages(2) + STACK, flags, NULL, &tid, &tid));
		join_thread(&tid);
		EXPECT_ERRNO(ECHILD, waitpid(-1, NULL, __WALL));
	} else {
		EXPECT_EXIT(0, finish(EXPECT_OK(clone(change_all, map_pages(2) + STACK,
						      flags | SIGCHLD, NULL, NULL, NULL))));
	}
	EXPECT_EQ(flags & CLONE_VM ? 77 : 0, counter);
	EXPECT_OK(getcwd(cwd, sizeof(cwd)));
	EXPECT_EQ(!!(flags & CLONE_FS), !strcmp(cwd, "/"));
	EXPECT_EQ(!!(flags & CLONE_FILES), fcntl(30, F_GETFD) >= 0);
	EXPECT_EQ(!!(flags & CLONE_SIGHAND), handler_is_set());
}

/* Every combination that is allowed shares what it says and no more; the others are refused. */
static void flags(void)
{
	static const int bits[] = { CLONE_VM, CLONE_FS, CLONE_FILES, CLONE_SIGHAND, CLONE_THREAD };

	for (int set = 0; set < 1 << ARRAY_SIZE(bits); set++) {
		long f = 0;

		for (size_t i = 0; i < ARRAY_SIZE(bits); i++)
			if (set & 1 << i)
				f |= bits[i];
		if (((f & CLONE_THREAD) && !(f & CLONE_SIGHAND)) ||
		    ((f & CLONE_SIGHAND) && !(f & CLONE_VM)))
			EXPECT_ERRNO(EINVAL, clone(change_all, map_pages(2) + STACK, f | SIGCHLD,
						   NULL, NULL, NULL));
		else
			in_child(check_sharing, (void *)f);
	}
	EXPECT_ERRNO(EINVAL, clone(change_all, map_pages(2) + STACK, 0x20000 | SIGCHLD, NULL, NULL,
				   NULL));		/* a name space */
	if (SETTLS_READS_MEMORY)
		EXPECT_ERRNO(EFAULT, syscall(__NR_clone, SIGCHLD | CLONE_SETTLS, 0, NULL, 16,
					     NULL));
	EXPECT_ERRNO(ECHILD, waitpid(-1, NULL, __WALL));
}

static volatile int seen_tid;

static int look_at_word(void *arg)
{
	seen_tid = *(volatile int *)arg;
	return 0;
}

/* The number is where it was asked for before the child runs, and gone with its end. */
static void tid_words(void)
{
	int word = 0, other = 0, tid;

	tid = clone(look_at_word, map_pages(2) + STACK,
		    THREAD_FLAGS | CLONE_CHILD_SETTID, &word, &other, &word);
	while (!seen_tid)
		sched_yield();
	join_thread(&word);
	EXPECT_EQ(tid, seen_tid);
	EXPECT_EQ(tid, other);
	/* Addresses that nobody can write to harm only who gave them. */
	tid = clone(look_at_word, map_pages(2) + STACK, CLONE_VM | CLONE_PARENT_SETTID |
		    CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD, &word, (int *)16,
		    (int *)20);
	EXPECT_EXIT(0, finish(EXPECT_OK(tid)));
	EXPECT_EQ(gettid(), syscall(__NR_set_tid_address, &word));
	/* A fork's child has its own copy of the word. */
	word = 0;
	tid = syscall(__NR_clone, CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD, 0, NULL, 0,
		      &word);
	if (tid == 0)
		_exit(word == getpid() ? 3 : 4);
	EXPECT_EXIT(3, finish(tid));
	EXPECT_EQ(0, word);
}

/* ---- a process of many ---- */

static int note_ids(void *arg)
{
	int *ids = arg;

	ids[0] = getpid();
	ids[1] = gettid();
	ids[2] = getppid();
	return 0;
}

static void group(void)
{
	int ids[8][3], tids[8];

	for (int i = 0; i < 8; i++)
		start_thread(note_ids, ids[i], &tids[i]);
	for (int i = 0; i < 8; i++)
		join_thread(&tids[i]);
	for (int i = 0; i < 8; i++) {
		EXPECT_EQ(getpid(), ids[i][0]);
		EXPECT(ids[i][1] != getpid());
		EXPECT_EQ(getppid(), ids[i][2]);
		for (int k = 0; k < i; k++)
			EXPECT(ids[k][1] != ids[i][1]);
	}
	EXPECT_EQ(getpid(), gettid());
	EXPECT_ERRNO(ECHILD, waitpid(-1, NULL, WNOHANG | __WALL));
}

static void signal_calls(void)
{
	int tid, gone;

	start_thread(sleep_on, NULL, &tid);
	start_thread(look_at_word, &tid, &gone);
	sleep_ms(20);
	EXPECT_OK(syscall(__NR_tgkill, getpid(), tid, 0));
	EXPECT_OK(syscall(__NR_tkill, tid, 0));
	EXPECT_ERRNO(ESRCH, syscall(__NR_tgkill, getppid(), tid, 0));
	EXPECT_ERRNO(EINVAL, syscall(__NR_tgkill, 0, tid, 0));
	EXPECT_ERRNO(EINVAL, syscall(__NR_tgkill, getpid(), 0, 0));
	EXPECT_ERRNO(EINVAL, syscall(__NR_tgkill, -1, tid, 0));
	EXPECT_ERRNO(EINVAL, syscall(__NR_tkill, -1, 0));
	EXPECT_ERRNO(EINVAL, syscall(__NR_tkill, tid, 65));
	EXPECT_ERRNO(ESRCH, syscall(__NR_tkill, 0x7fffffff, 0));
	EXPECT_OK(kill(tid, 0));		/* any thread's number stands for its process */
}

/* exit_group of one thread, and a signal, end them all. */
static void with_threads(void *arg)
{
	int tids[4];

	for (int i = 0; i < 4; i++)
		start_thread(i % 2 ? yield_for_ever : sleep_on, NULL, &tids[i]);
	sleep_ms(20);
	if (arg)
		_exit(9);
	kill(getpid(), SIGTERM);
	sleep_on(NULL);
}

static void all_end(void)
{
	EXPECT_EXIT(9, finish(start(with_threads, "exit")));
	EXPECT_KILLED(SIGTERM, finish(start(with_threads, NULL)));
}

static int end_last(void *arg)
{
	sleep_ms(60);
	*(volatile int *)arg = 1;
	syscall(__NR_exit, 5);
	return 0;
}

/* The process stays while a thread lives, though its leader has ended, with the leader's status. */
static void leader_first(void)
{
	volatile int *over = (int *)EXPECT_OK(
		mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	siginfo_t info;
	pid_t pid = fork();
	int tid;

	if (pid == 0) {
		start_thread(end_last, (void *)over, &tid);
		syscall(__NR_exit, 3);
	}
	sleep_ms(20);
	EXPECT_EQ(0, waitpid(pid, NULL, WNOHANG));
	memset(&info, 0, sizeof(info));
	EXPECT_OK(waitid(P_PID, pid, &info, WEXITED | WNOHANG));
	EXPECT_EQ(0, info.si_pid);
	EXPECT_OK(kill(pid, 0));
	EXPECT_EXIT(3, finish(pid));
	EXPECT_EQ(1, *over);
}

static int fork_and_end(void *arg)
{
	*(volatile int *)arg = start(child_sleeps, NULL);
	return 0;
}

static int wait_for_it(void *arg)
{
	int status;
	pid_t pid = *(int *)arg;

	kill(pid, SIGTERM);
	EXPECT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_KILLED(SIGTERM, status);
	return 0;
}

/* Children belong to the process: one thread makes them, ends, and another waits. */
static void children(void)
{
	int child = 0, tid;

	start_thread(fork_and_end, &child, &tid);
	join_thread(&tid);
	start_thread(wait_for_it, &child, &tid);
	join_thread(&tid);
	EXPECT_ERRNO(ECHILD, waitpid(-1, NULL, 0));
}

/* ---- signals ---- */

static volatile int handled_by, nr_handled;

static void on_signal(int sig)
{
	(void)sig;
	handled_by = gettid();
	nr_handled++;
}

static void block(int how, int sig)
{
	sigset_t set;

	sigemptyset(&set);
	if (sig)
		sigaddset(&set, sig);
	else
		sigfillset(&set);
	EXPECT_OK(sigprocmask(how, &set, NULL));
}

static int open_for_usr1(void *arg)
{
	block(SIG_UNBLOCK, SIGUSR1);
	return sleep_on(arg);
}

static void chosen_thread(void)
{
	int tids[4], open;

	signal(SIGUSR1, on_signal);
	block(SIG_BLOCK, SIGUSR1);
	for (int i = 0; i < 4; i++)
		start_thread(sleep_on, NULL, &tids[i]);
	start_thread(open_for_usr1, NULL, &open);
	sleep_ms(30);
	for (int i = 1; i <= 5; i++) {
		EXPECT_OK(kill(getpid(), SIGUSR1));
		sleep_ms(20);
		EXPECT_EQ(i, nr_handled);
		EXPECT_EQ(open, handled_by);
	}
	EXPECT_OK(kill(tids[0], SIGUSR1));	/* to the process: all the same */
	sleep_ms(20);
	EXPECT_EQ(6, nr_handled);
	EXPECT_OK(syscall(__NR_tkill, tids[0], SIGUSR1));
	sleep_ms(20);
	EXPECT_EQ(6, nr_handled);		/* blocked there */
}

static volatile int first_handled_by, both_blocked_by;

static void on_first(int sig)
{
	(void)sig;
	first_handled_by = gettid();
}

/* Takes both signals, but the handler of the first blocks the second, and so does what follows. */
static int suspend_once(void *arg)
{
	sigset_t none;

	sigemptyset(&none);
	both_blocked_by = gettid();
	sigsuspend(&none);
	return sleep_on(arg);
}

static int open_for_usr2(void *arg)
{
	block(SIG_UNBLOCK, SIGUSR2);
	return sleep_on(arg);
}

/* A signal whose thread blocks it before it has taken it goes to another one. */
static void passed_on(void)
{
	struct sigaction action = { .sa_handler = on_first };
	int first, second;

	sigaddset(&action.sa_mask, SIGUSR2);
	EXPECT_OK(sigaction(SIGUSR1, &action, NULL));
	signal(SIGUSR2, on_signal);
	block(SIG_BLOCK, SIGUSR1);
	block(SIG_BLOCK, SIGUSR2);
	start_thread(suspend_once, NULL, &first);
	start_thread(open_for_usr2, NULL, &second);
	sleep_ms(30);
	/* So that it does not run between the two. */
	EXPECT_OK(setpriority(PRIO_PROCESS, first, 19));
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR2);
	for (int i = 0; i < 100 && !nr_handled; i++)
		sleep_ms(5);
	EXPECT_EQ(both_blocked_by, first_handled_by);
	EXPECT_EQ(1, nr_handled);
	EXPECT_EQ(second, handled_by);
}

static volatile long *spins;

static int make_spinners(void *arg)
{
	(void)arg;
	for (int i = 0;; i = (i + 1) % 4) {
		int tid;

		start_thread(spin_for_ever, (void *)&spins[i], &tid);
		sleep_ms(10);
	}
	return 0;
}

static void spinners(void *arg)
{
	int tid;

	(void)arg;
	start_thread(make_spinners, NULL, &tid);
	sleep_on(NULL);
}

/* Stopped is stopped, for threads just made too; continued, killed while stopped. */
static void stop_all(void)
{
	long seen[4];
	int status;
	pid_t pid;

	spins = (long *)EXPECT_OK(
		mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	pid = start(spinners, NULL);
	EXPECT_OK(setpgid(pid, pid));		/* SIGTSTP is for groups with a parent outside */
	for (int i = 0; i < 12; i++) {
		sleep_ms(20 + i);
		EXPECT_OK(kill(pid, i % 2 ? SIGSTOP : SIGTSTP));
		EXPECT_EQ(pid, waitpid(pid, &status, WUNTRACED));
		EXPECT_EQ((i % 2 ? SIGSTOP : SIGTSTP) << 8 | 0x7f, status);
		memcpy(seen, (void *)spins, sizeof(seen));
		sleep_ms(30);
		EXPECT(!memcmp(seen, (void *)spins, sizeof(seen)));
		EXPECT_OK(kill(pid, SIGCONT));
		EXPECT_EQ(pid, waitpid(pid, &status, WCONTINUED));
		EXPECT_EQ(0xffff, status);
	}
	EXPECT_OK(kill(pid, SIGSTOP));
	EXPECT_EQ(pid, waitpid(pid, &status, WUNTRACED));
	EXPECT_OK(kill(pid, SIGKILL));
	EXPECT_KILLED(SIGKILL, finish(pid));
}

/* ---- exec ---- */

static int exec_ids(void *arg)
{
	char pid[12], ppid[12];

	snprintf(pid, sizeof(pid), "%d", getpid());
	snprintf(ppid, sizeof(ppid), "%d", (int)(long)arg ? (int)(long)arg : getppid());
	exec_helper("thread", pid, ppid, arg ? "print" : NULL, NULL);
	return 0;
}

/* where 0: the leader calls exec, 1: another thread, 2: another, and the leader has ended. */
static void exec_among_threads(void *arg)
{
	int tids[4], where = (long)arg % 10, child = (long)arg >= 10, tid;

	if (child)
		start(child_sleeps, NULL);
	for (int i = 0; i < 4; i++)
		start_thread(i % 2 ? yield_for_ever : sleep_on, NULL, &tids[i]);
	sleep_ms(10);
	if (!where)
		exec_ids(NULL);
	start_thread(exec_ids, NULL, &tid);
	if (where == 2)
		syscall(__NR_exit, 1);
	sleep_on(NULL);
}

/* The new program has the process' number and its children, and no other threads. */
static void exec_takes_over(void)
{
	for (long where = 0; where <= 2; where++) {
		EXPECT_EXIT(0, finish(start(exec_among_threads, (void *)where)));
		EXPECT_EXIT(1, finish(start(exec_among_threads, (void *)(10 + where))));
	}
}

static int exec_later(void *arg)
{
	sleep_ms(80);
	return exec_ids(arg);
}

/* The parent of a process is the parent of its threads, also when it has changed. */
static void exec_of_orphan(void)
{
	int tid, fds[2];
	pid_t pid;
	char c = 0;

	EXPECT_OK(pipe(fds));
	pid = fork();
	if (pid == 0) {
		if (fork() == 0) {
			dup2(fds[1], 1);
			start_thread(exec_later, (void *)1, &tid);
			sleep_on(NULL);
		}
		sleep_ms(20);
		_exit(0);
	}
	EXPECT_OK(close(fds[1]));
	EXPECT_EXIT(0, finish(pid));
	EXPECT_EQ(1, read(fds[0], &c, 1));
	EXPECT_EQ('0', c);
}

static int exec_nothing(void *arg)
{
	char *argv[] = { "x", NULL };

	(void)arg;
	for (int i = 0; i < 20; i++) {
		EXPECT_EQ(-1, execv("/no/such/file", argv));
		EXPECT_EQ(-1, execv("/dev/null", argv));
		EXPECT_EQ(-1, execv("empty", argv));
	}
	return 0;
}

static void exec_fails(void)
{
	int tids[3], execer;

	EXPECT_OK(close(EXPECT_OK(open("empty", O_WRONLY | O_CREAT, 0777))));
	for (int i = 0; i < 3; i++)
		start_thread(sleep_on, NULL, &tids[i]);
	start_thread(exec_nothing, NULL, &execer);
	exec_nothing(NULL);
	join_thread(&execer);
	for (int i = 0; i < 3; i++)
		EXPECT_OK(syscall(__NR_tkill, tids[i], 0));
}

/* ---- storms ---- */

static unsigned int next_random(unsigned int *seed)
{
	return (*seed = *seed * 1103515245 + 12345) >> 16;
}

static int storm_thread(void *arg)
{
	unsigned int seed = gettid() * 7919 + (long)arg;
	int tid;

	for (;;) {
		switch (next_random(&seed) % 12) {
		case 0:
			if ((long)arg < 3)
				clone(storm_thread, map_pages(2) + STACK, THREAD_FLAGS,
				      (char *)arg + 1, &tid, &tid);
			break;
		case 1:
			return 0;
		case 2:
			syscall(__NR_tkill, getpid() + next_random(&seed) % 12, SIGUSR1);
			break;
		case 3:
			if (fork() == 0)
				_exit(0);
			break;
		case 4:
			waitpid(-1, NULL, WNOHANG);
			break;
		case 5:
			sleep_ms(1);
			break;
		case 6:
			if (next_random(&seed) % 8 == 0)
				exec_helper("exit", "0", NULL);
			break;
		case 7:
			if (next_random(&seed) % 8 == 0)
				_exit(0);
			break;
		case 8:
			kill(getpid(), next_random(&seed) % 2 ? SIGUSR1 : SIGCONT);
			break;
		default:
			sched_yield();
		}
	}
}

static void storm_process(void *arg)
{
	int tids[4];

	/* Only the processor limits how fast they come, and a small machine how many there are. */
	setpgid(0, 0);
	signal(SIGUSR1, on_signal);
	for (int i = 0; i < 4; i++)
		clone(storm_thread, map_pages(2) + STACK, THREAD_FLAGS, NULL, &tids[i], &tids[i]);
	storm_thread(arg);
	syscall(__NR_exit, 0);
}

/* Threads that are made, end, signal each other, fork, exec, and are killed at any moment. */
static void storm(void)
{
	unsigned int seed = 12;

	for (int round = 0; round < 40; round++) {
		pid_t pids[3];

		for (int i = 0; i < 3; i++)
			pids[i] = start(storm_process, (void *)3);
		sleep_ms(next_random(&seed) % 40);
		for (int i = 0; i < 3; i++) {
			kill(pids[i], next_random(&seed) % 3 ? SIGKILL : SIGSTOP);
			kill(-pids[i], SIGKILL);
			kill(pids[i], SIGKILL);
			finish(pids[i]);
			kill(-pids[i], SIGKILL);
		}
	}
}

/* Threads that fault on the same pages while another throws them away and forks copy them. */
#define FAULT_PAGES 16
static char *fault_area;

static int touch_pages(void *arg)
{
	long me = (long)arg;

	for (int round = 0; round < 200; round++) {
		for (int i = 0; i < FAULT_PAGES; i++) {
			volatile char *p = fault_area + i * PAGE + me;

			*p = me;
			if (*p != me && *p != 0)
				return counter++, 0;
		}
		if (round % 16 == me)
			sched_yield();
	}
	return 0;
}

static void faults_at_once(void)
{
	int tids[4];

	fault_area = map_pages(FAULT_PAGES);
	for (long i = 0; i < 4; i++)
		start_thread(touch_pages, (void *)(i + 1), &tids[i]);
	for (int i = 0; i < 60; i++) {
		EXPECT_OK(madvise(fault_area, FAULT_PAGES * PAGE, MADV_DONTNEED));
		if (i % 8 == 0)
			EXPECT_EXIT(0, finish(start(child_ends, NULL)));
		sched_yield();
	}
	for (int i = 0; i < 4; i++)
		join_thread(&tids[i]);
	EXPECT_EQ(0, counter);
}

const struct test threads_tests[] = {
	{ "threads.flags", flags, 0 },
	{ "threads.tid_words", tid_words, 0 },
	{ "threads.group", group, 0 },
	{ "threads.signal_calls", signal_calls, 0 },
	{ "threads.all_end", all_end, 0 },
	{ "threads.leader_first", leader_first, 0 },
	{ "threads.children", children, 0 },
	{ "threads.chosen_thread", chosen_thread, 0 },
	{ "threads.passed_on", passed_on, 0 },
	{ "threads.stop_all", stop_all, 0 },
	{ "threads.exec_takes_over", exec_takes_over, 0 },
	{ "threads.exec_of_orphan", exec_of_orphan, 0 },
	{ "threads.exec_fails", exec_fails, 0 },
	{ "threads.storm", storm, SLOW },
	{ "threads.faults_at_once", faults_at_once, 0 },
	{ NULL, NULL, 0 },
};
