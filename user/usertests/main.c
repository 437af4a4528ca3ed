/*
 * main.c - runs the tests and reports.
 *
 *	usertests [-l] [-q] [-n] [-t SECONDS] [NAME...]
 *
 * -l lists the tests, -q leaves the slow ones out, -n does not look for leaks, -t says how long a
 * test may take (120). NAME is a test (mem.cow) or a subject (mem). Per test a line: "ok NAME",
 * "skip NAME: why", or "FAIL NAME: expected X, saw Y at file:line"; last "usertests: N passed,
 * N failed". Exit status: 0 if none failed.
 *
 * Leaks: what is free and what is in use (leaks.c) is read before and after each test. If
 * something is missing the test is run again: caches and slabs may have grown once, but a leak
 * loses every time. LEAK_RUNS losing runs in a row are a failure; no tolerance is needed. On a
 * machine where other programs use memory (it is seen before the first test) nothing can be said,
 * and the search is off.
 */
#include "usertests.h"
#include <stdarg.h>
#include <dirent.h>

#define LEAK_RUNS	4
#define INIT_PAUSE	1200	/* ms; busybox init buries orphans once a second */

static const struct test *const tables[] = {
	mem_tests,   fault_tests,   proc_tests,	      exec_tests,    signal_tests,  fs_tests,
	dir_tests,   pipe_tests,    tty_tests,	      time_tests,    badptr_tests,  limits_tests,
	lib_tests,   remap_tests,   async_tests,      swap_tests,    swapped_tests, regress_tests,
	mount_tests, model_tests,   overcommit_tests, reclaim_tests, tmpfs_tests,   shm_tests,
	ipc_tests,   uaccess_tests, vmcall_tests,     pagemap_tests, threads_tests, futex_tests,
	arch_tests,  locked_tests,  mmregress_tests,  errno_tests,   self_tests,
};

char self_path[256];
static const char *current_name;
static char work_dir[64];
static int quick, leak_search = 1, timeout = 120;
static int nr_passed, nr_failed, nr_skipped;

