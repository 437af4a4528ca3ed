/*
 * The RAM of the machine and how it is divided: sorted, disjoint ranges of frames. The setup code
 * of the architecture enters what the firmware or the boot loader told it; then memory_limits()
 * applies the words mem= and highmem= of the command line.
 */
#ifndef _LINUX_MEMMAP_H
#define _LINUX_MEMMAP_H

#include <linux/types.h>

struct ram_range {
	unsigned long start_pfn, end_pfn;	/* the end is the first frame behind */
};

extern struct ram_range ram_ranges[];
extern unsigned int nr_ram_ranges;

/* All of these are for boot only. */

/* The frame of a byte address; one from 4 GB on, which has no frame here, becomes the last. */
unsigned long pfn_clamp(u64 addr);
/* Frames [start, end) are RAM. What does not fit into the table any more is not used. */
void add_ram(unsigned long start, unsigned long end);
/* They are not, whatever add_ram() was told. */
void remove_ram(unsigned long start, unsigned long end);
/* Sorts the ranges and joins those that touch; before any of the table is used. */
void sort_ram(void);
/*
 * Sets max_pfn, max_low_pfn and high_memory from the ranges and the command line; min_low_pfn is
 * set. Lowmem is at most MAXMEM of <asm/pgtable.h>.
 */
void memory_limits(const char *cmdline);
/* Enters RAM and the parts of the kernel image into /proc/iomem's tree; paging is on. */
void ram_resources(void);

#endif
