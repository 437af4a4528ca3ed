/*
 * pthread_signals.c - signals to one thread and to a process of many, stopping, timers, and the
 * times that a process of many threads has used.
 */
#include "pthreads.h"

static volatile pid_t handled_by;
static volatile int nr_handled;

static void on_signal(int sig)
{
	(void)sig;
	handled_by = my_tid();
	__sync_fetch_and_add(&nr_handled, 1);
}

/* No SA_RESTART: the handler ends the call that sleeps. */
static void handle(int sig, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	CHECK(sigaction(sig, &action, NULL) == 0);
}

static void mask(int how, int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	OK(pthread_sigmask(how, &set, NULL));
}

static void await(volatile int *what, int value)
{
	for (int i = 0; i < 5000 && *what != value; i++)
		nap(1);
	RETURNS(value, *what);
}

static void *record_tid(void *arg)
{
	*(volatile pid_t *)arg = my_tid();
	return idle(NULL);
}

static void signal_to_thread(void)
{
	volatile pid_t tids[4] = { 0 };
	pthread_t t[4];

	handle(SIGUSR1, on_signal);
	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(record_tid, (void *)&tids[i]);
	for (size_t i = 0; i < COUNT(t); i++)
		while (!tids[i])
			nap(1);
	for (int round = 0; round < 5; round++) {
		for (size_t i = 0; i < COUNT(t); i++) {
			nr_handled = 0;
			OK(pthread_kill(t[i], SIGUSR1));
			await(&nr_handled, 1);
			CHECK(handled_by == tids[i]);
		}
	}
	OK(pthread_kill(t[0], 0));
	CHECK(syscall(SYS_tgkill, getpid() + 1, tids[0], 0) == -1 && errno == ESRCH);
	CHECK(syscall(SYS_tgkill, -1, tids[0], 0) == -1 && errno == EINVAL);
	CHECK(syscall(SYS_tkill, tids[1], SIGUSR1) == 0);
	await(&nr_handled, 2);
	CHECK(handled_by == tids[1]);
}

static void *unblock(void *arg)
{
	mask(SIG_UNBLOCK, SIGUSR1);
	return record_tid(arg);
}

/* kill() reaches a thread that does not block the signal. */
static void signal_to_process(void)
{
	volatile pid_t blocked = 0, open = 0;

	handle(SIGUSR1, on_signal);
	mask(SIG_BLOCK, SIGUSR1);
	start(record_tid, (void *)&blocked);
	kill(getpid(), SIGUSR1);		/* waits in the process' queue */
	nap(20);
	RETURNS(0, nr_handled);
	start(unblock, (void *)&open);
	await(&nr_handled, 1);
	while (!open || !blocked)
		nap(1);
	CHECK(handled_by == open);
	kill(getpid(), SIGUSR1);
	await(&nr_handled, 2);
	CHECK(handled_by == open);
}

static void *leave_with_signal(void *arg)
{
	sigset_t set;

	counter = 1;
	sigfillset(&set);
	kill(getpid(), SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	return arg;
}

/* A signal is not lost with the thread that was to take it. */
static void signal_moves_on(void)
{
	handle(SIGUSR1, on_signal);
	for (int i = 0; i < 50; i++) {
		nr_handled = 0;
		join(start(leave_with_signal, NULL));
		await(&nr_handled, 1);
	}
}

static void *take_by_sigwait(void *arg)
{
	sigset_t set;
	int sig;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	for (int i = 0; i < 3; i++) {
		OK(sigwait(&set, &sig));
		RETURNS(SIGUSR2, sig);
		counter++;
	}
	return arg;
}

/* Blocked in all threads, taken by the one that asks. */
static void sigwait_thread(void)
{
	pthread_t t;

	mask(SIG_BLOCK, SIGUSR2);
	start(idle, NULL);
	t = start(take_by_sigwait, NULL);
	for (int i = 1; i <= 3; i++) {
		if (i == 3)
			OK(pthread_kill(t, SIGUSR2));
		else
			kill(getpid(), SIGUSR2);
		await(&counter, i);
	}
	join(t);
}

static sem_t sem;

static void *wait_interrupted(void *arg)
{
	struct timespec end = after(CLOCK_REALTIME, 20000);

	counter = 1;
	CHECK(sem_wait(&sem) == -1 && errno == EINTR);
	counter = 2;
	CHECK(sem_timedwait(&sem, &end) == -1 && errno == EINTR);
	return arg;
}

static void *wait_restarted(void *arg)
{
	counter = 1;
	CHECK(sem_wait(&sem) == 0);
	return arg;
}

/* A handler ends sem_wait() unless it was installed with SA_RESTART; mutexes never notice. */
static void interrupted_wait(void)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	pthread_t t;

	OK(sem_init(&sem, 0, 0));
	handle(SIGUSR1, on_signal);
	t = start(wait_interrupted, NULL);
	for (int i = 1; i <= 2; i++) {
		await(&counter, i);
		nap(20);
		OK(pthread_kill(t, SIGUSR1));
	}
	join(t);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	counter = nr_handled = 0;
	t = start(wait_restarted, NULL);
	await(&counter, 1);
	nap(20);
	OK(pthread_kill(t, SIGUSR1));
	await(&nr_handled, 1);
	OK(sem_post(&sem));
	join(t);
}

