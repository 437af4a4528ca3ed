/*
 * The fault tree, and the walks over page tables that belong to it.
 *
 * A page of a process comes into being when it is first touched:
 *
 *	handle_page_fault()		fault.c: finds the VMA, checks rights
 *	  handle_mm_fault()
 *	    entry empty
 *	      do_anonymous_page()	no file: a read gets the shared page of zeros,
 *					a write a fresh page
 *	      do_no_page()		vm_ops->nopage: page cache, shared memory, device
 *	    entry names a slot
 *	      do_swap_page()		the page comes back from the swap cache or the disk
 *	    entry present, write, read-only
 *	      do_wp_page()		copy-on-write
 *
 * Every one of them may sleep, and then another thread of the process may
 * have dealt with the same fault; so each looks at the entry again before it fills it.
 * mmap_sem, held for reading, keeps the VMAs and the tables themselves in place.
 *
 * fork, exit and munmap walk whole tables, and none that is not there; fork leaves out what a fault
 * finds again in the page cache. A frame counts its mappings, so nobody has to look for them.
 *
 * 0.12 had do_no_page() and do_wp_page() under these names, on one page
 * directory shared by all tasks.
 */
#include <linux/mm.h>
#include <linux/highmem.h>
#include <linux/pagemap.h>
#include <linux/rmap.h>
#include <linux/sched.h>
#include <linux/swap.h>

struct page *zero_page;
unsigned long nr_anon_pages, nr_mapped_pages, nr_page_table_pages;

/* The frame behind an entry, or NULL when it has no struct page to count (zero page, device). */
static inline struct page *counted_page(pte_t pte)
{
	unsigned long pfn = pte_pfn(pte);
	struct page *page;

	if (unlikely(!pfn_valid(pfn)))
		return NULL;
	page = pfn_to_page(pfn);
	return PageReserved(page) ? NULL : page;
}

/* Enters a page into an empty table entry; takes over the caller's reference. */
static inline void map_page(struct mm_struct *mm, pte_t *ptep, struct page *page, pte_t pte)
{
	page_add_rmap(page);
	mm->rss++;
	if (mm->rss > mm->hiwater_rss)
		mm->hiwater_rss = mm->rss;
	set_pte(ptep, pte);
}

/* A page table entry no longer maps this page. */
static inline void unmap_page(struct page *page, pte_t pte)
{
	page_remove_rmap(page);
	if (page->mapping) {
		if (pte_dirty(pte))
			set_page_dirty(page);
		if (unlikely(PageSwapCache(page)))
			free_unused_swap_page(page);
	}
	put_page(page);
}

/* ---- tables ---- */

pte_t *pte_alloc(struct mm_struct *mm, unsigned long address)
{
	pgd_t *pgd = pgd_offset(mm, address);
	pmd_t *pmd = pmd_alloc(mm, pgd, address);

	if (!pmd)
		return NULL;
	if (unlikely(pmd_none(*pmd))) {
		pte_t *table = pte_alloc_table();

		if (!table)
			return NULL;
		if (pmd_none(*pmd))
			pmd_populate(mm, pmd, table);
		else
			pte_free_table(table);	/* another thread was faster */
	}
	return pte_offset(pmd, address);
}

void unhook_page_tables(struct mm_struct *mm, unsigned long start, unsigned long end,
			struct list_head *tables)
{
	unsigned long addr = (start + PMD_SIZE - 1) & PMD_MASK;

	for (; addr >= start && addr < end && end - addr >= PMD_SIZE; addr += PMD_SIZE) {
		pmd_t *pmd = pmd_offset(pgd_offset(mm, addr), addr);

		if (!pmd_none(*pmd)) {
			list_add(&virt_to_page(pmd_table(*pmd))->lru, tables);
			pmd_clear(pmd);
		}
	}
}

/*
 * The CPU remembers directory entries as it does table entries, and would go on to look up
 * addresses in a page that by then is somebody else's. So: unhook, flush, free.
 */
void free_unhooked_tables(struct mm_struct *mm, struct list_head *tables)
{
	struct page *page, *next;

	if (list_empty(tables))
		return;
	flush_tlb_mm(mm);
	list_for_each_entry_safe(page, next, tables, lru)
		pte_free_table(lowmem_page_address(page));
}

/* ---- fork ---- */

/* A page that is swapped out stays there: its slot gets one more owner. 0 or -ENOMEM. */
static noinline int copy_swap_pte(struct mm_struct *dst, pte_t *dst_pte, pte_t pte)
{
	if (swap_duplicate(pte_to_swp_entry(pte)))
		return -ENOMEM;
	set_pte(dst_pte, pte);
	dst->swap_usage++;
	return 0;
}

