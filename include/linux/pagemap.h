/*
 * The page cache: the data of regular files and directories, by (file, page index).
 *
 *	page = grab_cache_page(mapping, index);		found or new; locked, referenced
 *	mapping->a_ops->readpages(file, &page, 1);	starts the read; its end unlocks the page
 *	wait_on_page_locked(page);
 *	... PageUptodate(page): kmap(), copy, kunmap() ...
 *	put_page(page);					stays cached until the clock comes round
 *
 * PG_locked is held while a page is read in, while its state changes, and while it leaves the
 * cache; PG_writeback while the disk takes its contents. A page found in the cache and
 * waited for may meanwhile have been truncated: whoever locks it checks page->mapping.
 */
#ifndef _LINUX_PAGEMAP_H
#define _LINUX_PAGEMAP_H

#include <linux/mm.h>
#include <linux/fs.h>
#include <linux/highmem.h>

/* ---- look-up: mm/page_cache.c ---- */

/* The cached page with a reference, or NULL. */
struct page *find_get_page(struct address_space *mapping, pgoff_t index);
/* The same, locked. May sleep. */
struct page *find_lock_page(struct address_space *mapping, pgoff_t index);
/* Finds or makes; referenced, not locked, perhaps not up to date. NULL: no memory. May sleep. */
struct page *find_or_create_page(struct address_space *mapping, pgoff_t index);
/* The same, locked. */
struct page *grab_cache_page(struct address_space *mapping, pgoff_t index);
/* Puts a fresh page (locked here) into the cache, which takes a reference; 0, -EEXIST, -ENOMEM. */
int add_to_page_cache(struct page *page, struct address_space *mapping, pgoff_t index);
/* The same for nr pages; returns how many, fewer when the next is there or memory is short. */
unsigned int add_pages_to_cache(struct page **pages, unsigned int nr,
				struct address_space *mapping, pgoff_t index);
/* For one, without the lock, after a radix_tree_preload(). Never sleeps. */
int __add_to_page_cache(struct page *page, struct address_space *mapping, pgoff_t index);
void remove_from_page_cache(struct page *page);		/* locked; drops the cache's reference */
/* An up-to-date page, read in if need be, referenced, unlocked; or ERR_PTR. */
struct page *read_cache_page(struct address_space *mapping, pgoff_t index, struct file *file);
/* Up to nr pages from index `start` on, in order, each with a reference; returns how many. */
unsigned int find_get_pages(struct address_space *mapping, pgoff_t start, unsigned int nr,
			    struct page **pages);

/* ---- lock, writeback, dirty ---- */

void __lock_page(struct page *page);			/* sleeps */
void __wake_page(struct page *page);			/* wakes who waits for the page */

/* True when it got the page's lock. Never sleeps. */
static inline bool trylock_page(struct page *page)
{
	return !test_and_set_bit(PG_locked, &page->flags);
}

/* Sleeps until the page is free. */
static inline void lock_page(struct page *page)
{
	if (unlikely(test_and_set_bit(PG_locked, &page->flags)))
		__lock_page(page);
}

void unlock_page(struct page *page);			/* interrupt-safe */
void wait_on_page_locked(struct page *page);		/* sleeps */
void wait_on_page_writeback(struct page *page);		/* sleeps */
void set_page_writeback(struct page *page);		/* locked */
void end_page_writeback(struct page *page);		/* interrupt-safe */
/* Sleeps until the disk has taken some page, at most that many ticks. */
void wait_for_any_writeback(long timeout);
void set_page_dirty(struct page *page);			/* never sleeps */
/* It is about to be written, or thrown away. Never sleeps. */
void clear_page_dirty(struct page *page);
/* The same before writepage: makes shared mappings read-only too, so that new stores are seen. */
bool clear_page_dirty_for_io(struct page *page);

/* Tells the clock that the page is in use. */
static inline void mark_page_accessed(struct page *page)
{
	if (!PageReferenced(page))
		SetPageReferenced(page);
}

