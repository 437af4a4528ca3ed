/*
 * Futexes: sleeping on a word of user memory. A lock that is free is taken without the kernel; who
 * finds it taken calls FUTEX_WAIT with the value seen, and sleeps only if that is still there.
 *
 * Sleepers hang in a hash by what the word is: the address space and the address, or, in a shared
 * mapping of a file, the inode and the offset, so that processes with different addresses meet. The
 * order that loses no wake-up: first into the hash, then read the word, then sleep.
 *
 * A task in the kernel is not preempted, so the hash needs no lock; reading the word may sleep
 * (a page fault), which is why the sleeper is queued before.
 */
#include <linux/sched.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <asm/uaccess.h>

#define FUTEX_HASH_SIZE		64
#define ROBUST_LIST_LIMIT	2048	/* entries followed: the list may be a ring */

struct futex_key {
	const void *object;	/* mm_struct or inode */
	unsigned long life;	/* i_futex of the inode, or 0 */
	u64 offset;		/* address, or byte in the file */
};

/* On the stack of a sleeper. */
struct futex_q {
	struct list_head list;
	struct task_struct *task;
	struct futex_key key;
	u32 bitset;		/* which wake-ups concern it */
	bool woken;
};

static struct list_head futex_hash[FUTEX_HASH_SIZE];

static struct list_head *hash_bucket(const struct futex_key *key)
{
	unsigned long h = (unsigned long)key->object / 32 + (unsigned long)(key->offset / 4);
	struct list_head *head = &futex_hash[(h ^ h / FUTEX_HASH_SIZE) % FUTEX_HASH_SIZE];

	if (!head->next)
		INIT_LIST_HEAD(head);
	return head;
}

static bool same_key(const struct futex_key *a, const struct futex_key *b)
{
	return a->object == b->object && a->offset == b->offset && a->life == b->life;
}

/*
 * The key of a word in a shared mapping of a file. A sleeper does not hold the inode: others of his
 * process may unmap it, and its memory be another inode's while he sleeps on.
 */
static void set_inode_key(struct futex_key *key, struct vm_area_struct *vma, unsigned long addr)
{
	static unsigned long nr_lives;
	struct inode *inode = vma->vm_file->f_dentry->d_inode;

	if (!inode->i_futex)
		inode->i_futex = ++nr_lives;
	key->object = inode;
	key->life = inode->i_futex;
	key->offset = ((u64)vma->vm_pgoff << PAGE_SHIFT) + (addr - vma->vm_start);
}

/* 0, -EINVAL (not aligned), -EFAULT (nothing is mapped there). */
static int get_key(u32 __user *uaddr, bool private, struct futex_key *key)
{
	unsigned long addr = (unsigned long)uaddr;
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	int err = 0;

	if (addr % sizeof(u32))
		return -EINVAL;
	if (!access_ok(uaddr, sizeof(u32)))
		return -EFAULT;
	key->object = mm;
	key->life = 0;
	key->offset = addr;
	if (private)
		return 0;
	down_read(&mm->mmap_sem);
	vma = find_extend_vma(mm, addr);
	if (!vma) {
		err = -EFAULT;
	} else if (vma->vm_file && (vma->vm_flags & VM_SHARED)) {
		set_inode_key(key, vma, addr);
	}
	up_read(&mm->mmap_sem);
	return err;
}

/*
 * A word of current's memory, to be changed in one step as others see it: what can sleep is getting
 * hold of its page, and from here to release_word() nobody else runs. NULL: not writable.
 */
static u32 *hold_word(u32 __user *uaddr, struct page **page)
{
	unsigned long addr = (unsigned long)uaddr;
	struct mm_struct *mm = current->mm;
	int n;

	down_read(&mm->mmap_sem);
	n = get_user_pages(mm, addr & PAGE_MASK, 1, true, page, NULL);
	up_read(&mm->mmap_sem);
	if (n != 1)
		return NULL;
	return (u32 *)(kmap_atomic(*page, KM_USER0) + (addr & ~PAGE_MASK));
}

static void release_word(u32 *word, struct page *page)
{
	kunmap_atomic((char *)((unsigned long)word & PAGE_MASK), KM_USER0);
	flush_dcache_page(page);
	put_page(page);
}

static void wake_one(struct futex_q *q)
{
	list_del_init(&q->list);
	q->woken = true;
	wake_up_process(q->task);
}

/* Wakes up to nr sleepers, at least one. */
static int wake_key(const struct futex_key *key, int nr, u32 bitset)
{
	struct list_head *head = hash_bucket(key);
	struct futex_q *q, *next;
	int woken = 0;

	list_for_each_entry_safe(q, next, head, list) {
		if (!same_key(&q->key, key) || !(q->bitset & bitset))
			continue;
		wake_one(q);
		if (++woken >= nr)
			break;
	}
	return woken;
}

