/*
 * Reading directories. A file system's readdir() hands each entry to a filldir function; here are
 * three of them, one for each layout programs know: a single entry (0.12 had none of this and
 * let programs read() the directory), getdents, getdents64.
 */
#include <linux/fs.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

int vfs_readdir(struct file *file, void *buf, filldir_t filldir)
{
	struct inode *inode = file->f_dentry->d_inode;
	int err = -ENOENT;

	if (!file->f_op->readdir)
		return file->f_flags & O_PATH ? -EBADF : -ENOTDIR;
	mutex_lock(&inode->i_mutex);
	if (inode->i_nlink)		/* else it was removed */
		err = file->f_op->readdir(file, buf, filldir);
	mutex_unlock(&inode->i_mutex);
	if (!err)
		touch_atime(file->f_dentry);
	return err;
}

/* ---- getdents and getdents64 ---- */

/*
 * An entry's d_off is the position behind it, known only when the next one comes: hence
 * `previous`.
 */
struct getdents_buf {
	char __user *current_dir;
	void __user *previous;
	size_t left;			/* bytes */
	int error;
};

static int filldir(void *arg, const char *name, int len, loff_t pos, u64 ino, unsigned int type)
{
	struct getdents_buf *buf = arg;
	struct linux_dirent __user *dirent = (struct linux_dirent __user *)buf->current_dir;
	struct linux_dirent __user *previous = buf->previous;
	size_t reclen = ALIGN(offsetof(struct linux_dirent, d_name) + len + 2, sizeof(long));

	buf->error = -EINVAL;		/* if not even one fits */
	if (reclen > buf->left)
		return -EINVAL;
	if (previous && put_user((long)pos, &previous->d_off))
		goto fault;
	if (put_user((unsigned long)ino, &dirent->d_ino) ||
	    put_user((unsigned short)reclen, &dirent->d_reclen) ||
	    copy_to_user(dirent->d_name, name, len) ||
	    put_user((char)0, dirent->d_name + len) ||
	    put_user((char)type, (char __user *)dirent + reclen - 1))
		goto fault;
	buf->previous = dirent;
	buf->current_dir += reclen;
	buf->left -= reclen;
	return 0;
fault:
	buf->error = -EFAULT;
	return -EFAULT;
}

static int filldir64(void *arg, const char *name, int len, loff_t pos, u64 ino,
		     unsigned int type)
{
	struct getdents_buf *buf = arg;
	struct linux_dirent64 __user *dirent = (struct linux_dirent64 __user *)buf->current_dir;
	struct linux_dirent64 __user *previous = buf->previous;
	size_t reclen = ALIGN(offsetof(struct linux_dirent64, d_name) + len + 1, sizeof(u64));
	struct linux_dirent64 head = { .d_ino = ino, .d_reclen = reclen, .d_type = type };

	buf->error = -EINVAL;
	if (reclen > buf->left)
		return -EINVAL;
	if (previous && copy_to_user(&previous->d_off, &pos, sizeof(pos)))
		goto fault;
	if (copy_to_user(dirent, &head, offsetof(struct linux_dirent64, d_name)) ||
	    copy_to_user(dirent->d_name, name, len) ||
	    put_user((char)0, dirent->d_name + len))
		goto fault;
	buf->previous = dirent;
	buf->current_dir += reclen;
	buf->left -= reclen;
	return 0;
fault:
	buf->error = -EFAULT;
	return -EFAULT;
}

static long do_getdents(unsigned int fd, char __user *dirent, unsigned int count,
			filldir_t fill, struct getdents_buf *buf, struct file **filep)
{
	struct file *file = fget(fd);
	long err;

	if (!file)
		return -EBADF;
	buf->current_dir = dirent;
	buf->previous = NULL;
	buf->left = min_t(unsigned int, count, INT_MAX);
	buf->error = 0;
	err = vfs_readdir(file, buf, fill);
	if (err < 0) {
		fput(file);
		return err;
	}
	*filep = file;
	return buf->previous ? (long)(buf->current_dir - dirent) : buf->error;
}

long sys_getdents(unsigned int fd, struct linux_dirent __user *dirent, unsigned int count)
{
	struct getdents_buf buf;
	struct file *file = NULL;
	long ret = do_getdents(fd, (char __user *)dirent, count, filldir, &buf, &file);

	if (!file)
		return ret;
	if (buf.previous &&
	    put_user((long)file->f_pos, &((struct linux_dirent __user *)buf.previous)->d_off))
		ret = -EFAULT;
	fput(file);
	return ret;
}

long sys_getdents64(unsigned int fd, struct linux_dirent64 __user *dirent, unsigned int count)
{
	struct getdents_buf buf;
	struct file *file = NULL;
	long ret = do_getdents(fd, (char __user *)dirent, count, filldir64, &buf, &file);
	loff_t pos;

	if (!file)
		return ret;
	pos = file->f_pos;
	if (buf.previous &&
	    copy_to_user(&((struct linux_dirent64 __user *)buf.previous)->d_off, &pos,
			 sizeof(pos)))
		ret = -EFAULT;
	fput(file);
	return ret;
}

/* ---- the single entry of the oldest C libraries ---- */

struct old_dirent {
	unsigned long d_ino;
	unsigned long d_offset;
	unsigned short d_namlen;
	char d_name[];
};

struct old_readdir_buf {
	struct old_dirent __user *dirent;
	int result;			/* 1: filled; 0: end; -ERRNO */
};

static int fill_one(void *arg, const char *name, int len, loff_t pos, u64 ino,
		    unsigned int type __unused)
{
	struct old_readdir_buf *buf = arg;
	struct old_dirent __user *dirent = buf->dirent;

	if (buf->result)
		return -EINVAL;		/* one only */
	buf->result = 1;
	if (put_user((unsigned long)ino, &dirent->d_ino) ||
	    put_user((unsigned long)pos, &dirent->d_offset) ||
	    put_user((unsigned short)len, &dirent->d_namlen) ||
	    copy_to_user(dirent->d_name, name, len) ||
	    put_user((char)0, dirent->d_name + len))
		buf->result = -EFAULT;
	return 0;
}

long sys_old_readdir(unsigned int fd, void __user *dirent, unsigned int count __unused)
{
	struct old_readdir_buf buf = { dirent, 0 };
	struct file *file = fget(fd);
	int err;

	if (!file)
		return -EBADF;
	err = vfs_readdir(file, &buf, fill_one);
	fput(file);
	return err < 0 ? err : buf.result;
}
