/*
 * The RAM of the machine, as setup.c understood the boot loader: sorted, disjoint.
 */
#ifndef _ASM_MEMMAP_H
#define _ASM_MEMMAP_H

struct ram_range {
	unsigned long start_pfn, end_pfn;	/* the end is the first frame behind */
};

extern struct ram_range ram_ranges[];
extern unsigned int nr_ram_ranges;

/* Enters RAM and the chips of the board into the tree of <linux/ioport.h>; paging is on. */
void resources_init(void);

#endif
