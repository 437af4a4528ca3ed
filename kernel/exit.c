/*
 * The end of a task, and what its relatives learn of it.
 *
 *	do_exit()	gives up memory, files and terminal; its children go to init
 *	zombie		the struct stays, with the exit status, until the parent waits
 *	release_task()	off all lists (waitpid.c, or at once when nobody will wait)
 *	free_task()	with the last reference
 *
 * Of a process with threads, each thread but the leader vanishes by itself; the leader stays as
 * the zombie that stands for the process, and the parent hears of it when the last thread has gone.
 */
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/mm.h>
#include <linux/fs.h>
#include <linux/ipc.h>
#include <linux/syscalls.h>

/*
 * A process group is orphaned when no member has a parent outside the group but in the same
 * session: nobody is left who could continue it when it stops. `ignored` counts as gone.
 */
static bool will_become_orphaned(int pgrp, struct task_struct *ignored)
{
	struct task_struct *p;

	for_each_process(p) {
		if (p == ignored || p->signal->pgrp != pgrp || !p->signal->live ||
		    p->real_parent->pid <= 1)
			continue;
		if (p->real_parent->signal->pgrp != pgrp &&
		    p->real_parent->signal->session == p->signal->session)
			return false;
	}
	return true;
}

int is_orphaned_pgrp(int pgrp)
{
	return will_become_orphaned(pgrp, NULL);
}

static bool has_stopped_jobs(int pgrp)
{
	struct task_struct *p;

	for_each_process(p) {
		if (p->signal->pgrp == pgrp && p->state == TASK_STOPPED)
			return true;
	}
	return false;
}

/* POSIX 3.2.2.2: stopped members of a group that gets orphaned are hung up and continued. */
static void hangup_if_orphaned(int pgrp, struct task_struct *ignored)
{
	if (will_become_orphaned(pgrp, ignored) && has_stopped_jobs(pgrp)) {
		kill_pg(pgrp, SIGHUP);
		kill_pg(pgrp, SIGCONT);
	}
}

/* The children of p, a leader whose threads are all gone, become init's. */
static void forget_original_parent(struct task_struct *p)
{
	struct task_struct *child, *next, *t;

	list_for_each_entry_safe(child, next, &p->children, sibling) {
		list_move_tail(&child->sibling, &child_reaper->children);
		for_each_thread(child, t) {
			t->real_parent = t->parent = child_reaper;
			if (t->pdeath_signal)
				send_sig(t->pdeath_signal, t);
		}
		child->exit_signal = SIGCHLD;
		if (process_dead(child)) {
			if (do_notify_parent(child, SIGCHLD))
				release_task(child);
			continue;
		}
		if (child->signal->pgrp != p->signal->pgrp &&
		    child->signal->session == p->signal->session)
			hangup_if_orphaned(child->signal->pgrp, p);
	}
}

/*
 * p, which is current, has given everything up. Its last thread speaks for the process: it tells
 * those who wait, and settles whether the process stays as a zombie. Nothing here may sleep.
 */
static void exit_notify(struct task_struct *p)
{
	struct task_struct *leader = p->group_leader;
	struct signal_struct *sig = p->signal;
	bool last = p == leader ? sig->count == 1 : sig->count == 2 && leader->state == TASK_ZOMBIE;
	bool reap = false;

	p->state = p == leader ? TASK_ZOMBIE : TASK_DEAD;
	if (sig->group_exit_task)
		wake_up_process(sig->group_exit_task);
	if (last) {
		if (sig->group_exit)
			leader->exit_code = sig->group_exit_code;
		forget_original_parent(leader);
		if (leader->parent->signal->pgrp != sig->pgrp &&
		    leader->parent->signal->session == sig->session)
			hangup_if_orphaned(sig->pgrp, leader);
		reap = do_notify_parent(leader, leader->exit_signal);
	}
	if (p != leader)
		release_task(p);
	if (reap) {
		leader->state = TASK_DEAD;
		release_task(leader);
	}
}

/*
 * Takes a dead task off every list; the times of a thread go to its process. The struct
 * stays until the task has left the CPU for the last time.
 */
void release_task(struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	detach_pid(p);
	if (p == p->group_leader) {
		list_del_init(&p->tasks);
		list_del_init(&p->sibling);
	} else {
		list_del_init(&p->thread_group);
		sig->utime += p->utime;
		sig->stime += p->stime;
		sig->min_flt += p->min_flt;
		sig->maj_flt += p->maj_flt;
		sig->nvcsw += p->nvcsw;
		sig->nivcsw += p->nivcsw;
	}
	spin_unlock_irqrestore(&tasklist_lock, flags);
	nr_threads--;
	p->user->processes--;
	free_uid(p->user);
	exit_signals(p);
	put_task_struct(p);
}

/* A fault of the kernel on the way out: to begin again would only repeat it. */
static void __noreturn stay_half_dead(struct task_struct *p)
{
	printk(KERN_EMERG "%s (pid %d) cannot end; it stays as it is\n", p->comm, p->pid);
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
}

void do_exit(long code)
{
	struct task_struct *p = current;
	bool group_dead;

	if (in_interrupt())
		panic("a task ends in an interrupt handler");
	if (p->pid == 0)
		panic("task 0 tried to end");
	if (p->flags & PF_EXITING)
		stay_half_dead(p);
	if (p->tgid == 1 && p->signal->live == 1)
		panic("init has ended with status %#lx: the machine has nothing left to run.\n"
		      "Another first program can be named on the command line: init=/bin/sh",
		      code);
	if (p->signal->group_stop_count > 0)
		count_stopped_thread(p->signal);	/* the others need not wait for this one */
	p->flags |= PF_EXITING;
	p->exit_code = code;
	group_dead = --p->signal->live == 0;
	if (group_dead)
		del_timer(&p->signal->real_timer);
	else
		pass_on_signals(~p->blocked);
	exit_mm(p);
	exit_sem(p);
	exit_files(p);
	exit_fs(p);
	exit_thread(p);
	if (group_dead && p->signal->leader)
		disassociate_ctty(true);
	exit_notify(p);
	schedule();
	BUG();
}

/* Every other thread of p's process gets SIGKILL. */
void zap_other_threads(struct task_struct *p)
{
	struct task_struct *t;

	p->signal->group_stop_count = 0;
	for (t = next_thread(p); t != p; t = next_thread(t)) {
		if (t->flags & PF_EXITING)
			continue;
		t->pending.signal |= sigmask(SIGKILL);
		signal_wake_up(t, true);
	}
}

/* The whole process ends with that wait status; the first thread to say so decides. */
void do_group_exit(int code)
{
	struct signal_struct *sig = current->signal;

	if (sig->group_exit) {
		code = sig->group_exit_code;
	} else {
		sig->group_exit = true;
		sig->group_exit_code = code;
		zap_other_threads(current);
	}
	do_exit(code);
}

long sys_exit(int code)
{
	do_exit((code & 0xff) << 8);
}

long sys_exit_group(int code)
{
	do_group_exit((code & 0xff) << 8);
}
