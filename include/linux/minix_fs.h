/*
 * The MINIX file system, versions 1 and 2, on disk and in memory.
 *
 *	block  0        1          2 ...           ...          ...         firstdatazone ...
 *	    +------+-----------+-----------+-----------------+-------------+------------------+
 *	    | boot | super-    | inode map | zone map        | inode table | zones: data,     |
 *	    |      | block     |           |                 |             | indirect blocks  |
 *	    +------+-----------+-----------+-----------------+-------------+------------------+
 *
 * A block, and here also a zone, is 1024 bytes. Bit n of the inode map is inode n; bit n of
 * the zone map is zone n + firstdatazone - 1; bit 0 of both is always set, so 0 can mean "none".
 *
 * Everything on the disk is little-endian, as both machines are, and none of it is trusted: each
 * number is checked before it is used as an index, a size or an address.
 */
#ifndef _LINUX_MINIX_FS_H
#define _LINUX_MINIX_FS_H

#include <linux/types.h>
#include <linux/fs.h>
#include <linux/semaphore.h>

struct place;

#define MINIX_BLOCK_SIZE	1024
#define MINIX_BLOCK_BITS	10
#define MINIX_SUPER_BLOCK	1
#define MINIX_ROOT_INO		1

#define MINIX_SUPER_MAGIC	0x137F	/* v1, names of 14 */
#define MINIX_SUPER_MAGIC2	0x138F	/* v1, names of 30 */
#define MINIX2_SUPER_MAGIC	0x2468	/* v2, names of 14 */
#define MINIX2_SUPER_MAGIC2	0x2478	/* v2, names of 30 */

#define MINIX_VALID_FS		1	/* s_state: unmounted cleanly */
#define MINIX_ERROR_FS		2	/* fsck has left errors */

#define MINIX_LINK_MAX		250	/* v1: a byte */
#define MINIX2_LINK_MAX		65530	/* v2: 16 bits */

/* ---- on disk ---- */

struct minix_super_block {
	u16 s_ninodes;
	u16 s_nzones;			/* v1 */
	u16 s_imap_blocks;
	u16 s_zmap_blocks;
	u16 s_firstdatazone;
	u16 s_log_zone_size;		/* log2(zone / block): only 0 here */
	u32 s_max_size;			/* bytes of the largest file */
	u16 s_magic;
	u16 s_state;
	u32 s_zones;			/* v2 */
};

struct minix_inode {			/* v1 */
	u16 i_mode;
	u16 i_uid;
	u32 i_size;
	u32 i_time;			/* mtime; there is no other */
	u8 i_gid;
	u8 i_nlinks;
	u16 i_zone[9];			/* 7 direct, 1 indirect, 1 double */
};

struct minix2_inode {
	u16 i_mode;
	u16 i_nlinks;
	u16 i_uid;
	u16 i_gid;
	u32 i_size;
	u32 i_atime, i_mtime, i_ctime;
	u32 i_zone[10];			/* 7 direct, 1 indirect, 1 double, 1 triple */
};

/* A directory is an array of these; the name is padded with zeroes, not ended by one. */
struct minix_dir_entry {
	u16 inode;			/* 0: free */
	char name[];			/* 14 or 30 */
};

/* ---- in memory ---- */

#define MINIX_DIRECT	7
#define MINIX_MAX_DEPTH	4

struct minix_sb_info {
	int version;			/* 1 or 2 */
	unsigned int namelen;		/* 14 or 30 */
	unsigned int dirsize;		/* bytes of a directory entry: namelen + 2 */
	unsigned int link_max;
	unsigned int addr_bits;		/* log2 of the zone numbers in an indirect block */
	unsigned int depth;		/* levels of indirection at most: 2 or 3 */
	unsigned long ninodes;		/* inodes are 1..ninodes */
	unsigned long nzones;		/* zones are firstdatazone..nzones-1 */
	unsigned long firstdatazone;
	unsigned int imap_blocks, zmap_blocks;	/* on disk */
	struct buffer_head **imap, **zmap;	/* in one array, held while mounted */
	unsigned int maps_held;
	unsigned long inode_hint, zone_hint;	/* no free bit below */
	unsigned long free_inodes, free_zones;
	struct buffer_head *sbh;	/* the super-block, held */
	struct minix_super_block *ms;	/* in it */
	u16 mount_state;		/* s_state as found, and as umount leaves it */
};

/* The file system's part of an inode, in inode->u. */
struct minix_inode_info {
	u32 zone[10];			/* v1 uses 9; [0] of a device node: its number */
	struct mutex tree_lock;		/* the tree of blocks is growing or being cut */
	u32 leaf_zone;			/* the indirect block used last, 0: none */
	u32 leaf_first;			/* the first block whose number it holds */
};
_Static_assert(sizeof(struct minix_inode_info) <= sizeof(((struct inode *)0)->u),
	       "struct inode has no room for minix_inode_info");

