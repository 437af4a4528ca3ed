/*
 * The system calls about signals. The calls of 1992 know 32 signals in one word; the rt_ ones know
 * 64 and say how large their sets are.
 */
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/time.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

/* ---- sending ---- */

/* May current send sig to p? */
static bool may_signal(int sig, struct task_struct *p)
{
	struct task_struct *me = current;

	if (me->euid == 0 || me->euid == p->suid || me->euid == p->uid ||
	    me->uid == p->suid || me->uid == p->uid)
		return true;
	return sig == SIGCONT && me->signal->session == p->signal->session;
}

/* Checks and sends; sig 0 only checks. info: from a program, or SEND_SIG_USER. */
static int send_checked(int sig, siginfo_t *info, struct task_struct *p, bool group)
{
	if (sig < 0 || sig > _NSIG)
		return -EINVAL;
	if (!may_signal(sig, p))
		return -EPERM;
	if (!sig)
		return 0;
	return group ? group_send_sig_info(sig, info, p) : send_sig_info(sig, info, p);
}

/* To every process of a group, or (pgrp -1) to every process but init and the caller. */
static int kill_many(int sig, pid_t pgrp)
{
	struct task_struct *p;
	int sent = 0, err, result = -ESRCH;

	for_each_process(p) {
		if (pgrp == -1 ? p->pid <= 1 || p == current->group_leader || !p->mm
			       : p->signal->pgrp != pgrp)
			continue;
		p->signal->group_signals++;
		err = send_checked(sig, SEND_SIG_USER, p, true);
		if (!err)
			sent++;
		else
			result = err;
	}
	return sent ? 0 : result;
}

long sys_kill(pid_t pid, int sig)
{
	struct task_struct *p;

	if (pid == 0)
		return kill_many(sig, current->signal->pgrp);
	if (pid == -1)
		return kill_many(sig, -1);
	if (pid < 0)
		return kill_many(sig, -pid);
	p = find_task_by_pid(pid);
	return p ? send_checked(sig, SEND_SIG_USER, p, true) : -ESRCH;
}

static long do_tkill(pid_t tgid, pid_t pid, int sig)
{
	struct task_struct *p;
	siginfo_t info;

	if (pid <= 0 || (tgid != -1 && tgid <= 0))
		return -EINVAL;
	p = find_task_by_pid(pid);
	if (!p || (tgid != -1 && p->tgid != tgid))
		return -ESRCH;
	clear_siginfo(&info);
	info.si_code = SI_TKILL;
	info.si_pid = current->tgid;
	info.si_uid = current->uid;
	return send_checked(sig, &info, p, false);
}

long sys_tkill(pid_t pid, int sig)
{
	return do_tkill(-1, pid, sig);
}

long sys_tgkill(pid_t tgid, pid_t pid, int sig)
{
	return tgid == -1 ? -EINVAL : do_tkill(tgid, pid, sig);
}

/* The details come from the program, which may not pretend to be the kernel or kill(). */
static long queueinfo(pid_t tgid, pid_t pid, int sig, siginfo_t __user *uinfo, bool group)
{
	struct task_struct *p;
	siginfo_t info;

	if (copy_from_user(&info, uinfo, sizeof(info)))
		return -EFAULT;
	p = find_task_by_pid(pid);
	if (!p || (!group && p->tgid != tgid))
		return -ESRCH;
	if ((info.si_code >= 0 || info.si_code == SI_TKILL) && p->tgid != current->tgid)
		return -EPERM;
	return send_checked(sig, &info, p, group);
}

long sys_rt_sigqueueinfo(pid_t pid, int sig, siginfo_t __user *uinfo)
{
	return queueinfo(pid, pid, sig, uinfo, true);
}

long sys_rt_tgsigqueueinfo(pid_t tgid, pid_t pid, int sig, siginfo_t __user *uinfo)
{
	if (tgid <= 0 || pid <= 0)
		return -EINVAL;
	return queueinfo(tgid, pid, sig, uinfo, false);
}

/* ---- actions ---- */

/* sig has no handler any more: if that means that nothing happens, what waits is dropped. */
static noinline void drop_ignored(int sig, __sighandler_t action)
{
	struct task_struct *p = current, *t;
	unsigned long flags;

	if (action == SIG_DFL && !(sigmask(sig) & SIG_IGNORE_MASK))
		return;
	spin_lock_irqsave(&siglock, flags);
	remove_signals(&p->signal->shared_pending, sigmask(sig));
	for_each_thread(p, t)
		remove_signals(&t->pending, sigmask(sig));
	recalc_sigpending();
	spin_unlock_irqrestore(&siglock, flags);
}

