/*
 * A machine's memory for the tests of mm/: 24 MB of lowmem stand at PAGE_OFFSET in the test's
 * own address space, just where the kernel has them, and 8 MB of highmem are counted but not
 * there. The frames are given to the real mm/page_alloc.c.
 */
#include <linux/mm.h>
#include <linux/highmem.h>
#include <linux/string.h>
#include "unit.h"
#include "memory.h"

void *host_mmap(void *addr, size_t len, int prot, int flags, int fd, long offset) __asm__("mmap");

#define HOST_READ_WRITE		3
#define HOST_FIXED_ANONYMOUS	0x4032		/* MAP_PRIVATE FIXED ANONYMOUS NORESERVE */

void *kmap_atomic_high(struct page *page, enum km_type type)
{
	(void)type;
	CHECK(0, "kmap_atomic of frame %lx", page_to_pfn(page));
	return NULL;
}

void kunmap_atomic_high(void *addr, enum km_type type)
{
	(void)addr;
	(void)type;
}

void unit_memory_init(void)
{
	const unsigned long start[] = { 0, UNIT_DMA_END, UNIT_LOW_END };
	const unsigned long end[] = { UNIT_DMA_END, UNIT_LOW_END, UNIT_END };
	void *want = (void *)PAGE_OFFSET;

	CHECK(host_mmap(want, UNIT_LOW_END * PAGE_SIZE, HOST_READ_WRITE, HOST_FIXED_ANONYMOUS,
			-1, 0) == want);
	mem_map = host_malloc(UNIT_END * sizeof(struct page));
	memset(mem_map, 0, UNIT_END * sizeof(struct page));
	min_low_pfn = 0;
	max_low_pfn = UNIT_LOW_END;
	max_pfn = UNIT_END;
	high_memory = __va(UNIT_LOW_END * PAGE_SIZE);
	free_area_init(start, end);
	free_bootmem_range(UNIT_FIRST, UNIT_END);
	setup_watermarks();
}

/* Empties the hot lists and joins all that is free: asks for more than there is. */
void unit_memory_settle(void)
{
	static struct page *taken[UNIT_END];
	unsigned int order = MAX_ORDER, n, zone;
	static const gfp_t gfp[] = { GFP_ATOMIC | __GFP_DMA, GFP_ATOMIC,
				     GFP_ATOMIC | __GFP_HIGHMEM };

	for (zone = 0; zone < 3; zone++)
		for (order = MAX_ORDER - 1; order > 0; order--) {
			for (n = 0; (taken[n] = alloc_pages(gfp[zone] | __GFP_NOWARN, order)); n++)
				;
			while (n > 0)
				__free_pages(taken[--n], order);
		}
}
