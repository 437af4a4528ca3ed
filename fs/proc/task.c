/*
 * The files in a process' directory of /proc: who it is, what it uses, how it
 * was started. Formats are Linux', since ps, top and the like read them.
 */
#include <linux/proc_fs.h>
#include <linux/kernel.h>
#include <linux/ksyms.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time.h>
#include <linux/tty.h>
#include <linux/proc_maps.h>

/* Letter and word of a state, as ps prints them. */
static const char *state_name(struct task_struct *p)
{
	switch (p->state) {
	case TASK_RUNNING:
		return "R (running)";
	case TASK_INTERRUPTIBLE:
		return "S (sleeping)";
	case TASK_UNINTERRUPTIBLE:
	case TASK_KILLABLE:
		return "D (disk sleep)";
	case TASK_STOPPED:
		return "T (stopped)";
	case TASK_ZOMBIE:
		return "Z (zombie)";
	default:
		return "X (dead)";
	}
}

static int count_threads(struct task_struct *p)
{
	struct task_struct *t;
	int n = 0;

	for_each_thread(p, t)
		n++;
	return n;
}

static void signal_sets(struct task_struct *p, sigset_t *ignored, sigset_t *caught)
{
	int i;

	*ignored = *caught = 0;
	if (!p->sighand)
		return;
	for (i = 0; i < _NSIG; i++) {
		if (p->sighand->action[i].sa_handler == SIG_IGN)
			*ignored |= sigmask(i + 1);
		else if (p->sighand->action[i].sa_handler != SIG_DFL)
			*caught |= sigmask(i + 1);
	}
}

static int show_status(struct seq_file *m, struct task_struct *p)
{
	struct mm_struct *mm = get_task_mm(p);
	sigset_t ignored, caught, shared = p->signal ? p->signal->shared_pending.signal : 0;
	int i;

	signal_sets(p, &ignored, &caught);
	seq_printf(m, "Name:\t%s\nState:\t%s\nTgid:\t%d\nPid:\t%d\nPPid:\t%d\nTracerPid:\t0\n",
		   p->comm, state_name(p), p->tgid, p->pid, p->real_parent->tgid);
	seq_printf(m, "Uid:\t%u\t%u\t%u\t%u\nGid:\t%u\t%u\t%u\t%u\n", p->uid, p->euid, p->suid,
		   p->fsuid, p->gid, p->egid, p->sgid, p->fsgid);
	seq_printf(m, "FDSize:\t%u\nGroups:\t", p->files ? p->files->max_fds : 0);
	for (i = 0; i < p->ngroups; i++)
		seq_printf(m, "%u ", p->groups[i]);
	seq_putc(m, '\n');
	if (mm) {	/* may sleep: after this, p may be gone but for its struct */
		proc_mm_status(m, mm);
		mmput(mm);
	}
	seq_printf(m, "Threads:\t%d\nSigPnd:\t%016llx\nShdPnd:\t%016llx\n", count_threads(p),
		   p->pending.signal, shared);
	seq_printf(m, "SigBlk:\t%016llx\nSigIgn:\t%016llx\nSigCgt:\t%016llx\n", p->blocked,
		   ignored, caught);
	seq_printf(m, "voluntary_ctxt_switches:\t%lu\nnonvoluntary_ctxt_switches:\t%lu\n",
		   p->nvcsw, p->nivcsw);
	return 0;
}

