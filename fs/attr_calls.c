/*
 * truncate, chmod, chown, utime: the system calls above notify_change(). Each comes in up to
 * four forms: by path, by path without following a link, by number, and relative to a directory.
 * The oldest chown has 16-bit ids, where 65535 means "leave it".
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/uid16.h>
#include <asm/uaccess.h>

static long change_dentry(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = dentry->d_inode;
	long err;

	mutex_lock(&inode->i_mutex);
	err = notify_change(dentry, attr);
	mutex_unlock(&inode->i_mutex);
	return err;
}

static long change_path(int dfd, const char __user *path, unsigned int lookup,
			struct iattr *attr)
{
	struct dentry *dentry = namei_at(dfd, path, lookup);
	long err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = change_dentry(dentry, attr);
	dput(dentry);
	return err;
}

static long change_fd(unsigned int fd, struct iattr *attr)
{
	struct file *file = fget(fd);
	long err;

	if (!file)
		return -EBADF;
	err = file->f_flags & O_PATH ? -EBADF : change_dentry(file->f_dentry, attr);
	fput(file);
	return err;
}

/* ---- size ---- */

static long truncate_dentry(struct dentry *dentry, loff_t length)
{
	struct inode *inode = dentry->d_inode;
	long err;

	if (S_ISDIR(inode->i_mode))
		return -EISDIR;
	if (!S_ISREG(inode->i_mode))
		return -EINVAL;
	err = inode_permission(inode, MAY_WRITE);
	if (!err)
		err = get_write_access(inode);
	if (err)
		return err;
	err = do_truncate(dentry, length);
	put_write_access(inode);
	return err;
}

long sys_truncate64(const char __user *path, loff_t length)
{
	struct dentry *dentry;
	long err;

	if (length < 0)
		return -EINVAL;
	dentry = namei(path);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = truncate_dentry(dentry, length);
	dput(dentry);
	return err;
}

long sys_truncate(const char __user *path, long length)
{
	return sys_truncate64(path, length);
}

long sys_ftruncate64(unsigned int fd, loff_t length)
{
	struct file *file;
	long err = -EINVAL;

	if (length < 0)
		return -EINVAL;
	file = fget(fd);
	if (!file)
		return -EBADF;
	if (S_ISREG(file->f_dentry->d_inode->i_mode) && (file->f_mode & FMODE_WRITE))
		err = do_truncate(file->f_dentry, length);
	fput(file);
	return err;
}

long sys_ftruncate(unsigned int fd, long length)
{
	return sys_ftruncate64(fd, length);
}

/* ---- mode ---- */

long sys_fchmodat(int dfd, const char __user *path, mode_t mode)
{
	struct iattr attr = { .ia_valid = ATTR_MODE, .ia_mode = mode & 07777 };

	return change_path(dfd, path, LOOKUP_FOLLOW, &attr);
}

long sys_chmod(const char __user *path, mode_t mode)
{
	return sys_fchmodat(AT_FDCWD, path, mode);
}

long sys_fchmod(unsigned int fd, mode_t mode)
{
	struct iattr attr = { .ia_valid = ATTR_MODE, .ia_mode = mode & 07777 };

	return change_fd(fd, &attr);
}

/* ---- owner ---- */

static struct iattr chown_attr(uid_t uid, gid_t gid)
{
	struct iattr attr = { .ia_uid = uid, .ia_gid = gid };

	if (uid != (uid_t)-1)
		attr.ia_valid |= ATTR_UID;
	if (gid != (gid_t)-1)
		attr.ia_valid |= ATTR_GID;
	return attr;
}

long sys_fchownat(int dfd, const char __user *path, uid_t uid, gid_t gid, int flags)
{
	struct iattr attr = chown_attr(uid, gid);
	unsigned int lookup = flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (flags & AT_EMPTY_PATH)
		lookup |= LOOKUP_EMPTY;
	return change_path(dfd, path, lookup, &attr);
}

long sys_chown(const char __user *path, uid_t uid, gid_t gid)
{
	return sys_fchownat(AT_FDCWD, path, uid, gid, 0);
}

long sys_lchown(const char __user *path, uid_t uid, gid_t gid)
{
	return sys_fchownat(AT_FDCWD, path, uid, gid, AT_SYMLINK_NOFOLLOW);
}

long sys_fchown(unsigned int fd, uid_t uid, gid_t gid)
{
	struct iattr attr = chown_attr(uid, gid);

	return change_fd(fd, &attr);
}

long sys_chown16(const char __user *path, u16 uid, u16 gid)
{
	return sys_chown(path, low2highid(uid), low2highid(gid));
}

long sys_lchown16(const char __user *path, u16 uid, u16 gid)
{
	return sys_lchown(path, low2highid(uid), low2highid(gid));
}

long sys_fchown16(unsigned int fd, u16 uid, u16 gid)
{
	return sys_fchown(fd, low2highid(uid), low2highid(gid));
}

/* ---- times ---- */

struct utimbuf {
	long actime;
	long modtime;
};

