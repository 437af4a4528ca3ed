/*
 * What the calls of 1992 share. `sys_v012_NAME` is call NAME of arch/i386/v012/syscall.tbl where
 * it differs from today's; its comment says in what.
 */
#ifndef _V012_H
#define _V012_H

#include <linux/fs.h>
#include <asm/v012.h>

#define V012_NR_OPEN	20	/* file descriptors of a process; a set of them is one word */
#define V012_DIRENT	16	/* bytes: number of the inode, name */

/* Inode numbers had 16 bits, and 0 is an entry that was removed. */
static inline u16 v012_ino(u64 ino)
{
	u16 folded = (u16)(ino ^ ino >> 16);

	return folded ? folded : 1;
}

/* Do the bytes that this directory has on its disk look as they did then? */
bool v012_dir_is_raw(const struct inode *dir);
/* read() from a directory, at file->f_pos: entries of 16 bytes. Bytes or -ERRNO; sleeps. */
ssize_t v012_read_dir(struct file *file, char __user *buf, size_t count);
/* What read() can give altogether, in bytes; 0 of one that was removed; or -ERRNO. Sleeps. */
long v012_dir_size(struct dentry *dir);

#endif
