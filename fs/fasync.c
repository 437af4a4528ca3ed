/*
 * Signals instead of waiting: a file with O_ASYNC sends SIGIO, or the signal that F_SETSIG chose,
 * to its owner whenever it may have become readable or writable. Pipes, FIFOs and terminals can.
 *
 *	pipe or terminal -> list -> file_owner of a file -> task, process or process group
 *
 * The file_owner is made when fcntl() first asks for one, and hangs on the list of what is behind
 * the file while O_ASYNC is set. The list is empty in most lives, so kill_fasync() is one test.
 * Events come from interrupts too (a key, a serial line): lists and owners are guarded by
 * fasync_lock.
 */
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/time.h>
#include <asm/uaccess.h>

struct file_owner {
	struct hlist_node link;		/* on the driver's list while O_ASYNC is set */
	unsigned int mode;		/* the file's FMODE_ */
	int fd;				/* the number by which O_ASYNC was set */
	int type;			/* F_OWNER_ */
	pid_t pid;			/* 0: nobody */
	u64 since;			/* ns since boot; a task made later is another one */
	uid_t uid, euid;		/* of who chose the owner: whom may he send signals? */
	int signum;			/* 0: SIGIO without details */
};

static spinlock_t fasync_lock = SPIN_LOCK_UNLOCKED;

/* The owner of a file, made if need be; NULL: no memory. May sleep. */
static struct file_owner *get_file_owner(struct file *file)
{
	struct file_owner *new;

	if (file->f_owner)
		return file->f_owner;
	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (!new)
		return NULL;
	new->mode = file->f_mode;
	new->type = F_OWNER_PID;
	if (file->f_owner)		/* it slept */
		kfree(new);
	else
		file->f_owner = new;
	return file->f_owner;
}

void free_file_owner(struct file *file)
{
	if (file->f_flags & O_ASYNC)
		file->f_op->fasync(file, false);
	kfree(file->f_owner);
	file->f_owner = NULL;
}

/* ---- O_ASYNC ---- */

int file_set_async(unsigned int fd, struct file *file, bool on)
{
	int err;

	if (!file->f_op->fasync)
		return -EINVAL;
	if (!on && !(file->f_flags & O_ASYNC))
		return 0;
	if (!get_file_owner(file))
		return -ENOMEM;
	file->f_owner->fd = fd;
	err = file->f_op->fasync(file, on);
	if (err)
		return err;
	if (on)
		file->f_flags |= O_ASYNC;
	else
		file->f_flags &= ~O_ASYNC;
	return 0;
}

int fasync_helper(struct file *file, bool on, struct hlist_head *list)
{
	struct file_owner *owner = file->f_owner;
	unsigned long flags;

	spin_lock_irqsave(&fasync_lock, flags);
	if (!on)
		hlist_del_init(&owner->link);
	else if (hlist_unhashed(&owner->link))
		hlist_add_head(&owner->link, list);
	spin_unlock_irqrestore(&fasync_lock, flags);
	return 0;
}

/* ---- whose signals ---- */

static void set_owner(struct file_owner *owner, int type, pid_t pid)
{
	unsigned long flags;

	spin_lock_irqsave(&fasync_lock, flags);
	owner->type = type;
	owner->pid = pid;
	owner->since = ktime_get();
	owner->uid = current->uid;
	owner->euid = current->euid;
	spin_unlock_irqrestore(&fasync_lock, flags);
}

void file_default_owner(struct file *file, pid_t who)
{
	if (!file->f_owner->pid)
		set_owner(file->f_owner, who < 0 ? F_OWNER_PGRP : F_OWNER_PID,
			  who < 0 ? -who : who);
}

static bool group_exists(pid_t pgrp)
{
	struct task_struct *p;

	for_each_process(p) {
		if (p->signal->pgrp == pgrp)
			return true;
	}
	return false;
}

