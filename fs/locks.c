/*
 * Locks on files: record locks (fcntl) and whole-file locks (flock). They bind only those who ask.
 *
 *		belongs to			gone with
 *	fcntl	the process (files_struct)	any close of the file by it
 *	flock	the open file			its last close
 *
 * All locks of a file hang on inode->i_flock; the two kinds do not see each other. Who has to wait
 * sleeps on one queue for all, and tries again whenever any lock goes. A process about to wait
 * for one that waits, over any number of others, for itself gets EDEADLK: the waiters are on a
 * list for that.
 *
 * Locks are kernel memory that a program can ask for without end, so each is counted with the
 * user who set it, up to RLIMIT_LOCKS.
 */
#include <linux/fs.h>
#include <linux/locks.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

#define OFFSET_MAX	((loff_t)(~0ULL >> 1))
#define MAX_CHAIN	100	/* waiters followed in search of a deadlock */

struct file_lock {
	struct file_lock *next;		/* on inode->i_flock */
	bool posix;			/* fcntl, else flock */
	int type;			/* F_RDLCK, F_WRLCK; a request also F_UNLCK */
	void *owner;			/* files_struct or file */
	pid_t pid;
	struct user_struct *user;	/* on a list: who it is counted with */
	loff_t start, end;		/* bytes, both included */
};

struct lock_waiter {
	struct list_head link;
	void *owner, *blocker;
};

static DECLARE_WAIT_QUEUE_HEAD(lock_queue);
static LIST_HEAD(lock_waiters);

/* May current's user have `more` locks? */
static bool locks_left(int more)
{
	struct user_struct *user = current->user;

	return !more || !user->uid ||
	       (unsigned long)(user->locks + more) <= rlimit(RLIMIT_LOCKS);
}

/* `lock` goes on the file's list as a copy of `from`, counted. */
static void insert_lock(struct inode *inode, struct file_lock *lock, const struct file_lock *from)
{
	*lock = *from;
	lock->user = current->user;
	get_uid(lock->user);
	lock->user->locks++;
	lock->next = inode->i_flock;
	inode->i_flock = lock;
}

static void delete_lock(struct file_lock **link)
{
	struct file_lock *lock = *link;

	*link = lock->next;
	lock->user->locks--;
	free_uid(lock->user);
	kfree(lock);
	wake_up_all(&lock_queue);
}

static bool overlap(const struct file_lock *a, const struct file_lock *b)
{
	return a->start <= b->end && b->start <= a->end;
}

/* The lock that forbids the request, or NULL. */
static struct file_lock *find_conflict(const struct inode *inode, const struct file_lock *req)
{
	struct file_lock *lock;

	for (lock = inode->i_flock; lock; lock = lock->next)
		if (lock->posix == req->posix && lock->owner != req->owner &&
		    (lock->type == F_WRLCK || req->type == F_WRLCK) && overlap(lock, req))
			return lock;
	return NULL;
}

/* ---- waiting ---- */

/* Whom does this owner wait for? NULL: nobody. */
static void *waits_for(const void *owner)
{
	struct lock_waiter *waiter;

	list_for_each_entry(waiter, &lock_waiters, link)
		if (waiter->owner == owner)
			return waiter->blocker;
	return NULL;
}

/* Threads wait on behalf of one owner, so others may go round in a circle: hence the limit. */
static bool would_deadlock(void *me, void *blocker)
{
	unsigned int links;

	for (links = 0; blocker && links < MAX_CHAIN; links++) {
		if (blocker == me)
			return true;
		blocker = waits_for(blocker);
	}
	return false;
}

/* Sleeps until some lock has gone. 0, -ERESTARTSYS, -EDEADLK. */
static int wait_for_lock(const struct file_lock *req, const struct file_lock *conflict)
{
	struct lock_waiter waiter = { .owner = req->owner, .blocker = conflict->owner };
	DECLARE_WAITQUEUE(wait, current);
	int err = 0;

	if (req->posix && would_deadlock(req->owner, conflict->owner))
		return -EDEADLK;
	if (req->posix)
		list_add(&waiter.link, &lock_waiters);
	add_wait_queue(&lock_queue, &wait);
	set_current_state(TASK_INTERRUPTIBLE);
	if (signal_pending(current))
		err = -ERESTARTSYS;
	else
		schedule();
	set_current_state(TASK_RUNNING);
	remove_wait_queue(&lock_queue, &wait);
	if (req->posix)
		list_del(&waiter.link);
	return err;
}