inline void set_sigaction(int sig, const struct k_sigaction *act)
{
	struct k_sigaction *ka = sigaction_of(sig);

	*ka = *act;
	ka->sa_mask &= ~SIG_KERNEL_ONLY;
	if (ka->sa_handler == SIG_IGN || ka->sa_handler == SIG_DFL)
		drop_ignored(sig, ka->sa_handler);
}

static bool action_allowed(int sig, bool change)
{
	return sig >= 1 && sig <= _NSIG && !(change && (sig == SIGKILL || sig == SIGSTOP));
}

long sys_signal(int sig, __sighandler_t handler)
{
	struct k_sigaction new = { handler, SA_RESETHAND | SA_NODEFER, NULL, 0 };
	__sighandler_t old;

	if (!action_allowed(sig, true))
		return -EINVAL;
	old = sigaction_of(sig)->sa_handler;
	set_sigaction(sig, &new);
	return (long)old;
}

long sys_sigaction(int sig, const struct old_sigaction __user *act,
		   struct old_sigaction __user *oact)
{
	struct k_sigaction new, old;
	struct old_sigaction user;

	if (act) {
		if (copy_from_user(&user, act, sizeof(user)))
			return -EFAULT;
		new.sa_handler = user.sa_handler;
		new.sa_flags = user.sa_flags;
		new.sa_restorer = user.sa_restorer;
		new.sa_mask = user.sa_mask;
	}
	if (!action_allowed(sig, act))
		return -EINVAL;
	old = *sigaction_of(sig);
	if (act)
		set_sigaction(sig, &new);
	if (oact) {
		user.sa_handler = old.sa_handler;
		user.sa_flags = old.sa_flags;
		user.sa_restorer = old.sa_restorer;
		user.sa_mask = (unsigned long)old.sa_mask;
		if (copy_to_user(oact, &user, sizeof(user)))
			return -EFAULT;
	}
	return 0;
}

long sys_rt_sigaction(int sig, const struct kernel_sigaction __user *act,
		      struct kernel_sigaction __user *oact, size_t size)
{
	struct k_sigaction new, old;

	if (size != sizeof(sigset_t))
		return -EINVAL;
	if (act && copy_from_user(&new, act, sizeof(new)))
		return -EFAULT;
	if (!action_allowed(sig, act))
		return -EINVAL;
	if (oact)
		old = *sigaction_of(sig);
	if (act)
		set_sigaction(sig, &new);
	return oact && copy_to_user(oact, &old, sizeof(old)) ? -EFAULT : 0;
}

long sys_sigaltstack(const stack_t __user *ss, stack_t __user *oss)
{
	return do_sigaltstack(ss, oss, user_stack_pointer(current_pt_regs()));
}

/* ---- masks ---- */

static int change_mask(int how, sigset_t set)
{
	sigset_t blocked = current->blocked;

	switch (how) {
	case SIG_BLOCK:
		blocked |= set;
		break;
	case SIG_UNBLOCK:
		blocked &= ~set;
		break;
	case SIG_SETMASK:
		blocked = set;
		break;
	default:
		return -EINVAL;
	}
	set_current_blocked(blocked);
	return 0;
}

/* A sigset_t in the memory of a program: two words, no alignment but that of a word. */
int get_sigset(sigset_t *to, const void __user *from)
{
	return copy_from_user(to, from, sizeof(*to)) ? -EFAULT : 0;
}

static int put_sigset(void __user *to, sigset_t set)
{
	return copy_to_user(to, &set, sizeof(set)) ? -EFAULT : 0;
}

long sys_rt_sigprocmask(int how, const void __user *uset, void __user *uold, size_t size)
{
	sigset_t set, old = current->blocked;
	int err;

	if (size != sizeof(sigset_t))
		return -EINVAL;
	if (uset) {
		if (get_sigset(&set, uset))
			return -EFAULT;
		err = change_mask(how, set);
		if (err)
			return err;
	}
	return uold ? put_sigset(uold, old) : 0;
}

