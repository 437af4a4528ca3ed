/*
 * Small objects. A cache hands out objects of one size; it cuts them from
 * slabs, each a few contiguous lowmem pages:
 *
 *	+-------------+---------------+--------+--------+-- - -+--------+
 *	| struct slab | free[] chain  | colour | object | ...  | object |
 *	+-------------+---------------+--------+--------+-- - -+--------+
 *
 * free[i] is the index of the next free object behind object i, so a free
 * object itself is left as it was and a constructor has to run only once. For large
 * objects the struct and the chain stand elsewhere (off-slab), so that the
 * pages divide well. Colour shifts the objects of successive slabs by cache lines.
 *
 * In front of the slabs stands a stack of recently freed objects, avail[]:
 * most calls only push or pop there.
 *
 * Every page of a slab names its cache (page->mapping) and its slab
 * (page->private): that is how kfree() finds both from an address.
 *
 * `make DEBUG_SLAB=1` adds the checks of mm/slab_debug.c.
 *
 * 0.12's malloc() had buckets of one page each and no constructors.
 */
#include <linux/slab.h>
#include <linux/mm.h>
#include <linux/init.h>
#include <linux/string.h>
#include <linux/slab_def.h>
#include "slab_debug.h"

#define OFF_SLAB_MIN	512		/* objects this large keep the struct outside */
#define CACHE_LINE	32
#define MAX_SLAB_ORDER	5		/* 128 KB: one kmalloc-131072 object */

LIST_HEAD(cache_chain);

/* The cache that caches come from. */
static struct kmem_cache cache_cache;

/* kmalloc: powers of two, and the sizes between them where much is asked for. */
static const struct { unsigned int size; const char *name; } kmalloc_sizes[] = {
	{ 32, "kmalloc-32" }, { 64, "kmalloc-64" }, { 96, "kmalloc-96" },
	{ 128, "kmalloc-128" }, { 192, "kmalloc-192" }, { 256, "kmalloc-256" },
	{ 512, "kmalloc-512" }, { 1024, "kmalloc-1024" }, { 2048, "kmalloc-2048" },
	{ 4096, "kmalloc-4096" }, { 8192, "kmalloc-8192" }, { 16384, "kmalloc-16384" },
	{ 32768, "kmalloc-32768" }, { 65536, "kmalloc-65536" }, { 131072, "kmalloc-131072" },
};
#define NR_KMALLOC	ARRAY_SIZE(kmalloc_sizes)
static struct kmem_cache *kmalloc_caches[NR_KMALLOC];

/* ---- slabs ---- */

static size_t slab_mgmt_size(unsigned int num)
{
	return ALIGN(sizeof(struct slab) + num * sizeof(unsigned short), 8) +
	       num * SLAB_RECORD_SIZE;
}

/* Adds a slab of free objects; false: no memory. May sleep as gfp allows. */
static bool cache_grow(struct kmem_cache *cache, gfp_t gfp)
{
	struct page *page;
	struct slab *slab;
	char *base;
	unsigned long flags;
	unsigned int i;

	page = alloc_pages(gfp & ~(__GFP_HIGHMEM | __GFP_ZERO), cache->order);
	if (!page)
		return false;
	base = lowmem_page_address(page);
	if (cache->off_slab) {
		slab = kmalloc(slab_mgmt_size(cache->num), gfp & ~__GFP_ZERO);
		if (!slab) {
			__free_pages(page, cache->order);
			return false;
		}
		slab->mem = base + cache->colour_next;
	} else {
		slab = (struct slab *)base;
		slab->mem = base + ALIGN(slab_mgmt_size(cache->num), cache->align) +
			    cache->colour_next;
	}
	for (i = 0; i < 1u << cache->order; i++) {
		SetPageSlab(page + i);
		page[i].mapping = (struct address_space *)cache;
		page[i].private = (unsigned long)slab;
	}
	slab->inuse = 0;
	slab->first_free = 0;
	for (i = 0; i < cache->num; i++) {
		slab->free[i] = i + 1 < cache->num ? i + 1 : FREE_END;
		if (cache->ctor)
			cache->ctor(slab->mem + i * cache->size);
	}
	slab_debug_new(cache, slab);

	local_irq_save(flags);
	cache->colour_next += cache->align;
	if (cache->colour_next > cache->colour_max)
		cache->colour_next = 0;
	list_add(&slab->list, &cache->slabs_empty);
	cache->nr_slabs++;
	local_irq_restore(flags);
	return true;
}