static int wait_until_free(struct inode *inode, const struct file_lock *req, bool wait)
{
	struct file_lock *conflict;
	int err = 0;

	while (!err && (conflict = find_conflict(inode, req)))
		err = wait ? wait_for_lock(req, conflict) : -EAGAIN;
	return err;
}

/* ---- record locks ---- */

static bool touches(const struct file_lock *a, const struct file_lock *b)
{
	return overlap(a, b) || (a->end < b->start && a->end + 1 == b->start) ||
	       (b->end < a->start && b->end + 1 == a->start);
}

/* How many locks more there will be: the new one, and the right half of one it lies within. */
static int locks_needed(const struct inode *inode, const struct file_lock *req)
{
	int more = req->type != F_UNLCK;
	const struct file_lock *lock;

	for (lock = inode->i_flock; lock; lock = lock->next) {
		if (!lock->posix || lock->owner != req->owner || !overlap(lock, req))
			continue;
		if (lock->type == req->type || (lock->start >= req->start && lock->end <= req->end))
			more--;
		else if (lock->start < req->start && lock->end > req->end)
			more++;
	}
	return max(more, 0);
}

/*
 * Makes the owner's locks agree with the request: those of the same type that touch it are
 * merged into it, others are cut back to what lies outside. `fresh` and `right` are two
 * locks to use; what is not used stays in them for the caller to free.
 */
static void apply_request(struct inode *inode, struct file_lock *req, struct file_lock **fresh,
			  struct file_lock **right)
{
	struct file_lock **link = &inode->i_flock, *lock;

	while ((lock = *link)) {
		if (!lock->posix || lock->owner != req->owner || !touches(lock, req)) {
			link = &lock->next;
		} else if (lock->type == req->type) {
			req->start = min(req->start, lock->start);
			req->end = max(req->end, lock->end);
			delete_lock(link);
		} else if (!overlap(lock, req)) {
			link = &lock->next;
		} else if (lock->start >= req->start && lock->end <= req->end) {
			delete_lock(link);
		} else {
			if (lock->start < req->start && lock->end > req->end) {
				insert_lock(inode, *right, lock);
				(*right)->start = req->end + 1;
				*right = NULL;
				lock->end = req->start - 1;
			} else if (lock->start < req->start) {
				lock->end = req->start - 1;
			} else {
				lock->start = req->end + 1;
			}
			wake_up_all(&lock_queue);
			link = &lock->next;
		}
	}
	if (req->type != F_UNLCK) {
		insert_lock(inode, *fresh, req);
		*fresh = NULL;
	}
}

static int posix_lock(struct inode *inode, struct file_lock *req, bool wait)
{
	struct file_lock *fresh, *right;
	int err = 0;

	fresh = kmalloc(sizeof(*fresh), GFP_KERNEL);
	right = kmalloc(sizeof(*right), GFP_KERNEL);
	if (!fresh || !right)
		err = -ENOLCK;
	if (!err && req->type != F_UNLCK)
		err = wait_until_free(inode, req, wait);
	if (!err && !locks_left(locks_needed(inode, req)))
		err = -ENOLCK;
	if (!err)
		apply_request(inode, req, &fresh, &right);
	kfree(fresh);
	kfree(right);
	return err;
}

/* From the program's whence, start and length to a range of bytes. */
static int to_range(struct file *file, const struct flock64 *l, struct file_lock *req)
{
	loff_t start = l->l_start;

	switch (l->l_whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		start += file->f_pos;
		break;
	case SEEK_END:
		start += file->f_dentry->d_inode->i_size;
		break;
	default:
		return -EINVAL;
	}
	req->end = OFFSET_MAX;
	if (l->l_len > 0) {
		if (start > OFFSET_MAX - (l->l_len - 1))
			return -EOVERFLOW;
		req->end = start + l->l_len - 1;
	} else if (l->l_len < 0) {
		req->end = start - 1;
		start += l->l_len;
	}
	if (start < 0)
		return -EINVAL;
	req->start = start;
	req->type = l->l_type;
	req->posix = true;
	req->owner = current->files;
	req->pid = current->tgid;
	req->next = NULL;
	return 0;
}

static int do_getlk(struct file *file, struct flock64 *l)
{
	struct file_lock req, *conflict;
	int err;

	if (l->l_type != F_RDLCK && l->l_type != F_WRLCK)
		return -EINVAL;
	err = to_range(file, l, &req);
	if (err)
		return err;
	conflict = find_conflict(file->f_dentry->d_inode, &req);
	if (!conflict) {
		l->l_type = F_UNLCK;
		return 0;
	}
	l->l_type = conflict->type;
	l->l_whence = SEEK_SET;
	l->l_start = conflict->start;
	l->l_len = conflict->end == OFFSET_MAX ? 0 : conflict->end - conflict->start + 1;
	l->l_pid = conflict->pid;
	return 0;
}

