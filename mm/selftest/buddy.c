/*
 * The buddy allocator of each zone: blocks of all orders are aligned, in the right
 * zone and nobody else's; in the end the free lists are in order.
 */
#include <linux/slab.h>
#include "selftest.h"

#define BLOCKS		64
#define STEPS		1500
#define MAX_PAGES	4096		/* held at a time: every one is filled and compared */

struct block {
	struct page *page;
	unsigned int order;
	u32 key;
};

static struct block *blocks __initdata;
static unsigned long pages_held __initdata;

/* Small blocks are more frequent, all occur. */
static unsigned int __init random_order(void)
{
	unsigned int order = selftest_random(MAX_ORDER);

	return selftest_random(order + 1);
}

static void __init take(struct block *b, gfp_t gfp, unsigned long limit)
{
	unsigned long pfn, i;

	b->order = random_order();
	if (pages_held + (1UL << b->order) > limit)
		return;
	b->page = alloc_pages(gfp | GFP_ATOMIC | __GFP_NOWARN, b->order);
	if (!b->page)
		return;
	b->key = selftest_random(~0u);
	pages_held += 1UL << b->order;
	pfn = page_to_pfn(b->page);
	check(!(pfn & ((1UL << b->order) - 1)), "frame %lx aligned to order %u", pfn, b->order);
	check(page_count(b->page) == 1, "one user, not %d", page_count(b->page));
	check((gfp & __GFP_HIGHMEM) || !PageHighMem(b->page), "a lowmem frame, not %lx", pfn);
	check(!(gfp & __GFP_DMA) || page_zone(b->page) == &zones[gfp_zone(gfp)],
	      "a frame of zone DMA, not %lx", pfn);
	for (i = 0; i < 1UL << b->order; i++) {
		check(!PageReserved(b->page + i) && !PageBuddy(b->page + i) &&
			      page_zone(b->page + i) == page_zone(b->page),
		      "frame %lx to be whole and free", pfn + i);
		fill_page(b->page + i, b->key + i);
	}
}

static void __init give(struct block *b)
{
	unsigned long i;

	for (i = 0; i < 1UL << b->order; i++)
		check(same_page(b->page + i, b->key + i), "frame %lx unchanged",
		      page_to_pfn(b->page + i));
	pages_held -= 1UL << b->order;
	__free_pages(b->page, b->order);
	b->page = NULL;
}

/* The free blocks of one order. Returns their pages. */
static unsigned long __init check_list(struct zone *zone, unsigned int order)
{
	unsigned long blocks_seen = 0;
	struct page *page;

	list_for_each_entry(page, &zone->free_area[order].free_list, lru) {
		unsigned long pfn = page_to_pfn(page), buddy = pfn ^ (1UL << order);

		check(PageBuddy(page) && page->private == order && page_zone(page) == zone &&
			      !(pfn & ((1UL << order) - 1)),
		      "frame %lx to head a free block", pfn);
		check(page_count(page) == 0, "no user of free frame %lx", pfn);
		if (order < MAX_ORDER - 1 && pfn_valid(buddy) &&
		    page_zone(pfn_to_page(buddy)) == zone)
			check(!PageBuddy(pfn_to_page(buddy)) ||
				      pfn_to_page(buddy)->private != order,
			      "%lx and %lx joined, at order %u", pfn, buddy, order);
		blocks_seen++;
	}
	check(blocks_seen == zone->free_area[order].nr_free,
	      "%lu blocks of order %u in %s, not %lu", zone->free_area[order].nr_free, order,
	      zone->name, blocks_seen);
	return blocks_seen << order;
}

static void __init check_free_lists(void)
{
	unsigned int i, order;

	for (i = 0; i < MAX_NR_ZONES; i++) {
		unsigned long pages = zones[i].nr_hot;

		if (!zones[i].present_pages)
			continue;
		for (order = 0; order < MAX_ORDER; order++)
			pages += check_list(&zones[i], order);
		check(pages == zones[i].free_pages, "%lu free pages in %s, not %lu",
		      zones[i].free_pages, zones[i].name, pages);
	}
}

void __init test_buddy(void)
{
	static gfp_t gfps[] __initdata = { __GFP_DMA, 0, __GFP_HIGHMEM };
	unsigned long limit;
	unsigned int i, step;

	blocks = kzalloc(BLOCKS * sizeof(*blocks), GFP_KERNEL);
	if (!blocks)
		return;
	for (i = 0; i < ARRAY_SIZE(gfps); i++) {
		limit = min(nr_free_pages() / 3, (unsigned long)MAX_PAGES);
		for (step = 0; step < STEPS; step++) {
			struct block *b = &blocks[selftest_random(BLOCKS)];

			if (b->page)
				give(b);
			else
				take(b, gfps[i], limit);
		}
		for (step = 0; step < BLOCKS; step++)
			if (blocks[step].page)
				give(&blocks[step]);
		check_free_lists();
	}
	check(!alloc_pages(GFP_KERNEL, MAX_ORDER), "no block of 8 MB");
	kfree(blocks);
}
