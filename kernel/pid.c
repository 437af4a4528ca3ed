/*
 * Process numbers: giving them out, and finding the task of a number by a hash.
 *
 * A number is in use while a task, a process group or a session has it. Numbers
 * are given out upwards and begin again after PID_MAX; next_taken remembers how
 * far the way is free, so that the tasks are searched only when a number in use comes near.
 */
#include <linux/sched.h>

#define PID_WRAP	300	/* below this the numbers of the system's daemons stay theirs */
#define PID_HASH_SIZE	512

static struct hlist_head pid_hash[PID_HASH_SIZE];
pid_t last_pid = 1;	/* which waits for init */
static pid_t next_taken;	/* all of (last_pid, next_taken) are free */

static struct hlist_head *pid_bucket(pid_t pid)
{
	return &pid_hash[pid % PID_HASH_SIZE];
}

struct task_struct *find_task_by_pid(pid_t pid)
{
	struct hlist_node *node;

	if (pid <= 0)
		return NULL;
	hlist_for_each(node, pid_bucket(pid)) {
		struct task_struct *p = hlist_entry(node, struct task_struct, pid_link);

		if (p->pid == pid)
			return p;
	}
	return NULL;
}

void attach_pid(struct task_struct *p)
{
	hlist_add_head(&p->pid_link, pid_bucket(p->pid));
}

void detach_pid(struct task_struct *p)
{
	hlist_del_init(&p->pid_link);
}

/* Sees one number in use. True: it is last_pid itself. */
static bool taken(pid_t nr)
{
	if (nr > last_pid && nr < next_taken)
		next_taken = nr;
	return nr == last_pid;
}

/* True when last_pid is in use. Recomputes next_taken. */
static bool last_pid_in_use(void)
{
	struct task_struct *p, *t;

	next_taken = PID_MAX;
	for_each_process(p) {
		if (taken(p->signal->pgrp) || taken(p->signal->session))
			return true;
		for_each_thread(p, t) {
			if (taken(t->pid))
				return true;
		}
	}
	return false;
}

pid_t alloc_pid(void)
{
	int tries;

	for (tries = 0; tries < PID_MAX; tries++) {
		if (++last_pid >= PID_MAX) {
			last_pid = PID_WRAP;
			next_taken = 0;
		}
		if (last_pid < next_taken || !last_pid_in_use())
			return last_pid;
	}
	return -EAGAIN;
}
