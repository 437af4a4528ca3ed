/*
 * mm/swap.c: slots of several areas, taken, shared and freed at random, against a plain array of
 * counts. No slot is given out twice, nor the signature's nor a bad one; the bitmap, the counts and
 * the totals agree; priorities are kept, equals take turns; what is given out in one go lies
 * together.
 */
#include <linux/swap_area.h>
#include <linux/string.h>
#include <uapi/linux/sysinfo.h>
#include "unit.h"

#define AREAS	4
#define SLOTS	1000UL
#define STEPS	200000

static unsigned int model[AREAS][SLOTS];
static unsigned long in_use[AREAS];
static unsigned long vmalloced;

void *vmalloc(unsigned long size)
{
	vmalloced++;
	return host_malloc(size);
}

void vfree(const void *p)
{
	vmalloced -= p != NULL;
	host_free((void *)p);
}

/* Odd ones of the first forty are bad. */
static bool is_bad(unsigned long slot)
{
	return !slot || (slot < 40 && slot % 2);
}

static void make_area(unsigned int n, int prio)
{
	struct swap_area *area = &swap_areas[n];
	unsigned long slot;

	CHECK(!swap_alloc_slots(area, SLOTS - n));	/* sizes that end within a word */
	for (slot = 1; slot < area->slots; slot++)
		swap_add_slot(area, slot);
	for (slot = 1; slot < 40; slot += 2)
		swap_remove_slot(area, slot);
	CHECK(area->nr_usable == SLOTS - n - 21 && area->nr_free == area->nr_usable);
	area->used = true;
	area->prio = prio;
	swap_start_area(area);
}

static void remove_area(unsigned int n)
{
	swap_stop_area(&swap_areas[n]);
	swap_free_slots(&swap_areas[n]);
}

/* Bitmap, counts and numbers of every area tell the same. */
static void check_areas(void)
{
	unsigned long free = 0, total = 0, slot;
	struct sysinfo info;
	unsigned int n;

	for (n = 0; n < AREAS; n++) {
		const struct swap_area *area = &swap_areas[n];
		unsigned long clusters = 0;

		for (slot = 0; slot < area->slots; slot++) {
			bool bit = area->bitmap[slot / 32] >> (slot % 32) & 1;

			CHECK(area->count[slot] == model[n][slot], "area %u slot %lu", n, slot);
			CHECK(bit == (!model[n][slot] && !is_bad(slot)), "area %u slot %lu",
			      n, slot);
			CHECK(swap_count(SWP_ENTRY(n, slot)) == model[n][slot]);
		}
		for (slot = 0; slot < (area->slots + 31) / 32; slot++)
			clusters += area->bitmap[slot] == 0xffffffffUL;
		CHECK(clusters == area->free_clusters);
		CHECK(swap_area_inuse(area) == in_use[n]);
		free += area->nr_free;
		total += area->nr_usable;
	}
	CHECK(free == nr_swap_pages && total == total_swap_pages);
	si_swapinfo(&info);
	CHECK(info.totalswap == total && info.freeswap == free);
}

static swp_entry_t take(void)
{
	swp_entry_t entry = get_swap_page();
	unsigned int n = SWP_TYPE(entry);

	if (!entry.val)
		return entry;
	CHECK(n < AREAS && !is_bad(SWP_OFFSET(entry)) && SWP_OFFSET(entry) < swap_areas[n].slots);
	CHECK(!model[n][SWP_OFFSET(entry)], "slot %lu is given out twice", SWP_OFFSET(entry));
	model[n][SWP_OFFSET(entry)] = 1;
	in_use[n]++;
	return entry;
}

static void drop(swp_entry_t entry)
{
	swap_free(entry);
	if (!--model[SWP_TYPE(entry)][SWP_OFFSET(entry)])
		in_use[SWP_TYPE(entry)]--;
}

static void drop_all(void)
{
	unsigned long slot;
	unsigned int n;

	for (n = 0; n < AREAS; n++)
		for (slot = 1; slot < SLOTS; slot++)
			while (model[n][slot])
				drop(SWP_ENTRY(n, slot));
}

static void random_steps(void)
{
	unsigned int step;

	for (step = 0; step < STEPS; step++) {
		unsigned int n = unit_random(AREAS);
		swp_entry_t entry = SWP_ENTRY(n, unit_random(swap_areas[n].slots));
		unsigned int *count = &model[n][SWP_OFFSET(entry)];

		switch (unit_random(step / 5000 % 2 ? 3 : 5)) {
		case 0:
			if (*count) {
				CHECK(!swap_duplicate(entry));
				++*count;
			} else {
				CHECK(swap_duplicate(entry) == -EINVAL);
			}
			break;
		case 1:
			if (*count)
				drop(entry);
			else
				swap_free(entry);	/* a message, and nothing happens */
			break;
		default:
			if (nr_swap_pages)
				CHECK(take().val);
			else
				CHECK(!take().val);
		}
		if (step % 997 == 0)
			check_areas();
	}
	drop_all();
	check_areas();
}

