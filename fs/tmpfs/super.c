/*
 * Mounting tmpfs, and its inodes. Options:
 *
 *	size=N		bytes (k, m, g behind it) or percent of RAM (%); default 50%
 *	nr_blocks=N	the same in pages
 *	nr_inodes=N	files; default one for each two pages of lowmem
 *	mode=OCTAL uid=N gid=N	of the root directory; default 1777, and who mounts
 *
 * A limit of 0 is none. Remounting changes the limits, not below what is in use.
 */
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time.h>
#include <uapi/linux/statfs.h>
#include "tmpfs.h"

/* ---- inodes ---- */

int tmpfs_reserve_inodes(struct super_block *sb, unsigned long nr)
{
	struct shmem_sb_info *sbi = shmem_sb(sb);

	if (sbi->max_inodes && sbi->used_inodes + nr > sbi->max_inodes)
		return -ENOSPC;
	sbi->used_inodes += nr;
	return 0;
}

void tmpfs_release_inodes(struct super_block *sb, unsigned long nr)
{
	shmem_sb(sb)->used_inodes -= nr;
}

static int tmpfs_readlink(struct dentry *dentry, char *buf, int size)
{
	struct inode *inode = dentry->d_inode;
	int len = min_t(loff_t, size, inode->i_size);

	memcpy(buf, shmem_i(inode)->target, len);
	return len;
}

static const struct inode_operations tmpfs_symlink_iops = {
	.readlink = tmpfs_readlink,
};

static const struct inode_operations tmpfs_special_iops;

struct inode *tmpfs_new_inode(struct super_block *sb, const struct inode *dir, mode_t mode,
			      dev_t dev)
{
	struct inode *inode;
	int err = tmpfs_reserve_inodes(sb, 1);

	if (err)
		return ERR_PTR(err);
	inode = new_inode(sb);
	if (!inode) {
		tmpfs_release_inodes(sb, 1);
		return ERR_PTR(-ENOMEM);
	}
	inode->i_ino = ++shmem_sb(sb)->last_ino;
	inode_init_owner(inode, dir, mode);
	if (S_ISREG(mode)) {
		shmem_init_file(inode);
	} else if (S_ISDIR(mode)) {
		inode->i_nlink = 2;
		inode->i_size = 2 * DIRENT_SIZE;
		inode->i_op = &tmpfs_dir_iops;
		inode->i_fop = &tmpfs_dir_fops;
	} else if (S_ISLNK(mode)) {
		inode->i_op = &tmpfs_symlink_iops;
	} else {
		inode->i_op = &tmpfs_special_iops;
		init_special_inode(inode, inode->i_mode, dev);
	}
	return inode;
}

static void tmpfs_destroy_inode(struct inode *inode)
{
	tmpfs_release_inodes(inode->i_sb, 1);
	if (S_ISLNK(inode->i_mode))
		tmpfs_release_inodes(inode->i_sb, inode->i_size / LONG_TARGET);
	shmem_destroy_inode(inode);
}

/* ---- options ---- */

