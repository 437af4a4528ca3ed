/*
 * pthread_process.c - what concerns the process around the threads: fork, exec and exit in one of
 * them, its users, its files, and its directory in /proc.
 */
#include "pthreads.h"
#include <dirent.h>

/* ---- fork ---- */

static void *identity(void *arg)
{
	return arg;
}

static void *fork_here(void *arg)
{
	pid_t pid = fork();

	if (!pid) {
		/* The child has this thread only, as its leader. */
		CHECK(getpid() == my_tid());
		RETURNS(1, status_of_process("Threads:"));
		CHECK(join(start(identity, &pid)) == &pid);
		_exit(42);
	}
	RETURNS(42 << 8, reap(pid));
	return arg;
}

static void fork_in_thread(void)
{
	static long n[3];

	for (int i = 0; i < 3; i++)
		start(spin, &n[i]);
	for (int i = 0; i < 5; i++)
		join(start(fork_here, NULL));
	CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

static int prepared, in_parent, in_child;

static void prepare(void)
{
	OK(pthread_mutex_lock(&lock));
	prepared++;
}

static void parent(void)
{
	OK(pthread_mutex_unlock(&lock));
	in_parent++;
}

static void child(void)
{
	OK(pthread_mutex_unlock(&lock));
	in_child++;
}

static void *lock_and_unlock(void *arg)
{
	while (!stop) {
		OK(pthread_mutex_lock(&lock));
		sched_yield();
		OK(pthread_mutex_unlock(&lock));
	}
	return arg;
}

static void fork_handlers(void)
{
	pthread_t t = start(lock_and_unlock, NULL);

	OK(pthread_atfork(prepare, parent, child));
	for (int i = 0; i < 10; i++) {
		pid_t pid = fork();

		if (!pid) {
			OK(pthread_mutex_trylock(&lock));
			_exit(in_child * 2 + in_parent - i);
		}
		RETURNS(2 << 8, reap(pid));
	}
	stop = 1;
	join(t);
	CHECK(prepared == 10 && in_parent == 10 && in_child == 0);
}

static void *fork_often(void *arg)
{
	for (int i = 0; i < 15; i++) {
		pid_t pid = fork();

		if (!pid)
			_exit((long)arg + i);
		CHECK(pid > 0);
		RETURNS(((long)arg + i) << 8, reap(pid));
	}
	return arg;
}

/* Threads fork and wait while another one writes to memory: nobody gets a foreign child. */
static void fork_storm(void)
{
	static long n;
	pthread_t t[5], writer = start(spin, &n);

	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(fork_often, (void *)(i * 20));
	for (size_t i = 0; i < COUNT(t); i++)
		join(t[i]);
	stop = 1;
	join(writer);
}

/* ---- exec ---- */

/* --after-exec PID FD: this program, run by one thread of a process of many. */
int after_exec(int argc, char **argv)
{
	sigset_t set;

	CHECK(argc == 4);
	CHECK(getpid() == atoi(argv[2]) && my_tid() == getpid());
	RETURNS(1, status_of_process("Threads:"));
	CHECK(fcntl(atoi(argv[3]), F_GETFD) == -1 && errno == EBADF);
	CHECK(pthread_sigmask(SIG_BLOCK, NULL, &set) == 0 && sigismember(&set, SIGUSR2));
	for (int i = 0; i < 5; i++)
		join(start(fork_here, NULL));
	return 11;
}

static void *exec_here(void *arg)
{
	char pid[16], fd[16];
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	OK(pthread_sigmask(SIG_BLOCK, &set, NULL));
	if (arg)
		OK(pthread_join(*(pthread_t *)arg, NULL));
	snprintf(pid, sizeof(pid), "%d", getpid());
	snprintf(fd, sizeof(fd), "%d", open("/dev/null", O_RDONLY | O_CLOEXEC));
	execl(self_path, "pthreads", "--after-exec", pid, fd, NULL);
	_exit(12);
}

enum { IN_THREAD, IN_LEADER, AFTER_LEADER };

static void exec_from(int where)
{
	static pthread_t self;
	static long n[4];

	self = pthread_self();
	for (int i = 0; i < 4; i++)
		start(i % 2 ? spin : idle, &n[i]);
	if (where == IN_LEADER)
		exec_here(NULL);
	start(exec_here, where == AFTER_LEADER ? &self : NULL);
	if (where == AFTER_LEADER)
		pthread_exit(NULL);
	idle(NULL);
}

static void execs_in_thread(void)
{
	exec_from(IN_THREAD);
}

static void execs_in_leader(void)
{
	exec_from(IN_LEADER);
}

static void execs_after_leader(void)
{
	exec_from(AFTER_LEADER);
}

static void exec_in_thread(void)
{
	RETURNS(11 << 8, reap(run_apart("execs_in_thread")));
}

static void exec_in_leader(void)
{
	RETURNS(11 << 8, reap(run_apart("execs_in_leader")));
}

/* The leader has ended before: a zombie that stands for the process until the exec. */
static void exec_after_leader(void)
{
	RETURNS(11 << 8, reap(run_apart("execs_after_leader")));
}

static void *exec_badly(void *arg)
{
	CHECK(execl("/no/such/program", "x", NULL) == -1 && errno == ENOENT);
	CHECK(execl("/proc/self/status", "x", NULL) == -1 && errno == EACCES);
	CHECK(execl("/", "x", NULL) == -1 && errno == EACCES);
	return arg;
}

/* An exec that fails leaves the other threads alone. */
static void exec_fails(void)
{
	static long n;
	pthread_t t = start(spin, &n);

	join(start(exec_badly, NULL));
	exec_badly(NULL);
	stop = 1;
	join(t);
	RETURNS(1, status_of_process("Threads:"));
}

/* ---- exit ---- */

static void *exit_here(void *arg)
{
	exit((long)arg);
}

static void exit_in_thread(void)
{
	static long n[6];

	for (int round = 0; round < 5; round++) {
		pid_t pid = fork();

		if (!pid) {
			for (int i = 0; i < 6; i++)
				start(i % 2 ? spin : idle, &n[i]);
			start(exit_here, (void *)(long)(30 + round));
			idle(NULL);
		}
		RETURNS((30 + round) << 8, reap(pid));
	}
}

static void *last_words(void *arg)
{
	nap(80);
	creat("last_words", 0600);
	return arg;
}

static void leaves(void)
{
	start(last_words, NULL);
	pthread_exit(NULL);
}

/* The process ends with its last thread; until then the parent waits in vain. */
static void leader_leaves(void)
{
	int status;
	pid_t pid;

	unlink("last_words");
	pid = run_apart("leaves");
	nap(60);
	CHECK(waitpid(pid, &status, WNOHANG) == 0);
	CHECK(kill(pid, 0) == 0);
	RETURNS(0, reap(pid));
	CHECK(unlink("last_words") == 0);
}

/* ---- users, files ---- */

static volatile int changed;

static void *wait_for_change(void *arg)
{
	while (!changed)
		nap(5);
	CHECK(getuid() == 1234 && geteuid() == 1234);
	return arg;
}

/* The kernel knows users of threads; the library changes all of them, by a signal to each. */
static void users_change(void)
{
	pthread_t t[4];

	if (getuid()) {
		printf("# only root can change its user\n");
		return;
	}
	for (size_t i = 0; i < COUNT(t); i++)
		t[i] = start(wait_for_change, NULL);
	CHECK(setresuid(1234, 1234, 1234) == 0);
	changed = 1;
	for (size_t i = 0; i < COUNT(t); i++)
		join(t[i]);
}

static void *use_files(void *arg)
{
	int fd = open("/dev/null", O_WRONLY);

	CHECK(close(*(int *)arg) == 0);
	*(int *)arg = fd;
	CHECK(chdir("/dev") == 0);
	umask(0123);
	return NULL;
}

static void files_shared(void)
{
	int old = open("/dev/zero", O_RDONLY), fd = old;
	char cwd[PATH_MAX];

	join(start(use_files, &fd));
	CHECK(fd > old && write(fd, "x", 1) == 1);
	CHECK(fcntl(old, F_GETFD) == -1 && errno == EBADF);
	CHECK(getcwd(cwd, sizeof(cwd)) && !strcmp(cwd, "/dev"));
	RETURNS(0123, umask(0));
}

static void *read_once(void *arg)
{
	char c = 0;

	counter = 1;
	CHECK(read(*(int *)arg, &c, 1) == 1);
	return (void *)(long)c;
}

/* A number that is closed while a thread reads from it: the file lives until the read is over. */
static void closed_while_read(void)
{
	int fds[2], other;
	pthread_t t;

	CHECK(pipe(fds) == 0);
	t = start(read_once, &fds[0]);
	while (!counter)
		nap(1);
	nap(20);
	CHECK(close(fds[0]) == 0);
	other = open("/dev/zero", O_RDONLY);
	CHECK(other == fds[0]);
	CHECK(write(fds[1], "q", 1) == 1);
	CHECK(join(t) == (void *)'q');
}

/* ---- /proc/PID/task ---- */

static int entries(const char *path, pid_t *found, int max)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int n = 0;

	CHECK(dir);
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.' && n < max)
			found[n++] = atoi(entry->d_name);
	closedir(dir);
	return n;
}

