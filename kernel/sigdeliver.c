/*
 * Receiving signals: what a task does about TIF_SIGPENDING before it goes back to
 * user mode. Default actions are carried out here; for a handler the architecture
 * builds the frame on the user's stack.
 *
 * Stopping is an affair of the whole process: the thread that takes the stop signal sets
 * group_stop_count to the number of threads, each stops when it comes by here, and
 * the last one tells the parent. Who is to die (SIGKILL waits) does not stop first: nobody would
 * wake it.
 */
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/spinlock.h>
#include <linux/binfmts.h>
#include <asm/uaccess.h>

void count_stopped_thread(struct signal_struct *sig)
{
	if (--sig->group_stop_count == 0) {
		sig->stop_unwaited = true;
		sig->cont_unwaited = false;
		do_notify_parent_stop(current->group_leader, CLD_STOPPED);
	}
}

/* One thread of a stopping group goes to sleep until SIGCONT or SIGKILL. */
static void stop_here(struct signal_struct *sig)
{
	unsigned long flags;

	spin_lock_irqsave(&siglock, flags);
	set_current_state(TASK_STOPPED);
	count_stopped_thread(sig);
	recalc_sigpending();
	spin_unlock_irqrestore(&siglock, flags);
	schedule();
}

/* A stop signal with its default action has been taken. */
static void do_signal_stop(int signr)
{
	struct signal_struct *sig = current->signal;
	struct task_struct *t;

	if (sig->group_exit || fatal_signal_pending(current))
		return;
	sig->stop_code = signr;
	sig->group_stop_count = 1;
	for (t = next_thread(current); t != current; t = next_thread(t)) {
		if (t->state == TASK_STOPPED || (t->flags & PF_EXITING))
			continue;
		sig->group_stop_count++;
		signal_wake_up(t, false);
	}
	stop_here(sig);
}

/* What `debug=signal` shows of a program that a signal kills. */
static void print_fatal_signal(int sig, const siginfo_t *info)
{
	struct pt_regs *regs = current_pt_regs();

	if (sig == SIGKILL || !debug_enabled("signal"))
		return;
	printk(KERN_INFO "%s[%d]: killed by signal %d, code %d, address %p, pc %08lx sp %08lx\n",
	       current->comm, current->pid, sig, info->si_code, info->si_addr,
	       (unsigned long)instruction_pointer(regs), (unsigned long)user_stack_pointer(regs));
}

/* Stop signals from the terminal mean nothing to a group that nobody could continue. */
static bool stop_is_void(int sig)
{
	return sig != SIGSTOP && is_orphaned_pgrp(current->signal->pgrp);
}

int get_signal_to_deliver(siginfo_t *info, struct k_sigaction *result, sigset_t *mask)
{
	struct task_struct *p = current;

	*mask = p->work & _TIF_RESTORE_SIGMASK ? p->saved_sigmask : p->blocked;

	for (;;) {
		struct k_sigaction *ka;
		int sig;

		if (p->signal->group_stop_count > 0 && !fatal_signal_pending(p)) {
			stop_here(p->signal);
			continue;
		}
		sig = dequeue_signal(p->blocked, info);
		if (!sig)
			break;
		ka = &p->sighand->action[sig - 1];
		if (sig != SIGKILL && ka->sa_handler == SIG_IGN)
			continue;
		if (ka->sa_handler != SIG_DFL) {
			*result = *ka;
			if (ka->sa_flags & SA_RESETHAND)
				ka->sa_handler = SIG_DFL;
			return sig;
		}
		if ((sigmask(sig) & SIG_IGNORE_MASK) ||
		    (p->signal->unkillable && !p->signal->group_exit))
			continue;
		if (sigmask(sig) & SIG_STOP_MASK) {
			if (!stop_is_void(sig))
				do_signal_stop(sig);
			continue;
		}
		print_fatal_signal(sig, info);
		do_group_exit(sig);
	}
	if (p->work & _TIF_RESTORE_SIGMASK) {
		clear_task_work(p, _TIF_RESTORE_SIGMASK);
		set_current_blocked(*mask);
	}
	return 0;
}

