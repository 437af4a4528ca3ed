/*
 * Reverse mapping: how many page table entries map a page, and which those are.
 */
#ifndef _LINUX_RMAP_H
#define _LINUX_RMAP_H

#include <linux/mm.h>

/* One more page table entry maps the page (whose PG_anon is settled); one less. */
static inline void page_add_rmap(struct page *page)
{
	if (!page->mapcount)
		*(PageAnon(page) ? &nr_anon_pages : &nr_mapped_pages) += 1;
	page->mapcount++;
}

/* One page table entry less maps the page. */
static inline void page_remove_rmap(struct page *page)
{
	if (!--page->mapcount)
		*(PageAnon(page) ? &nr_anon_pages : &nr_mapped_pages) -= 1;
}

/*
 * Makes every shared mapping of the page read-only and clean, so that the next store
 * faults and marks the page dirty again: called before it is written to the disk.
 * Returns whether any of them was dirty. Never sleeps.
 */
bool page_mkclean(struct page *page);

#endif
