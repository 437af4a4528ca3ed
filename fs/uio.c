/*
 * Scatter, gather and splice: readv(), writev() and sendfile(), made of plain reads and writes.
 *
 * A writev() to a pipe of up to PIPE_BUF bytes must arrive in one piece, like a write();
 * its parts are gathered in a kernel buffer first.
 */
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <uapi/linux/uio.h>
#include <asm/uaccess.h>

#define FAST_IOV	8	/* vectors of up to this length are kept on the stack */

/* Copies the vector in and adds its lengths up. Returns it (`fast` or allocated) or ERR_PTR. */
static struct iovec *import_iovec(const struct iovec __user *uvec, unsigned long nr,
				  struct iovec *fast, size_t *total)
{
	struct iovec *vec = fast;
	unsigned long i;

	*total = 0;
	if (nr > UIO_MAXIOV)
		return ERR_PTR(-EINVAL);
	if (nr > FAST_IOV) {
		vec = kmalloc(nr * sizeof(*vec), GFP_KERNEL);
		if (!vec)
			return ERR_PTR(-ENOMEM);
	}
	if (copy_from_user(vec, uvec, nr * sizeof(*vec))) {
		if (vec != fast)
			kfree(vec);
		return ERR_PTR(-EFAULT);
	}
	for (i = 0; i < nr; i++) {
		if (vec[i].iov_len > LONG_MAX - *total) {
			if (vec != fast)
				kfree(vec);
			return ERR_PTR(-EINVAL);
		}
		*total += vec[i].iov_len;
	}
	return vec;
}

/*
 * One file operation for each piece, until one is short. An error counts only if nothing was moved.
 */
static ssize_t do_pieces(struct file *file, bool write, const struct iovec *vec,
			 unsigned long nr, loff_t *pos)
{
	ssize_t done = 0, ret;
	unsigned long i;

	for (i = 0; i < nr; i++) {
		if (!vec[i].iov_len && i + 1 < nr)
			continue;
		if (write)
			ret = vfs_write(file, vec[i].iov_base, vec[i].iov_len, pos);
		else
			ret = vfs_read(file, vec[i].iov_base, vec[i].iov_len, pos);
		if (ret < 0)
			return done ? done : ret;
		done += ret;
		if ((size_t)ret != vec[i].iov_len)
			break;
	}
	return done;
}

static ssize_t write_gathered(struct file *file, const struct iovec *vec, unsigned long nr,
			      size_t total, loff_t *pos)
{
	char *page = (char *)__get_free_page(GFP_KERNEL), *p = page;
	ssize_t ret = -EFAULT;
	mm_segment_t old_fs;
	unsigned long i;

	if (!page)
		return -ENOMEM;
	for (i = 0; i < nr; i++) {
		if (copy_from_user(p, vec[i].iov_base, vec[i].iov_len))
			goto out;
		p += vec[i].iov_len;
	}
	old_fs = get_fs();
	set_fs(KERNEL_DS);
	ret = vfs_write(file, page, total, pos);
	set_fs(old_fs);
out:
	free_page((unsigned long)page);
	return ret;
}

static ssize_t do_readv_writev(struct file *file, bool write, const struct iovec __user *uvec,
			       unsigned long nr, loff_t *pos)
{
	struct iovec fast[FAST_IOV];
	struct iovec *vec;
	size_t total;
	ssize_t ret;

	if (!(file->f_mode & (write ? FMODE_WRITE : FMODE_READ)))
		return -EBADF;
	vec = import_iovec(uvec, nr, fast, &total);
	if (IS_ERR(vec))
		return PTR_ERR(vec);
	if (write && nr > 1 && total && total <= PIPE_BUF &&
	    S_ISFIFO(file->f_dentry->d_inode->i_mode))
		ret = write_gathered(file, vec, nr, total, pos);
	else
		ret = do_pieces(file, write, vec, nr, pos);
	if (vec != fast)
		kfree(vec);
	return ret;
}

static long vector_call(unsigned int fd, bool write, const struct iovec __user *vec,
			unsigned long nr, loff_t *pos)
{
	struct file *file = fget(fd);
	long ret = -ESPIPE;

	if (!file)
		return -EBADF;
	if (!pos)
		ret = do_readv_writev(file, write, vec, nr, &file->f_pos);
	else if (file->f_mode & FMODE_PREAD)
		ret = do_readv_writev(file, write, vec, nr, pos);
	fput(file);
	return ret;
}

