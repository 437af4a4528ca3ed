/*
 * kmap(): addresses for frames that lowmem does not reach.
 *
 * The pkmap area has LAST_PKMAP page-sized slots. pkmap_count[] of a slot is
 *
 *	0	free, and no TLB holds it
 *	1	free, but its old entry may still be in the TLB
 *	n > 1	mapped for n - 1 users
 *
 * kunmap() only counts down. When the search for a free slot has gone round
 * once, every slot at 1 is recycled and the TLB is flushed, once for all of them.
 * A page finds its slot through a hash: page_address().
 */
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/wait.h>

static int pkmap_count[LAST_PKMAP];
static unsigned int last_pkmap_nr;
static DECLARE_WAIT_QUEUE_HEAD(pkmap_wait);

struct page_address_map {
	struct page *page;
	void *virtual;
	struct page_address_map *next;
};

#define PA_HASH_SIZE	128
static struct page_address_map *page_address_hash[PA_HASH_SIZE];
static struct page_address_map page_address_maps[LAST_PKMAP];	/* one per slot */

static struct page_address_map **page_hash(struct page *page)
{
	return &page_address_hash[page_to_pfn(page) % PA_HASH_SIZE];
}

void *page_address(struct page *page)
{
	struct page_address_map *pam;

	if (!PageHighMem(page))
		return lowmem_page_address(page);
	for (pam = *page_hash(page); pam; pam = pam->next)
		if (pam->page == page)
			return pam->virtual;
	return NULL;
}

static void set_page_address(struct page *page, unsigned int slot)
{
	struct page_address_map *pam = &page_address_maps[slot];
	struct page_address_map **head = page_hash(page);

	pam->page = page;
	pam->virtual = (void *)(PKMAP_BASE + slot * PAGE_SIZE);
	pam->next = *head;
	*head = pam;
}

static void clear_page_address(unsigned int slot)
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
		clear_page_address(i);
		any = true;
	}
	if (any)
		flush_tlb_kernel_range(PKMAP_BASE, PKMAP_BASE + LAST_PKMAP * PAGE_SIZE);
}

/* Finds a free slot, sleeping until there is one. */
static unsigned int get_pkmap_slot(void)
{
	unsigned int tries;

	for (;;) {
		for (tries = 0; tries < LAST_PKMAP; tries++) {
			last_pkmap_nr = (last_pkmap_nr + 1) % LAST_PKMAP;
			if (last_pkmap_nr == 0)
				flush_all_zero_pkmaps();
			if (pkmap_count[last_pkmap_nr] == 0)
				return last_pkmap_nr;
		}
		flush_all_zero_pkmaps();
		if (pkmap_count[last_pkmap_nr] == 0)
			return last_pkmap_nr;
		sleep_on(&pkmap_wait);
	}
}

void *kmap_high(struct page *page)
{
	void *addr;
	unsigned int slot;

	BUG_ON(in_interrupt());
	addr = page_address(page);
	if (!addr) {
		slot = get_pkmap_slot();
		/* We may have slept, and somebody else may have mapped the page. */
		addr = page_address(page);
		if (!addr) {
			set_pte(&pkmap_page_table[slot], mk_pte(page, PAGE_KERNEL));
			pkmap_count[slot] = 1;
			set_page_address(page, slot);
			addr = page_address(page);
		}
	}
	slot = ((unsigned long)addr - PKMAP_BASE) >> PAGE_SHIFT;
	pkmap_count[slot]++;
	return addr;
}

void kunmap_high(struct page *page)
{
	unsigned long addr = (unsigned long)page_address(page);
	unsigned int slot = (addr - PKMAP_BASE) >> PAGE_SHIFT;

	BUG_ON(!addr || pkmap_count[slot] < 2);
	if (--pkmap_count[slot] == 1 && waitqueue_active(&pkmap_wait))
		wake_up(&pkmap_wait);
}
