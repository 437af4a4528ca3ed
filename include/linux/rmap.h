/*
 * Reverse mapping: what page table entries map a page of a file.
 */
#ifndef _LINUX_RMAP_H
#define _LINUX_RMAP_H

#include <linux/types.h>

struct page;

/*
 * Makes every shared mapping of the page read-only and clean, so that the next store
 * faults and marks the page dirty again: called before it is written to the disk.
 * Returns whether any of them was dirty. Never sleeps.
 */
bool page_mkclean(struct page *page);

#endif
