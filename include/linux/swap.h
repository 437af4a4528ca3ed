/*
 * Reclaim: how the page allocator asks for memory back.
 */
#ifndef _LINUX_SWAP_H
#define _LINUX_SWAP_H

#include <linux/mm.h>

/* Asks the reclaim daemon to work up to the high watermarks. Never sleeps. */
void wakeup_kswapd(void);

/* Sum of what shrinkers could free, in objects; for /proc. */
unsigned long shrinkable_objects(void);
/* Runs every shrinker over a share of its objects; returns the pages that became free. */
unsigned long shrink_slab(unsigned long nr, gfp_t gfp);
/* Drops clean page cache / dentries and inodes: /proc/sys/vm/drop_caches. */
void drop_pagecache(void);
void drop_slab(void);

extern struct vm_event_counters {
	unsigned long pgfault, pgmajfault, pgalloc, pgfree, pgscan, pgsteal, oom_kill;
} vm_events;

#endif
