/*
 * How the CPU reaches memory that it shares with a device: not through its caches. dma.c maps the
 * frames a second time, as normal uncached memory, in a region of their own, and
 * hands out the region's addresses from the top down.
 *
 * The frames keep their cached address in lowmem, which nobody uses meanwhile.
 */
#ifndef _ASM_DMA_H
#define _ASM_DMA_H

#include <linux/mm.h>

/*
 * An address for `count` frames from `page` on, such that CPU and devices see the same contents;
 * NULL: no room. May sleep.
 */
void *dma_map_coherent(struct page *page, unsigned int count);
/* The address is not used any more. */
void dma_unmap_coherent(void *addr, unsigned int count);

#endif
