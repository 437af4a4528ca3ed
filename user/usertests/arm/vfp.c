/*
 * vfp.c - the registers of floating point and NEON belong to the task, whatever else happens:
 * switches, signals, fork, exec. The library and these programs do not use them.
 */
#include "usertests.h"
#include "arch.h"
#include <sched.h>

#define NR_REGS		32
#define FPSCR_DN	0x02000000	/* a control bit that changes nothing here */
#define FPSCR_CONTROL	0x07c00000

struct regs {
	unsigned long long d[NR_REGS];
	unsigned long fpscr;
};

__asm__(".fpu neon");

static void load(const struct regs *r)
{
	const void *p = r->d;

	__asm__ volatile("vldmia %0!, {d0-d15}\n\tvldmia %0, {d16-d31}\n\tvmsr fpscr, %1"
			 : "+r" (p) : "r" (r->fpscr) : "memory");
}

static void store(struct regs *r)
{
	void *p = r->d;

	__asm__ volatile("vstmia %0!, {d0-d15}\n\tvstmia %0, {d16-d31}\n\tvmrs %1, fpscr"
			 : "+r" (p), "=r" (r->fpscr) :: "memory");
}

/* Registers whose contents tell whose they are. */
static struct regs pattern(unsigned int who)
{
	struct regs r = { .fpscr = who & 1 ? FPSCR_DN : 0 };

	for (int i = 0; i < NR_REGS; i++)
		r.d[i] = (unsigned long long)(who * 0x01010101) << 32 | (who << 16 | i);
	return r;
}

static void expect_pattern(unsigned int who)
{
	struct regs want = pattern(who), have;

	store(&have);
	for (int i = 0; i < NR_REGS; i++)
		if (have.d[i] != want.d[i])
			FAIL("expected d%d of %u to be %llx, saw %llx", i, who, want.d[i],
			     have.d[i]);
	EXPECT_EQ(want.fpscr, have.fpscr & FPSCR_CONTROL);
}

static void keep_pattern(void *arg)
{
	unsigned int who = (unsigned int)arg;
	struct regs r = pattern(who);

	for (int i = 0; i < 50; i++) {
		load(&r);
		sched_yield();
		for (volatile int spin = 0; spin < 20000; spin++)
			;
		expect_pattern(who);
	}
}

void arch_vfp_switch(void)
{
	pid_t pids[4];

	for (unsigned int i = 0; i < ARRAY_SIZE(pids); i++)
		pids[i] = start(keep_pattern, (void *)(i + 1));
	for (unsigned int i = 0; i < ARRAY_SIZE(pids); i++)
		EXPECT_EXIT(0, finish(pids[i]));
}

static volatile int frame_seen;

/* The frame shows the registers, and what is written there is loaded. */
static void clobber(int sig, siginfo_t *info, void *context)
{
	struct arm_ucontext *uc = context;
	struct vfp_block *frame = (struct vfp_block *)uc->uc_regspace;
	struct regs r = pattern(0x77);

	(void)sig;
	(void)info;
	if (frame->magic == VFP_MAGIC && frame->size == sizeof(*frame) &&
	    frame->d[31] == pattern(3).d[31] && *(unsigned long *)(frame + 1) == 0)
		frame_seen = 1;
	frame->d[5] = 0x5555;
	load(&r);
}

void arch_vfp_signal(void)
{
	struct regs r = pattern(3), have;

	EXPECT_EQ(288, sizeof(struct vfp_block));
	on_signal(SIGUSR1, clobber);
	load(&r);
	kill(getpid(), SIGUSR1);
	store(&have);
	EXPECT_EQ(1, frame_seen);
	EXPECT(have.d[5] == 0x5555);
	have.d[5] = r.d[5];
	EXPECT(!memcmp(have.d, r.d, sizeof(r.d)));
	EXPECT_EQ(r.fpscr, have.fpscr & FPSCR_CONTROL);
}

static void child_of_pattern(void *arg)
{
	struct regs r = pattern(9);

	(void)arg;
	expect_pattern(4);
	load(&r);
	sched_yield();
	expect_pattern(9);
}

void arch_vfp_fork(void)
{
	struct regs r = pattern(4);
	pid_t pid;

	load(&r);
	pid = start(child_of_pattern, NULL);
	expect_pattern(4);
	EXPECT_EXIT(0, finish(pid));
	expect_pattern(4);
}

static void exec_with_pattern(void *arg)
{
	struct regs r = pattern(6);

	(void)arg;
	load(&r);
	execl(self_path, "usertests", "-n", "arch.vfp_fresh", NULL);
}

/* A new program finds nothing of the old one's numbers. */
void arch_vfp_exec(void)
{
	EXPECT_EXIT(0, finish(start(exec_with_pattern, NULL)));
}

void arch_vfp_fresh(void)
{
	struct regs have;

	store(&have);
	for (int i = 0; i < NR_REGS; i++)
		EXPECT(have.d[i] == 0);
	EXPECT_EQ(0, have.fpscr);
}
