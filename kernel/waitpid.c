/*
 * wait4, waitpid, waitid: a parent learns what became of its children.
 *
 * All children of a process hang on its leader, whichever thread made them. One
 * pass over them looks for something to report; if there is nothing, but some
 * child fits, the caller sleeps on the wait queue of its process, and every death, stop
 * or continuation of a child wakes it to look again.
 */
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

/* What is asked for, and the answer. */
struct wait_opts {
	int type;		/* P_ALL, P_PID, P_PGID */
	pid_t id;
	int options;		/* W bits */

	pid_t pid;		/* whose state is reported, 0: nobody's */
	int status;		/* as wait4() gives it */
	int code;		/* as waitid() does: CLD_ and a number */
	int value;
	uid_t uid;
	struct rusage ru;
};

static bool eligible(struct task_struct *p, const struct wait_opts *wo)
{
	bool clone_child = p->exit_signal != SIGCHLD;

	if (wo->type == P_PID && p->pid != wo->id)
		return false;
	if (wo->type == P_PGID && p->signal->pgrp != wo->id)
		return false;
	/* A child whose end is not told by SIGCHLD is reported only to who asks for such. */
	return (wo->options & __WALL) || clone_child == !!(wo->options & __WCLONE);
}

static void report(struct task_struct *p, struct wait_opts *wo, int status, int code, int value)
{
	wo->pid = p->pid;
	wo->uid = p->uid;
	wo->status = status;
	wo->code = code;
	wo->value = value;
	get_rusage(p, RUSAGE_BOTH, &wo->ru);
}

/* The times of a child that is waited for, and of its children, are its parent's. */
static void inherit_times(struct signal_struct *mine, struct task_struct *p)
{
	struct signal_struct *sig = p->signal;

	mine->cutime += p->utime + sig->utime + sig->cutime;
	mine->cstime += p->stime + sig->stime + sig->cstime;
	mine->cmin_flt += p->min_flt + sig->min_flt + sig->cmin_flt;
	mine->cmaj_flt += p->maj_flt + sig->maj_flt + sig->cmaj_flt;
	mine->cnvcsw += p->nvcsw + sig->nvcsw + sig->cnvcsw;
	mine->cnivcsw += p->nivcsw + sig->nivcsw + sig->cnivcsw;
	mine->cmaxrss = max(mine->cmaxrss, max(sig->maxrss, sig->cmaxrss));
}

/* A zombie whose threads are all gone. */
static void wait_zombie(struct task_struct *p, struct wait_opts *wo)
{
	int status = p->exit_code;

	if (status & 0x7f)
		report(p, wo, status, CLD_KILLED, status & 0x7f);
	else
		report(p, wo, status, CLD_EXITED, status >> 8);
	if (wo->options & WNOWAIT)
		return;
	inherit_times(current->signal, p);
	/* What is left of the child's slice came from its parent. */
	current->counter = min(current->counter + p->counter, current->priority);
	release_task(p);
}

/* True: there was something to report about p. */
static bool wait_child(struct task_struct *p, struct wait_opts *wo)
{
	struct signal_struct *sig = p->signal;

	if (process_dead(p)) {
		if (!(wo->options & WEXITED))
			return false;
		wait_zombie(p, wo);
		return true;
	}
	if ((wo->options & WUNTRACED) && sig->stop_unwaited) {
		report(p, wo, (sig->stop_code << 8) | 0x7f, CLD_STOPPED, sig->stop_code);
		if (!(wo->options & WNOWAIT))
			sig->stop_unwaited = false;
		return true;
	}
	if ((wo->options & WCONTINUED) && sig->cont_unwaited) {
		report(p, wo, 0xffff, CLD_CONTINUED, SIGCONT);
		if (!(wo->options & WNOWAIT))
			sig->cont_unwaited = false;
		return true;
	}
	return false;
}

/* One look at all children: 0 with wo->pid set when one has news, 0, or -ECHILD. */
static int look_at_children(struct wait_opts *wo)
{
	struct task_struct *p;
	int err = -ECHILD;

	list_for_each_entry(p, &current->group_leader->children, sibling) {
		if (!eligible(p, wo))
			continue;
		err = 0;
		if (wait_child(p, wo))
			break;
	}
	return err;
}

static int do_wait(struct wait_opts *wo)
{
	DECLARE_WAITQUEUE(wait, current);
	int err;

	wo->pid = 0;
	err = look_at_children(wo);
	if (err || wo->pid || (wo->options & WNOHANG))
		return err;
	add_wait_queue(&current->signal->wait_chldexit, &wait);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		err = look_at_children(wo);
		if (err || wo->pid)
			break;
		if (signal_pending(current)) {
			err = -ERESTARTSYS;
			break;
		}
		schedule();
	}
	set_current_state(TASK_RUNNING);
	remove_wait_queue(&current->signal->wait_chldexit, &wait);
	return err;
}

long sys_wait4(pid_t pid, int __user *status, int options, struct rusage __user *ru)
{
	struct wait_opts wo;
	int err;

	if (options & ~(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL))
		return -EINVAL;
	wo.options = options | WEXITED;
	wo.type = pid == -1 ? P_ALL : pid > 0 ? P_PID : P_PGID;
	wo.id = pid > 0 ? pid : pid == 0 ? current->signal->pgrp : -pid;
	err = do_wait(&wo);
	if (err || !wo.pid)
		return err;
	if (status && put_user(wo.status, status))
		return -EFAULT;
	if (ru && copy_to_user(ru, &wo.ru, sizeof(wo.ru)))
		return -EFAULT;
	return wo.pid;
}

long sys_waitpid(pid_t pid, int __user *status, int options)
{
	return sys_wait4(pid, status, options, NULL);
}

long sys_waitid(int type, pid_t id, siginfo_t __user *uinfo, int options,
		struct rusage __user *ru)
{
	struct wait_opts wo;
	siginfo_t info;
	int err;

	if (options & ~(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED |
			__WNOTHREAD | __WCLONE | __WALL))
		return -EINVAL;
	if (!(options & (WEXITED | WSTOPPED | WCONTINUED)))
		return -EINVAL;
	if (type != P_ALL && type != P_PID && type != P_PGID)
		return -EINVAL;
	if ((type == P_PID && id <= 0) || (type == P_PGID && id < 0))
		return -EINVAL;
	wo.options = options;
	wo.type = type;
	wo.id = type == P_PGID && !id ? current->signal->pgrp : id;
	err = do_wait(&wo);
	if (err)
		return err;
	clear_siginfo(&info);
	if (wo.pid) {
		info.si_signo = SIGCHLD;
		info.si_code = wo.code;
		info.si_pid = wo.pid;
		info.si_uid = wo.uid;
		info.si_status = wo.value;
		if (ru && copy_to_user(ru, &wo.ru, sizeof(wo.ru)))
			return -EFAULT;
	}
	if (uinfo && copy_siginfo_to_user(uinfo, &info))
		return -EFAULT;
	return 0;
}