/*
 * Copies `nr` entries of one table. A private writable page becomes read-only on
 * both sides: the first write copies it. 0, or a slot had too many owners: -ENOMEM.
 */
static int copy_pte_range(struct mm_struct *dst, pte_t *dst_pte, pte_t *src_pte,
			  struct vm_area_struct *vma, unsigned long nr)
{
	bool shared = vma->vm_flags & VM_SHARED, cow = !shared && (vma->vm_flags & VM_MAYWRITE);

	for (; nr; nr--, dst_pte++, src_pte++) {
		pte_t pte = *src_pte;
		struct page *page;

		if (pte_none(pte))
			continue;
		if (unlikely(!pte_present(pte))) {
			int error = copy_swap_pte(dst, dst_pte, pte);

			if (error)
				return error;
			continue;
		}
		if (cow && pte_write(pte)) {
			pte = pte_wrprotect(pte);
			set_pte(src_pte, pte);
		}
		if (shared)
			pte = pte_mkclean(pte);
		set_pte(dst_pte, pte_of_child(pte));
		page = counted_page(pte);
		if (page) {
			get_page(page);
			page->mapcount++;
			dst->rss++;
		}
	}
	return 0;
}

/*
 * fork's copy of one VMA. Pages that a fault can find again in the page cache are left
 * out: only private copies must be taken along. The caller flushes the parent's TLB.
 */
int copy_page_tables(struct mm_struct *dst, struct mm_struct *src, struct vm_area_struct *vma)
{
	unsigned long addr = vma->vm_start, next;

	if (vma->vm_ops && !(vma->vm_flags & VM_ANONPAGES) && !(vma->vm_flags & VM_IO))
		return 0;
	for (; addr != vma->vm_end; addr = next) {
		pte_t *src_pte = pte_find(src, addr), *dst_pte;
		int error;

		next = pmd_addr_end(addr, vma->vm_end);
		if (!src_pte)
			continue;
		dst_pte = pte_alloc(dst, addr);
		if (!dst_pte)
			return -ENOMEM;
		error = copy_pte_range(dst, dst_pte, src_pte, vma, (next - addr) >> PAGE_SHIFT);
		if (unlikely(src->mm_users > 1))
			flush_tlb_mm(src);	/* its threads run while we sleep */
		if (error)
			return error;
	}
	return 0;
}

/* ---- unmapping ---- */

static void zap_pte_range(struct mm_struct *mm, pte_t *ptep, unsigned long nr)
{
	for (; nr; nr--, ptep++) {
		struct page *page;
		pte_t pte = *ptep;

		if (pte_none(pte))
			continue;
		if (unlikely(!pte_present(pte))) {
			pte_clear(ptep);
			mm->swap_usage--;
			free_swap_and_cache(pte_to_swp_entry(pte));
			continue;
		}
		pte = ptep_get_and_clear(ptep);
		page = counted_page(pte);
		if (page) {
			mm->rss--;
			unmap_page(page, pte);
		}
	}
}

/*
 * Frees the pages of [start, start + size) within one VMA. Freed frames may be
 * given out again before the TLB is flushed at the end; nothing runs in this
 * address space until then, and in one without users never again: exit_mmap() flushes once.
 */
void zap_page_range(struct vm_area_struct *vma, unsigned long start, unsigned long size)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long addr = start, end = start + size, next;
	bool any = false;

	for (; addr != end; addr = next) {
		pte_t *ptep = pte_find(mm, addr);

		next = pmd_addr_end(addr, end);
		if (!ptep)
			continue;
		zap_pte_range(mm, ptep, (next - addr) >> PAGE_SHIFT);
		any = true;
	}
	if (any && mm->mm_users)
		flush_tlb_range(vma, start, end);
}

