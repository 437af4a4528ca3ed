/*
 * Swap and reclaim: how memory comes back when it runs short.
 *
 * The life of an anonymous page that is swapped out and in:
 *
 *	mapped      swap_out() finds it old: get_swap_page() gives it a slot, it enters
 *	            the swap cache, and the page table entry becomes the slot's name
 *	cached      the clock over cached pages meets it: dirty, it is written; clean, it is freed
 *	on disk     only page table entries name the slot now
 *	cached      a fault reads it into the swap cache (do_swap_page)
 *	mapped      the entry names the frame again; the slot is given up when the page is written
 *	            to by its only owner, or slots are scarce
 *
 * A slot is counted: once for each page table entry (or tmpfs page) that names it and once while
 * the swap cache holds its page. An entry of value 0 names no slot. A page in the cache is written
 * only if it is dirty, and keeps its slot while it is mapped read-only. An anonymous page that is
 * not in the cache has no copy on disk, whatever its dirty bits say.
 */
#ifndef _LINUX_SWAP_H
#define _LINUX_SWAP_H

#include <linux/mm.h>

struct sysinfo;
struct seq_file;

/* ---- slots: mm/swap.c ---- */

extern unsigned long total_swap_pages;	/* of all areas in use */
extern unsigned long nr_swap_pages;	/* of these, free */

/* A free slot of the area with the highest priority, counted once; val 0: there is none. */
swp_entry_t get_swap_page(void);
/*
 * One more owner. 0, -EINVAL: no such slot is in use (a message says so), -ENOMEM: it has more than
 * can be counted. Never sleeps.
 */
int swap_duplicate(swp_entry_t entry);
/* One owner less; the last frees the slot. Never sleeps. */
void swap_free(swp_entry_t entry);
/* Owners of a slot in use, 0 of a free or impossible one. */
unsigned int swap_count(swp_entry_t entry);
void si_swapinfo(struct sysinfo *val);	/* totalswap and freeswap, in pages */

/* Slots are scarce: a page that can do without its slot gives it up. */
static inline bool vm_swap_full(void)
{
	return nr_swap_pages * 2 < total_swap_pages;
}

/* ---- the swap cache: mm/swap_state.c ---- */

/* A page cache whose "file" is swap. Its pages keep their entry in page->private. */
extern struct address_space swapper_space;

/* The slot of a page in the swap cache. */
static inline swp_entry_t page_swap_entry(const struct page *page)
{
	return (swp_entry_t){ page->private };
}

/*
 * Puts an anonymous page into the cache, which takes over the caller's count of the slot and takes
 * a reference to the page, dirty from now on. 0, -ENOMEM, -EEXIST. Never sleeps.
 */
int add_to_swap_cache(struct page *page, swp_entry_t entry);
/* The page (locked, no writeback) leaves the cache, which drops its count and its reference. */
void delete_from_swap_cache(struct page *page);
/* The cached page with a reference, or NULL. Never sleeps. */
struct page *lookup_swap_cache(swp_entry_t entry);
/*
 * The page of a slot with a reference, read in with its neighbours if need be; locked while the
 * read lasts. Whoever then locks it looks whether swap_cache_holds() is still true and whether it
 * is up to date: it is not when the read failed. NULL: no memory, or the slot is free. Sleeps.
 */
struct page *swapin_readahead(swp_entry_t entry);
/* The same with the flags of one's own for the allocation. */
struct page *swapin(swp_entry_t entry, gfp_t gfp);
/* The page is cached for this slot. */
static inline bool swap_cache_holds(const struct page *page, swp_entry_t entry)
{
	return PageSwapCache(page) && page->private == entry.val;
}
/* swap_free(), and a page that then is in the swap cache for nobody leaves it. Never sleeps. */
void free_swap_and_cache(swp_entry_t entry);
/*
 * A cached page, referenced, that is mapped nowhere and whose slot nobody names leaves the cache.
 */
void free_unused_swap_page(struct page *page);
/*
 * True when the caller, who maps the page, is its only owner; a slot it may still have is given up,
 * so that it may be written in place. Locked; false while it is being written.
 */
bool can_share_swap_page(struct page *page);

