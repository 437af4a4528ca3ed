/*
 * dma_alloc_coherent(): both addresses lead to the same frames, which are side by side, zeroed,
 * and no more of them than asked for.
 */
#include <linux/dma.h>
#include <linux/highmem.h>
#include "selftest.h"

#define AREAS	16
#define STEPS	300

static struct area {
	void *addr;
	dma_addr_t handle;
	size_t size;
} areas[AREAS] __initdata;

static struct page *__init nth_page(struct area *a, unsigned int i)
{
	return pfn_to_page((a->handle >> PAGE_SHIFT) + i);
}

static void __init take(struct area *a)
{
	unsigned long before = nr_free_pages(), i, n;
	gfp_t gfp = selftest_random(4) ? GFP_KERNEL : GFP_KERNEL | GFP_DMA;

	a->size = 4 + (selftest_random(6 * PAGE_SIZE) & ~3u);
	a->addr = dma_alloc_coherent(a->size, &a->handle, gfp);
	check(a->addr, "%zu bytes", a->size);
	if (!a->addr)
		return;
	n = PAGE_ALIGN(a->size) >> PAGE_SHIFT;
	check(nr_free_pages() == before - n, "%lu pages to be taken, not %lu", n,
	      before - nr_free_pages());
	check(!(a->handle & ~PAGE_MASK), "a device address that begins a page");
	for (i = 0; i < a->size; i++)
		if (((char *)a->addr)[i])
			break;
	check(i == a->size, "zeroes, also at byte %lu", i);
	fill_pattern(a->addr, PAGE_ALIGN(a->size), a->handle);
	for (i = 0; i < n; i++) {
		check(!PageHighMem(nth_page(a, i)) && page_count(nth_page(a, i)) == 1,
		      "a frame of lowmem");
		check(!(gfp & GFP_DMA) || page_zone(nth_page(a, i)) == &zones[gfp_zone(gfp)],
		      "a frame of zone DMA");
		check(same_page(nth_page(a, i), a->handle + i * (PAGE_SIZE / 4) * 0x9e3779b9),
		      "page %lu as the CPU wrote it", i);
	}
}

static void __init give(struct area *a)
{
	check(same_pattern(a->addr, PAGE_ALIGN(a->size), a->handle), "%zu bytes unchanged",
	      a->size);
	dma_free_coherent(a->size, a->addr, a->handle);
	a->addr = NULL;
}

void __init test_dma(void)
{
	dma_addr_t handle;
	unsigned int i;

	for (i = 0; i < STEPS; i++) {
		struct area *a = &areas[selftest_random(AREAS)];

		if (a->addr)
			give(a);
		else
			take(a);
	}
	for (i = 0; i < AREAS; i++)
		if (areas[i].addr)
			give(&areas[i]);
	check(!dma_alloc_coherent(0, &handle, GFP_KERNEL), "nothing for no bytes");
	check(!dma_alloc_coherent((4 << 20) + 1, &handle, GFP_KERNEL), "no more than 4 MB");
	dma_free_coherent(PAGE_SIZE, NULL, 0);
}
