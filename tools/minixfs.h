/*
 * A MINIX file system in memory, written by a host program: the way files get
 * into a root image without mounting anything and without being root. Knows v1
 * and v2 with names of 14 or 30 characters, as mkfs.minix makes them.
 *
 * Typical use: mkfs.minix makes an empty file system in a file; map the file;
 * minixfs_open(), then any number of calls that add; unmap. Paths are absolute;
 * symbolic links on the way are not followed. All calls but minixfs_open keep
 * the file system consistent even when they fail, so fsck.minix finds no fault.
 * The contents given may be damaged in any way: that is an error, never an
 * access outside the memory.
 */
#ifndef MINIXFS_H
#define MINIXFS_H

#include <stddef.h>
#include <stdint.h>

struct minixfs {
	uint8_t *base;			/* byte 0 of the file system */
	int version;			/* 1 or 2 */
	unsigned int name_max;		/* 14 or 30 */
	uint32_t inodes;		/* they count from 1, the root directory */
	uint32_t zones;			/* end of the last zone, in 1 KB blocks */
	uint32_t first_zone;		/* first data block */
	uint8_t *imap, *zmap, *itable;
	uint32_t last_inode, last_zone;	/* where the search for free ones goes on */
	char error[200];		/* what the last call that failed had to say */
};

/* What an inode says besides its type and contents. */
struct minixfs_attr {
	unsigned int mode;		/* permission bits, 07777 */
	unsigned int uid, gid;
	uint32_t time;			/* seconds since 1970, for all its times */
};

/* Types of minixfs_node(), as in the inode. */
#define MINIXFS_FIFO	0010000
#define MINIXFS_CHAR	0020000
#define MINIXFS_BLOCK	0060000

/*
 * All that follow return 0, or -1 with fs->error set.
 */

/* Look at the file system in size bytes at base. */
int minixfs_open(struct minixfs *fs, void *base, size_t size);

/* Make a directory, or give an existing one these attributes. */
int minixfs_mkdir(struct minixfs *fs, const char *path, const struct minixfs_attr *attr);

/* The three that follow replace what has that name, unless it is a directory. */
int minixfs_file(struct minixfs *fs, const char *path, const struct minixfs_attr *attr,
		 const void *data, size_t size);
int minixfs_symlink(struct minixfs *fs, const char *path, const struct minixfs_attr *attr,
		    const char *target);
int minixfs_node(struct minixfs *fs, const char *path, const struct minixfs_attr *attr,
		 unsigned int type, unsigned int major, unsigned int minor);

/* Remove a name that is not a directory, and its inode with the last name. */
int minixfs_unlink(struct minixfs *fs, const char *path);

/*
 * Look a path up: its type and permissions and, if not NULL, its size. -1 if it is not there.
 */
long minixfs_stat(struct minixfs *fs, const char *path, size_t *size);

/*
 * Read up to size bytes of a file or symbolic link, from its start. Returns
 * their number or -1.
 */
long minixfs_read(struct minixfs *fs, const char *path, void *data, size_t size);

/* Count the free inodes and zones (blocks). */
void minixfs_free(const struct minixfs *fs, uint32_t *inodes, uint32_t *zones);

#endif
