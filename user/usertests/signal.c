/*
 * signal.c - tests of signals: handlers, masks, siginfo, restart, stop and continue, queues.
 */
#include "usertests.h"
#include <setjmp.h>
#include <sys/time.h>

static volatile sig_atomic_t hits, nested, last;
static siginfo_t last_info;

static void count(int sig)
{
	hits++;
	last = sig;
}

static void note_info(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	hits++;
	last_info = *info;
}

static void install(int sig, void (*handler)(int), int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	EXPECT_OK(sigaction(sig, &action, NULL));
}

static void install_info(int sig, int flags)
{
	struct sigaction action = { .sa_sigaction = note_info, .sa_flags = flags | SA_SIGINFO };

	EXPECT_OK(sigaction(sig, &action, NULL));
}

static sigset_t set_of(int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	return set;
}

static void block(int sig)
{
	sigset_t set = set_of(sig);

	EXPECT_OK(sigprocmask(SIG_BLOCK, &set, NULL));
}

static void unblock(int sig)
{
	sigset_t set = set_of(sig);

	EXPECT_OK(sigprocmask(SIG_UNBLOCK, &set, NULL));
}

static int is_pending(int sig)
{
	sigset_t set;

	EXPECT_OK(sigpending(&set));
	return sigismember(&set, sig);
}

static void handler_runs(void)
{
	struct sigaction old;

	install(SIGUSR1, count, 0);
	EXPECT_OK(kill(getpid(), SIGUSR1));
	EXPECT_EQ(1, hits);
	EXPECT_EQ(SIGUSR1, last);
	EXPECT_OK(raise(SIGUSR1));
	EXPECT_EQ(2, hits);
	EXPECT_OK(sigaction(SIGUSR1, NULL, &old));
	EXPECT_EQ(count, old.sa_handler);
	EXPECT_ERRNO(EINVAL, kill(getpid(), 65));
	EXPECT_ERRNO(EINVAL, sigaction(65, NULL, &old));
	EXPECT_ERRNO(EINVAL, sigaction(SIGKILL, &old, NULL));
	EXPECT_ERRNO(EINVAL, sigaction(SIGSTOP, &old, NULL));
	EXPECT_OK(kill(getpid(), 0));
	EXPECT_ERRNO(ESRCH, kill(0x7ffffff0, SIGUSR1));
}

/* What each signal does when nobody has said anything. */
static void die_of(void *arg)
{
	raise((long)arg);
}

static void default_actions(void)
{
	static const int deadly[] = { SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGKILL, SIGUSR1, SIGPIPE,
				      SIGALRM, SIGTERM, SIGXCPU, SIGIO, SIGRTMIN, SIGRTMAX };
	static const int harmless[] = { SIGCHLD, SIGCONT, SIGURG, SIGWINCH };

	for (size_t i = 0; i < ARRAY_SIZE(deadly); i++)
		EXPECT_KILLED(deadly[i], finish(start(die_of, (void *)(long)deadly[i])));
	for (size_t i = 0; i < ARRAY_SIZE(harmless); i++)
		EXPECT_EXIT(0, finish(start(die_of, (void *)(long)harmless[i])));
}

static void blocked_signals(void)
{
	sigset_t all, old;

	install(SIGUSR1, count, 0);
	block(SIGUSR1);
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(0, hits);
	EXPECT(is_pending(SIGUSR1));
	unblock(SIGUSR1);
	EXPECT_EQ(1, hits);
	EXPECT(!is_pending(SIGUSR1));
	sigfillset(&all);
	EXPECT_OK(sigprocmask(SIG_SETMASK, &all, NULL));
	EXPECT_OK(sigprocmask(SIG_SETMASK, NULL, &old));
	EXPECT(!sigismember(&old, SIGKILL) && !sigismember(&old, SIGSTOP));
	EXPECT(sigismember(&old, SIGUSR1) && sigismember(&old, SIGRTMAX));
	EXPECT_ERRNO(EINVAL, sigprocmask(9, &all, NULL));
	kill(getpid(), SIGUSR1);
	signal(SIGUSR1, SIG_IGN);
	EXPECT(!is_pending(SIGUSR1));
}

static void send_itself(int sig)
{
	if (hits++ == 0) {
		raise(sig);
		nested = hits > 1;
	}
}

/* A handler's own signal and those of sa_mask wait until it returns; SA_NODEFER lets it in. */
static void send_other(int sig)
{
	(void)sig;
	raise(SIGUSR2);
	nested = hits;
}

