/*
 * Memory that the CPU and a device both use at the same time: command tables, rings.
 *
 * Such memory has two addresses, the CPU's and the device's. Where caches do not look
 * through to what devices do, it has to be mapped uncached: the architecture's
 * <asm/dma.h> gives the mapping. A page of data that is only handed to the device for one
 * transfer needs none of this, but the two dma_sync_ calls of <asm/dma.h>.
 */
#ifndef _LINUX_DMA_H
#define _LINUX_DMA_H

#include <linux/gfp.h>

typedef u32 dma_addr_t;			/* a physical address, as a device sees it */

/* Who writes to memory that is handed to a device for one transfer. */
enum dma_data_direction { DMA_TO_DEVICE, DMA_FROM_DEVICE };

/*
 * size bytes, zeroed, contiguous for the device, beginning at a page; whole pages are taken.
 * *handle becomes the device's address. __GFP_DMA: where an ISA device can reach it. NULL: no
 * memory, or more than 4 MB. May sleep as gfp allows.
 */
void *dma_alloc_coherent(size_t size, dma_addr_t *handle, gfp_t gfp);
/* Gives it back: the same size, both addresses. NULL is ignored. The device is done with it. */
void dma_free_coherent(size_t size, void *addr, dma_addr_t handle);

#endif
