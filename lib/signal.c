/*
 * lib/signal.c - signals.
 *
 * Actions and masks are laid out as the kernel has them. A handler returns to code that the kernel
 * gives it, on the stack or in the vector page, and which asks the kernel to put everything back;
 * so no "restorer" of ours is needed.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "libc.h"

int sigaction(int sig, const struct sigaction *act, struct sigaction *old)
{
	return syscall(__NR_rt_sigaction, sig, act, old, sizeof(sigset_t));
}

sighandler_t signal(int sig, sighandler_t handler)
{
	struct sigaction new = { .sa_handler = handler, .sa_flags = SA_RESTART }, old;

	return sigaction(sig, &new, &old) ? SIG_ERR : old.sa_handler;
}

int kill(pid_t pid, int sig)
{
	return syscall(__NR_kill, pid, sig);
}

int killpg(pid_t pgrp, int sig)
{
	return kill(-pgrp, sig);
}

int tgkill(pid_t process, pid_t task, int sig)
{
	return syscall(__NR_tgkill, process, task, sig);
}

int raise(int sig)
{
	return tgkill(getpid(), gettid(), sig);
}

void abort(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGABRT);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(SIGABRT);
	signal(SIGABRT, SIG_DFL);	/* there was a handler, and it returned */
	raise(SIGABRT);
	_exit(127);
}

int sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
	return syscall(__NR_rt_sigprocmask, how, set, old, sizeof(*set));
}

int sigpending(sigset_t *set)
{
	return syscall(__NR_rt_sigpending, set, sizeof(*set));
}

int sigsuspend(const sigset_t *mask)
{
	return syscall(__NR_rt_sigsuspend, mask, sizeof(*mask));
}

int sigaltstack(const stack_t *act, stack_t *old)
{
	return syscall(__NR_sigaltstack, act, old);
}

int sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout)
{
	return syscall(__NR_rt_sigtimedwait, set, info, timeout, sizeof(*set));
}

int sigqueue(pid_t pid, int sig, union sigval value)
{
	siginfo_t info = { .si_signo = sig, .si_code = SI_QUEUE };

	info.si_pid = getpid();
	info.si_uid = getuid();
	info.si_value = value;
	return syscall(__NR_rt_sigqueueinfo, pid, sig, &info);
}

int pause(void)
{
	return syscall(__NR_pause);
}

int sigemptyset(sigset_t *set)
{
	set->sig[0] = set->sig[1] = 0;
	return 0;
}

int sigfillset(sigset_t *set)
{
	set->sig[0] = set->sig[1] = ~0UL;
	return 0;
}

/* The word of the set that holds the signal, and its bit there. NULL, EINVAL: no such signal. */
static unsigned long *locate(const sigset_t *set, int sig, unsigned long *bit)
{
	if (sig < 1 || sig > _NSIG) {
		errno = EINVAL;
		return NULL;
	}
	*bit = 1UL << ((sig - 1) % 32);
	return (unsigned long *)&set->sig[(sig - 1) / 32];
}

int sigaddset(sigset_t *set, int sig)
{
	unsigned long bit, *word = locate(set, sig, &bit);

	if (!word)
		return -1;
	*word |= bit;
	return 0;
}

int sigdelset(sigset_t *set, int sig)
{
	unsigned long bit, *word = locate(set, sig, &bit);

	if (!word)
		return -1;
	*word &= ~bit;
	return 0;
}

int sigismember(const sigset_t *set, int sig)
{
	unsigned long bit, *word = locate(set, sig, &bit);

	if (!word)
		return -1;
	return (*word & bit) != 0;
}

void __save_mask(sigjmp_buf env, int save)
{
	env->has_mask = save;
	if (save)
		sigprocmask(SIG_SETMASK, NULL, &env->mask);
}

void siglongjmp(sigjmp_buf env, int value)
{
	if (env->has_mask)
		sigprocmask(SIG_SETMASK, &env->mask, NULL);
	longjmp(env->regs, value);
}