void fail_at(const char *file, int line, const char *fmt, ...)
{
	const char *base = strrchr(file, '/');
	char text[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	dprintf(1, "FAIL %s: %s at %s:%d\n", current_name, text, base ? base + 1 : file, line);
	_exit(EXIT_FAILED);
}

void skip(const char *why)
{
	dprintf(1, "skip %s: %s\n", current_name, why);
	_exit(EXIT_SKIPPED);
}

/* Removes a directory and all in it. */
static void remove_tree(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	char name[400];
	struct stat st;

	while (dir && (entry = readdir(dir))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		if (lstat(name, &st) == 0 && S_ISDIR(st.st_mode)) {
			chmod(name, 0700);
			remove_tree(name);
		} else {
			unlink(name);
		}
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

static void on_alarm(int sig)
{
	(void)sig;
}

/* The process of one test. */
static void test_process(const struct test *t)
{
	setsid();
	umask(022);
	for (int sig = 1; sig <= SIGRTMAX; sig++)
		signal(sig, SIG_DFL);
	for (int fd = 3; fd < 256; fd++)
		close(fd);
	if (chdir(work_dir))
		FAIL("expected a directory %s to work in, saw %s", work_dir, strerror(errno));
	if ((t->flags & NEEDS_ROOT) && geteuid() != 0)
		SKIP("only root can do this");
	t->run();
	_exit(0);
}

/* Runs one test once. Returns 0 (passed), EXIT_SKIPPED or EXIT_FAILED. */
static int run_once(const struct test *t)
{
	struct sigaction alarm_action = { .sa_handler = on_alarm };
	int status, timed_out;
	pid_t pid;

	current_name = t->name;
	remove_tree(work_dir);
	mkdir(work_dir, 0777);
	chmod(work_dir, 0777);
	pid = fork();
	if (pid == 0)
		test_process(t);
	sigaction(SIGALRM, &alarm_action, NULL);
	alarm(timeout);
	timed_out = waitpid(pid, &status, 0) < 0;
	alarm(0);
	kill(-pid, SIGKILL);		/* what the test has left running */
	if (timed_out) {
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		dprintf(1, "FAIL %s: expected an end within %d s, saw none\n", t->name, timeout);
		status = EXIT_FAILED << 8;
	} else if (WIFSIGNALED(status)) {
		dprintf(1, "FAIL %s: expected an orderly end, saw signal %d (%s)\n", t->name,
			WTERMSIG(status), strsignal(WTERMSIG(status)));
		status = EXIT_FAILED << 8;
	} else if (status != 0 && WEXITSTATUS(status) < EXIT_SKIPPED) {
		dprintf(1, "FAIL %s: expected exit status 0, saw %d\n", t->name,
			WEXITSTATUS(status));
		status = EXIT_FAILED << 8;
	}
	remove_tree(work_dir);
	return WEXITSTATUS(status);
}

/* What is missing since `before`, with a pause for init; NULL: nothing. */
static const char *missing(const struct stock *before, struct stock *after, long *had, long *has)
{
	const char *what;

	take_settled_stock(after);
	what = lost_stock(before, after, had, has);
	if (!what)
		return NULL;
	sleep_ms(INIT_PAUSE);
	take_settled_stock(after);
	return lost_stock(before, after, had, has);
}

/* Runs one test, again if it seems to have lost something. */
static int run_without_leak(const struct test *t)
{
	struct stock before, after;
	const char *what;
	long had, has;

	take_settled_stock(&before);
	for (int i = 1;; i++) {
		int result = run_once(t);

		what = result ? NULL : missing(&before, &after, &had, &has);
		if (!what)
			return result;
		if (i == LEAK_RUNS)
			break;
		before = after;
	}
	dprintf(1, "FAIL %s: expected %ld %s after it, saw %ld, a loss in each of %d runs\n",
		t->name, had, what, has, LEAK_RUNS);
	return EXIT_FAILED;
}

static void run_test(const struct test *t)
{
	int result = leak_search ? run_without_leak(t) : run_once(t);

	if (result == 0) {
		dprintf(1, "ok %s\n", t->name);
		nr_passed++;
	} else if (result == EXIT_SKIPPED) {
		nr_skipped++;
	} else {
		nr_failed++;
	}
}

/* Is the test meant by the name: its own, its subject, or none (NULL: all)? */
static int is_meant(const struct test *t, const char *name)
{
	size_t n;

	if (t->flags & HIDDEN)
		return name && !strcmp(name, t->name);
	if (!name)
		return !quick || !(t->flags & SLOW);
	n = strlen(name);
	return !strncmp(t->name, name, n) && (t->name[n] == 0 || t->name[n] == '.');
}

/* Lists or runs each test the name means; returns how many those are. */
static int for_each(const char *name, int list)
{
	int found = 0;

	for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
		for (const struct test *t = tables[i]; t->name; t++) {
			if (!is_meant(t, name))
				continue;
			found++;
			if (list)
				printf("%s\n", t->name);
			else
				run_test(t);
		}
	}
	return found;
}

static void find_self(const char *argv0)
{
	int n = readlink("/proc/self/exe", self_path, sizeof(self_path) - 1);

	if (n > 0)
		self_path[n] = 0;
	else
		strlcpy(self_path, argv0, sizeof(self_path));
}

int main(int argc, char **argv)
{
	const char *tmp = getenv("TMPDIR");
	int option, list = 0;

	if (argc > 1 && !strcmp(argv[1], "--helper"))
		return helper(argc - 2, argv + 2);
	find_self(argv[0]);
	snprintf(work_dir, sizeof(work_dir), "%s/ut%d", tmp ? tmp : "/tmp", getpid());
	while ((option = getopt(argc, argv, "lqnt:")) != -1) {
		switch (option) {
		case 'l': list = 1; break;
		case 'q': quick = 1; break;
		case 'n': leak_search = 0; break;
		case 't': timeout = atoi(optarg); break;
		default: return 2;
		}
	}
	if (!list && leak_search && !stock_is_steady()) {
		dprintf(1, "usertests: no search for leaks: free memory is not steady\n");
		leak_search = 0;
	}
	if (optind == argc)
		for_each(NULL, list);
	for (; optind < argc; optind++) {
		if (!for_each(argv[optind], list)) {
			dprintf(1, "FAIL %s: expected a test of that name, saw none\n",
				argv[optind]);
			nr_failed++;
		}
	}
	if (list)
		return 0;
	if (nr_skipped)
		dprintf(1, "usertests: %d skipped\n", nr_skipped);
	dprintf(1, "usertests: %d passed, %d failed\n", nr_passed, nr_failed);
	return nr_failed != 0;
}