void unmap_mapping_range(struct address_space *mapping, pgoff_t pgoff)
{
	struct vm_area_struct *vma;

	list_for_each_entry(vma, &mapping->i_mmap, shared) {
		unsigned long pages = (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
		unsigned long start = vma->vm_start;

		if (vma->vm_pgoff + pages <= pgoff)
			continue;
		if (pgoff > vma->vm_pgoff)
			start += (pgoff - vma->vm_pgoff) << PAGE_SHIFT;
		zap_page_range(vma, start, vma->vm_end - start);
	}
}

/* ---- the faults ---- */

static int do_anonymous_page(struct mm_struct *mm, struct vm_area_struct *vma, pte_t *ptep,
			     unsigned long address, bool write)
{
	struct page *page;

	if (!write) {
		set_pte(ptep, pte_wrprotect(mk_pte(zero_page, vma->vm_page_prot)));
		update_mmu_cache(vma, address, *ptep);
		return VM_FAULT_MINOR;
	}
	page = alloc_page(GFP_HIGHUSER | __GFP_ZERO);
	if (!page)
		return VM_FAULT_OOM;
	if (unlikely(!pte_none(*ptep))) {
		put_page(page);
		return VM_FAULT_MINOR;
	}
	SetPageAnon(page);
	map_page(mm, ptep, page, pte_mkwrite(pte_mkdirty(mk_pte(page, vma->vm_page_prot))));
	update_mmu_cache(vma, address, *ptep);
	return VM_FAULT_MINOR;
}

/* nopage's answer that is not a page, as handle_mm_fault's. */
static inline int nopage_error(const struct page *page)
{
	return page == NOPAGE_OOM ? VM_FAULT_OOM : VM_FAULT_SIGBUS;
}

/*
 * The first touch of a private page of a file is a write: it gets a copy at once. The frame is
 * taken before the page is asked for, since between nopage's answer and the entry nothing may
 * sleep: the page could be truncated, and would be seen behind the end of the file.
 */
static int do_cow_page(struct mm_struct *mm, struct vm_area_struct *vma, pte_t *ptep,
		       unsigned long address)
{
	struct page *copy = alloc_page(GFP_HIGHUSER), *page;
	int major = VM_FAULT_MINOR;

	if (!copy)
		return VM_FAULT_OOM;
	page = vma->vm_ops->nopage(vma, address & PAGE_MASK, &major);
	if (page == NOPAGE_SIGBUS || page == NOPAGE_OOM) {
		put_page(copy);
		return nopage_error(page);
	}
	if (likely(pte_none(*ptep))) {
		copy_highpage(copy, page);
		flush_dcache_page(copy);
		SetPageAnon(copy);
		vma->vm_flags |= VM_ANONPAGES;
		map_page(mm, ptep, copy,
			 pte_mkwrite(pte_mkdirty(mk_pte(copy, vma->vm_page_prot))));
		update_mmu_cache(vma, address, *ptep);
	} else {
		put_page(copy);
	}
	put_page(page);
	return major;
}

/* page_mkwrite's answer as handle_mm_fault's: a page that was truncated is looked for again. */
static inline int mkwrite_error(int error)
{
	return error == -EAGAIN ? VM_FAULT_MINOR : VM_FAULT_SIGBUS;
}

static int do_no_page(struct mm_struct *mm, struct vm_area_struct *vma, pte_t *ptep,
		      unsigned long address, bool write)
{
	int major = VM_FAULT_MINOR, error;
	bool shared = vma->vm_flags & VM_SHARED;
	struct page *page;
	pte_t pte;

	if (write && !shared)
		return do_cow_page(mm, vma, ptep, address);
	page = vma->vm_ops->nopage(vma, address & PAGE_MASK, &major);
	if (page == NOPAGE_SIGBUS || page == NOPAGE_OOM)
		return nopage_error(page);
	if (write && vma->vm_ops->page_mkwrite) {
		error = vma->vm_ops->page_mkwrite(vma, page);
		if (error) {
			put_page(page);
			return mkwrite_error(error);
		}
	}
	if (unlikely(!pte_none(*ptep))) {
		put_page(page);
		return major;
	}
	pte = mk_pte(page, vma->vm_page_prot);
	if (write)
		pte = pte_mkwrite(pte_mkdirty(pte));
	else if (vma->vm_ops->page_mkwrite || !shared)
		pte = pte_wrprotect(pte);	/* the first write shall fault */
	map_page(mm, ptep, page, pte);
	update_mmu_cache(vma, address, pte);
	return major;
}

/* A write to a page of a shared mapping that is still read-only. */
static int do_shared_wp(struct vm_area_struct *vma, pte_t *ptep, unsigned long address, pte_t pte)
{
	struct page *page = counted_page(pte);
	int error = 0;

	if (page && vma->vm_ops && vma->vm_ops->page_mkwrite) {
		get_page(page);
		error = vma->vm_ops->page_mkwrite(vma, page);
		put_page(page);
	}
	if (error)
		return mkwrite_error(error);
	if (pte_val(*ptep) == pte_val(pte)) {
		set_pte(ptep, pte_mkwrite(pte_mkdirty(pte_mkyoung(pte))));
		flush_tlb_page(vma, address);
		update_mmu_cache(vma, address, *ptep);
	}
	return VM_FAULT_MINOR;
}

/*
 * A write to a read-only page of the swap cache: may it be written in place? Waits for its I/O,
 * after which the entry may have changed: then no.
 */
static noinline bool wp_swap_page(pte_t *ptep, pte_t pte, struct page *page)
{
	bool ours;

	get_page(page);
	lock_page(page);
	wait_on_page_writeback(page);
	ours = pte_val(*ptep) == pte_val(pte) && can_share_swap_page(page);
	unlock_page(page);
	put_page(page);
	return ours;
}

/*
 * Copy-on-write. A page with no other owner is just made writable. The copy is made
 * while we hold a reference to the old page, for the allocation may sleep.
 */
static int do_wp_page(struct mm_struct *mm, struct vm_area_struct *vma, pte_t *ptep,
		      unsigned long address, pte_t pte)
{
	struct page *old, *page;
	bool ours;

	if (vma->vm_flags & VM_SHARED)
		return do_shared_wp(vma, ptep, address, pte);

	old = counted_page(pte);
	ours = old && PageAnon(old) && page_count(old) == 1;
	if (old && unlikely(PageSwapCache(old))) {
		ours = wp_swap_page(ptep, pte, old);
		if (pte_val(*ptep) != pte_val(pte))
			return VM_FAULT_MINOR;
	}
	if (ours) {
		set_pte(ptep, pte_mkwrite(pte_mkdirty(pte_mkyoung(pte))));
		flush_tlb_page(vma, address);
		update_mmu_cache(vma, address, *ptep);
		return VM_FAULT_MINOR;
	}
	if (!old && pte_pfn(pte) != page_to_pfn(zero_page))
		return VM_FAULT_SIGBUS;		/* device memory has no copy */

	if (old)
		get_page(old);
	page = alloc_page(old ? GFP_HIGHUSER : GFP_HIGHUSER | __GFP_ZERO);
	if (!page) {
		if (old)
			put_page(old);
		return VM_FAULT_OOM;
	}
	if (likely(pte_val(*ptep) == pte_val(pte))) {
		if (old)
			copy_highpage(page, old);
		flush_dcache_page(page);
		SetPageAnon(page);
		if (vma->vm_ops)
			vma->vm_flags |= VM_ANONPAGES;
		if (old) {
			mm->rss--;
			unmap_page(old, pte);
		}
		map_page(mm, ptep, page,
			 pte_mkwrite(pte_mkdirty(mk_pte(page, vma->vm_page_prot))));
		flush_tlb_page(vma, address);
		update_mmu_cache(vma, address, *ptep);
	} else {
		put_page(page);
	}
	if (old)
		put_page(old);
	return VM_FAULT_MINOR;
}

void map_swap_page(struct mm_struct *mm, struct vm_area_struct *vma, pte_t *ptep,
		   struct page *page)
{
	SetPageAnon(page);
	flush_dcache_page(page);
	map_page(mm, ptep, page, pte_wrprotect(mk_pte(page, vma->vm_page_prot)));
	mm->swap_usage--;
	swap_free(page_swap_entry(page));
}

/*
 * A page that was swapped out. It is mapped read-only and keeps its slot, so that it can go again
 * without being written, unless this is a write or slots are scarce and nobody else needs it.
 */
static noinline int do_swap_page(struct mm_struct *mm, struct vm_area_struct *vma, pte_t *ptep,
				 unsigned long address, pte_t pte, bool write)
{
	swp_entry_t entry = pte_to_swp_entry(pte);
	struct page *page = lookup_swap_cache(entry);
	int result = VM_FAULT_MINOR;

	if (!page) {
		page = swapin_readahead(entry);
		if (!page)
			return pte_val(*ptep) == pte_val(pte) ? VM_FAULT_OOM : VM_FAULT_MINOR;
		result = VM_FAULT_MAJOR;
	}
	mark_page_accessed(page);
	lock_page(page);
	if (write)
		wait_on_page_writeback(page);
	if (pte_val(*ptep) != pte_val(pte) || !swap_cache_holds(page, entry))
		goto out;			/* another thread was faster: look again */
	if (!PageUptodate(page)) {
		delete_from_swap_cache(page);	/* the next one to touch it reads again */
		result = VM_FAULT_SIGBUS;
		goto out;
	}
	get_page(page);
	map_swap_page(mm, vma, ptep, page);
	if ((write || vm_swap_full()) && can_share_swap_page(page) && write)
		set_pte(ptep, pte_mkwrite(pte_mkdirty(*ptep)));
	/* A write to a page that others share faults once more, and is do_wp_page()'s. */
	update_mmu_cache(vma, address, *ptep);
out:
	unlock_page(page);
	put_page(page);
	return result;
}

int handle_mm_fault(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long address,
		    bool write)
{
	pte_t *ptep = pte_alloc(mm, address);
	pte_t pte;

	if (unlikely(!ptep))
		return VM_FAULT_OOM;
	pte = *ptep;
	if (pte_none(pte)) {
		if (!vma->vm_ops)
			return do_anonymous_page(mm, vma, ptep, address, write);
		return do_no_page(mm, vma, ptep, address, write);
	}
	if (unlikely(!pte_present(pte)))
		return do_swap_page(mm, vma, ptep, address, pte, write);
	if (write && !pte_write(pte))
		return do_wp_page(mm, vma, ptep, address, pte);

	/* Another thread was here first, or the machine wants young or dirty set by hand. */
	pte = pte_mkyoung(pte);
	if (write)
		pte = pte_mkdirty(pte);
	set_pte(ptep, pte);
	flush_tlb_page(vma, address);
	update_mmu_cache(vma, address, pte);
	return VM_FAULT_MINOR;
}

/* ---- user pages for the kernel ---- */

/* The page at an address, faulted in if need be, with a reference; NULL when impossible. */
static struct page *get_one_page(struct mm_struct *mm, struct vm_area_struct *vma,
				 unsigned long address, bool write)
{
	for (;;) {
		pte_t *ptep = pte_find(mm, address);

		if (ptep && pte_present(*ptep) && (!write || pte_write(*ptep))) {
			unsigned long pfn = pte_pfn(*ptep);

			if (!pfn_valid(pfn))
				return NULL;
			get_page(pfn_to_page(pfn));
			return pfn_to_page(pfn);
		}
		switch (handle_mm_fault(mm, vma, address, write)) {
		case VM_FAULT_SIGBUS:
		case VM_FAULT_OOM:
			return NULL;
		}
	}
}

/* mmap_sem is held for reading. */
int get_user_pages(struct mm_struct *mm, unsigned long start, int len, bool write,
		   struct page **pages, struct vm_area_struct **vmas)
{
	unsigned long need = write ? VM_WRITE : VM_READ;
	int i;

	for (i = 0; i < len; i++, start += PAGE_SIZE) {
		struct vm_area_struct *vma = find_extend_vma(mm, start);

		if (!vma || !(vma->vm_flags & need) ||
		    (vma->vm_flags & VM_IO))
			break;
		pages[i] = get_one_page(mm, vma, start, write);
		if (!pages[i])
			break;
		if (vmas)
			vmas[i] = vma;
	}
	return i ? i : -EFAULT;
}

int access_process_vm(struct mm_struct *mm, unsigned long addr, void *buf, int len, bool write)
{
	int done = 0;

	down_read(&mm->mmap_sem);
	while (done < len) {
		unsigned int offset = addr & ~PAGE_MASK;
		int bytes = min_t(int, len - done, PAGE_SIZE - offset);
		struct page *page;
		char *kaddr;

		if (get_user_pages(mm, addr & PAGE_MASK, 1, write, &page, NULL) != 1)
			break;
		/* Nothing sleeps before the store: the page might be written back, and be clean. */
		kaddr = kmap_atomic(page, KM_USER0);
		if (write)
			memcpy(kaddr + offset, (char *)buf + done, bytes);
		else
			memcpy((char *)buf + done, kaddr + offset, bytes);
		kunmap_atomic(kaddr, KM_USER0);
		if (write)
			flush_dcache_page(page);
		put_page(page);
		done += bytes;
		addr += bytes;
	}
	up_read(&mm->mmap_sem);
	return done;
}

/* exec's argument pages are fresh and belong to nobody else. */
int put_dirty_page(struct mm_struct *mm, struct page *page, unsigned long address)
{
	struct vm_area_struct *vma = find_vma(mm, address);
	pte_t *ptep = pte_alloc(mm, address);

	if (!ptep || !vma || vma->vm_start > address || !pte_none(*ptep)) {
		put_page(page);
		return -ENOMEM;
	}
	flush_dcache_page(page);
	SetPageAnon(page);
	map_page(mm, ptep, page, pte_mkwrite(pte_mkdirty(mk_pte(page, vma->vm_page_prot))));
	return 0;
}
