/*
 * pthread_sync.c - mutexes of every kind, condition variables, barriers, read-write locks,
 * semaphores and pthread_once: what a library builds of futexes and robust lists.
 */
#include "pthreads.h"

static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

/* ---- mutexes ---- */

static void *add_under_lock(void *arg)
{
	for (int i = 0; i < 2000; i++) {
		int seen;

		OK(pthread_mutex_lock(arg));
		seen = counter;
		if (i % 50 == 0)
			sched_yield();
		counter = seen + 1;
		OK(pthread_mutex_unlock(arg));
	}
	return NULL;
}

static void mutex(void)
{
	pthread_t t[8];

	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(add_under_lock, &lock);
	for (size_t i = 0; i < COUNT(t); i++)
		join(t[i]);
	RETURNS(16000, counter);
}

static void *try_and_time(void *arg)
{
	struct timespec end = after(CLOCK_REALTIME, 60);
	long begin = now_ms(CLOCK_MONOTONIC);

	RETURNS(EBUSY, pthread_mutex_trylock(arg));
	RETURNS(ETIMEDOUT, pthread_mutex_timedlock(arg, &end));
	CHECK(now_ms(CLOCK_MONOTONIC) - begin >= 50);
	return NULL;
}

static void mutex_timed(void)
{
	OK(pthread_mutex_lock(&lock));
	join(start(try_and_time, &lock));
	OK(pthread_mutex_unlock(&lock));
	OK(pthread_mutex_trylock(&lock));
}

static void make_mutex(pthread_mutex_t *m, int type, int robust, int shared)
{
	pthread_mutexattr_t attr;

	OK(pthread_mutexattr_init(&attr));
	OK(pthread_mutexattr_settype(&attr, type));
	OK(pthread_mutexattr_setrobust(&attr, robust));
	OK(pthread_mutexattr_setpshared(&attr, shared));
	OK(pthread_mutex_init(m, &attr));
}

static void *unlock_foreign(void *m)
{
	RETURNS(EPERM, pthread_mutex_unlock(m));
	RETURNS(EBUSY, pthread_mutex_trylock(m));
	return NULL;
}

static void mutex_recursive(void)
{
	pthread_mutex_t m;

	make_mutex(&m, PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_STALLED, PTHREAD_PROCESS_PRIVATE);
	for (int i = 0; i < 3; i++)
		OK(pthread_mutex_lock(&m));
	join(start(unlock_foreign, &m));
	for (int i = 0; i < 3; i++)
		OK(pthread_mutex_unlock(&m));
	RETURNS(EPERM, pthread_mutex_unlock(&m));
	OK(pthread_mutex_destroy(&m));
}

static void mutex_errorcheck(void)
{
	pthread_mutex_t m;

	make_mutex(&m, PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_STALLED, PTHREAD_PROCESS_PRIVATE);
	OK(pthread_mutex_lock(&m));
	RETURNS(EDEADLK, pthread_mutex_lock(&m));
	join(start(unlock_foreign, &m));
	OK(pthread_mutex_unlock(&m));
	RETURNS(EPERM, pthread_mutex_unlock(&m));
}

static void *die_with_lock(void *m)
{
	OK(pthread_mutex_lock(m));
	return NULL;
}

static void *wait_for_dead_owner(void *m)
{
	RETURNS(EOWNERDEAD, pthread_mutex_lock(m));
	OK(pthread_mutex_consistent(m));
	OK(pthread_mutex_unlock(m));
	return NULL;
}

static void *die_later_with_lock(void *m)
{
	OK(pthread_mutex_lock(m));
	counter = 1;
	nap(50);
	return NULL;
}

/* An owner that ended is told to the next one, whether it waited already or came later. */
static void mutex_robust(void)
{
	pthread_t owner, waiter;
	pthread_mutex_t m;

	make_mutex(&m, PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST, PTHREAD_PROCESS_PRIVATE);
	join(start(die_with_lock, &m));
	wait_for_dead_owner(&m);
	owner = start(die_later_with_lock, &m);
	while (!counter)
		sched_yield();
	waiter = start(wait_for_dead_owner, &m);
	join(owner);
	join(waiter);
	OK(pthread_mutex_lock(&m));
	OK(pthread_mutex_unlock(&m));
	join(start(die_with_lock, &m));
	RETURNS(EOWNERDEAD, pthread_mutex_lock(&m));
	OK(pthread_mutex_unlock(&m));		/* given up: not made consistent */
	RETURNS(ENOTRECOVERABLE, pthread_mutex_lock(&m));
}

struct shared {
	pthread_mutex_t m;
	pthread_cond_t c;
	sem_t sem;
	volatile int n, ready;
};

static void mutex_shared(void)
{
	struct shared *s = shared_memory(sizeof(*s));
	pid_t pid[3];

	make_mutex(&s->m, PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_STALLED, PTHREAD_PROCESS_SHARED);
	for (size_t i = 0; i < COUNT(pid); i++) {
		pid[i] = fork();
		if (pid[i])
			continue;
		for (int k = 0; k < 1000; k++) {
			int seen;

			OK(pthread_mutex_lock(&s->m));
			seen = s->n;
			if (k % 20 == 0)
				sched_yield();
			s->n = seen + 1;
			OK(pthread_mutex_unlock(&s->m));
		}
		_exit(0);
	}
	for (size_t i = 0; i < COUNT(pid); i++)
		RETURNS(0, reap(pid[i]));
	RETURNS(3000, s->n);
}

