/*
 * Reclaim: getting memory back when it runs short.
 *
 *	page cache, swap cache	the clock (clock.c): clean pages are freed, dirty ones written
 *	pages of processes	swap_out() (swap_out.c) unmaps them, so that the clock can have them
 *	names, inodes, buffers	shrinkers, which give objects back, and then the slab its pages
 *
 * kswapd starts when all zones have fallen below their low watermark and works until all are above
 * the high one, so that most allocations never wait. An allocation that finds even the min
 * watermark reached does the same work itself (direct reclaim), with growing zeal: priority 6 looks
 * at 1/64 of everything, 0 at everything. What it starts to write is not free yet; so it waits
 * until the disk has taken something, and looks again.
 *
 * Only pages of a zone that the request can use count: a full HIGHMEM is no help to the kernel.
 */
#include <linux/mm.h>
#include <linux/swap.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/shmem_fs.h>
#include <linux/slab.h>
#include <linux/init.h>

static LIST_HEAD(shrinker_list);
static DECLARE_WAIT_QUEUE_HEAD(kswapd_wait);
static bool kswapd_wanted;
static unsigned int futile_attempts;	/* of direct reclaim, since the last that found enough */

struct vm_event_counters vm_events;
int swappiness = 60;

#define RECLAIM_BATCH	32	/* pages that one attempt tries to free */
#define LEAST_PRIORITY	6	/* 1/64 of everything */
#define WRITE_PATIENCE	(HZ / 10)
#define KSWAPD_REST	(HZ / 2)	/* when there is nothing to be had */
#define EMPTY_SHARE	32	/* 1/32 of memory, */
#define EMPTY_MAX	1024UL	/* but at most 4 MB: programs that run need no more */
#define FUTILE_MAX	16	/* so many futile attempts in a row: memory is used up */
#define ALL_ZONES	((1U << MAX_NR_ZONES) - 1)
#define LOWMEM_ZONES	((1U << ZONE_DMA) | (1U << ZONE_NORMAL))

/* ---- what gives objects back ---- */

void register_shrinker(struct shrinker *s)
{
	list_add_tail(&s->list, &shrinker_list);
}

unsigned long shrinkable_objects(void)
{
	struct shrinker *s;
	unsigned long sum = 0;

	list_for_each_entry(s, &shrinker_list, list)
		sum += s->shrink(0, GFP_KERNEL);
	return sum;
}

unsigned long shrink_slab(unsigned long nr, gfp_t gfp)
{
	unsigned long before = nr_free_pages(), after;
	struct shrinker *s;

	list_for_each_entry(s, &shrinker_list, list)
		s->shrink(nr, gfp);
	kmem_cache_reap();
	after = nr_free_pages();
	return after > before ? after - before : 0;
}

void drop_slab(void)
{
	while (shrink_slab(shrinkable_objects(), GFP_KERNEL) > 10)
		;
}

/* ---- one attempt ---- */

static bool enough(const struct reclaim *r)
{
	return r->freed + r->written >= r->want;
}

/*
 * Are processes to give pages too, or the caches alone? The more of memory processes have, and the
 * harder the search was already, the sooner; swappiness shifts it: 0 is at the last moment, 100
 * always.
 */
static bool processes_give(const struct reclaim *r)
{
	unsigned long share = (nr_anon_pages + nr_mapped_pages) * 100 / totalram_pages;

	return swappiness + share / 2 + (100 >> r->priority) >= 100;
}

/* One round, as hard as r->priority says. What processes gave is the first to go. */
static void shrink_caches(struct reclaim *r)
{
	if (processes_give(r))
		swap_out(r, r->want);
	shrink_page_cache(r, max_t(unsigned long, 2 * RECLAIM_BATCH,
				   2 * nr_lru_pages >> r->priority));
	if (!enough(r) && (r->zones & LOWMEM_ZONES))
		r->freed += shrink_slab(
			max_t(unsigned long, 128, shrinkable_objects() >> r->priority), r->gfp);
}

/* Tries until `want` pages are free or everything was looked at; what became of it, in pages. */
static unsigned long reclaim(struct reclaim *r)
{
	for (r->priority = LEAST_PRIORITY; r->priority >= 0; r->priority--) {
		r->written = 0;
		shrink_caches(r);
		if (r->freed >= r->want)
			break;
		if (nr_writeback_pages) {
			wait_for_any_writeback(WRITE_PATIENCE);
			r->progress++;
			shrink_page_cache(r, 0);
			if (r->freed >= r->want)
				break;
		}
	}
	vm_events.pgsteal += r->freed;
	return r->freed + r->unmapped + r->progress;
}

/*
 * With no slot free and next to no pages left of files, nor any that have a slot already, what is
 * freed is the text of running programs, and is read in again at once.
 */
static bool caches_are_empty(void)
{
	return !nr_swap_pages &&
	       nr_pagecache - nr_shmem_pages < min(totalram_pages / EMPTY_SHARE, EMPTY_MAX);
}

unsigned long try_to_free_pages(gfp_t gfp, unsigned int order)
{
	struct reclaim r = {
		.gfp = gfp,
		.zones = ALL_ZONES >> (MAX_NR_ZONES - 1 - gfp_zone(gfp)),
		.want = max_t(unsigned long, RECLAIM_BATCH, 1UL << order),
	};
	unsigned long had = current->flags & PF_MEMALLOC, progress;

	current->flags |= PF_MEMALLOC;
	progress = reclaim(&r);
	if (!had)
		current->flags &= ~PF_MEMALLOC;
	if (r.freed >= r.want && !caches_are_empty())
		futile_attempts = 0;
	else if (!nr_writeback_pages && !order)
		futile_attempts++;
	return progress;
}

bool reclaim_is_futile(void)
{
	if (futile_attempts < FUTILE_MAX)
		return false;
	futile_attempts = 0;
	return true;
}

/* ---- kswapd ---- */

/* The zones that are not above their high watermark, as bits. */
static unsigned int unbalanced_zones(void)
{
	unsigned int zonemask = 0;
	int i;

	for (i = 0; i < MAX_NR_ZONES; i++)
		if (zones[i].present_pages && zones[i].free_pages < zones[i].pages_high)
			zonemask |= 1U << i;
	return zonemask;
}

void wakeup_kswapd(void)
{
	kswapd_wanted = true;
	if (waitqueue_active(&kswapd_wait))
		wake_up(&kswapd_wait);
}

static int kswapd(void *unused)
{
	unsigned int zonemask;

	(void)unused;
	current->flags |= PF_MEMALLOC;
	for (;;) {
		wait_event_interruptible(kswapd_wait, kswapd_wanted);
		kswapd_wanted = false;
		while ((zonemask = unbalanced_zones()) != 0) {
			struct reclaim r = {
				.gfp = GFP_KERNEL, .zones = zonemask, .want = RECLAIM_BATCH,
			};

			reclaim(&r);
			if (r.freed < r.want && !nr_writeback_pages) {
				schedule_timeout_interruptible(KSWAPD_REST);
				break;
			}
			cond_resched();
		}
	}
	return 0;
}

static int __init kswapd_init(void)
{
	return kernel_thread(kswapd, NULL, "kswapd") < 0 ? -ENOMEM : 0;
}
initcall_fs(kswapd_init);
