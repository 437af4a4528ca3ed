/*
 * kmap, kmap_atomic and the fixmap, with frames that have no address of their own. On a
 * machine without HIGHMEM there is nothing to test: highmem=N makes some.
 */
#include <linux/highmem.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include "selftest.h"

#define SPARE		4		/* slots that are left to the threads */
#define THREADS		8
#define ROUNDS		25
#define HIGHMEM_NEEDED	(LAST_PKMAP + 2 * THREADS + 64)

static struct page **pages __initdata;
static unsigned int nr_pages __initdata;

/* Takes n pages of HIGHMEM; fewer, and none at all, if there are not so many to spare. */
static bool __init take_pages(unsigned int n)
{
	if (zones[ZONE_HIGHMEM].free_pages < n + zones[ZONE_HIGHMEM].pages_high) {
		selftest_skip("not enough HIGHMEM, see highmem=");
		return false;
	}
	pages = kzalloc(n * sizeof(*pages), GFP_KERNEL);
	for (nr_pages = 0; pages && nr_pages < n; nr_pages++) {
		pages[nr_pages] = alloc_page(GFP_HIGHUSER);
		if (!pages[nr_pages] || !PageHighMem(pages[nr_pages]))
			panic("no memory for the self-test of highmem");
	}
	return pages != NULL;
}

static void __init give_pages(void)
{
	while (nr_pages > 0)
		__free_page(pages[--nr_pages]);
	kfree(pages);
}

/* ---- kmap ---- */

/* A page keeps its address while anybody has it mapped, and gets a lowmem page's for nothing. */
static void __init test_counts(void)
{
	struct page *low = alloc_page(GFP_KERNEL);
	void *first = kmap(pages[0]), *second = kmap(pages[0]);

	check((unsigned long)first >= PKMAP_BASE &&
		      (unsigned long)first < PKMAP_BASE + LAST_PKMAP * PAGE_SIZE,
	      "an address in pkmap");
	check(first == second && page_address(pages[0]) == first, "one address for all");
	fill_pattern(first, PAGE_SIZE, 1);
	kunmap(pages[0]);
	check(same_pattern(second, PAGE_SIZE, 1), "the page to stay for the other user");
	kunmap(pages[0]);
	check(low && kmap(low) == lowmem_page_address(low) && page_address(low) == kmap(low),
	      "a lowmem page at its own address");
	if (low)
		__free_page(low);
}

/* More pages than slots, one after the other: every slot is recycled several times. */
static void __init test_recycling(void)
{
	unsigned int i, round;

	for (round = 0; round < 4; round++)
		for (i = 0; i < nr_pages; i++) {
			u32 key = round * nr_pages + i;
			void *addr = kmap(pages[i]);

			check(!round || same_pattern(addr, PAGE_SIZE, key - nr_pages),
			      "page %u unchanged", i);
			fill_pattern(addr, PAGE_SIZE, key);
			kunmap(pages[i]);
		}
}

/*
 * The free slots lie on one side of the one that was given out last, and have to be recycled
 * first: they are found without anybody having to wait.
 */
static void __init test_one_side(unsigned int first, unsigned int end)
{
	unsigned int i;

	for (i = 0; i < LAST_PKMAP; i++)
		kmap(pages[i]);
	for (i = first; i < end; i++)
		kunmap(pages[i]);
	for (i = first; i < end; i++) {
		kmap(pages[LAST_PKMAP + i % THREADS]);
		kunmap(pages[LAST_PKMAP + i % THREADS]);
	}
	for (i = 0; i < LAST_PKMAP; i++)
		if (i < first || i >= end)
			kunmap(pages[i]);
}

void __init test_kmap(void)
{
	if (!take_pages(HIGHMEM_NEEDED))
		return;
	test_counts();
	test_recycling();
	test_one_side(0, LAST_PKMAP / 2);
	test_one_side(LAST_PKMAP / 2, LAST_PKMAP);
	give_pages();
}

/* ---- kmap, when all slots are held ---- */