static int futex_wake(u32 __user *uaddr, bool private, int nr, u32 bitset)
{
	struct futex_key key;
	int err;

	if (!bitset)
		return -EINVAL;
	err = get_key(uaddr, private, &key);
	return err ? err : wake_key(&key, nr, bitset);
}

int futex_wake_address(int __user *uaddr, int nr)
{
	return futex_wake((u32 __user *)uaddr, false, nr, FUTEX_BITSET_MATCH_ANY);
}

/* ---- waiting ---- */

/* The end of a wait: absolute, on one of two clocks. */
struct futex_timeout {
	bool set, realtime;
	u64 expires;		/* ns */
};

static u64 clock_now(const struct futex_timeout *to)
{
	return to->realtime ? ktime_get_real() : ktime_get();
}

/* Sleeps until woken, a signal, or the end of time. The state is set by the caller. */
static int sleep_on_futex(struct futex_q *q, const struct futex_timeout *to)
{
	for (;;) {
		long ticks = MAX_SCHEDULE_TIMEOUT;

		set_current_state(TASK_INTERRUPTIBLE);
		if (q->woken)
			break;
		if (signal_pending(current)) {
			set_current_state(TASK_RUNNING);
			return -ERESTARTSYS;
		}
		if (to->set) {
			u64 now = clock_now(to);

			if (now >= to->expires) {
				set_current_state(TASK_RUNNING);
				return -ETIMEDOUT;
			}
			ticks = ns_to_jiffies(to->expires - now);
		}
		schedule_timeout(ticks);
	}
	set_current_state(TASK_RUNNING);
	return 0;
}

static int do_futex_wait(u32 __user *uaddr, bool private, u32 val, u32 bitset,
			 const struct futex_timeout *to)
{
	struct futex_q q = { .task = current, .bitset = bitset };
	DECLARE_WAITQUEUE(wait, current);
	u32 now;
	int err;

	if (!bitset)
		return -EINVAL;
	err = get_key(uaddr, private, &q.key);
	if (err)
		return err;
	list_add_tail(&q.list, hash_bucket(&q.key));
	err = get_user(now, uaddr);
	if (!err && now != val)
		err = -EAGAIN;
	if (to->set && to->realtime)
		add_wait_queue(&clock_set_wait, &wait);
	if (!err)
		err = sleep_on_futex(&q, to);
	if (to->set && to->realtime)
		remove_wait_queue(&clock_set_wait, &wait);
	if (q.woken)
		return 0;
	list_del(&q.list);
	return err;
}

enum { ARG_UADDR, ARG_PRIVATE, ARG_VAL, ARG_BITSET };

/* After a stop: the same wait with the same end. */
static long futex_wait_restart(struct restart_block *restart);

static long futex_wait(u32 __user *uaddr, bool private, u32 val, u32 bitset,
		       const struct futex_timeout *to)
{
	struct restart_block *restart = &current->restart;
	long err = do_futex_wait(uaddr, private, val, bitset, to);

	if (err != -ERESTARTSYS || !to->set)
		return err;
	restart->fn = futex_wait_restart;
	restart->arg[ARG_UADDR] = (unsigned long)uaddr;
	restart->arg[ARG_PRIVATE] = private | to->realtime << 1;
	restart->arg[ARG_VAL] = val;
	restart->arg[ARG_BITSET] = bitset;
	restart->expires = to->expires;
	return -ERESTART_RESTARTBLOCK;
}

static long futex_wait_restart(struct restart_block *restart)
{
	struct futex_timeout to = {
		.set = true,
		.realtime = restart->arg[ARG_PRIVATE] & 2,
		.expires = restart->expires,
	};

	return futex_wait((u32 __user *)restart->arg[ARG_UADDR], restart->arg[ARG_PRIVATE] & 1,
			  restart->arg[ARG_VAL], restart->arg[ARG_BITSET], &to);
}

/* ---- two futexes at once ---- */

/* Wakes nr_wake sleepers of one futex and moves up to nr_move others, asleep, to the second. */
static int futex_requeue(u32 __user *uaddr1, u32 __user *uaddr2, bool private, int nr_wake,
			 int nr_move, const u32 *expected)
{
	struct futex_key key1, key2;
	struct futex_q *q, *next;
	struct list_head *head, *to;
	int err, done = 0, moved = 0;
	u32 now;

	if (nr_wake < 0 || nr_move < 0)
		return -EINVAL;
	err = get_key(uaddr1, private, &key1);
	if (!err)
		err = get_key(uaddr2, private, &key2);
	if (!err && expected) {
		err = get_user(now, uaddr1);
		if (!err && now != *expected)
			err = -EAGAIN;
	}
	if (err)
		return err;
	head = hash_bucket(&key1);
	to = hash_bucket(&key2);
	list_for_each_entry_safe(q, next, head, list) {
		if (!same_key(&q->key, &key1))
			continue;
		if (done < nr_wake) {
			wake_one(q);
			done++;
		} else if (moved < nr_move) {
			/* On one and the same list it would come by again. */
			if (!same_key(&key1, &key2)) {
				q->key = key2;
				list_move_tail(&q->list, to);
			}
			moved++;
		} else {
			break;
		}
	}
	return done + moved;
}

