/*
 * Making and removing names: mkdir, mknod, symlink, link, unlink, rmdir, each in the form that
 * takes a path and in the *at form. rename() has a file of its own.
 *
 * They all go the same way: walk to the directory (LOOKUP_PARENT), lock it (i_mutex), look the last
 * component up, check, call the file system, unlock. A directory that is removed is locked too,
 * behind its parent, so that nobody creates a file in it meanwhile.
 */
#include <linux/fs.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>

int may_create(struct inode *dir, const struct dentry *dentry)
{
	if (dentry->d_inode)
		return -EEXIST;
	if (dir->i_nlink == 0)
		return -ENOENT;
	return inode_permission(dir, MAY_WRITE | MAY_EXEC);
}

/*
 * In a sticky directory (/tmp) a name goes only by the hand of the file's or the directory's owner.
 */
static bool sticky_forbids(const struct inode *dir, const struct inode *inode)
{
	return (dir->i_mode & S_ISVTX) && current->fsuid != inode->i_uid &&
	       current->fsuid != dir->i_uid && !capable_root();
}

int may_delete(struct inode *dir, const struct dentry *victim, bool is_dir)
{
	struct inode *inode = victim->d_inode;
	int err;

	if (!inode)
		return -ENOENT;
	err = inode_permission(dir, MAY_WRITE | MAY_EXEC);
	if (err)
		return err;
	if (sticky_forbids(dir, inode) || (inode->i_state & I_SWAPFILE))
		return -EPERM;
	if (is_dir && !S_ISDIR(inode->i_mode))
		return -ENOTDIR;
	if (!is_dir && S_ISDIR(inode->i_mode))
		return -EISDIR;
	if (victim->d_mounts != victim || victim->d_parent == victim)
		return -EBUSY;
	return 0;
}

int vfs_create(struct inode *dir, struct dentry *dentry, mode_t mode)
{
	int err = may_create(dir, dentry);

	if (err)
		return err;
	if (!dir->i_op->create)
		return -EACCES;
	return dir->i_op->create(dir, dentry, (mode & 07777) | S_IFREG);
}

/* ---- making ---- */

/*
 * Locks the directory and returns the negative dentry of the name to be made, or ERR_PTR. Either
 * way end_create() undoes it. is_dir: the name may have a slash behind it.
 */
static struct dentry *begin_create(int dfd, const char *path, struct nameidata *nd, bool is_dir)
{
	struct dentry *dentry;
	int err = path_lookup(dfd, path, LOOKUP_PARENT, nd);

	if (err) {
		nd->dentry = NULL;
		return ERR_PTR(err);
	}
	mutex_lock(&nd->dentry->d_inode->i_mutex);
	if (nd->last_type != LAST_NORM)
		return ERR_PTR(-EEXIST);
	dentry = lookup_hash(&nd->last, nd->dentry);
	if (IS_ERR(dentry))
		return dentry;
	if (dentry->d_inode)
		err = -EEXIST;
	else if (!is_dir && nd->last_slash)
		err = -ENOENT;
	if (err) {
		dput(dentry);
		return ERR_PTR(err);
	}
	return dentry;
}

static void end_create(struct nameidata *nd, struct dentry *dentry)
{
	if (!IS_ERR(dentry))
		dput(dentry);
	if (nd->dentry) {
		mutex_unlock(&nd->dentry->d_inode->i_mutex);
		dput(nd->dentry);
	}
}

static int check_node_type(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
	case S_IFCHR:
	case S_IFBLK:
	case S_IFIFO:
	case S_IFSOCK:
		return 0;
	case S_IFDIR:
		return -EPERM;
	}
	return -EINVAL;
}

static int vfs_mknod(struct inode *dir, struct dentry *dentry, mode_t mode, dev_t dev)
{
	int err;

	if (S_ISREG(mode))
		return vfs_create(dir, dentry, mode);
	err = may_create(dir, dentry);
	if (err)
		return err;
	if ((S_ISCHR(mode) || S_ISBLK(mode)) && !capable_root())
		return -EPERM;
	return dir->i_op->mknod ? dir->i_op->mknod(dir, dentry, mode, dev) : -EPERM;
}

