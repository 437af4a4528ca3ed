/*
 * The inside of a cache: for mm/slab.c, mm/slab_debug.c and those who report on it.
 */
#ifndef _LINUX_SLAB_DEF_H
#define _LINUX_SLAB_DEF_H

#include <linux/list.h>
#include <linux/mm.h>

#define AVAIL_MAX	32		/* objects on a cache's stack */

/* Changed with interrupts off. */
struct kmem_cache {
	/* the fast path */
	unsigned int nr_avail;		/* objects in avail[] */
	unsigned int limit, batch;	/* most it holds; how many move at once */
	size_t size;			/* bytes from object to object: red zone included */
	void *avail[AVAIL_MAX];

	/* slabs: all objects given out (or in avail[]), some, none */
	struct list_head slabs_full, slabs_partial, slabs_empty;
	unsigned long nr_slabs;

	unsigned int num;		/* objects per slab */
	unsigned int order;		/* pages per slab: 2^order */
	bool off_slab;			/* struct slab stands outside */
	unsigned int colour_next, colour_max;	/* bytes */
	size_t align, object_size;	/* bytes that the user may touch */
	unsigned int flags;
	void (*ctor)(void *);
	const char *name;
	struct list_head next;		/* cache_chain */
};

#define FREE_END	0xffff		/* end of a slab's free chain */

/* Some pages cut into objects. Changed with interrupts off. */
struct slab {
	struct list_head list;		/* in its cache's full, partial or empty list */
	char *mem;			/* first object */
	unsigned int inuse;		/* objects given out, or in avail[] */
	unsigned short first_free;
	unsigned short free[];		/* [num]; in a debug build struct slab_record[num] behind */
};

extern struct list_head cache_chain;	/* all caches */

/* The slab and the cache of an object; its page has PageSlab. */
static inline struct slab *page_slab(struct page *page)
{
	return (struct slab *)page->private;
}

static inline struct kmem_cache *page_cache_of(struct page *page)
{
	return (struct kmem_cache *)page->mapping;
}

/* Objects that are with their users. */
unsigned long kmem_cache_active(struct kmem_cache *cache);

#endif
