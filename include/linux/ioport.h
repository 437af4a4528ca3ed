/*
 * Who owns which addresses: physical memory (iomem_resource) and I/O ports
 * (ioport_resource), each a tree of ranges that do not overlap.
 *
 *	System RAM               inserted by the architecture at boot
 *	  Kernel code
 *	Video RAM area
 *	  vga                    claimed by a driver: IORESOURCE_BUSY, nobody else gets it
 *
 * A driver claims its registers before it touches them; the trees are /proc/iomem and
 * /proc/ioports.
 */
#ifndef _LINUX_IOPORT_H
#define _LINUX_IOPORT_H

#include <linux/types.h>

struct resource {
	const char *name;
	unsigned long start, end;	/* the end is the last address */
	unsigned long flags;
	struct resource *parent, *sibling, *child;	/* siblings by address */
};

#define IORESOURCE_IO		0x100
#define IORESOURCE_MEM		0x200
#define IORESOURCE_RAM		0x400		/* memory the kernel uses */
#define IORESOURCE_BUSY		0x80000000	/* a driver's */

extern struct resource iomem_resource, ioport_resource;

/*
 * Enters a range into the tree below `root`, which must contain it; 0, or -EBUSY: it meets another.
 */
int request_resource(struct resource *root, struct resource *new);
/*
 * A driver's claim of n addresses from start on, in the smallest range that contains them.
 * NULL: somebody has claimed some of them (a message says who), or no memory. May sleep.
 */
struct resource *__request_region(struct resource *root, unsigned long start, unsigned long n,
				  const char *name);
#define request_region(start, n, name)		__request_region(&ioport_resource, start, n, name)
#define request_mem_region(start, n, name)	__request_region(&iomem_resource, start, n, name)

/* Is the frame RAM that the kernel uses? */
bool page_is_ram(unsigned long pfn);

#endif
