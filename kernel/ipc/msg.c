/*
 * System V message queues: msgget, msgsnd, msgrcv, msgctl.
 *
 * A queue is a list of messages in the order they came. Who finds it full or finds nothing to
 * take sleeps in one of its two wait queues and looks again when woken. A sleeper
 * holds a reference: a queue that is removed meanwhile is `dead`, and goes with the last sleeper.
 */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/ipc.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/wait.h>
#include <uapi/linux/msg.h>
#include <asm/uaccess.h>

#define MSGMNI	128		/* queues */
#define MSGMAX	8192		/* bytes of a message */
#define MSGMNB	16384		/* bytes of a queue; more is for root to allow */
#define MEMORY_SHARE	32	/* 1/32 of lowmem is for all messages, with their headers */

struct msg_queue {
	struct kern_ipc_perm perm;
	int refs;			/* sleepers, and the table */
	bool dead;
	time_t stime, rtime, ctime;
	unsigned long bytes, nr, max_bytes;
	pid_t lspid, lrpid;
	struct list_head messages;	/* oldest first */
	wait_queue_head_t senders, receivers;
};

struct msg {
	struct list_head link;
	long type;
	size_t size;
	char text[];
};

static struct ipc_ids msg_ids = IPC_IDS_INIT(msg_ids, MSGMNI);
static unsigned long msg_bytes, msg_count;	/* of all queues */

static struct msg_queue *to_queue(const struct kern_ipc_perm *perm)
{
	return container_of(perm, struct msg_queue, perm);
}

/* ---- making and removing ---- */

static int create_queue(int key, size_t unused __unused, int flags)
{
	struct msg_queue *q = kzalloc(sizeof(*q), GFP_KERNEL);

	if (!q)
		return -ENOMEM;
	q->refs = 1;
	q->ctime = get_seconds();
	q->max_bytes = MSGMNB;
	INIT_LIST_HEAD(&q->messages);
	init_waitqueue_head(&q->senders);
	init_waitqueue_head(&q->receivers);
	return ipc_add(&msg_ids, &q->perm, key, flags);
}

long sys_msgget(int key, int flags)
{
	static const struct ipc_ops ops = { .create = create_queue };

	return ipc_get(&msg_ids, &ops, key, 0, flags);
}

static void put_queue(struct msg_queue *q)
{
	if (--q->refs == 0)
		kfree(q);
}

/* The message is no longer in a queue. */
static void free_msg(struct msg *msg)
{
	msg_bytes -= msg->size;
	msg_count--;
	kfree(msg);
}

static void remove_queue(struct msg_queue *q)
{
	struct msg *msg, *next;

	ipc_remove(&msg_ids, &q->perm);
	q->dead = true;
	list_for_each_entry_safe(msg, next, &q->messages, link)
		free_msg(msg);
	wake_up_all(&q->senders);
	wake_up_all(&q->receivers);
	put_queue(q);
}

/* Sleeps once. 0: look again; -EIDRM, -ERESTARTNOHAND. The caller has a reference. */
static int sleep_in(struct msg_queue *q, wait_queue_head_t *head)
{
	DECLARE_WAITQUEUE(wait, current);

	add_wait_queue(head, &wait);
	set_current_state(TASK_INTERRUPTIBLE);
	if (!signal_pending(current))
		schedule();
	set_current_state(TASK_RUNNING);
	remove_wait_queue(head, &wait);
	if (q->dead)
		return -EIDRM;
	return signal_pending(current) ? -ERESTARTNOHAND : 0;
}

/* The queue of an identifier, referenced, if current may do that; or ERR_PTR. */
static struct msg_queue *get_queue(int id, int permission)
{
	struct kern_ipc_perm *perm = ipc_find_permitted(&msg_ids, id, permission);

	if (IS_ERR(perm))
		return ERR_PTR(PTR_ERR(perm));
	to_queue(perm)->refs++;
	return to_queue(perm);
}

/* ---- sending ---- */

/* Messages outlive their senders: no process' death would give memory back that they have taken. */
static bool memory_is_full(size_t size)
{
	unsigned long lowmem = (totalram_pages - totalhigh_pages) << PAGE_SHIFT;

	return msg_bytes + msg_count * sizeof(struct msg) + size > lowmem / MEMORY_SHARE;
}