/* Gives the pages of an empty slab, already off its list, back. */
static void slab_destroy(struct kmem_cache *cache, struct slab *slab)
{
	struct page *page = virt_to_page(slab->mem);
	unsigned int i;

	page = pfn_to_page(page_to_pfn(page) & ~((1UL << cache->order) - 1));
	for (i = 0; i < 1u << cache->order; i++) {
		ClearPageSlab(page + i);
		page[i].mapping = NULL;
		page[i].private = 0;
	}
	if (cache->off_slab)
		kfree(slab);
	__free_pages(page, cache->order);
}

/* Moves free objects from slabs to avail[]; interrupts off. Returns how many. */
static noinline unsigned int refill(struct kmem_cache *cache)
{
	unsigned int got = 0;

	while (got < cache->batch) {
		struct slab *slab;

		if (!list_empty(&cache->slabs_partial))
			slab = list_first_entry(&cache->slabs_partial, struct slab, list);
		else if (!list_empty(&cache->slabs_empty))
			slab = list_first_entry(&cache->slabs_empty, struct slab, list);
		else
			break;
		while (got < cache->batch && slab->first_free != FREE_END) {
			unsigned int i = slab->first_free;

			slab->first_free = slab->free[i];
			slab->inuse++;
			cache->avail[cache->nr_avail++] = slab->mem + i * cache->size;
			got++;
		}
		list_move(&slab->list, slab->first_free == FREE_END ? &cache->slabs_full
								    : &cache->slabs_partial);
	}
	return got;
}

/* Returns the oldest `nr` objects of avail[] to their slabs; interrupts off. */
static void flush(struct kmem_cache *cache, unsigned int nr)
{
	unsigned int k;

	for (k = 0; k < nr; k++) {
		char *obj = cache->avail[k];
		struct slab *slab = page_slab(virt_to_page(obj));
		unsigned int i = (obj - slab->mem) / cache->size;

		slab->free[i] = slab->first_free;
		slab->first_free = i;
		slab->inuse--;
		list_move(&slab->list, slab->inuse ? &cache->slabs_partial : &cache->slabs_empty);
	}
	cache->nr_avail -= nr;
	memmove(cache->avail, cache->avail + nr, cache->nr_avail * sizeof(void *));
}

/* ---- the calls ---- */

/* `size` bytes, at most object_size, are wanted by `caller`: only a debug build looks at these. */
static inline __attribute__((always_inline)) void *cache_alloc(struct kmem_cache *cache, gfp_t gfp,
							       size_t size, void *caller)
{
	unsigned long flags;
	void *obj;

	local_irq_save(flags);
	while (unlikely(!cache->nr_avail) && !refill(cache)) {
		local_irq_restore(flags);
		if (!cache_grow(cache, gfp))
			return NULL;
		local_irq_save(flags);
	}
	obj = cache->avail[--cache->nr_avail];
	local_irq_restore(flags);
	slab_debug_alloc(cache, obj, size, caller);
	return obj;
}

static inline void cache_free(struct kmem_cache *cache, void *obj, void *caller)
{
	unsigned long flags;

	if (!slab_debug_free(cache, obj, caller))
		return;
	local_irq_save(flags);
	if (unlikely(cache->nr_avail == cache->limit))
		flush(cache, cache->batch);
	cache->avail[cache->nr_avail++] = obj;
	local_irq_restore(flags);
}

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	return cache_alloc(cache, gfp, cache->object_size, __builtin_return_address(0));
}

