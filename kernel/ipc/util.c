/*
 * What shared memory (mm/shm.c), semaphores and message queues have in common: a table of objects,
 * keys, identifiers, permissions, and their files in /proc/sysvipc.
 */
#include <linux/ipc.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/stat.h>
#include <linux/string.h>

#define FIRST_SIZE	16		/* of a table */
#define MAX_SEQ		(INT_MAX / IPCMNI)

/* ---- the table ---- */

/* Room for one more. 0, -ENOSPC, -ENOMEM. */
static int make_room(struct ipc_ids *ids)
{
	struct kern_ipc_perm **entries;
	int size = ids->size ? min(2 * ids->size, ids->limit) : FIRST_SIZE;

	if (ids->in_use < ids->size)
		return 0;
	if (ids->in_use >= ids->limit)
		return -ENOSPC;
	entries = kzalloc(size * sizeof(*entries), GFP_KERNEL);
	if (!entries)
		return -ENOMEM;
	if (ids->size)
		memcpy(entries, ids->entries, ids->size * sizeof(*entries));
	kfree(ids->entries);
	ids->entries = entries;
	ids->size = size;
	return 0;
}

int ipc_add(struct ipc_ids *ids, struct kern_ipc_perm *perm, int key, int flags)
{
	int place = 0;

	BUG_ON(ids->in_use >= ids->size);
	while (ids->entries[place])
		place++;
	ids->entries[place] = perm;
	ids->in_use++;
	perm->key = key;
	perm->uid = perm->cuid = current->euid;
	perm->gid = perm->cgid = current->egid;
	perm->mode = flags & 0777;
	perm->seq = ids->seq;
	perm->id = ids->seq * IPCMNI + place;
	if (++ids->seq > MAX_SEQ)
		ids->seq = 0;
	return perm->id;
}

void ipc_remove(struct ipc_ids *ids, struct kern_ipc_perm *perm)
{
	ids->entries[perm->id % IPCMNI] = NULL;
	ids->in_use--;
}

struct kern_ipc_perm *ipc_at(const struct ipc_ids *ids, int place)
{
	return place >= 0 && place < ids->size ? ids->entries[place] : NULL;
}

struct kern_ipc_perm *ipc_find(const struct ipc_ids *ids, int id)
{
	struct kern_ipc_perm *perm = id < 0 ? NULL : ipc_at(ids, id % IPCMNI);

	return perm && perm->id == id ? perm : NULL;
}

int ipc_max_place(const struct ipc_ids *ids)
{
	int place = ids->size;

	while (place > 0 && !ids->entries[place - 1])
		place--;
	return place ? place - 1 : 0;
}

static struct kern_ipc_perm *find_key(const struct ipc_ids *ids, int key)
{
	int place;

	for (place = 0; place < ids->size; place++)
		if (ids->entries[place] && ids->entries[place]->key == key)
			return ids->entries[place];
	return NULL;
}

static int find_or_create(struct ipc_ids *ids, const struct ipc_ops *ops, int key, size_t size,
			  int flags)
{
	struct kern_ipc_perm *perm = key == IPC_PRIVATE ? NULL : find_key(ids, key);
	int err;

	if (!perm) {
		if (key != IPC_PRIVATE && !(flags & IPC_CREAT))
			return -ENOENT;
		err = make_room(ids);
		return err ? err : ops->create(key, size, flags);
	}
	if ((flags & IPC_CREAT) && (flags & IPC_EXCL))
		return -EEXIST;
	err = ops->check ? ops->check(perm, size) : 0;
	if (!err)
		err = ipc_permission(perm, flags);
	return err ? err : perm->id;
}

int ipc_get(struct ipc_ids *ids, const struct ipc_ops *ops, int key, size_t size, int flags)
{
	int id;

	mutex_lock(&ids->mutex);
	id = find_or_create(ids, ops, key, size, flags);
	mutex_unlock(&ids->mutex);
	return id;
}

/* ---- permissions ---- */

int ipc_permission(const struct kern_ipc_perm *perm, int flags)
{
	unsigned int wanted = (flags >> 6 | flags >> 3 | flags) & 7, granted = perm->mode;

	if (current->euid == perm->cuid || current->euid == perm->uid)
		granted >>= 6;
	else if (in_group_p(perm->cgid) || in_group_p(perm->gid))
		granted >>= 3;
	return (wanted & ~granted) && !capable_root() ? -EACCES : 0;
}

struct kern_ipc_perm *ipc_find_permitted(const struct ipc_ids *ids, int id, int flags)
{
	struct kern_ipc_perm *perm = ipc_find(ids, id);
	int err = perm ? ipc_permission(perm, flags) : -EINVAL;

	return err ? ERR_PTR(err) : perm;
}

struct kern_ipc_perm *ipc_find_owned(const struct ipc_ids *ids, int id)
{
	struct kern_ipc_perm *perm = ipc_find(ids, id);

	if (!perm)
		return ERR_PTR(-EINVAL);
	if (current->euid == perm->cuid || current->euid == perm->uid || capable_root())
		return perm;
	return ERR_PTR(-EPERM);
}

struct kern_ipc_perm *ipc_for_stat(const struct ipc_ids *ids, int id, bool by_id, bool any)
{
	struct kern_ipc_perm *perm = by_id ? ipc_find(ids, id) : ipc_at(ids, id);
	int err;

	if (!perm)
		return ERR_PTR(-EINVAL);
	err = any ? 0 : ipc_permission(perm, 0444);
	return err ? ERR_PTR(err) : perm;
}

void ipc_fill_perm(struct ipc_perm *to, const struct kern_ipc_perm *from)
{
	memset(to, 0, sizeof(*to));
	to->key = from->key;
	to->uid = from->uid;
	to->gid = from->gid;
	to->cuid = from->cuid;
	to->cgid = from->cgid;
	to->mode = from->mode;
	to->seq = from->seq;
}

void ipc_set_perm(struct kern_ipc_perm *perm, const struct ipc_perm *from)
{
	perm->uid = from->uid;
	perm->gid = from->gid;
	perm->mode = (perm->mode & ~0777) | (from->mode & 0777);
}

/* ---- /proc/sysvipc ---- */

static int proc_show(struct seq_file *m, void *data)
{
	const struct ipc_proc *file = data;
	int place;

	seq_puts(m, file->heading);
	for (place = 0; place < file->ids->size; place++)
		if (file->ids->entries[place])
			file->show(m, file->ids->entries[place]);
	return 0;
}

void ipc_create_proc(const struct ipc_proc *file)
{
	char name[24];

	snprintf(name, sizeof(name), "sysvipc/%s", file->name);
	create_proc_entry(name, 0444, proc_show, NULL, (void *)file);
}
