/*
 * The clock: which cached page goes when memory is short.
 *
 * All pages of the page cache and of the swap cache stand in rows, one for each zone, so that who
 * needs pages of one zone does not have to pass those of another. The hand takes the page at the
 * front and sends it to the back; a page that was used since the last round loses its mark, one
 * that nobody uses is given back:
 *
 *	clean		it leaves the cache, and its frame is free
 *	dirty		it is written, and waits in the laundry until the disk has it;
 *			the next who looks for memory finds it there, clean
 *	busy		mapped, locked, or held by a task: left alone
 *
 * Pages that processes map are never touched here: swap_out() unmaps them first, and puts them
 * where the hand stands. Lists are changed by tasks alone, never in interrupts, and nothing here
 * sleeps but the writing of a page; so after a write the row is looked at afresh.
 */
#include <linux/blkdev.h>
#include <linux/math64.h>
#include <linux/pagemap.h>
#include <linux/swap.h>

unsigned long nr_lru_pages;

static struct row {
	struct list_head pages;		/* the hand stands at the front */
	unsigned long nr;		/* pages of the zone: here, or in the laundry */
} rows[MAX_NR_ZONES] = {
	[ZONE_DMA] = { .pages = LIST_HEAD_INIT(rows[ZONE_DMA].pages) },
	[ZONE_NORMAL] = { .pages = LIST_HEAD_INIT(rows[ZONE_NORMAL].pages) },
	[ZONE_HIGHMEM] = { .pages = LIST_HEAD_INIT(rows[ZONE_HIGHMEM].pages) },
};
static LIST_HEAD(laundry);		/* being written for reclaim, oldest first */

static inline struct row *page_row(const struct page *page)
{
	return &rows[page_zonenum(page)];
}

void lru_cache_add(struct page *page)
{
	SetPageLRU(page);
	list_add_tail(&page->lru, &page_row(page)->pages);
	page_row(page)->nr++;
	nr_lru_pages++;
}

void lru_cache_del(struct page *page)
{
	ClearPageLRU(page);
	list_del(&page->lru);
	page_row(page)->nr--;
	nr_lru_pages--;
}

void lru_put_first(struct list_head *pages)
{
	while (!list_empty(pages)) {
		struct page *page = list_last_entry(pages, struct page, lru);

		list_move(&page->lru, &page_row(page)->pages);
	}
}

static void count_row(const struct row *row, unsigned long *active, unsigned long *inactive)
{
	struct page *page;

	list_for_each_entry(page, &row->pages, lru) {
		bool mapped = page->mapcount > 0;

		if (mapped ? !PageSwapCache(page) : PageReferenced(page))
			++*active;
		else if (!mapped)
			++*inactive;
	}
}

void count_active_pages(unsigned long *active, unsigned long *inactive)
{
	struct page *page;
	int zone;

	*active = nr_anon_pages;	/* those that are in swap as well stand in a row, too */
	*inactive = 0;
	for (zone = 0; zone < MAX_NR_ZONES; zone++)
		count_row(&rows[zone], active, inactive);
	list_for_each_entry(page, &laundry, lru)
		++*inactive;
}

/* In use, or in a state that only its user can end. */
static bool page_is_busy(struct page *page)
{
	return page_count(page) != 1 || page->mapcount > 0 ||
	       PageLocked(page) || PageWriteback(page);
}

/* A page of the swap cache whose slot nobody names any more: not even worth writing. */
static bool page_is_orphan(struct page *page)
{
	return PageSwapCache(page) && swap_count(page_swap_entry(page)) == 1;
}

/* An idle page leaves its cache; its frame is free afterwards. */
static void free_cached_page(struct page *page)
{
	get_page(page);
	SetPageLocked(page);
	if (PageSwapCache(page))
		delete_from_swap_cache(page);
	else
		remove_from_page_cache(page);
	unlock_page(page);
	put_page(page);
}

