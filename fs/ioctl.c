/*
 * ioctl(2): the requests that mean the same for every open file, then the driver's own.
 */
#include <linux/fs.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

static long set_file_flag(struct file *file, unsigned int flag, int __user *arg)
{
	int on;

	if (get_user(on, arg))
		return -EFAULT;
	if (on)
		file->f_flags |= flag;
	else
		file->f_flags &= ~flag;
	return 0;
}

static long set_async(unsigned int fd, struct file *file, int __user *arg)
{
	int on;

	if (get_user(on, arg))
		return -EFAULT;
	if (!file->f_op->fasync)
		return -ENOTTY;
	return file_set_async(fd, file, on);
}

static long regular_file_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	loff_t left = file->f_dentry->d_inode->i_size - file->f_pos;

	if (cmd != FIONREAD)
		return -ENOTTY;
	return put_user((int)max_t(loff_t, min_t(loff_t, left, INT_MAX), 0), (int __user *)arg);
}

static long do_ioctl(unsigned int fd, struct file *file, unsigned int cmd, unsigned long arg)
{
	struct inode *inode = file->f_dentry->d_inode;
	long ret = -ENOTTY;

	if (file->f_flags & O_PATH)
		return -EBADF;
	switch (cmd) {
	case FIOCLEX:
	case FIONCLEX:
		set_close_on_exec(fd, cmd == FIOCLEX);
		return 0;
	case FIONBIO:
		return set_file_flag(file, O_NONBLOCK, (int __user *)arg);
	case FIOASYNC:
		return set_async(fd, file, (int __user *)arg);
	}
	if (file->f_op->ioctl)
		ret = file->f_op->ioctl(inode, file, cmd, arg);
	else if (S_ISREG(inode->i_mode))
		ret = regular_file_ioctl(file, cmd, arg);
	return ret == -ENOIOCTLCMD ? -ENOTTY : ret;
}

long sys_ioctl(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct file *file = fget(fd);
	long ret;

	if (!file)
		return -EBADF;
	ret = do_ioctl(fd, file, cmd, arg);
	fput(file);
	return ret;
}
