/*
 * main.c - runs the tests and reports.
 *
 *	usertests [-l] [-q] [-n] [NAME...]
 *
 * -l lists the tests, -q leaves the slow ones out, -n does not look for leaks. NAME is a test
 * (mem.cow) or a subject (mem). Per test a line: "ok NAME", "skip NAME: why", or "FAIL NAME:
 * expected X, saw Y at file:line"; last "usertests: N passed, N failed". Exit status: 0 if
 * none failed.
 *
 * Leaks: free memory (MemFree, Buffers, Cached and SReclaimable of /proc/meminfo, and free slots of
 * swap, so that it is the same whether a page is in memory or there) is read before and after each
 * test, and so is what memory is promised (Committed_AS). If some is missing, or the promises do not
 * agree, the test is run again: caches and slabs may have grown
 * once, but a leak loses memory every time. LEAK_RUNS losing runs in a row are a failure; no
 * tolerance is needed. On a machine where other programs use memory (it is seen before the first
 * test) nothing can be said, and the search is off.
 */
#include "usertests.h"
#include <stdarg.h>
#include <dirent.h>

#define TIMEOUT		120	/* seconds a test may take */
#define LEAK_RUNS	4
#define INIT_PAUSE	1200	/* ms; busybox init buries orphans once a second */

static const struct test *const tables[] = {
	mem_tests,   fault_tests,   proc_tests,	      exec_tests,    signal_tests,  fs_tests,
	dir_tests,   pipe_tests,    tty_tests,	      time_tests,    badptr_tests,  limits_tests,
	lib_tests,   remap_tests,   async_tests,      swap_tests,    swapped_tests, regress_tests,
	mount_tests, model_tests,   overcommit_tests, reclaim_tests, tmpfs_tests,   shm_tests,
	ipc_tests,   uaccess_tests, vmcall_tests,     pagemap_tests, threads_tests, futex_tests,
	arch_tests,  locked_tests,  mmregress_tests, self_tests,
};

char self_path[256];
static const char *current_name;
static char work_dir[64];
static int quick, leak_search = 1;
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

/* Kilobytes that are free or could be; -1 if /proc/meminfo does not tell. */
static long free_memory(void)
{
	static const char *const fields[] = { "MemFree:", "Buffers:", "Cached:", "SReclaimable:",
					      "SwapFree:", "SwapCached:" };
	char buf[2048];
	long total = 0;
	int fd, n;

	fd = open("/proc/sys/vm/drop_caches", O_WRONLY);
	if (fd >= 0) {
		sync();
		write(fd, "3\n", 2);
		close(fd);
	}
	fd = open("/proc/meminfo", O_RDONLY);
	if (fd < 0)
		return -1;
	n = read(fd, buf, sizeof(buf) - 1);
	close(fd);
	if (n <= 0)
		return -1;
	buf[n] = 0;
	for (char *line = buf; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
			if (!strncmp(line, fields[i], strlen(fields[i])))
				total += atol(line + strlen(fields[i]));
	}
	return total;
}

/* Waits until two readings in a row agree, so that what init still has to bury is gone. */
static long settled_memory(void)
{
	long last = free_memory(), now;

	for (int i = 0; i < 20; i++) {
		sleep_ms(20);
		now = free_memory();
		if (now == last)
			break;
		last = now;
	}
	return last;
}

/* Is the machine quiet enough to see a lost page? */
static int memory_is_steady(void)
{
	long first = settled_memory();

	if (first < 0)
		return 0;
	for (int i = 0; i < 5; i++) {
		sleep_ms(20);
		if (free_memory() != first)
			return 0;
	}
	return 1;
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
	alarm(TIMEOUT);
	timed_out = waitpid(pid, &status, 0) < 0;
	alarm(0);
	kill(-pid, SIGKILL);		/* what the test has left running */
	if (timed_out) {
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		dprintf(1, "FAIL %s: expected an end within %d s, saw none\n", t->name, TIMEOUT);
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

/* What a test has to leave as it was, in KB: free memory, and the memory promised to programs. */
struct held {
	long free, promised;
};

static struct held look_around(void)
{
	struct held h = { 0, 0 };

	if (leak_search) {
		h.free = settled_memory();
		h.promised = meminfo("Committed_AS:");
	}
	return h;
}

static int has_lost(struct held before, struct held after)
{
	return after.free < before.free || after.promised != before.promised;
}

/* Runs one test, again if it seems to have lost memory, and counts the result. */
static void run_test(const struct test *t)
{
	struct held before = look_around(), after;
	int result = run_once(t);

	for (int i = 1; leak_search && result == 0; i++) {
		after = look_around();
		if (has_lost(before, after)) {
			sleep_ms(INIT_PAUSE);
			after = look_around();
		}
		if (!has_lost(before, after))
			break;
		if (i == LEAK_RUNS) {
			dprintf(1,
				"FAIL %s: expected %ld KB free and %ld KB promised after it, saw "
				"%ld and %ld, and a loss in each of %d runs\n",
				t->name, before.free, before.promised, after.free, after.promised,
				LEAK_RUNS);
			result = EXIT_FAILED;
			break;
		}
		before = after;
		result = run_once(t);
	}
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
	while ((option = getopt(argc, argv, "lqn")) != -1) {
		switch (option) {
		case 'l': list = 1; break;
		case 'q': quick = 1; break;
		case 'n': leak_search = 0; break;
		default: return 2;
		}
	}
	if (!list && leak_search && !memory_is_steady()) {
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
