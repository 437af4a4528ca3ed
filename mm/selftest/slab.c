/*
 * Caches of objects: aligned, disjoint, constructed once, shifted by colour; a
 * cache with objects in use is not destroyed, an empty one gives its pages back.
 */
#include <linux/slab.h>
#include <linux/slab_def.h>
#include <linux/string.h>
#include <linux/timer.h>
#include "selftest.h"

#define OBJECTS		400
#define STEPS		6000
#define CONSTRUCTED	0x600d0b1e

struct object {
	char *p;
	u32 key;
	unsigned int shape;
};

static struct object *objects __initdata;

static struct { unsigned int size, align; } shapes[] __initdata = {
	{ 4, 0 }, { 12, 0 }, { 40, 32 }, { 100, 64 }, { 500, 0 }, { 700, 128 }, { 1500, 0 },
	{ 3000, 0 }, { 5000, 0 }, { 20000, 4096 },
};
static struct kmem_cache *caches[ARRAY_SIZE(shapes)] __initdata;

static void __init give(struct object *o)
{
	check(same_pattern(o->p, shapes[o->shape].size, o->key), "an object of %u bytes unchanged",
	      shapes[o->shape].size);
	kmem_cache_free(caches[o->shape], o->p);
	o->p = NULL;
}

static void __init random_load(void)
{
	unsigned int step;

	for (step = 0; step < STEPS; step++) {
		struct object *o = &objects[selftest_random(OBJECTS)];

		if (o->p) {
			give(o);
			continue;
		}
		o->shape = selftest_random(selftest_random(ARRAY_SIZE(shapes)) + 1);
		o->p = kmem_cache_alloc(caches[o->shape], GFP_KERNEL);
		if (!o->p)
			continue;
		check(!((unsigned long)o->p & (max(shapes[o->shape].align, 4u) - 1)),
		      "an object aligned to %u", shapes[o->shape].align);
		o->key = selftest_random(~0u);
		fill_pattern(o->p, shapes[o->shape].size, o->key);
		if (selftest_random(500) == 0)
			kmem_cache_shrink(caches[o->shape]);
	}
}

/* With one object in use the cache is there to stay; without, it goes and so do its pages. */
static void __init destroy_all(void)
{
	unsigned int i;

	for (i = 0; i < OBJECTS; i++) {
		if (!objects[i].p)
			continue;
		if (i % (OBJECTS / 2) == 0)
			check(kmem_cache_destroy(caches[objects[i].shape]) == -EBUSY,
			      "-EBUSY for a cache in use");
		give(&objects[i]);
	}
	for (i = 0; i < ARRAY_SIZE(shapes); i++)
		check(kmem_cache_destroy(caches[i]) == 0, "cache %u to be empty", shapes[i].size);
}

static unsigned int constructed __initdata;

static void __init construct(void *p)
{
	*(u32 *)p = CONSTRUCTED;
	constructed++;
}

/* A constructor has seen every object, and a free object keeps what it wrote. */
static void __init test_constructor(void)
{
	struct kmem_cache *cache = kmem_cache_create("selftest-ctor", 60, 0, 0, construct);
	u32 *first = cache ? kmem_cache_alloc(cache, GFP_KERNEL) : NULL, *second;

	check(first && *first == CONSTRUCTED && constructed, "a constructed object");
	if (!first)
		return;
	kmem_cache_free(cache, first);
	second = kmem_cache_alloc(cache, GFP_KERNEL);
	check(second == first && *second == CONSTRUCTED, "the same object, still constructed");
	kmem_cache_free(cache, second);
	check(kmem_cache_shrink(cache) > 0, "pages out of an empty slab");
	check(kmem_cache_destroy(cache) == 0, "the cache to be empty");
}

/* Where a slab has room left over, the objects of the next one begin a little further on. */
static void __init test_colour(void)
{
	struct kmem_cache *cache = kmem_cache_create("selftest-colour", 700, 32, 0, NULL);
	unsigned int n, per_slab = cache ? cache->num : 0;
	char *p[64], *starts[2] = { NULL, NULL };

	if (!cache)
		return;
	check(cache->colour_max > 0, "room for colour");
	for (n = 0; n < ARRAY_SIZE(p) && n <= per_slab; n++) {
		p[n] = kmem_cache_alloc(cache, GFP_KERNEL);
		if (p[n])
			starts[n == per_slab] = page_slab(virt_to_page(p[n]))->mem;
	}
	check(!starts[0] || !starts[1] || starts[0] == starts[1] ||
		      ((unsigned long)starts[0] ^ (unsigned long)starts[1]) & ~PAGE_MASK,
	      "slabs of different colours");
	while (n > 0)
		kmem_cache_free(cache, p[--n]);
	check(kmem_cache_destroy(cache) == 0, "the cache to be empty");
}

