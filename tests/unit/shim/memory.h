/*
 * The little machine of shim/memory.c, in page frames.
 */
#ifndef UNIT_MEMORY_H
#define UNIT_MEMORY_H

#define UNIT_FIRST	3		/* first frame that is free */
#define UNIT_DMA_END	4096
#define UNIT_LOW_END	6144
#define UNIT_END	8192

/* Makes the memory and gives it to the buddy allocator. */
void unit_memory_init(void);
/* Joins all free pages to the largest possible blocks. */
void unit_memory_settle(void);

#endif