static int mknod_path(int dfd, const char *path, mode_t mode, dev_t dev)
{
	struct nameidata nd;
	struct dentry *dentry;
	int err;

	if (!(mode & S_IFMT))
		mode |= S_IFREG;
	err = check_node_type(mode);
	if (err)
		return err;
	dentry = begin_create(dfd, path, &nd, false);
	err = PTR_ERR(dentry);
	if (!IS_ERR(dentry))
		err = vfs_mknod(nd.dentry->d_inode, dentry, mode & ~current->fs->umask, dev);
	end_create(&nd, dentry);
	return err;
}

/* Minors above 255 do not exist here: they would be cut off to another device's. */
long sys_mknodat(int dfd, const char __user *path, mode_t mode, unsigned int dev)
{
	char *name;
	long err;

	if ((S_ISCHR(mode) || S_ISBLK(mode)) && dev > 0xffff)
		return -EINVAL;
	name = getname(path);
	if (IS_ERR(name))
		return PTR_ERR(name);
	err = mknod_path(dfd, name, mode & (S_IFMT | 07777), dev);
	putname(name);
	return err;
}

long sys_mknod(const char __user *path, mode_t mode, unsigned int dev)
{
	return sys_mknodat(AT_FDCWD, path, mode, dev);
}

static int vfs_mkdir(struct inode *dir, struct dentry *dentry, mode_t mode)
{
	int err = may_create(dir, dentry);

	if (err)
		return err;
	if (!dir->i_op->mkdir)
		return -EPERM;
	mode &= (01777 & ~current->fs->umask);
	return dir->i_op->mkdir(dir, dentry, mode | S_IFDIR);
}

long sys_mkdirat(int dfd, const char __user *path, mode_t mode)
{
	struct nameidata nd;
	struct dentry *dentry;
	char *name = getname(path);
	long err;

	if (IS_ERR(name))
		return PTR_ERR(name);
	dentry = begin_create(dfd, name, &nd, true);
	err = PTR_ERR(dentry);
	if (!IS_ERR(dentry))
		err = vfs_mkdir(nd.dentry->d_inode, dentry, mode);
	end_create(&nd, dentry);
	putname(name);
	return err;
}

long sys_mkdir(const char __user *path, mode_t mode)
{
	return sys_mkdirat(AT_FDCWD, path, mode);
}

static int vfs_symlink(struct inode *dir, struct dentry *dentry, const char *target)
{
	int err = may_create(dir, dentry);

	if (err)
		return err;
	return dir->i_op->symlink ? dir->i_op->symlink(dir, dentry, target) : -EPERM;
}

long sys_symlinkat(const char __user *utarget, int dfd, const char __user *path)
{
	struct nameidata nd;
	struct dentry *dentry;
	char *target = getname(utarget), *name;
	long err;

	if (IS_ERR(target))
		return PTR_ERR(target);
	name = getname(path);
	err = PTR_ERR(name);
	if (IS_ERR(name))
		goto out;
	dentry = begin_create(dfd, name, &nd, false);
	err = PTR_ERR(dentry);
	if (!IS_ERR(dentry))
		err = vfs_symlink(nd.dentry->d_inode, dentry, target);
	end_create(&nd, dentry);
	putname(name);
out:
	putname(target);
	return err;
}

long sys_symlink(const char __user *target, const char __user *path)
{
	return sys_symlinkat(target, AT_FDCWD, path);
}

static int vfs_link(struct dentry *old, struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = old->d_inode;
	int err = may_create(dir, dentry);

	if (err)
		return err;
	if (inode->i_sb != dir->i_sb)
		return -EXDEV;
	if (S_ISDIR(inode->i_mode) || !dir->i_op->link)
		return -EPERM;
	if (inode->i_nlink == 0)	/* its last name has just gone */
		return -ENOENT;
	return dir->i_op->link(old, dir, dentry);
}

