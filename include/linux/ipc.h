/*
 * System V IPC inside the kernel: objects with keys and identifiers, in a table per kind.
 *
 * An identifier is (sequence number, place in the table): the number differs each time, so that the
 * identifier of something removed does not name what took its place.
 *
 * Nothing here is locked: it is changed between two sleeps only. Whoever sleeps (a
 * copy to or from a program may, too) looks the object up again, or holds it in a way of its kind.
 */
#ifndef _LINUX_IPC_H
#define _LINUX_IPC_H

#include <uapi/linux/ipc.h>
#include <linux/semaphore.h>
#include <linux/types.h>

struct seq_file;

#define IPCMNI		32768	/* identifier = sequence number * IPCMNI + place */

/* The head of every object. */
struct kern_ipc_perm {
	int id, key;
	uid_t uid, cuid;
	gid_t gid, cgid;
	mode_t mode;
	unsigned int seq;
};

struct ipc_ids {
	struct kern_ipc_perm **entries;	/* NULL: free */
	int size;			/* entries[] has so many */
	int limit;			/* and may grow to that */
	int in_use;
	unsigned int seq;		/* of the next object */
	struct mutex mutex;		/* one ...get() at a time */
};
#define IPC_IDS_INIT(name, max)	{ .limit = (max), .mutex = __MUTEX_INIT((name).mutex) }

/* What ...get() does, for one kind of object. */
struct ipc_ops {
	/* Makes one and enters it, for which there is room; identifier or -ERRNO. May sleep. */
	int (*create)(int key, size_t size, int flags);
	/* Is an existing one what the caller wants? 0 or -EINVAL. */
	int (*check)(struct kern_ipc_perm *perm, size_t size);
};

/* ---- kernel/ipc/util.c ---- */

/* shmget(), semget(), msgget(): identifier or -EEXIST, -ENOENT, -EACCES, ... May sleep. */
int ipc_get(struct ipc_ids *ids, const struct ipc_ops *ops, int key, size_t size, int flags);
/* For create(): enters an object, owned by current; returns its identifier. Never sleeps. */
int ipc_add(struct ipc_ids *ids, struct kern_ipc_perm *perm, int key, int flags);
void ipc_remove(struct ipc_ids *ids, struct kern_ipc_perm *perm);
/* The object with that identifier, or NULL. */
struct kern_ipc_perm *ipc_find(const struct ipc_ids *ids, int id);
/* The object at a place in the table (SHM_STAT and its kin), or NULL. */
struct kern_ipc_perm *ipc_at(const struct ipc_ids *ids, int place);
/*
 * IPC_STAT and its kin: by identifier or by place; `any`: whether or not current may read it.
 * ERR_PTR: -EINVAL, -EACCES.
 */
struct kern_ipc_perm *ipc_for_stat(const struct ipc_ids *ids, int id, bool by_id, bool any);
/* Highest place in use, 0 if there is none. */
int ipc_max_place(const struct ipc_ids *ids);
/* May current do that? `flags` holds permission bits, any of the three groups: 0 or -EACCES. */
int ipc_permission(const struct kern_ipc_perm *perm, int flags);
/* The object with that identifier, if current may do that; ERR_PTR: -EINVAL (none), -EACCES. */
struct kern_ipc_perm *ipc_find_permitted(const struct ipc_ids *ids, int id, int flags);
/* The same for IPC_SET and IPC_RMID, which are the owner's and the maker's: -EINVAL or -EPERM. */
struct kern_ipc_perm *ipc_find_owned(const struct ipc_ids *ids, int id);
/* IPC_STAT, IPC_SET. */
void ipc_fill_perm(struct ipc_perm *to, const struct kern_ipc_perm *from);
void ipc_set_perm(struct kern_ipc_perm *perm, const struct ipc_perm *from);
/* A file /proc/sysvipc/NAME: the heading, then show() for each object. Boot. */
struct ipc_proc {
	const char *name, *heading;
	const struct ipc_ids *ids;
	void (*show)(struct seq_file *m, const struct kern_ipc_perm *perm);
};
void ipc_create_proc(const struct ipc_proc *file);

/* ---- kernel/ipc/sem.c ---- */

struct task_struct;
/* fork: the undo operations are shared (CLONE_SYSVSEM) or none. 0 or -ENOMEM. */
int copy_semundo(unsigned long clone_flags, struct task_struct *p);
/* exit: current's are done, if it was the last to share them. */
void exit_sem(struct task_struct *p);

#endif