/* The owner is another process, killed while this one waits. */
static void mutex_robust_shared(void)
{
	struct shared *s = shared_memory(sizeof(*s));
	pid_t pid, killer;

	make_mutex(&s->m, PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST, PTHREAD_PROCESS_SHARED);
	pid = fork();
	if (!pid) {
		OK(pthread_mutex_lock(&s->m));
		s->ready = 1;
		idle(NULL);
	}
	while (!s->ready)
		nap(1);
	killer = fork();
	if (!killer) {
		nap(50);
		kill(pid, SIGKILL);
		_exit(0);
	}
	wait_for_dead_owner(&s->m);
	RETURNS(SIGKILL, reap(pid));
	RETURNS(0, reap(killer));
}

/* ---- condition variables, barriers, rwlocks, semaphores, once ---- */

#define ITEMS 500
static int queue[4];
static int queue_in, queue_out;

static void *produce(void *arg)
{
	for (int i = 1; i <= ITEMS; i++) {
		OK(pthread_mutex_lock(&lock));
		while (queue_in - queue_out == COUNT(queue))
			OK(pthread_cond_wait(&cond, &lock));
		queue[queue_in++ % COUNT(queue)] = i;
		OK(pthread_cond_broadcast(&cond));
		OK(pthread_mutex_unlock(&lock));
	}
	return arg;
}

static void *consume(void *arg)
{
	long sum = 0;

	for (int i = 0; i < ITEMS; i++) {
		OK(pthread_mutex_lock(&lock));
		while (queue_in == queue_out)
			OK(pthread_cond_wait(&cond, &lock));
		sum += queue[queue_out++ % COUNT(queue)];
		OK(pthread_cond_broadcast(&cond));
		OK(pthread_mutex_unlock(&lock));
	}
	(void)arg;
	return (void *)sum;
}

static void condition(void)
{
	pthread_t p[3], c[3];
	long sum = 0;

	for (int i = 0; i < 3; i++) {
		c[i] = start(consume, NULL);
		p[i] = start(produce, NULL);
	}
	for (int i = 0; i < 3; i++) {
		join(p[i]);
		sum += (long)join(c[i]);
	}
	RETURNS(3L * ITEMS * (ITEMS + 1) / 2, sum);
}

static void condition_timed(void)
{
	static const clockid_t clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC };
	pthread_condattr_t attr;
	pthread_cond_t c;

	for (size_t i = 0; i < COUNT(clocks); i++) {
		struct timespec end;
		long begin = now_ms(CLOCK_MONOTONIC), took;

		OK(pthread_condattr_init(&attr));
		OK(pthread_condattr_setclock(&attr, clocks[i]));
		OK(pthread_cond_init(&c, &attr));
		OK(pthread_mutex_lock(&lock));
		end = after(clocks[i], 70);
		RETURNS(ETIMEDOUT, pthread_cond_timedwait(&c, &lock, &end));
		took = now_ms(CLOCK_MONOTONIC) - begin;
		CHECK(took >= 65 && took < 5000);
		end.tv_sec -= 10;
		RETURNS(ETIMEDOUT, pthread_cond_timedwait(&c, &lock, &end));
		end.tv_nsec = 1000000000;
		RETURNS(EINVAL, pthread_cond_timedwait(&c, &lock, &end));
		OK(pthread_mutex_unlock(&lock));
		OK(pthread_cond_destroy(&c));
	}
}

static void condition_shared(void)
{
	struct shared *s = shared_memory(sizeof(*s));
	pthread_condattr_t attr;
	pid_t pid;

	make_mutex(&s->m, PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_STALLED, PTHREAD_PROCESS_SHARED);
	OK(pthread_condattr_init(&attr));
	OK(pthread_condattr_setpshared(&attr, PTHREAD_PROCESS_SHARED));
	OK(pthread_cond_init(&s->c, &attr));
	pid = fork();
	CHECK(pid >= 0);
	/* A game of ball: each side waits for its parity of n. */
	for (int i = 0; i < 300; i++) {
		OK(pthread_mutex_lock(&s->m));
		while (s->n % 2 == (pid ? 0 : 1))
			OK(pthread_cond_wait(&s->c, &s->m));
		s->n++;
		OK(pthread_cond_signal(&s->c));
		OK(pthread_mutex_unlock(&s->m));
	}
	if (!pid)
		_exit(0);
	RETURNS(0, reap(pid));
	RETURNS(600, s->n);
}

static pthread_barrier_t gate;

