/*
 * Files whose data is nowhere but in memory and in swap: those of tmpfs, shared anonymous mappings
 * and System V segments. mm/shmem.c keeps their pages, fs/tmpfs their names.
 */
#ifndef _LINUX_SHMEM_FS_H
#define _LINUX_SHMEM_FS_H

#include <linux/fs.h>
#include <asm/page.h>

#define TMPFS_MAGIC	0x01021994
#define SHMEM_MAX_BYTES	((loff_t)ULONG_MAX << PAGE_SHIFT)	/* of one file */

/* sb->s_fs_info. A limit of 0 is none. */
struct shmem_sb_info {
	unsigned long max_blocks, used_blocks;	/* pages */
	unsigned long max_inodes, used_inodes;
	ino_t last_ino;
	mode_t mode;				/* the root's, as the mount options say */
	uid_t uid;
	gid_t gid;
};

struct shmem_inode_info {
	unsigned long alloced;		/* pages charged to the file system */
	unsigned long swapped;		/* of these, in swap */
	struct radix_tree_root swap;	/* their entries by index */
	struct list_head swap_list;	/* of all files with pages in swap */
	pgoff_t unuse_hint;		/* where swapoff found the last one */
	bool locked;			/* SHM_LOCK: not to be swapped out */
	bool promised;			/* its memory was promised as a whole, or is not to be */
	bool outlives;			/* the processes that use it: it has a name, or a key */
	unsigned long committed;	/* pages of that promise */
	unsigned long next_cookie;	/* directory: the place of the next name */
	char *target;			/* symbolic link */
	struct inode vfs_inode;
};

static inline struct shmem_inode_info *shmem_i(const struct inode *inode)
{
	return container_of(inode, struct shmem_inode_info, vfs_inode);
}

static inline struct shmem_sb_info *shmem_sb(const struct super_block *sb)
{
	return sb->s_fs_info;
}

/* Are the pages of this mapping such memory? */
bool shmem_mapping(const struct address_space *mapping);

extern unsigned long nr_shmem_pages;	/* in the page cache: "Shmem" of /proc/meminfo */

/* ---- mm/shmem.c ---- */

/* The inode operations of super_operations: with room for what is above, and freeing it. */
struct inode *shmem_alloc_inode(struct super_block *sb);
void shmem_destroy_inode(struct inode *inode);
/* A new regular file, empty: its operations. */
void shmem_init_file(struct inode *inode);
/* Pages that have left the cache since are no longer charged. Before i_blocks is looked at. */
void shmem_recalc(struct inode *inode);

/*
 * An open file of that many bytes that has no name but the one /proc/PID/maps shows. Its memory is
 * promised now, unless vm_flags has VM_NORESERVE. ERR_PTR: -ENOMEM, -ENFILE. May sleep.
 */
struct file *shmem_file_setup(const char *name, loff_t size, unsigned long vm_flags);

/* The nopage of a mapping of such a file. */
struct page *shmem_nopage(struct vm_area_struct *vma, unsigned long address, int *major);

#endif
