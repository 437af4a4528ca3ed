/*
 * pthread_life.c - the life of a thread: storage of its own, stacks, joining, detaching,
 * cancellation, many at once.
 */
#include "pthreads.h"

/* ---- thread-local storage ---- */

static __thread int tls_zero, tls_seven = 7;
static __thread char tls_large[3000];

static void *use_tls(void *arg)
{
	CHECK(tls_zero == 0 && tls_seven == 7 && !tls_large[2999]);
	for (int i = 0; i < 50; i++) {
		tls_zero = tls_seven = (long)arg;
		errno = (long)arg;
		sched_yield();
		CHECK(tls_zero == (long)arg && tls_seven == (long)arg && errno == (long)arg);
	}
	return &tls_zero;
}

static void tls(void)
{
	pthread_t t[5];

	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(use_tls, (void *)(i + 20));
	for (size_t i = 0; i < COUNT(t); i++)
		CHECK(join(t[i]) != &tls_zero);
	CHECK(tls_zero == 0 && tls_seven == 7);
}

static pthread_key_t key, again_key;
static volatile int destroyed, again;

static void destroy(void *value)
{
	destroyed += (long)value;
	CHECK(!pthread_getspecific(key));
}

static void set_again(void *value)
{
	if (++again < 3)
		OK(pthread_setspecific(again_key, value));
}

static void *use_keys(void *arg)
{
	CHECK(!pthread_getspecific(key));
	OK(pthread_setspecific(key, arg));
	sched_yield();
	CHECK(pthread_getspecific(key) == arg);
	if (arg == (void *)3) {
		OK(pthread_setspecific(again_key, arg));
		pthread_exit(NULL);
	}
	return NULL;
}

static void keys(void)
{
	pthread_t t[4];

	OK(pthread_key_create(&key, destroy));
	OK(pthread_key_create(&again_key, set_again));
	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(use_keys, (void *)i);
	for (size_t i = 0; i < COUNT(t); i++)
		join(t[i]);
	RETURNS(1 + 2 + 3, destroyed);
	RETURNS(3, again);
	OK(pthread_key_delete(key));
}

/* ---- cancellation ---- */

static volatile int cleaned[4], nr_cleaned;

static void clean(void *arg)
{
	cleaned[nr_cleaned++] = (long)arg;
}

static int pipe_fds[2];

static void *read_for_ever(void *arg)
{
	char c;

	pthread_cleanup_push(clean, (void *)1);
	pthread_cleanup_push(clean, (void *)2);
	pthread_cleanup_push(clean, (void *)3);
	counter = 1;
	read(pipe_fds[0], &c, 1);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return arg;
}

/* Cancelled in a read that sleeps: the handlers run, last first. */
static void cancel_deferred(void)
{
	pthread_t t;

	CHECK(pipe(pipe_fds) == 0);
	t = start(read_for_ever, NULL);
	while (!counter)
		nap(1);
	nap(20);
	OK(pthread_cancel(t));
	CHECK(join(t) == PTHREAD_CANCELED);
	CHECK(nr_cleaned == 3 && cleaned[0] == 3 && cleaned[1] == 2 && cleaned[2] == 1);
	CHECK(write(pipe_fds[1], "x", 1) == 1);
}

static pthread_cond_t never = PTHREAD_COND_INITIALIZER;

static void unlock(void *arg)
{
	OK(pthread_mutex_unlock(arg));		/* it was locked again before the handlers ran */
	nr_cleaned++;
}

static void *wait_for_ever(void *arg)
{
	OK(pthread_mutex_lock(&lock));
	pthread_cleanup_push(unlock, &lock);
	counter++;
	for (;;)
		OK(pthread_cond_wait(&never, &lock));
	pthread_cleanup_pop(0);
	return arg;
}

static void cancel_condition(void)
{
	pthread_t t[3];

	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(wait_for_ever, NULL);
	while (counter < 3)
		nap(1);
	for (size_t i = 0; i < COUNT(t); i++)
		OK(pthread_cancel(t[i]));
	for (size_t i = 0; i < COUNT(t); i++)
		CHECK(join(t[i]) == PTHREAD_CANCELED);
	RETURNS(3, nr_cleaned);
	OK(pthread_mutex_trylock(&lock));
}

