/*
 * Flags of an allocation: where the memory may lie and what the allocator may
 * do to get it.
 */
#ifndef _LINUX_GFP_H
#define _LINUX_GFP_H

#include <linux/types.h>

#define __GFP_DMA	0x01u	/* below 16 MB on the PC */
#define __GFP_HIGHMEM	0x02u	/* a frame outside lowmem will do: needs kmap */
#define __GFP_WAIT	0x10u	/* may sleep and reclaim */
#define __GFP_HIGH	0x20u	/* may go below the min watermark */
#define __GFP_IO	0x40u	/* may start disk I/O to reclaim */
#define __GFP_FS	0x80u	/* may call into file systems to reclaim */
#define __GFP_ZERO	0x100u	/* cleared */
#define __GFP_NOWARN	0x200u	/* failure is expected: no message */
#define __GFP_NORETRY	0x400u	/* reclaims, but nobody is killed for it */

#define GFP_ATOMIC	(__GFP_HIGH)
#define GFP_NOIO	(__GFP_WAIT)
#define GFP_NOFS	(__GFP_WAIT | __GFP_IO)
#define GFP_KERNEL	(__GFP_WAIT | __GFP_IO | __GFP_FS)
#define GFP_USER	GFP_KERNEL
#define GFP_HIGHUSER	(GFP_KERNEL | __GFP_HIGHMEM)
#define GFP_DMA		__GFP_DMA

struct page;

/* 2^order contiguous frames, or NULL. The first one's count is 1. */
struct page *alloc_pages(gfp_t gfp, unsigned int order);
#define alloc_page(gfp)	alloc_pages(gfp, 0)
/* Up to nr single frames, not cleared, cheaper than one by one; returns how many. */
unsigned int alloc_page_batch(gfp_t gfp, unsigned int nr, struct page **pages);
/* The same from lowmem, as a kernel address, or 0. */
unsigned long __get_free_pages(gfp_t gfp, unsigned int order);
#define __get_free_page(gfp)	__get_free_pages(gfp, 0)
/* One lowmem page filled with zeroes, as a kernel address, or 0. */
unsigned long get_zeroed_page(gfp_t gfp);
/* 0.12's name: a cleared lowmem page, GFP_KERNEL, or 0. */
unsigned long get_free_page(void);

/* Drop a reference; the last one frees. Interrupt-safe. */
void __free_pages(struct page *page, unsigned int order);
#define __free_page(page)	__free_pages(page, 0)
/* The same by the kernel address; 0 is ignored. */
void free_pages(unsigned long addr, unsigned int order);
#define free_page(addr)		free_pages(addr, 0)

#endif