static int do_setlk(struct file *file, bool wait, const struct flock64 *l)
{
	struct file_lock req;
	int err;

	switch (l->l_type) {
	case F_RDLCK:
		if (!(file->f_mode & FMODE_READ))
			return -EBADF;
		break;
	case F_WRLCK:
		if (!(file->f_mode & FMODE_WRITE))
			return -EBADF;
		break;
	case F_UNLCK:
		break;
	default:
		return -EINVAL;
	}
	err = to_range(file, l, &req);
	return err ? err : posix_lock(file->f_dentry->d_inode, &req, wait);
}

static int get_flock(const struct flock __user *arg, struct flock64 *wide)
{
	struct flock l;

	if (copy_from_user(&l, arg, sizeof(l)))
		return -EFAULT;
	wide->l_type = l.l_type;
	wide->l_whence = l.l_whence;
	wide->l_start = l.l_start;
	wide->l_len = l.l_len;
	wide->l_pid = l.l_pid;
	return 0;
}

long fcntl_getlk(struct file *file, struct flock __user *arg)
{
	struct flock64 wide;
	struct flock l;
	int err = get_flock(arg, &wide);

	if (!err)
		err = do_getlk(file, &wide);
	if (err)
		return err;
	if (wide.l_start > LONG_MAX || wide.l_len > LONG_MAX)
		return -EOVERFLOW;
	l.l_type = wide.l_type;
	l.l_whence = wide.l_whence;
	l.l_start = wide.l_start;
	l.l_len = wide.l_len;
	l.l_pid = wide.l_pid;
	return copy_to_user(arg, &l, sizeof(l)) ? -EFAULT : 0;
}

long fcntl_setlk(struct file *file, bool wait, struct flock __user *arg)
{
	struct flock64 wide;
	int err = get_flock(arg, &wide);

	return err ? err : do_setlk(file, wait, &wide);
}

long fcntl_getlk64(struct file *file, struct flock64 __user *arg)
{
	struct flock64 l;
	int err;

	if (copy_from_user(&l, arg, sizeof(l)))
		return -EFAULT;
	err = do_getlk(file, &l);
	if (!err && copy_to_user(arg, &l, sizeof(l)))
		err = -EFAULT;
	return err;
}

long fcntl_setlk64(struct file *file, bool wait, struct flock64 __user *arg)
{
	struct flock64 l;

	if (copy_from_user(&l, arg, sizeof(l)))
		return -EFAULT;
	return do_setlk(file, wait, &l);
}

static void remove_owned(struct inode *inode, bool posix, const void *owner)
{
	struct file_lock **link = &inode->i_flock;

	while (*link) {
		if ((*link)->posix == posix && (*link)->owner == owner)
			delete_lock(link);
		else
			link = &(*link)->next;
	}
}

void locks_remove_posix(struct file *file, struct files_struct *owner)
{
	remove_owned(file->f_dentry->d_inode, true, owner);
}

void locks_remove_flock(struct file *file)
{
	remove_owned(file->f_dentry->d_inode, false, file);
}

/* ---- flock ---- */

/* Changing a lock gives the old one up first, so others may get in between, as flock(2) says. */
static int flock_file(struct file *file, int type, bool wait)
{
	struct file_lock req = {
		.type = type, .owner = file, .pid = current->tgid, .end = OFFSET_MAX,
	};
	struct inode *inode = file->f_dentry->d_inode;
	struct file_lock *lock;
	int err;

	remove_owned(inode, false, file);
	if (type == F_UNLCK)
		return 0;
	lock = kmalloc(sizeof(*lock), GFP_KERNEL);
	if (!lock)
		return -ENOLCK;
	err = wait_until_free(inode, &req, wait);
	if (!err && !locks_left(1))
		err = -ENOLCK;
	if (err)
		kfree(lock);
	else
		insert_lock(inode, lock, &req);
	return err;
}

long sys_flock(unsigned int fd, unsigned int cmd)
{
	struct file *file;
	long err;
	int type;

	switch (cmd & ~LOCK_NB) {
	case LOCK_SH:
		type = F_RDLCK;
		break;
	case LOCK_EX:
		type = F_WRLCK;
		break;
	case LOCK_UN:
		type = F_UNLCK;
		break;
	default:
		return -EINVAL;
	}
	file = fget(fd);
	if (!file)
		return -EBADF;
	err = file->f_flags & O_PATH ? -EBADF : flock_file(file, type, !(cmd & LOCK_NB));
	fput(file);
	return err;
}