/* musl drops four words off the stack where it cancels at any point; not the handler's, please. */
static void __attribute__((noinline)) count_for_ever(void)
{
	volatile char spare[64];

	for (spare[0] = 0;; spare[0]++)
		counter++;
}

static void *spin_cancelable(void *arg)
{
	int old;

	OK(pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old));
	CHECK(old == PTHREAD_CANCEL_DEFERRED);
	pthread_cleanup_push(clean, arg);
	count_for_ever();
	pthread_cleanup_pop(0);
	return NULL;
}

static void cancel_async(void)
{
	pthread_t t = start(spin_cancelable, (void *)9);

	while (!counter)
		nap(1);
	OK(pthread_cancel(t));
	CHECK(join(t) == PTHREAD_CANCELED);
	CHECK(nr_cleaned == 1 && cleaned[0] == 9);
}

static void *hold_off(void *arg)
{
	int old;

	OK(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old));
	counter = 1;
	nap(50);
	counter = 2;
	OK(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old));
	pthread_testcancel();
	counter = 3;
	return arg;
}

static void cancel_disabled(void)
{
	pthread_t t = start(hold_off, NULL);

	while (!counter)
		nap(1);
	OK(pthread_cancel(t));
	CHECK(join(t) == PTHREAD_CANCELED);
	RETURNS(2, counter);
}

/* ---- joining, detaching, many ---- */

static void *twice(void *arg)
{
	return (void *)(2 * (long)arg);
}

static void *detach_self(void *arg)
{
	OK(pthread_detach(pthread_self()));
	__sync_fetch_and_add(&counter, 1);
	return arg;
}

static void *join_main(void *arg)
{
	CHECK(join(*(pthread_t *)arg) == (void *)77);
	printf("# the leader was joined\n");
	fflush(stdout);
	_exit(0);
}

static void join_and_detach(void)
{
	pthread_t t, self = pthread_self();
	pthread_attr_t attr;

	for (long i = 0; i < 100; i++)
		CHECK(join(start(twice, (void *)i)) == (void *)(2 * i));
	for (int i = 0; i < 50; i++)
		start(detach_self, NULL);
	OK(pthread_attr_init(&attr));
	OK(pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED));
	for (int i = 0; i < 50; i++)
		OK(pthread_create(&t, &attr, twice, NULL));
	for (int i = 0; i < 1000 && status_of_process("Threads:") > 1; i++)
		nap(5);
	RETURNS(50, counter);
	RETURNS(1, status_of_process("Threads:"));
	start(join_main, &self);
	pthread_exit((void *)77);
}

#define MANY 200
static pthread_barrier_t all_here;
static pid_t tids[MANY];

static void *be_one_of_many(void *arg)
{
	volatile char on_stack[8 * KB];

	for (size_t i = 0; i < sizeof(on_stack); i += KB)
		on_stack[i] = (long)arg;
	tids[(long)arg] = my_tid();
	pthread_barrier_wait(&all_here);
	for (size_t i = 0; i < sizeof(on_stack); i += KB)
		CHECK(on_stack[i] == (char)(long)arg);
	pthread_barrier_wait(&all_here);
	return arg;
}

/* With the library's default stacks: address space for each, memory for what is touched. */
static void two_hundred(void)
{
	pthread_t t[MANY];

	OK(pthread_barrier_init(&all_here, NULL, MANY + 1));
	for (long i = 0; i < MANY; i++)
		OK(pthread_create(&t[i], NULL, be_one_of_many, (void *)i));
	pthread_barrier_wait(&all_here);
	RETURNS(MANY + 1, status_of_process("Threads:"));
	for (int i = 1; i < MANY; i++)
		CHECK(tids[i] > 0 && tids[i] != tids[i - 1]);
	pthread_barrier_wait(&all_here);
	for (long i = 0; i < MANY; i++)
		CHECK(join(t[i]) == (void *)i);
}

