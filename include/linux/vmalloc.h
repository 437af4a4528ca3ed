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

/* size bytes of zero-filled memory, or NULL. May sleep. */
void *vmalloc(unsigned long size);
void vfree(const void *addr);		/* NULL is ignored. May sleep */
/* Maps pages of the caller side by side; their address, or NULL. May sleep. */
void *vmap(struct page **pages, unsigned int count);
/* Unmaps what vmap() mapped; the pages stay the caller's. NULL is ignored. */
void vunmap(const void *addr);
/* Device registers, `size` bytes from a physical address, uncached; or NULL. May sleep. */
void *ioremap(unsigned long phys, unsigned long size);
/* Unmaps what ioremap() mapped. NULL is ignored. */
void iounmap(void *addr);

extern struct vm_struct *vmlist;

#endif
