/*
 * Pipes: a ring of up to 16 pages that writers fill and readers empty.
 *
 * A write that fits behind the bytes of the last page is put there; any other takes a page of its
 * own. So a write of up to PIPE_BUF bytes needs at most one fresh page and goes in all at once, or
 * waits: that is the atomicity POSIX asks for. The mutex keeps others out while bytes are copied,
 * since a copy from or to user memory may fault and sleep.
 *
 * A page emptied by a reader moves to the slot that is written next, unless that has one.
 *
 * The file of a pipe lives in a file system that is mounted nowhere; a FIFO's inode is on a disk,
 * but after fifo_open() it works the same. 0.12 had one page, and no atomicity.
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/pipe_fs.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <asm/uaccess.h>

struct pipe_inode_info *alloc_pipe_info(void)
{
	struct pipe_inode_info *pipe = kzalloc(sizeof(*pipe), GFP_KERNEL);

	if (pipe) {
		mutex_init(&pipe->mutex);
		init_waitqueue_head(&pipe->wait);
		pipe->first = pipe->last = pipe->bufs;
	}
	return pipe;
}

void free_pipe_info(struct pipe_inode_info *pipe)
{
	unsigned int i;

	for (i = 0; i < PIPE_BUFFERS; i++)
		if (pipe->bufs[i].page)
			put_page(pipe->bufs[i].page);
	kfree(pipe);
}

unsigned long pipe_memory(const struct pipe_inode_info *pipe)
{
	unsigned long bytes = sizeof(*pipe);
	unsigned int i;

	for (i = 0; i < PIPE_BUFFERS; i++)
		if (pipe->bufs[i].page)
			bytes += PAGE_SIZE;
	return bytes / max(pipe->readers + pipe->writers, 1U);
}

/* The slot behind another one. */
static inline struct pipe_buffer *next_slot(struct pipe_inode_info *pipe, struct pipe_buffer *buf)
{
	return ++buf == pipe->bufs + PIPE_BUFFERS ? pipe->bufs : buf;
}

/* Something changed that others may wait for. */
static inline void pipe_wake(struct pipe_inode_info *pipe)
{
	if (waitqueue_active(&pipe->wait))
		wake_up_interruptible(&pipe->wait);
}

/* Lets others change the ring and sleeps until they say they did, or a signal comes. */
static int pipe_wait(struct pipe_inode_info *pipe)
{
	DECLARE_WAITQUEUE(wait, current);

	if (signal_pending(current))
		return -ERESTARTSYS;
	add_wait_queue(&pipe->wait, &wait);
	set_current_state(TASK_INTERRUPTIBLE);
	mutex_unlock(&pipe->mutex);
	schedule();
	remove_wait_queue(&pipe->wait, &wait);
	mutex_lock(&pipe->mutex);
	return 0;
}

/* ---- reading ---- */

/*
 * The first slot is empty. When it was the only one, it is also the one that is filled next. True:
 * the ring was full.
 */
static bool slot_done(struct pipe_inode_info *pipe)
{
	struct pipe_buffer *done = pipe->first, *free = next_slot(pipe, pipe->last);

	if (--pipe->used == 0)
		return false;
	pipe->first = next_slot(pipe, done);
	if (free == done)
		return true;
	if (free->page)
		put_page(done->page);
	else
		free->page = done->page;
	done->page = NULL;
	return false;
}

/* Takes up to count bytes from the first page; their number or -EFAULT. */
static inline ssize_t take_from_ring(struct pipe_inode_info *pipe, char __user *to, size_t count)
{
	struct pipe_buffer *buf = pipe->first;
	unsigned int chunk = min_t(size_t, count, buf->len);
	unsigned long left = copy_to_user(to, (char *)kmap(buf->page) + buf->offset, chunk);

	kunmap(buf->page);
	if (left)
		return -EFAULT;
	buf->offset += chunk;
	buf->len -= chunk;
	return chunk;
}

static ssize_t pipe_read(struct file *file, char __user *to, size_t count, loff_t *pos __unused)
{
	struct pipe_inode_info *pipe = file->f_dentry->d_inode->i_pipe;
	ssize_t done = 0, ret;
	bool freed = false, was_full = false;

	if (!count)
		return 0;
	mutex_lock(&pipe->mutex);
	do {
		if (!pipe->used) {
			ret = 0;
			if (done || !pipe->writers)
				break;
			ret = file->f_flags & O_NONBLOCK ? -EAGAIN : pipe_wait(pipe);
			if (ret)
				break;
			continue;
		}
		ret = take_from_ring(pipe, to, count);
		if (ret < 0)
			break;
		done += ret;
		to += ret;
		count -= ret;
		if (!pipe->first->len) {
			freed = true;
			if (slot_done(pipe))
				was_full = true;
		}
	} while (count);
	mutex_unlock(&pipe->mutex);
	if (was_full)
		pipe_wake(pipe);
	if (freed)
		kill_fasync(&pipe->async, POLL_OUT);
	return done ? done : ret;
}

/* ---- writing ---- */

