/*
 * The inside of a cache: for mm/slab.c and those who report on it.
 */
#ifndef _LINUX_SLAB_DEF_H
#define _LINUX_SLAB_DEF_H

#include <linux/types.h>
#include <linux/list.h>

#define AVAIL_MAX	32		/* objects on a cache's stack */

/* Changed with interrupts off. */
struct kmem_cache {
	/* the fast path */
	unsigned int nr_avail;		/* objects in avail[] */
	unsigned int limit, batch;	/* most it holds; how many move at once */
	size_t size;			/* bytes from object to object */
	void *avail[AVAIL_MAX];

	/* slabs: all objects given out (or in avail[]), some, none */
	struct list_head slabs_full, slabs_partial, slabs_empty;
	unsigned long nr_slabs;

	unsigned int num;		/* objects per slab */
	unsigned int order;		/* pages per slab: 2^order */
	bool off_slab;			/* struct slab stands outside */
	unsigned int colour_next, colour_max;	/* bytes */
	size_t align, object_size;
	unsigned int flags;
	void (*ctor)(void *);
	const char *name;
	struct list_head next;		/* cache_chain */
};

extern struct list_head cache_chain;

#endif
