/*
 * Small objects: named caches and kmalloc. Memory is contiguous lowmem.
 */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/gfp.h>

struct kmem_cache;

#define SLAB_HWCACHE_ALIGN	0x1u	/* align objects to a cache line */
#define SLAB_PANIC		0x2u	/* creation failing is a panic: boot-time caches */
#define SLAB_RECLAIM_ACCOUNT	0x4u	/* a shrinker can free these: counted as available */

/*
 * A cache of objects of `size` bytes, aligned to `align` (0: a word). `ctor`,
 * may be NULL, runs once per object when its slab is made; objects are freed in the state that it
 * made. `name` is kept, not copied. Returns NULL when out of memory. May sleep.
 */
struct kmem_cache *kmem_cache_create(const char *name, size_t size, size_t align,
				     unsigned int flags, void (*ctor)(void *));
/* An object, or NULL. Sleeps only with __GFP_WAIT. */
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp);
/* The same, zeroed: not for caches with a constructor. */
void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp);
/* Never sleeps. NULL is ignored; an object of another cache is a panic. */
void kmem_cache_free(struct kmem_cache *cache, void *obj);
/* Gives empty slabs back; returns the number of pages freed. */
int kmem_cache_shrink(struct kmem_cache *cache);
/* The same for every cache: reclaim calls it after the shrinkers have freed objects. */
int kmem_cache_reap(void);
/* 0, or -EBUSY, and a message, while objects are in use: then the cache stays. May sleep. */
int kmem_cache_destroy(struct kmem_cache *cache);

/*
 * 32 B to 128 KB from caches, up to 4 MB from pages; aligned to a word. NULL: no memory, or too
 * large. Sleeps only with __GFP_WAIT.
 */
void *kmalloc(size_t size, gfp_t gfp);
/* The same, zeroed. */
void *kzalloc(size_t size, gfp_t gfp);
/* NULL is ignored; never sleeps. */
void kfree(const void *ptr);
/* Bytes usable at ptr. */
size_t ksize(const void *ptr);

void kmem_cache_init(void);		/* boot: the kmalloc caches */

#endif