static unsigned int next_page __initdata;
static unsigned int rounds_done[THREADS] __initdata;
static unsigned int most_ahead __initdata;

/* How far the fastest thread may be in front of the slowest of those that still run. */
static void __init note_lead(void)
{
	unsigned int i, least = ROUNDS, most = 0;

	for (i = 0; i < THREADS; i++) {
		least = min(least, rounds_done[i]);
		most = max(most, rounds_done[i]);
	}
	most_ahead = max(most_ahead, most - least);
}

/* Maps pages of its own, one at a time, and sleeps with the page mapped: others have to wait. */
static int __init map_and_sleep(void *unused)
{
	unsigned int me = next_page++, round;
	struct page *page;

	(void)unused;
	for (round = 0; round < ROUNDS; round++) {
		void *addr;

		page = pages[LAST_PKMAP - SPARE + 2 * me + round % 2];
		addr = kmap(page);
		fill_pattern(addr, PAGE_SIZE, me + round);
		schedule_timeout_uninterruptible(1);
		check(same_pattern(addr, PAGE_SIZE, me + round), "the page of thread %u unchanged",
		      me);
		kunmap(page);
		rounds_done[me]++;
		note_lead();
	}
	return 0;
}

/* Twice as many threads as slots: those who find none sleep, and each gets its turn. */
void __init test_kmap_wait(void)
{
	unsigned int i;

	if (!take_pages(HIGHMEM_NEEDED))
		return;
	for (i = 0; i < LAST_PKMAP - SPARE; i++)
		fill_pattern(kmap(pages[i]), PAGE_SIZE, i);
	next_page = most_ahead = 0;
	for (i = 0; i < THREADS; i++)
		rounds_done[i] = 0;
	check(run_threads(map_and_sleep, NULL, THREADS), "%u kernel threads", THREADS);
	for (i = 0; i < THREADS; i++)
		check(rounds_done[i] == ROUNDS, "%u rounds of thread %u, not %u", ROUNDS, i,
		      rounds_done[i]);
	check(most_ahead <= 3, "no thread to be %u rounds ahead of another", most_ahead);
	for (i = 0; i < LAST_PKMAP - SPARE; i++) {
		check(same_pattern(page_address(pages[i]), PAGE_SIZE, i), "page %u unchanged", i);
		kunmap(pages[i]);
	}
	give_pages();
}

static unsigned int holders __initdata;		/* threads that have got their slot */
static bool let_go __initdata;

/* Maps a page and keeps it. The later of two threads runs before the earlier when both can run. */
static int __init map_and_hold(void *unused)
{
	unsigned int me = next_page++;

	(void)unused;
	current->priority *= 1 + 3 * me;
	current->counter = current->priority;
	kmap(pages[LAST_PKMAP + me]);
	holders++;
	while (!let_go)
		schedule_timeout_uninterruptible(1);
	kunmap(pages[LAST_PKMAP + me]);
	return 0;
}

/*
 * Two slots come free while two tasks wait, before either runs. The second in the queue looks
 * first: it is not its turn. So the first, when it has its slot, has to wake it once more.
 */
void __init test_kmap_turns(void)
{
	unsigned int i;

	if (!take_pages(HIGHMEM_NEEDED))
		return;
	for (i = 0; i < LAST_PKMAP; i++)
		kmap(pages[i]);
	next_page = holders = 0;
	let_go = false;
	check(start_threads(map_and_hold, NULL, 2), "two kernel threads");
	schedule_timeout_uninterruptible(2);
	check(next_page == 2 && !holders, "two threads to wait, not %u", next_page - holders);
	kunmap(pages[0]);
	kunmap(pages[1]);
	for (i = 0; i < HZ && holders < 2; i++)
		schedule_timeout_uninterruptible(1);
	check(holders == 2, "both threads to get a slot, not %u", holders);
	let_go = true;
	for (i = 2; i < LAST_PKMAP; i++)
		kunmap(pages[i]);
	wait_for_threads();
	give_pages();
}

/* ---- kmap_atomic ---- */