void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp)
{
	void *obj = cache_alloc(cache, gfp, cache->object_size, __builtin_return_address(0));

	if (obj)
		memset(obj, 0, cache->object_size);
	return obj;
}

void kmem_cache_free(struct kmem_cache *cache, void *obj)
{
	if (!obj)
		return;
	if (!slab_debug_right_cache(cache, obj, __builtin_return_address(0)))
		return;
	if (unlikely(page_cache_of(virt_to_page(obj)) != cache))
		panic("kmem_cache_free: %p is not from cache %s", obj, cache->name);
	cache_free(cache, obj, __builtin_return_address(0));
}

int kmem_cache_shrink(struct kmem_cache *cache)
{
	unsigned long flags;
	int freed = 0;

	local_irq_save(flags);
	flush(cache, cache->nr_avail);
	while (!list_empty(&cache->slabs_empty)) {
		struct slab *slab = list_first_entry(&cache->slabs_empty, struct slab, list);

		list_del(&slab->list);
		cache->nr_slabs--;
		local_irq_restore(flags);
		slab_destroy(cache, slab);
		freed += 1 << cache->order;
		local_irq_save(flags);
	}
	local_irq_restore(flags);
	return freed;
}

int kmem_cache_reap(void)
{
	struct kmem_cache *cache;
	int freed = 0;

	list_for_each_entry(cache, &cache_chain, next)
		if (!list_empty(&cache->slabs_empty) || cache->nr_avail)
			freed += kmem_cache_shrink(cache);
	return freed;
}

/* Decides how many objects of a cache go into a slab of which order. */
static void cache_layout(struct kmem_cache *cache)
{
	size_t space, mgmt, left;

	cache->off_slab = cache->size >= OFF_SLAB_MIN;
	for (cache->order = 0;; cache->order++) {
		space = PAGE_SIZE << cache->order;
		cache->num = space / cache->size;
		mgmt = 0;
		if (!cache->off_slab) {
			while (cache->num) {
				mgmt = ALIGN(slab_mgmt_size(cache->num), cache->align);
				if (mgmt + cache->num * cache->size <= space)
					break;
				cache->num--;
			}
		}
		left = space - mgmt - cache->num * cache->size;
		if (cache->num && (left * 8 <= space || cache->order >= 3))
			break;
		if (cache->order == MAX_SLAB_ORDER)
			break;
	}
	cache->colour_max = left - left % cache->align;
}

static void cache_setup(struct kmem_cache *cache, const char *name, size_t size, size_t align,
			void (*ctor)(void *))
{
	memset(cache, 0, sizeof(*cache));
	cache->name = name;
	cache->align = align;
	cache->object_size = size;
	cache->size = ALIGN(size + slab_debug_red_zone(size), align);
	cache->ctor = ctor;
	cache_layout(cache);
	INIT_LIST_HEAD(&cache->slabs_full);
	INIT_LIST_HEAD(&cache->slabs_partial);
	INIT_LIST_HEAD(&cache->slabs_empty);
	cache->limit = size <= 256 ? AVAIL_MAX : size <= 1024 ? 16 : size <= PAGE_SIZE ? 8 : 2;
	cache->batch = cache->limit / 2;
	list_add_tail(&cache->next, &cache_chain);
}

struct kmem_cache *kmem_cache_create(const char *name, size_t size, size_t align,
				     unsigned int flags, void (*ctor)(void *))
{
	struct kmem_cache *cache = NULL;

	if (align < sizeof(long))
		align = sizeof(long);
	if ((flags & SLAB_HWCACHE_ALIGN) && align < CACHE_LINE)
		align = CACHE_LINE;
	if (size && size <= PAGE_SIZE << MAX_SLAB_ORDER && !(align & (align - 1)))
		cache = kmem_cache_alloc(&cache_cache, GFP_KERNEL);
	if (cache) {
		cache_setup(cache, name, size, align, ctor);
		cache->flags = flags;
	} else if (flags & SLAB_PANIC) {
		panic("cannot create cache %s", name);
	}
	return cache;
}

