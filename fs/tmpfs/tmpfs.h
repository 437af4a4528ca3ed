/*
 * What the files of fs/tmpfs share.
 */
#ifndef _TMPFS_H
#define _TMPFS_H

#include <linux/shmem_fs.h>

/* Bytes that a name adds to its directory's size. */
#define DIRENT_SIZE	20

/* namei.c */
extern const struct inode_operations tmpfs_dir_iops;
extern const struct file_operations tmpfs_dir_fops;

/*
 * A new inode with operations for its type, a link count of 1 (directory: 2), owned as a file made
 * in `dir` by current; ERR_PTR(-ENOSPC): too many of them, or -ENOMEM. May sleep.
 */
struct inode *tmpfs_new_inode(struct super_block *sb, const struct inode *dir, mode_t mode,
			      dev_t dev);
/* One name more that counts against nr_inodes: 0 or -ENOSPC; and one less. */
int tmpfs_reserve_inode(struct super_block *sb);
void tmpfs_release_inode(struct super_block *sb);

#endif
