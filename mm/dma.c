/*
 * dma_alloc_coherent(): memory for the tables that a device reads while the CPU
 * changes them.
 *
 * The frames come from the buddy allocator, which knows powers of two only; what is too much
 * goes back at once, so that three pages cost three. Which address the CPU uses for
 * them is up to the architecture (<asm/dma.h>): on a PC the one they have, elsewhere an
 * uncached one out of a region of its own.
 */
#include <linux/dma.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/dma.h>

/* The frames of a block live and die one by one from now on. */
static void split_pages(struct page *page, unsigned int order)
{
	unsigned int i;

	for (i = 1; i < 1u << order; i++)
		atomic_set(&page[i].count, 1);
}

static void free_frames(struct page *page, unsigned int count)
{
	while (count--)
		__free_page(page++);
}

void *dma_alloc_coherent(size_t size, dma_addr_t *handle, gfp_t gfp)
{
	unsigned int count = (size >> PAGE_SHIFT) + ((size & ~PAGE_MASK) != 0), order;
	struct page *page;
	void *addr;

	if (!count || count > 1u << (MAX_ORDER - 1))
		return NULL;
	order = fls(count - 1);
	page = alloc_pages(gfp & ~(__GFP_HIGHMEM | __GFP_ZERO), order);
	if (!page)
		return NULL;
	split_pages(page, order);
	free_frames(page + count, (1u << order) - count);
	addr = dma_map_coherent(page, count);
	if (!addr) {
		free_frames(page, count);
		return NULL;
	}
	memset(addr, 0, (size_t)count << PAGE_SHIFT);
	*handle = (dma_addr_t)(page_to_pfn(page) << PAGE_SHIFT);
	return addr;
}

void dma_free_coherent(size_t size, void *addr, dma_addr_t handle)
{
	unsigned int count = (size >> PAGE_SHIFT) + ((size & ~PAGE_MASK) != 0);

	if (!addr)
		return;
	dma_unmap_coherent(addr, count);
	free_frames(pfn_to_page(handle >> PAGE_SHIFT), count);
}
