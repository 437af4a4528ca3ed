/*
 * Signals: a handler returns through the restorer of the C library.
 */
#include "tests12.h"

static volatile int last_signal, signals, mask_inside;

static void handler(int sig)
{
	last_signal = sig;
	signals++;
	mask_inside = syscall(NR_sgetmask);
}

static void test_signal(void)
{
	signals = 0;
	EXPECT_EQ(0, syscall(NR_signal, SIGUSR1, handler, restorer_nomask));
	EXPECT_EQ(0, syscall(NR_kill, syscall(NR_getpid), SIGUSR1));
	EXPECT_EQ(1, signals);
	EXPECT_EQ(SIGUSR1, last_signal);
	EXPECT_EQ(0, mask_inside);				/* SA_NOMASK */
	/* SA_ONESHOT: the default action is back. */
	EXPECT_EQ(0, syscall(NR_signal, SIGUSR1, handler, restorer_nomask));
	EXPECT_EQ((long)handler, syscall(NR_signal, SIGUSR1, 1, 0));
	EXPECT_EQ(1, syscall(NR_signal, SIGUSR1, 0, 0));
	EXPECT_EQ(-EINVAL, syscall(NR_signal, 9, handler, restorer));
	EXPECT_EQ(-EINVAL, syscall(NR_signal, 19, handler, restorer));
	EXPECT_EQ(-EINVAL, syscall(NR_signal, 0, handler, restorer));
	EXPECT_EQ(-EINVAL, syscall(NR_signal, 33, handler, restorer));
	EXPECT_EQ(0, syscall(NR_signal, 32, handler, restorer));
	EXPECT_EQ((long)handler, syscall(NR_signal, 32, 0, 0));
}

static void test_sigaction(void)
{
	struct sigaction12 act = { handler, 1 << (SIGUSR2 - 1), 0, restorer }, old;

	signals = 0;
	EXPECT_EQ(0, syscall(NR_sigaction, SIGUSR1, &act, &old));
	EXPECT_EQ(0, (long)old.handler);
	EXPECT_EQ(0, syscall(NR_sigaction, SIGUSR1, &act, &old));
	EXPECT(old.handler == handler && old.restorer == restorer);
	EXPECT_EQ(0, syscall(NR_ssetmask, 1 << (SIGALRM - 1)));
	syscall(NR_kill, syscall(NR_getpid), SIGUSR1);
	EXPECT_EQ(1, signals);
	EXPECT_EQ(1 << (SIGALRM - 1) | 1 << (SIGUSR2 - 1) | 1 << (SIGUSR1 - 1), mask_inside);
	EXPECT_EQ(1 << (SIGALRM - 1), syscall(NR_ssetmask, 0));	/* the restorer put it back */
	syscall(NR_kill, syscall(NR_getpid), SIGUSR1);		/* and once more: no ONESHOT */
	EXPECT_EQ(2, signals);
	act.handler = 0;
	EXPECT_EQ(0, syscall(NR_sigaction, SIGUSR1, &act, 0));
	EXPECT_EQ(-EFAULT, syscall(NR_sigaction, SIGUSR1, SPACE_END, 0));
	EXPECT_EQ(-EINVAL, syscall(NR_sigaction, 9, &act, 0));
}

static void test_registers_over_signal(void)
{
	struct sigaction12 act = { handler, 0, 0, restorer };
	long a = NR_kill, b = syscall(NR_getpid), c = SIGUSR1, d = 77, si = 88, di = 99;

	syscall(NR_sigaction, SIGUSR1, &act, 0);
	__asm__ __volatile__("int $0x80"
			     : "+a" (a), "+b" (b), "+c" (c), "+d" (d), "+S" (si), "+D" (di)
			     :: "memory");
	EXPECT_EQ(0, a);
	EXPECT_EQ(SIGUSR1, c);
	EXPECT_EQ(77, d);
	EXPECT_EQ(88, si);
	EXPECT_EQ(99, di);
}

static void test_interrupted_calls(void)
{
	struct sigaction12 act = { handler, 0, 0, restorer };
	long fds[2], pid, status;
	char c;

	syscall(NR_pipe, fds);
	syscall(NR_sigaction, SIGALRM, &act, 0);
	syscall(NR_sigaction, SIGCONT, &act, 0);
	syscall(NR_alarm, 1);
	EXPECT_EQ(-EINTR, syscall(NR_read, fds[0], &c, 1));	/* SIGALRM does not restart */
	syscall(NR_alarm, 1);
	EXPECT_EQ(-EINTR, syscall(NR_pause));
	signals = 0;
	pid = syscall(NR_fork);
	if (!pid) {						/* SIGCONT does */
		syscall(NR_kill, syscall(NR_getppid), SIGCONT);
		syscall(NR_write, fds[1], "x", 1);
		syscall(NR_exit, 0);
	}
	EXPECT_EQ(1, syscall(NR_read, fds[0], &c, 1));
	EXPECT_EQ(1, signals);
	EXPECT_EQ(pid, syscall(NR_waitpid, pid, &status, 0));
	syscall(NR_close, fds[0]);
	syscall(NR_close, fds[1]);
}