long sys_sigprocmask(int how, const unsigned long __user *uset, unsigned long __user *uold)
{
	sigset_t old = current->blocked;
	unsigned long set;
	int err;

	if (uset) {
		if (get_user(set, uset))
			return -EFAULT;
		err = change_mask(how, how == SIG_SETMASK ? (old >> 32 << 32) | set : set);
		if (err)
			return err;
	}
	return uold ? put_user((unsigned long)old, uold) : 0;
}

long sys_sgetmask(void)
{
	return (long)current->blocked;
}

long sys_ssetmask(unsigned long mask)
{
	unsigned long old = (unsigned long)current->blocked;

	set_current_blocked(mask);
	return (long)old;
}

static sigset_t pending_and_blocked(void)
{
	return (current->pending.signal | current->signal->shared_pending.signal) &
	       current->blocked;
}

long sys_sigpending(unsigned long __user *uset)
{
	return put_user((unsigned long)pending_and_blocked(), uset);
}

long sys_rt_sigpending(void __user *uset, size_t size)
{
	sigset_t set = pending_and_blocked();

	if (size > sizeof(set))
		return -EINVAL;
	return copy_to_user(uset, &set, size) ? -EFAULT : 0;
}

/* ---- waiting ---- */

long sys_pause(void)
{
	if (current->pid == 0)
		cpu_idle();
	while (!signal_pending(current)) {
		set_current_state(TASK_INTERRUPTIBLE);
		schedule();
	}
	return -ERESTARTNOHAND;
}

/* The former mask comes back when the handler has been set up on the stack. */
static long do_sigsuspend(sigset_t mask)
{
	current->saved_sigmask = current->blocked;
	set_task_work(current, _TIF_RESTORE_SIGMASK);
	set_current_blocked(mask);
	while (!signal_pending(current)) {
		set_current_state(TASK_INTERRUPTIBLE);
		schedule();
	}
	return -ERESTARTNOHAND;
}

/* The mask is the third argument: the first two are history, as in 0.12. */
long sys_sigsuspend(int restart, unsigned long oldmask, unsigned long mask)
{
	(void)restart;
	(void)oldmask;
	return do_sigsuspend(mask);
}

long sys_rt_sigsuspend(const void __user *umask, size_t size)
{
	sigset_t mask;

	if (size != sizeof(mask))
		return -EINVAL;
	if (get_sigset(&mask, umask))
		return -EFAULT;
	return do_sigsuspend(mask);
}

/* Takes a signal of `set` without running a handler; timeout in jiffies. */
static long do_sigtimedwait(sigset_t set, siginfo_t __user *uinfo, long timeout)
{
	sigset_t blocked = current->blocked;
	siginfo_t info;
	int sig;

	set &= ~SIG_KERNEL_ONLY;
	sig = dequeue_signal(~set, &info);
	if (!sig && timeout) {
		current->awaited = set;
		set_current_blocked(blocked & ~set);	/* so that they wake us */
		timeout = schedule_timeout_interruptible(timeout);
		current->awaited = 0;
		sig = dequeue_signal(~set, &info);
		set_current_blocked(blocked);
	}
	if (!sig)
		return timeout ? -EINTR : -EAGAIN;
	if (uinfo && copy_siginfo_to_user(uinfo, &info))
		return -EFAULT;
	return sig;
}

static long sigtimedwait(const void __user *uset, siginfo_t __user *uinfo, bool timed, u64 ns,
			 size_t size)
{
	sigset_t set;

	if (size != sizeof(set))
		return -EINVAL;
	if (get_sigset(&set, uset))
		return -EFAULT;
	return do_sigtimedwait(set, uinfo, timed ? ns_to_jiffies(ns) : MAX_SCHEDULE_TIMEOUT);
}

long sys_rt_sigtimedwait(const void __user *uset, siginfo_t __user *uinfo,
			 const struct timespec __user *uts, size_t size)
{
	u64 ns = 0;
	int err = uts ? get_timespec(uts, &ns) : 0;

	return err ? err : sigtimedwait(uset, uinfo, uts, ns, size);
}

long sys_rt_sigtimedwait_time64(const void __user *uset, siginfo_t __user *uinfo,
				const struct timespec64 __user *uts, size_t size)
{
	u64 ns = 0;
	int err = uts ? get_timespec64(uts, &ns) : 0;

	return err ? err : sigtimedwait(uset, uinfo, uts, ns, size);
}
