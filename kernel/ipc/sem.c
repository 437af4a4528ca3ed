/*
 * System V semaphores: semget and semop.
 *
 * A semop() is all or nothing: several operations on one set, done at once or not at all. One that
 * cannot be done waits in the set's queue. Whoever changes a value goes through the queue and
 * does the operations of each sleeper for him as soon as they are possible (sem_update()), so
 * that no one wakes to find that he is too late.
 */
#include <linux/init.h>
#include <linux/ipc.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/timer.h>
#include <asm/uaccess.h>
#include "sem.h"

struct ipc_ids sem_ids = IPC_IDS_INIT(sem_ids, SEMMNI);

/* ---- making and removing ---- */

static int create_set(int key, size_t nsems, int flags)
{
	struct sem_set *set;

	if (!nsems)
		return -EINVAL;
	set = kzalloc(sizeof(*set) + nsems * sizeof(set->sem[0]), GFP_KERNEL);
	if (!set)
		return -ENOMEM;
	set->ctime = get_seconds();
	set->nsems = nsems;
	INIT_LIST_HEAD(&set->pending);
	INIT_LIST_HEAD(&set->undo);
	return ipc_add(&sem_ids, &set->perm, key, flags);
}

static int check_set(struct kern_ipc_perm *perm, size_t nsems)
{
	return nsems > (size_t)to_set(perm)->nsems ? -EINVAL : 0;
}

long sys_semget(int key, int nsems, int flags)
{
	static const struct ipc_ops ops = { .create = create_set, .check = check_set };

	if (nsems < 0 || nsems > SEMMSL)
		return -EINVAL;
	return ipc_get(&sem_ids, &ops, key, nsems, flags);
}

/* The sleeper's call is over, with that result. */
static void finish(struct sem_queue *q, int status)
{
	list_del(&q->link);
	q->status = status;
	wake_up_process(q->task);
}

void sem_remove(struct sem_set *set)
{
	struct sem_queue *q, *next;

	ipc_remove(&sem_ids, &set->perm);
	sem_free_undos(set);
	list_for_each_entry_safe(q, next, &set->pending, link)
		finish(q, -EIDRM);
	kfree(set);
}

/* ---- operations ---- */

/* Does the end of the process take the operation back? Waiting for zero leaves nothing to take. */
static bool has_undo(const struct sembuf *op)
{
	return (op->sem_flg & SEM_UNDO) && op->sem_op;
}

/* Takes back the first n operations. */
static void revert(struct sem_set *set, const struct sem_queue *q, int n)
{
	while (n-- > 0) {
		const struct sembuf *op = &q->ops[n];

		set->sem[op->sem_num].value -= op->sem_op;
		if (has_undo(op))
			q->undo->adjust[op->sem_num] += op->sem_op;
	}
}

/* One operation: 0 done, 1 it has to wait, -ERANGE. */
static int do_operation(struct sem_set *set, const struct sembuf *op, struct sem_undo *undo)
{
	struct sem *sem = &set->sem[op->sem_num];
	int value = sem->value + op->sem_op;

	if (op->sem_op == 0)
		return sem->value ? 1 : 0;
	if (value < 0)
		return 1;
	if (value > SEMVMX)
		return -ERANGE;
	if (has_undo(op)) {
		int adjust = undo->adjust[op->sem_num] - op->sem_op;

		if (adjust < -SEMVMX - 1 || adjust > SEMVMX)
			return -ERANGE;
		undo->adjust[op->sem_num] = adjust;
	}
	sem->value = value;
	return 0;
}

/* All of a call or nothing: 0 done, 1 it has to wait, -EAGAIN, -ERANGE. */
static int try_operations(struct sem_set *set, struct sem_queue *q)
{
	int i, ret;

	for (i = 0; i < q->nops; i++) {
		ret = do_operation(set, &q->ops[i], q->undo);
		if (ret) {
			revert(set, q, i);
			q->blocking = i;
			if (ret > 0 && (q->ops[i].sem_flg & IPC_NOWAIT))
				ret = -EAGAIN;
			return ret;
		}
	}
	for (i = 0; i < q->nops; i++)
		set->sem[q->ops[i].sem_num].pid = q->task->tgid;
	set->otime = get_seconds();
	return 0;
}

void sem_update(struct sem_set *set)
{
	struct sem_queue *q, *next;
	bool progress;

	do {
		progress = false;
		list_for_each_entry_safe(q, next, &set->pending, link) {
			int ret = try_operations(set, q);

			if (ret > 0)
				continue;
			finish(q, ret);
			progress |= ret == 0;
		}
	} while (progress);
}

/* ---- semop() ---- */