long sys_linkat(int olddfd, const char __user *oldpath, int newdfd, const char __user *newpath,
		int flags)
{
	unsigned int lookup = 0;
	struct nameidata nd;
	struct dentry *old, *dentry;
	char *name;
	long err;

	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (flags & AT_SYMLINK_FOLLOW)
		lookup |= LOOKUP_FOLLOW;
	if ((flags & AT_EMPTY_PATH) && capable_root())
		lookup |= LOOKUP_EMPTY;
	old = namei_at(olddfd, oldpath, lookup);
	if (IS_ERR(old))
		return PTR_ERR(old);
	name = getname(newpath);
	err = PTR_ERR(name);
	if (IS_ERR(name))
		goto out;
	dentry = begin_create(newdfd, name, &nd, false);
	err = PTR_ERR(dentry);
	if (!IS_ERR(dentry))
		err = vfs_link(old, nd.dentry->d_inode, dentry);
	end_create(&nd, dentry);
	putname(name);
out:
	dput(old);
	return err;
}

long sys_link(const char __user *oldpath, const char __user *newpath)
{
	return sys_linkat(AT_FDCWD, oldpath, AT_FDCWD, newpath, 0);
}

/* ---- removing ---- */

static int vfs_rmdir(struct inode *dir, struct dentry *dentry)
{
	int err = may_delete(dir, dentry, true);

	if (err)
		return err;
	if (!dir->i_op->rmdir)
		return -EPERM;
	/* Its cached negative names would keep it from becoming a negative dentry itself. */
	shrink_dcache_children(dentry);
	mutex_lock(&dentry->d_inode->i_mutex);
	err = dir->i_op->rmdir(dir, dentry);
	mutex_unlock(&dentry->d_inode->i_mutex);
	if (!err)
		d_delete(dentry);
	return err;
}

static int vfs_unlink(struct inode *dir, struct dentry *dentry)
{
	int err = may_delete(dir, dentry, false);

	if (err)
		return err;
	if (!dir->i_op->unlink)
		return -EPERM;
	err = dir->i_op->unlink(dir, dentry);
	if (!err)
		d_delete(dentry);
	return err;
}

static int rmdir_last_error(enum last_type type)
{
	switch (type) {
	case LAST_DOT:
		return -EINVAL;
	case LAST_DOTDOT:
		return -ENOTEMPTY;
	default:
		return -EBUSY;		/* "/" */
	}
}

/*
 * The inode is kept until the directory is unlocked: the last reference may free a long file,
 * and nobody need wait for that in the directory.
 */
static int remove_locked(struct nameidata *nd, bool is_dir, struct inode **keep)
{
	struct inode *dir = nd->dentry->d_inode;
	struct dentry *dentry = lookup_hash(&nd->last, nd->dentry);
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	if (dentry->d_inode)
		*keep = igrab(dentry->d_inode);
	if (is_dir)
		err = vfs_rmdir(dir, dentry);
	else if (dentry->d_inode && nd->last_slash)
		err = S_ISDIR(dentry->d_inode->i_mode) ? -EISDIR : -ENOTDIR;
	else
		err = vfs_unlink(dir, dentry);
	dput(dentry);
	return err;
}

static long do_remove(int dfd, const char __user *path, bool is_dir)
{
	struct inode *keep = NULL;
	struct nameidata nd;
	char *name = getname(path);
	long err;

	if (IS_ERR(name))
		return PTR_ERR(name);
	err = path_lookup(dfd, name, LOOKUP_PARENT, &nd);
	if (err)
		goto out;
	if (nd.last_type != LAST_NORM) {
		err = is_dir ? rmdir_last_error(nd.last_type) : -EISDIR;
	} else {
		mutex_lock(&nd.dentry->d_inode->i_mutex);
		err = remove_locked(&nd, is_dir, &keep);
		mutex_unlock(&nd.dentry->d_inode->i_mutex);
		iput(keep);
	}
	dput(nd.dentry);
out:
	putname(name);
	return err;
}

long sys_rmdir(const char __user *path)
{
	return do_remove(AT_FDCWD, path, true);
}

long sys_unlink(const char __user *path)
{
	return do_remove(AT_FDCWD, path, false);
}

long sys_unlinkat(int dfd, const char __user *path, int flags)
{
	if (flags & ~AT_REMOVEDIR)
		return -EINVAL;
	return do_remove(dfd, path, flags & AT_REMOVEDIR);
}
