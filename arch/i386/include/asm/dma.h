/*
 * How the CPU reaches memory that it shares with a device. The caches of a PC see
 * what devices do, so the ordinary address of a lowmem frame will do.
 */
#ifndef _ASM_DMA_H
#define _ASM_DMA_H

#include <linux/mm.h>

/*
 * An address for `count` frames from `page` on, such that CPU and devices see the same contents;
 * NULL: no room. May sleep.
 */
static inline void *dma_map_coherent(struct page *page, unsigned int count)
{
	(void)count;
	return lowmem_page_address(page);
}

/* The address is not used any more. */
static inline void dma_unmap_coherent(void *addr, unsigned int count)
{
	(void)addr;
	(void)count;
}

#endif