static void mask_in_handler(void)
{
	struct sigaction action = { .sa_handler = send_other };

	install(SIGUSR1, send_itself, 0);
	raise(SIGUSR1);
	EXPECT_EQ(0, nested);
	EXPECT_EQ(2, hits);
	hits = 0;
	install(SIGUSR1, send_itself, SA_NODEFER);
	raise(SIGUSR1);
	EXPECT_EQ(1, nested);
	hits = 0;
	install(SIGUSR2, count, 0);
	EXPECT_OK(sigaction(SIGUSR1, &action, NULL));
	raise(SIGUSR1);
	EXPECT_EQ(1, nested);
	hits = 0;
	action.sa_mask = set_of(SIGUSR2);
	EXPECT_OK(sigaction(SIGUSR1, &action, NULL));
	raise(SIGUSR1);
	EXPECT_EQ(0, nested);
	EXPECT_EQ(1, hits);
}

static void one_shot(void)
{
	struct sigaction old;

	install(SIGUSR1, count, SA_RESETHAND);
	raise(SIGUSR1);
	EXPECT_EQ(1, hits);
	EXPECT_OK(sigaction(SIGUSR1, NULL, &old));
	EXPECT_EQ(SIG_DFL, old.sa_handler);
}

static void signal_parent(void *arg)
{
	(void)arg;
	kill(getppid(), SIGUSR1);
}

static void info_of_sender(void)
{
	pid_t pid;

	install_info(SIGUSR1, 0);
	pid = start(signal_parent, NULL);
	EXPECT_EXIT(0, finish(pid));
	EXPECT_EQ(1, hits);
	EXPECT_EQ(SIGUSR1, last_info.si_signo);
	EXPECT_EQ(SI_USER, last_info.si_code);
	EXPECT_EQ(pid, last_info.si_pid);
	EXPECT_EQ(getuid(), last_info.si_uid);
	raise(SIGUSR1);
	EXPECT_EQ(SI_TKILL, last_info.si_code);
}

static void exit_six(void *arg)
{
	(void)arg;
	_exit(6);
}

static void info_of_child(void)
{
	pid_t pid;

	install_info(SIGCHLD, SA_RESTART);
	pid = start(exit_six, NULL);
	EXPECT_EXIT(6, finish(pid));
	EXPECT_EQ(1, hits);
	EXPECT_EQ(pid, last_info.si_pid);
	EXPECT_EQ(CLD_EXITED, last_info.si_code);
	EXPECT_EQ(6, last_info.si_status);
	pid = start(die_of, (void *)SIGTERM);
	finish(pid);
	EXPECT_EQ(2, hits);
	EXPECT_EQ(CLD_KILLED, last_info.si_code);
	EXPECT_EQ(SIGTERM, last_info.si_status);
}

/* Ignoring SIGCHLD, or SA_NOCLDWAIT, means: no zombies. */
static void no_zombies(void)
{
	signal(SIGCHLD, SIG_IGN);
	start(exit_six, NULL);
	EXPECT_ERRNO(ECHILD, wait(NULL));
	install(SIGCHLD, SIG_DFL, SA_NOCLDWAIT);
	start(exit_six, NULL);
	EXPECT_ERRNO(ECHILD, wait(NULL));
}

static void pause_for_ever(void *arg)
{
	(void)arg;
	for (;;)
		pause();
}

static void stop_and_continue(void)
{
	pid_t pid;
	int status;

	install_info(SIGCHLD, SA_RESTART);
	pid = start(pause_for_ever, NULL);
	EXPECT_OK(kill(pid, SIGSTOP));
	EXPECT_EQ(pid, waitpid(pid, &status, WUNTRACED));
	EXPECT(WIFSTOPPED(status));
	EXPECT_EQ(SIGSTOP, WSTOPSIG(status));
	EXPECT_EQ(CLD_STOPPED, last_info.si_code);
	EXPECT_EQ(0, waitpid(pid, &status, WUNTRACED | WNOHANG));
	EXPECT_OK(kill(pid, SIGTERM));
	sleep_ms(20);
	EXPECT_EQ(0, waitpid(pid, &status, WNOHANG));
	EXPECT_OK(kill(pid, SIGCONT));
	EXPECT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_KILLED(SIGTERM, status);
	pid = start(pause_for_ever, NULL);
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	kill(pid, SIGCONT);
	EXPECT_EQ(pid, waitpid(pid, &status, WCONTINUED));
	EXPECT(WIFCONTINUED(status));
	hits = 0;
	install_info(SIGCHLD, SA_RESTART | SA_NOCLDSTOP);
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	EXPECT_EQ(0, hits);
	EXPECT_OK(kill(pid, SIGKILL));
	EXPECT_KILLED(SIGKILL, finish(pid));
}

