/*
 * Swap areas as mm/ sees them: mm/swap.c gives out their slots, mm/page_io.c finds a slot's place
 * on the disk, mm/swapfile.c and mm/swapoff.c put areas into use and take them out.
 *
 * Slot 0 holds the signature, so no entry has the value 0.
 *
 *	bit n of bitmap		set: slot n is free (0.12's swap_bitmap)
 *	count[n]		owners of slot n; 0 too for slots that are never given out
 */
#ifndef _LINUX_SWAP_AREA_H
#define _LINUX_SWAP_AREA_H

#include <linux/swap.h>
#include <linux/list.h>

#define MAX_SWAPFILES	32		/* SWP_TYPE() has five bits */
#define SWAP_MAX_SLOTS	(1UL << 24)	/* and SWP_OFFSET() has 24 */
#define SWAP_COUNT_MAX	0x7fff
#define SWAP_COUNT_BAD	0x8000		/* could not be written: not to be given out again */

/* Slots that lie side by side on the disk too. */
struct swap_extent {
	unsigned long slot, nr;
	sector_t sector;		/* of the first */
};

struct swap_area {
	bool used;			/* somebody has taken the struct */
	bool writeok;			/* slots may be given out */
	bool emptying;			/* swapoff is at work; with writeok: it is to give up */
	int prio;			/* high ones are filled first */
	struct list_head list;		/* of areas in use, highest priority first */

	unsigned long slots;		/* with the signature's and the bad ones */
	unsigned long nr_usable;
	unsigned long nr_free;
	unsigned long *bitmap;
	u16 *count;
	unsigned long next;		/* where the next free slot is looked for */
	unsigned long free_clusters;	/* words of the bitmap that are all free */

	struct file *file;
	dev_t dev;			/* where the I/O goes */
	struct swap_extent *extents;	/* by slot */
	unsigned int nr_extents;
};

extern struct swap_area swap_areas[MAX_SWAPFILES];
extern struct list_head swap_list;

/* Slots that are in use. */
static inline unsigned long swap_area_inuse(const struct swap_area *area)
{
	return area->nr_usable - area->nr_free;
}

/* Bitmap and counts for that many slots, none of them usable yet. 0 or -ENOMEM. Sleeps. */
int swap_alloc_slots(struct swap_area *area, unsigned long slots);
void swap_free_slots(struct swap_area *area);
/* Makes a slot usable, or bad again. For areas that are not in use yet. */
void swap_add_slot(struct swap_area *area, unsigned long slot);
void swap_remove_slot(struct swap_area *area, unsigned long slot);
/* A slot in use that cannot be written will be bad once nobody owns it. */
void swap_mark_bad(swp_entry_t entry);
/* From now on slots of it are given out, or no longer. */
void swap_start_area(struct swap_area *area);
void swap_stop_area(struct swap_area *area);

/*
 * swapoff: every owner of a slot gets its page back. 0, or what stopped it: -ENOMEM, -EINTR, -EIO.
 * Sleeps.
 */
int try_to_unuse(struct swap_area *area);

#endif
