/*
 * What the two files of shared memory have in common: shmem.c, which keeps the pages of a file, and
 * shmem_swap.c, which moves them to swap and back.
 */
#ifndef _SHMEM_H
#define _SHMEM_H

#include <linux/shmem_fs.h>
#include <linux/mm.h>

/* The entry of a page that is in swap; val 0: it is not. */
static inline swp_entry_t shmem_entry_at(const struct shmem_inode_info *info, pgoff_t index)
{
	swp_entry_t entry = { 0 };

	if (info->swapped)
		entry.val = (unsigned long)radix_tree_lookup(&info->swap, index);
	return entry;
}

/* So many pages of the file have gone. */
void shmem_uncharge(struct inode *inode, unsigned long nr);
/*
 * writepage of these files: reclaim wants the frame. The page becomes one of the swap cache, and is
 * written from there; or stays, dirty. 0.
 */
int shmem_writepage(struct page *page);
/* Brings the page of an entry in. 0: look again; -ENOMEM, -EIO. Sleeps. */
int shmem_swap_in(struct inode *inode, pgoff_t index, swp_entry_t entry);
/* Gives up the slots of all pages from `index` on. Never sleeps. */
void shmem_free_entries(struct inode *inode, pgoff_t index);

#endif