static void kick_parent(void *arg)
{
	sleep_ms(30);
	kill(getppid(), SIGUSR1);
	sleep_ms(30);
	write(((int *)arg)[1], "x", 1);
}

/* An interrupted read fails with EINTR, or goes on with SA_RESTART. */
static void restart(void)
{
	int fds[2];
	pid_t pid;
	char c;

	EXPECT_OK(pipe(fds));
	install(SIGUSR1, count, 0);
	pid = start(kick_parent, fds);
	EXPECT_ERRNO(EINTR, read(fds[0], &c, 1));
	EXPECT_EXIT(0, finish(pid));
	EXPECT_EQ(1, read(fds[0], &c, 1));
	install(SIGUSR1, count, SA_RESTART);
	pid = start(kick_parent, fds);
	EXPECT_EQ(1, read(fds[0], &c, 1));
	EXPECT_EQ(2, hits);
	EXPECT_EXIT(0, finish(pid));
	pid = start(kick_parent, fds);
	EXPECT_EQ(pid, waitpid(pid, NULL, 0));
	EXPECT_EQ(3, hits);
}

static void interrupted_sleep(void)
{
	struct timespec ts = { 5, 0 }, rest = { 0, 0 };
	int fds[2];
	pid_t pid;

	EXPECT_OK(pipe(fds));
	install(SIGUSR1, count, SA_RESTART);
	pid = start(kick_parent, fds);
	EXPECT_ERRNO(EINTR, nanosleep(&ts, &rest));
	EXPECT(rest.tv_sec == 4 && rest.tv_nsec > 500000000);
	EXPECT_EXIT(0, finish(pid));
	pid = start(kick_parent, fds);
	EXPECT_ERRNO(EINTR, pause());
	EXPECT_EXIT(0, finish(pid));
	/* An ignored signal does not disturb. */
	signal(SIGUSR1, SIG_IGN);
	pid = start(kick_parent, fds);
	ts = (struct timespec){ 0, 100000000 };
	EXPECT_OK(nanosleep(&ts, NULL));
	EXPECT_EXIT(0, finish(pid));
}

static void suspend(void)
{
	sigset_t none, now;

	install(SIGUSR1, count, 0);
	block(SIGUSR1);
	raise(SIGUSR1);
	EXPECT_EQ(0, hits);
	sigemptyset(&none);
	EXPECT_ERRNO(EINTR, sigsuspend(&none));
	EXPECT_EQ(1, hits);
	EXPECT_OK(sigprocmask(SIG_SETMASK, NULL, &now));
	EXPECT(sigismember(&now, SIGUSR1));
}

static char *volatile where;
static volatile int was_on_alt;

static void look_at_stack(int sig)
{
	stack_t now;
	char here;

	(void)sig;
	where = &here;
	sigaltstack(NULL, &now);
	was_on_alt = now.ss_flags & SS_ONSTACK;
	now.ss_flags = SS_DISABLE;
	hits = sigaltstack(&now, NULL) == -1 ? errno : 0;
}

static void alternate_stack(void)
{
	char *stack = map_pages(4);
	stack_t alt = { .ss_sp = stack, .ss_size = 4 * PAGE }, old;

	EXPECT_OK(sigaltstack(&alt, NULL));
	install(SIGUSR1, look_at_stack, SA_ONSTACK);
	raise(SIGUSR1);
	EXPECT(where > stack && where < stack + 4 * PAGE);
	EXPECT(was_on_alt);
	EXPECT_EQ(EPERM, hits);
	install(SIGUSR1, look_at_stack, 0);
	raise(SIGUSR1);
	EXPECT(where < stack || where > stack + 4 * PAGE);
	EXPECT_OK(sigaltstack(NULL, &old));
	EXPECT_EQ(SS_DISABLE, old.ss_flags);
	alt.ss_size = 100;
	EXPECT_ERRNO(ENOMEM, sigaltstack(&alt, NULL));
}

static int order[8], nr_order, values[8];

static void note_order(int sig, siginfo_t *info, void *context)
{
	(void)context;
	if (nr_order < 8) {
		values[nr_order] = info->si_value.sival_int;
		order[nr_order++] = sig;
	}
}

