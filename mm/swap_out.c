/*
 * swap_out: pages leave the page tables of processes.
 *
 * A hand goes round over all address spaces (init_mm.mmlist; swap_address is where it stopped in
 * each) and looks at one page table entry after the other:
 *
 *	used since the last visit	it loses the accessed bit, and that is all
 *	page of a file			unmapped; a fault finds it in the page cache
 *	anonymous, in the swap cache	the entry becomes the name of its slot
 *	anonymous			gets a slot and enters the swap cache; then the same
 *
 * What no entry maps any more goes where the clock looks next, and is written and freed there.
 *
 * The walk takes no lock and holds no address space: from the look at an entry to its change
 * nothing sleeps, nor does whoever else changes entries or VMAs leave them half-done
 * when it sleeps. All others look at an entry again after they have slept.
 *
 * 0.12's swap_out() went over the one page directory in the same way, and wrote each page at once.
 */
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/rmap.h>
#include <linux/swap.h>

#define VISIT_SHARE	8	/* a visit sees 1/8 of a process, */
#define VISIT_MIN	16	/* but so many pages at least */
#define TABLE_COST	8	/* looking through a table costs as much as that many pages, */
#define VMA_COST	1	/* and going to the next VMA as much as one */

struct walk {
	struct reclaim *r;
	unsigned long want;		/* entries still to be cleared */
	long budget;			/* pages still to be looked at, of all processes */
	long visit;			/* of these, in this one now */
	struct list_head unmapped;	/* pages that no entry maps any more */
};

/* The frame behind an entry if it is one that could go, or NULL. */
static struct page *candidate(const struct walk *w, pte_t pte)
{
	unsigned long pfn = pte_pfn(pte);
	struct page *page;

	if (!pfn_valid(pfn))
		return NULL;
	page = pfn_to_page(pfn);
	if (PageReserved(page) || !(w->r->zones & (1U << page_zonenum(page))))
		return NULL;
	if (PageAnon(page))
		return nr_swap_pages || PageSwapCache(page) ? page : NULL;
	return page->mapping ? page : NULL;
}

/* Somebody in the kernel works with it: it has more references than entries and caches explain. */
static bool page_is_held(const struct page *page)
{
	return PageWriteback(page) ||
	       page_count(page) != page->mapcount + !!PageLRU(page);
}

/* An anonymous page gets a slot and enters the swap cache. False: it cannot. Locked. */
static bool give_slot(struct page *page)
{
	swp_entry_t entry = get_swap_page();

	if (!entry.val)
		return false;
	if (add_to_swap_cache(page, entry)) {
		swap_free(entry);
		return false;
	}
	return true;
}

/* An anonymous page has a slot now, and the entry is counted as its owner. Locked. */
static bool claim_slot(struct page *page)
{
	return (PageSwapCache(page) || give_slot(page)) &&
	       swap_duplicate(page_swap_entry(page)) == 0;
}

/* What stands in the entry when the page is gone; the slot has been counted for it. Locked. */
static pte_t replacement(struct mm_struct *mm, struct page *page)
{
	if (!PageAnon(page))
		return __pte(0);
	mm->swap_usage++;
	return swp_entry_to_pte(page_swap_entry(page));
}

/* Looks at one present entry. True when it names the page no longer. */
static bool try_to_swap_out(struct walk *w, struct vm_area_struct *vma, unsigned long address,
			    pte_t *ptep)
{
	struct page *page = candidate(w, *ptep);
	struct mm_struct *mm = vma->vm_mm;
	pte_t pte;

	if (!page)
		return false;
	if (ptep_test_and_clear_young(ptep)) {
		flush_tlb_page(vma, address);	/* or the CPU would not tell of the next use */
		return false;
	}
	if (page_is_held(page) || !trylock_page(page))
		return false;
	if (PageAnon(page) && !claim_slot(page)) {
		unlock_page(page);
		return false;
	}
	pte = ptep_get_and_clear(ptep);
	flush_tlb_page(vma, address);
	set_pte(ptep, replacement(mm, page));
	if (pte_dirty(pte))
		set_page_dirty(page);
	mm->rss--;
	page_remove_rmap(page);
	if (!page->mapcount && PageLRU(page))
		list_move_tail(&page->lru, &w->unmapped);
	unlock_page(page);
	put_page(page);
	return true;
}

/* The entries of one table in [address, end); returns where it stopped. */
static unsigned long swap_out_table(struct walk *w, struct vm_area_struct *vma,
				    unsigned long address, unsigned long end, pte_t *ptep)
{
	w->visit -= (long)(end - address) / (long)(PMD_SIZE / TABLE_COST);
	for (; address < end && w->want && w->visit > 0; address += PAGE_SIZE, ptep++) {
		if (!pte_present(*ptep))
			continue;
		w->visit--;
		if (try_to_swap_out(w, vma, address, ptep))
			w->want--;
	}
	return address;
}

