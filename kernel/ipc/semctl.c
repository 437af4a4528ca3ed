/*
 * semctl(2): looking at semaphores and setting them without waiting. A value that is set makes what
 * processes would have undone on it void.
 */
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <asm/uaccess.h>
#include "sem.h"

static long set_info(int cmd, struct seminfo __user *buf)
{
	struct seminfo info = {
		.semmap = SEMMNS, .semmni = SEMMNI, .semmns = SEMMNS, .semmnu = SEMMNS,
		.semmsl = SEMMSL, .semopm = SEMOPM, .semume = SEMOPM, .semusz = 20,
		.semvmx = SEMVMX, .semaem = SEMVMX,
	};
	int place;

	if (cmd == SEM_INFO) {
		info.semusz = sem_ids.in_use;
		info.semaem = 0;
		for (place = 0; place <= ipc_max_place(&sem_ids); place++)
			if (ipc_at(&sem_ids, place))
				info.semaem += to_set(ipc_at(&sem_ids, place))->nsems;
	}
	if (copy_to_user(buf, &info, sizeof(info)))
		return -EFAULT;
	return ipc_max_place(&sem_ids);
}

static long stat_set(int id, int cmd, struct semid_ds __user *buf)
{
	struct kern_ipc_perm *perm;
	struct semid_ds ds;
	long ret;

	perm = ipc_for_stat(&sem_ids, id, cmd == IPC_STAT, cmd == SEM_STAT_ANY);
	if (IS_ERR(perm))
		return PTR_ERR(perm);
	ret = cmd == IPC_STAT ? 0 : perm->id;
	memset(&ds, 0, sizeof(ds));
	ipc_fill_perm(&ds.sem_perm, perm);
	ds.sem_otime = to_set(perm)->otime;
	ds.sem_ctime = to_set(perm)->ctime;
	ds.sem_nsems = to_set(perm)->nsems;
	return copy_to_user(buf, &ds, sizeof(ds)) ? -EFAULT : ret;
}

/* IPC_SET, IPC_RMID */
static long change_set(int id, int cmd, const struct semid_ds __user *buf)
{
	struct kern_ipc_perm *perm;
	struct semid_ds ds;

	if (cmd == IPC_SET && copy_from_user(&ds, buf, sizeof(ds)))
		return -EFAULT;
	perm = ipc_find_owned(&sem_ids, id);
	if (IS_ERR(perm))
		return PTR_ERR(perm);
	if (cmd == IPC_RMID) {
		sem_remove(to_set(perm));
	} else {
		ipc_set_perm(perm, &ds.sem_perm);
		to_set(perm)->ctime = get_seconds();
	}
	return 0;
}

/* ---- values ---- */

/* Those who wait with their first impossible operation on this semaphore; for zero or for more. */
static int count_waiting(const struct sem_set *set, int nr, bool for_zero)
{
	const struct sem_queue *q;
	int n = 0;

	list_for_each_entry(q, &set->pending, link) {
		const struct sembuf *op = &q->ops[q->blocking];

		n += op->sem_num == nr && (op->sem_op == 0) == for_zero;
	}
	return n;
}

static void set_value(struct sem_set *set, int nr, int value)
{
	struct sem_undo *undo;

	set->sem[nr].value = value;
	set->sem[nr].pid = current->tgid;
	list_for_each_entry(undo, &set->undo, of_set)
		undo->adjust[nr] = 0;
}

/* The commands on one semaphore. */
static long one_value(int id, int nr, int cmd, int value)
{
	struct kern_ipc_perm *perm = ipc_find(&sem_ids, id);
	struct sem_set *set;
	int err;

	if (!perm)
		return -EINVAL;
	set = to_set(perm);
	if (nr < 0 || nr >= set->nsems)
		return -EINVAL;
	err = ipc_permission(perm, cmd == SETVAL ? 0222 : 0444);
	if (err)
		return err;
	switch (cmd) {
	case GETVAL:
		return set->sem[nr].value;
	case GETPID:
		return set->sem[nr].pid;
	case GETNCNT:
		return count_waiting(set, nr, false);
	case GETZCNT:
		return count_waiting(set, nr, true);
	}
	if (value < 0 || value > SEMVMX)
		return -ERANGE;
	set_value(set, nr, value);
	set->ctime = get_seconds();
	sem_update(set);
	return 0;
}

/* GETALL and SETALL move the values through `values`, which has room for SEMMSL of them. */
static long get_all(int id, unsigned short *values, unsigned short __user *user)
{
	struct kern_ipc_perm *perm = ipc_find_permitted(&sem_ids, id, 0444);
	int i, n;

	if (IS_ERR(perm))
		return PTR_ERR(perm);
	n = to_set(perm)->nsems;
	for (i = 0; i < n; i++)
		values[i] = to_set(perm)->sem[i].value;
	return copy_to_user(user, values, n * sizeof(*values)) ? -EFAULT : 0;
}

static long set_all(int id, unsigned short *values, const unsigned short __user *user)
{
	struct kern_ipc_perm *perm = ipc_find_permitted(&sem_ids, id, 0222);
	struct sem_set *set;
	int i, n;

	if (IS_ERR(perm))
		return PTR_ERR(perm);
	n = to_set(perm)->nsems;
	if (copy_from_user(values, user, n * sizeof(*values)))
		return -EFAULT;
	for (i = 0; i < n; i++)
		if (values[i] > SEMVMX)
			return -ERANGE;
	perm = ipc_find(&sem_ids, id);		/* the copy may have slept */
	if (!perm)
		return -EIDRM;
	set = to_set(perm);
	for (i = 0; i < n; i++)
		set_value(set, i, values[i]);
	set->ctime = get_seconds();
	sem_update(set);
	return 0;
}

static long all_values(int id, int cmd, unsigned short __user *user)
{
	unsigned short *values = kmalloc(SEMMSL * sizeof(*values), GFP_KERNEL);
	long ret;

	if (!values)
		return -ENOMEM;
	ret = cmd == GETALL ? get_all(id, values, user) : set_all(id, values, user);
	kfree(values);
	return ret;
}

/* `arg` is a union semun: a value or an address. */
long sys_semctl(int id, int nr, int cmd, unsigned long arg)
{
	switch (cmd) {
	case IPC_INFO:
	case SEM_INFO:
		return set_info(cmd, (struct seminfo __user *)arg);
	case IPC_STAT:
	case SEM_STAT:
	case SEM_STAT_ANY:
		return stat_set(id, cmd, (struct semid_ds __user *)arg);
	case IPC_SET:
	case IPC_RMID:
		return change_set(id, cmd, (const struct semid_ds __user *)arg);
	case GETVAL:
	case GETPID:
	case GETNCNT:
	case GETZCNT:
	case SETVAL:
		return one_value(id, nr, cmd, arg);
	case GETALL:
	case SETALL:
		return all_values(id, cmd, (unsigned short __user *)arg);
	}
	return -EINVAL;
}
