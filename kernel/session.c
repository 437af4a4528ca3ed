/*
 * Process numbers, process groups and sessions: POSIX job control as the shell sees it. What the
 * terminal makes of them is in chr_drv/tty_ioctl.c.
 */
#include <linux/sched.h>
#include <linux/syscalls.h>

long sys_getpid(void)
{
	return current->tgid;
}

long sys_gettid(void)
{
	return current->pid;
}

long sys_getppid(void)
{
	return current->group_leader->real_parent->tgid;
}

/* The process of that number, 0 the caller's; NULL: none. */
static struct task_struct *find_process(pid_t pid)
{
	struct task_struct *p;

	if (!pid)
		return current->group_leader;
	p = find_task_by_pid(pid);
	return p && thread_group_leader(p) ? p : NULL;
}

/* Is there a process in group pgid of that session? */
static bool group_in_session(pid_t pgid, pid_t session)
{
	struct task_struct *p;

	for_each_process(p) {
		if (p->signal->pgrp == pgid && p->signal->session == session)
			return true;
	}
	return false;
}

/* For the caller itself, or a child that has not called exec, within the session. */
long sys_setpgid(pid_t pid, pid_t pgid)
{
	struct task_struct *me = current->group_leader, *p;

	if (pid < 0 || pgid < 0)
		return -EINVAL;
	p = find_process(pid);
	if (!p)
		return -ESRCH;
	if (p != me) {
		if (p->real_parent != me)
			return -ESRCH;
		if (p->signal->session != me->signal->session)
			return -EPERM;
		if (p->did_exec)
			return -EACCES;
	}
	if (p->signal->leader)
		return -EPERM;
	if (!pgid)
		pgid = p->pid;
	if (pgid != p->pid && !group_in_session(pgid, me->signal->session))
		return -EPERM;
	p->signal->pgrp = pgid;
	return 0;
}

long sys_getpgid(pid_t pid)
{
	struct task_struct *p = pid ? find_task_by_pid(pid) : current;

	return p ? p->signal->pgrp : -ESRCH;
}

long sys_getpgrp(void)
{
	return current->signal->pgrp;
}

long sys_getsid(pid_t pid)
{
	struct task_struct *p = pid ? find_task_by_pid(pid) : current;

	return p ? p->signal->session : -ESRCH;
}

long sys_setsid(void)
{
	struct signal_struct *sig = current->signal;
	pid_t pid = current->tgid;
	struct task_struct *p;

	if (sig->leader)
		return -EPERM;
	for_each_process(p) {
		if (p->signal->pgrp == pid)
			return -EPERM;
	}
	sig->leader = true;
	sig->session = sig->pgrp = pid;
	sig->tty = NULL;
	sig->tty_old_pgrp_valid = false;
	return pid;
}