unsigned long kmem_cache_active(struct kmem_cache *cache)
{
	unsigned long flags, active;
	struct slab *slab;

	local_irq_save(flags);
	active = 0;
	list_for_each_entry(slab, &cache->slabs_full, list)
		active += slab->inuse;
	list_for_each_entry(slab, &cache->slabs_partial, list)
		active += slab->inuse;
	active -= cache->nr_avail;
	local_irq_restore(flags);
	return active;
}

int kmem_cache_destroy(struct kmem_cache *cache)
{
	kmem_cache_shrink(cache);
	if (kmem_cache_active(cache)) {
		printk(KERN_ERR "kmem_cache_destroy: %s has %lu objects in use\n", cache->name,
		       kmem_cache_active(cache));
		slab_debug_show_users(cache);
		return -EBUSY;
	}
	list_del(&cache->next);
	kmem_cache_free(&cache_cache, cache);
	return 0;
}

/* ---- kmalloc ---- */

#define KMALLOC_CACHE_MAX	131072	/* larger requests take whole pages */

/* The smallest kmalloc cache for `size`, which is at most KMALLOC_CACHE_MAX. */
static inline struct kmem_cache *kmalloc_cache(size_t size)
{
	unsigned int i;

	if (size <= 256) {
		static const u8 small[8] = { 0, 1, 2, 3, 4, 4, 5, 5 };

		return kmalloc_caches[small[size ? (size - 1) / 32 : 0]];
	}
	i = 6 + fls(size - 1) - 9;
	return kmalloc_caches[i];
}

/* From pages: the order is kept in private for kfree(). */
static noinline void *kmalloc_large(size_t size, gfp_t gfp)
{
	unsigned int order = fls((size - 1) >> PAGE_SHIFT);
	struct page *page;

	if (size > PAGE_SIZE << (MAX_ORDER - 1))
		return NULL;
	page = alloc_pages(gfp & ~__GFP_HIGHMEM, order);
	if (!page)
		return NULL;
	page->private = order;
	return lowmem_page_address(page);
}

static inline __attribute__((always_inline)) void *do_kmalloc(size_t size, gfp_t gfp, void *caller)
{
	if (unlikely(size > KMALLOC_CACHE_MAX))
		return kmalloc_large(size, gfp);
	return cache_alloc(kmalloc_cache(size), gfp, size, caller);
}

void *kzalloc(size_t size, gfp_t gfp)
{
	void *p = do_kmalloc(size, gfp & ~__GFP_ZERO, __builtin_return_address(0));

	if (p)
		memset(p, 0, size);
	return p;
}

void *kmalloc(size_t size, gfp_t gfp)
{
	if (unlikely(gfp & __GFP_ZERO))
		return kzalloc(size, gfp);
	return do_kmalloc(size, gfp, __builtin_return_address(0));
}

void kfree(const void *ptr)
{
	struct page *page;

	if (!ptr)
		return;
	page = virt_to_page(ptr);
	if (likely(PageSlab(page)))
		cache_free(page_cache_of(page), (void *)ptr, __builtin_return_address(0));
	else if (slab_debug_free_large(ptr, __builtin_return_address(0)))
		__free_pages(page, page->private);
}

size_t ksize(const void *ptr)
{
	struct page *page = virt_to_page(ptr);

	if (PageSlab(page))
		return slab_debug_size(page_cache_of(page), ptr);
	return PAGE_SIZE << page->private;
}

void __init kmem_cache_init(void)
{
	unsigned int i;

	cache_setup(&cache_cache, "kmem_cache", sizeof(struct kmem_cache), CACHE_LINE, NULL);
	for (i = 0; i < NR_KMALLOC; i++)
		kmalloc_caches[i] = kmem_cache_create(kmalloc_sizes[i].name, kmalloc_sizes[i].size,
						      sizeof(long), SLAB_PANIC, NULL);
}
