/*
 * System calls about scheduling: nice values, the POSIX sched_ family. There is one policy,
 * SCHED_NORMAL, and one CPU, so most of the family only confirms that. A nice value n is a priority
 * of 20 - n ticks.
 */
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

#define NICE_MIN	(-20)
#define NICE_MAX	19

static int task_nice(const struct task_struct *p)
{
	return DEF_PRIORITY - (int)p->priority;
}

static int clamp_nice(int nice)
{
	return nice < NICE_MIN ? NICE_MIN : nice > NICE_MAX ? NICE_MAX : nice;
}

static void set_nice(struct task_struct *p, int nice)
{
	p->priority = DEF_PRIORITY - clamp_nice(nice);
	if (p->counter > p->priority)
		p->counter = p->priority;
}

long sys_sched_yield(void)
{
	yield();
	return 0;
}

long sys_nice(int increment)
{
	int nice;

	if (increment < 0 && !capable_root())
		return -EPERM;
	if (increment > NICE_MAX - NICE_MIN)
		increment = NICE_MAX - NICE_MIN;
	if (increment < NICE_MIN - NICE_MAX)
		increment = NICE_MIN - NICE_MAX;
	nice = task_nice(current) + increment;
	set_nice(current, nice);
	return 0;
}

/* Does (which, who) of get/setpriority mean the thread p? Each has a nice value of its own. */
static bool priority_target(const struct task_struct *p, int which, int who)
{
	switch (which) {
	case PRIO_PROCESS:
		return p->pid == who;
	case PRIO_PGRP:
		return p->signal->pgrp == who;
	case PRIO_USER:
		return p->uid == (uid_t)who;
	}
	return false;
}

/* 0 stands for the caller's own. */
static int default_who(int which)
{
	switch (which) {
	case PRIO_PROCESS:
		return current->pid;
	case PRIO_PGRP:
		return current->signal->pgrp;
	default:
		return current->uid;
	}
}

/* The raw call returns 20 - nice, so that no good value looks like an error. */
long sys_getpriority(int which, int who)
{
	struct task_struct *p, *t;
	long best = -ESRCH;

	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	if (!who)
		who = default_who(which);
	for_each_process(p) {
		for_each_thread(p, t)
			if (priority_target(t, which, who) && t->priority > best)
				best = t->priority;
	}
	return best;
}

static int set_one_priority(struct task_struct *p, int nice)
{
	if (p->uid != current->euid && p->euid != current->euid && !capable_root())
		return -EPERM;
	if (nice < task_nice(p) && !capable_root())
		return -EACCES;
	set_nice(p, nice);
	return 0;
}

long sys_setpriority(int which, int who, int nice)
{
	struct task_struct *p, *t;
	int err = -ESRCH, one;

	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	if (!who)
		who = default_who(which);
	nice = clamp_nice(nice);
	for_each_process(p) {
		for_each_thread(p, t) {
			if (!priority_target(t, which, who))
				continue;
			one = set_one_priority(t, nice);
			if (one || err == -ESRCH)
				err = one;
		}
	}
	return err;
}

/* pid 0 is the caller; NULL: no such task. */
static struct task_struct *find_target(pid_t pid)
{
	return pid ? find_task_by_pid(pid) : current;
}

long sys_sched_getscheduler(pid_t pid)
{
	if (pid < 0)
		return -EINVAL;
	return find_target(pid) ? SCHED_NORMAL : -ESRCH;
}

long sys_sched_setscheduler(pid_t pid, int policy, const int __user *param)
{
	int priority;

	if (pid < 0 || !param)
		return -EINVAL;
	if (get_user(priority, param))
		return -EFAULT;
	if (!find_target(pid))
		return -ESRCH;
	if (policy == SCHED_FIFO || policy == SCHED_RR)
		return -EPERM;		/* nobody gets real time here */
	return policy == SCHED_NORMAL && !priority ? 0 : -EINVAL;
}

long sys_sched_getparam(pid_t pid, int __user *param)
{
	if (pid < 0 || !param)
		return -EINVAL;
	if (!find_target(pid))
		return -ESRCH;
	return put_user(0, param);
}

long sys_sched_setparam(pid_t pid, const int __user *param)
{
	return sys_sched_setscheduler(pid, SCHED_NORMAL, param);
}

long sys_sched_get_priority_max(int policy)
{
	if (policy == SCHED_FIFO || policy == SCHED_RR)
		return 99;
	return policy == SCHED_NORMAL ? 0 : -EINVAL;
}

long sys_sched_get_priority_min(int policy)
{
	if (policy == SCHED_FIFO || policy == SCHED_RR)
		return 1;
	return policy == SCHED_NORMAL ? 0 : -EINVAL;
}

static int slice_of(pid_t pid, u64 *ns)
{
	struct task_struct *p;

	if (pid < 0)
		return -EINVAL;
	p = find_target(pid);
	if (!p)
		return -ESRCH;
	*ns = jiffies_to_ns(p->priority);
	return 0;
}

long sys_sched_rr_get_interval(pid_t pid, struct timespec __user *interval)
{
	u64 ns;
	int err = slice_of(pid, &ns);

	return err ? err : put_timespec(interval, ns);
}

long sys_sched_rr_get_interval_time64(pid_t pid, struct timespec64 __user *interval)
{
	u64 ns;
	int err = slice_of(pid, &ns);

	return err ? err : put_timespec64(interval, ns);
}

/* The mask of one CPU; returns the bytes written. */
long sys_sched_getaffinity(pid_t pid, unsigned int len, unsigned long __user *mask)
{
	if (len < sizeof(*mask) || len % sizeof(*mask))
		return -EINVAL;
	if (!find_target(pid))
		return -ESRCH;
	return put_user(1UL, mask) ? -EFAULT : (long)sizeof(*mask);
}

long sys_sched_setaffinity(pid_t pid, unsigned int len, const unsigned long __user *mask)
{
	unsigned long cpus;

	if (len < sizeof(*mask))
		return -EINVAL;
	if (get_user(cpus, mask))
		return -EFAULT;
	if (!find_target(pid))
		return -ESRCH;
	return cpus & 1 ? 0 : -EINVAL;
}

long sys_getcpu(unsigned int __user *cpu, unsigned int __user *node, void __user *unused)
{
	(void)unused;
	if ((cpu && put_user(0, cpu)) || (node && put_user(0, node)))
		return -EFAULT;
	return 0;
}