/* A message with the text of the caller, or ERR_PTR. */
static struct msg *load_msg(const void __user *text, size_t size, long type)
{
	struct msg *msg = memory_is_full(size) ? NULL : kmalloc(sizeof(*msg) + size, GFP_KERNEL);

	if (!msg)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(msg->text, text, size)) {
		kfree(msg);
		return ERR_PTR(-EFAULT);
	}
	msg->type = type;
	msg->size = size;
	return msg;
}

static bool has_room(const struct msg_queue *q, size_t size)
{
	return q->bytes + size <= q->max_bytes && q->nr + 1 <= q->max_bytes;
}

static int send(struct msg_queue *q, struct msg *msg, int flags)
{
	while (!has_room(q, msg->size)) {
		int err = flags & IPC_NOWAIT ? -EAGAIN : sleep_in(q, &q->senders);

		if (err)
			return err;
	}
	list_add_tail(&msg->link, &q->messages);
	q->bytes += msg->size;
	q->nr++;
	msg_bytes += msg->size;
	msg_count++;
	q->lspid = current->tgid;
	q->stime = get_seconds();
	wake_up_all(&q->receivers);
	return 0;
}

long sys_msgsnd(int id, const struct msgbuf __user *buf, size_t size, int flags)
{
	struct msg_queue *q;
	struct msg *msg;
	long type;
	int err;

	if (size > MSGMAX || id < 0)
		return -EINVAL;
	if (get_user(type, &buf->mtype))
		return -EFAULT;
	if (type < 1)
		return -EINVAL;
	msg = load_msg(buf->mtext, size, type);
	if (IS_ERR(msg))
		return PTR_ERR(msg);
	q = get_queue(id, 0222);
	err = PTR_ERR(q);
	if (!IS_ERR(q)) {
		err = send(q, msg, flags);
		put_queue(q);
	}
	if (err)
		kfree(msg);
	return err;
}

/* ---- receiving ---- */

/*
 * The message that is meant: type 0 the oldest, > 0 the oldest of that type (MSG_EXCEPT: of
 * another), < 0 the oldest of the lowest type up to -type. NULL: none.
 */
static struct msg *find_msg(const struct msg_queue *q, long type, int flags)
{
	struct msg *msg, *best = NULL;

	list_for_each_entry(msg, &q->messages, link) {
		if (type < 0) {
			if (-(msg->type) >= type && (!best || msg->type < best->type))
				best = msg;
		} else if (type == 0 || (msg->type == type) == !(flags & MSG_EXCEPT)) {
			return msg;
		}
	}
	return best;
}

/* Takes a message out of the queue; or ERR_PTR. */
static struct msg *receive(struct msg_queue *q, size_t size, long type, int flags)
{
	struct msg *msg;

	while (!(msg = find_msg(q, type, flags))) {
		int err = flags & IPC_NOWAIT ? -ENOMSG : sleep_in(q, &q->receivers);

		if (err)
			return ERR_PTR(err);
	}
	if (msg->size > size && !(flags & MSG_NOERROR))
		return ERR_PTR(-E2BIG);
	list_del(&msg->link);
	q->bytes -= msg->size;
	q->nr--;
	q->lrpid = current->tgid;
	q->rtime = get_seconds();
	wake_up_all(&q->senders);
	return msg;
}

long sys_msgrcv(int id, struct msgbuf __user *buf, size_t size, long type, int flags)
{
	struct msg_queue *q;
	struct msg *msg;
	long ret;

	if ((long)size < 0 || id < 0)
		return -EINVAL;
	if (flags & MSG_COPY)
		return -ENOSYS;
	q = get_queue(id, 0444);
	if (IS_ERR(q))
		return PTR_ERR(q);
	msg = receive(q, size, type, flags);
	put_queue(q);
	if (IS_ERR(msg))
		return PTR_ERR(msg);
	ret = min(size, msg->size);
	if (put_user(msg->type, &buf->mtype) || copy_to_user(buf->mtext, msg->text, ret))
		ret = -EFAULT;
	free_msg(msg);
	return ret;
}

/* ---- control ---- */