long sys_readv(unsigned int fd, const struct iovec __user *vec, unsigned long nr)
{
	return vector_call(fd, false, vec, nr, NULL);
}

long sys_writev(unsigned int fd, const struct iovec __user *vec, unsigned long nr)
{
	return vector_call(fd, true, vec, nr, NULL);
}

long sys_preadv(unsigned int fd, const struct iovec __user *vec, unsigned long nr,
		unsigned long pos_low, unsigned long pos_high)
{
	loff_t pos = ((u64)pos_high << 32) | pos_low;

	return pos < 0 ? -EINVAL : vector_call(fd, false, vec, nr, &pos);
}

long sys_pwritev(unsigned int fd, const struct iovec __user *vec, unsigned long nr,
		 unsigned long pos_low, unsigned long pos_high)
{
	loff_t pos = ((u64)pos_high << 32) | pos_low;

	return pos < 0 ? -EINVAL : vector_call(fd, true, vec, nr, &pos);
}

/* ---- sendfile ---- */

/* A page at a time through a kernel buffer. `*pos`: of the input. */
static ssize_t copy_file(struct file *out, struct file *in, loff_t *pos, size_t count)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	mm_segment_t old_fs = get_fs();
	ssize_t done = 0, got = 0, put;

	if (!page)
		return -ENOMEM;
	while (count) {
		set_fs(KERNEL_DS);
		got = vfs_read(in, page, min_t(size_t, count, PAGE_SIZE), pos);
		put = got > 0 ? vfs_write(out, page, got, &out->f_pos) : got;
		set_fs(old_fs);
		if (put > 0)
			done += put;
		if (put < got)
			*pos -= got - max_t(ssize_t, put, 0);	/* what was read in vain */
		if (put <= 0 || put < got) {
			got = put;
			break;
		}
		count -= put;
		if (signal_pending(current)) {
			got = -EINTR;
			break;
		}
		cond_resched();
	}
	free_page((unsigned long)page);
	return done ? done : got;
}

/* `pos` NULL: the input's own position is used and moved. */
static ssize_t do_sendfile(unsigned int out_fd, unsigned int in_fd, loff_t *pos, size_t count)
{
	struct file *in = fget(in_fd), *out;
	ssize_t ret = -EBADF;

	if (!in)
		return -EBADF;
	out = fget(out_fd);
	if (!out)
		goto out_in;
	if (!(in->f_mode & FMODE_READ) || !(out->f_mode & FMODE_WRITE))
		goto out;
	ret = -EINVAL;
	if (!S_ISREG(in->f_dentry->d_inode->i_mode) && !S_ISBLK(in->f_dentry->d_inode->i_mode))
		goto out;
	if ((out->f_flags & O_APPEND) || !in->f_op->read || !out->f_op->write)
		goto out;
	if (pos && *pos < 0)
		goto out;
	ret = copy_file(out, in, pos ? pos : &in->f_pos, min_t(size_t, count, LONG_MAX));
out:
	fput(out);
out_in:
	fput(in);
	return ret;
}

long sys_sendfile(unsigned int out, unsigned int in, long __user *offset, size_t count)
{
	long off = 0;
	loff_t pos;
	ssize_t ret;

	if (!offset)
		return do_sendfile(out, in, NULL, count);
	if (get_user(off, offset))
		return -EFAULT;
	pos = off;
	ret = do_sendfile(out, in, &pos, count);
	if (ret >= 0 && put_user((long)pos, offset))
		return -EFAULT;
	return ret;
}

long sys_sendfile64(unsigned int out, unsigned int in, loff_t __user *offset, size_t count)
{
	loff_t pos;
	ssize_t ret;

	if (!offset)
		return do_sendfile(out, in, NULL, count);
	if (copy_from_user(&pos, offset, sizeof(pos)))
		return -EFAULT;
	ret = do_sendfile(out, in, &pos, count);
	if (ret >= 0 && copy_to_user(offset, &pos, sizeof(pos)))
		return -EFAULT;
	return ret;
}
