/*
 * The checks of mm/slab_debug.c, called by mm/slab.c. In an ordinary build they are
 * empty and cost nothing.
 */
#ifndef _MM_SLAB_DEBUG_H
#define _MM_SLAB_DEBUG_H

#include <linux/slab_def.h>

#ifdef DEBUG_SLAB

#define SLAB_DEBUG	1

/* What is known about an object; an array of them stands behind the slab's free chain. */
struct slab_record {
	void *caller;			/* who allocated or freed it last */
	size_t size;			/* bytes that were asked for */
	bool live;
};
#define SLAB_RECORD_SIZE	sizeof(struct slab_record)

/* Bytes to leave behind an object of `size` bytes. */
size_t slab_debug_red_zone(size_t size);
/* A slab was made: all of its objects are free. */
void slab_debug_new(struct kmem_cache *cache, struct slab *slab);
/* `caller` gets `size` bytes at obj: has anybody written to them since they were freed? */
void slab_debug_alloc(struct kmem_cache *cache, void *obj, size_t size, void *caller);
/* `caller` frees obj, of this cache. False: it must not be freed, which has been reported. */
bool slab_debug_free(struct kmem_cache *cache, void *obj, void *caller);
/* The same for kmalloc() memory that came from pages. */
bool slab_debug_free_large(const void *ptr, void *caller);
/* False, and a report: obj is not from that cache. */
bool slab_debug_right_cache(struct kmem_cache *cache, void *obj, void *caller);
/* Bytes that may be used at obj. */
size_t slab_debug_size(struct kmem_cache *cache, const void *obj);
/* To the log: some of those who have objects of the cache. */
void slab_debug_show_users(struct kmem_cache *cache);

#else

#define SLAB_DEBUG	0
#define SLAB_RECORD_SIZE		0
#define slab_debug_red_zone(size)	0
#define slab_debug_new(cache, slab)	do { } while (0)
#define slab_debug_alloc(cache, obj, size, caller) do { (void)(size); (void)(caller); } while (0)
#define slab_debug_free(cache, obj, caller) ({ (void)(caller); true; })
#define slab_debug_free_large(ptr, caller) true
#define slab_debug_right_cache(cache, obj, caller) true
#define slab_debug_size(cache, obj)	((cache)->object_size)
#define slab_debug_show_users(cache)	do { } while (0)

#endif
#endif
