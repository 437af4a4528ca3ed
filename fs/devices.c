/*
 * Character devices: from a node's major number to the driver. Opening the node exchanges
 * file->f_op for the driver's table and calls its open(); from then on nothing stands between.
 *
 * Block device nodes go through block_dev.c, FIFOs through fifo.c.
 *
 * Some numbers of disks had another meaning in 1992. They have it again when a program of that time
 * uses a node that was made then, which shows in the file system it is in.
 */
#include <linux/fs.h>
#include <linux/blkdev.h>
#include <linux/minix_fs.h>
#include <linux/personality.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <asm/page.h>

#define MAX_CHRDEV	256

static struct {
	const char *name;
	const struct file_operations *fops;
} chrdevs[MAX_CHRDEV];

int register_chrdev(unsigned int major, const char *name, const struct file_operations *fops)
{
	if (major == 0 || major >= MAX_CHRDEV)
		return -EINVAL;
	if (chrdevs[major].fops && chrdevs[major].fops != fops)
		return -EBUSY;
	chrdevs[major].name = name;
	chrdevs[major].fops = fops;
	return 0;
}

const struct file_operations *get_chrfops(unsigned int major)
{
	return major < MAX_CHRDEV ? chrdevs[major].fops : NULL;
}

static int chrdev_open(struct inode *inode, struct file *file)
{
	const struct file_operations *fops = get_chrfops(MAJOR(inode->i_rdev));

	if (!fops)
		return -ENXIO;
	file->f_op = fops;
	return fops->open ? fops->open(inode, file) : 0;
}

const struct file_operations def_chr_fops = {
	.open = chrdev_open,
};

dev_t block_node_number(const struct inode *inode)
{
	bool old = current->personality == PER_LINUX_012 &&
		   inode->i_sb->s_magic == MINIX_SUPER_MAGIC;

	return old ? blkdev_of_1992(inode->i_rdev) : inode->i_rdev;
}

/* A socket's node, or a type that does not exist: there, but not to be opened. */
static int no_device_open(struct inode *inode __unused, struct file *file __unused)
{
	return -ENXIO;
}

static const struct file_operations no_device_fops = {
	.open = no_device_open,
};

void init_special_inode(struct inode *inode, mode_t mode, dev_t rdev)
{
	inode->i_mode = mode;
	if (S_ISCHR(mode)) {
		inode->i_fop = &def_chr_fops;
		inode->i_rdev = rdev;
	} else if (S_ISBLK(mode)) {
		inode->i_fop = &def_blk_fops;
		inode->i_rdev = rdev;
	} else if (S_ISFIFO(mode)) {
		inode->i_fop = &def_fifo_fops;
	} else {
		inode->i_fop = &no_device_fops;
	}
}

/* ---- devices without a node ---- */

static struct file_system_type nodeless_type = { .name = "devices" };
static const struct super_operations nodeless_sops = { .statfs = simple_statfs };
static struct super_block nodeless_sb = {
	.s_blocksize	= PAGE_SIZE,
	.s_type		= &nodeless_type,
	.s_op		= &nodeless_sops,
	.s_inodes	= LIST_HEAD_INIT(nodeless_sb.s_inodes),
	.s_dirty	= LIST_HEAD_INIT(nodeless_sb.s_dirty),
	.s_files	= LIST_HEAD_INIT(nodeless_sb.s_files),
};

struct dentry *device_dentry(const char *name, mode_t type, dev_t dev)
{
	struct qstr qname = { (const unsigned char *)name, strlen(name), 0 };
	struct inode *inode;
	struct dentry *dentry;

	if (!nodeless_sb.s_dev)
		nodeless_sb.s_dev = get_unnamed_dev();
	inode = new_inode(&nodeless_sb);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	init_special_inode(inode, type | S_IRUSR | S_IWUSR, dev);
	dentry = d_alloc(NULL, &qname);
	if (!dentry) {
		iput(inode);
		return ERR_PTR(-ENOMEM);
	}
	dentry->d_sb = &nodeless_sb;
	d_instantiate(dentry, inode);
	return dentry;
}

int get_device_list(char *buf, int size)
{
	struct gendisk *disk;
	unsigned int i, last = 0;
	int len;

	len = scnprintf(buf, size, "Character devices:\n");
	for (i = 0; i < MAX_CHRDEV; i++)
		if (chrdevs[i].fops)
			len += scnprintf(buf + len, size - len, "%3u %s\n", i, chrdevs[i].name);
	len += scnprintf(buf + len, size - len, "\nBlock devices:\n");
	list_for_each_entry(disk, &disk_list, list) {
		if (disk->major != last)
			len += scnprintf(buf + len, size - len, "%3u %s\n", disk->major,
					 disk->name);
		last = disk->major;
	}
	return len;
}