/* The pages of one VMA from `address` on; returns where it stopped. */
static unsigned long swap_out_vma(struct walk *w, struct vm_area_struct *vma,
				  unsigned long address)
{
	while (address < vma->vm_end && w->want && w->visit > 0) {
		unsigned long next = pmd_addr_end(address, vma->vm_end);
		pte_t *ptep = pte_find(vma->vm_mm, address);

		address = ptep ? swap_out_table(w, vma, address, next, ptep) : next;
	}
	return address;
}

/* Goes on in one address space where the hand stopped there. */
static void swap_out_mm(struct walk *w, struct mm_struct *mm)
{
	struct vm_area_struct *vma;

	if (!mm->mm_users)
		return;			/* it is being taken down */
	for (vma = find_vma(mm, mm->swap_address); vma; vma = vma->vm_next) {
		unsigned long address = max(mm->swap_address, vma->vm_start);

		w->visit -= VMA_COST;
		if (vma->vm_flags & (VM_LOCKED | VM_IO))
			address = vma->vm_end;
		else
			address = swap_out_vma(w, vma, address);
		mm->swap_address = address;
		if (address < vma->vm_end || w->visit <= 0)
			return;
	}
	mm->swap_address = 0;
}

unsigned long swap_out(struct reclaim *r, unsigned long want)
{
	struct walk w = { .r = r, .want = want };
	struct mm_struct *mm;

	/* At the hardest, twice round: the second time all have lost the accessed bit. */
	w.budget = 2 * TABLE_COST * nr_page_table_pages >> r->priority;
	list_for_each_entry(mm, &init_mm.mmlist, mmlist)
		w.budget += (2 * (mm->rss + mm->map_count * VMA_COST) >> r->priority) + VISIT_MIN;
	INIT_LIST_HEAD(&w.unmapped);
	while (w.want && w.budget > 0 && !list_empty(&init_mm.mmlist)) {
		long share;

		mm = list_first_entry(&init_mm.mmlist, struct mm_struct, mmlist);
		list_move_tail(&mm->mmlist, &init_mm.mmlist);
		share = (mm->rss + mm->map_count * VMA_COST) / VISIT_SHARE + VISIT_MIN;
		w.visit = share;
		swap_out_mm(&w, mm);
		w.budget -= max(share - w.visit, 1L);
	}
	lru_put_first(&w.unmapped);
	r->unmapped += want - w.want;
	return want - w.want;
}

/* ---- madvise(MADV_PAGEOUT) ---- */

#define PAGEOUT_BATCH	16

/* Sends pages that were unmapped to the disk, all at once, then lets those go that nobody wants. */
static void evict(struct page **pages, unsigned int nr)
{
	struct address_space *mapping;
	unsigned int i;

	for (i = 0; i < nr; i++) {
		lock_page(pages[i]);
		mapping = pages[i]->mapping;
		if (PageDirty(pages[i]) && !PageWriteback(pages[i]) && mapping &&
		    mapping->a_ops && mapping->a_ops->writepage) {
			clear_page_dirty_for_io(pages[i]);
			mapping->a_ops->writepage(pages[i]);	/* unlocks */
		} else {
			unlock_page(pages[i]);
		}
	}
	for (i = 0; i < nr; i++) {
		lock_page(pages[i]);
		wait_on_page_writeback(pages[i]);
		if (page_count(pages[i]) == 2 && !PageDirty(pages[i]) && pages[i]->mapping)
			PageSwapCache(pages[i]) ? delete_from_swap_cache(pages[i])
						: remove_from_page_cache(pages[i]);
		unlock_page(pages[i]);
		put_page(pages[i]);
	}
}

/* The entry at address loses its page, however new it is; the page with a reference, or NULL. */
static struct page *swap_out_one(struct walk *w, struct vm_area_struct *vma,
				 unsigned long address)
{
	pte_t *ptep = pte_find(vma->vm_mm, address);
	struct page *page;

	if (!ptep || !pte_present(*ptep))
		return NULL;
	page = candidate(w, *ptep);
	if (!page)
		return NULL;
	if (ptep_test_and_clear_young(ptep))
		flush_tlb_page(vma, address);
	ClearPageReferenced(page);
	if (!try_to_swap_out(w, vma, address, ptep))
		return NULL;
	get_page(page);
	return page;
}

void swap_out_range(struct vm_area_struct *vma, unsigned long address, unsigned long end)
{
	struct reclaim r = { .gfp = GFP_KERNEL, .zones = ~0U };
	struct walk w = { .r = &r };
	struct page *pages[PAGEOUT_BATCH];
	unsigned int nr = 0;

	INIT_LIST_HEAD(&w.unmapped);
	for (; address < end; address += PAGE_SIZE) {
		pages[nr] = swap_out_one(&w, vma, address);
		if (pages[nr])
			nr++;
		if (nr == PAGEOUT_BATCH || address + PAGE_SIZE >= end) {
			lru_put_first(&w.unmapped);
			INIT_LIST_HEAD(&w.unmapped);
			evict(pages, nr);
			nr = 0;
		}
	}
}
