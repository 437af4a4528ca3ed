/*
 * Names in tmpfs. A directory is its dentry: a name exists while its dentry is pinned, and what is
 * not in the dentry tree does not exist, so that look-up has nothing to do. The VFS has
 * checked permissions and holds i_mutex of the directories.
 *
 * readdir() needs a position that stays right while names come and go. Every name gets a
 * number when it is made, the next of its directory, and the children are kept in that
 * order; the position is the number of the name to come. A directory emptied as it is read, by
 * `rm -r`, thus skips nothing.
 */
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time.h>
#include "tmpfs.h"

#define FIRST_COOKIE	2	/* 0 is ".", 1 ".." */
#define LAST_COOKIE	LONG_MAX	/* readdir's position must fit a long */

/* ---- directories ---- */

/* All numbers are used up: begin afresh, in the same order. */
static void renumber(struct dentry *dir)
{
	unsigned long cookie = FIRST_COOKIE;
	struct dentry *child;

	list_for_each_entry(child, &dir->d_subdirs, d_child)
		if (child->d_flags & DCACHE_PINNED)
			child->d_cookie = cookie++;
	shmem_i(dir->d_inode)->next_cookie = cookie;
}

/* The place for one more name in the directory `dir`, behind all others. */
static unsigned long new_cookie(struct dentry *dir)
{
	struct shmem_inode_info *info = shmem_i(dir->d_inode);

	if (info->next_cookie >= LAST_COOKIE)
		renumber(dir);
	if (info->next_cookie < FIRST_COOKIE)
		info->next_cookie = FIRST_COOKIE;
	return info->next_cookie++;
}

static void dir_changed(struct inode *dir, int names)
{
	dir->i_size += names * DIRENT_SIZE;
	dir->i_mtime = dir->i_ctime = get_seconds();
}

/* The new name takes over the caller's reference to the inode. */
static void add_name(struct inode *dir, struct dentry *dentry, struct inode *inode)
{
	dentry->d_cookie = new_cookie(dentry->d_parent);
	list_move_tail(&dentry->d_child, &dentry->d_parent->d_subdirs);
	d_instantiate(dentry, inode);
	d_pin(dentry);
	dir_changed(dir, 1);
}

/* The file loses a name; nlink: links it loses. The inode goes when the VFS drops the dentry. */
static void remove_name(struct inode *dir, struct dentry *dentry, unsigned int nlink)
{
	struct inode *inode = dentry->d_inode;

	inode->i_nlink -= nlink;
	if (inode->i_nlink)
		tmpfs_release_inodes(inode->i_sb, 1);
	inode->i_ctime = get_seconds();
	d_unpin(dentry);
	dir_changed(dir, -1);
}

static bool is_empty(const struct dentry *dir)
{
	const struct dentry *child;

	list_for_each_entry(child, &dir->d_subdirs, d_child)
		if (child->d_flags & DCACHE_PINNED)
			return false;
	return true;
}

static int fill_dots(struct file *file, void *dirent, filldir_t filldir)
{
	const struct dentry *dir = file->f_dentry;

	if (file->f_pos == 0) {
		if (filldir(dirent, ".", 1, 0, dir->d_inode->i_ino, DT_DIR))
			return -ENOSPC;
		file->f_pos = 1;
	}
	if (file->f_pos == 1) {
		if (filldir(dirent, "..", 2, 1, dir->d_parent->d_inode->i_ino, DT_DIR))
			return -ENOSPC;
		file->f_pos = FIRST_COOKIE;
	}
	return 0;
}

static int tmpfs_readdir(struct file *file, void *dirent, filldir_t filldir)
{
	struct dentry *dir = file->f_dentry, *child;

	if (fill_dots(file, dirent, filldir))
		return 0;
	list_for_each_entry(child, &dir->d_subdirs, d_child) {
		if (!(child->d_flags & DCACHE_PINNED) || child->d_cookie < file->f_pos)
			continue;
		if (filldir(dirent, (const char *)child->d_name.name, child->d_name.len,
			    child->d_cookie, child->d_inode->i_ino,
			    (child->d_inode->i_mode & S_IFMT) >> 12))
			return 0;
		file->f_pos = child->d_cookie + 1;
	}
	return 0;
}

