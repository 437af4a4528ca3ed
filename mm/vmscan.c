/*
 * Reclaim: getting memory back when it runs short. What can be had without a
 * swap device is what caches hold: pages of files, buffers, names, inodes.
 *
 * kswapd starts when a zone falls below its low watermark and works until
 * all are above the high one, so that most allocations never wait. An
 * allocation that finds even the min watermark reached does the same work itself
 * (direct reclaim).
 */
#include <linux/mm.h>
#include <linux/swap.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/init.h>
#include <linux/buffer_head.h>

static LIST_HEAD(shrinker_list);
static DECLARE_WAIT_QUEUE_HEAD(kswapd_wait);
static bool kswapd_wanted;

struct vm_event_counters vm_events;

#define RECLAIM_BATCH	32	/* pages that one round tries to free */

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

/* One round over all caches; harder with each lower priority (6 .. 0). */
static unsigned long shrink_caches(gfp_t gfp, int priority)
{
	unsigned long freed;

	freed = shrink_page_cache(max_t(unsigned long, RECLAIM_BATCH, nr_pagecache >> priority), gfp);
	if (freed < RECLAIM_BATCH)
		freed += shrink_slab(max_t(unsigned long, 128, shrinkable_objects() >> priority), gfp);
	return freed;
}

unsigned long try_to_free_pages(gfp_t gfp, unsigned int order)
{
	unsigned long freed = 0, want = max_t(unsigned long, RECLAIM_BATCH, 1UL << order);
	unsigned long had = current->flags & PF_MEMALLOC;
	int priority;

	current->flags |= PF_MEMALLOC;
	for (priority = 6; priority >= 0 && freed < want; priority--)
		freed += shrink_caches(gfp, priority);
	if (!had)
		current->flags &= ~PF_MEMALLOC;
	vm_events.pgsteal += freed;
	return freed;
}

static bool zones_balanced(void)
{
	int i;

	for (i = 0; i < MAX_NR_ZONES; i++)
		if (zones[i].present_pages && zones[i].free_pages < zones[i].pages_high)
			return false;
	return true;
}

void wakeup_kswapd(void)
{
	kswapd_wanted = true;
	if (waitqueue_active(&kswapd_wait))
		wake_up(&kswapd_wait);
}

static int kswapd(void *unused)
{
	(void)unused;
	current->flags |= PF_MEMALLOC;
	for (;;) {
		wait_event_interruptible(kswapd_wait, kswapd_wanted);
		kswapd_wanted = false;
		while (!zones_balanced()) {
			unsigned long freed = shrink_caches(GFP_KERNEL, 4);

			vm_events.pgsteal += freed;
			if (!freed)
				break;
			cond_resched();
		}
		/* Nothing to be had: let others make progress before the next try. */
		schedule_timeout_interruptible(HZ / 10);
	}
	return 0;
}

static int __init kswapd_init(void)
{
	return kernel_thread(kswapd, NULL, "kswapd") < 0 ? -ENOMEM : 0;
}
initcall_fs(kswapd_init);

void drop_pagecache(void)
{
	while (shrink_page_cache(nr_pagecache, GFP_KERNEL))
		;
}

void drop_slab(void)
{
	while (shrink_slab(shrinkable_objects(), GFP_KERNEL) > 10)
		;
}