static volatile unsigned int interrupts_seen __initdata;

/* In the timer interrupt: slots of its own, above those of the task it interrupted. */
static void __init map_in_interrupt(unsigned long data)
{
	struct page *page = (struct page *)data;
	char *addr = kmap_atomic(page, KM_IRQ0);
	char *other = kmap_atomic(page + 1, KM_BIO);

	addr[interrupts_seen % PAGE_SIZE] = 'i';
	other[0] = 'o';
	kunmap_atomic(other, KM_BIO);
	kunmap_atomic(addr, KM_IRQ0);
	interrupts_seen++;
}

/* A task keeps two pages mapped while an interrupt comes and maps two others. */
static void __init test_interrupt(struct page *block)
{
	struct timer_list timer = {
		.function = map_in_interrupt, .data = (unsigned long)(block + 2),
	};
	char *first = kmap_atomic(block, KM_USER0), *second;
	unsigned int before = interrupts_seen;

	init_timer(&timer);
	timer.expires = jiffies + 1;
	add_timer(&timer);
	fill_pattern(first, PAGE_SIZE, 11);
	while (interrupts_seen == before)
		;
	second = kmap_atomic(block + 1, KM_USER1);
	fill_pattern(second, PAGE_SIZE, 12);
	check(first != second, "two addresses");
	check(same_pattern(first, PAGE_SIZE, 11), "the page mapped as before the interrupt");
	kunmap_atomic(second, KM_USER1);
	kunmap_atomic(first, KM_USER0);
	check(same_page(block, 11) && same_page(block + 1, 12), "both pages as written");
}

/* All slots at once, in a random order; back in the reverse order. */
static void __init test_nesting(struct page *block)
{
	unsigned int order[KM_TYPE_NR], i, j, tmp;
	char *addr[KM_TYPE_NR];

	for (i = 0; i < KM_TYPE_NR; i++)
		order[i] = i;
	for (i = KM_TYPE_NR - 1; i > 0; i--) {
		j = selftest_random(i + 1);
		tmp = order[i];
		order[i] = order[j];
		order[j] = tmp;
	}
	for (i = 0; i < KM_TYPE_NR; i++) {
		addr[i] = kmap_atomic(block + i, order[i]);
		fill_pattern(addr[i], PAGE_SIZE, i);
	}
	for (i = KM_TYPE_NR; i-- > 0;) {
		check(same_pattern(addr[i], PAGE_SIZE, i), "page %u unchanged", i);
		kunmap_atomic(addr[i], order[i]);
	}
}

void __init test_kmap_atomic(void)
{
	struct page *block = alloc_pages(GFP_HIGHUSER | __GFP_NOWARN, 3);
	unsigned int i;

	_Static_assert(KM_TYPE_NR <= 8, "the block is too small");
	if (!block || !PageHighMem(block)) {
		selftest_skip("not enough HIGHMEM, see highmem=");
	} else {
		for (i = 0; i < 20; i++)
			test_nesting(block);
		for (i = 0; i < 3; i++)
			test_interrupt(block);
	}
	if (block)
		__free_pages(block, 3);
}

/* ---- fixmap ---- */

/* A fixed address shows whatever frame it is set to, and afterwards none. */
void __init test_fixmap(void)
{
	void *addr = (void *)fix_to_virt(FIX_TEST);
	struct page *page;
	unsigned int i;

	check(virt_to_fix((unsigned long)addr + 5) == FIX_TEST, "virt_to_fix to undo fix_to_virt");
	check(!readable(addr), "nothing there before");
	for (i = 0; i < 10; i++) {
		page = alloc_page(GFP_HIGHUSER);
		if (!page)
			return;
		fill_page(page, i);
		set_fixmap(FIX_TEST, page_to_pfn(page) << PAGE_SHIFT, PAGE_KERNEL);
		check(same_pattern(addr, PAGE_SIZE, i), "frame %lx", page_to_pfn(page));
		clear_fixmap(FIX_TEST);
		__free_page(page);
	}
	check(!readable(addr), "nothing there afterwards");
}