/* FUTEX_WAKE_OP packs an operation on *uaddr2 and a comparison of its old value into 32 bits. */
enum { OP_SET, OP_ADD, OP_OR, OP_ANDN, OP_XOR, OP_MASK = 7, OP_ARG_SHIFT };
enum { CMP_EQ, CMP_NE, CMP_LT, CMP_LE, CMP_GT, CMP_GE, CMP_MASK = 15 };

/* Sign-extends a field of 12 bits. */
static int field12(u32 op, int shift)
{
	return (int)(op << (20 - shift)) >> 20;
}

static u32 operate(u32 encoded, u32 old)
{
	u32 arg = field12(encoded, 12);

	if ((encoded >> 28) & OP_ARG_SHIFT)
		arg = 1U << (arg & 31);
	switch ((encoded >> 28) & OP_MASK) {
	case OP_SET:
		return arg;
	case OP_ADD:
		return old + arg;
	case OP_OR:
		return old | arg;
	case OP_ANDN:
		return old & ~arg;
	}
	return old ^ arg;
}

static bool compare(u32 encoded, int old)
{
	int arg = field12(encoded, 0);

	switch ((encoded >> 24) & CMP_MASK) {
	case CMP_EQ:
		return old == arg;
	case CMP_NE:
		return old != arg;
	case CMP_LT:
		return old < arg;
	case CMP_LE:
		return old <= arg;
	case CMP_GT:
		return old > arg;
	}
	return old >= arg;
}

/* 0, -EFAULT, or -ENOSYS: no such operation. */
static int apply_op(u32 __user *uaddr, u32 encoded, bool *condition)
{
	struct page *page;
	u32 *word, old;

	if (((encoded >> 28) & OP_MASK) > OP_XOR || ((encoded >> 24) & CMP_MASK) > CMP_GE)
		return -ENOSYS;
	word = hold_word(uaddr, &page);
	if (!word)
		return -EFAULT;
	old = *word;
	*word = operate(encoded, old);
	*condition = compare(encoded, old);
	release_word(word, page);
	return 0;
}

static int futex_wake_op(u32 __user *uaddr1, u32 __user *uaddr2, bool private, int nr1, int nr2,
			 u32 encoded)
{
	struct futex_key key1, key2;
	bool condition = false;
	int err, woken;

	err = get_key(uaddr1, private, &key1);
	if (!err)
		err = get_key(uaddr2, private, &key2);
	if (!err)
		err = apply_op(uaddr2, encoded, &condition);
	if (err)
		return err;
	woken = wake_key(&key1, nr1, FUTEX_BITSET_MATCH_ANY);
	if (condition)
		woken += wake_key(&key2, nr2, FUTEX_BITSET_MATCH_ANY);
	return woken;
}

/* ---- the call ---- */

static bool has_timeout(int op)
{
	int cmd = op & FUTEX_CMD_MASK;

	return cmd == FUTEX_WAIT || cmd == FUTEX_WAIT_BITSET;
}

/* val2: what the fourth argument means when it is not a time. */
static long do_futex(u32 __user *uaddr, int op, u32 val, const struct futex_timeout *to, u32 val2,
		     u32 __user *uaddr2, u32 val3)
{
	bool private = op & FUTEX_PRIVATE_FLAG;

	if ((op & FUTEX_CLOCK_REALTIME) && !has_timeout(op))
		return -ENOSYS;
	switch (op & FUTEX_CMD_MASK) {
	case FUTEX_WAIT:
		return futex_wait(uaddr, private, val, FUTEX_BITSET_MATCH_ANY, to);
	case FUTEX_WAIT_BITSET:
		return futex_wait(uaddr, private, val, val3, to);
	case FUTEX_WAKE:
		return futex_wake(uaddr, private, val, FUTEX_BITSET_MATCH_ANY);
	case FUTEX_WAKE_BITSET:
		return futex_wake(uaddr, private, val, val3);
	case FUTEX_REQUEUE:
		return futex_requeue(uaddr, uaddr2, private, val, val2, NULL);
	case FUTEX_CMP_REQUEUE:
		return futex_requeue(uaddr, uaddr2, private, val, val2, &val3);
	case FUTEX_WAKE_OP:
		return futex_wake_op(uaddr, uaddr2, private, val, val2, val3);
	}
	return -ENOSYS;
}