/* The 52 numbers of /proc/PID/stat. */
static int show_stat(struct seq_file *m, struct task_struct *p)
{
	struct mm_struct *mm = get_task_mm(p);
	struct signal_struct *sig = p->signal;
	struct tty_struct *tty = sig ? sig->tty : NULL;
	sigset_t ignored, caught;
	struct rusage self, children;
	unsigned long vsize = mm ? mm->total_vm << PAGE_SHIFT : 0, rss = mm ? mm->rss : 0;
	u64 start = div_u64(p->start_time, NSEC_PER_TICK);

	get_rusage(p, m->of_thread ? RUSAGE_THREAD : RUSAGE_SELF, &self);
	get_rusage(p, RUSAGE_CHILDREN, &children);
	signal_sets(p, &ignored, &caught);
#define TICKS(tv) ((tv).tv_sec * HZ + (tv).tv_usec / (long)USEC_PER_TICK)
	seq_printf(m, "%d (%s) %c %d %d %d %d %d 0 ", p->pid, p->comm, state_name(p)[0],
		   p->real_parent->tgid, sig ? sig->pgrp : 0, sig ? sig->session : 0,
		   tty ? (int)tty_devnum(tty) : 0, tty ? tty->pgrp : -1);
	seq_printf(m, "%ld %ld %ld %ld %ld %ld %ld %ld ", self.ru_minflt, children.ru_minflt,
		   self.ru_majflt, children.ru_majflt, TICKS(self.ru_utime), TICKS(self.ru_stime),
		   TICKS(children.ru_utime), TICKS(children.ru_stime));
	seq_printf(m, "20 %ld %d 0 %llu %lu %lu %lu ", DEF_PRIORITY - p->priority,
		   count_threads(p), start, vsize, rss,
		   sig ? sig->rlim[RLIMIT_RSS].rlim_cur : 0);
	seq_printf(m, "%lu %lu %lu 0 %lu %lu %lu %lu %lu ", mm ? mm->start_code : 0,
		   mm ? mm->end_code : 0, mm ? mm->start_stack : 0,
		   (unsigned long)p->pending.signal, (unsigned long)p->blocked,
		   (unsigned long)ignored, (unsigned long)caught, get_wchan(p));
	seq_printf(m, "0 0 %d 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n", p->exit_signal);
	if (mm)
		mmput(mm);
	return 0;
}

static int show_cmdline(struct seq_file *m, struct task_struct *p)
{
	struct mm_struct *mm = get_task_mm(p);

	if (mm) {
		proc_mm_text(m, mm, mm->arg_start, mm->arg_end);
		mmput(mm);
	}
	return 0;
}

static int show_environ(struct seq_file *m, struct task_struct *p)
{
	struct mm_struct *mm;

	if (current->euid && current->euid != p->euid)
		return -EACCES;
	mm = get_task_mm(p);
	if (mm) {
		proc_mm_text(m, mm, mm->env_start, mm->env_end);
		mmput(mm);
	}
	return 0;
}

static int show_comm(struct seq_file *m, struct task_struct *p)
{
	seq_printf(m, "%s\n", p->comm);
	return 0;
}

/* The threads of a process may name each other. */
static int write_comm(char *text, size_t len, struct task_struct *p)
{
	if (p->group_leader != current->group_leader)
		return -EINVAL;
	if (len && text[len - 1] == '\n')
		text[len - 1] = '\0';
	strlcpy(p->comm, text, sizeof(p->comm));
	return 0;
}

static int show_wchan(struct seq_file *m, struct task_struct *p)
{
	unsigned long pc = get_wchan(p);
	const char *name = pc ? ksym_lookup(pc, NULL) : NULL;

	seq_puts(m, name ? name : "0");
	return 0;
}

static int show_oom_score(struct seq_file *m, struct task_struct *p)
{
	seq_printf(m, "%lu\n", p->signal ? oom_score(p->group_leader) : 0);
	return 0;
}

static int show_oom_adj(struct seq_file *m, struct task_struct *p)
{
	seq_printf(m, "%d\n", oom_adj_of_score(p->oom_score_adj));
	return 0;
}

static int show_oom_score_adj(struct seq_file *m, struct task_struct *p)
{
	seq_printf(m, "%d\n", p->oom_score_adj);
	return 0;
}

/* For all threads. Only root may make a process less likely to be killed than it is. */
static int set_oom_score_adj(struct task_struct *p, int score_adj)
{
	struct task_struct *t;

	if (current->euid && (score_adj < p->oom_score_adj || current->euid != p->euid))
		return -EPERM;
	for_each_thread(p, t)
		t->oom_score_adj = score_adj;
	return 0;
}

static int write_oom_adj(char *text, size_t len, struct task_struct *p)
{
	long v;
	int error = proc_parse_number(text, OOM_ADJUST_MIN, OOM_ADJUST_MAX, &v);

	(void)len;
	return error ? error : set_oom_score_adj(p, oom_score_of_adj(v));
}