/* Do the bytes fit behind those of the page written last? */
static inline bool fits_last(struct pipe_inode_info *pipe, size_t count)
{
	struct pipe_buffer *buf = pipe->last;

	return pipe->used && buf->offset + buf->len + count <= PAGE_SIZE;
}

/* Puts them there: count or -EFAULT. */
static ssize_t append_to_last(struct pipe_inode_info *pipe, const char __user *from, size_t count)
{
	struct pipe_buffer *buf = pipe->last;
	char *end = (char *)kmap(buf->page) + buf->offset + buf->len;
	unsigned long left = copy_from_user(end, from, count);

	kunmap(buf->page);
	if (left)
		return -EFAULT;
	buf->len += count;
	return count;
}

/* Fills the next slot; the bytes taken, or -ENOMEM, -EFAULT. */
static inline ssize_t add_to_ring(struct pipe_inode_info *pipe, const char __user *from,
				  size_t count)
{
	struct pipe_buffer *buf = pipe->used ? next_slot(pipe, pipe->last) : pipe->last;
	unsigned int chunk = min_t(size_t, count, PAGE_SIZE);
	unsigned long left;

	if (unlikely(!buf->page)) {
		buf->page = alloc_page(GFP_HIGHUSER);
		if (!buf->page)
			return -ENOMEM;
		SetPagePipe(buf->page);
	}
	left = copy_from_user(kmap(buf->page), from, chunk);
	kunmap(buf->page);
	if (left)
		return -EFAULT;
	buf->offset = 0;
	buf->len = chunk;
	pipe->last = buf;
	pipe->used++;
	return chunk;
}

/* Readers are told. */
static inline void written(struct pipe_inode_info *pipe)
{
	pipe_wake(pipe);
	kill_fasync(&pipe->async, POLL_IN);
}

static ssize_t pipe_write(struct file *file, const char __user *from, size_t count,
			  loff_t *pos __unused)
{
	struct pipe_inode_info *pipe = file->f_dentry->d_inode->i_pipe;
	ssize_t done = 0, ret;

	if (!count)
		return 0;
	mutex_lock(&pipe->mutex);
	do {
		if (!pipe->readers) {
			send_sig(SIGPIPE, current);
			ret = -EPIPE;
			break;
		}
		if (fits_last(pipe, count)) {
			ret = append_to_last(pipe, from, count);
		} else if (pipe->used < PIPE_BUFFERS) {
			ret = add_to_ring(pipe, from, count);
		} else if (file->f_flags & O_NONBLOCK) {
			ret = -EAGAIN;
		} else {
			if (done)
				written(pipe);
			ret = pipe_wait(pipe);
		}
		if (ret < 0)
			break;
		done += ret;
		from += ret;
		count -= ret;
	} while (count);
	mutex_unlock(&pipe->mutex);
	if (done)
		written(pipe);
	return done ? done : ret;
}

/* ---- the rest of an open pipe ---- */

/* By way of /proc/PID/fd/N: one more user of an end. A FIFO is opened by fifo_open(). */
static int pipe_open(struct inode *inode, struct file *file)
{
	struct pipe_inode_info *pipe = inode->i_pipe;

	if (!pipe)			/* closed while the link was followed */
		return -ENXIO;
	file->f_mode &= FMODE_READ | FMODE_WRITE;
	if (!file->f_mode)
		return -EINVAL;
	if (file->f_mode & FMODE_READ)
		pipe->readers++;
	if (file->f_mode & FMODE_WRITE)
		pipe->writers++;
	return 0;
}

static unsigned int pipe_poll(struct file *file, struct poll_table_struct *wait)
{
	struct pipe_inode_info *pipe = file->f_dentry->d_inode->i_pipe;
	unsigned int mask = 0;

	poll_wait(file, &pipe->wait, wait);
	if (file->f_mode & FMODE_READ) {
		if (pipe->used)
			mask |= POLLIN | POLLRDNORM;
		/* A FIFO opened before any writer came has not been hung up. */
		if (!pipe->writers && file->f_version != pipe->w_counter)
			mask |= POLLHUP;
	}
	if (file->f_mode & FMODE_WRITE) {
		if (pipe->used < PIPE_BUFFERS)
			mask |= POLLOUT | POLLWRNORM;
		if (!pipe->readers)
			mask |= POLLERR;
	}
	return mask;
}

static int pipe_ioctl(struct inode *inode, struct file *file __unused, unsigned int cmd,
		      unsigned long arg)
{
	struct pipe_inode_info *pipe = inode->i_pipe;
	struct pipe_buffer *buf = pipe->first;
	unsigned int i;
	int bytes = 0;

	if (cmd != FIONREAD)
		return -ENOTTY;
	for (i = 0; i < pipe->used; i++, buf = next_slot(pipe, buf))
		bytes += buf->len;
	return put_user(bytes, (int __user *)arg);
}

void pipe_release_end(struct inode *inode, unsigned int mode)
{
	struct pipe_inode_info *pipe = inode->i_pipe;

	if (mode & FMODE_READ)
		pipe->readers--;
	if (mode & FMODE_WRITE)
		pipe->writers--;
	if (pipe->readers || pipe->writers) {
		pipe_wake(pipe);
		kill_fasync(&pipe->async, POLL_IN);
		kill_fasync(&pipe->async, POLL_OUT);
	} else {
		inode->i_pipe = NULL;
		free_pipe_info(pipe);
	}
}

