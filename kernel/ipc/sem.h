/*
 * System V semaphores: what operations (sem.c), undoing (semundo.c) and control (semctl.c) share.
 *
 *	sem_set --undo--> sem_undo <--list-- sem_undo_list <-- task
 *	   |              what one process would take back in one set
 *	 pending
 *	   '--> sem_queue   a sleeping semop(), on its caller's stack
 */
#ifndef _SEM_H
#define _SEM_H

#include <linux/ipc.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <uapi/linux/sem.h>

#define SEMMNI	128		/* sets */
#define SEMMSL	250		/* semaphores of a set */
#define SEMMNS	(SEMMNI * SEMMSL)
#define SEMOPM	100		/* operations of a call */
#define SEMVMX	32767		/* value */

struct sem {
	int value;
	pid_t pid;			/* last to change it */
};

struct sem_set {
	struct kern_ipc_perm perm;
	time_t otime, ctime;
	int nsems;
	struct list_head pending;	/* sem_queue, oldest first */
	struct list_head undo;		/* sem_undo of this set */
	struct sem sem[];
};

/* One for each process and set with SEM_UNDO operations. */
struct sem_undo {
	struct list_head of_set, of_list;
	struct sem_set *set;
	short adjust[];			/* added to the values when the process ends */
};

/* Shared by tasks of CLONE_SYSVSEM. */
struct sem_undo_list {
	int refs;
	struct list_head undos;
};

struct sem_queue {
	struct list_head link;		/* in set->pending while status is 1 */
	struct task_struct *task;
	const struct sembuf *ops;
	int nops;
	int blocking;			/* the operation that has to wait */
	struct sem_undo *undo;		/* NULL: no operation has one */
	int status;			/* 1: waiting; 0: done; -ERRNO */
};

extern struct ipc_ids sem_ids;

static inline struct sem_set *to_set(const struct kern_ipc_perm *perm)
{
	return container_of(perm, struct sem_set, perm);
}

/* sem.c: values have changed: does what waiting calls can now do, and wakes them. Never sleeps. */
void sem_update(struct sem_set *set);
/* The set goes: those who wait get -EIDRM. Never sleeps. */
void sem_remove(struct sem_set *set);
/*
 * semundo.c: current's undo record for a set, made when there is none; ERR_PTR(-ENOMEM), or
 * -EIDRM: the set went while we slept.
 */
struct sem_undo *find_undo(int id);
/* The set goes. */
void sem_free_undos(struct sem_set *set);

#endif
