/*
 * Names: making, finding, moving and removing them. The VFS has checked permissions, holds
 * i_mutex of the directories, and knows from the dentries what exists; here the disk follows.
 *
 * Order of changes: a name is written after the inode it points to, and removed before the
 * inode goes, so that no name leads to nothing.
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/minix_fs.h>
#include <linux/pagemap.h>
#include <linux/string.h>
#include <linux/time.h>

static void inc_link(struct inode *inode)
{
	inode->i_nlink++;
	mark_inode_dirty(inode);
}

/* A damaged file system may have more names than links. */
static void dec_link(struct inode *inode)
{
	if (inode->i_nlink)
		inode->i_nlink--;
	else
		minix_error(inode->i_sb, "inode %lu has more names than links", inode->i_ino);
	mark_inode_dirty(inode);
}

static void touch_ctime(struct inode *inode)
{
	inode->i_ctime = get_seconds();
	mark_inode_dirty(inode);
}

/*
 * A directory has one name. A second one, on a damaged disk, would make the tree a graph, and
 * locking "parent before child" would lock in circles.
 */
static int check_dir_alias(struct inode *dir, struct inode *inode)
{
	if (!S_ISDIR(inode->i_mode) || (inode != dir && list_empty(&inode->i_dentry)))
		return 0;
	minix_error(dir->i_sb, "directory %lu: an entry leads to directory %lu, which has a name",
		    dir->i_ino, inode->i_ino);
	return -EIO;
}

static struct dentry *minix_lookup(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = NULL;
	long ino;

	if (dentry->d_name.len > minix_sb(dir->i_sb)->namelen)
		return ERR_PTR(-ENAMETOOLONG);
	ino = minix_inode_by_name(dir, &dentry->d_name);
	if (ino < 0)
		return ERR_PTR(ino);
	if (ino) {
		int err = -EIO;

		inode = iget(dir->i_sb, ino);
		if (!inode)
			return ERR_PTR(-ENOMEM);
		if (!is_bad_inode(inode))
			err = check_dir_alias(dir, inode);
		if (err) {
			iput(inode);
			return ERR_PTR(err);
		}
	}
	d_add(dentry, inode);
	return NULL;
}

/* ---- making ---- */

/* Gives a new inode its name; on failure the inode goes again. */
static int add_nondir(struct inode *dir, struct dentry *dentry, struct inode *inode)
{
	int err = minix_add_entry(dir, &dentry->d_name, inode->i_ino);

	if (!err) {
		d_instantiate(dentry, inode);
		return 0;
	}
	inode->i_nlink = 0;
	iput(inode);
	return err;
}

static int minix_mknod(struct inode *dir, struct dentry *dentry, mode_t mode, dev_t dev)
{
	struct inode *inode = minix_new_inode(dir, mode);

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	minix_set_inode(inode, dev);
	return add_nondir(dir, dentry, inode);
}

static int minix_create(struct inode *dir, struct dentry *dentry, mode_t mode)
{
	return minix_mknod(dir, dentry, mode, 0);
}

/* The text of a symbolic link is its data. */
static int write_target(struct inode *inode, const char *target, unsigned int len)
{
	const struct address_space_operations *a_ops = inode->i_mapping->a_ops;
	struct page *page = grab_cache_page(inode->i_mapping, 0);
	int err;

	if (!page)
		return -ENOMEM;
	err = a_ops->prepare_write(NULL, page, 0, len);
	if (!err) {
		memcpy(kmap(page), target, len);
		kunmap(page);
		err = a_ops->commit_write(NULL, page, 0, len);
	}
	unlock_page(page);
	put_page(page);
	return err;
}

static int minix_symlink(struct inode *dir, struct dentry *dentry, const char *target)
{
	unsigned int len = strlen(target);
	struct inode *inode;
	int err;

	if (len >= MINIX_BLOCK_SIZE)
		return -ENAMETOOLONG;
	inode = minix_new_inode(dir, S_IFLNK | 0777);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	minix_set_inode(inode, 0);
	err = write_target(inode, target, len);
	if (err) {
		inode->i_nlink = 0;
		iput(inode);
		return err;
	}
	return add_nondir(dir, dentry, inode);
}

static int minix_link(struct dentry *old, struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = old->d_inode;
	int err;

	if (inode->i_nlink >= minix_sb(dir->i_sb)->link_max)
		return -EMLINK;
	inc_link(inode);
	touch_ctime(inode);
	err = minix_add_entry(dir, &dentry->d_name, inode->i_ino);
	if (err) {
		dec_link(inode);
		return err;
	}
	d_instantiate(dentry, igrab(inode));
	return 0;
}