static inline bool zone_is_wanted(const struct reclaim *r, const struct page *page)
{
	return r->zones & (1U << page_zonenum(page));
}

/* Frees what has come back clean from the disk. It was found useless before it was sent there. */
static void collect_laundry(struct reclaim *r)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &laundry, lru) {
		if (PageWriteback(page))
			continue;
		if (page_is_busy(page) || PageDirty(page) || PageReferenced(page)) {
			list_move_tail(&page->lru, &page_row(page)->pages);
			continue;
		}
		if (zone_is_wanted(r, page))
			r->freed++;
		free_cached_page(page);
	}
}

/* Files may hold locks that the caller has taken; swap has none. */
static bool may_write(const struct reclaim *r, const struct page *page)
{
	gfp_t need = PageSwapCache(page) ? __GFP_IO : __GFP_IO | __GFP_FS;

	return (r->gfp & need) == need;
}

/* Starts writing a dirty page that the hand has met. */
static void launder_page(struct reclaim *r, struct page *page)
{
	struct address_space *mapping = page->mapping;

	if (!mapping->a_ops || !mapping->a_ops->writepage || !trylock_page(page))
		return;
	get_page(page);
	clear_page_dirty_for_io(page);
	mapping->a_ops->writepage(page);	/* unlocks */
	if (PageWriteback(page)) {
		r->written++;
		if (PageLRU(page))
			list_move_tail(&page->lru, &laundry);
	}
	put_page(page);
}

/* The hand passes up to `scan` pages of a row, until `want` of them are free or being written. */
static void shrink_row(struct reclaim *r, struct row *row, unsigned long scan, unsigned long want)
{
	unsigned long done = r->freed + r->written;

	while (scan-- && r->freed + r->written - done < want && !list_empty(&row->pages)) {
		struct page *page = list_first_entry(&row->pages, struct page, lru);

		list_move_tail(&page->lru, &row->pages);
		vm_events.pgscan++;
		if (page_is_busy(page))
			continue;
		if (PageReferenced(page)) {
			ClearPageReferenced(page);
		} else if (!PageDirty(page) || page_is_orphan(page)) {
			free_cached_page(page);
			r->freed++;
		} else if (may_write(r, page)) {
			launder_page(r, page);
		}
	}
}

/* n pages of all rows in `zones`, which have `total`: how many of them are this row's share? */
static unsigned long share(unsigned long n, const struct row *row, unsigned long total)
{
	return div_u64((u64)n * row->nr + total - 1, total);
}

/* Each zone gives as its row is long, so that a page grows as old in a small one as in a large. */
void shrink_page_cache(struct reclaim *r, unsigned long scan)
{
	unsigned long wanted = 0, want;
	int zone;

	collect_laundry(r);
	for (zone = 0; zone < MAX_NR_ZONES; zone++)
		if (r->zones & (1U << zone))
			wanted += rows[zone].nr;
	want = r->want - min(r->want, r->freed + r->written);
	for (zone = 0; zone < MAX_NR_ZONES && want; zone++)
		if ((r->zones & (1U << zone)) && rows[zone].nr)
			shrink_row(r, &rows[zone], share(scan, &rows[zone], nr_lru_pages),
				   share(want, &rows[zone], wanted));
	run_disk_queues();
}

static void drop_row(struct row *row)
{
	unsigned long left;

	for (left = row->nr; left && !list_empty(&row->pages); left--) {
		struct page *page = list_first_entry(&row->pages, struct page, lru);

		list_move_tail(&page->lru, &row->pages);
		if (!page_is_busy(page) && (!PageDirty(page) || page_is_orphan(page)))
			free_cached_page(page);
	}
}

void drop_pagecache(void)
{
	struct reclaim r = { .zones = 0 };
	int zone;

	collect_laundry(&r);
	for (zone = 0; zone < MAX_NR_ZONES; zone++)
		drop_row(&rows[zone]);
}