static void test_sigsuspend(void)
{
	struct sigaction12 act = { handler, 0, 0, restorer };
	long a = NR_sigsuspend, b = 0, c = 0, d = 0, pending = 0;
	unsigned long blocked = 1 << (SIGUSR1 - 1);

	signals = 0;
	syscall(NR_sigaction, SIGUSR1, &act, 0);
	syscall(NR_ssetmask, blocked);
	syscall(NR_kill, syscall(NR_getpid), SIGUSR1);
	EXPECT_EQ(0, signals);
	EXPECT_EQ(0, syscall(NR_sigpending, &pending));
	EXPECT_EQ(blocked, pending);
	__asm__ __volatile__("int $0x80" : "+a" (a), "+b" (b), "+c" (c) : "d" (d) : "memory");
	EXPECT_EQ(-EINTR, a);
	EXPECT_EQ(1, signals);
	EXPECT_EQ(1, b);					/* made once more */
	EXPECT_EQ(blocked, c);
	EXPECT_EQ(blocked, syscall(NR_ssetmask, 0));
}

void save_frame(int sig);
unsigned long frame[8], frame_esp;

/* The handler's stack: restorer, signal, [mask], eax, ecx, edx, eflags, eip. */
__asm__(".text\n"
	"	.globl save_frame\n"
	"save_frame:\n"
	"	movl %esp, frame_esp\n"
	"	pushl %esi ; pushl %edi\n"
	"	leal 8(%esp), %esi\n"
	"	movl $frame, %edi\n"
	"	movl $8, %ecx\n"
	"	cld ; rep ; movsl\n"
	"	popl %edi ; popl %esi\n"
	"	ret");

static void test_frame(void)
{
	struct sigaction12 act = { save_frame, 0, 0, restorer };
	long a, b, c, d, at;

	for (act.flags = 0;; act.flags = SA_NOMASK, act.restorer = restorer_nomask) {
		int words = act.flags ? 7 : 8;

		syscall(NR_sigaction, SIGUSR1, &act, 0);
		syscall(NR_ssetmask, 1 << (SIGALRM - 1));
		a = NR_kill;
		b = getpid();
		c = SIGUSR1;
		d = 0x1234;
		__asm__ __volatile__("movl %%esp, %4 ; int $0x80"
				     : "+a" (a), "+b" (b), "+c" (c), "+d" (d), "=&r" (at)
				     :: "memory");
		EXPECT_EQ(0, a);
		EXPECT_EQ(words * 4, at - (long)frame_esp);
		EXPECT_EQ((long)act.restorer, frame[0]);
		EXPECT_EQ(SIGUSR1, frame[1]);
		if (!act.flags)
			EXPECT_EQ(1 << (SIGALRM - 1), frame[2]);
		EXPECT_EQ(0, frame[words - 5]);			/* eax: kill() has succeeded */
		EXPECT_EQ(SIGUSR1, frame[words - 4]);		/* ecx, edx */
		EXPECT_EQ(0x1234, frame[words - 3]);
		EXPECT_EQ(0x200, frame[words - 2] & 0x200);	/* eflags: interrupts are on */
		EXPECT(frame[words - 1] > (unsigned long)test_frame);
		EXPECT_EQ(1 << (SIGALRM - 1), syscall(NR_ssetmask, 0));
		if (act.flags)
			break;
	}
	signal(SIGUSR1, SIG_DFL);
}

static void test_default_actions(void)
{
	static const int kill_it[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 30 };
	static const int stop_it[] = { 19, 20, 21, 22 };
	long pid, status;
	unsigned int i;

	for (i = 0; i < sizeof(kill_it) / sizeof(*kill_it); i++) {
		pid = fork();
		if (!pid) {
			signal(kill_it[i], SIG_DFL);
			kill(getpid(), kill_it[i]);
			exit(99);
		}
		EXPECT_EQ(kill_it[i], wait_for(pid));		/* and no core: bit 7 */
	}
	for (i = 0; i < sizeof(stop_it) / sizeof(*stop_it); i++) {
		pid = fork();
		if (!pid) {
			kill(getpid(), SIGCHLD);		/* ignored, as is SIGCONT */
			kill(getpid(), SIGCONT);
			syscall(NR_setpgid, 0, 0);		/* no orphan */
			signal(stop_it[i], SIG_DFL);
			kill(getpid(), stop_it[i]);
			exit(5);
		}
		EXPECT_EQ(pid, waitpid(pid, &status, 2));	/* WUNTRACED */
		EXPECT_EQ(stop_it[i] << 8 | 0x7f, status);
		EXPECT_EQ(0, kill(pid, SIGCONT));
		EXPECT_EQ(5 << 8, wait_for(pid));
	}
}

