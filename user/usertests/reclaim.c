/*
 * reclaim.c - tests of memory running out, and of the numbers in /proc that steer what happens
 * then: who is killed, how soon its memory is back, what drop_caches drops.
 */
#define _GNU_SOURCE
#include "usertests.h"
#include <sched.h>
#include <sys/resource.h>

#define MCL_FUTURE	2
#define MB		(1024 * 1024)
#define ANON		(MAP_PRIVATE | MAP_ANONYMOUS)
#define VM		"/proc/sys/vm/"
#define ADJ		"/proc/self/oom_adj"
#define SCORE_ADJ	"/proc/self/oom_score_adj"

static long kills(void)
{
	return proc_number("/proc/vmstat", "oom_kill ");
}

static void need_small_machine(void)
{
	if (meminfo("MemTotal:") > 512 * 1024)
		SKIP("too much memory to eat");
}

/* ---- out of memory ---- */

/* Takes memory until it is killed. */
static void hog(void *score_adj)
{
	if (score_adj)
		write_file(SCORE_ADJ, score_adj);
	for (;;) {
		char *p = mmap(NULL, MB, PROT_READ | PROT_WRITE, ANON, -1, 0);

		if (p == MAP_FAILED)
			_exit(12);
		memset(p, 'h', MB);
	}
}

/* Has so many MB and waits for its end. */
struct holder {
	int mb;
	const char *file, *adj;	/* one of ADJ and SCORE_ADJ, and what is written there */
	int ready;		/* where it says that it has it */
};

static void hold(void *arg)
{
	const struct holder *h = arg;
	char *p = mmap(NULL, h->mb * MB, PROT_READ | PROT_WRITE, ANON, -1, 0);

	write_file(h->file, h->adj);
	memset(p, 'H', h->mb * MB);
	write(h->ready, "r", 1);
	for (;;)
		pause();
}

static pid_t start_holder(int mb, const char *file, const char *adj)
{
	struct holder h = { .mb = mb, .file = file, .adj = adj };
	int fds[2];
	pid_t pid;
	char c;

	EXPECT_OK(pipe(fds));
	h.ready = fds[1];
	pid = start(hold, &h);
	EXPECT_EQ(1, read(fds[0], &c, 1));
	close(fds[0]);
	close(fds[1]);
	return pid;
}

static int is_alive(pid_t pid)
{
	return waitpid(pid, NULL, WNOHANG) == 0;
}

static void end(pid_t pid)
{
	EXPECT_OK(kill(pid, SIGKILL));
	EXPECT_KILLED(SIGKILL, finish(pid));
}

/* From the kill on it takes less than a second until the memory is free. */
static void memory_is_back(void)
{
	long free_before = meminfo("MemFree:"), kills_before = kills(), killed_at;
	pid_t pid;

	need_small_machine();
	pid = start(hog, NULL);
	while (kills() == kills_before && is_alive(pid))
		sleep_ms(5);
	killed_at = now_ms();
	while (meminfo("MemFree:") < free_before * 9 / 10) {
		if (now_ms() - killed_at > 1000)
			FAIL("expected %ld KB free a second after the kill, saw %ld", free_before,
			     meminfo("MemFree:"));
		sleep_ms(5);
	}
	EXPECT_EQ(kills_before + 1, kills());
	waitpid(pid, NULL, 0);
}

/* -1000, or -17: never, however large; somebody smaller goes instead. */
static void protected_by(const char *file, const char *adj)
{
	int most = meminfo("MemTotal:") / 1024 * 2 / 3;
	pid_t large, pid;

	need_small_machine();
	large = start_holder(most, file, adj);
	pid = start(hog, NULL);
	EXPECT_KILLED(SIGKILL, finish(pid));
	EXPECT(is_alive(large));
	end(large);
}

static void protected(void)
{
	protected_by(SCORE_ADJ, "-1000");
	protected_by(ADJ, "-17");
}

/* 1000, or 15: the first to go, however small, even while it is stopped. */
static void preferred_by(const char *file, const char *adj)
{
	pid_t small, pid;

	need_small_machine();
	small = start_holder(1, file, adj);
	EXPECT_OK(kill(small, SIGSTOP));
	pid = start(hog, NULL);
	EXPECT_KILLED(SIGKILL, finish(small));
	EXPECT_KILLED(SIGKILL, finish(pid));	/* in the end it is its own turn */
}

static void preferred(void)
{
	preferred_by(SCORE_ADJ, "1000");
	preferred_by(ADJ, "15");
}

/* Locked memory cannot be reclaimed, and whoever locks it all goes. */
static void lock_everything(void *arg)
{
	(void)arg;
	EXPECT_OK(mlockall(MCL_FUTURE));
	hog(NULL);
}

static void locked(void)
{
	long kills_before = kills();
	int status;

	need_small_machine();
	status = finish(start(lock_everything, NULL));
	EXPECT_KILLED(SIGKILL, status);
	EXPECT_EQ(kills_before + 1, kills());
}

