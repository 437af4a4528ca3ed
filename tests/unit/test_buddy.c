/*
 * mm/page_alloc.c: blocks are aligned, disjoint, in the right zone and counted; what is freed
 * joins again to what it was; pages can be had in batches; when memory ends, atomic requests fail
 * at once and others try to reclaim and to kill before they fail; a request may fall back to a
 * lower zone, never to a higher.
 */
#include <linux/mm.h>
#include <linux/highmem.h>
#include "unit.h"
#include "memory.h"

#define BLOCKS	600
#define STEPS	50000

extern int unit_oom_kills;

static struct block {
	struct page *page;
	unsigned int order;
} blocks[BLOCKS];
static unsigned char owned[UNIT_END];

static void take(struct block *b, gfp_t gfp, unsigned int order)
{
	unsigned long before = nr_free_pages(), pfn, i;

	b->page = alloc_pages(gfp | __GFP_NOWARN, order);
	b->order = order;
	if (!b->page) {
		CHECK(nr_free_pages() == before);
		return;
	}
	pfn = page_to_pfn(b->page);
	CHECK(nr_free_pages() == before - (1UL << order));
	CHECK(pfn >= UNIT_FIRST && pfn + (1UL << order) <= UNIT_END);
	CHECK(!(pfn & ((1UL << order) - 1)), "frame %lx of order %u", pfn, order);
	CHECK(page_count(b->page) == 1);
	CHECK((gfp & __GFP_HIGHMEM) || pfn + (1UL << order) <= UNIT_LOW_END);
	CHECK(!(gfp & __GFP_DMA) || pfn + (1UL << order) <= UNIT_DMA_END);
	for (i = 0; i < 1UL << order; i++) {
		CHECK(!owned[pfn + i], "frame %lx was given out twice", pfn + i);
		owned[pfn + i] = 1;
	}
}

static void give(struct block *b)
{
	unsigned long pfn = page_to_pfn(b->page), i;

	for (i = 0; i < 1UL << b->order; i++)
		owned[pfn + i] = 0;
	__free_pages(b->page, b->order);
	b->page = NULL;
}

static void give_all(void)
{
	int i;

	for (i = 0; i < BLOCKS; i++)
		if (blocks[i].page)
			give(&blocks[i]);
}

static void count_blocks(unsigned long *nr)
{
	unsigned int z, order;

	for (z = 0; z < MAX_NR_ZONES; z++)
		for (order = 0; order < MAX_ORDER; order++)
			*nr++ = zones[z].free_area[order].nr_free;
}

static void test_random(void)
{
	static const gfp_t kinds[] = { GFP_ATOMIC, GFP_ATOMIC | __GFP_DMA,
				       GFP_ATOMIC | __GFP_HIGHMEM };
	unsigned long before[MAX_NR_ZONES * MAX_ORDER], after[MAX_NR_ZONES * MAX_ORDER];
	unsigned long total = nr_free_pages();
	unsigned int i;
	int step;

	unit_memory_settle();
	count_blocks(before);
	for (step = 0; step < STEPS; step++) {
		struct block *b = &blocks[unit_random(BLOCKS)];

		if (b->page)
			give(b);
		else
			take(b, kinds[unit_random(3)],
			     unit_random(4) ? 0 : unit_random(step % 50 ? 5 : MAX_ORDER));
	}
	give_all();
	CHECK(nr_free_pages() == total);
	unit_memory_settle();
	count_blocks(after);
	for (i = 0; i < ARRAY_SIZE(before); i++)
		CHECK(before[i] == after[i], "zone %u order %u: %lu blocks, then %lu",
		      i / MAX_ORDER, i % MAX_ORDER, before[i], after[i]);
}

/* Takes single pages until there are none; returns how many. */
static unsigned long exhaust(gfp_t gfp, struct page **taken)
{
	unsigned long n = 0;

	while ((taken[n] = alloc_pages(gfp | __GFP_NOWARN, 0)))
		n++;
	return n;
}