static void test_masks(void)
{
	EXPECT_EQ(0, syscall(NR_ssetmask, -1));
	EXPECT_EQ(~(1 << 8 | 1 << 18), syscall(NR_sgetmask));	/* but SIGKILL and SIGSTOP */
	EXPECT_EQ(~(1 << 8 | 1 << 18), syscall(NR_ssetmask, 0));
	EXPECT_EQ(0, syscall(NR_sgetmask));
}

/* SA_INTERRUPT: not even SIGCONT lets the call be made again. */
static void test_interrupt_flag(void)
{
	struct sigaction12 act = { handler, 0, SA_INTERRUPT, restorer };
	long fds[2], pid;
	char c;

	pipe(fds);
	syscall(NR_sigaction, SIGCONT, &act, 0);
	pid = fork();
	if (!pid) {
		syscall(NR_alarm, 1);
		signal(SIGALRM, handler);
		syscall(NR_pause);
		kill(syscall(NR_getppid), SIGCONT);
		exit(0);
	}
	EXPECT_EQ(-EINTR, read(fds[0], &c, 1));
	wait_for(pid);
	act.handler = SIG_DFL;
	syscall(NR_sigaction, SIGCONT, &act, 0);
	close(fds[0]);
	close(fds[1]);
}

/* The address of what is to be is read whatever it is: 0 is where the text begins. */
static void test_sigaction_of_null(void)
{
	struct sigaction12 old, text;

	memcpy(&text, (void *)0, sizeof(text));
	EXPECT_EQ(0, syscall(NR_sigaction, SIGUSR2, 0, &old));
	EXPECT_EQ(0, syscall(NR_sigaction, SIGUSR2, &old, &old));
	EXPECT(old.handler == text.handler && old.restorer == text.restorer);
}

/* SA_NOCLDSTOP: a child that stops is no news. */
static void test_stopped_children(void)
{
	struct sigaction12 act = { handler, 0, 0, restorer };
	long pid, status;

	for (; act.flags <= 1; act.flags++) {
		syscall(NR_sigaction, SIGCHLD, &act, 0);
		signals = 0;
		pid = fork();
		if (!pid) {
			kill(getpid(), SIGSTOP);
			exit(0);
		}
		do
			status = waitpid(pid, &status, 2);
		while (status == -EINTR);
		EXPECT_EQ(!act.flags, signals);
		signal(SIGCHLD, SIG_DFL);
		kill(pid, SIGKILL);
		EXPECT_EQ(SIGKILL, wait_for(pid));
	}
}

/* exec: handlers and what is pending go, what is ignored and what is blocked stays. */
static void test_signals_over_exec(void)
{
	char *argv[] = { start_argv[0], "-signals", 0 };
	long pid;

	signal(SIGUSR1, handler);
	signal(SIGUSR2, SIG_IGN);
	syscall(NR_ssetmask, 1 << (SIGALRM - 1));
	pid = fork();
	if (!pid) {
		kill(getpid(), SIGALRM);
		exit(-execve(start_argv[0], argv, environ));
	}
	EXPECT_EQ(0, wait_for(pid));
	syscall(NR_ssetmask, 0);
	signal(SIGUSR1, SIG_DFL);
	signal(SIGUSR2, SIG_DFL);
}

/* The handler's stack may not be there: then the program ends. */
static void test_no_stack_for_a_handler(void)
{
	long pid = fork();

	if (!pid) {
		signal(SIGUSR1, handler);
		__asm__ __volatile__("movl %1, %%esp ; int $0x80"
				     :: "a" (NR_kill), "r" (SPACE_END + 4096), "b" (getpid()),
					"c" (SIGUSR1));
		for (;;)
			;
	}
	EXPECT_EQ(SIGSEGV, wait_for(pid) & 0x7f);
}

const struct test signal_tests[] = {
	{ "signal", test_signal },
	{ "sigaction", test_sigaction },
	{ "registers_over_signal", test_registers_over_signal },
	{ "interrupted_calls", test_interrupted_calls },
	{ "sigsuspend", test_sigsuspend },
	{ "frame", test_frame },
	{ "default_actions", test_default_actions },
	{ "masks", test_masks },
	{ "interrupt_flag", test_interrupt_flag },
	{ "sigaction_of_null", test_sigaction_of_null },
	{ "stopped_children", test_stopped_children },
	{ "signals_over_exec", test_signals_over_exec },
	{ "no_stack_for_a_handler", test_no_stack_for_a_handler },
	{ 0, 0 },
};
