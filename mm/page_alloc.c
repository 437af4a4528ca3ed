/*
 * Page frames: zones, and the buddy allocator in each of them.
 *
 * Free memory is kept in blocks of 2^order pages, aligned to their size. A
 * block that is too large is halved until it fits; a freed block is joined
 * with its buddy, the one other block it can form the next larger block
 * with, as long as that is free too. The buddy of the block at frame n is at
 * n ^ (1 << order).
 *
 * Single pages come and go most, so each zone keeps the last freed ones on a
 * short `hot` list, unmerged: taking a page is then a list_del(). An empty list
 * is filled with the smallest blocks there are, which need not be halved for that. The
 * list is emptied into the buddy system when a larger block is wanted and missing.
 *
 * 0.12's get_free_page() scanned mem_map[] backwards for a byte that was 0.
 */
#include <linux/mm.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/math64.h>
#include <linux/sched.h>
#include <linux/swap.h>
#include <uapi/linux/sysinfo.h>

struct page *mem_map;
unsigned long min_low_pfn, max_low_pfn, max_pfn;
void *high_memory;
unsigned long totalram_pages, totalhigh_pages;

struct zone zones[MAX_NR_ZONES] = {
	[ZONE_DMA] = { .name = "DMA" },
	[ZONE_NORMAL] = { .name = "Normal" },
	[ZONE_HIGHMEM] = { .name = "HighMem" },
};

#define ZONE_SHIFT	30
#define HOT_MAX		64	/* pages on a hot list */
#define HOT_BATCH	16	/* pages moved at once */

/* What stays of page->flags when the page is freed: where it is, not who used it. */
#define PAGE_FLAGS_PLACE ((3UL << ZONE_SHIFT) | (1UL << PG_highmem))
/* A page that is freed must not be in any of these states. */
#define PAGE_FLAGS_BUSY	((1UL << PG_locked) | (1UL << PG_writeback) | (1UL << PG_lru) | \
			 (1UL << PG_buddy) | (1UL << PG_reserved) | (1UL << PG_swapcache))

/* ---- the buddy system of one zone; zone->lock held ---- */

static void add_block(struct zone *zone, struct page *page, unsigned int order)
{
	page->private = order;
	page->flags |= 1UL << PG_buddy;
	list_add(&page->lru, &zone->free_area[order].free_list);
	zone->free_area[order].nr_free++;
}

static void del_block(struct zone *zone, struct page *page, unsigned int order)
{
	list_del(&page->lru);
	page->flags &= ~(1UL << PG_buddy);
	zone->free_area[order].nr_free--;
}

/* Joins the block with its buddy as long as that lies in the zone and is free. */
static void merge_block(struct zone *zone, struct page *page, unsigned int order)
{
	unsigned long pfn = page_to_pfn(page);

	for (; order < MAX_ORDER - 1; order++) {
		unsigned long buddy_pfn = pfn ^ (1UL << order);
		struct page *buddy = page + (long)(buddy_pfn - pfn);

		if (buddy_pfn - zone->start_pfn >= zone->spanned_pages ||
		    !PageBuddy(buddy) || buddy->private != order)
			break;
		del_block(zone, buddy, order);
		if (buddy < page) {
			page = buddy;
			pfn = buddy_pfn;
		}
	}
	add_block(zone, page, order);
}

/*
 * Takes the smallest block that has at least *order, halves it until it has at most `most`, and
 * returns the halves left over. *order becomes its order.
 */
static struct page *take_block(struct zone *zone, unsigned int *order, unsigned int most)
{
	unsigned int have;
	struct page *page;

	for (have = *order; have < MAX_ORDER; have++)
		if (!list_empty(&zone->free_area[have].free_list))
			break;
	if (have == MAX_ORDER)
		return NULL;
	page = list_first_entry(&zone->free_area[have].free_list, struct page, lru);
	del_block(zone, page, have);
	while (have > most) {
		have--;
		add_block(zone, page + (1UL << have), have);
	}
	*order = have;
	return page;
}

static void drain_hot(struct zone *zone, unsigned int nr)
{
	while (nr-- && zone->nr_hot) {
		struct page *page = list_last_entry(&zone->hot, struct page, lru);

		list_del(&page->lru);
		zone->nr_hot--;
		merge_block(zone, page, 0);
	}
}

static void fill_hot(struct zone *zone)
{
	unsigned int left = HOT_BATCH;

	while (left) {
		unsigned int order = 0, i;
		struct page *page = take_block(zone, &order, fls(left) - 1);

		if (!page)
			break;
		for (i = 0; i < 1U << order; i++)
			list_add_tail(&page[i].lru, &zone->hot);
		zone->nr_hot += 1U << order;
		left -= 1U << order;
	}
}

