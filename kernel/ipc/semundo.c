/*
 * SEM_UNDO: what a process has taken or given with that flag is given back or taken when it
 * ends, however it ends. The sum of it stands in a record for each process and set.
 *
 * Threads of one process share their records (CLONE_SYSVSEM); fork's child begins without any.
 */
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/time.h>
#include <uapi/linux/sched.h>
#include "sem.h"

static struct sem_undo_list *new_list(void)
{
	struct sem_undo_list *list = kmalloc(sizeof(*list), GFP_KERNEL);

	if (list) {
		list->refs = 1;
		INIT_LIST_HEAD(&list->undos);
	}
	return list;
}

static struct sem_undo *lookup(const struct sem_undo_list *list, const struct sem_set *set)
{
	struct sem_undo *undo;

	list_for_each_entry(undo, &list->undos, of_list)
		if (undo->set == set)
			return undo;
	return NULL;
}

struct sem_undo *find_undo(int id)
{
	struct kern_ipc_perm *perm;
	struct sem_undo *undo, *fresh;

	if (!current->sem_undo) {
		current->sem_undo = new_list();
		if (!current->sem_undo)
			return ERR_PTR(-ENOMEM);
	}
	perm = ipc_find(&sem_ids, id);
	if (!perm)
		return ERR_PTR(-EIDRM);
	undo = lookup(current->sem_undo, to_set(perm));
	if (undo)
		return undo;
	fresh = kzalloc(sizeof(*fresh) + to_set(perm)->nsems * sizeof(short), GFP_KERNEL);
	if (!fresh)
		return ERR_PTR(-ENOMEM);
	/* That may have slept: once more. */
	perm = ipc_find(&sem_ids, id);
	undo = perm ? lookup(current->sem_undo, to_set(perm)) : ERR_PTR(-EIDRM);
	if (undo) {
		kfree(fresh);
		return undo;
	}
	fresh->set = to_set(perm);
	list_add(&fresh->of_set, &fresh->set->undo);
	list_add(&fresh->of_list, &current->sem_undo->undos);
	return fresh;
}

static void free_undo(struct sem_undo *undo)
{
	list_del(&undo->of_set);
	list_del(&undo->of_list);
	kfree(undo);
}

void sem_free_undos(struct sem_set *set)
{
	struct sem_undo *undo, *next;

	list_for_each_entry_safe(undo, next, &set->undo, of_set)
		free_undo(undo);
}

/* A thread makes its process' records shared ones, even if there are none yet. */
int copy_semundo(unsigned long clone_flags, struct task_struct *p)
{
	p->sem_undo = NULL;
	if (!(clone_flags & CLONE_SYSVSEM))
		return 0;
	if (!current->sem_undo) {
		current->sem_undo = new_list();
		if (!current->sem_undo)
			return -ENOMEM;
	}
	current->sem_undo->refs++;
	p->sem_undo = current->sem_undo;
	return 0;
}

static void undo_set(struct sem_undo *undo)
{
	struct sem_set *set = undo->set;
	int i;

	for (i = 0; i < set->nsems; i++) {
		int value = set->sem[i].value + undo->adjust[i];

		if (!undo->adjust[i])
			continue;
		set->sem[i].value = max(0, min(value, SEMVMX));
		set->sem[i].pid = current->tgid;
	}
	set->otime = get_seconds();
}

void exit_sem(struct task_struct *p)
{
	struct sem_undo_list *list = p->sem_undo;

	p->sem_undo = NULL;
	if (!list || --list->refs)
		return;
	while (!list_empty(&list->undos)) {
		struct sem_undo *undo = list_first_entry(&list->undos, struct sem_undo, of_list);
		struct sem_set *set = undo->set;

		undo_set(undo);
		free_undo(undo);
		sem_update(set);
	}
	kfree(list);
}