static void populate(void *arg)
{
	size_t all = (meminfo("MemTotal:") + meminfo("SwapTotal:")) * 1024;

	(void)arg;
	mmap(NULL, all - MB, PROT_READ | PROT_WRITE,
	     MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
}

static void populated(void)
{
	long kills_before = kills();

	need_small_machine();
	EXPECT_KILLED(SIGKILL, finish(start(populate, NULL)));
	EXPECT_EQ(kills_before + 1, kills());
}

/* Runs in the memory of its maker: both go together, or nothing would come back. */
static int sharer(void *arg)
{
	*(volatile pid_t *)arg = getpid();
	for (;;)
		pause();
	return 0;
}

static void share_and_hog(void *shared)
{
	EXPECT_OK(clone(sharer, map_pages(4) + 4 * PAGE, CLONE_VM | SIGCHLD, shared, NULL, NULL));
	hog(NULL);
}

static void sharers(void)
{
	volatile pid_t *other = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int i;

	need_small_machine();
	EXPECT_KILLED(SIGKILL, finish(start(share_and_hog, (void *)other)));
	EXPECT(*other > 0);
	for (i = 0; kill(*other, 0) == 0 && i < 300; i++)
		sleep_ms(10);		/* until init has buried it */
	EXPECT_ERRNO(ESRCH, kill(*other, 0));
}

static int hog_thread(void *unused)
{
	hog(unused);
	return 0;
}

static void threads_hog(void *leader_ends)
{
	static int tids[3];

	for (int i = 0; i < 3; i++)
		start_thread(hog_thread, NULL, &tids[i]);
	if (leader_ends)
		syscall(__NR_exit, 0);
	hog(NULL);
}

/* All of a process end, even if the thread that stands for it has ended long before. */
static void threads(void)
{
	long kills_before = kills();

	need_small_machine();
	EXPECT_KILLED(SIGKILL, finish(start(threads_hog, NULL)));
	EXPECT_KILLED(SIGKILL, finish(start(threads_hog, (void *)1)));
	EXPECT_EQ(kills_before + 2, kills());
}

static int offers_itself(void *ready)
{
	write_file(SCORE_ADJ, "1000");
	*(volatile int *)ready = 1;
	for (;;)
		pause();
	return 0;
}

/* What shares its memory with a process that is never to be killed is not killed either. */
static void shares_protection(void)
{
	static volatile int ready;
	int kills_before = kills();
	pid_t other;

	need_small_machine();
	write_file(SCORE_ADJ, "-1000");
	other = EXPECT_OK(clone(offers_itself, map_pages(4) + 4 * PAGE, CLONE_VM | SIGCHLD,
				(void *)&ready, NULL, NULL));
	while (!ready)
		sleep_ms(5);
	EXPECT_KILLED(SIGKILL, finish(start(hog, "0")));
	EXPECT(kills() > kills_before);
	EXPECT(is_alive(other));
	end(other);
}

/* ---- oom_adj, oom_score_adj, oom_score ---- */

static void expect_scores(const char *adj, const char *score_adj)
{
	expect_file(ADJ, adj);
	expect_file(SCORE_ADJ, score_adj);
}

static int set_number(const char *path, const char *text)
{
	int fd = EXPECT_OK(open(path, O_WRONLY)), result = write(fd, text, strlen(text));
	int error = errno;

	close(fd);
	errno = error;
	return result;
}

static void scores_of_child(void *arg)
{
	(void)arg;
	expect_scores("9\n", "529\n");
	become_user();
	EXPECT_ERRNO(EPERM, set_number(SCORE_ADJ, "528"));
	EXPECT_ERRNO(EACCES, open("/proc/1/oom_score_adj", O_WRONLY));
	EXPECT_OK(set_number(SCORE_ADJ, "600"));
	EXPECT_ERRNO(EPERM, set_number(ADJ, "9"));
}

static void scores(void)
{
	char text[8];

	expect_scores("0\n", "0\n");
	EXPECT_OK(set_number(SCORE_ADJ, "1000\n"));
	expect_scores("15\n", "1000\n");
	EXPECT_OK(set_number(SCORE_ADJ, "-1000"));
	expect_scores("-17\n", "-1000\n");
	EXPECT_EQ(0, proc_number("/proc/self/oom_score", ""));
	for (int adj = -17; adj <= 15; adj++) {
		snprintf(text, sizeof(text), "%d\n", adj);
		EXPECT_OK(set_number(ADJ, text));
		expect_file(ADJ, text);
	}
	EXPECT(proc_number("/proc/self/oom_score", "") > 900);
	EXPECT_ERRNO(EINVAL, set_number(ADJ, "16"));
	EXPECT_ERRNO(EINVAL, set_number(ADJ, "-18"));
	EXPECT_ERRNO(EINVAL, set_number(SCORE_ADJ, "1001"));
	EXPECT_ERRNO(EINVAL, set_number(SCORE_ADJ, "-1001"));
	EXPECT_ERRNO(EINVAL, set_number(SCORE_ADJ, "x"));
	EXPECT_ERRNO(EINVAL, set_number(SCORE_ADJ, "4294967296"));
	EXPECT_OK(set_number(ADJ, "9"));
	in_child(scores_of_child, NULL);
}

/* ---- most of a large machine ---- */

static volatile int may_end;

static void on_usr1(int sig)
{
	may_end = sig;
}

static unsigned int mark(unsigned int page)
{
	return page * 2654435761u + 1;
}

/* Three quarters of RAM in one mapping, each page touched; right again after SIGUSR1 has come. */
static void most_of_ram(void)
{
	unsigned int pages = meminfo("MemTotal:") / (PAGE / 1024) / 4 * 3;
	unsigned int *p = (unsigned int *)map_pages(pages);
	const unsigned int step = PAGE / sizeof(*p);
	char text[16];

	signal(SIGUSR1, on_usr1);
	for (unsigned int i = 0; i < pages; i++)
		p[i * step] = mark(i);
	snprintf(text, sizeof(text), "%d\n", getpid());
	write_file("/tmp/most.pid", text);
	while (!may_end)
		sleep_ms(20);
	for (unsigned int i = 0; i < pages; i++)
		EXPECT_EQ(mark(i), p[i * step]);
}

/* ---- /proc/sys/vm ---- */

static void as_user(void *arg)
{
	(void)arg;
	become_user();
	EXPECT_ERRNO(EACCES, open(VM "swappiness", O_WRONLY));
	EXPECT_ERRNO(EACCES, open(VM "drop_caches", O_WRONLY));
	EXPECT(proc_number(VM "swappiness", "") >= 0);
}

static void knob(const char *path, const char *good, const char *too_much)
{
	char before[16];

	snprintf(before, sizeof(before), "%ld\n", proc_number(path, ""));
	EXPECT_OK(set_number(path, good));
	expect_file(path, good);
	EXPECT_ERRNO(EINVAL, set_number(path, too_much));
	EXPECT_ERRNO(EINVAL, set_number(path, "-1\n"));
	EXPECT_ERRNO(EINVAL, set_number(path, "much\n"));
	EXPECT_ERRNO(EINVAL, set_number(path, "5x\n"));
	EXPECT_ERRNO(EINVAL, set_number(path, "4294967296\n"));
	expect_file(path, good);
	EXPECT_OK(set_number(path, before));
	expect_file(path, before);
}

static void knobs(void)
{
	knob(VM "swappiness", "100\n", "101\n");
	knob(VM "overcommit_memory", "1\n", "3\n");
	knob(VM "overcommit_ratio", "70\n", "101\n");
	knob(VM "panic_on_oom", "0\n", "2\n");
	knob(VM "min_free_kbytes", "500\n", "9999999\n");
	EXPECT_ERRNO(EINVAL, set_number(VM "drop_caches", "0\n"));
	EXPECT_ERRNO(EINVAL, set_number(VM "drop_caches", "4\n"));
	in_child(as_user, NULL);
}

/* 1 drops the clean pages of files, except those in use; the data is still right. */
static void drop_caches(void)
{
	static char block[64 * 1024];
	long cached;
	char *p;
	int fd = EXPECT_OK(open("/var/tmp/reclaim.drop", O_RDWR | O_CREAT | O_TRUNC, 0600));

	EXPECT_OK(unlink("/var/tmp/reclaim.drop"));
	memset(block, 'd', sizeof(block));
	for (int i = 0; i < 16; i++)
		EXPECT_EQ(sizeof(block), write(fd, block, sizeof(block)));
	EXPECT_OK(fsync(fd));
	p = mmap(NULL, MB, PROT_READ, MAP_SHARED, fd, 0);
	for (int i = 0; i < 64; i++)
		EXPECT_EQ('d', p[i * PAGE]);	/* a quarter of it is in use */
	cached = meminfo("Cached:");
	EXPECT_OK(set_number(VM "drop_caches", "1\n"));
	EXPECT(meminfo("Cached:") <= cached - 600);
	EXPECT_EQ('d', p[0]);
	EXPECT_EQ('d', p[MB - 1]);
}

const struct test reclaim_tests[] = {
	{ "reclaim.memory_is_back", memory_is_back, SLOW | NEEDS_ROOT },
	{ "reclaim.protected", protected, SLOW | NEEDS_ROOT },
	{ "reclaim.preferred", preferred, SLOW | NEEDS_ROOT },
	{ "reclaim.locked", locked, SLOW | NEEDS_ROOT },
	{ "reclaim.populated", populated, SLOW | NEEDS_ROOT },
	{ "reclaim.sharers", sharers, SLOW | NEEDS_ROOT },
	{ "reclaim.threads", threads, SLOW | NEEDS_ROOT },
	{ "reclaim.shares_protection", shares_protection, SLOW | NEEDS_ROOT },
	{ "reclaim.most_of_ram", most_of_ram, HIDDEN },		/* for tests/test_proc_memory.py */
	{ "reclaim.scores", scores, NEEDS_ROOT },
	{ "reclaim.knobs", knobs, NEEDS_ROOT },
	{ "reclaim.drop_caches", drop_caches, NEEDS_ROOT },
	{ NULL, NULL, 0 },
};
