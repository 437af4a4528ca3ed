/*
 * Emptying a swap area: every page that has a slot in it comes back into memory.
 *
 *	each address space	its page table entries that name slots of the area get their pages
 *	each slot still in use	tmpfs takes its page, or nobody but the swap cache holds it
 *
 * No new slots are given out meanwhile, but fork can copy entries behind our back, so both are
 * repeated until the area is empty. A page is moved only when it is in memory and up to
 * date: stopping at any point, for want of memory or by a signal, loses nothing. When others run
 * out of memory meanwhile they put the area into use again, rather than have somebody killed
 * (swap_keep_areas()).
 */
#include <linux/swap_area.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>

/* Enough has been swapped in if memory runs short: nothing is killed for it. */
#define GFP_SWAPOFF	(GFP_HIGHUSER | __GFP_NORETRY | __GFP_NOWARN)

/*
 * The page of a slot, referenced, locked, up to date, in the swap cache and not being written;
 * NULL: the slot is not in use any more; or ERR_PTR: -ENOMEM, -EIO, -EINTR.
 */
static struct page *get_slot_page(swp_entry_t entry)
{
	struct page *page;

	while (swap_count(entry)) {
		if (signal_pending(current))
			return ERR_PTR(-EINTR);
		if (swap_areas[SWP_TYPE(entry)].writeok)
			return ERR_PTR(-ENOMEM);
		page = swapin(entry, GFP_SWAPOFF);
		if (!page && swap_count(entry))
			return ERR_PTR(-ENOMEM);
		if (!page)
			break;
		lock_page(page);
		wait_on_page_writeback(page);
		if (swap_cache_holds(page, entry) && PageUptodate(page))
			return page;
		if (swap_cache_holds(page, entry)) {
			delete_from_swap_cache(page);
			unlock_page(page);
			put_page(page);
			return ERR_PTR(-EIO);
		}
		unlock_page(page);
		put_page(page);
	}
	return NULL;
}

/*
 * The page has been given to its owners; without others it leaves the cache, and its slot is free.
 */
static void put_slot_page(struct page *page, swp_entry_t entry)
{
	if (swap_cache_holds(page, entry) && swap_count(entry) == 1)
		delete_from_swap_cache(page);
	unlock_page(page);
	put_page(page);
}

/* ---- address spaces ---- */

static int unuse_pte(struct vm_area_struct *vma, pte_t *ptep, pte_t pte)
{
	swp_entry_t entry = pte_to_swp_entry(pte);
	struct page *page = get_slot_page(entry);

	if (!page || IS_ERR(page))
		return PTR_ERR(page);
	if (pte_val(*ptep) == pte_val(pte)) {
		get_page(page);
		map_swap_page(vma->vm_mm, vma, ptep, page);
		set_pte(ptep, pte_mkold(*ptep));	/* nobody has asked for it */
	}
	put_slot_page(page, entry);
	return 0;
}

static int unuse_vma(struct vm_area_struct *vma, unsigned int type)
{
	unsigned long addr = vma->vm_start, next;

	for (; addr < vma->vm_end; addr = next) {
		pte_t *ptep = pte_find(vma->vm_mm, addr);
		unsigned long end = pmd_addr_end(addr, vma->vm_end);

		next = end;
		for (; ptep && addr != end; addr += PAGE_SIZE, ptep++) {
			pte_t pte = *ptep;
			int err;

			if (pte_none(pte) || pte_present(pte) ||
			    SWP_TYPE(pte_to_swp_entry(pte)) != type)
				continue;
			err = unuse_pte(vma, ptep, pte);
			if (err)
				return err;
		}
		cond_resched();
	}
	return 0;
}

static int unuse_mm(struct mm_struct *mm, unsigned int type)
{
	struct vm_area_struct *vma;
	int err = 0;

	down_read(&mm->mmap_sem);
	for (vma = mm->mmap; vma && !err; vma = vma->vm_next)
		err = unuse_vma(vma, type);
	up_read(&mm->mmap_sem);
	return err;
}

/* The address spaces there are, each struct referenced, and their number; NULL: no memory. */
static struct mm_struct **list_mms(unsigned int *count)
{
	struct mm_struct *mm, **mms;
	unsigned int n = 0, room = nr_threads + 1;

	mms = vmalloc(room * sizeof(*mms));
	if (!mms)
		return NULL;
	list_for_each_entry(mm, &init_mm.mmlist, mmlist) {
		if (n == room)
			break;
		if (!mm->mm_users || !mm->swap_usage)
			continue;
		mm->mm_count++;
		mms[n++] = mm;
	}
	*count = n;
	return mms;
}

/* Those made meanwhile have their turn in the next round. */
static int unuse_all_mms(unsigned int type)
{
	unsigned int i, count;
	struct mm_struct **mms = list_mms(&count);
	int err = 0;

	if (!mms)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		struct mm_struct *mm = mms[i];

		if (!err && mm->mm_users) {
			mm->mm_users++;
			err = unuse_mm(mm, type);
			mmput(mm);
		}
		mmdrop(mm);
	}
	vfree(mms);
	return err;
}

/* ---- the other slots ---- */

static int unuse_slot(swp_entry_t entry)
{
	struct page *page = get_slot_page(entry);

	if (!page || IS_ERR(page))
		return PTR_ERR(page);
	if (swap_count(entry) > 1)
		shmem_unuse(entry, page);
	put_slot_page(page, entry);
	return 0;
}

static int unuse_slots(struct swap_area *area)
{
	unsigned int type = area - swap_areas;
	unsigned long slot;
	int err = 0;

	for (slot = 1; slot < area->slots && !err; slot++) {
		if (area->count[slot])
			err = unuse_slot(SWP_ENTRY(type, slot));
		cond_resched();
	}
	return err;
}

int try_to_unuse(struct swap_area *area)
{
	unsigned int type = area - swap_areas;
	unsigned long before;
	int err = 0;

	while ((before = swap_area_inuse(area)) != 0) {
		err = unuse_all_mms(type);
		if (!err)
			err = unuse_slots(area);
		if (err)
			break;
		/* What is left belongs to a task between two steps of fork or exit. */
		if (swap_area_inuse(area) == before)
			schedule_timeout_uninterruptible(1);
	}
	return !err && area->writeok ? -ENOMEM : err;
}
