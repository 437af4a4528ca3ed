/*
 * Sending signals: who may, what is queued, who is woken.
 *
 *	send_signal()	puts the signal on a queue: the thread's own or its process'
 *	complete()	picks a thread that can take it, and wakes that one
 *
 * From there on it is the receiver's business: on its way back to user mode it finds
 * TIF_SIGPENDING set and comes to sigdeliver.c. The system calls are in sigcalls.c.
 *
 * Signals come from interrupts too (timers, the keyboard), so the queues are changed with
 * interrupts masked and nothing here sleeps.
 */
#include <linux/personality.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/signal.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <asm/bitops.h>

spinlock_t siglock = SPIN_LOCK_UNLOCKED;
static struct kmem_cache *sigqueue_cachep;

void signals_init(void)
{
	sigqueue_cachep = kmem_cache_create("sigqueue", sizeof(struct sigqueue), 0, SLAB_PANIC,
					    NULL);
}

void init_sigpending(struct sigpending *pending)
{
	pending->signal = 0;
	INIT_LIST_HEAD(&pending->list);
}

static void free_sigqueue(struct sigqueue *q)
{
	list_del(&q->list);
	q->user->sigpending--;
	free_uid(q->user);
	kmem_cache_free(sigqueue_cachep, q);
}

void flush_sigqueue(struct sigpending *pending)
{
	struct sigqueue *q, *next;
	unsigned long flags;

	spin_lock_irqsave(&siglock, flags);
	list_for_each_entry_safe(q, next, &pending->list, list)
		free_sigqueue(q);
	pending->signal = 0;
	spin_unlock_irqrestore(&siglock, flags);
}

/* Drops the signals of `mask` from a queue. */
void remove_signals(struct sigpending *pending, sigset_t mask)
{
	struct sigqueue *q, *next;

	if (!(pending->signal & mask))
		return;
	pending->signal &= ~mask;
	list_for_each_entry_safe(q, next, &pending->list, list) {
		if (mask & sigmask(q->info.si_signo))
			free_sigqueue(q);
	}
}

/* Takes one instance of sig off the queue; without an entry the details are lost. */
static void collect_signal(int sig, struct sigpending *pending, siginfo_t *info)
{
	struct sigqueue *q, *next, *first = NULL;
	bool more = false;

	list_for_each_entry_safe(q, next, &pending->list, list) {
		if (q->info.si_signo != sig)
			continue;
		if (first) {
			more = true;
			break;
		}
		first = q;
	}
	if (!more)
		pending->signal &= ~sigmask(sig);
	if (first) {
		copy_siginfo(info, &first->info);
		free_sigqueue(first);
	} else {
		clear_siginfo(info);
		info->si_signo = sig;
	}
}

/* Signals of a fault come first, so that the handler sees the registers of the fault. */
#define SYNCHRONOUS (sigmask(SIGSEGV) | sigmask(SIGBUS) | sigmask(SIGILL) | sigmask(SIGTRAP) | \
		     sigmask(SIGFPE))

/* The lowest number of a set, 0 for the empty one. */
static int first_signal(sigset_t set)
{
	if (set & SYNCHRONOUS)
		set &= SYNCHRONOUS;
	if ((u32)set)
		return __ffs((u32)set) + 1;
	return set ? __ffs((u32)(set >> 32)) + 33 : 0;
}

int dequeue_signal(sigset_t mask, siginfo_t *info)
{
	struct task_struct *p = current;
	struct sigpending *pending = &p->pending;
	unsigned long flags;
	int sig;

	spin_lock_irqsave(&siglock, flags);
	sig = first_signal(pending->signal & ~mask);
	if (!sig) {
		pending = &p->signal->shared_pending;
		sig = first_signal(pending->signal & ~mask);
	}
	if (sig)
		collect_signal(sig, pending, info);
	recalc_sigpending();
	spin_unlock_irqrestore(&siglock, flags);
	return sig;
}

static inline bool has_pending(const struct task_struct *p)
{
	sigset_t pending = p->pending.signal | p->signal->shared_pending.signal;

	return (pending && (pending & ~p->blocked)) || p->signal->group_stop_count > 0;
}

void recalc_sigpending(void)
{
	if (has_pending(current))
		set_task_work(current, _TIF_SIGPENDING);
	else if (current->work & _TIF_SIGPENDING)
		clear_task_work(current, _TIF_SIGPENDING);
}

void signal_wake_up(struct task_struct *p, bool fatal)
{
	set_task_work(p, _TIF_SIGPENDING);
	try_to_wake_up(p, TASK_INTERRUPTIBLE | (fatal ? TASK_STOPPED | TASK_KILLABLE : 0));
}