/* Sleeps until somebody has done it for us, or the time is over. */
static int wait_for(struct sem_set *set, struct sem_queue *q, long timeout)
{
	q->status = 1;
	list_add_tail(&q->link, &set->pending);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (q->status <= 0 || signal_pending(current) || !timeout)
			break;
		timeout = schedule_timeout(timeout);
	}
	set_current_state(TASK_RUNNING);
	if (q->status <= 0)
		return q->status;
	list_del(&q->link);
	return timeout ? -EINTR : -EAGAIN;
}

/* Only the flags of what is asked for count: waiting for zero is reading. */
static int check_operations(const struct sem_set *set, const struct sembuf *ops, int nops)
{
	bool alters = false;
	int i;

	for (i = 0; i < nops; i++) {
		if (ops[i].sem_num >= set->nsems)
			return -EFBIG;
		alters |= ops[i].sem_op != 0;
	}
	return ipc_permission(&set->perm, alters ? 0222 : 0444);
}

static bool wants_undo(const struct sembuf *ops, int nops)
{
	int i;

	for (i = 0; i < nops; i++)
		if (has_undo(&ops[i]))
			return true;
	return false;
}

static int do_semop(int id, const struct sembuf *ops, int nops, long timeout)
{
	struct sem_queue q = { .task = current, .ops = ops, .nops = nops };
	struct kern_ipc_perm *perm = ipc_find(&sem_ids, id);
	struct sem_set *set;
	int ret;

	if (!perm)
		return -EINVAL;
	ret = check_operations(to_set(perm), ops, nops);
	if (ret)
		return ret;
	if (wants_undo(ops, nops)) {
		q.undo = find_undo(id);		/* may sleep */
		if (IS_ERR(q.undo))
			return PTR_ERR(q.undo);
		perm = ipc_find(&sem_ids, id);
	}
	set = to_set(perm);
	ret = try_operations(set, &q);
	if (ret > 0)
		return wait_for(set, &q, timeout);
	if (ret == 0)
		sem_update(set);
	return ret;
}

static long copy_and_do(int id, const struct sembuf __user *uops, unsigned int nops, long timeout)
{
	struct sembuf few[8], *ops = few;
	long ret;

	if (nops < 1 || id < 0)
		return -EINVAL;
	if (nops > SEMOPM)
		return -E2BIG;
	if (nops > ARRAY_SIZE(few)) {
		ops = kmalloc(nops * sizeof(*ops), GFP_KERNEL);
		if (!ops)
			return -ENOMEM;
	}
	ret = -EFAULT;
	if (!copy_from_user(ops, uops, nops * sizeof(*ops)))
		ret = do_semop(id, ops, nops, timeout);
	if (ops != few)
		kfree(ops);
	return ret;
}

long sys_semop(int id, const struct sembuf __user *ops, unsigned int nops)
{
	return copy_and_do(id, ops, nops, MAX_SCHEDULE_TIMEOUT);
}

/* `err`: what reading the time has led to. One tick more, for part of the current one is over. */
static long timed(int id, const struct sembuf __user *ops, unsigned int nops, int err, u64 ns)
{
	return err ? err : copy_and_do(id, ops, nops, ns ? ns_to_jiffies(ns) + 1 : 0);
}

long sys_semtimedop(int id, const struct sembuf __user *ops, unsigned int nops,
		    const struct timespec __user *timeout)
{
	u64 ns;
	int err;

	if (!timeout)
		return sys_semop(id, ops, nops);
	err = get_timespec(timeout, &ns);
	return timed(id, ops, nops, err, ns);
}

long sys_semtimedop_time64(int id, const struct sembuf __user *ops, unsigned int nops,
			   const struct timespec64 __user *timeout)
{
	u64 ns;
	int err;

	if (!timeout)
		return sys_semop(id, ops, nops);
	err = get_timespec64(timeout, &ns);
	return timed(id, ops, nops, err, ns);
}

/* ---- /proc/sysvipc/sem ---- */

static void show_set(struct seq_file *m, const struct kern_ipc_perm *perm)
{
	const struct sem_set *set = to_set(perm);

	seq_printf(m, "%10d %10d  %4o %10d %5u %5u %5u %5u %10ld %10ld\n", perm->key, perm->id,
		   (unsigned int)perm->mode, set->nsems, perm->uid, perm->gid, perm->cuid,
		   perm->cgid, set->otime, set->ctime);
}

static int __init sem_init(void)
{
	static const struct ipc_proc file = {
		.name = "sem",
		.heading = "       key      semid perms      nsems   uid   gid  cuid  cgid      "
			   "otime      ctime\n",
		.ids = &sem_ids,
		.show = show_set,
	};

	ipc_create_proc(&file);
	return 0;
}
initcall_fs(sem_init);