/* Real-time signals queue, and are delivered lowest number first, oldest first. */
static void real_time(void)
{
	struct sigaction action = { .sa_sigaction = note_order, .sa_flags = SA_SIGINFO };
	static const int sent[] = { 36, 34, 34, 36, 34 };
	sigset_t set;

	sigemptyset(&set);
	for (int sig = 34; sig <= 36; sig++) {
		sigaddset(&set, sig);
		EXPECT_OK(sigaction(sig, &action, NULL));
	}
	action.sa_mask = set;
	EXPECT_OK(sigaction(34, &action, NULL));
	EXPECT_OK(sigaction(36, &action, NULL));
	EXPECT_OK(sigprocmask(SIG_BLOCK, &set, NULL));
	for (size_t i = 0; i < ARRAY_SIZE(sent); i++) {
		union sigval value = { .sival_int = 10 + i };

		EXPECT_OK(sigqueue(getpid(), sent[i], value));
	}
	/*
	 * All are taken in one go, and each handler is entered on top of the one before it unless
	 * masked: with all three masked they run one after the other in the order of delivery.
	 */
	EXPECT_OK(sigprocmask(SIG_UNBLOCK, &set, NULL));
	EXPECT_EQ(5, nr_order);
	EXPECT_EQ(34, order[0]);
	EXPECT_EQ(11, values[0]);
	EXPECT_EQ(34, order[1]);
	EXPECT_EQ(12, values[1]);
	EXPECT_EQ(14, values[2]);
	EXPECT_EQ(36, order[3]);
	EXPECT_EQ(10, values[3]);
	EXPECT_EQ(13, values[4]);
}

static void wait_for_signal(void)
{
	struct timespec ts = { 0, 20000000 };
	sigset_t set = set_of(SIGUSR1);
	siginfo_t info;
	int fds[2];
	pid_t pid;

	EXPECT_OK(pipe(fds));
	block(SIGUSR1);
	EXPECT_ERRNO(EAGAIN, sigtimedwait(&set, &info, &ts));
	raise(SIGUSR1);
	EXPECT_EQ(SIGUSR1, sigtimedwait(&set, &info, &ts));
	EXPECT_EQ(SIGUSR1, info.si_signo);
	EXPECT(!is_pending(SIGUSR1));
	pid = start(kick_parent, fds);
	EXPECT_EQ(SIGUSR1, sigtimedwait(&set, &info, NULL));
	EXPECT_EQ(pid, info.si_pid);
	EXPECT_EXIT(0, finish(pid));
}

static sigjmp_buf back;

static void jump_out(int sig)
{
	(void)sig;
	siglongjmp(back, 3);
}

static void leave_by_jump(void)
{
	install(SIGUSR1, jump_out, 0);
	for (volatile int i = 0; i < 3; i++) {
		if (sigsetjmp(back, 1) == 0) {
			raise(SIGUSR1);
			FAIL("expected the handler to jump, saw it return");
		}
	}
}

/* A calculation comes out the same however often it is interrupted. */
static unsigned int calculate(void)
{
	unsigned int a = 1, b = 2, c = 3, d = 4;

	for (int i = 0; i < 3000000; i++) {
		a = a * 1664525 + b;
		b ^= a >> 3;
		c += b ^ d;
		d = (d << 5 | d >> 27) + a;
	}
	return a ^ b ^ c ^ d;
}

static double root_of_two(void)
{
	volatile double result;		/* rounded like the values it will be compared with */
	double x = 1;

	for (int i = 0; i < 200000; i++)
		x = x - (x * x - 2) / (2 * x) * 0.001;
	result = x;
	return result;
}

static volatile double disturbing;

static void disturb(int sig)
{
	(void)sig;
	hits++;
	for (int i = 0; i < 10; i++)
		disturbing = disturbing * 1.5 + i;
}

static void registers_survive(void)
{
	struct itimerval fast = { { 0, 2000 }, { 0, 2000 } };
	unsigned int expected = calculate();
	double root = root_of_two();

	install(SIGALRM, disturb, 0);
	EXPECT_OK(setitimer(ITIMER_REAL, &fast, NULL));
	for (int i = 0; i < 10 || hits < 3; i++) {
		EXPECT_EQ(expected, calculate());
		EXPECT(root == root_of_two());
	}
}

static void compute_roots(void *arg)
{
	double root = *(double *)arg;

	for (int i = 0; i < 30; i++)
		EXPECT(root == root_of_two());
}

