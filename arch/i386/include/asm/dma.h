/*
 * How the CPU reaches memory that it shares with a device. The caches of a PC see
 * what devices do, so the ordinary address of a lowmem frame will do.
 */
#ifndef _ASM_DMA_H
#define _ASM_DMA_H

#include <linux/dma.h>
#include <linux/mm.h>

#define MAX_DMA_PFN	0x1000UL	/* 16 MB: the end of what an ISA device can reach */

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

/*
 * Bytes [offset, offset + len) of a page of any zone are handed to a device, and back: with the
 * direction given, each side then sees what the other has written. Any context that does not hold
 * KM_BIO; never sleep.
 */
static inline void dma_sync_for_device(struct page *page, unsigned int offset, unsigned int len,
				       enum dma_data_direction dir)
{
	(void)page;
	(void)offset;
	(void)len;
	(void)dir;
}

static inline void dma_sync_for_cpu(struct page *page, unsigned int offset, unsigned int len,
				    enum dma_data_direction dir)
{
	(void)page;
	(void)offset;
	(void)len;
	(void)dir;
}

static inline bool dma_sync_all(unsigned int bytes)
{
	(void)bytes;
	return true;
}

#endif
