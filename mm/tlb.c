/*
 * What the TLB forgets when page tables have changed. The machine flushes one page, all pages of
 * programs, or everything; here is decided which.
 */
#include <linux/mm.h>
#include <linux/sched.h>

#define FLUSH_ALL_PAGES	32	/* above this, one flush of all is cheaper than single ones */

void flush_tlb_all(void)
{
	local_flush_tlb_all();
}

void flush_tlb_mm(struct mm_struct *mm)
{
	if (mm == current->active_mm)
		local_flush_tlb_user();
}

void flush_tlb_page(struct vm_area_struct *vma, unsigned long addr)
{
	if (vma->vm_mm == current->active_mm)
		__flush_tlb_one(addr);
}

void flush_tlb_range(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (vma->vm_mm != current->active_mm)
		return;
	if ((end - start) >> PAGE_SHIFT > FLUSH_ALL_PAGES) {
		local_flush_tlb_user();
		return;
	}
	for (; start < end; start += PAGE_SIZE)
		__flush_tlb_one(start);
	invalidate_branches();
}

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	if ((end - start) >> PAGE_SHIFT > FLUSH_ALL_PAGES) {
		local_flush_tlb_all();
		return;
	}
	for (; start < end; start += PAGE_SIZE)
		__flush_tlb_one(start);
	invalidate_branches();
}