/* ---- swap I/O: mm/page_io.c ---- */

/* Starts reading a locked page of the cache; the end of the read unlocks it. May sleep. */
void swap_readpage(struct page *page);
/*
 * Starts writing a locked page of the cache whose dirty mark was cleared; unlocks it. A page that
 * nobody needs leaves the cache instead; one that could not be written once (PG_error) stays
 * dirty as long as it has that slot. 0. May sleep, but for no memory.
 */
int swap_writepage(struct page *page);

/* ---- areas: mm/swapfile.c ---- */

/* /proc/swaps. */
void show_swaps(struct seq_file *m);
/* Boot: the area that the command line names with swap=. */
void swap_boot(void);
/* The device is an area in use. */
bool swap_uses_device(dev_t dev);

/* ---- reclaim: mm/vmscan.c ---- */

/* One attempt to get memory back. Counts in pages. */
struct reclaim {
	gfp_t gfp;			/* what the caller can bear: __GFP_IO, __GFP_FS */
	unsigned int zones;		/* bit n: a page of zone n is of use */
	unsigned long want;
	int priority;			/* 6: looks at 1/64 of all; 0: at all, twice */
	unsigned long freed;
	unsigned long written;		/* on their way to the disk, at this priority */
	unsigned long unmapped;		/* left the page tables of processes */
	unsigned long progress;		/* times that some page reached the disk */
};

extern int swappiness;			/* 0..100: how soon processes have to give pages */

/* Asks the reclaim daemon to work up to the high watermarks. Never sleeps. */
void wakeup_kswapd(void);
/* Sum of what shrinkers could free, in objects; for /proc. */
unsigned long shrinkable_objects(void);
/* Runs every shrinker over a share of its objects; returns the pages that became free. */
unsigned long shrink_slab(unsigned long nr, gfp_t gfp);
/* Drops clean, idle pages of the caches: /proc/sys/vm/drop_caches. */
void drop_pagecache(void);
/* Drops unused dentries and inodes, whatever their age. May sleep. */
void drop_slab(void);

/* ---- pages of processes: mm/swap_out.c ---- */

/*
 * Clears up to `want` page table entries that were not used lately; so many were cleared. Pages
 * that nobody maps any more are the next that the clock looks at. Never sleeps.
 */
unsigned long swap_out(struct reclaim *r, unsigned long want);

/* MADV_PAGEOUT: as many pages of [address, end) of the VMA as can go are swapped out. Sleeps. */
void swap_out_range(struct vm_area_struct *vma, unsigned long address, unsigned long end);

/* ---- the clock over cached pages: mm/clock.c ---- */

extern unsigned long nr_lru_pages;	/* on the clock's lists */
/*
 * Pages that are in use: mapped, or marked since the hand passed; and those that would go next.
 * Looks at every page of the row; never sleeps.
 */
void count_active_pages(unsigned long *active, unsigned long *inactive);
void lru_cache_add(struct page *page);	/* it enters the page cache or the swap cache */
void lru_cache_del(struct page *page);	/* it leaves */
void lru_put_first(struct list_head *pages);	/* they are looked at next */
/*
 * Frees pages, and starts writing dirty ones, until r->want are freed or written or `scan` have
 * been looked at; counts into *r. Frees in any case what was written and is idle now. Sleeps.
 */
void shrink_page_cache(struct reclaim *r, unsigned long scan);

/* ---- tmpfs: mm/shmem.c ---- */

/*
 * swapoff: gives the page to the tmpfs file that keeps it in this slot: it leaves the swap cache,
 * and the file's count of the slot is dropped. Whether there was one. The page is locked, up to
 * date and in the swap cache, with a reference of the caller. Never sleeps.
 */
bool shmem_unuse(swp_entry_t entry, struct page *page);
/* Areas that swapoff is emptying are used again, for memory has run out. Were there any? */
bool swap_keep_areas(void);

extern struct vm_event_counters {
	unsigned long pgfault, pgmajfault, pgalloc, pgfree, pgscan, pgsteal, oom_kill;
	unsigned long pswpin, pswpout;		/* pages read from and written to swap */
} vm_events;

#endif
