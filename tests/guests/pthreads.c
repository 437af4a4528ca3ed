/*
 * POSIX threads, as a C library uses the kernel for them: the same source is built with glibc and
 * with musl and run in the guest (test_threads.py), and with glibc on the host to judge the checks.
 *
 *	pthreads [-l] [NAME...]		-l lists the checks
 *
 * Each check runs in a process of its own, made by fork and exec since what a library knows of its
 * first thread may not survive fork; it ends with 0 if all was as expected, or is killed after
 * LIMIT seconds. Output is TAP: "ok 1 - name" or "not ok 1 - name", the reason before it.
 */
#include "pthreads.h"

#define LIMIT	60		/* seconds per check */

pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
volatile int counter, stop;
char self_path[PATH_MAX];

void failed(const char *file, int line, const char *what)
{
	printf("# %s:%d: expected %s, saw the opposite (errno %d)\n", file, line, what, errno);
	fflush(stdout);
	_exit(1);
}

void check_value(const char *file, int line, const char *what, long expected, long seen)
{
	if (expected == seen)
		return;
	printf("# %s:%d: expected %s to be %ld (%s), saw %ld (%s)\n", file, line, what, expected,
	       strerror(expected), seen, strerror(seen));
	fflush(stdout);
	_exit(1);
}

pthread_t start_sized(body *run, void *arg, size_t stack)
{
	pthread_attr_t attr;
	pthread_t t;

	OK(pthread_attr_init(&attr));
	OK(pthread_attr_setstacksize(&attr, stack));
	OK(pthread_create(&t, &attr, run, arg));
	OK(pthread_attr_destroy(&attr));
	return t;
}

pthread_t start(body *run, void *arg)
{
	return start_sized(run, arg, SMALL_STACK);
}

void *join(pthread_t t)
{
	void *value;

	OK(pthread_join(t, &value));
	return value;
}

void nap(int ms)
{
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000L };

	while (nanosleep(&ts, &ts) && errno == EINTR)
		;
}

long now_ms(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * 1000L + ts.tv_nsec / 1000000;
}

/* The point `ms` from now on a clock. */
struct timespec after(clockid_t clock, int ms)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	ts.tv_nsec += ms % 1000 * 1000000L;
	ts.tv_sec += ms / 1000 + ts.tv_nsec / 1000000000;
	ts.tv_nsec %= 1000000000;
	return ts;
}

void *shared_memory(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	CHECK(p != MAP_FAILED);
	return p;
}

/* The wait status of a child. */
int reap(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) != pid)
		CHECK(errno == EINTR);
	return status;
}

pid_t my_tid(void)
{
	return syscall(SYS_gettid);
}

/* The number behind a word at the beginning of a line of /proc/self/status. */
long status_of_process(const char *word)
{
	char line[200];
	long value = -1;
	FILE *f = fopen("/proc/self/status", "r");

	CHECK(f);
	while (fgets(line, sizeof(line), f))
		if (!strncmp(line, word, strlen(word)))
			value = atol(line + strlen(word));
	fclose(f);
	return value;
}

void *idle(void *arg)
{
	(void)arg;
	for (;;)
		pause();
	return NULL;
}

void *spin(void *arg)
{
	volatile long *n = arg;

	while (!stop)
		++*n;
	return NULL;
}

/* ---- the program ---- */

static const struct check *const tables[] = {
	sync_checks, life_checks, signal_checks, process_checks,
};

static void run_here(const char *name)
{
	for (size_t i = 0; i < COUNT(tables); i++)
		for (const struct check *check = tables[i]; check->name; check++)
			if (!strcmp(check->name, name))
				check->run();
}

pid_t run_apart(const char *name)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		execl(self_path, self_path, "--run", name, NULL);
		_exit(127);
	}
	CHECK(pid > 0);
	return pid;
}

/* Runs one check in a process group of its own: 1 if it passed. */
static int passes(const char *name)
{
	pid_t pid = run_apart(name);
	int status = reap(pid);

	kill(-pid, SIGKILL);		/* what a check that failed has left running */
	if (WIFSIGNALED(status))
		printf("# ended by signal %d%s\n", WTERMSIG(status),
		       WTERMSIG(status) == SIGALRM ? ": it took too long" : "");
	return status == 0;
}

static int wanted(const char *name, char **names)
{
	if (!*names)
		return 1;
	for (; *names; names++)
		if (!strcmp(name, *names))
			return 1;
	return 0;
}

/* All that is not HIDDEN, or what was named. Returns the number of failures. */
static int run_all(char **names, int list)
{
	int n = 0, bad = 0;

	for (size_t i = 0; i < COUNT(tables); i++) {
		for (const struct check *check = tables[i]; check->name; check++) {
			int passed;

			if (check->flags & HIDDEN || !wanted(check->name, names))
				continue;
			if (list) {
				puts(check->name);
				continue;
			}
			passed = passes(check->name);
			printf("%sok %d - %s\n", passed ? "" : "not ", ++n, check->name);
			bad += !passed;
		}
	}
	if (!list)
		printf("1..%d\n", n);
	return bad + (!list && !n);
}

int main(int argc, char **argv)
{
	int list = argc > 1 && !strcmp(argv[1], "-l");

	readlink("/proc/self/exe", self_path, sizeof(self_path) - 1);
	if (argc > 1 && !strcmp(argv[1], "--after-exec"))
		return after_exec(argc, argv);
	if (argc == 3 && !strcmp(argv[1], "--run")) {
		setpgid(0, 0);
		alarm(LIMIT);
		run_here(argv[2]);
		return 0;
	}
	return run_all(argv + 1 + list, list) > 0;
}
