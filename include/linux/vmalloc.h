/*
 * Kernel memory that is contiguous only in its addresses, and device memory.
 */
#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

#include <linux/types.h>
#include <asm/pgtable.h>

#define VM_ALLOC	1	/* vm_struct flags: pages belong to the area */
#define VM_IOREMAP	2
#define VM_MAP		4	/* vmap: pages belong to the caller */

struct vm_struct {
	struct vm_struct *next;		/* by address */
	void *addr;
	unsigned long size;		/* bytes, with the guard page */
	unsigned long flags;
	struct page **pages;
	unsigned int nr_pages;
	unsigned long phys_addr;	/* ioremap */
	void *caller;
};

/* size bytes of zero-filled memory, of any zone; NULL: no memory, no room. May sleep. */
void *vmalloc(unsigned long size);
/* Gives it back; NULL is ignored, what vmalloc() did not return is reported. May sleep. */
void vfree(const void *addr);
/*
 * Maps count pages side by side, in this order; a page may occur more than once. They stay the
 * caller's, who keeps them until vunmap(). NULL: no memory, no room. May sleep.
 */
void *vmap(struct page **pages, unsigned int count);
/* Unmaps what vmap() mapped. NULL is ignored. May sleep. */
void vunmap(const void *addr);
/*
 * size bytes of device memory or registers at physical address `phys`, which need not be aligned,
 * uncached. NULL: no room, no memory, or it is RAM. May sleep.
 */
void *ioremap(unsigned long phys, unsigned long size);
void iounmap(void *addr);		/* what ioremap() returned; NULL is ignored */

extern struct vm_struct *vmlist;	/* all areas, by address; for /proc/vmallocinfo */

#endif
