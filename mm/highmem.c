/*
 * kmap(): addresses for frames that lowmem does not reach.
 *
 * The pkmap area has LAST_PKMAP page-sized slots. pkmap_count[] of a slot is
 *
 *	0	free, and no TLB holds it
 *	1	free, but its old entry may still be in the TLB
 *	n > 1	mapped for n - 1 users
 *
 * kunmap() only counts down. When the search for a free slot comes to the end of the
 * area, every slot at 1 is recycled and the TLB is flushed, once for all of them. When
 * all slots are held, tasks queue up: only the first in the queue may take the next
 * slot, and nobody passes by, so that each gets its turn. A page finds its slot
 * through a hash: page_address().
 *
 * kmap_atomic() has a slot of its own for each purpose (enum km_type), at a fixed address.
 * Slots are given back in the reverse order of taking, also when an interrupt handler
 * comes in between; whoever does not is named before the BUG.
 */
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/ksyms.h>
#include <linux/sched.h>
#include <linux/wait.h>

static int pkmap_count[LAST_PKMAP];
static int last_pkmap_nr = -1;		/* given out last */
static DECLARE_WAIT_QUEUE_HEAD(pkmap_wait);

struct page_address_map {
	struct page *page;
	struct page_address_map *next;
};

#define PA_HASH_SIZE	128
static struct page_address_map *page_address_hash[PA_HASH_SIZE];
static struct page_address_map page_address_maps[LAST_PKMAP];	/* one per slot */

static struct page_address_map **page_hash(struct page *page)
{
	return &page_address_hash[page_to_pfn(page) % PA_HASH_SIZE];
}

/* The number of the slot that a page has, or -1. */
static inline int find_slot(struct page *page)
{
	struct page_address_map *pam;

	for (pam = *page_hash(page); pam; pam = pam->next)
		if (pam->page == page)
			return pam - page_address_maps;
	return -1;
}

static inline void *slot_address(unsigned int slot)
{
	return (void *)(PKMAP_BASE + slot * PAGE_SIZE);
}

void *page_address(struct page *page)
{
	int slot;

	if (!PageHighMem(page))
		return lowmem_page_address(page);
	slot = find_slot(page);
	return slot < 0 ? NULL : slot_address(slot);
}

static void give_slot(struct page *page, unsigned int slot)
{
	struct page_address_map *pam = &page_address_maps[slot];
	struct page_address_map **head = page_hash(page);

	pam->page = page;
	pam->next = *head;
	*head = pam;
}

static void take_slot_back(unsigned int slot)
{
	struct page_address_map *pam = &page_address_maps[slot];
	struct page_address_map **p = page_hash(pam->page);

	while (*p != pam)
		p = &(*p)->next;
	*p = pam->next;
	pam->page = NULL;
}

/* Makes every slot at 1 free, and forgets their old entries in the TLB. */
static void flush_all_zero_pkmaps(void)
{
	unsigned int i;
	bool any = false;

	for (i = 0; i < LAST_PKMAP; i++) {
		if (pkmap_count[i] != 1)
			continue;
		pkmap_count[i] = 0;
		pte_clear(&pkmap_page_table[i]);
		take_slot_back(i);
		any = true;
	}
	if (any)
		flush_tlb_kernel_range(PKMAP_BASE, PKMAP_BASE + LAST_PKMAP * PAGE_SIZE);
}

/* The free slot behind the one given out last, or -1: all are held. */
static int find_pkmap_slot(void)
{
	int round;

	for (round = 0; round < 2; round++) {
		while (++last_pkmap_nr < LAST_PKMAP)
			if (pkmap_count[last_pkmap_nr] == 0)
				return last_pkmap_nr;
		last_pkmap_nr = -1;
		if (round == 0)
			flush_all_zero_pkmaps();
	}
	return -1;
}

