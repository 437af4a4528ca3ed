/*
 * What a process may use (setrlimit and its forms) and what it has used (getrusage). Limits belong
 * to the process; who enforces them asks rlimit() at the place where the resource is given out.
 */
#include <linux/sched.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

long sys_getrlimit(unsigned int which, struct rlimit __user *rlim)
{
	if (which >= RLIM_NLIMITS)
		return -EINVAL;
	return copy_to_user(rlim, &current->signal->rlim[which], sizeof(*rlim)) ? -EFAULT : 0;
}

/* The first getrlimit() had signed numbers: "no limit" is the largest of them. */
long sys_old_getrlimit(unsigned int which, struct rlimit __user *rlim)
{
	struct rlimit old;

	if (which >= RLIM_NLIMITS)
		return -EINVAL;
	old = current->signal->rlim[which];
	old.rlim_cur = min(old.rlim_cur, (unsigned long)LONG_MAX);
	old.rlim_max = min(old.rlim_max, (unsigned long)LONG_MAX);
	return copy_to_user(rlim, &old, sizeof(old)) ? -EFAULT : 0;
}

/* Anybody may lower a limit; the hard one is raised by root only. */
static int set_rlimit(struct task_struct *p, unsigned int which, const struct rlimit *new)
{
	struct rlimit *rlim = &p->signal->rlim[which];

	if (new->rlim_cur > new->rlim_max)
		return -EINVAL;
	if (new->rlim_max > rlim->rlim_max && !capable_root())
		return -EPERM;
	if (which == RLIMIT_NOFILE && new->rlim_max > NR_OPEN)
		return -EPERM;
	*rlim = *new;
	return 0;
}

long sys_setrlimit(unsigned int which, const struct rlimit __user *rlim)
{
	struct rlimit new;

	if (which >= RLIM_NLIMITS)
		return -EINVAL;
	if (copy_from_user(&new, rlim, sizeof(new)))
		return -EFAULT;
	return set_rlimit(current, which, &new);
}

static u64 widen(unsigned long limit)
{
	return limit == RLIM_INFINITY ? RLIM64_INFINITY : limit;
}

static unsigned long narrow(u64 limit)
{
	return limit >= RLIM_INFINITY ? RLIM_INFINITY : (unsigned long)limit;
}

long sys_prlimit64(pid_t pid, unsigned int which, const struct rlimit64 __user *unew,
		   struct rlimit64 __user *uold)
{
	struct rlimit64 new64, old64;
	struct task_struct *p;
	struct rlimit new;
	int err;

	if (which >= RLIM_NLIMITS)
		return -EINVAL;
	if (unew && copy_from_user(&new64, unew, sizeof(new64)))
		return -EFAULT;
	p = pid ? find_task_by_pid(pid) : current;
	if (!p)
		return -ESRCH;
	if (p != current && !capable_root() &&
	    (current->uid != p->uid || current->uid != p->euid || current->uid != p->suid))
		return -EPERM;
	old64.rlim_cur = widen(p->signal->rlim[which].rlim_cur);
	old64.rlim_max = widen(p->signal->rlim[which].rlim_max);
	if (unew) {
		new.rlim_cur = narrow(new64.rlim_cur);
		new.rlim_max = narrow(new64.rlim_max);
		err = set_rlimit(p, which, &new);
		if (err)
			return err;
	}
	return uold && copy_to_user(uold, &old64, sizeof(old64)) ? -EFAULT : 0;
}

/* ---- usage ---- */

struct usage {
	unsigned long utime, stime, min_flt, maj_flt, nvcsw, nivcsw, maxrss;
};

static void add_thread(struct usage *u, const struct task_struct *t)
{
	u->utime += t->utime;
	u->stime += t->stime;
	u->min_flt += t->min_flt;
	u->maj_flt += t->maj_flt;
	u->nvcsw += t->nvcsw;
	u->nivcsw += t->nivcsw;
}

/* Threads alive, and those that have ended. */
static void add_self(struct usage *u, struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	struct task_struct *t;

	for_each_thread(p, t)
		add_thread(u, t);
	u->utime += sig->utime;
	u->stime += sig->stime;
	u->min_flt += sig->min_flt;
	u->maj_flt += sig->maj_flt;
	u->nvcsw += sig->nvcsw;
	u->nivcsw += sig->nivcsw;
	u->maxrss = max(u->maxrss, sig->maxrss);
	if (p->mm)
		u->maxrss = max(u->maxrss, max(p->mm->hiwater_rss, p->mm->rss));
}

static void add_children(struct usage *u, const struct signal_struct *sig)
{
	u->utime += sig->cutime;
	u->stime += sig->cstime;
	u->min_flt += sig->cmin_flt;
	u->maj_flt += sig->cmaj_flt;
	u->nvcsw += sig->cnvcsw;
	u->nivcsw += sig->cnivcsw;
	u->maxrss = max(u->maxrss, sig->cmaxrss);
}

void get_rusage(struct task_struct *p, int who, struct rusage *ru)
{
	struct usage u = { 0 };

	if (who == RUSAGE_THREAD) {
		add_thread(&u, p);
		if (p->mm)
			u.maxrss = max(p->mm->hiwater_rss, p->mm->rss);
	}
	if (who == RUSAGE_SELF || who == RUSAGE_BOTH)
		add_self(&u, p);
	if (who == RUSAGE_CHILDREN || who == RUSAGE_BOTH)
		add_children(&u, p->signal);
	memset(ru, 0, sizeof(*ru));
	jiffies_to_timeval(u.utime, &ru->ru_utime);
	jiffies_to_timeval(u.stime, &ru->ru_stime);
	ru->ru_maxrss = u.maxrss * (PAGE_SIZE / 1024);
	ru->ru_minflt = u.min_flt;
	ru->ru_majflt = u.maj_flt;
	ru->ru_nvcsw = u.nvcsw;
	ru->ru_nivcsw = u.nivcsw;
}

long sys_getrusage(int who, struct rusage __user *uru)
{
	struct rusage ru;

	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
		return -EINVAL;
	get_rusage(current, who, &ru);
	return copy_to_user(uru, &ru, sizeof(ru)) ? -EFAULT : 0;
}
