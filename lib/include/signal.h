/*
 * signal.h - signals. Numbers, flags and siginfo_t: uapi/linux/signal.h.
 */
#ifndef _SIGNAL_H
#define _SIGNAL_H

#include <sys/types.h>
#include <uapi/linux/signal.h>
#include <uapi/linux/time.h>

#define NSIG		(_NSIG + 1)
#define SIGRTMAX	_NSIG
#define SIGSTKSZ	8192

typedef __sighandler_t sighandler_t;
typedef volatile int sig_atomic_t;

typedef struct {
	unsigned long sig[2];		/* signal n is bit n - 1 */
} sigset_t;

struct sigaction {
	union {
		sighandler_t sa_handler;
		void (*sa_sigaction)(int, siginfo_t *, void *);	/* with SA_SIGINFO */
	};
	int sa_flags;
	void (*sa_restorer)(void);	/* with SA_RESTORER: where the handler returns to */
	sigset_t sa_mask;
};

int sigaction(int sig, const struct sigaction *new, struct sigaction *old);
/* BSD's meaning: stays installed, interrupted calls go on. Returns the old one or SIG_ERR. */
sighandler_t signal(int sig, sighandler_t handler);
int kill(pid_t pid, int sig);
int killpg(pid_t pgrp, int sig);
int tgkill(pid_t process, pid_t task, int sig);
int raise(int sig);
int sigprocmask(int how, const sigset_t *set, sigset_t *old);
int sigpending(sigset_t *set);
int sigsuspend(const sigset_t *mask);
int sigaltstack(const stack_t *new, stack_t *old);
int sigqueue(pid_t pid, int sig, union sigval value);

/* Takes a pending signal of the set, waiting for one; timeout NULL: for ever. EAGAIN: none. */
int sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout);

int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int sigaddset(sigset_t *set, int sig);
int sigdelset(sigset_t *set, int sig);
int sigismember(const sigset_t *set, int sig);

#endif
