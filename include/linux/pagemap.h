/*
 * The page cache: the data of regular files, by (file, page index).
 *
 * A page in the cache is found with find_get_page(); a new one is locked
 * until its contents are there. PG_locked is held during reads and changes
 * of state, PG_writeback during writes.
 */
#ifndef _LINUX_PAGEMAP_H
#define _LINUX_PAGEMAP_H

#include <linux/mm.h>
#include <linux/fs.h>
#include <linux/highmem.h>

/* The cached page with a reference, or NULL. */
struct page *find_get_page(struct address_space *mapping, pgoff_t index);
/* The same, locked. May sleep. */
struct page *find_lock_page(struct address_space *mapping, pgoff_t index);
/* Finds or makes; locked, referenced, perhaps not up to date. NULL: no memory. */
struct page *grab_cache_page(struct address_space *mapping, pgoff_t index);
/* Puts a fresh page (locked here) into the cache; 0, -EEXIST, -ENOMEM. The cache takes its own reference. */
int add_to_page_cache(struct page *page, struct address_space *mapping, pgoff_t index);
void remove_from_page_cache(struct page *page);		/* locked; drops the cache's reference */
/* An up-to-date page, read in if need be, referenced, unlocked; or ERR_PTR. */
struct page *read_cache_page(struct address_space *mapping, pgoff_t index, struct file *file);

void lock_page(struct page *page);		/* sleeps */
bool trylock_page(struct page *page);
void unlock_page(struct page *page);		/* interrupt-safe */
void wait_on_page_locked(struct page *page);
void wait_on_page_writeback(struct page *page);
void end_page_writeback(struct page *page);	/* interrupt-safe */
void set_page_dirty(struct page *page);
void clear_page_dirty(struct page *page);	/* before writepage */
void mark_page_accessed(struct page *page);

/* Frees cached pages from byte `from` on, clearing the tail of a partial one. */
void truncate_inode_pages(struct address_space *mapping, loff_t from);
void invalidate_inode_pages(struct address_space *mapping);	/* clean, unused ones */
int filemap_fdatawrite(struct address_space *mapping);	/* starts writing every dirty page */
int filemap_fdatawait(struct address_space *mapping);	/* waits; -EIO when one failed */
/* Writes up to nr dirty pages. */
int writeback_pages(struct address_space *mapping, long nr);
unsigned long shrink_page_cache(unsigned long nr, gfp_t gfp);	/* clock over the list */
/* Before dirtying more: sleeps when too much memory is dirty. */
void balance_dirty_pages(struct address_space *mapping);

extern unsigned long nr_pagecache;	/* pages cached */
extern unsigned long nr_dirty_pages;
void page_cache_init(void);

/* The vm_ops of a file mapping. */
extern const struct vm_operations_struct generic_file_vm_ops;

/*
 * For file systems on a block device. get_block: block number of the file's
 * `iblock`-th block into *block, 0 for a hole; allocates when create, then *fresh is set. 0 or -ERRNO.
 */
typedef int (*get_block_t)(struct inode *inode, sector_t iblock, sector_t *block, int create,
			   bool *fresh);
int block_read_full_page(struct page *page, get_block_t get_block);
int block_write_full_page(struct page *page, get_block_t get_block);
int block_prepare_write(struct page *page, unsigned int from, unsigned int to,
			get_block_t get_block);
int block_commit_write(struct page *page, unsigned int from, unsigned int to);

#endif
