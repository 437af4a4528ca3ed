/*
 * What the files of fs/tmpfs share.
 */
#ifndef _TMPFS_H
#define _TMPFS_H

#include <linux/shmem_fs.h>

/* Bytes that a name adds to its directory's size. */
#define DIRENT_SIZE	20
#define LONG_TARGET	512	/* bytes of a symbolic link that count as one more name */

/* namei.c */
extern const struct inode_operations tmpfs_dir_iops;
extern const struct file_operations tmpfs_dir_fops;

/*
 * A new inode with operations for its type, a link count of 1 (directory: 2), owned as a file made
 * in `dir` by current; ERR_PTR(-ENOSPC): too many of them, or -ENOMEM. May sleep.
 */
struct inode *tmpfs_new_inode(struct super_block *sb, const struct inode *dir, mode_t mode,
			      dev_t dev);
/* So many names more that count against nr_inodes: 0 or -ENOSPC; and so many less. */
int tmpfs_reserve_inodes(struct super_block *sb, unsigned long nr);
void tmpfs_release_inodes(struct super_block *sb, unsigned long nr);

#endif