/* ---- truncate.c ---- */

/* Frees cached pages from byte `from` on, clearing the tail of a partial one. May sleep. */
void truncate_inode_pages(struct address_space *mapping, loff_t from);
void invalidate_inode_pages(struct address_space *mapping);	/* clean, unused ones */

/* ---- page-writeback.c ---- */

int filemap_fdatawrite(struct address_space *mapping);	/* starts writing every dirty page */
/* Waits; -ERRNO when a write has failed since the last fsync(), which alone clears the error. */
int filemap_fdatawait(struct address_space *mapping);
/* Starts writing up to nr dirty pages; returns how many, or the first error. */
int writeback_pages(struct address_space *mapping, long nr);
/* Before dirtying more: sleeps when too much memory is dirty. */
void balance_dirty_pages(struct address_space *mapping);
void wakeup_kupdate(void);				/* too much is dirty; interrupt-safe */

extern unsigned long nr_pagecache;	/* pages cached */
extern unsigned long nr_dirty_pages;
extern unsigned long nr_writeback_pages;
/* Boot: the hash of queues for waiting on pages, and the daemons' state. */
void page_cache_init(void);

/* ---- readahead.c ---- */

/* Page `index` of a read of `want` pages is not cached: reads it and what is likely to follow. */
void page_cache_readahead(struct address_space *mapping, struct file *file, pgoff_t index,
			  unsigned long want);
/* The reader has reached the latest window: starts the next. */
void page_cache_readahead_async(struct address_space *mapping, struct file *file);
/* A fault on page `index`: reads it and its neighbours. */
void page_cache_readaround(struct address_space *mapping, struct file *file, pgoff_t index);
/*
 * A program says that it will want these bytes (count 0: to the end of the file): starts reading
 * them, as far as there is memory for them. 0, or -EINVAL: there is nothing to read from. Sleeps.
 */
int file_readahead(struct file *file, loff_t offset, loff_t count);
/* Starts reading what is not cached of nr pages; returns how many that were. */
unsigned long do_readahead(struct address_space *mapping, struct file *file, pgoff_t start,
			   unsigned long nr);

/* ---- filemap.c ---- */

/* Makes a cached, referenced page up to date. 0, -EIO, -ENOMEM, -EAGAIN (it was truncated). */
int filemap_read_page(struct address_space *mapping, struct page *page, struct file *file);

/* The vm_ops of a file mapping. */
extern const struct vm_operations_struct generic_file_vm_ops;
/*
 * Its nopage(): the cached page of an address, referenced; NULL: behind the end (SIGBUS) or EIO.
 * *major is set when it had to be read. Sleeps.
 */
struct page *filemap_nopage(struct vm_area_struct *vma, unsigned long address, int *major);

/* ---- fs/mpage.c: for file systems on a block device ---- */

/* Where a block of a file is, and perhaps those behind it. */
struct place {
	sector_t block;			/* of the disk; 0: a hole */
	unsigned int nr;		/* so many lie there side by side; of a hole, 1 */
	bool fresh;			/* has just been given to the file */
};
/*
 * get_block: finds the place of the file's `iblock`-th block, and of up to max - 1 behind it. A
 * hole is filled when create. 0 or -ERRNO; -EAGAIN when it cannot wait (reclaim).
 */
typedef int (*get_block_t)(struct inode *inode, sector_t iblock, unsigned int max, bool create,
			   struct place *place);
/* The operations of an address_space in terms of get_block; 0 or -ERRNO. All may sleep. */
int block_read_pages(struct page **pages, unsigned int nr, get_block_t get_block);
int block_write_full_page(struct page *page, get_block_t get_block);
int block_prepare_write(struct page *page, unsigned int from, unsigned int to,
			get_block_t get_block);
int block_commit_write(struct page *page, unsigned int from, unsigned int to);
/* After i_size shrank, before blocks are freed: clears the rest of the last page. May sleep. */
void block_truncate_page(struct inode *inode);

#endif