static int pipe_release(struct inode *inode, struct file *file)
{
	pipe_release_end(inode, file->f_mode);
	return 0;
}

static int pipe_fasync(struct file *file, bool on)
{
	return fasync_helper(file, on, &file->f_dentry->d_inode->i_pipe->async);
}

const struct file_operations pipe_fops = {
	.llseek		= no_llseek,
	.read		= pipe_read,
	.write		= pipe_write,
	.poll		= pipe_poll,
	.ioctl		= pipe_ioctl,
	.open		= pipe_open,
	.release	= pipe_release,
	.fasync		= pipe_fasync,
};

/* ---- pipe(2) ---- */

static struct file_system_type pipe_fs_type = { .name = "pipefs" };
static const struct super_operations pipe_sops = { .statfs = simple_statfs };
static struct super_block pipe_sb = {
	.s_blocksize	= PAGE_SIZE,
	.s_magic	= PIPEFS_MAGIC,
	.s_type		= &pipe_fs_type,
	.s_op		= &pipe_sops,
	.s_inodes	= LIST_HEAD_INIT(pipe_sb.s_inodes),
	.s_dirty	= LIST_HEAD_INIT(pipe_sb.s_dirty),
	.s_files	= LIST_HEAD_INIT(pipe_sb.s_files),
};

static struct inode *new_pipe_inode(void)
{
	static unsigned long last_ino;
	struct inode *inode = new_inode(&pipe_sb);
	struct pipe_inode_info *pipe;

	if (!inode)
		return NULL;
	pipe = alloc_pipe_info();
	if (!pipe) {
		iput(inode);
		return NULL;
	}
	pipe->readers = pipe->writers = 1;
	pipe->r_counter = pipe->w_counter = 1;
	inode->i_pipe = pipe;
	inode->i_ino = ++last_ino;
	inode->i_fop = &pipe_fops;
	inode_init_owner(inode, NULL, S_IFIFO | S_IRUSR | S_IWUSR);
	return inode;
}

static void init_end(struct file *file, struct dentry *dentry, unsigned int mode, int flags)
{
	file->f_dentry = dget(dentry);
	file->f_mode = mode;
	file->f_flags = flags | (mode == FMODE_WRITE ? O_WRONLY : O_RDONLY);
	file->f_op = &pipe_fops;
	list_add(&file->f_list, &pipe_sb.s_files);
}

/* Makes both ends; 0 or -ERRNO. */
static int create_pipe_files(struct file *ends[2], int flags)
{
	static const struct qstr name = { (const unsigned char *)"pipe", 4, 0 };
	struct inode *inode = new_pipe_inode();
	struct dentry *dentry;
	int err = -ENFILE;

	if (!inode)
		return -ENOMEM;
	dentry = d_alloc(NULL, &name);
	if (!dentry) {
		free_pipe_info(inode->i_pipe);
		iput(inode);
		return -ENOMEM;
	}
	dentry->d_sb = &pipe_sb;
	d_instantiate(dentry, inode);
	ends[0] = get_empty_filp();
	ends[1] = ends[0] ? get_empty_filp() : NULL;
	if (ends[1]) {
		init_end(ends[0], dentry, FMODE_READ, flags);
		init_end(ends[1], dentry, FMODE_WRITE, flags);
		inode->i_writecount++;
		err = 0;
	} else {
		if (ends[0])
			put_filp(ends[0]);
		free_pipe_info(inode->i_pipe);
	}
	dput(dentry);
	return err;
}

long sys_pipe2(int __user *ufds, int flags)
{
	struct file *ends[2];
	int fds[2], err;

	if (flags & ~(O_NONBLOCK | O_CLOEXEC | O_DIRECT))
		return -EINVAL;
	err = create_pipe_files(ends, flags & O_NONBLOCK);
	if (err)
		return err;
	fds[0] = get_unused_fd(0);
	err = fds[0];
	if (err < 0)
		goto out_files;
	fds[1] = get_unused_fd(0);
	err = fds[1];
	if (err < 0)
		goto out_fd0;
	err = -EFAULT;
	if (copy_to_user(ufds, fds, sizeof(fds)))
		goto out_fd1;
	if (flags & O_CLOEXEC) {
		set_close_on_exec(fds[0], true);
		set_close_on_exec(fds[1], true);
	}
	fd_install(fds[0], ends[0]);
	fd_install(fds[1], ends[1]);
	return 0;
out_fd1:
	put_unused_fd(fds[1]);
out_fd0:
	put_unused_fd(fds[0]);
out_files:
	fput(ends[0]);
	fput(ends[1]);
	return err;
}

long sys_pipe(int __user *fds)
{
	return sys_pipe2(fds, 0);
}

/* No super-block of the list: it is mounted nowhere, and nothing of it is ever written. */
void pipe_init(void)
{
	pipe_sb.s_dev = get_unnamed_dev();
}
