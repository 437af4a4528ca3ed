/*
 * Signals inside the kernel: sets, queued information, actions.
 *
 * A signal is pending for one task (task->pending) or for its thread group
 * (task->signal->shared_pending). A set is one 64-bit number; bit n-1 is
 * signal n. Signals below SIGRTMIN are not queued twice; a sigqueue entry
 * carries the siginfo when memory for it was there.
 */
#ifndef _LINUX_SIGNAL_H
#define _LINUX_SIGNAL_H

#include <uapi/linux/signal.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/types.h>

typedef u64 sigset_t;

#define sigmask(sig)	(1ULL << ((sig) - 1))
#define SIG_KERNEL_ONLY	(sigmask(SIGKILL) | sigmask(SIGSTOP))
#define SIG_STOP_MASK	(sigmask(SIGSTOP) | sigmask(SIGTSTP) | sigmask(SIGTTIN) | sigmask(SIGTTOU))
#define SIG_IGNORE_MASK	(sigmask(SIGCONT) | sigmask(SIGCHLD) | sigmask(SIGWINCH) | sigmask(SIGURG))

/* What rt_sigaction(2) takes, with its two words of mask as one number. */
struct k_sigaction {
	__sighandler_t sa_handler;
	unsigned long sa_flags;
	void (*sa_restorer)(void);
	sigset_t sa_mask;
} __attribute__((packed, aligned(4)));

_Static_assert(sizeof(struct k_sigaction) == sizeof(struct kernel_sigaction) &&
		       offsetof(struct k_sigaction, sa_mask) ==
			       offsetof(struct kernel_sigaction, sa_mask),
	       "copied as it is from and to programs");

struct user_struct;

struct sigqueue {
	struct list_head list;
	struct user_struct *user;	/* whose sigpending counts it */
	siginfo_t info;
};

struct sigpending {
	sigset_t signal;
	struct list_head list;		/* of sigqueue */
};

struct task_struct;
struct pt_regs;

extern spinlock_t siglock;	/* what is pending, of all tasks and processes */

/*
 * Send. `info` may be SEND_SIG_KERNEL (from the kernel) or SEND_SIG_USER (from current).
 * No permission check. 0 or -EAGAIN (queue limit). May be called from interrupts, never sleep.
 */
#define SEND_SIG_USER	((siginfo_t *)0)
#define SEND_SIG_KERNEL	((siginfo_t *)1)
int send_sig_info(int sig, siginfo_t *info, struct task_struct *p);	/* to one thread */
int group_send_sig_info(int sig, siginfo_t *info, struct task_struct *p); /* to its group */
int send_sig(int sig, struct task_struct *p);		/* kernel to group of p */
int kill_pg(int pgrp, int sig);				/* kernel to a process group; -ESRCH */
/*
 * Has no member of the group a parent in its session but outside the group? Nobody could then
 * continue it.
 */
int is_orphaned_pgrp(int pgrp);

/*
 * For faults: the signal cannot be ignored or blocked; if it is, the default
 * action is taken. `addr` becomes si_addr.
 */
void force_sig_fault(int sig, int code, void *addr);
void force_sig(int sig);		/* SI_KERNEL, to current */

/* Does current ignore or block `sig`? The job control of terminals asks. */
bool sig_blocked_or_ignored(int sig);

/* Recomputes TIF_SIGPENDING of current after its mask changed. */
void recalc_sigpending(void);
/*
 * current blocks `set`, or has begun to exit: signals of the set that wait in the queue of its
 * process may have been meant for it, so other threads are told of them.
 */
void pass_on_signals(sigset_t set);
/* Changes current's mask (SIGKILL and SIGSTOP stay unblocked). */
void set_current_blocked(sigset_t mask);

/*
 * Called by the architecture on the way back to user mode when TIF_SIGPENDING is set:
 * takes one signal off the queues, acts on it (stop, ignore, kill) and returns
 * only those that have a handler. Returns the signal number, with *info, *ka (SA_RESETHAND
 * is done) and the signal mask that the frame keeps filled; or 0, and then a mask that only
 * lasted as long as a system call is the one of before again. May sleep (stopped) and may not
 * return (killed).
 */
int get_signal_to_deliver(siginfo_t *info, struct k_sigaction *ka, sigset_t *mask);
/*
 * After the frame was built: blocks sa_mask and the signal itself. error: there was no room for
 * the frame, and the program gets SIGSEGV, for which it may have no handler if that was the one.
 */
void signal_delivered(int sig, struct k_sigaction *ka, int error);

/* What becomes of a system call that ended early. */
enum restart {
	RESTART_NOT,		/* it did not: its result stands */
	RESTART_EINTR,		/* its result is -EINTR */
	RESTART_AGAIN,		/* it is made again with the same arguments */
	RESTART_BLOCK,		/* restart_syscall() is made in its place */
};
/* By what the call returned; ka: of the handler that runs first, or NULL. */
enum restart how_to_restart(long result, const struct k_sigaction *ka);

void flush_signal_handlers(struct task_struct *p);	/* exec: handlers back to default */
/* Drops everything on a queue. */
void flush_sigqueue(struct sigpending *pending);
/* Forgets those of the mask. siglock held. */
void remove_signals(struct sigpending *pending, sigset_t mask);
/* Makes an empty queue. */
void init_sigpending(struct sigpending *pending);
/* Boot: the cache of queue entries. */
void signals_init(void);
/* Takes the first signal outside `mask` off current's queues; 0: none. */
int dequeue_signal(sigset_t mask, siginfo_t *info);
/* What current's process does about a signal (1 to _NSIG). */
#define sigaction_of(sig)	(&current->sighand->action[(sig) - 1])
/* Gives it a new action. sig: valid, not KILL or STOP. */
void set_sigaction(int sig, const struct k_sigaction *act);
/* 0 or -EFAULT. May sleep. */
int copy_siginfo_to_user(siginfo_t __user *to, const siginfo_t *from);

/* Bytes of a siginfo_t that mean something; the rest, which makes it 128 long, is not carried. */
#define SIGINFO_USED                                                                               \
	(offsetof(siginfo_t, _sifields) + sizeof(((siginfo_t *)0)->_sifields._sigchld))

static inline void clear_siginfo(siginfo_t *info)
{
	memset(info, 0, SIGINFO_USED);
}

static inline void copy_siginfo(siginfo_t *to, const siginfo_t *from)
{
	memcpy(to, from, SIGINFO_USED);
}

/* sigaltstack(2) for current, `sp` its user stack pointer. */
int do_sigaltstack(const stack_t __user *ss, stack_t __user *oss, unsigned long sp);
/* What it tells of that stack: also for the ucontext of a frame. */
stack_t current_sigaltstack(unsigned long sp);
/* True when sp lies on current's alternate stack. */
bool on_sig_stack(unsigned long sp);

#endif