/* The floating-point registers belong to each process. */
static void float_survives_switch(void)
{
	double root = root_of_two();
	pid_t pids[4];

	for (int i = 0; i < 4; i++)
		pids[i] = start(compute_roots, &root);
	for (int i = 0; i < 4; i++)
		EXPECT_EXIT(0, finish(pids[i]));
}

static void broken_pipe(void)
{
	int fds[2];

	EXPECT_OK(pipe(fds));
	close(fds[0]);
	install(SIGPIPE, count, 0);
	EXPECT_ERRNO(EPIPE, write(fds[1], "x", 1));
	EXPECT_EQ(1, hits);
}

static void signal_root(void *arg)
{
	become_user();
	EXPECT_ERRNO(EPERM, kill((pid_t)(long)arg, SIGTERM));
	EXPECT_ERRNO(EPERM, kill((pid_t)(long)arg, 0));
	EXPECT_ERRNO(EPERM, kill(1, SIGTERM));
}

static void permission(void)
{
	in_child(signal_root, (void *)(long)getpid());
}

static void group_member(void *arg)
{
	(void)arg;
	install(SIGUSR1, count, 0);
	while (!hits)
		sleep_ms(5);
	_exit(11);
}

static void whole_group(void)
{
	pid_t pids[3];

	for (int i = 0; i < 3; i++) {
		pids[i] = start(group_member, NULL);
		EXPECT_OK(setpgid(pids[i], pids[0]));
	}
	sleep_ms(50);
	EXPECT_OK(killpg(pids[0], SIGUSR1));
	for (int i = 0; i < 3; i++)
		EXPECT_EXIT(11, finish(pids[i]));
	EXPECT_ERRNO(ESRCH, killpg(pids[0], SIGUSR1));
}

/* The call of 1992 without a restorer: the kernel must supply the way back. */
static void old_sigaction_call(void)
{
	struct old_sigaction action = { .sa_handler = count };

	EXPECT_OK(syscall(__NR_sigaction, SIGUSR1, &action, NULL));
	raise(SIGUSR1);
	EXPECT_EQ(1, hits);
	raise(SIGUSR1);
	EXPECT_EQ(2, hits);
}

/* With SA_RESTORER a handler returns to the program's own code, else to the kernel's. */
static void own_restorers(void)
{
	struct sigaction action = { .sa_handler = count };

	for (int n = 0; n < 4; n++) {
		action.sa_flags = (n & 1 ? SA_SIGINFO : 0) | (n & 2 ? SA_RESTORER : 0);
		action.sa_restorer = n & 1 ? own_restorer_rt : own_restorer;
		hits = restored = 0;
		EXPECT_OK(sigaction(SIGUSR1, &action, NULL));
		raise(SIGUSR1);
		EXPECT_EQ(1, hits);
		EXPECT_EQ(n >= 2, restored);
	}
	EXPECT_OK(sigaction(SIGUSR1, NULL, &action));
	EXPECT_EQ(SA_SIGINFO | SA_RESTORER, action.sa_flags);
	EXPECT(action.sa_restorer == own_restorer_rt);
}

const struct test signal_tests[] = {
	{ "signal.handler", handler_runs, 0 },
	{ "signal.defaults", default_actions, 0 },
	{ "signal.blocked", blocked_signals, 0 },
	{ "signal.mask_in_handler", mask_in_handler, 0 },
	{ "signal.one_shot", one_shot, 0 },
	{ "signal.info_of_sender", info_of_sender, 0 },
	{ "signal.info_of_child", info_of_child, 0 },
	{ "signal.no_zombies", no_zombies, 0 },
	{ "signal.stop_and_continue", stop_and_continue, 0 },
	{ "signal.restart", restart, 0 },
	{ "signal.interrupted_sleep", interrupted_sleep, 0 },
	{ "signal.suspend", suspend, 0 },
	{ "signal.alternate_stack", alternate_stack, 0 },
	{ "signal.real_time", real_time, 0 },
	{ "signal.timedwait", wait_for_signal, 0 },
	{ "signal.leave_by_jump", leave_by_jump, 0 },
	{ "signal.registers_survive", registers_survive, 0 },
	{ "signal.float_survives_switch", float_survives_switch, 0 },
	{ "signal.broken_pipe", broken_pipe, 0 },
	{ "signal.permission", permission, NEEDS_ROOT },
	{ "signal.whole_group", whole_group, 0 },
	{ "signal.old_sigaction", old_sigaction_call, 0 },
	{ "signal.own_restorers", own_restorers, 0 },
	{ NULL, NULL, 0 },
};