/* pid 0: nobody from now on. 0, -EINVAL, -ESRCH, -ENOMEM. */
static int choose_owner(struct file *file, int type, pid_t pid)
{
	if (pid < 0 || type < F_OWNER_TID || type > F_OWNER_PGRP)
		return -EINVAL;
	if (pid && !(type == F_OWNER_PGRP ? group_exists(pid) : !!find_task_by_pid(pid)))
		return -ESRCH;
	if (!get_file_owner(file))
		return -ENOMEM;
	set_owner(file->f_owner, type, pid);
	return 0;
}

static long set_owner_ex(struct file *file, const struct f_owner_ex __user *uex)
{
	struct f_owner_ex ex;

	if (copy_from_user(&ex, uex, sizeof(ex)))
		return -EFAULT;
	return choose_owner(file, ex.type, ex.pid);
}

static long set_signal(struct file *file, unsigned long sig)
{
	if (sig > _NSIG)
		return -EINVAL;
	if (!get_file_owner(file))
		return -ENOMEM;
	file->f_owner->signum = sig;
	return 0;
}

long fcntl_owner(struct file *file, unsigned int cmd, unsigned long arg)
{
	const struct file_owner *owner = file->f_owner;
	struct f_owner_ex ex = {
		.type = owner ? owner->type : F_OWNER_PID,
		.pid = owner ? owner->pid : 0,
	};
	pid_t who = (pid_t)arg;

	switch (cmd) {
	case F_SETOWN:
		if (who < -INT_MAX)
			return -EINVAL;
		return who < 0 ? choose_owner(file, F_OWNER_PGRP, -who)
			       : choose_owner(file, F_OWNER_PID, who);
	case F_GETOWN:
		return ex.type == F_OWNER_PGRP ? -ex.pid : ex.pid;
	case F_SETOWN_EX:
		return set_owner_ex(file, (const struct f_owner_ex __user *)arg);
	case F_GETOWN_EX:
		return copy_to_user((void __user *)arg, &ex, sizeof(ex)) ? -EFAULT : 0;
	case F_SETSIG:
		return set_signal(file, arg);
	case F_GETSIG:
		return owner ? owner->signum : 0;
	}
	return -EINVAL;
}

/* ---- events ---- */

/* Might he who named the owner send it a signal himself? */
static bool may_send(const struct file_owner *owner, const struct task_struct *p)
{
	return owner->euid == 0 || owner->euid == p->suid || owner->euid == p->uid ||
	       owner->uid == p->suid || owner->uid == p->uid;
}

static void send_to(const struct file_owner *owner, struct task_struct *p, int code)
{
	bool group = owner->type != F_OWNER_TID;
	siginfo_t info;

	if (!may_send(owner, p))
		return;
	if (owner->signum) {
		clear_siginfo(&info);
		info.si_code = code;
		info.si_band = code == POLL_IN ? POLLIN | POLLRDNORM : POLLOUT | POLLWRNORM;
		info.si_fd = owner->fd;
		if (!(group ? group_send_sig_info(owner->signum, &info, p)
			    : send_sig_info(owner->signum, &info, p)))
			return;
		/* The queue is full: SIGIO says that events were lost. */
	}
	if (group)
		send_sig(SIGIO, p);
	else
		send_sig_info(SIGIO, SEND_SIG_KERNEL, p);
}

static void send_to_owner(const struct file_owner *owner, int code)
{
	struct task_struct *p;

	if (owner->type == F_OWNER_PGRP) {
		for_each_process(p) {
			if (p->signal->pgrp == owner->pid) {
				p->signal->group_signals++;
				send_to(owner, p, code);
			}
		}
		return;
	}
	p = find_task_by_pid(owner->pid);
	if (p && p->start_time <= owner->since)
		send_to(owner, p, code);
}

void send_sigio(struct hlist_head *list, int code)
{
	unsigned int mode = code == POLL_IN ? FMODE_READ : FMODE_WRITE;
	struct hlist_node *node;
	unsigned long flags;

	spin_lock_irqsave(&fasync_lock, flags);
	hlist_for_each(node, list) {
		struct file_owner *owner = hlist_entry(node, struct file_owner, link);

		if (owner->pid && (owner->mode & mode))
			send_to_owner(owner, code);
	}
	spin_unlock_irqrestore(&fasync_lock, flags);
}
