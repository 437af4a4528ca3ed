/*
 * From a page of a file to the page table entries that map it. The VMAs of the
 * file (mapping->i_mmap) say where it may be mapped; the tables say where it is.
 */
#include <linux/mm.h>
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/rmap.h>

/* The entry of `vma` that maps the page, with its address, or NULL. */
static pte_t *page_check_address(struct vm_area_struct *vma, struct page *page,
				 unsigned long *address)
{
	unsigned long pages = (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
	pte_t *ptep;

	if (page->index < vma->vm_pgoff || page->index - vma->vm_pgoff >= pages)
		return NULL;
	*address = vma->vm_start + ((page->index - vma->vm_pgoff) << PAGE_SHIFT);
	ptep = pte_find(vma->vm_mm, *address);
	if (!ptep || !pte_present(*ptep) || pte_pfn(*ptep) != page_to_pfn(page))
		return NULL;
	return ptep;
}

bool page_mkclean(struct page *page)
{
	struct address_space *mapping = page->mapping;
	struct vm_area_struct *vma;
	bool dirty = false;

	list_for_each_entry(vma, &mapping->i_mmap, shared) {
		unsigned long address;
		pte_t *ptep;
		pte_t pte;

		if (!(vma->vm_flags & VM_SHARED))
			continue;
		ptep = page_check_address(vma, page, &address);
		if (!ptep || !(pte_dirty(*ptep) || pte_write(*ptep)))
			continue;
		pte = ptep_get_and_clear(ptep);
		dirty |= !!pte_dirty(pte);
		set_pte(ptep, pte_wrprotect(pte_mkclean(pte)));
		flush_tlb_page(vma, address);
	}
	return dirty;
}