static inline struct page *take_hot(struct zone *zone)
{
	struct page *page;

	if (unlikely(!zone->nr_hot)) {
		fill_hot(zone);
		if (!zone->nr_hot)
			return NULL;
	}
	page = list_first_entry(&zone->hot, struct page, lru);
	list_del(&page->lru);
	zone->nr_hot--;
	return page;
}

void drain_hot_pages(void)
{
	unsigned long flags;
	int i;

	local_irq_save(flags);
	for (i = 0; i < MAX_NR_ZONES; i++)
		drain_hot(&zones[i], zones[i].nr_hot);
	local_irq_restore(flags);
}

/* A block out of this zone, or NULL. Watermarks are the caller's business. */
static struct page *zone_alloc(struct zone *zone, unsigned int order)
{
	unsigned long flags;
	struct page *page;

	spin_lock_irqsave(&zone->lock, flags);
	if (order == 0) {
		page = take_hot(zone);
	} else {
		page = take_block(zone, &order, order);
		if (!page && zone->nr_hot) {
			drain_hot(zone, zone->nr_hot);
			page = take_block(zone, &order, order);
		}
	}
	if (page)
		zone->free_pages -= 1UL << order;
	spin_unlock_irqrestore(&zone->lock, flags);
	return page;
}

static void bad_page(struct page *page, const char *what)
{
	printk(KERN_EMERG "Bad page %05lx (%s): flags %08lx count %d mapcount %d mapping %p\n",
	       page_to_pfn(page), what, page->flags, page_count(page),
	       page->mapcount, (void *)page->mapping);
	BUG();
}

static void free_block(struct page *page, unsigned int order)
{
	struct zone *zone = page_zone(page);
	unsigned long flags;

	if (unlikely((page->flags & PAGE_FLAGS_BUSY) || page->mapping ||
		     page->mapcount))
		bad_page(page, "freed while in use");
	page->flags &= PAGE_FLAGS_PLACE;

	spin_lock_irqsave(&zone->lock, flags);
	zone->free_pages += 1UL << order;
	if (order == 0) {
		list_add(&page->lru, &zone->hot);
		if (++zone->nr_hot > HOT_MAX)
			drain_hot(zone, HOT_BATCH);
	} else {
		merge_block(zone, page, order);
	}
	spin_unlock_irqrestore(&zone->lock, flags);
}

/* ---- choosing a zone ---- */

enum watermark { WMARK_LOW, WMARK_MIN, WMARK_ATOMIC, WMARK_NONE };

/* True when the zone may give nr pages and stay above the mark. */
static bool zone_watermark_ok(struct zone *zone, unsigned long nr, enum watermark wmark,
			      bool fallback)
{
	unsigned long mark = 0;

	switch (wmark) {
	case WMARK_LOW:
		mark = zone->pages_low;
		break;
	case WMARK_MIN:
		mark = zone->pages_min;
		break;
	case WMARK_ATOMIC:
		mark = zone->pages_min / 2;
		break;
	case WMARK_NONE:
		break;
	}
	if (fallback && wmark != WMARK_NONE)
		mark += zone->lowmem_reserve;
	return zone->free_pages >= mark + nr;
}

/* The zone to take from while there is enough: the highest that exists and will do. */
static int best_zone(gfp_t gfp)
{
	int zone = gfp_zone(gfp);

	while (zone > 0 && !zones[zone].present_pages)
		zone--;
	return zone;
}

static struct page *get_page_from_zones(gfp_t gfp, unsigned int order, enum watermark wmark)
{
	int first = best_zone(gfp), i;

	for (i = first; i >= 0; i--) {
		struct page *page;

		if (!zone_watermark_ok(&zones[i], 1UL << order, wmark, i != first))
			continue;
		page = zone_alloc(&zones[i], order);
		if (page)
			return page;
	}
	return NULL;
}

/* Is there still little in the zones that serve the request, or has a kill helped meanwhile? */
static bool memory_is_low(gfp_t gfp)
{
	int i;

	for (i = gfp_zone(gfp); i >= 0; i--)
		if (zones[i].free_pages > 2 * zones[i].pages_high + zones[i].lowmem_reserve)
			return false;
	return true;
}

#define RECLAIM_ROUNDS	256	/* then what is freed is evidently of no use to the request */
#define NOFS_PATIENCE	HZ	/* ticks for others to free what this task must not touch */
#define COSTLY_ORDER	3	/* a larger block is not worth a life */

/* The last pages are for those who free memory: reclaim itself, and tasks that are dying. */
static bool may_use_reserve(void)
{
	return !in_interrupt() && ((current->flags & (PF_MEMALLOC | PF_EXITING)) ||
				   (signal_pending(current) && fatal_signal_pending(current)));
}

