/*
 * How the CPU reaches memory that it shares with a device: not through its caches. dma.c maps the
 * frames a second time, as normal uncached memory, in a region of their own, and
 * hands out the region's addresses from the top down.
 *
 * The frames keep their cached address in lowmem, which nobody uses meanwhile.
 */
#ifndef _ASM_DMA_H
#define _ASM_DMA_H

#include <linux/dma.h>
#include <linux/mm.h>

#define MAX_DMA_PFN	0UL		/* every device reaches all of RAM: no zone for ISA */

extern pte_t *dma_page_table;		/* entry of DMA_START; made at boot */

/*
 * An address for `count` frames from `page` on, such that CPU and devices see the same contents;
 * NULL: no room. May sleep.
 */
void *dma_map_coherent(struct page *page, unsigned int count);
/* The address is not used any more. */
void dma_unmap_coherent(void *addr, unsigned int count);

/*
 * Bytes [offset, offset + len) of a page of any zone are handed to a device, and back: with the
 * direction given, each side then sees what the other has written. Any context that does not hold
 * KM_BIO; never sleep.
 */
void dma_sync_for_device(struct page *page, unsigned int offset, unsigned int len,
			 enum dma_data_direction dir);
void dma_sync_for_cpu(struct page *page, unsigned int offset, unsigned int len,
		      enum dma_data_direction dir);
/*
 * All pieces of a transfer of so many bytes at once, either way and in either direction, when that
 * is cheaper than one by one; false: nothing was done.
 */
bool dma_sync_all(unsigned int bytes);

#endif