/* Makes threads, and waits for some of them. */
static void *make_storm(void *arg)
{
	unsigned int seed = (long)arg;

	for (int i = 0; i < 60; i++) {
		pthread_t t[4];
		int n = 1 + rand_r(&seed) % 4;

		for (int k = 0; k < n; k++)
			t[k] = start(twice, (void *)(long)k);
		if (rand_r(&seed) % 4 == 0)
			sched_yield();
		for (long k = 0; k < n; k++) {
			if (rand_r(&seed) % 2)
				CHECK(join(t[k]) == (void *)(2 * k));
			else
				OK(pthread_detach(t[k]));
		}
	}
	return NULL;
}

static void create_storm(void)
{
	pthread_t t[6];

	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(make_storm, (void *)(i + 1));
	for (size_t i = 0; i < COUNT(t); i++)
		join(t[i]);
	for (int i = 0; i < 1000 && status_of_process("Threads:") > 1; i++)
		nap(5);
	RETURNS(1, status_of_process("Threads:"));
}

/* ---- stacks ---- */

static volatile char *volatile filled_at;

static void *fill_half(void *arg)
{
	size_t size = (size_t)arg / 2;
	volatile char *p = __builtin_alloca(size);

	for (size_t i = 0; i < size; i += KB)
		p[i] = 1;
	filled_at = p;
	return arg;
}

static void stack_sizes(void)
{
	static char own[64 * KB] __attribute__((aligned(4096)));
	pthread_attr_t attr;
	pthread_t t;

	for (size_t size = 32 * KB; size <= 4096 * KB; size *= 2)
		CHECK(join(start_sized(fill_half, (void *)size, size)));
	OK(pthread_attr_init(&attr));
	RETURNS(EINVAL, pthread_attr_setstacksize(&attr, 100));
	OK(pthread_attr_setstack(&attr, own, sizeof(own)));
	OK(pthread_create(&t, &attr, fill_half, (void *)sizeof(own)));
	join(t);
	CHECK(filled_at >= own && filled_at < own + sizeof(own));
}

static int recurse(int n)
{
	volatile char frame[KB];

	frame[0] = n;
	return stop ? 0 : recurse(n + 1) + frame[0];
}

static void *overflow(void *arg)
{
	recurse(0);
	return arg;
}

/* A stack that overflows meets the page without access below it, not its neighbour. */
static void stack_guard(void)
{
	pid_t pid = fork();

	if (!pid) {
		start(idle, NULL);
		join(start(overflow, NULL));
		_exit(0);
	}
	RETURNS(SIGSEGV, reap(pid) & 0x7f);
}

static void *allocate(void *arg)
{
	unsigned int seed = (long)arg;
	unsigned char *p[30] = { NULL };

	for (int i = 0; i < 1500; i++) {
		int k = rand_r(&seed) % COUNT(p);
		size_t size = 1 + rand_r(&seed) % (i % 100 ? 500 : 200 * KB);

		if (p[k])
			CHECK(*p[k] == (unsigned char)(k + (long)arg));
		free(p[k]);
		p[k] = malloc(size);
		CHECK(p[k]);
		memset(p[k], k + (long)arg, size);
	}
	for (size_t k = 0; k < COUNT(p); k++)
		free(p[k]);
	return NULL;
}

static void heap(void)
{
	pthread_t t[6];

	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(allocate, (void *)(i + 1));
	for (size_t i = 0; i < COUNT(t); i++)
		join(t[i]);
}

const struct check life_checks[] = {
	{ "tls", tls, 0 },
	{ "keys", keys, 0 },
	{ "cancel_deferred", cancel_deferred, 0 },
	{ "cancel_condition", cancel_condition, 0 },
	{ "cancel_async", cancel_async, 0 },
	{ "cancel_disabled", cancel_disabled, 0 },
	{ "join_and_detach", join_and_detach, 0 },
	{ "two_hundred", two_hundred, 0 },
	{ "create_storm", create_storm, 0 },
	{ "stack_sizes", stack_sizes, 0 },
	{ "stack_guard", stack_guard, 0 },
	{ "heap", heap, 0 },
	{ NULL, NULL, 0 },
};