/* FUTEX_WAIT's time is a length, FUTEX_WAIT_BITSET's a point. */
static void set_timeout(struct futex_timeout *to, int op, u64 ns)
{
	to->set = true;
	to->realtime = false;
	to->expires = ns;
	if ((op & FUTEX_CMD_MASK) == FUTEX_WAIT)
		to->expires += clock_now(to);
	else
		to->realtime = op & FUTEX_CLOCK_REALTIME;
}

long sys_futex(u32 __user *uaddr, int op, u32 val, const struct timespec __user *timeout,
	       u32 __user *uaddr2, u32 val3)
{
	struct futex_timeout to = { .set = false };
	u64 ns;
	int err;

	if (timeout && has_timeout(op)) {
		err = get_timespec(timeout, &ns);
		if (err)
			return err;
		set_timeout(&to, op, ns);
	}
	return do_futex(uaddr, op, val, &to, (u32)(unsigned long)timeout, uaddr2, val3);
}

long sys_futex_time64(u32 __user *uaddr, int op, u32 val,
		      const struct timespec64 __user *timeout, u32 __user *uaddr2, u32 val3)
{
	struct futex_timeout to = { .set = false };
	u64 ns;
	int err;

	if (timeout && has_timeout(op)) {
		err = get_timespec64(timeout, &ns);
		if (err)
			return err;
		set_timeout(&to, op, ns);
	}
	return do_futex(uaddr, op, val, &to, (u32)(unsigned long)timeout, uaddr2, val3);
}

/* ---- robust futexes: locks whose owner may die ---- */

long sys_set_robust_list(void __user *head, size_t len)
{
	if (len != sizeof(struct robust_list_head))
		return -EINVAL;
	current->robust_list = head;
	return 0;
}

long sys_get_robust_list(pid_t pid, void __user *__user *head, size_t __user *len)
{
	struct task_struct *p = pid ? find_task_by_pid(pid) : current;
	void __user *list;

	if (!p)
		return -ESRCH;
	if (p != current && p->uid != current->euid && !capable_root())
		return -EPERM;
	list = p->robust_list;		/* put_user() may sleep, and p be gone then */
	if (put_user(sizeof(struct robust_list_head), len) || put_user(list, head))
		return -EFAULT;
	return 0;
}

/* A lock word that current still owns: says so in it, and lets one waiter find out. */
static void owner_died(struct robust_list __user *entry, long offset, bool pending)
{
	u32 __user *uaddr = (u32 __user *)((char __user *)entry + offset);
	struct page *page;
	u32 *word, val;
	bool wake;

	if ((unsigned long)uaddr % sizeof(u32) || get_user(val, uaddr))
		return;
	/* Unlocked already, but whoever was to be woken may not have been. */
	if (pending && !val)
		futex_wake(uaddr, false, 1, FUTEX_BITSET_MATCH_ANY);
	if ((val & FUTEX_TID_MASK) != (u32)current->pid)
		return;
	word = hold_word(uaddr, &page);
	if (!word)
		return;
	wake = *word & FUTEX_WAITERS;
	*word = (*word & FUTEX_WAITERS) | FUTEX_OWNER_DIED;
	release_word(word, page);
	if (wake)
		futex_wake(uaddr, false, 1, FUTEX_BITSET_MATCH_ANY);
}

/* Reads a pointer of a list; bit 0 would mark a lock of another kind (PI). */
static int get_entry(struct robust_list __user **entry, struct robust_list *__user *from)
{
	unsigned long value;

	if (get_user(value, (unsigned long __user *)from))
		return -EFAULT;
	*entry = (struct robust_list __user *)(value & ~1UL);
	return 0;
}

/* The list is the program's: it may be a ring, or lead anywhere. */
void exit_robust_list(struct task_struct *p)
{
	struct robust_list_head __user *head = p->robust_list;
	struct robust_list __user *entry, *next, *pending;
	int limit = ROBUST_LIST_LIMIT, err = 0;
	long offset;

	p->robust_list = NULL;
	if (get_entry(&entry, &head->list.next) || get_user(offset, &head->futex_offset) ||
	    get_entry(&pending, &head->list_op_pending))
		return;
	for (; entry != &head->list && limit--; entry = next) {
		/* Read before the lock is another one's, who may free it. */
		err = get_entry(&next, &entry->next);
		if (entry != pending)
			owner_died(entry, offset, false);
		if (err)
			return;
	}
	if (pending)
		owner_died(pending, offset, true);
}
