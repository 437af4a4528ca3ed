/*
 * Inodes that could not be read. A disk error or nonsense in an inode must not stop the kernel: the
 * file exists, everything done with it fails with EIO. read_inode() of a file system calls
 * make_bad_inode().
 */
#include <linux/fs.h>

static int bad_permission(struct inode *inode __unused, int mask __unused)
{
	return -EIO;
}

static struct dentry *bad_lookup(struct inode *dir __unused, struct dentry *dentry __unused)
{
	return ERR_PTR(-EIO);
}

static int bad_readlink(struct dentry *dentry __unused, char *buf __unused, int size __unused)
{
	return -EIO;
}

static int bad_setattr(struct dentry *dentry __unused, struct iattr *attr __unused)
{
	return -EIO;
}

static int bad_open(struct inode *inode __unused, struct file *file __unused)
{
	return -EIO;
}

static const struct inode_operations bad_inode_operations = {
	.permission	= bad_permission,
	.lookup		= bad_lookup,
	.readlink	= bad_readlink,
	.setattr	= bad_setattr,
};

static const struct file_operations bad_file_operations = {
	.open		= bad_open,
};

void make_bad_inode(struct inode *inode)
{
	inode->i_mode = S_IFREG;
	inode->i_nlink = 1;
	inode->i_op = &bad_inode_operations;
	inode->i_fop = &bad_file_operations;
}

int is_bad_inode(const struct inode *inode)
{
	return inode->i_op == &bad_inode_operations;
}
