/*
 * statfs(2) and its 64-bit form: what a file system holds and how much of it is free.
 * The file system fills the wide structure; the narrow one is made from it.
 */
#include <linux/fs.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <uapi/linux/statfs.h>
#include <asm/uaccess.h>

#define ST_VALID	0x20		/* f_flags is meant */

static int vfs_statfs(struct super_block *sb, struct statfs64 *buf)
{
	int err;

	if (!sb->s_op->statfs)
		return -ENOSYS;
	memset(buf, 0, sizeof(*buf));
	err = sb->s_op->statfs(sb, buf);
	if (!buf->f_frsize)
		buf->f_frsize = buf->f_bsize;
	if (!buf->f_fsid[0])
		buf->f_fsid[0] = sb->s_dev;
	buf->f_flags = ST_VALID | (sb->s_flags & (MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC |
						  MS_SYNCHRONOUS | MS_NOATIME | MS_NODIRATIME));
	return err;
}

static int narrow(const struct statfs64 *wide, struct statfs *buf)
{
	if ((wide->f_blocks | wide->f_bfree | wide->f_bavail | wide->f_files | wide->f_ffree) >>
	    32)
		return -EOVERFLOW;
	memset(buf, 0, sizeof(*buf));
	buf->f_type = wide->f_type;
	buf->f_bsize = wide->f_bsize;
	buf->f_blocks = wide->f_blocks;
	buf->f_bfree = wide->f_bfree;
	buf->f_bavail = wide->f_bavail;
	buf->f_files = wide->f_files;
	buf->f_ffree = wide->f_ffree;
	buf->f_fsid[0] = wide->f_fsid[0];
	buf->f_fsid[1] = wide->f_fsid[1];
	buf->f_namelen = wide->f_namelen;
	buf->f_frsize = wide->f_frsize;
	buf->f_flags = wide->f_flags;
	return 0;
}

static long put_statfs(struct super_block *sb, struct statfs __user *user)
{
	struct statfs64 wide;
	struct statfs buf;
	long err = vfs_statfs(sb, &wide);

	if (!err)
		err = narrow(&wide, &buf);
	if (!err && copy_to_user(user, &buf, sizeof(buf)))
		err = -EFAULT;
	return err;
}

/* ARM programs built for the old ABI pass 88 bytes: the structure with padding behind it. */
static long put_statfs64(struct super_block *sb, size_t size, struct statfs64 __user *user)
{
	struct statfs64 buf;
	long err;

	if (size != sizeof(buf) && size != ALIGN(sizeof(buf), 8))
		return -EINVAL;
	err = vfs_statfs(sb, &buf);
	if (!err && copy_to_user(user, &buf, sizeof(buf)))
		err = -EFAULT;
	return err;
}

long sys_statfs(const char __user *path, struct statfs __user *buf)
{
	struct dentry *dentry = namei(path);
	long err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = put_statfs(dentry->d_sb, buf);
	dput(dentry);
	return err;
}

long sys_fstatfs(unsigned int fd, struct statfs __user *buf)
{
	struct file *file = fget(fd);
	long err;

	if (!file)
		return -EBADF;
	err = put_statfs(file->f_dentry->d_sb, buf);
	fput(file);
	return err;
}

long sys_statfs64(const char __user *path, size_t size, struct statfs64 __user *buf)
{
	struct dentry *dentry = namei(path);
	long err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = put_statfs64(dentry->d_sb, size, buf);
	dput(dentry);
	return err;
}

long sys_fstatfs64(unsigned int fd, size_t size, struct statfs64 __user *buf)
{
	struct file *file = fget(fd);
	long err;

	if (!file)
		return -EBADF;
	err = put_statfs64(file->f_dentry->d_sb, size, buf);
	fput(file);
	return err;
}