static int write_oom_score_adj(char *text, size_t len, struct task_struct *p)
{
	long v;
	int error = proc_parse_number(text, OOM_SCORE_ADJ_MIN, OOM_SCORE_ADJ_MAX, &v);

	(void)len;
	return error ? error : set_oom_score_adj(p, v);
}

static int show_limits(struct seq_file *m, struct task_struct *p)
{
	static const char *const names[RLIM_NLIMITS] = {
		"Max cpu time", "Max file size", "Max data size", "Max stack size",
		"Max core file size", "Max resident set", "Max processes", "Max open files",
		"Max locked memory", "Max address space", "Max file locks", "Max pending signals",
		"Max msgqueue size", "Max nice priority", "Max realtime priority",
		"Max realtime timeout",
	};
	int i;

	if (!p->signal)
		return -ESRCH;
	seq_printf(m, "%-25s %-20s %-20s\n", "Limit", "Soft Limit", "Hard Limit");
	for (i = 0; i < RLIM_NLIMITS; i++) {
		struct rlimit *r = &p->signal->rlim[i];
		char soft[16], hard[16];

		snprintf(soft, sizeof(soft), r->rlim_cur == RLIM_INFINITY ? "unlimited" : "%lu",
			 r->rlim_cur);
		snprintf(hard, sizeof(hard), r->rlim_max == RLIM_INFINITY ? "unlimited" : "%lu",
			 r->rlim_max);
		seq_printf(m, "%-25s %-20s %-20s\n", names[i], soft, hard);
	}
	return 0;
}

static int show_mounts(struct seq_file *m, struct task_struct *p)
{
	(void)p;
	proc_show_mounts(m);
	return 0;
}

/* Kernel threads made before the root was mounted have neither. */
static struct dentry *link_cwd(struct task_struct *p)
{
	return p->fs && p->fs->pwd ? dget(p->fs->pwd) : ERR_PTR(-ENOENT);
}

static struct dentry *link_root(struct task_struct *p)
{
	return p->fs && p->fs->root ? dget(p->fs->root) : ERR_PTR(-ENOENT);
}

static struct dentry *link_exe(struct task_struct *p)
{
	struct mm_struct *mm = get_task_mm(p);
	struct dentry *dentry = ERR_PTR(-ENOENT);

	if (mm) {
		if (mm->exe_file)
			dentry = dget(mm->exe_file->f_dentry);
		mmput(mm);
	}
	return dentry;
}

const struct pid_entry pid_entries[] = {
	{ .name = "status", .mode = S_IFREG | 0444, .show = show_status },
	{ .name = "stat", .mode = S_IFREG | 0444, .show = show_stat },
	{ .name = "statm", .mode = S_IFREG | 0444, .show = proc_show_statm },
	{ .name = "maps", .mode = S_IFREG | 0444, .show = proc_show_maps },
	{ .name = "smaps", .mode = S_IFREG | 0444, .show = proc_show_smaps },
	{ .name = "pagemap", .mode = S_IFREG | 0400, .fops = &proc_pagemap_fops },
	{ .name = "cmdline", .mode = S_IFREG | 0444, .show = show_cmdline },
	{ .name = "environ", .mode = S_IFREG | 0400, .show = show_environ },
	{ .name = "comm", .mode = S_IFREG | 0644, .show = show_comm, .write = write_comm },
	{ .name = "wchan", .mode = S_IFREG | 0444, .show = show_wchan },
	{ .name = "oom_score", .mode = S_IFREG | 0444, .show = show_oom_score },
	{ .name = "oom_adj", .mode = S_IFREG | 0644, .show = show_oom_adj, .write = write_oom_adj },
	{ .name = "oom_score_adj", .mode = S_IFREG | 0644, .show = show_oom_score_adj,
	  .write = write_oom_score_adj },
	{ .name = "limits", .mode = S_IFREG | 0444, .show = show_limits },
	{ .name = "mounts", .mode = S_IFREG | 0444, .show = show_mounts },
	{ .name = "cwd", .mode = S_IFLNK | 0777, .link = link_cwd },
	{ .name = "root", .mode = S_IFLNK | 0777, .link = link_root },
	{ .name = "exe", .mode = S_IFLNK | 0777, .link = link_exe },
	{ .name = NULL },
};
