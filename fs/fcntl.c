/*
 * fcntl(2): duplicate numbers, flags of numbers and of open files, record locks (locks.c), the
 * signals of O_ASYNC (fasync.c), pipes' sizes.
 */
#include <linux/fs.h>
#include <linux/locks.h>
#include <linux/pipe_fs.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

/* What F_SETFL may change. */
#define SETFL_MASK	(O_APPEND | O_NONBLOCK | O_DIRECT | O_NOATIME)

static long set_flags(unsigned int fd, struct file *file, unsigned long flags)
{
	int err;

	if ((flags & O_NOATIME) && !(file->f_flags & O_NOATIME) && !capable_root() &&
	    current->fsuid != file->f_dentry->d_inode->i_uid)
		return -EPERM;
	if ((flags ^ file->f_flags) & O_ASYNC) {
		err = file_set_async(fd, file, flags & O_ASYNC);
		if (err)
			return err;
	}
	file->f_flags = (file->f_flags & ~SETFL_MASK) | (flags & SETFL_MASK);
	return 0;
}

/* Another thread may have closed the number while we waited: its lock must not outlive it. */
static long lock_or_closed(unsigned int fd, struct file *file, long ret)
{
	struct files_struct *files = current->files;

	if (!ret && (fd >= files->max_fds || files->fd[fd] != file))
		locks_remove_posix(file, files);
	return ret;
}

static long do_fcntl(unsigned int fd, struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		return dupfd(fd, arg, cmd == F_DUPFD_CLOEXEC);
	case F_GETFD:
		return get_close_on_exec(fd) ? FD_CLOEXEC : 0;
	case F_SETFD:
		set_close_on_exec(fd, arg & FD_CLOEXEC);
		return 0;
	case F_GETFL:
		return file->f_flags;
	}
	if (file->f_flags & O_PATH)
		return -EBADF;
	switch (cmd) {
	case F_SETFL:
		return set_flags(fd, file, arg);
	case F_GETLK:
		return fcntl_getlk(file, (struct flock __user *)arg);
	case F_SETLK:
	case F_SETLKW:
		return lock_or_closed(
			fd, file, fcntl_setlk(file, cmd == F_SETLKW, (struct flock __user *)arg));
	case F_SETOWN:
	case F_GETOWN:
	case F_SETOWN_EX:
	case F_GETOWN_EX:
	case F_SETSIG:
	case F_GETSIG:
		return fcntl_owner(file, cmd, arg);
	case F_SETPIPE_SZ:
		if (!S_ISFIFO(file->f_dentry->d_inode->i_mode))
			return -EBADF;
		return arg <= PIPE_SIZE ? PIPE_SIZE : -EPERM;
	case F_GETPIPE_SZ:
		if (!S_ISFIFO(file->f_dentry->d_inode->i_mode))
			return -EBADF;
		return PIPE_SIZE;
	}
	return -EINVAL;
}

long sys_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct file *file = fget(fd);
	long ret;

	if (!file)
		return -EBADF;
	ret = do_fcntl(fd, file, cmd, arg);
	fput(file);
	return ret;
}

/* The same, and locks with 64-bit offsets. */
long sys_fcntl64(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct file *file;
	long ret;

	if (cmd != F_GETLK64 && cmd != F_SETLK64 && cmd != F_SETLKW64)
		return sys_fcntl(fd, cmd, arg);
	file = fget(fd);
	if (!file)
		return -EBADF;
	if (file->f_flags & O_PATH)
		ret = -EBADF;
	else if (cmd == F_GETLK64)
		ret = fcntl_getlk64(file, (struct flock64 __user *)arg);
	else
		ret = lock_or_closed(
			fd, file,
			fcntl_setlk64(file, cmd == F_SETLKW64, (struct flock64 __user *)arg));
	fput(file);
	return ret;
}
