/*
 * Calls on files as they were in 1992: 20 descriptors, other error numbers, a short struct stat,
 * and directories that are read like files.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uid16.h>
#include <asm/uaccess.h>
#include "v012.h"

/* ---- descriptors: there are 20, and to have none left is EINVAL ---- */

/* The numbers that are free, from `start` on, as bits. Asked for before anything is done. */
static unsigned long free_fds(unsigned int start)
{
	return ~current->files->open_fds[0] & ((1UL << V012_NR_OPEN) - (1UL << start));
}

long sys_v012_open(const char __user *path, int flags, mode_t mode)
{
	long fd = free_fds(0) ? sys_open(path, flags, mode) : -EINVAL;

	return fd == -EMFILE || fd == -ENFILE ? -EINVAL : fd;
}

long sys_v012_creat(const char __user *path, mode_t mode)
{
	return sys_v012_open(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

/* EPERM: there are no two numbers left. */
long sys_v012_pipe(int __user *fds)
{
	unsigned long left = free_fds(0);

	return left & (left - 1) ? sys_pipe(fds) : -EPERM;
}

/* EINVAL: no such descriptor. */
long sys_v012_close(unsigned int fd)
{
	long ret = sys_close(fd);

	return ret == -EBADF ? -EINVAL : ret;
}

/* F_DUPFD to F_SETFL; locks were to come: EPERM. */
long sys_v012_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	long ret = sys_fcntl(fd, F_GETFD, 0);

	if (ret < 0)
		return ret;
	if (cmd >= F_GETLK && cmd <= F_SETLKW)
		return -EPERM;
	if (cmd > F_SETFL || (cmd == F_DUPFD && arg >= V012_NR_OPEN))
		return -EINVAL;
	if (cmd == F_DUPFD && !free_fds(arg))
		return -EMFILE;
	return sys_fcntl(fd, cmd, arg);
}

long sys_v012_dup(unsigned int fd)
{
	return sys_v012_fcntl(fd, F_DUPFD, 0);
}

long sys_v012_dup2(unsigned int fd, unsigned int to)
{
	return to >= V012_NR_OPEN ? -EINVAL : sys_dup2(fd, to);
}

/* ---- data ---- */

/* EINVAL: no such descriptor. */
long sys_v012_read(unsigned int fd, char __user *buf, size_t count)
{
	struct file *file = fget(fd);
	ssize_t ret = -EINVAL;

	if (!file)
		return -EINVAL;
	if (!(file->f_mode & FMODE_READ))
		goto out;
	if (S_ISDIR(file->f_dentry->d_inode->i_mode))
		ret = v012_read_dir(file, buf, count);
	else
		ret = vfs_read(file, buf, count, &file->f_pos);
out:
	fput(file);
	return ret;
}

long sys_v012_write(unsigned int fd, const char __user *buf, size_t count)
{
	long ret = sys_write(fd, buf, count);

	return ret == -EBADF ? -EINVAL : ret;
}

/* Where `whence` counts from, or -EINVAL. */
static loff_t seek_base(struct file *file, int whence)
{
	struct inode *inode = file->f_dentry->d_inode;

	if (whence == SEEK_SET)
		return 0;
	if (whence == SEEK_CUR)
		return file->f_pos;
	if (whence != SEEK_END)
		return -EINVAL;
	return S_ISDIR(inode->i_mode) ? v012_dir_size(file->f_dentry) : inode->i_size;
}

/* Every file has a position but a pipe: what counted was where its inode was. */
long sys_v012_lseek(unsigned int fd, long offset, int whence)
{
	struct file *file = fget(fd);
	loff_t base, pos = -EINVAL;

	if (!file)
		return -EBADF;
	if (S_ISFIFO(file->f_dentry->d_inode->i_mode)) {
		pos = -ESPIPE;
		goto out;
	}
	base = seek_base(file, whence);
	if (base < 0) {
		pos = base;
	} else if (base + offset >= 0 && base + offset <= LONG_MAX) {
		pos = base + offset;
		file->f_pos = pos;
	}
out:
	fput(file);
	return (long)pos;
}

/* EACCES: there is no such file. */
long sys_v012_access(const char __user *path, int mode)
{
	long ret = sys_access(path, mode);

	return ret == -ENOENT ? -EACCES : ret;
}

/* EPERM: it is a directory. */
long sys_v012_unlink(const char __user *path)
{
	long ret = sys_unlink(path);

	return ret == -EISDIR ? -EPERM : ret;
}

/* ---- stat ---- */

struct v012_stat {
	u16 st_dev, st_ino, st_mode;
	u8 st_nlink;
	u16 st_uid, st_gid, st_rdev;
	s32 st_size, st_atime, st_mtime, st_ctime;
};

static long put_stat(struct dentry *dentry, struct v012_stat __user *buf)
{
	struct inode *inode = dentry->d_inode;
	struct v012_stat st;
	long size = (long)inode->i_size;
	int err = vfs_getattr(inode);

	if (err)
		return err;
	if (inode->i_size > LONG_MAX)
		return -EOVERFLOW;
	if (S_ISDIR(inode->i_mode))
		size = v012_dir_size(dentry);
	if (size < 0)
		return size;
	memset(&st, 0, sizeof(st));
	st.st_dev = (u16)inode->i_dev;
	st.st_ino = v012_ino(inode->i_ino);
	st.st_mode = inode->i_mode;
	st.st_nlink = min(inode->i_nlink, 255u);
	st.st_uid = high2lowid(inode->i_uid);
	st.st_gid = high2lowid(inode->i_gid);
	st.st_rdev = (u16)inode->i_rdev;
	st.st_size = size;
	st.st_atime = inode->i_atime;
	st.st_mtime = inode->i_mtime;
	st.st_ctime = inode->i_ctime;
	return copy_to_user(buf, &st, sizeof(st)) ? -EFAULT : 0;
}

static long stat_path(const char __user *path, unsigned int lookup, struct v012_stat __user *buf)
{
	struct dentry *dentry = namei_at(AT_FDCWD, path, lookup);
	long ret;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	ret = put_stat(dentry, buf);
	dput(dentry);
	return ret;
}

long sys_v012_stat(const char __user *path, struct v012_stat __user *buf)
{
	return stat_path(path, LOOKUP_FOLLOW, buf);
}

long sys_v012_lstat(const char __user *path, struct v012_stat __user *buf)
{
	return stat_path(path, 0, buf);
}

long sys_v012_fstat(unsigned int fd, struct v012_stat __user *buf)
{
	struct file *file = fget(fd);
	long ret;

	if (!file)
		return -EBADF;
	ret = put_stat(file->f_dentry, buf);
	fput(file);
	return ret;
}

/* ---- select and ioctl ---- */

/* A set is one word, and no descriptor is above it. */
long sys_v012_select(void __user *args)
{
	return select_by_block(args, 32);
}

/* What terminals understood then. */
static const u16 tty_requests[] = {
	TCGETS, TCSETS, TCSETSW, TCSETSF, TCGETA, TCSETA, TCSETAW, TCSETAF, TCSBRK, TCXONC, TCFLSH,
	TIOCGPGRP, TIOCSPGRP, TIOCOUTQ, FIONREAD,
};

static bool tty_understands(unsigned int cmd)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(tty_requests); i++) {
		if (cmd == tty_requests[i])
			return true;
	}
	return false;
}

/* What has no ioctl() of its own says so; a file, and a terminal to what came later, EINVAL. */
long sys_v012_ioctl(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct file *file = fget(fd);
	struct inode *inode;
	mode_t mode;
	bool deaf;
	long ret;

	if (!file)
		return -EBADF;
	inode = file->f_dentry->d_inode;
	mode = inode->i_mode;
	deaf = S_ISBLK(mode) || (S_ISCHR(mode) && MAJOR(inode->i_rdev) == MEM_MAJOR);
	fput(file);
	if (deaf)
		return -ENOTTY;
	if (S_ISREG(mode) || S_ISDIR(mode) || !tty_understands(cmd))
		return -EINVAL;
	ret = sys_ioctl(fd, cmd, arg);
	return S_ISFIFO(mode) && ret == -ENOTTY ? -EINVAL : ret;
}