void signal_delivered(int sig, struct k_sigaction *ka, int error)
{
	sigset_t mask = current->blocked | ka->sa_mask;

	if (error) {
		if (sig == SIGSEGV)
			current->sighand->action[SIGSEGV - 1].sa_handler = SIG_DFL;
		force_sig(SIGSEGV);
		return;
	}
	if (!(ka->sa_flags & SA_NODEFER))
		mask |= sigmask(sig);
	if (current->work & _TIF_RESTORE_SIGMASK)
		clear_task_work(current, _TIF_RESTORE_SIGMASK);
	set_current_blocked(mask);
}

enum restart how_to_restart(long result, const struct k_sigaction *ka)
{
	switch (result) {
	case -ERESTARTNOINTR:
		return RESTART_AGAIN;
	case -ERESTARTSYS:
		return !ka || (ka->sa_flags & SA_RESTART) ? RESTART_AGAIN : RESTART_EINTR;
	case -ERESTARTNOHAND:
		return !ka ? RESTART_AGAIN : RESTART_EINTR;
	case -ERESTART_RESTARTBLOCK:
		return !ka ? RESTART_BLOCK : RESTART_EINTR;
	default:
		return RESTART_NOT;
	}
}

void set_current_blocked(sigset_t mask)
{
	current->blocked = mask & ~SIG_KERNEL_ONLY;
	recalc_sigpending();
	if (unlikely(current->signal->live > 1))
		pass_on_signals(current->blocked);
}

bool sig_blocked_or_ignored(int sig)
{
	return (current->blocked & sigmask(sig)) ||
	       current->sighand->action[sig - 1].sa_handler == SIG_IGN;
}

/* exec: handlers are gone with the old program; what was ignored stays ignored. */
void flush_signal_handlers(struct task_struct *p)
{
	int i;

	for (i = 0; i < _NSIG; i++) {
		struct k_sigaction *ka = &p->sighand->action[i];

		if (ka->sa_handler != SIG_IGN)
			ka->sa_handler = SIG_DFL;
		ka->sa_flags = 0;
		ka->sa_restorer = NULL;
		ka->sa_mask = 0;
	}
}

bool on_sig_stack(unsigned long sp)
{
	return sp - current->sas_ss_sp < current->sas_ss_size;
}

stack_t current_sigaltstack(unsigned long sp)
{
	struct task_struct *p = current;

	return (stack_t){
		.ss_sp = (void *)p->sas_ss_sp,
		.ss_size = p->sas_ss_size,
		.ss_flags = !p->sas_ss_size ? SS_DISABLE : on_sig_stack(sp) ? SS_ONSTACK : 0,
	};
}

int do_sigaltstack(const stack_t __user *ss, stack_t __user *oss, unsigned long sp)
{
	struct task_struct *p = current;
	stack_t new, old;

	if (oss)
		old = current_sigaltstack(sp);
	if (ss) {
		if (copy_from_user(&new, ss, sizeof(new)))
			return -EFAULT;
		if (on_sig_stack(sp))
			return -EPERM;
		if (new.ss_flags & ~(SS_DISABLE | SS_ONSTACK))
			return -EINVAL;
		if (new.ss_flags & SS_DISABLE) {
			new.ss_sp = NULL;
			new.ss_size = 0;
		} else if (new.ss_size < MINSIGSTKSZ) {
			return -ENOMEM;
		}
		p->sas_ss_sp = (unsigned long)new.ss_sp;
		p->sas_ss_size = new.ss_size;
	}
	if (oss && copy_to_user(oss, &old, sizeof(old)))
		return -EFAULT;
	return 0;
}

int copy_siginfo_to_user(siginfo_t __user *to, const siginfo_t *from)
{
	if (copy_to_user(to, from, SIGINFO_USED) ||
	    clear_user((char __user *)to + SIGINFO_USED, sizeof(*to) - SIGINFO_USED))
		return -EFAULT;
	return 0;
}