static int minix_mkdir(struct inode *dir, struct dentry *dentry, mode_t mode)
{
	struct inode *inode;
	int err;

	if (dir->i_nlink >= minix_sb(dir->i_sb)->link_max)
		return -EMLINK;
	inode = minix_new_inode(dir, mode | S_IFDIR);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	minix_set_inode(inode, 0);
	err = minix_make_empty(inode, dir->i_ino);
	if (!err)
		err = minix_add_entry(dir, &dentry->d_name, inode->i_ino);
	if (err) {
		inode->i_nlink = 0;
		iput(inode);
		return err;
	}
	inode->i_nlink = 2;		/* its name and its "." */
	mark_inode_dirty(inode);
	inc_link(dir);			/* its ".." */
	d_instantiate(dentry, inode);
	return 0;
}

/* ---- removing ---- */

static int minix_unlink(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;
	struct minix_slot slot;
	int err = minix_find_entry(dir, &dentry->d_name, &slot);

	if (err)
		return err;
	err = minix_delete_entry(dir, &slot);
	if (err)
		return err;
	inode->i_ctime = dir->i_ctime;
	dec_link(inode);
	return 0;
}

static int minix_rmdir(struct inode *dir, struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;
	int err = minix_empty_dir(inode);

	if (err <= 0)
		return err ? err : -ENOTEMPTY;
	err = minix_unlink(dir, dentry);
	if (err)
		return err;
	inode->i_nlink = 0;
	dec_link(dir);
	return 0;
}

/* ---- moving ---- */

/* The new name replaces the old owner of it, if there is one, or is added. */
static int rename_new_name(struct inode *inode, struct inode *new_dir, struct dentry *new_dentry)
{
	struct inode *target = new_dentry->d_inode;
	bool is_dir = S_ISDIR(inode->i_mode);
	struct minix_slot slot;
	int err;

	if (!target) {
		if (is_dir && new_dir->i_nlink >= minix_sb(new_dir->i_sb)->link_max)
			return -EMLINK;
		err = minix_add_entry(new_dir, &new_dentry->d_name, inode->i_ino);
		if (!err && is_dir)
			inc_link(new_dir);
		return err;
	}
	if (is_dir) {
		err = minix_empty_dir(target);
		if (err <= 0)
			return err ? err : -ENOTEMPTY;
	}
	err = minix_find_entry(new_dir, &new_dentry->d_name, &slot);
	if (!err)
		err = minix_set_entry(new_dir, &slot, inode->i_ino);
	if (err)
		return err;
	touch_ctime(target);
	if (is_dir)
		target->i_nlink = 0;	/* its ".." went with it: new_dir keeps its count */
	else
		dec_link(target);
	return 0;
}

static int minix_rename(struct inode *old_dir, struct dentry *old_dentry, struct inode *new_dir,
			struct dentry *new_dentry)
{
	static const struct qstr dotdot_name = { (const unsigned char *)"..", 2, 0 };
	struct inode *inode = old_dentry->d_inode;
	bool is_dir = S_ISDIR(inode->i_mode);
	struct minix_slot old, dotdot;
	int err;

	err = minix_find_entry(old_dir, &old_dentry->d_name, &old);
	if (err)
		return err;
	if (is_dir) {
		err = minix_find_entry(inode, &dotdot_name, &dotdot);
		if (err) {
			minix_put_slot(&old);
			return -EIO;
		}
	}
	err = rename_new_name(inode, new_dir, new_dentry);
	if (err) {
		minix_put_slot(&old);
		if (is_dir)
			minix_put_slot(&dotdot);
		return err;
	}
	err = minix_delete_entry(old_dir, &old);
	touch_ctime(inode);
	if (is_dir) {
		int err2 = minix_set_entry(inode, &dotdot, new_dir->i_ino);

		dec_link(old_dir);
		if (!err)
			err = err2;
	}
	return err;
}

const struct inode_operations minix_dir_iops = {
	.create = minix_create,
	.lookup = minix_lookup,
	.link = minix_link,
	.unlink = minix_unlink,
	.symlink = minix_symlink,
	.mkdir = minix_mkdir,
	.rmdir = minix_rmdir,
	.mknod = minix_mknod,
	.rename = minix_rename,
	.getattr = minix_getattr,
};
