/*
 * Pieces of a file system without a disk, whose names are all in the dentry tree: what is not
 * cached does not exist, and reading a directory is walking a list.
 */
#include <linux/fs.h>
#include <linux/string.h>
#include <asm/page.h>
#include <uapi/linux/statfs.h>

/* Not in the tree: there is no such file. */
struct dentry *simple_lookup(struct inode *dir __unused, struct dentry *dentry)
{
	d_add(dentry, NULL);
	return NULL;
}

static unsigned int type_of(const struct inode *inode)
{
	return (inode->i_mode & S_IFMT) >> 12;
}

/* Position 0 is ".", 1 "..", n + 2 the n-th child that has an inode. */
int dcache_readdir(struct file *file, void *dirent, filldir_t filldir)
{
	struct dentry *dir = file->f_dentry, *child;
	loff_t pos = 2;

	if (file->f_pos == 0) {
		if (filldir(dirent, ".", 1, 0, dir->d_inode->i_ino, DT_DIR))
			return 0;
		file->f_pos = 1;
	}
	if (file->f_pos == 1) {
		if (filldir(dirent, "..", 2, 1, dir->d_parent->d_inode->i_ino, DT_DIR))
			return 0;
		file->f_pos = 2;
	}
	list_for_each_entry(child, &dir->d_subdirs, d_child) {
		if (!child->d_inode || hlist_unhashed(&child->d_hash))
			continue;
		if (pos++ < file->f_pos)
			continue;
		if (filldir(dirent, (const char *)child->d_name.name, child->d_name.len,
			    file->f_pos, child->d_inode->i_ino, type_of(child->d_inode)))
			return 0;
		file->f_pos++;
	}
	return 0;
}

int simple_statfs(struct super_block *sb, struct statfs64 *buf)
{
	buf->f_type = sb->s_magic;
	buf->f_bsize = PAGE_SIZE;
	buf->f_namelen = NAME_MAX;
	return 0;
}

const struct file_operations simple_dir_operations = {
	.llseek		= default_llseek,
	.read		= generic_read_dir,
	.readdir	= dcache_readdir,
};

const struct inode_operations simple_dir_inode_operations = {
	.lookup		= simple_lookup,
};
