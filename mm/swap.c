/*
 * Slots: which page-sized pieces of the swap areas are free, and how many own each of the others.
 *
 * Slots given out one after the other lie side by side, so that a disk writes them in one sweep
 * and reads them back together. An area hands out a run of free slots to its end, then begins
 * the next one, if possible a cluster: a word of the bitmap that is all free. Areas
 * of equal priority take turns, a run each.
 *
 * 0.12 had one area and its swap_bitmap; a slot had one owner, since fork read everything in.
 */
#include <linux/swap_area.h>
#include <linux/kernel.h>
#include <linux/vmalloc.h>
#include <linux/string.h>
#include <uapi/linux/sysinfo.h>

#define CLUSTER		32UL		/* slots in a word of the bitmap */
#define ALL_FREE	0xffffffffUL

struct swap_area swap_areas[MAX_SWAPFILES];
LIST_HEAD(swap_list);
unsigned long total_swap_pages;
unsigned long nr_swap_pages;

/* ---- the bitmap ---- */

static inline bool slot_is_free(const struct swap_area *area, unsigned long slot)
{
	return area->bitmap[slot / CLUSTER] >> (slot % CLUSTER) & 1;
}

static void mark_free(struct swap_area *area, unsigned long slot)
{
	unsigned long *word = &area->bitmap[slot / CLUSTER];

	*word |= 1UL << (slot % CLUSTER);
	if (*word == ALL_FREE)
		area->free_clusters++;
	area->nr_free++;
}

static void mark_used(struct swap_area *area, unsigned long slot)
{
	unsigned long *word = &area->bitmap[slot / CLUSTER];

	if (*word == ALL_FREE)
		area->free_clusters--;
	*word &= ~(1UL << (slot % CLUSTER));
	area->nr_free--;
}

/*
 * Where the next run begins, from area->next on and round the end: at a free cluster, or
 * where none is left at any free slot. There is one.
 */
static unsigned long find_run(const struct swap_area *area)
{
	unsigned long words = DIV_ROUND_UP(area->slots, CLUSTER);
	unsigned long word = area->next / CLUSTER;
	bool whole = area->free_clusters > 0;

	for (;; word++) {
		if (word >= words)
			word = 0;
		if (whole ? area->bitmap[word] == ALL_FREE : area->bitmap[word] != 0)
			return word * CLUSTER + __ffs(area->bitmap[word]);
	}
}

static unsigned long take_slot(struct swap_area *area)
{
	unsigned long slot = area->next;

	if (slot >= area->slots || !slot_is_free(area, slot))
		slot = find_run(area);
	mark_used(area, slot);
	area->count[slot] = 1;
	area->next = slot + 1;
	return slot;
}

/* ---- areas ---- */

int swap_alloc_slots(struct swap_area *area, unsigned long slots)
{
	unsigned long words = DIV_ROUND_UP(slots, CLUSTER);

	area->bitmap = vmalloc(words * sizeof(*area->bitmap));
	area->count = vmalloc(slots * sizeof(*area->count));
	if (!area->bitmap || !area->count) {
		swap_free_slots(area);
		return -ENOMEM;
	}
	memset(area->bitmap, 0, words * sizeof(*area->bitmap));
	memset(area->count, 0, slots * sizeof(*area->count));
	area->slots = slots;
	area->nr_usable = area->nr_free = 0;
	area->next = area->free_clusters = 0;
	return 0;
}

void swap_free_slots(struct swap_area *area)
{
	vfree(area->bitmap);
	vfree(area->count);
	area->bitmap = NULL;
	area->count = NULL;
	area->slots = area->nr_usable = area->nr_free = 0;
}

void swap_add_slot(struct swap_area *area, unsigned long slot)
{
	if (slot_is_free(area, slot))
		return;
	mark_free(area, slot);
	area->nr_usable++;
}

void swap_remove_slot(struct swap_area *area, unsigned long slot)
{
	if (!slot_is_free(area, slot))
		return;
	mark_used(area, slot);
	area->nr_usable--;
}

/* Enters the area behind those with its priority or a higher one. */
static void enter_list(struct swap_area *area)
{
	struct swap_area *other;

	list_for_each_entry(other, &swap_list, list)
		if (other->prio < area->prio)
			break;
	list_add_tail(&area->list, &other->list);
}

void swap_start_area(struct swap_area *area)
{
	enter_list(area);
	area->writeok = true;
	total_swap_pages += area->nr_usable;
	nr_swap_pages += area->nr_free;
}

void swap_stop_area(struct swap_area *area)
{
	list_del(&area->list);
	area->writeok = false;
	total_swap_pages -= area->nr_usable;
	nr_swap_pages -= area->nr_free;
}

/* ---- slots ---- */

swp_entry_t get_swap_page(void)
{
	struct swap_area *area;

	list_for_each_entry(area, &swap_list, list) {
		unsigned long slot;

		if (!area->nr_free)
			continue;
		slot = take_slot(area);
		nr_swap_pages--;
		if (area->next >= area->slots || !slot_is_free(area, area->next) ||
		    area->next % CLUSTER == 0) {
			list_del(&area->list);
			enter_list(area);
		}
		return SWP_ENTRY(area - swap_areas, slot);
	}
	return (swp_entry_t){ 0 };
}

/* The area of an entry whose slot is in use, or NULL. */
static struct swap_area *area_of(swp_entry_t entry)
{
	struct swap_area *area = &swap_areas[SWP_TYPE(entry)];

	if (!area->count || SWP_OFFSET(entry) >= area->slots || !area->count[SWP_OFFSET(entry)])
		return NULL;
	return area;
}

/* The last owner of a slot has gone. */
static void release_slot(struct swap_area *area, unsigned long slot)
{
	if (area->count[slot] & SWAP_COUNT_BAD) {
		area->count[slot] = 0;
		area->nr_usable--;
		if (area->writeok)
			total_swap_pages--;
	} else {
		mark_free(area, slot);
		if (area->writeok)
			nr_swap_pages++;
	}
}

static void bad_entry(swp_entry_t entry)
{
	printk_ratelimited(KERN_ERR "swap: entry %08lx names no slot in use\n", entry.val);
}

unsigned int swap_count(swp_entry_t entry)
{
	struct swap_area *area = area_of(entry);

	return area ? area->count[SWP_OFFSET(entry)] & SWAP_COUNT_MAX : 0;
}

int swap_duplicate(swp_entry_t entry)
{
	struct swap_area *area = area_of(entry);

	if (!area) {
		bad_entry(entry);
		return -EINVAL;
	}
	if ((area->count[SWP_OFFSET(entry)] & SWAP_COUNT_MAX) == SWAP_COUNT_MAX)
		return -ENOMEM;
	area->count[SWP_OFFSET(entry)]++;
	return 0;
}

void swap_free(swp_entry_t entry)
{
	struct swap_area *area = area_of(entry);

	if (!area) {
		bad_entry(entry);
		return;
	}
	if (!(--area->count[SWP_OFFSET(entry)] & SWAP_COUNT_MAX))
		release_slot(area, SWP_OFFSET(entry));
}

void swap_mark_bad(swp_entry_t entry)
{
	struct swap_area *area = area_of(entry);

	if (area)
		area->count[SWP_OFFSET(entry)] |= SWAP_COUNT_BAD;
}

void si_swapinfo(struct sysinfo *val)
{
	val->totalswap = total_swap_pages;
	val->freeswap = nr_swap_pages;
}