/* "size=": bytes or percent of RAM, in pages; -1: not a number. */
static unsigned long parse_size(char *text)
{
	char *end;
	u64 size = memparse(text, &end);

	if (end == text)
		return -1;
	if (*end == '%') {
		size = (u64)totalram_pages * (u32)size / 100 << PAGE_SHIFT;
		end++;
	}
	if (*end || size >> PAGE_SHIFT >= ULONG_MAX)
		return -1;
	return (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
}

static int parse_option(struct shmem_sb_info *sbi, char *word)
{
	char *value = strchr(word, '='), *end = "";

	if (!value || !value[1])
		return -EINVAL;
	*value++ = '\0';
	if (!strcmp(word, "size")) {
		sbi->max_blocks = parse_size(value);
		if (sbi->max_blocks == ULONG_MAX)
			return -EINVAL;
	} else if (!strcmp(word, "nr_blocks")) {
		sbi->max_blocks = memparse(value, &end);
	} else if (!strcmp(word, "nr_inodes")) {
		sbi->max_inodes = memparse(value, &end);
	} else if (!strcmp(word, "mode")) {
		sbi->mode = simple_strtoul(value, &end, 8) & 07777;
	} else if (!strcmp(word, "uid")) {
		sbi->uid = simple_strtoul(value, &end, 10);
	} else if (!strcmp(word, "gid")) {
		sbi->gid = simple_strtoul(value, &end, 10);
	} else {
		return -EINVAL;
	}
	return *end ? -EINVAL : 0;
}

static int parse_options(struct shmem_sb_info *sbi, char *options)
{
	char *word;
	int err = 0;

	while (!err && options && (word = strsep(&options, ",")))
		if (*word)
			err = parse_option(sbi, word);
	return err;
}

/* Mode and owner of the root are chmod's and chown's business by now. */
static int tmpfs_remount(struct super_block *sb, unsigned long old __unused, int *flags __unused,
			 char *data)
{
	struct shmem_sb_info *sbi = shmem_sb(sb), wanted = *sbi;
	int err = parse_options(&wanted, data);

	if (err)
		return err;
	if ((wanted.max_blocks && wanted.max_blocks < sbi->used_blocks) ||
	    (wanted.max_inodes && wanted.max_inodes < sbi->used_inodes))
		return -EINVAL;
	sbi->max_blocks = wanted.max_blocks;
	sbi->max_inodes = wanted.max_inodes;
	return 0;
}

static void tmpfs_show_options(struct super_block *sb, struct seq_file *m)
{
	struct shmem_sb_info *sbi = shmem_sb(sb);

	seq_printf(m, ",size=%luk,nr_inodes=%lu,mode=%o", sbi->max_blocks << (PAGE_SHIFT - 10),
		   sbi->max_inodes, (unsigned int)sbi->mode);
	if (sbi->uid)
		seq_printf(m, ",uid=%u", (unsigned int)sbi->uid);
	if (sbi->gid)
		seq_printf(m, ",gid=%u", (unsigned int)sbi->gid);
}

/* ---- the file system ---- */

static int tmpfs_statfs(struct super_block *sb, struct statfs64 *buf)
{
	struct shmem_sb_info *sbi = shmem_sb(sb);

	buf->f_type = TMPFS_MAGIC;
	buf->f_bsize = PAGE_SIZE;
	buf->f_namelen = NAME_MAX;
	if (sbi->max_blocks) {
		buf->f_blocks = sbi->max_blocks;
		buf->f_bfree = buf->f_bavail = sbi->max_blocks - sbi->used_blocks;
	}
	if (sbi->max_inodes) {
		buf->f_files = sbi->max_inodes;
		buf->f_ffree = sbi->max_inodes - sbi->used_inodes;
	}
	return 0;
}

static void tmpfs_put_super(struct super_block *sb)
{
	kfree(sb->s_fs_info);
	sb->s_fs_info = NULL;
}

static const struct super_operations tmpfs_sops = {
	.alloc_inode	= shmem_alloc_inode,
	.destroy_inode	= tmpfs_destroy_inode,
	.put_super	= tmpfs_put_super,
	.statfs		= tmpfs_statfs,
	.remount_fs	= tmpfs_remount,
	.show_options	= tmpfs_show_options,
};

static int make_root(struct super_block *sb)
{
	struct shmem_sb_info *sbi = shmem_sb(sb);
	struct inode *root = tmpfs_new_inode(sb, NULL, S_IFDIR | sbi->mode, 0);

	if (IS_ERR(root))
		return PTR_ERR(root);
	root->i_uid = sbi->uid;
	root->i_gid = sbi->gid;
	sb->s_root = d_alloc_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}

static int tmpfs_read_super(struct super_block *sb, void *data, int silent __unused)
{
	struct shmem_sb_info *sbi = kzalloc(sizeof(*sbi), GFP_KERNEL);
	int err;

	if (!sbi)
		return -ENOMEM;
	sbi->max_blocks = totalram_pages / 2;
	sbi->max_inodes = (totalram_pages - totalhigh_pages) / 2;
	sbi->mode = 01777;
	sbi->uid = current->fsuid;
	sbi->gid = current->fsgid;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_maxbytes = SHMEM_MAX_BYTES;
	sb->s_magic = TMPFS_MAGIC;
	sb->s_op = &tmpfs_sops;
	sb->s_fs_info = sbi;
	err = parse_options(sbi, data);
	if (!err)
		err = make_root(sb);
	if (err)
		tmpfs_put_super(sb);
	return err;
}

static struct file_system_type tmpfs_fs_type = {
	.name		= "tmpfs",
	.read_super	= tmpfs_read_super,
};

static int __init tmpfs_init(void)
{
	return register_filesystem(&tmpfs_fs_type);
}
initcall_fs(tmpfs_init);
