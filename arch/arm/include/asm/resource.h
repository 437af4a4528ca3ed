/*
 * The board's addresses in <linux/ioport.h>: resource.c.
 */
#ifndef _ASM_RESOURCE_H
#define _ASM_RESOURCE_H

/* Enters RAM and the chips of the board into the tree of physical addresses; paging is on. */
void resources_init(void);

#endif