/* Is the signal of no effect on p, so that it need not even be queued? */
static bool sig_ignored(int sig, struct task_struct *p)
{
	__sighandler_t handler = p->sighand->action[sig - 1].sa_handler;

	if ((p->blocked | p->awaited) & sigmask(sig))
		return false;		/* the action may be another one when it is unblocked */
	if (handler == SIG_DFL)
		return (sigmask(sig) & SIG_IGNORE_MASK) || p->signal->unkillable;
	return handler == SIG_IGN;
}

/* Stop signals and SIGCONT cancel each other; SIGCONT lets the process run even if blocked. */
static void handle_stop_and_cont(int sig, struct task_struct *p)
{
	struct signal_struct *group = p->signal;
	struct task_struct *t;
	bool was_stopped;

	if (sigmask(sig) & SIG_STOP_MASK) {
		remove_signals(&group->shared_pending, sigmask(SIGCONT));
		for_each_thread(p, t)
			remove_signals(&t->pending, sigmask(SIGCONT));
		return;
	}
	was_stopped = group->stop_code && !group->group_stop_count;
	group->group_stop_count = 0;
	group->stop_code = 0;
	group->stop_unwaited = false;
	remove_signals(&group->shared_pending, SIG_STOP_MASK);
	for_each_thread(p, t) {
		remove_signals(&t->pending, SIG_STOP_MASK);
		try_to_wake_up(t, TASK_STOPPED);
	}
	if (was_stopped) {
		group->cont_unwaited = true;
		do_notify_parent_stop(p->group_leader, CLD_CONTINUED);
	}
}

static void fill_info(siginfo_t *to, int sig, siginfo_t *info)
{
	if (info != SEND_SIG_USER && info != SEND_SIG_KERNEL) {
		copy_siginfo(to, info);
		to->si_signo = sig;
		return;
	}
	clear_siginfo(to);
	to->si_signo = sig;
	if (info == SEND_SIG_USER) {
		to->si_code = SI_USER;
		to->si_pid = current->tgid;
		to->si_uid = current->uid;
	} else {
		to->si_code = SI_KERNEL;
	}
}

/* Puts the signal on a queue of p. siglock held. 0, or -EAGAIN: one that queues, over the limit. */
static int queue_signal(int sig, siginfo_t *info, struct task_struct *p,
			struct sigpending *pending)
{
	bool from_kernel = info == SEND_SIG_KERNEL;
	bool counted = info != SEND_SIG_USER && !from_kernel &&
		       (info->si_code < 0 || sig >= SIGRTMIN);
	struct sigqueue *q = NULL;

	if (sig < SIGRTMIN && (pending->signal & sigmask(sig)))
		return 0;
	if (!counted || (unsigned long)p->user->sigpending <
			p->signal->rlim[RLIMIT_SIGPENDING].rlim_cur)
		q = kmem_cache_alloc(sigqueue_cachep, GFP_ATOMIC);
	if (q) {
		q->user = p->user;
		get_uid(q->user);
		q->user->sigpending++;
		fill_info(&q->info, sig, info);
		list_add_tail(&q->list, &pending->list);
	} else if (sig >= SIGRTMIN && counted) {
		return -EAGAIN;
	}
	pending->signal |= sigmask(sig);
	return 0;
}

/* Can t take the signal now? */
static bool wants_signal(int sig, const struct task_struct *t)
{
	if ((t->blocked & sigmask(sig)) || (t->flags & PF_EXITING))
		return false;
	return sig == SIGKILL || t->state != TASK_STOPPED;
}

/* The signal is queued for the whole group: finds a thread to take it, p if possible. */
static void complete_group_signal(int sig, struct task_struct *p)
{
	struct task_struct *t;

	if (wants_signal(sig, p)) {
		signal_wake_up(p, sig == SIGKILL);
		return;
	}
	for (t = next_thread(p); t != p; t = next_thread(t)) {
		if (wants_signal(sig, t)) {
			signal_wake_up(t, sig == SIGKILL);
			return;
		}
	}
}

/* A signal of the process was meant for one thread, which current was: another is told now. */
void pass_on_signals(sigset_t set)
{
	struct task_struct *p = current, *t;
	unsigned long flags;

	spin_lock_irqsave(&siglock, flags);
	set &= p->signal->shared_pending.signal;
	for (t = next_thread(p); set && t != p; t = next_thread(t)) {
		sigset_t taken = set & ~t->blocked;

		if (!taken || (t->flags & PF_EXITING))
			continue;
		signal_wake_up(t, taken & sigmask(SIGKILL));
		set &= ~taken;
	}
	spin_unlock_irqrestore(&siglock, flags);
}