static void test_exhaustion(void)
{
	static struct page *taken[UNIT_END];
	unsigned long total = nr_free_pages(), n;

	n = exhaust(GFP_ATOMIC, taken);
	CHECK(n > UNIT_LOW_END / 2 && n < UNIT_LOW_END);
	CHECK(nr_free_highpages() == UNIT_END - UNIT_LOW_END, "lowmem requests took highmem");
	CHECK(unit_oom_kills == 0, "an atomic request killed");
	while (n > 0)
		__free_pages(taken[--n], 0);

	n = exhaust(GFP_HIGHUSER, taken);
	CHECK(n > UNIT_LOW_END && nr_free_highpages() < 64);
	CHECK(zones[ZONE_DMA].free_pages > 0, "user pages took the last DMA page");
	CHECK(unit_oom_kills > 0, "nothing was killed before the request failed");
	while (n > 0)
		__free_pages(taken[--n], 0);
	CHECK(nr_free_pages() == total);
}

/* Single pages in batches: like those that come one by one, and as many in all. */
static void test_batches(void)
{
	static struct page *taken[UNIT_END];
	unsigned long total = nr_free_pages(), n = 0, i;
	unsigned int got, want;
	gfp_t gfp = GFP_ATOMIC | __GFP_HIGHMEM | __GFP_NOWARN;

	do {
		want = 1 + unit_random(40);
		got = alloc_page_batch(gfp, want, taken + n);
		for (i = 0; i < got; i++) {
			CHECK(page_count(taken[n + i]) == 1 && !taken[n + i]->private);
			CHECK(!owned[page_to_pfn(taken[n + i])], "given out twice");
			owned[page_to_pfn(taken[n + i])] = 1;
		}
		n += got;
		CHECK(nr_free_pages() == total - n);
	} while (got == want);
	CHECK(alloc_pages(gfp, 0) == NULL && n > UNIT_LOW_END && nr_free_highpages() < 64);
	while (n > 0) {
		owned[page_to_pfn(taken[--n])] = 0;
		__free_pages(taken[n], 0);
	}
	CHECK(nr_free_pages() == total);
	CHECK(alloc_page_batch(GFP_ATOMIC, 0, taken) == 0);
}

static void test_corners(void)
{
	struct page *page;
	unsigned long addr, i;

	CHECK(alloc_pages(GFP_KERNEL, MAX_ORDER) == NULL);
	CHECK(alloc_pages(GFP_KERNEL | __GFP_NOWARN, MAX_ORDER - 1) != NULL);
	addr = __get_free_pages(GFP_KERNEL, 0);
	for (i = 0; i < PAGE_SIZE; i++)
		((char *)addr)[i] = 'x';
	free_pages(addr, 0);
	addr = get_zeroed_page(GFP_KERNEL);
	CHECK(addr >= PAGE_OFFSET && addr < (unsigned long)high_memory);
	for (i = 0; i < PAGE_SIZE; i++)
		CHECK(((char *)addr)[i] == 0);
	page = virt_to_page(addr);
	get_page(page);
	free_pages(addr, 0);
	CHECK(page_count(page) == 1, "freed while somebody held it");
	put_page(page);
	free_pages(0, 0);
}

/* On the largest machine too the minimum of all zones adds up to what was asked for. */
static void test_watermarks(void)
{
	static const unsigned long pages[MAX_NR_ZONES] = { 4096, 225280, 686080 };
	unsigned long sum = 0, wanted;
	int i;

	totalram_pages = 0;
	for (i = 0; i < MAX_NR_ZONES; i++) {
		zones[i].present_pages = pages[i];
		totalram_pages += pages[i];
	}
	wanted = totalram_pages / 4;
	set_min_free(wanted << (PAGE_SHIFT - 10));
	for (i = 0; i < MAX_NR_ZONES; i++) {
		CHECK(zones[i].pages_min <= zones[i].pages_low &&
		      zones[i].pages_low <= zones[i].pages_high);
		sum += zones[i].pages_min;
	}
	CHECK(sum <= wanted && sum + MAX_NR_ZONES >= wanted, "%lu pages, not %lu", sum, wanted);
}

int main(void)
{
	unit_memory_init();
	CHECK(nr_free_pages() == UNIT_END - UNIT_FIRST);
	test_random();
	test_exhaustion();
	test_batches();
	test_corners();
	test_watermarks();
	return 0;
}