static void *pass_gates(void *arg)
{
	long serial = 0;

	(void)arg;
	for (int round = 0; round < 40; round++) {
		int result;

		__sync_fetch_and_add(&counter, 1);
		result = pthread_barrier_wait(&gate);
		CHECK(result == 0 || result == PTHREAD_BARRIER_SERIAL_THREAD);
		serial += result == PTHREAD_BARRIER_SERIAL_THREAD;
		CHECK(counter >= (round + 1) * 8);
		pthread_barrier_wait(&gate);
		CHECK(counter >= (round + 1) * 8);
	}
	return (void *)serial;
}

static void barrier(void)
{
	pthread_t t[8];
	long serial = 0;

	OK(pthread_barrier_init(&gate, NULL, COUNT(t)));
	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(pass_gates, NULL);
	for (size_t i = 0; i < COUNT(t); i++)
		serial += (long)join(t[i]);
	RETURNS(40, serial);
	OK(pthread_barrier_destroy(&gate));
}

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static volatile int writers_in, readers_in, most_readers;

static void *read_and_write(void *arg)
{
	for (int i = 0; i < 200; i++) {
		if (i % 10 == (long)arg) {
			OK(pthread_rwlock_wrlock(&rw));
			CHECK(__sync_add_and_fetch(&writers_in, 1) == 1 && readers_in == 0);
			sched_yield();
			__sync_fetch_and_sub(&writers_in, 1);
		} else {
			int n;

			OK(pthread_rwlock_rdlock(&rw));
			n = __sync_add_and_fetch(&readers_in, 1);
			if (n > most_readers)
				most_readers = n;
			CHECK(writers_in == 0);
			sched_yield();
			__sync_fetch_and_sub(&readers_in, 1);
		}
		OK(pthread_rwlock_unlock(&rw));
	}
	return NULL;
}

static void *try_rwlock(void *arg)
{
	RETURNS(EBUSY, pthread_rwlock_tryrdlock(&rw));
	RETURNS(EBUSY, pthread_rwlock_trywrlock(&rw));
	return arg;
}

static void rwlock(void)
{
	pthread_t t[6];

	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(read_and_write, (void *)i);
	for (size_t i = 0; i < COUNT(t); i++)
		join(t[i]);
	CHECK(most_readers > 1);
	OK(pthread_rwlock_wrlock(&rw));
	join(start(try_rwlock, NULL));
	OK(pthread_rwlock_unlock(&rw));
	OK(pthread_rwlock_tryrdlock(&rw));
	OK(pthread_rwlock_tryrdlock(&rw));
}

static sem_t sem;

static void *take_ten(void *arg)
{
	for (int i = 0; i < 10; i++) {
		OK(sem_wait(&sem));
		__sync_fetch_and_add(&counter, 1);
	}
	return arg;
}

static void semaphore(void)
{
	struct timespec end;
	pthread_t t[5];
	int value;

	OK(sem_init(&sem, 0, 3));
	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(take_ten, NULL);
	while (counter < 3)
		nap(1);
	nap(20);
	RETURNS(3, counter);
	for (int i = 0; i < 47; i++)
		OK(sem_post(&sem));
	for (size_t i = 0; i < COUNT(t); i++)
		join(t[i]);
	OK(sem_getvalue(&sem, &value));
	RETURNS(0, value);
	CHECK(sem_trywait(&sem) == -1 && errno == EAGAIN);
	end = after(CLOCK_REALTIME, 40);
	CHECK(sem_timedwait(&sem, &end) == -1 && errno == ETIMEDOUT);
}

static void semaphore_shared(void)
{
	struct shared *s = shared_memory(sizeof(*s));
	pid_t pid;

	OK(sem_init(&s->sem, 1, 0));
	pid = fork();
	if (!pid) {
		for (int i = 0; i < 100; i++)
			OK(sem_wait(&s->sem));
		_exit(5);
	}
	for (int i = 0; i < 100; i++) {
		OK(sem_post(&s->sem));
		if (i % 10 == 0)
			sched_yield();
	}
	RETURNS(5 << 8, reap(pid));
}

static pthread_once_t once_control = PTHREAD_ONCE_INIT;

static void first_time(void)
{
	nap(20);
	counter++;
}

static void *call_once(void *arg)
{
	OK(pthread_once(&once_control, first_time));
	RETURNS(1, counter);
	return arg;
}

static void once(void)
{
	pthread_t t[5];

	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(call_once, NULL);
	for (size_t i = 0; i < COUNT(t); i++)
		join(t[i]);
}

const struct check sync_checks[] = {
	{ "mutex", mutex, 0 },
	{ "mutex_timed", mutex_timed, 0 },
	{ "mutex_recursive", mutex_recursive, 0 },
	{ "mutex_errorcheck", mutex_errorcheck, 0 },
	{ "mutex_robust", mutex_robust, 0 },
	{ "mutex_shared", mutex_shared, 0 },
	{ "mutex_robust_shared", mutex_robust_shared, 0 },
	{ "condition", condition, 0 },
	{ "condition_timed", condition_timed, 0 },
	{ "condition_shared", condition_shared, 0 },
	{ "barrier", barrier, 0 },
	{ "rwlock", rwlock, 0 },
	{ "semaphore", semaphore, 0 },
	{ "semaphore_shared", semaphore_shared, 0 },
	{ "once", once, 0 },
	{ NULL, NULL, 0 },
};