static void *set_alarm(void *arg)
{
	struct itimerval timer = { .it_value = { 0, 30000 }, .it_interval = { 0, 30000 } };

	CHECK(setitimer(ITIMER_REAL, &timer, NULL) == 0);
	return arg;
}

/* The timer is the process': it outlives the thread that set it. */
static void alarm_of_process(void)
{
	struct itimerval timer;

	handle(SIGALRM, on_signal);
	join(start(set_alarm, NULL));
	CHECK(getitimer(ITIMER_REAL, &timer) == 0 && timer.it_interval.tv_usec == 30000);
	for (int i = 0; i < 1000 && nr_handled < 3; i++)
		nap(5);
	CHECK(nr_handled >= 3);
	CHECK(handled_by == getpid());
	alarm(30);
}

static void twenty_threads(void)
{
	static long n[20];

	for (int i = 0; i < 20; i++)
		start(i % 2 ? spin : idle, &n[i]);
}

static void kill_ends_all(void)
{
	static const int signals[] = { SIGKILL, SIGTERM, SIGSEGV };

	for (size_t i = 0; i < COUNT(signals); i++) {
		pid_t pid = fork();

		if (!pid) {
			twenty_threads();
			idle(NULL);
		}
		nap(50);
		kill(pid, signals[i]);
		RETURNS(signals[i], reap(pid) & 0x7f);
		CHECK(kill(pid, 0) == -1 && errno == ESRCH);
	}
}

/* Every thread stands still while the process is stopped. */
static void stop_and_continue(void)
{
	volatile long *n = shared_memory(4 * sizeof(*n));
	long seen[4];
	int status;
	pid_t pid = fork();

	if (!pid) {
		for (int i = 0; i < 4; i++)
			start(spin, (void *)&n[i]);
		idle(NULL);
	}
	for (int round = 0; round < 3; round++) {
		nap(100);
		CHECK(kill(pid, SIGSTOP) == 0);
		CHECK(waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status));
		memcpy(seen, (void *)n, sizeof(seen));
		nap(60);
		CHECK(!memcmp(seen, (void *)n, sizeof(seen)));
		CHECK(kill(pid, SIGCONT) == 0);
		CHECK(waitpid(pid, &status, WCONTINUED) == pid && WIFCONTINUED(status));
	}
	kill(pid, SIGSTOP);
	kill(pid, SIGKILL);
	RETURNS(SIGKILL, reap(pid) & 0x7f);
}

static long micros(struct timeval tv)
{
	return tv.tv_sec * 1000000L + tv.tv_usec;
}

static void *burn(void *arg)
{
	struct rusage own;

	while (now_ms(CLOCK_THREAD_CPUTIME_ID) < 60)
		for (volatile int i = 0; i < 10000; i++)
			;
	CHECK(getrusage(RUSAGE_THREAD, &own) == 0);
	CHECK(micros(own.ru_utime) + micros(own.ru_stime) >= 30000);
	CHECK(micros(own.ru_utime) + micros(own.ru_stime) < 1000000);
	return arg;
}

/* The process has used what its threads have, those that are gone too. */
static void used_times(void)
{
	struct rusage all;
	pthread_t t[3];

	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(burn, NULL);
	for (size_t i = 0; i < COUNT(t); i++)
		join(t[i]);
	CHECK(getrusage(RUSAGE_SELF, &all) == 0);
	CHECK(micros(all.ru_utime) + micros(all.ru_stime) >= 130000);
	CHECK(now_ms(CLOCK_PROCESS_CPUTIME_ID) >= 130);
	CHECK(now_ms(CLOCK_THREAD_CPUTIME_ID) < 100);
}

const struct check signal_checks[] = {
	{ "signal_to_thread", signal_to_thread, 0 },
	{ "signal_to_process", signal_to_process, 0 },
	{ "signal_moves_on", signal_moves_on, 0 },
	{ "sigwait_thread", sigwait_thread, 0 },
	{ "interrupted_wait", interrupted_wait, 0 },
	{ "alarm_of_process", alarm_of_process, 0 },
	{ "kill_ends_all", kill_ends_all, 0 },
	{ "stop_and_continue", stop_and_continue, 0 },
	{ "used_times", used_times, 0 },
	{ NULL, NULL, 0 },
};