void __init test_slab(void)
{
	unsigned int i;

	objects = kzalloc(OBJECTS * sizeof(*objects), GFP_KERNEL);
	for (i = 0; i < ARRAY_SIZE(shapes); i++) {
		caches[i] = kmem_cache_create("selftest", shapes[i].size, shapes[i].align, 0, NULL);
		if (!objects || !caches[i])
			panic("no memory for the self-test of slabs");
	}
	random_load();
	destroy_all();
	kfree(objects);
	test_constructor();
	test_colour();
	check(!kmem_cache_create("selftest", 0, 0, 0, NULL), "no cache of objects without size");
	check(!kmem_cache_create("selftest", 8, 24, 0, NULL), "no alignment of 24");
}

/* ---- kmalloc ---- */

/* Every size class up to 4 MB: a size may fail only when no free block is as large. */
static void __init all_sizes(void)
{
	size_t size;

	for (size = 0; size <= 4 << 20; size = size < 300 ? size + 4 : (size * 3 / 2) & ~3UL) {
		char *p = kmalloc(size, GFP_KERNEL | __GFP_NOWARN);

		check(p || size > 32768, "%zu bytes", size);
		if (!p)
			continue;
		check(!((unsigned long)p & 3), "%zu bytes aligned to a word", size);
		check(ksize(p) >= size, "%zu bytes, not %zu", size, ksize(p));
		fill_pattern(p, size, size);
		check(same_pattern(p, size, size), "%zu bytes to hold", size);
		kfree(p);
	}
	check(!kmalloc((4 << 20) + 1, GFP_KERNEL), "no more than 4 MB");
}

static void __init random_sizes(void)
{
	unsigned int step, i;
	size_t size[64];
	char *p[64] = { NULL };

	for (step = 0; step < STEPS; step++) {
		i = selftest_random(ARRAY_SIZE(p));
		if (p[i]) {
			check(same_pattern(p[i], size[i], i), "%zu bytes unchanged", size[i]);
			kfree(p[i]);
			p[i] = NULL;
			continue;
		}
		size[i] = selftest_random(1u << (5 + selftest_random(10))) & ~3u;
		p[i] = kmalloc(size[i], step % 2 ? GFP_KERNEL : GFP_ATOMIC | __GFP_NOWARN);
		if (p[i])
			fill_pattern(p[i], size[i], i);
	}
	for (i = 0; i < ARRAY_SIZE(p); i++)
		kfree(p[i]);
}

/* ---- from an interrupt ---- */

static char *volatile from_interrupt[8] __initdata;
static volatile unsigned int interrupts_seen __initdata;

/* In the timer interrupt, while the task is busy with the same caches. */
static void __init allocate_in_interrupt(unsigned long data)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(from_interrupt); i++) {
		char *p = kmalloc(200, GFP_ATOMIC | __GFP_NOWARN);

		if (p)
			fill_pattern(p, 200, data + i);
		kfree(from_interrupt[i]);
		from_interrupt[i] = p;
	}
	interrupts_seen++;
}

/* Objects taken by an interrupt and by the task it interrupted are not the same ones. */
static void __init test_interrupt(void)
{
	struct timer_list timer = { .function = allocate_in_interrupt, .data = 77 };
	unsigned int i, seen, round;

	init_timer(&timer);
	for (round = 0; round < 4; round++) {
		seen = interrupts_seen;
		mod_timer(&timer, jiffies + 1);
		while (interrupts_seen == seen) {
			char *p = kmalloc(200, GFP_KERNEL);

			if (!p)
				continue;
			fill_pattern(p, 200, seen);
			check(same_pattern(p, 200, seen), "an object to be the task's own");
			kfree(p);
		}
	}
	for (i = 0; i < ARRAY_SIZE(from_interrupt); i++) {
		check(!from_interrupt[i] || same_pattern(from_interrupt[i], 200, 77 + i),
		      "an object of the interrupt unchanged");
		kfree(from_interrupt[i]);
		from_interrupt[i] = NULL;
	}
}

void __init test_kmalloc(void)
{
	char *zeroes = kzalloc(5000, GFP_KERNEL);

	all_sizes();
	random_sizes();
	test_interrupt();
	check(zeroes && !zeroes[0] && !memcmp(zeroes, zeroes + 1, 4999), "5000 zeroes");
	kfree(zeroes);
}
