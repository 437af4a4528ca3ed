/*
 * vfp.c - tests of the floating point and NEON registers: d0 to d31 and FPSCR belong to a task,
 * whoever else uses the unit, and travel in the frames of signals. The kernel saves them lazily.
 */
#include "arm.h"
#include <sched.h>
#include <sys/time.h>

#define REGS		32
#define FPSCR_RZ	(3u << 22)	/* round towards zero */
#define VFP_MAGIC	0x56465001

struct vfp {
	unsigned long long d[REGS];
	unsigned int fpscr;
};

static void load(const struct vfp *v)
{
	const void *p = v->d;

	__asm__ volatile(".fpu neon\n\tvldm %0!, {d0-d15}\n\tvldm %0, {d16-d31}\n\tvmsr fpscr, %1"
		: "+r" (p) : "r" (v->fpscr) : "memory");
}

static void save(struct vfp *v)
{
	void *p = v->d;

	__asm__ volatile(".fpu neon\n\tvstm %0!, {d0-d15}\n\tvstm %0, {d16-d31}\n\tvmrs %1, fpscr"
		: "+r" (p), "=r" (v->fpscr) :: "memory");
}

static struct vfp pattern(unsigned int seed)
{
	struct vfp v = { .fpscr = seed & 1 ? FPSCR_RZ : 0 };

	for (int i = 0; i < REGS; i++)
		v.d[i] = (unsigned long long)(seed * 1000003 + i) << 32 | (seed ^ ~i);
	return v;
}

static void expect_pattern(unsigned int seed)
{
	struct vfp expected = pattern(seed), seen;

	save(&seen);
	for (int i = 0; i < REGS; i++)
		if (seen.d[i] != expected.d[i])
			FAIL("expected d%d to be %#llx, saw %#llx", i, expected.d[i], seen.d[i]);
	EXPECT_EQ(expected.fpscr, seen.fpscr & FPSCR_RZ);
}

static void keep_pattern(void *seed)
{
	struct vfp v = pattern((unsigned int)seed);

	load(&v);
	for (int i = 0; i < 300; i++) {
		sched_yield();
		expect_pattern((unsigned int)seed);
	}
}

/* Processes that use the unit in turns, and one that does not use it. */
void vfp_switches(void)
{
	pid_t pids[4];

	for (int i = 0; i < 4; i++)
		pids[i] = start(keep_pattern, (void *)(i + 1));
	for (int i = 0; i < 300; i++)
		sched_yield();
	for (int i = 0; i < 4; i++)
		EXPECT_EXIT(0, finish(pids[i]));
}

static volatile sig_atomic_t hits;

static void spoil(int sig)
{
	struct vfp v = pattern(77 + sig);

	load(&v);
	hits++;
}

/* A handler may use the registers, whenever it comes. */
void vfp_signals(void)
{
	struct itimerval timer = { { 0, 10000 }, { 0, 10000 } };
	struct vfp v = pattern(5);

	signal(SIGUSR1, spoil);
	signal(SIGALRM, spoil);
	load(&v);
	raise(SIGUSR1);
	expect_pattern(5);
	EXPECT_OK(setitimer(ITIMER_REAL, &timer, NULL));
	while (hits < 20)
		expect_pattern(5);
}

static void change_frame(int sig, siginfo_t *info, void *context)
{
	unsigned int *word = (unsigned int *)context + UC_REGSPACE;
	struct vfp expected = pattern(9), *v = (struct vfp *)(word + 2);

	(void)sig;
	(void)info;
	EXPECT_EQ(VFP_MAGIC, word[0]);
	EXPECT_EQ(288, word[1]);
	for (int i = 0; i < REGS; i++)
		EXPECT(v->d[i] == expected.d[i]);
	*v = pattern(10);
}

/* The registers stand in the frame, and a handler can change them there. */
void vfp_frame(void)
{
	struct sigaction action = { .sa_sigaction = change_frame, .sa_flags = SA_SIGINFO };
	struct vfp v = pattern(9);

	EXPECT_OK(sigaction(SIGUSR1, &action, NULL));
	load(&v);
	raise(SIGUSR1);
	expect_pattern(10);
}

static void child_of_pattern(void *arg)
{
	(void)arg;
	expect_pattern(3);
	load(&(struct vfp){ .fpscr = 0 });
}

/* A child begins with the values of its parent, which keeps its own. */
void vfp_fork_and_exec(void)
{
	struct vfp v = pattern(3);

	load(&v);
	in_child(child_of_pattern, NULL);
	expect_pattern(3);
	EXPECT_EQ(0, system("true"));
	expect_pattern(3);
}

static int threads_keep(void *seed)
{
	keep_pattern(seed);
	return 0;
}

void vfp_threads(void)
{
	struct vfp v = pattern(1);
	int tids[3];

	load(&v);
	for (int i = 0; i < 3; i++)
		start_thread(threads_keep, (void *)(i + 2), &tids[i]);
	keep_pattern((void *)1);
	for (int i = 0; i < 3; i++)
		join_thread(&tids[i]);
	expect_pattern(1);
}

static void exec_with_pattern(void *arg)
{
	struct vfp v = pattern(6);

	(void)arg;
	dup2(open("/dev/null", O_WRONLY), 1);	/* its status says it all */
	load(&v);
	execl(self_path, "usertests", "-n", "vfp.all_zero", NULL);
}

/* A new program finds nothing of the old one's numbers. */
void vfp_new_program(void)
{
	EXPECT_EXIT(0, finish(start(exec_with_pattern, NULL)));
}

void vfp_all_zero(void)
{
	struct vfp seen;

	save(&seen);
	for (int i = 0; i < REGS; i++)
		EXPECT(seen.d[i] == 0);
	EXPECT_EQ(0, seen.fpscr);
}