static long queue_info(int cmd, struct msginfo __user *buf)
{
	struct msginfo info = {
		.msgmax = MSGMAX, .msgmnb = MSGMNB, .msgmni = MSGMNI,
		.msgpool = MSGMNI * MSGMNB / 1024, .msgmap = MSGMNB, .msgssz = 16,
		.msgtql = MSGMNB, .msgseg = 0xffff,
	};

	if (cmd == MSG_INFO) {
		info.msgpool = msg_ids.in_use;
		info.msgmap = msg_count;
		info.msgtql = msg_bytes;
	}
	if (copy_to_user(buf, &info, sizeof(info)))
		return -EFAULT;
	return ipc_max_place(&msg_ids);
}

static long stat_queue(int id, int cmd, struct msqid_ds __user *buf)
{
	struct kern_ipc_perm *perm;
	struct msqid_ds ds;
	struct msg_queue *q;
	long ret;

	perm = ipc_for_stat(&msg_ids, id, cmd == IPC_STAT, cmd == MSG_STAT_ANY);
	if (IS_ERR(perm))
		return PTR_ERR(perm);
	q = to_queue(perm);
	ret = cmd == IPC_STAT ? 0 : perm->id;
	memset(&ds, 0, sizeof(ds));
	ipc_fill_perm(&ds.msg_perm, perm);
	ds.msg_stime = q->stime;
	ds.msg_rtime = q->rtime;
	ds.msg_ctime = q->ctime;
	ds.msg_cbytes = q->bytes;
	ds.msg_qnum = q->nr;
	ds.msg_qbytes = q->max_bytes;
	ds.msg_lspid = q->lspid;
	ds.msg_lrpid = q->lrpid;
	return copy_to_user(buf, &ds, sizeof(ds)) ? -EFAULT : ret;
}

static long set_queue(int id, const struct msqid_ds __user *buf)
{
	struct kern_ipc_perm *perm;
	struct msqid_ds ds;

	if (copy_from_user(&ds, buf, sizeof(ds)))
		return -EFAULT;
	perm = ipc_find_owned(&msg_ids, id);
	if (IS_ERR(perm))
		return PTR_ERR(perm);
	if (ds.msg_qbytes > MSGMNB && !capable_root())
		return -EPERM;
	ipc_set_perm(perm, &ds.msg_perm);
	to_queue(perm)->max_bytes = ds.msg_qbytes;
	to_queue(perm)->ctime = get_seconds();
	wake_up_all(&to_queue(perm)->senders);	/* there may be room now */
	return 0;
}

long sys_msgctl(int id, int cmd, void __user *buf)
{
	struct kern_ipc_perm *perm;

	switch (cmd) {
	case IPC_INFO:
	case MSG_INFO:
		return queue_info(cmd, buf);
	case IPC_STAT:
	case MSG_STAT:
	case MSG_STAT_ANY:
		return stat_queue(id, cmd, buf);
	case IPC_SET:
		return set_queue(id, buf);
	case IPC_RMID:
		perm = ipc_find_owned(&msg_ids, id);
		if (IS_ERR(perm))
			return PTR_ERR(perm);
		remove_queue(to_queue(perm));
		return 0;
	}
	return -EINVAL;
}

static void show_queue(struct seq_file *m, const struct kern_ipc_perm *perm)
{
	const struct msg_queue *q = to_queue(perm);

	seq_printf(m, "%10d %10d  %4o  %10lu %10lu %5d %5d %5u %5u %5u %5u %10ld %10ld %10ld\n",
		   perm->key, perm->id, (unsigned int)perm->mode, q->bytes, q->nr, q->lspid,
		   q->lrpid, perm->uid, perm->gid, perm->cuid, perm->cgid, q->stime, q->rtime,
		   q->ctime);
}

static int __init msg_init(void)
{
	static const struct ipc_proc file = {
		.name = "msg",
		.heading = "       key      msqid perms      cbytes       qnum lspid lrpid   uid   "
			   "gid  cuid  cgid      stime      rtime      ctime\n",
		.ids = &msg_ids,
		.show = show_queue,
	};

	ipc_create_proc(&file);
	return 0;
}
initcall_fs(msg_init);