/* Reclaims until there is a block; NULL when what can be had is of no use. */
static struct page *reclaim_and_alloc(gfp_t gfp, unsigned int order, enum watermark wmark)
{
	unsigned int rounds = RECLAIM_ROUNDS >> min_t(unsigned int, order, COSTLY_ORDER);
	struct page *page;

	do {
		page = get_page_from_zones(gfp, order, wmark);
	} while (!page && !may_use_reserve() && try_to_free_pages(gfp, order) && --rounds);
	return page ? page : get_page_from_zones(gfp, order, wmark);
}

/* Memory is short: dig deeper, reclaim, in the end kill. */
static noinline struct page *alloc_pages_slow(gfp_t gfp, unsigned int order)
{
	enum watermark wmark = gfp & __GFP_HIGH ? WMARK_ATOMIC : WMARK_MIN;
	unsigned int patience = NOFS_PATIENCE;
	struct page *page;

	wakeup_kswapd();
	page = get_page_from_zones(gfp, order, wmark);
	if (page)
		return page;
	/* Who cannot wait fails now; the reserve is for those in need, and read-ahead is not. */
	if (!(gfp & __GFP_WAIT) && !((gfp & __GFP_HIGH) && may_use_reserve()))
		return NULL;
	BUG_ON(in_interrupt());
	for (;;) {
		page = reclaim_and_alloc(gfp, order, wmark);
		if (page) {
			if (!(gfp & __GFP_NORETRY) && memory_is_low(gfp) &&
			    reclaim_is_futile())
				out_of_memory(gfp, order);
			return page;
		}
		if (may_use_reserve())
			return get_page_from_zones(gfp, order, WMARK_NONE);
		if (gfp & __GFP_NORETRY)
			return NULL;
		if (order > COSTLY_ORDER || (!(gfp & __GFP_FS) && !patience--))
			return get_page_from_zones(gfp, order, WMARK_ATOMIC);
		if ((gfp & __GFP_FS) && !out_of_memory(gfp, order))
			return NULL;
		wakeup_kswapd();
		schedule_timeout_uninterruptible(1);
	}
}

struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	struct page *page;

	if (unlikely(order >= MAX_ORDER))
		return NULL;
	page = get_page_from_zones(gfp, order, WMARK_LOW);
	if (unlikely(!page)) {
		page = alloc_pages_slow(gfp, order);
		if (!page) {
			if (!(gfp & __GFP_NOWARN))
				printk_ratelimited(KERN_WARNING
						   "%s: no memory for 2^%u pages, gfp %x\n",
						   current->comm, order, gfp);
			return NULL;
		}
	}
	atomic_set(&page->count, 1);
	page->private = 0;
	if (gfp & __GFP_ZERO) {
		unsigned long i;

		for (i = 0; i < 1UL << order; i++)
			clear_highpage(page + i);
	}
	return page;
}

/* From the hot list of one zone; without much ado only while memory is plentiful. */
unsigned int alloc_page_batch(gfp_t gfp, unsigned int nr, struct page **pages)
{
	struct zone *zone = &zones[best_zone(gfp)];
	unsigned int n = 0;
	unsigned long flags;

	if (zone_watermark_ok(zone, nr, WMARK_LOW, false)) {
		spin_lock_irqsave(&zone->lock, flags);
		while (n < nr && (pages[n] = take_hot(zone)) != NULL) {
			atomic_set(&pages[n]->count, 1);
			pages[n++]->private = 0;
		}
		zone->free_pages -= n;
		spin_unlock_irqrestore(&zone->lock, flags);
	}
	while (n < nr && (pages[n] = alloc_page(gfp)) != NULL)
		n++;
	return n;
}

unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages(gfp & ~__GFP_HIGHMEM, order);

	return page ? (unsigned long)lowmem_page_address(page) : 0;
}

unsigned long get_zeroed_page(gfp_t gfp)
{
	return __get_free_pages(gfp | __GFP_ZERO, 0);
}

unsigned long get_free_page(void)
{
	return get_zeroed_page(GFP_KERNEL);
}

void __put_page(struct page *page)
{
	free_block(page, 0);
}

void __free_pages(struct page *page, unsigned int order)
{
	if (atomic_dec_and_test(&page->count))
		free_block(page, order);
}

void free_pages(unsigned long addr, unsigned int order)
{
	if (addr)
		__free_pages(virt_to_page(addr), order);
}

/* ---- counting ---- */

unsigned long nr_free_pages(void)
{
	return zones[ZONE_DMA].free_pages + zones[ZONE_NORMAL].free_pages +
	       zones[ZONE_HIGHMEM].free_pages;
}

