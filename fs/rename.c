/*
 * rename(2): the one call that changes two directories at once.
 *
 * Locking: one directory: its i_mutex. Two: rename_mutex, so that the tree above them holds still
 * while we find out whether one lies above the other; that one is locked first, since everybody
 * else locks downwards too. A directory that is replaced is locked last.
 */
#include <linux/fs.h>
#include <linux/namei.h>
#include <linux/syscalls.h>

#define RENAME_NOREPLACE	1

static DEFINE_MUTEX(rename_mutex);

static void lock_two(struct dentry *a, struct dentry *b)
{
	if (a == b) {
		mutex_lock(&a->d_inode->i_mutex);
		return;
	}
	mutex_lock(&rename_mutex);
	if (is_subdir(a, b) || (!is_subdir(b, a) && a > b)) {
		mutex_lock(&b->d_inode->i_mutex);
		mutex_lock(&a->d_inode->i_mutex);
	} else {
		mutex_lock(&a->d_inode->i_mutex);
		mutex_lock(&b->d_inode->i_mutex);
	}
}

static void unlock_two(struct dentry *a, struct dentry *b)
{
	mutex_unlock(&a->d_inode->i_mutex);
	if (a != b) {
		mutex_unlock(&b->d_inode->i_mutex);
		mutex_unlock(&rename_mutex);
	}
}

/* What POSIX asks before a name is moved onto another. The directories differ or not. */
static int may_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
		      struct dentry *new)
{
	bool is_dir = S_ISDIR(old->d_inode->i_mode);
	int err = may_delete(old_dir, old, is_dir);

	if (err)
		return err;
	err = new->d_inode ? may_delete(new_dir, new, is_dir) : may_create(new_dir, new);
	if (err)
		return err;
	if (!old_dir->i_op->rename)
		return -EPERM;
	/* The moved directory's ".." is about to be written. */
	if (is_dir && old_dir != new_dir)
		return inode_permission(old->d_inode, MAY_WRITE);
	return 0;
}

static int vfs_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
		      struct dentry *new)
{
	struct inode *target = new->d_inode;
	bool lock_target;
	int err;

	if (old->d_inode == target)	/* two names of one file: nothing to do, by POSIX */
		return 0;
	err = may_rename(old_dir, old, new_dir, new);
	if (err)
		return err;
	lock_target = target && S_ISDIR(target->i_mode);
	if (lock_target) {
		shrink_dcache_children(new);
		mutex_lock(&target->i_mutex);
	}
	err = old_dir->i_op->rename(old_dir, old, new_dir, new);
	if (lock_target)
		mutex_unlock(&target->i_mutex);
	if (!err)
		d_move(old, new);
	return err;
}

/* Both directories are locked. */
static int rename_locked(struct nameidata *from, struct nameidata *to, unsigned int flags)
{
	struct dentry *old, *new;
	int err;

	old = lookup_hash(&from->last, from->dentry);
	if (IS_ERR(old))
		return PTR_ERR(old);
	new = lookup_hash(&to->last, to->dentry);
	err = PTR_ERR(new);
	if (IS_ERR(new))
		goto out_old;
	err = -ENOENT;
	if (!old->d_inode)
		goto out;
	err = -EEXIST;
	if ((flags & RENAME_NOREPLACE) && new->d_inode)
		goto out;
	err = -ENOTDIR;
	if (!S_ISDIR(old->d_inode->i_mode) && (from->last_slash || to->last_slash))
		goto out;
	err = -EINVAL;		/* a directory into itself */
	if (is_subdir(to->dentry, old))
		goto out;
	err = -ENOTEMPTY;	/* over a directory that holds it */
	if (is_subdir(from->dentry, new))
		goto out;
	err = vfs_rename(from->dentry->d_inode, old, to->dentry->d_inode, new);
out:
	dput(new);
out_old:
	dput(old);
	return err;
}

static int rename_paths(int olddfd, const char *oldname, int newdfd, const char *newname,
			unsigned int flags)
{
	struct nameidata from, to;
	int err = path_lookup(olddfd, oldname, LOOKUP_PARENT, &from);

	if (err)
		return err;
	err = path_lookup(newdfd, newname, LOOKUP_PARENT, &to);
	if (err)
		goto out_from;
	err = -EXDEV;
	if (from.dentry->d_sb != to.dentry->d_sb)
		goto out;
	err = -EBUSY;
	if (from.last_type != LAST_NORM || to.last_type != LAST_NORM)
		goto out;
	lock_two(from.dentry, to.dentry);
	err = rename_locked(&from, &to, flags);
	unlock_two(from.dentry, to.dentry);
out:
	dput(to.dentry);
out_from:
	dput(from.dentry);
	return err;
}

long sys_renameat2(int olddfd, const char __user *oldpath, int newdfd,
		   const char __user *newpath, unsigned int flags)
{
	char *oldname, *newname;
	long err;

	if (flags & ~RENAME_NOREPLACE)
		return -EINVAL;
	oldname = getname(oldpath);
	if (IS_ERR(oldname))
		return PTR_ERR(oldname);
	newname = getname(newpath);
	err = PTR_ERR(newname);
	if (!IS_ERR(newname)) {
		err = rename_paths(olddfd, oldname, newdfd, newname, flags);
		putname(newname);
	}
	putname(oldname);
	return err;
}

long sys_renameat(int olddfd, const char __user *oldpath, int newdfd,
		  const char __user *newpath)
{
	return sys_renameat2(olddfd, oldpath, newdfd, newpath, 0);
}

long sys_rename(const char __user *oldpath, const char __user *newpath)
{
	return sys_renameat2(AT_FDCWD, oldpath, AT_FDCWD, newpath, 0);
}
