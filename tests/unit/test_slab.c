/*
 * mm/slab.c on the real mm/page_alloc.c: objects are aligned, disjoint and keep their
 * contents; constructors run once per object; kmalloc serves every size it promises; when all
 * is freed and the caches are shrunk, every page is back.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/slab_def.h>
#include <linux/string.h>
#include "unit.h"
#include "memory.h"

#define OBJECTS	1500
#define STEPS	40000
#define LARGEST	(4UL << 20)

static struct object {
	unsigned char *p;
	size_t size;
	unsigned char fill;
	struct kmem_cache *cache;		/* NULL: from kmalloc */
} objects[OBJECTS];
static unsigned int constructed;

static void fill(struct object *o, size_t size, struct kmem_cache *cache)
{
	o->size = size;
	o->cache = cache;
	o->fill = unit_random(256);
	memset(o->p, o->fill, size);
}

static void release(struct object *o)
{
	size_t i;

	for (i = 0; i < o->size; i++)
		CHECK(o->p[i] == o->fill, "byte %zu of an object of %zu was changed", i, o->size);
	if (o->cache)
		kmem_cache_free(o->cache, o->p);
	else
		kfree(o->p);
	o->p = NULL;
}

static void shrink_all(void)
{
	struct kmem_cache *c;
	int freed;

	do {
		freed = 0;
		list_for_each_entry(c, &cache_chain, next)
			freed += kmem_cache_shrink(c);
	} while (freed);
}

static void construct(void *p)
{
	*(unsigned int *)p = 0x600d;
	constructed++;
}

static void test_random(void)
{
	static const struct { size_t size, align; } shapes[] = {
		{ 1, 0 }, { 12, 0 }, { 40, 32 }, { 100, 64 }, { 500, 0 }, { 512, 0 },
		{ 700, 128 }, { 1500, 0 }, { 3000, 0 }, { 5000, 4096 },
	};
	struct kmem_cache *caches[ARRAY_SIZE(shapes)];
	unsigned int i;
	int step;

	for (i = 0; i < ARRAY_SIZE(shapes); i++)
		caches[i] = kmem_cache_create("unit", shapes[i].size, shapes[i].align, 0, NULL);
	for (step = 0; step < STEPS; step++) {
		struct object *o = &objects[unit_random(OBJECTS)];
		size_t size;

		if (o->p) {
			release(o);
			continue;
		}
		i = unit_random(ARRAY_SIZE(shapes) * 2);
		if (i < ARRAY_SIZE(shapes)) {
			o->p = kmem_cache_alloc(caches[i], GFP_ATOMIC | __GFP_NOWARN);
			CHECK(!o->p || !shapes[i].align ||
			      !((unsigned long)o->p & (shapes[i].align - 1)));
			if (o->p)
				fill(o, shapes[i].size, caches[i]);
			continue;
		}
		size = unit_random(step % 100 ? 3000 : 300000);
		o->p = kmalloc(size, GFP_ATOMIC | __GFP_NOWARN);
		CHECK(!((unsigned long)o->p & 3));
		if (o->p) {
			CHECK(ksize(o->p) >= size, "kmalloc(%zu)", size);
			fill(o, size, NULL);
		}
	}
	for (i = 0; i < OBJECTS; i++)
		if (objects[i].p && objects[i].cache)
			break;
	if (i < OBJECTS)
		CHECK(kmem_cache_destroy(objects[i].cache) == -EBUSY);
	for (i = 0; i < OBJECTS; i++)
		if (objects[i].p)
			release(&objects[i]);
	for (i = 0; i < ARRAY_SIZE(shapes); i++)
		CHECK(kmem_cache_destroy(caches[i]) == 0);
}

static void test_constructor(void)
{
	struct kmem_cache *cache = kmem_cache_create("ctor", 64, 0, 0, construct);
	unsigned int *p[100], i, once;

	for (i = 0; i < 100; i++) {
		p[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		CHECK(*p[i] == 0x600d);
	}
	once = constructed;
	CHECK(once >= 100);
	for (i = 0; i < 100; i++)
		kmem_cache_free(cache, p[i]);
	for (i = 0; i < 100; i++) {
		p[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		CHECK(*p[i] == 0x600d, "a free object was changed");
	}
	CHECK(constructed == once, "a constructor ran again");
	for (i = 0; i < 100; i++)
		kmem_cache_free(cache, p[i]);
	kmem_cache_free(cache, NULL);
	CHECK(kmem_cache_destroy(cache) == 0);
}

static void test_sizes(void)
{
	size_t size;

	for (size = 0; size <= LARGEST; size = size < 300 ? size + 1 : size + size / 3) {
		unsigned char *p = kzalloc(size, GFP_KERNEL);
		size_t i;

		CHECK(p != NULL, "kmalloc(%zu)", size);
		for (i = 0; i < size; i++)
			CHECK(p[i] == 0);
		kfree(p);
	}
	CHECK(kmalloc(LARGEST + 1, GFP_KERNEL) == NULL);
	kfree(NULL);
	CHECK(kmem_cache_create("zero", 0, 0, 0, NULL) == NULL);
	CHECK(kmem_cache_create("odd", 8, 24, 0, NULL) == NULL);
}

int main(void)
{
	unsigned long pages;

	unit_memory_init();
	kmem_cache_init();
	kfree(kmalloc(100, GFP_KERNEL));
	shrink_all();
	pages = nr_free_pages();
	test_random();
	test_constructor();
	test_sizes();
	shrink_all();
	CHECK(nr_free_pages() == pages, "%lu pages were free, now %lu", pages, nr_free_pages());
	return 0;
}
