/*
 * stat(2) in its layouts, and readlink(2).
 *
 * struct stat has 16-bit owners and 32-bit sizes, stat64 the full ones, statx is the same on every
 * machine; all are filled from the inode in one go.
 */
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uid16.h>
#include <asm/uaccess.h>

int vfs_getattr(struct inode *inode)
{
	return inode->i_op->getattr ? inode->i_op->getattr(inode) : 0;
}

static int fill_stat(struct inode *inode, struct stat __user *buf)
{
	struct stat st;

	if (inode->i_size > LONG_MAX)
		return -EOVERFLOW;
	memset(&st, 0, sizeof(st));
	st.st_dev = inode->i_dev;
	st.st_ino = inode->i_ino;
	st.st_mode = inode->i_mode;
	st.st_nlink = inode->i_nlink;
	st.st_uid = high2lowid(inode->i_uid);
	st.st_gid = high2lowid(inode->i_gid);
	st.st_rdev = inode->i_rdev;
	st.st_size = inode->i_size;
	st.st_blksize = inode->i_blksize;
	st.st_blocks = inode->i_blocks;
	st.st_atime = inode->i_atime;
	st.st_mtime = inode->i_mtime;
	st.st_ctime = inode->i_ctime;
	return copy_to_user(buf, &st, sizeof(st)) ? -EFAULT : 0;
}

static int fill_stat64(struct inode *inode, struct stat64 __user *buf)
{
	struct stat64 st;

	memset(&st, 0, sizeof(st));
	st.st_dev = inode->i_dev;
	st.__st_ino = inode->i_ino;
	st.st_ino = inode->i_ino;
	st.st_mode = inode->i_mode;
	st.st_nlink = inode->i_nlink;
	st.st_uid = inode->i_uid;
	st.st_gid = inode->i_gid;
	st.st_rdev = inode->i_rdev;
	st.st_size = inode->i_size;
	st.st_blksize = inode->i_blksize;
	st.st_blocks = inode->i_blocks;
	st.st_atime = inode->i_atime;
	st.st_mtime = inode->i_mtime;
	st.st_ctime = inode->i_ctime;
	return copy_to_user(buf, &st, sizeof(st)) ? -EFAULT : 0;
}

static int fill_statx(struct inode *inode, struct statx __user *buf)
{
	struct statx st;

	memset(&st, 0, sizeof(st));
	st.stx_mask = STATX_BASIC_STATS;
	st.stx_blksize = inode->i_blksize;
	st.stx_nlink = inode->i_nlink;
	st.stx_uid = inode->i_uid;
	st.stx_gid = inode->i_gid;
	st.stx_mode = inode->i_mode;
	st.stx_ino = inode->i_ino;
	st.stx_size = inode->i_size;
	st.stx_blocks = inode->i_blocks;
	st.stx_atime.tv_sec = inode->i_atime;
	st.stx_ctime.tv_sec = inode->i_ctime;
	st.stx_mtime.tv_sec = inode->i_mtime;
	st.stx_rdev_major = MAJOR(inode->i_rdev);
	st.stx_rdev_minor = MINOR(inode->i_rdev);
	st.stx_dev_major = MAJOR(inode->i_dev);
	st.stx_dev_minor = MINOR(inode->i_dev);
	return copy_to_user(buf, &st, sizeof(st)) ? -EFAULT : 0;
}

enum stat_type { STAT, STAT64, STATX };

static int stat_inode(struct inode *inode, void __user *buf, enum stat_type type)
{
	int err = vfs_getattr(inode);

	if (err)
		return err;
	if (type == STAT)
		return fill_stat(inode, buf);
	if (type == STAT64)
		return fill_stat64(inode, buf);
	return fill_statx(inode, buf);
}

static long stat_path(int dfd, const char __user *path, unsigned int lookup, void __user *buf,
		      enum stat_type type)
{
	struct dentry *dentry = namei_at(dfd, path, lookup);
	long err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = stat_inode(dentry->d_inode, buf, type);
	dput(dentry);
	return err;
}

static long stat_fd(unsigned int fd, void __user *buf, enum stat_type type)
{
	struct file *file = fget(fd);
	long err;

	if (!file)
		return -EBADF;
	err = stat_inode(file->f_dentry->d_inode, buf, type);
	fput(file);
	return err;
}

long sys_stat(const char __user *path, struct stat __user *buf)
{
	return stat_path(AT_FDCWD, path, LOOKUP_FOLLOW, buf, STAT);
}

long sys_lstat(const char __user *path, struct stat __user *buf)
{
	return stat_path(AT_FDCWD, path, 0, buf, STAT);
}

long sys_fstat(unsigned int fd, struct stat __user *buf)
{
	return stat_fd(fd, buf, STAT);
}

long sys_stat64(const char __user *path, struct stat64 __user *buf)
{
	return stat_path(AT_FDCWD, path, LOOKUP_FOLLOW, buf, STAT64);
}

long sys_lstat64(const char __user *path, struct stat64 __user *buf)
{
	return stat_path(AT_FDCWD, path, 0, buf, STAT64);
}

long sys_fstat64(unsigned int fd, struct stat64 __user *buf)
{
	return stat_fd(fd, buf, STAT64);
}

#define AT_STATX_SYNC_TYPE	0x6000	/* how fresh: always the freshest here */
#define AT_STAT_FLAGS	(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH)

static unsigned int stat_lookup_flags(int flags)
{
	unsigned int lookup = flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW;

	return flags & AT_EMPTY_PATH ? lookup | LOOKUP_EMPTY : lookup;
}

long sys_fstatat64(int dfd, const char __user *path, struct stat64 __user *buf, int flags)
{
	if (flags & ~AT_STAT_FLAGS)
		return -EINVAL;
	return stat_path(dfd, path, stat_lookup_flags(flags), buf, STAT64);
}

long sys_statx(int dfd, const char __user *path, int flags, unsigned int mask,
	       struct statx __user *buf)
{
	if ((flags & ~(AT_STAT_FLAGS | AT_STATX_SYNC_TYPE)) || (mask & 0x80000000U))
		return -EINVAL;
	return stat_path(dfd, path, stat_lookup_flags(flags), buf, STATX);
}

/* ---- readlink ---- */

static long do_readlink(struct dentry *dentry, char __user *buf, int size)
{
	struct inode *inode = dentry->d_inode;
	char *page;
	long len;

	if (!S_ISLNK(inode->i_mode) || !inode->i_op->readlink)
		return -EINVAL;
	page = (char *)__get_free_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	len = inode->i_op->readlink(dentry, page, min_t(int, size, PAGE_SIZE));
	if (len > 0) {
		touch_atime(dentry);
		if (copy_to_user(buf, page, len))
			len = -EFAULT;
	}
	free_page((unsigned long)page);
	return len;
}

long sys_readlinkat(int dfd, const char __user *path, char __user *buf, int size)
{
	struct dentry *dentry;
	long ret;

	if (size <= 0)
		return -EINVAL;
	dentry = namei_at(dfd, path, LOOKUP_EMPTY);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	ret = do_readlink(dentry, buf, size);
	dput(dentry);
	return ret;
}

long sys_readlink(const char __user *path, char __user *buf, int size)
{
	struct dentry *dentry;
	long ret;

	if (size <= 0)
		return -EINVAL;
	dentry = lnamei(path);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	ret = do_readlink(dentry, buf, size);
	dput(dentry);
	return ret;
}
