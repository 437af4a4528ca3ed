/*
 * read() of a directory. Programs of 1992 know no other way, and expect what MINIX has on its disk:
 * entries of a 16-bit inode number and a name of 14 characters, filled up with zeroes. A directory
 * of such a file system is handed out as it is. For any other the entries are made from what its
 * readdir() tells, in the same order every time, so that a position in bytes means the same entry
 * in the next call.
 */
#include <linux/minix_fs.h>
#include <linux/personality.h>
#include <linux/string.h>
#include <asm/uaccess.h>
#include "v012.h"

struct v012_dirent {
	u16 inode;
	char name[V012_NAME_LEN];
};

bool v012_dir_is_raw(const struct inode *dir)
{
	return dir->i_sb->s_magic == MINIX_SUPER_MAGIC;
}

/* Copies of the entries that overlap [pos, end) go to buf. */
struct copy_state {
	long at;			/* byte at which the next entry begins */
	long pos, end;
	char __user *buf;
	int err;
};

static int copy_entry(void *arg, const char *name, int len, loff_t pos __unused, u64 ino,
		      unsigned int type __unused)
{
	struct copy_state *s = arg;
	long from = max(s->at, s->pos), to = min(s->at + V012_DIRENT, s->end);
	struct v012_dirent de;

	if (s->at >= s->end)
		return 1;
	if (from < to) {
		memset(&de, 0, sizeof(de));
		de.inode = v012_ino(ino);
		memcpy(de.name, name, min(len, V012_NAME_LEN));
		if (copy_to_user(s->buf + (from - s->pos), (char *)&de + (from - s->at), to - from))
			s->err = -EFAULT;
	}
	s->at += V012_DIRENT;
	return s->err;
}

/*
 * Walks the directory as far as s wants it, by a file of its own: positions of readdir() are none
 * of the program's, and who shares its file may read too while this sleeps. 0 or -ERRNO.
 */
static int walk(struct dentry *dir, struct copy_state *s)
{
	struct file *file = dentry_open(dget(dir), O_RDONLY | O_DIRECTORY);
	int err;

	if (IS_ERR(file))
		return PTR_ERR(file);
	err = vfs_readdir(file, s, copy_entry);
	fput(file);
	return err ? err : s->err;
}

ssize_t v012_read_dir(struct file *file, char __user *buf, size_t count)
{
	struct copy_state s = { .pos = (long)file->f_pos, .buf = buf };
	int err;

	if (v012_dir_is_raw(file->f_dentry->d_inode))
		return generic_file_read(file, buf, count, &file->f_pos);
	if (count > (size_t)(LONG_MAX - V012_DIRENT - s.pos))
		return -EINVAL;
	s.end = s.pos + (long)count;
	err = walk(file->f_dentry, &s);
	if (err)
		return err;
	count = s.at > s.pos ? min(s.at, s.end) - s.pos : 0;
	file->f_pos = s.pos + count;
	return count;
}

long v012_dir_size(struct dentry *dir)
{
	struct copy_state s = { .pos = LONG_MAX, .end = LONG_MAX };
	int err;

	if (v012_dir_is_raw(dir->d_inode))
		return (long)dir->d_inode->i_size;
	err = walk(dir, &s);
	if (err)
		return err == -ENOENT ? 0 : err;
	return s.at;
}