unsigned long nr_free_highpages(void)
{
	return zones[ZONE_HIGHMEM].free_pages;
}

void si_meminfo(struct sysinfo *val)
{
	val->totalram = totalram_pages;
	val->freeram = nr_free_pages();
	val->totalhigh = totalhigh_pages;
	val->freehigh = nr_free_highpages();
	val->mem_unit = PAGE_SIZE;
}

void show_mem(void)
{
	int i;
	unsigned int order;

	for (i = 0; i < MAX_NR_ZONES; i++) {
		struct zone *z = &zones[i];

		if (!z->present_pages)
			continue;
		printk(KERN_INFO "%s: %lu KB of %lu KB free, min %lu low %lu high %lu KB, blocks",
		       z->name, z->free_pages << 2, z->present_pages << 2, z->pages_min << 2,
		       z->pages_low << 2, z->pages_high << 2);
		for (order = 0; order < MAX_ORDER; order++)
			printk(" %lu", z->free_area[order].nr_free);
		printk("\n");
	}
}

/* ---- boot ---- */

static void __init zone_init(struct zone *zone, unsigned long start, unsigned long end)
{
	unsigned long zone_bits = (unsigned long)(zone - zones) << ZONE_SHIFT;
	unsigned long pfn;
	unsigned int order;

	if (zone == &zones[ZONE_HIGHMEM])
		zone_bits |= 1UL << PG_highmem;
	zone->start_pfn = start;
	zone->spanned_pages = end - start;
	INIT_LIST_HEAD(&zone->hot);
	for (order = 0; order < MAX_ORDER; order++)
		INIT_LIST_HEAD(&zone->free_area[order].free_list);
	for (pfn = start; pfn < end; pfn++)
		pfn_to_page(pfn)->flags = zone_bits | (1UL << PG_reserved);
}

void __init free_area_init(const unsigned long start_pfn[MAX_NR_ZONES],
			   const unsigned long end_pfn[MAX_NR_ZONES])
{
	int i;

	for (i = 0; i < MAX_NR_ZONES; i++)
		zone_init(&zones[i], start_pfn[i], end_pfn[i]);
}

/* Frees [start, end), which lies in one zone, in the largest blocks that fit. */
static void free_zone_range(struct zone *zone, unsigned long start, unsigned long end)
{
	unsigned long pfn;

	for (pfn = start; pfn < end; pfn++)
		pfn_to_page(pfn)->flags &= ~(1UL << PG_reserved);
	zone->present_pages += end - start;
	zone->free_pages += end - start;
	totalram_pages += end - start;
	if (zone == &zones[ZONE_HIGHMEM])
		totalhigh_pages += end - start;
	while (start < end) {
		unsigned int order = start ? min_t(unsigned int, __ffs(start), MAX_ORDER - 1)
					   : MAX_ORDER - 1;

		while (start + (1UL << order) > end)
			order--;
		merge_block(zone, pfn_to_page(start), order);
		start += 1UL << order;
	}
}

void free_bootmem_range(unsigned long start_pfn, unsigned long end_pfn)
{
	int i;

	for (i = 0; i < MAX_NR_ZONES; i++) {
		struct zone *z = &zones[i];
		unsigned long start = max(start_pfn, z->start_pfn);
		unsigned long end = min(end_pfn, z->start_pfn + z->spanned_pages);

		if (start < end)
			free_zone_range(z, start, end);
	}
}

unsigned long min_free_kbytes;

void set_min_free(unsigned long kbytes)
{
	unsigned long higher = 0;
	int i;

	min_free_kbytes = kbytes;
	for (i = MAX_NR_ZONES - 1; i >= 0; i--) {
		struct zone *z = &zones[i];
		u64 product = (u64)(kbytes >> (PAGE_SHIFT - 10)) * z->present_pages;
		unsigned long min_pages = div_u64(product, totalram_pages + 1);

		z->pages_min = min_pages;
		z->pages_low = min_pages + min_pages / 4;
		z->pages_high = min_pages + min_pages / 2;
		z->lowmem_reserve = min(higher / 256, z->present_pages / 2);
		higher += z->present_pages;
	}
}

/*
 * The reserve grows with the square root of memory: 128 MB keep 1.4 MB, a
 * machine of 6 MB keeps 300 KB. Each zone holds its share.
 */
void __init setup_watermarks(void)
{
	unsigned long low_kb = (totalram_pages - totalhigh_pages) << (PAGE_SHIFT - 10);
	unsigned long reserve_kb = 1;

	while (reserve_kb * reserve_kb < low_kb * 16)
		reserve_kb++;
	set_min_free(reserve_kb);
}