/* "Now" for both is allowed to whoever may write the file; a given time only to its owner. */
static long set_times(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = dentry->d_inode;
	bool given = attr->ia_valid & (ATTR_ATIME_SET | ATTR_MTIME_SET);
	bool both = (attr->ia_valid & ATTR_ATIME) && (attr->ia_valid & ATTR_MTIME);
	long err;

	if (!(attr->ia_valid & (ATTR_ATIME | ATTR_MTIME)))
		return 0;
	if (current->fsuid != 0 && current->fsuid != inode->i_uid) {
		if (given || !both)
			return -EPERM;
		err = inode_permission(inode, MAY_WRITE);
		if (err)
			return err;
	}
	return change_dentry(dentry, attr);
}

/* path NULL: dfd itself, as futimens() asks for it. */
static long do_utimes(int dfd, const char __user *path, unsigned int lookup, struct iattr *attr)
{
	struct dentry *dentry;
	struct file *file;
	long err;

	if (!path && dfd != AT_FDCWD) {
		file = fget(dfd);
		if (!file)
			return -EBADF;
		err = set_times(file->f_dentry, attr);
		fput(file);
		return err;
	}
	dentry = namei_at(dfd, path, lookup);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = set_times(dentry, attr);
	dput(dentry);
	return err;
}

static const struct iattr times_now = { .ia_valid = ATTR_ATIME | ATTR_MTIME };

static struct iattr times_given(time_t atime, time_t mtime)
{
	struct iattr attr = {
		.ia_valid = ATTR_ATIME | ATTR_MTIME | ATTR_ATIME_SET | ATTR_MTIME_SET,
		.ia_atime = atime,
		.ia_mtime = mtime,
	};
	return attr;
}

long sys_utime(const char __user *path, const struct utimbuf __user *times)
{
	struct iattr attr = times_now;
	struct utimbuf t;

	if (times) {
		if (copy_from_user(&t, times, sizeof(t)))
			return -EFAULT;
		attr = times_given(t.actime, t.modtime);
	}
	return do_utimes(AT_FDCWD, path, LOOKUP_FOLLOW, &attr);
}

long sys_futimesat(int dfd, const char __user *path, const struct timeval __user *times)
{
	struct iattr attr = times_now;
	struct timeval t[2];

	if (times) {
		if (copy_from_user(t, times, sizeof(t)))
			return -EFAULT;
		if (t[0].tv_usec < 0 || t[0].tv_usec >= 1000000 ||
		    t[1].tv_usec < 0 || t[1].tv_usec >= 1000000)
			return -EINVAL;
		attr = times_given(t[0].tv_sec, t[1].tv_sec);
	}
	return do_utimes(dfd, path, LOOKUP_FOLLOW, &attr);
}

long sys_utimes(const char __user *path, const struct timeval __user *times)
{
	return sys_futimesat(AT_FDCWD, path, times);
}

/* One of the two times of utimensat(): given, now, or left alone. */
static int one_time(s64 sec, s64 nsec, time_t *time, unsigned int *valid, unsigned int bit,
		    unsigned int set_bit)
{
	if (nsec == UTIME_OMIT)
		return 0;
	*valid |= bit;
	if (nsec == UTIME_NOW)
		return 0;
	if (nsec < 0 || nsec >= 1000000000)
		return -EINVAL;
	*valid |= set_bit;
	*time = sec;
	return 0;
}

static long do_utimensat(int dfd, const char __user *path, const struct timespec64 *t,
			 int flags)
{
	unsigned int lookup = flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW;
	struct iattr attr = times_now;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (flags & AT_EMPTY_PATH)
		lookup |= LOOKUP_EMPTY;
	if (t) {
		attr.ia_valid = 0;
		if (one_time(t[0].tv_sec, t[0].tv_nsec, &attr.ia_atime, &attr.ia_valid,
			     ATTR_ATIME, ATTR_ATIME_SET) ||
		    one_time(t[1].tv_sec, t[1].tv_nsec, &attr.ia_mtime, &attr.ia_valid,
			     ATTR_MTIME, ATTR_MTIME_SET))
			return -EINVAL;
	}
	return do_utimes(dfd, path, lookup, &attr);
}

long sys_utimensat(int dfd, const char __user *path, const struct timespec __user *times,
		   int flags)
{
	struct timespec64 wide[2];
	struct timespec t[2];

	if (!times)
		return do_utimensat(dfd, path, NULL, flags);
	if (copy_from_user(t, times, sizeof(t)))
		return -EFAULT;
	wide[0].tv_sec = t[0].tv_sec;
	wide[0].tv_nsec = t[0].tv_nsec;
	wide[1].tv_sec = t[1].tv_sec;
	wide[1].tv_nsec = t[1].tv_nsec;
	return do_utimensat(dfd, path, wide, flags);
}

long sys_utimensat_time64(int dfd, const char __user *path,
			  const struct timespec64 __user *times, int flags)
{
	struct timespec64 t[2];

	if (!times)
		return do_utimensat(dfd, path, NULL, flags);
	if (copy_from_user(t, times, sizeof(t)))
		return -EFAULT;
	return do_utimensat(dfd, path, t, flags);
}
