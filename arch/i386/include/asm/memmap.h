/*
 * The RAM of the machine, as setup.c understood the BIOS: sorted, disjoint.
 */
#ifndef _ASM_MEMMAP_H
#define _ASM_MEMMAP_H

struct ram_range {
	unsigned long start_pfn, end_pfn;	/* the end is the first frame behind */
};

extern struct ram_range ram_ranges[];
extern unsigned int nr_ram_ranges;

struct boot_params;
/* Enters RAM, ROM and the chips of the board into the trees of <linux/ioport.h>; paging is on. */
void resources_init(const struct boot_params *params);

#endif