static int send_signal(int sig, siginfo_t *info, struct task_struct *p, bool group)
{
	unsigned long flags;
	int err = 0;

	if (sig < 1 || sig > _NSIG)
		return -EINVAL;
	spin_lock_irqsave(&siglock, flags);
	if (p->state == TASK_DEAD || process_dead(p->group_leader))
		goto out;
	if (sig == SIGCONT || (sigmask(sig) & SIG_STOP_MASK))
		handle_stop_and_cont(sig, p);
	if (sig_ignored(sig, p))
		goto out;
	err = queue_signal(sig, info, p, group ? &p->signal->shared_pending : &p->pending);
	if (err)
		goto out;
	if (group)
		complete_group_signal(sig, p);
	else if (!(p->blocked & sigmask(sig)))
		signal_wake_up(p, sig == SIGKILL);
out:
	spin_unlock_irqrestore(&siglock, flags);
	return err;
}

int send_sig_info(int sig, siginfo_t *info, struct task_struct *p)
{
	return send_signal(sig, info, p, false);
}

int group_send_sig_info(int sig, siginfo_t *info, struct task_struct *p)
{
	return send_signal(sig, info, p, true);
}

int send_sig(int sig, struct task_struct *p)
{
	return send_signal(sig, SEND_SIG_KERNEL, p, true);
}

int kill_pg(int pgrp, int sig)
{
	struct task_struct *p;
	int err = -ESRCH;

	if (pgrp <= 0)
		return err;
	for_each_process(p) {
		if (p->signal->pgrp == pgrp) {
			p->signal->group_signals++;
			send_sig(sig, p);
			err = 0;
		}
	}
	return err;
}

/* A fault: a blocked or ignored signal would repeat it for ever, so the default action is taken. */
static void force_sig_info(int sig, siginfo_t *info)
{
	struct task_struct *p = current;
	struct k_sigaction *ka = &p->sighand->action[sig - 1];
	unsigned long flags;

	spin_lock_irqsave(&siglock, flags);
	if (ka->sa_handler == SIG_IGN || (p->blocked & sigmask(sig)))
		ka->sa_handler = SIG_DFL;
	p->blocked &= ~sigmask(sig);
	if (ka->sa_handler == SIG_DFL)
		p->signal->unkillable = false;
	send_signal(sig, info, p, false);
	recalc_sigpending();
	spin_unlock_irqrestore(&siglock, flags);
}

void force_sig_fault(int sig, int code, void *addr)
{
	siginfo_t info;

	clear_siginfo(&info);
	info.si_signo = sig;
	info.si_code = code;
	info.si_addr = addr;
	force_sig_info(sig, &info);
}

void force_sig(int sig)
{
	force_sig_info(sig, SEND_SIG_KERNEL);
}

/* What a parent is told about the leader p of its child. */
static void fill_child_info(siginfo_t *info, struct task_struct *p, int sig)
{
	clear_siginfo(info);
	info->si_signo = sig;
	info->si_pid = p->pid;
	info->si_uid = p->uid;
	info->si_utime = p->utime + p->signal->utime;
	info->si_stime = p->stime + p->signal->stime;
}

bool do_notify_parent(struct task_struct *p, int sig)
{
	struct signal_struct *parent = p->parent->signal;
	struct k_sigaction *ka;
	siginfo_t info;
	bool reap = p->parent == &init_task || sig == -1;

	if (sig > 0 && !reap) {
		fill_child_info(&info, p, sig);
		info.si_code = (p->exit_code & 0x7f) ? CLD_KILLED : CLD_EXITED;
		info.si_status = (p->exit_code & 0x7f) ? p->exit_code & 0x7f : p->exit_code >> 8;
		ka = &p->parent->sighand->action[SIGCHLD - 1];
		if (sig == SIGCHLD &&
		    (ka->sa_handler == SIG_IGN || (ka->sa_flags & SA_NOCLDWAIT)))
			reap = p->parent->personality != PER_LINUX_012;
		if (sig != SIGCHLD || ka->sa_handler != SIG_IGN)
			group_send_sig_info(sig, &info, p->parent);
	}
	wake_up_interruptible(&parent->wait_chldexit);
	return reap;
}

void do_notify_parent_stop(struct task_struct *p, int why)
{
	struct task_struct *parent = p->parent;
	struct k_sigaction *ka = &parent->sighand->action[SIGCHLD - 1];
	siginfo_t info;

	if (ka->sa_handler != SIG_IGN && !(ka->sa_flags & SA_NOCLDSTOP)) {
		fill_child_info(&info, p, SIGCHLD);
		info.si_code = why;
		info.si_status = why == CLD_STOPPED ? p->signal->stop_code : SIGCONT;
		group_send_sig_info(SIGCHLD, &info, parent);
	}
	wake_up_interruptible(&parent->signal->wait_chldexit);
}