/* Our part of a super-block. */
static inline struct minix_sb_info *minix_sb(const struct super_block *sb)
{
	return sb->s_fs_info;
}

/* Our part of an inode. */
static inline struct minix_inode_info *minix_i(struct inode *inode)
{
	return (struct minix_inode_info *)&inode->u;
}

/* ---- super.c, inode.c ---- */

/*
 * A complaint about what stands on the disk, at most once a second per place. From then on
 * umount leaves the file system marked for fsck.
 */
#define minix_error(sb, fmt, ...) do {					\
	minix_sb(sb)->mount_state &= ~MINIX_VALID_FS;			\
	printk_ratelimited(KERN_ERR "minix %s: " fmt "\n", (sb)->s_devname, ##__VA_ARGS__); \
} while (0)

/* Chooses the operations by the type in i_mode. */
void minix_set_inode(struct inode *inode, dev_t rdev);
/* Writes the inode's slot in the inode table; wait: to the disk. 0 or -EIO. */
int minix_write_inode(struct inode *inode, int wait);
/* super_operations: the inode has neither name nor user; its blocks and its number go. Sleeps. */
void minix_delete_inode(struct inode *inode);
/* super_operations: fills an inode from its slot, or makes it a bad one. Sleeps. */
void minix_read_inode(struct inode *inode);

/* ---- bitmap.c ---- */

/* An allocated zone, or 0: the disk is full. Never sleeps. */
unsigned long minix_new_zone(struct super_block *sb);
/* Marks a zone as free and forgets its buffer; complains when it is out of range or free. */
void minix_free_zone(struct super_block *sb, unsigned long zone);
/* A new inode in directory `dir`, count 1, hashed; or ERR_PTR(-ENOSPC, -ENOMEM). May sleep. */
struct inode *minix_new_inode(struct inode *dir, mode_t mode);
/* Marks the number as free; the inode is being deleted. */
void minix_free_inode(struct inode *inode);
/* Free bits among the first `bits` of a map. */
unsigned long minix_count_free(struct buffer_head **map, unsigned long bits);

/* Is it the number of a zone for data? */
static inline bool minix_zone_ok(const struct minix_sb_info *sbi, unsigned long zone)
{
	return zone >= sbi->firstdatazone && zone < sbi->nzones;
}

/* ---- itree.c ---- */

/* See get_block_t. */
int minix_get_block(struct inode *inode, sector_t iblock, unsigned int max, bool create,
		    struct place *place);
void minix_truncate(struct inode *inode);	/* frees what lies behind i_size */
/* Bytes the tree can hold at most. */
loff_t minix_max_size(const struct minix_sb_info *sbi);
/* i_blocks, by size: holes are counted too. */
unsigned long minix_blocks(struct inode *inode);

/* ---- file.c ---- */
/* inode_operations: sets i_blocks for stat(2). 0. */
int minix_getattr(struct inode *inode);

/* ---- dir.c ---- */

/* A place in a directory: the entry in its page, which is referenced and mapped. */
struct minix_slot {
	struct page *page;
	struct minix_dir_entry *de;
	unsigned int offset;		/* in the page */
};

/* 0 and *slot; -ENOENT; -EIO. dir->i_mutex held, as for all that follow. May sleep. */
int minix_find_entry(struct inode *dir, const struct qstr *name, struct minix_slot *slot);
/* Unmaps and releases the page of a slot. */
void minix_put_slot(struct minix_slot *slot);
/* The inode number of the name, 0: not there; or -ERRNO. */
long minix_inode_by_name(struct inode *dir, const struct qstr *name);
/* Gives inode `ino` that name in dir. 0, -ENOSPC, -EIO, -ENAMETOOLONG. */
int minix_add_entry(struct inode *dir, const struct qstr *name, ino_t ino);
/* Empty the entry, or make it name another inode; both consume the slot. 0 or -EIO. */
int minix_delete_entry(struct inode *dir, struct minix_slot *slot);
int minix_set_entry(struct inode *dir, struct minix_slot *slot, ino_t ino);
int minix_make_empty(struct inode *dir, ino_t parent);	/* "." and ".." */
int minix_empty_dir(struct inode *dir);			/* 1, 0 or -ERRNO */

extern const struct inode_operations minix_file_iops, minix_dir_iops, minix_symlink_iops;
extern const struct file_operations minix_file_fops, minix_dir_fops;
extern const struct address_space_operations minix_aops;

#endif