static void read_file(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY), n;

	CHECK(fd >= 0);
	n = read(fd, buf, size - 1);
	CHECK(n >= 0);
	buf[n] = 0;
	close(fd);
}

static void *show_tid(void *arg)
{
	*(volatile pid_t *)arg = my_tid();
	while (!stop)
		nap(5);
	return NULL;
}

static void proc_task(void)
{
	volatile pid_t tids[3] = { 0 };
	pid_t found[10];
	char path[64], text[1000], line[32];
	struct stat st;
	pthread_t t[3];

	for (int i = 0; i < 3; i++) {
		t[i] = start(show_tid, (void *)&tids[i]);
		while (!tids[i])
			nap(1);
	}
	RETURNS(4, entries("/proc/self/task", found, 10));
	CHECK(found[0] == getpid());
	for (int i = 0; i < 3; i++) {
		CHECK(found[i + 1] == tids[i]);
		snprintf(path, sizeof(path), "/proc/self/task/%d/status", tids[i]);
		read_file(path, text, sizeof(text));
		snprintf(line, sizeof(line), "\nPid:\t%d\n", tids[i]);
		CHECK(strstr(text, line));
		snprintf(line, sizeof(line), "\nTgid:\t%d\n", getpid());
		CHECK(strstr(text, line));
		CHECK(strstr(text, "\nThreads:\t4\n"));
		snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", getpid(), tids[i]);
		read_file(path, text, sizeof(text));
		RETURNS(tids[i], atoi(text));
	}
	snprintf(path, sizeof(path), "/proc/self/task/%d/task", tids[0]);
	CHECK(stat(path, &st) == -1 && errno == ENOENT);
	CHECK(stat("/proc/self/task/1", &st) == -1 && errno == ENOENT);
	OK(pthread_setname_np(t[1], "second"));
	snprintf(path, sizeof(path), "/proc/self/task/%d/comm", tids[1]);
	read_file(path, text, sizeof(text));
	CHECK(!strcmp(text, "second\n"));
	read_file("/proc/self/comm", text, sizeof(text));
	CHECK(!strncmp(text, "pthreads-", 9));
	stop = 1;
	for (int i = 0; i < 3; i++)
		join(t[i]);
	for (int i = 0; i < 200 && entries("/proc/self/task", found, 10) > 1; i++)
		nap(5);
	RETURNS(1, entries("/proc/self/task", found, 10));
	snprintf(path, sizeof(path), "/proc/self/task/%d", tids[0]);
	CHECK(stat(path, &st) == -1 && errno == ENOENT);
}

const struct check process_checks[] = {
	{ "fork_in_thread", fork_in_thread, 0 },
	{ "fork_handlers", fork_handlers, 0 },
	{ "fork_storm", fork_storm, 0 },
	{ "exec_in_thread", exec_in_thread, 0 },
	{ "exec_in_leader", exec_in_leader, 0 },
	{ "exec_after_leader", exec_after_leader, 0 },
	{ "exec_fails", exec_fails, 0 },
	{ "exit_in_thread", exit_in_thread, 0 },
	{ "leader_leaves", leader_leaves, 0 },
	{ "users_change", users_change, 0 },
	{ "files_shared", files_shared, 0 },
	{ "closed_while_read", closed_while_read, 0 },
	{ "proc_task", proc_task, 0 },
	{ "execs_in_thread", execs_in_thread, HIDDEN },
	{ "execs_in_leader", execs_in_leader, HIDDEN },
	{ "execs_after_leader", execs_after_leader, HIDDEN },
	{ "leaves", leaves, HIDDEN },
	{ NULL, NULL, 0 },
};