/* ---- making names ---- */

static int tmpfs_mknod(struct inode *dir, struct dentry *dentry, mode_t mode, dev_t dev)
{
	struct inode *inode = tmpfs_new_inode(dir->i_sb, dir, mode, dev);

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	add_name(dir, dentry, inode);
	return 0;
}

static int tmpfs_create(struct inode *dir, struct dentry *dentry, mode_t mode)
{
	return tmpfs_mknod(dir, dentry, mode, 0);
}

static int tmpfs_mkdir(struct inode *dir, struct dentry *dentry, mode_t mode)
{
	int err = tmpfs_mknod(dir, dentry, mode, 0);

	if (!err)
		dir->i_nlink++;		/* its ".." */
	return err;
}

static int tmpfs_symlink(struct inode *dir, struct dentry *dentry, const char *target)
{
	size_t len = strlen(target);
	struct inode *inode = tmpfs_new_inode(dir->i_sb, dir, S_IFLNK | 0777, 0);
	char *copy;
	int err;

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	err = tmpfs_reserve_inodes(dir->i_sb, len / LONG_TARGET);
	if (err)
		goto out_inode;
	inode->i_size = len;
	err = -ENOMEM;
	copy = kmalloc(len + 1, GFP_KERNEL);
	if (!copy)
		goto out_inode;
	memcpy(copy, target, len + 1);
	shmem_i(inode)->target = copy;
	add_name(dir, dentry, inode);
	return 0;

out_inode:
	inode->i_nlink = 0;
	iput(inode);
	return err;
}

static int tmpfs_link(struct dentry *old, struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = old->d_inode;
	int err = tmpfs_reserve_inodes(dir->i_sb, 1);	/* its dentry takes memory, too */

	if (err)
		return err;
	inode->i_nlink++;
	inode->i_ctime = get_seconds();
	add_name(dir, dentry, igrab(inode));
	return 0;
}

/* ---- removing and moving them ---- */

static int tmpfs_unlink(struct inode *dir, struct dentry *dentry)
{
	remove_name(dir, dentry, 1);
	return 0;
}

static int tmpfs_rmdir(struct inode *dir, struct dentry *dentry)
{
	if (!is_empty(dentry))
		return -ENOTEMPTY;
	remove_name(dir, dentry, 2);
	dir->i_nlink--;
	return 0;
}

/*
 * The VFS moves the dentry afterwards (d_move()), in another directory to the end of the list,
 * where its new number belongs. Within one directory it keeps place and number.
 */
static int tmpfs_rename(struct inode *old_dir, struct dentry *old_dentry, struct inode *new_dir,
			struct dentry *new_dentry)
{
	struct inode *inode = old_dentry->d_inode;
	bool is_dir = S_ISDIR(inode->i_mode);

	if (new_dentry->d_inode) {
		if (is_dir && !is_empty(new_dentry))
			return -ENOTEMPTY;
		remove_name(new_dir, new_dentry, is_dir ? 2 : 1);
		if (is_dir)
			new_dir->i_nlink--;
	}
	if (is_dir) {
		old_dir->i_nlink--;
		new_dir->i_nlink++;
	}
	if (old_dir != new_dir)
		old_dentry->d_cookie = new_cookie(new_dentry->d_parent);
	dir_changed(old_dir, -1);
	dir_changed(new_dir, 1);
	inode->i_ctime = get_seconds();
	return 0;
}

const struct file_operations tmpfs_dir_fops = {
	.llseek		= default_llseek,
	.read		= generic_read_dir,
	.readdir	= tmpfs_readdir,
};

const struct inode_operations tmpfs_dir_iops = {
	.create		= tmpfs_create,
	.lookup		= simple_lookup,
	.link		= tmpfs_link,
	.unlink		= tmpfs_unlink,
	.symlink	= tmpfs_symlink,
	.mkdir		= tmpfs_mkdir,
	.rmdir		= tmpfs_rmdir,
	.mknod		= tmpfs_mknod,
	.rename		= tmpfs_rename,
};
