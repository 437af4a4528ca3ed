/*
 * The region of uncached memory: FFC00000 to FFE00000, one page table. dma_alloc_coherent()
 * maps its frames here; addresses are handed out from the top down, lowest use first fit:
 *
 *	DMA_START                                             DMA_END
 *	|              free              | third | second | first |
 *
 * A bit per page says what is taken.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/cache.h>
#include <asm/dma.h>

#define DMA_PAGES	((DMA_END - DMA_START) >> PAGE_SHIFT)

static unsigned long taken[DMA_PAGES / 32];	/* bit 0 of taken[0]: the page at DMA_START */

static bool page_taken(unsigned int nr)
{
	return taken[nr / 32] >> (nr % 32) & 1;
}

static void mark(unsigned int first, unsigned int count)
{
	for (; count--; first++)
		taken[first / 32] ^= 1UL << (first % 32);
}

/* The highest run of `count` free pages, by the number of its first, or -1. */
static int find_run(unsigned int count)
{
	unsigned int nr, run = 0;

	for (nr = DMA_PAGES; nr-- > 0;) {
		run = page_taken(nr) ? 0 : run + 1;
		if (run == count)
			return nr;
	}
	return -1;
}

void *dma_map_coherent(struct page *page, unsigned int count)
{
	unsigned long addr, pfn = page_to_pfn(page);
	int first = find_run(count);
	unsigned int i;

	if (first < 0)
		return NULL;
	mark(first, count);
	addr = DMA_START + ((unsigned long)first << PAGE_SHIFT);
	/* What the cache holds of the frames must not be written over what the device writes. */
	flush_dcache_range(lowmem_page_address(page), (size_t)count << PAGE_SHIFT);
	for (i = 0; i < count; i++)
		set_pte(dma_page_table + first + i, pfn_pte(pfn + i, PAGE_KERNEL_COHERENT));
	flush_cache_vmap(addr, addr + ((unsigned long)count << PAGE_SHIFT));
	return (void *)addr;
}

void dma_unmap_coherent(void *addr, unsigned int count)
{
	unsigned long start = (unsigned long)addr;
	unsigned int first = (start - DMA_START) >> PAGE_SHIFT, i;

	BUG_ON(start < DMA_START || count > DMA_PAGES - first);
	for (i = 0; i < count; i++)
		pte_clear(dma_page_table + first + i);
	flush_tlb_kernel_range(start, start + ((unsigned long)count << PAGE_SHIFT));
	mark(first, count);
}