/* The same, sleeping until there is one. */
static int get_pkmap_slot(void)
{
	DECLARE_WAITQUEUE(wait, current);
	int slot = -1;

	if (!waitqueue_active(&pkmap_wait))
		slot = find_pkmap_slot();
	if (slot >= 0)
		return slot;
	add_wait_queue_exclusive(&pkmap_wait, &wait);		/* at the end */
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (pkmap_wait.task_list.next == &wait.link) {
			slot = find_pkmap_slot();
			if (slot >= 0)
				break;
		}
		schedule();
	}
	set_current_state(TASK_RUNNING);
	remove_wait_queue(&pkmap_wait, &wait);
	wake_up(&pkmap_wait);		/* the next in the queue: there may be more slots */
	return slot;
}

/* Maps a page that has no slot, and returns the one that it got. */
static noinline int map_in_slot(struct page *page)
{
	int slot = get_pkmap_slot(), other = find_slot(page);

	if (other >= 0)			/* we slept, and somebody else has mapped it */
		return other;
	set_pte(&pkmap_page_table[slot], mk_pte(page, PAGE_KERNEL));
	pkmap_count[slot] = 1;
	give_slot(page, slot);
	flush_cache_vmap(PKMAP_BASE + slot * PAGE_SIZE, PKMAP_BASE + (slot + 1) * PAGE_SIZE);
	return slot;
}

void *kmap_high(struct page *page)
{
	int slot;

	BUG_ON(in_interrupt());
	slot = find_slot(page);
	if (unlikely(slot < 0))
		slot = map_in_slot(page);
	pkmap_count[slot]++;
	return slot_address(slot);
}

void kunmap_high(struct page *page)
{
	int slot = find_slot(page);

	BUG_ON(slot < 0 || pkmap_count[slot] < 2);
	if (--pkmap_count[slot] == 1 && waitqueue_active(&pkmap_wait))
		wake_up(&pkmap_wait);
}

unsigned int nr_pkmap_held(void)
{
	unsigned int i, n = 0;

	for (i = 0; i < LAST_PKMAP; i++)
		n += pkmap_count[i] > 1;
	return n;
}

/* ---- kmap_atomic ---- */

/* Of the one CPU there is. An interrupt handler leaves it as it was. */
static struct km_state {
	unsigned int depth;		/* slots held */
	u8 held[1 + KM_TYPE_NR];	/* which, from held[1] on, in the order of taking */
	void *holder[KM_TYPE_NR];	/* who took a slot last */
} km_state = { .held = { KM_TYPE_NR } };

static const char *caller_name(void *caller)
{
	const char *name = ksym_lookup((unsigned long)caller, NULL);

	return name ? name : "?";
}

/* The task dies with all it held, so that the next one finds the slots empty. */
static noinline void kmap_atomic_bug(enum km_type type, const char *what, void *caller)
{
	printk(KERN_EMERG "kmap_atomic: slot %d %s", type, what);
	printk(" by %s", caller_name(caller));
	printk("; taken last by %s\n", caller_name(km_state.holder[type]));
	for (; km_state.depth; km_state.depth--)
		pte_clear(fixmap_pte(FIX_KMAP_BEGIN + km_state.held[km_state.depth]));
	BUG();
}

void *kmap_atomic_high(struct page *page, enum km_type type)
{
	pte_t *ptep = fixmap_pte(FIX_KMAP_BEGIN + type);
	unsigned long addr = fix_to_virt(FIX_KMAP_BEGIN + type);
	unsigned int place;

	if (unlikely(!pte_none(*ptep)))
		kmap_atomic_bug(type, "taken twice", __builtin_return_address(0));
	place = ++km_state.depth;
	barrier();			/* an interrupt from here on uses places above ours */
	km_state.held[place] = type;
	km_state.holder[type] = __builtin_return_address(0);
	set_pte(ptep, mk_pte(page, PAGE_KERNEL));
	__flush_tlb_one(addr);
	return (void *)addr;
}

void kunmap_atomic_high(void *addr, enum km_type type)
{
	if (unlikely(((unsigned long)addr & PAGE_MASK) != fix_to_virt(FIX_KMAP_BEGIN + type)))
		kmap_atomic_bug(type, "given back with a wrong address",
				__builtin_return_address(0));
	if (unlikely(km_state.held[km_state.depth] != type))
		kmap_atomic_bug(type, "given back out of order", __builtin_return_address(0));
	pte_clear(fixmap_pte(FIX_KMAP_BEGIN + type));
	barrier();
	km_state.depth--;
}
