/*
 * What `make DEBUG_SLAB=1` adds to mm/slab.c: mistakes in the use of objects are found
 * and named, with the function that made them.
 *
 *	live	| bytes asked for, at first 5a | red zone: bb up to the next object |
 *	free	| 6b everywhere                                                     |
 *
 * A free object that is not 6b when it is given out again was written to after it was freed; a
 * red zone that is not bb when the object is freed was overrun. The rest is in the
 * object's record, in the slab: live or free, and whose call made it so. Since every
 * free object is overwritten, a constructor runs here at each allocation.
 *
 * A report begins with "BUG:" and ends with a call trace. The machine goes on: the bytes
 * are put right, and a wrong free is not done.
 */
#include <linux/kernel.h>
#include <linux/ksyms.h>
#include <linux/slab.h>
#include <linux/slab_def.h>
#include <linux/string.h>
#include "slab_debug.h"

#define POISON_NEW	0x5a
#define POISON_FREE	0x6b
#define RED		0xbb
#define RED_ZONE	8		/* bytes; not behind whole pages: they would need another */
#define MAX_USERS	5		/* lines of slab_debug_show_users() */

static struct slab_record *record(struct kmem_cache *cache, struct slab *slab, unsigned int i)
{
	return (struct slab_record *)ALIGN((unsigned long)&slab->free[cache->num],
					   sizeof(long)) + i;
}

static struct slab_record *object_record(struct kmem_cache *cache, const void *obj)
{
	struct slab *slab = page_slab(virt_to_page(obj));

	return record(cache, slab, ((char *)obj - slab->mem) / cache->size);
}

static const char *function(void *caller)
{
	const char *name = ksym_lookup((unsigned long)caller, NULL);

	return name ? name : "the boot code";
}

/* `r`: whose record tells who had the object before; may be NULL. */
static void report(struct kmem_cache *cache, const void *obj, struct slab_record *r,
		   const char *what, void *caller)
{
	printk(KERN_ERR "BUG: %s: object %p %s; found in a call from %s\n", cache->name, obj, what,
	       function(caller));
	if (r)
		printk(KERN_ERR "  %s last by %s, %lu bytes\n", r->live ? "allocated" : "freed",
		       function(r->caller), (unsigned long)r->size);
	dump_stack();
}

/* The first byte of [from, end) that is not `value`, or NULL. */
static u8 *find_other(void *from, void *end, u8 value)
{
	u8 *p;

	for (p = from; p < (u8 *)end; p++)
		if (*p != value)
			return p;
	return NULL;
}

/* [from, end) of obj is to be `value`. */
static void check_bytes(struct kmem_cache *cache, char *obj, size_t from, size_t end, u8 value,
			const char *what, void *caller)
{
	u8 *wrong = find_other(obj + from, obj + end, value);

	if (!wrong)
		return;
	printk(KERN_ERR "byte %ld is %02x instead of %02x\n", (long)((char *)wrong - obj), *wrong,
	       value);
	report(cache, obj, object_record(cache, obj), what, caller);
}

size_t slab_debug_red_zone(size_t size)
{
	return size < PAGE_SIZE ? RED_ZONE : 0;
}

void slab_debug_new(struct kmem_cache *cache, struct slab *slab)
{
	unsigned int i;

	memset(slab->mem, POISON_FREE, cache->num * cache->size);
	for (i = 0; i < cache->num; i++)
		*record(cache, slab, i) = (struct slab_record){ .size = cache->object_size };
}

void slab_debug_alloc(struct kmem_cache *cache, void *obj, size_t size, void *caller)
{
	struct slab_record *r = object_record(cache, obj);

	check_bytes(cache, obj, 0, cache->size, POISON_FREE, "was written to after it was freed",
		    caller);
	*r = (struct slab_record){ .caller = caller, .size = size, .live = true };
	memset(obj, POISON_NEW, size);
	memset((char *)obj + size, RED, cache->size - size);
	if (cache->ctor)
		cache->ctor(obj);
}

bool slab_debug_free(struct kmem_cache *cache, void *obj, void *caller)
{
	struct slab *slab = page_slab(virt_to_page(obj));
	unsigned long offset = (char *)obj - slab->mem;
	struct slab_record *r;

	if ((char *)obj < slab->mem || offset % cache->size || offset / cache->size >= cache->num) {
		report(cache, obj, NULL, "is not the beginning of an object", caller);
		return false;
	}
	r = object_record(cache, obj);
	if (!r->live) {
		report(cache, obj, r, "is freed a second time", caller);
		return false;
	}
	check_bytes(cache, obj, r->size, cache->size, RED, "was written to behind its end", caller);
	*r = (struct slab_record){ .caller = caller, .size = r->size, .live = false };
	memset(obj, POISON_FREE, cache->size);
	return true;
}

bool slab_debug_free_large(const void *ptr, void *caller)
{
	struct page *page = virt_to_page(ptr);

	if (ptr < (void *)high_memory && !((unsigned long)ptr & ~PAGE_MASK) &&
	    page_count(page) == 1 && page->private < MAX_ORDER)
		return true;
	printk(KERN_ERR "BUG: kfree of %p, which kmalloc has not given; found in a call from %s\n",
	       (void *)ptr, function(caller));
	dump_stack();
	return false;
}

bool slab_debug_right_cache(struct kmem_cache *cache, void *obj, void *caller)
{
	struct page *page = virt_to_page(obj);

	if (PageSlab(page) && page_cache_of(page) == cache)
		return true;
	if (PageSlab(page))
		printk(KERN_ERR "%p belongs to the cache %s\n", obj, page_cache_of(page)->name);
	report(cache, obj, NULL, "is freed to the wrong cache", caller);
	return false;
}

size_t slab_debug_size(struct kmem_cache *cache, const void *obj)
{
	return object_record(cache, obj)->size;
}

void slab_debug_show_users(struct kmem_cache *cache)
{
	struct list_head *const lists[] = { &cache->slabs_full, &cache->slabs_partial };
	unsigned int list, i, shown = 0;
	struct slab *slab;

	for (list = 0; list < ARRAY_SIZE(lists); list++)
		list_for_each_entry(slab, lists[list], list)
			for (i = 0; i < cache->num && shown < MAX_USERS; i++) {
				struct slab_record *r = record(cache, slab, i);

				if (!r->live)
					continue;
				printk(KERN_ERR "  object %p allocated by %s\n",
				       (void *)(slab->mem + i * cache->size), function(r->caller));
				shown++;
			}
}
