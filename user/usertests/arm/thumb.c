/*
 * thumb.c - tests of Thumb code: programs built elsewhere consist of it. Signals must find and
 * leave the right instruction set, and the state of an if-then block.
 */
#include "arm.h"
#include <sys/time.h>

#define THUMB	__attribute__((target("thumb"), noinline))

static volatile sig_atomic_t hits, thumb_hits;

static THUMB int thumb_add(int a, int b)
{
	return a + b;
}

static THUMB unsigned int thumb_getpid(void)
{
	register unsigned int r7 __asm__("r7") = __NR_getpid;
	register unsigned int r0 __asm__("r0");

	__asm__ volatile("svc #0" : "=r" (r0) : "r" (r7) : "memory");
	return r0;
}

/* System calls from Thumb code, and back to it. */
void thumb_calls(void)
{
	EXPECT((unsigned long)thumb_add & 1);
	EXPECT_EQ(5, thumb_add(2, 3));
	for (int i = 0; i < 100; i++)
		EXPECT_EQ(getpid(), thumb_getpid());
}

static THUMB void in_thumb(int sig)
{
	(void)sig;
	hits++;
}

static void in_arm(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)info;
	hits++;
	thumb_hits += (((unsigned int *)context)[UC_CPSR] & CPSR_T) != 0;
}

/* A handler may be Thumb code; who was interrupted is ARM code again afterwards. */
void thumb_handler(void)
{
	struct sigaction action = { .sa_handler = in_thumb };

	for (int i = 0; i < 2; i++) {
		action.sa_flags = i ? SA_SIGINFO : 0;
		EXPECT_OK(sigaction(SIGUSR1, &action, NULL));
		raise(SIGUSR1);
		EXPECT_EQ(i + 1, hits);
	}
	/* Without a restorer the kernel has to supply code of the right kind. */
	struct old_sigaction old = { .sa_handler = in_thumb };

	EXPECT_OK(syscall(__NR_sigaction, SIGUSR1, &old, NULL));
	raise(SIGUSR1);
	EXPECT_EQ(3, hits);
}

static THUMB unsigned int spin_in_thumb(volatile sig_atomic_t *count, int until)
{
	unsigned int sum = 0;

	while (*count < until)
		sum++;
	return sum;
}

static void every_tick(void (*handler)(int, siginfo_t *, void *))
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	struct itimerval timer = { { 0, 10000 }, { 0, 10000 } };

	EXPECT_OK(sigaction(SIGALRM, &action, NULL));
	EXPECT_OK(setitimer(ITIMER_REAL, &timer, NULL));
}

/* Thumb code interrupted at any instruction by a handler in ARM code. */
void thumb_interrupted(void)
{
	every_tick(in_arm);
	EXPECT(spin_in_thumb(&hits, 20) > 0);
	EXPECT(thumb_hits >= 19);
}

/*
 * Eight conditional instructions per turn, of which none or four may run. An interrupt in their
 * midst that lost the state of the block would run the wrong ones.
 */
static THUMB unsigned int conditional(unsigned int zero, unsigned int turns)
{
	unsigned int wrong = 0;

	__asm__ volatile(
		"1:	cmp	%1, #0\n"
		"	ittee	ne\n"
		"	addne	%0, %0, #1\n"
		"	addne	%0, %0, #1\n"
		"	moveq	%1, #0\n"
		"	moveq	%1, #0\n"
		"	itttt	ne\n"
		"	addne	%0, %0, #1\n"
		"	addne	%0, %0, #1\n"
		"	addne	%0, %0, #1\n"
		"	addne	%0, %0, #1\n"
		"	subs	%2, %2, #1\n"
		"	bne	1b\n"
		: "+l" (wrong), "+l" (zero), "+l" (turns) :: "cc");
	return wrong;
}

void thumb_if_then(void)
{
	every_tick(in_arm);
	while (hits < 20)
		EXPECT_EQ(0, conditional(0, 10000));
}