/* Areas 0 and 1 are equal and first; then 2, then 3. */
static void check_priorities(void)
{
	unsigned long last = 0, turns = 0, taken[AREAS] = { 0 };
	swp_entry_t entry;

	while ((entry = take()).val) {
		unsigned int n = SWP_TYPE(entry);

		CHECK(n < 2 || (!swap_areas[0].nr_free && !swap_areas[1].nr_free));
		CHECK(n < 3 || !swap_areas[2].nr_free);
		turns += n != last;
		last = n;
		if (n < 2 && ++taken[n])
			CHECK(!swap_areas[!n].nr_free ||
			      taken[n] < taken[!n] + 64, "area %u is ahead of its equal", n);
	}
	CHECK(turns > SLOTS / 20 && !nr_swap_pages);
	drop_all();
}

/* With every second cluster in use the slots taken one after the other are the free clusters. */
static void check_clusters(void)
{
	struct swap_area *area = &swap_areas[2];
	unsigned long slot, runs = 0, last = 0;
	unsigned int i;

	while (take().val)
		;
	for (slot = 64; slot + 32 < area->slots; slot += 64)
		for (i = 0; i < 32; i++)
			drop(SWP_ENTRY(2, slot + i));
	for (slot = 100; slot < 600; slot += 64)	/* strays that must wait */
		drop(SWP_ENTRY(2, slot));
	for (i = 0; i < 12 * 32; i++) {
		swp_entry_t entry = take();

		CHECK(SWP_TYPE(entry) == 2);
		runs += SWP_OFFSET(entry) != last + 1;
		last = SWP_OFFSET(entry);
	}
	CHECK(runs <= 14, "%lu runs for 12 clusters", runs);
	check_areas();
	drop_all();
}

static void check_limits(void)
{
	swp_entry_t entry = take();
	unsigned int i;

	for (i = 1; i < SWAP_COUNT_MAX; i++)
		CHECK(!swap_duplicate(entry));
	CHECK(swap_duplicate(entry) == -ENOMEM && swap_count(entry) == SWAP_COUNT_MAX);
	for (i = 0; i < SWAP_COUNT_MAX; i++)
		swap_free(entry);
	model[SWP_TYPE(entry)][SWP_OFFSET(entry)] = 0;
	in_use[SWP_TYPE(entry)]--;
	CHECK(!swap_count(SWP_ENTRY(31, 5UL)) && swap_duplicate(SWP_ENTRY(31, 5UL)) == -EINVAL);
	CHECK(!swap_count(SWP_ENTRY(0, 0xffffffUL)) && !swap_count((swp_entry_t){ 0 }));
	check_areas();
}

/* A slot that turns out bad is not given out again, and missing from all totals. */
static void check_bad_slots(void)
{
	swp_entry_t entry = take();
	unsigned int n = SWP_TYPE(entry);
	unsigned long slot = SWP_OFFSET(entry), total = total_swap_pages;

	CHECK(!swap_duplicate(entry));
	swap_mark_bad(entry);
	CHECK(swap_count(entry) == 2 && total_swap_pages == total);
	swap_free(entry);
	CHECK(swap_count(entry) == 1);
	swap_free(entry);
	CHECK(!swap_count(entry) && total_swap_pages == total - 1);
	in_use[n]--;
	while (take().val)
		;
	CHECK(swap_areas[n].count[slot] == 0);
	model[n][slot] = 0;
	drop_all();
	swap_add_slot(&swap_areas[n], slot);	/* as it was, for the other tests */
	total_swap_pages++;
	nr_swap_pages++;
	check_areas();
}

/* While an area is being emptied none of its slots are given out, and freed ones do not count. */
static void check_stopping(void)
{
	swp_entry_t entry = take(), other;
	unsigned int n = SWP_TYPE(entry);
	unsigned long free = nr_swap_pages, gone = swap_areas[n].nr_free;

	swap_stop_area(&swap_areas[n]);
	CHECK(nr_swap_pages == free - gone);
	while ((other = take()).val)
		CHECK(SWP_TYPE(other) != n);
	CHECK(!nr_swap_pages);
	drop(entry);
	CHECK(!nr_swap_pages);
	swap_start_area(&swap_areas[n]);
	CHECK(nr_swap_pages == swap_areas[n].nr_usable);
	drop_all();
	check_areas();
}

int main(void)
{
	unsigned int n;

	for (n = 0; n < AREAS; n++)
		make_area(n, n < 2 ? 5 : 5 - (int)n);
	check_areas();
	check_priorities();
	check_clusters();
	check_limits();
	check_stopping();
	check_bad_slots();
	random_steps();
	for (n = 0; n < AREAS; n++)
		remove_area(n);
	CHECK(!total_swap_pages && !nr_swap_pages && !get_swap_page().val && !vmalloced);
	return 0;
}
