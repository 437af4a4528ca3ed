/*
 * mprotect(2): other rights for pages that are mapped already. The VMAs are
 * split at the ends of the range, changed, and joined again where they became
 * alike; then the page table entries follow.
 */
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

static void change_pte_range(pte_t *ptep, unsigned long nr, pgprot_t prot, bool may_write)
{
	for (; nr; nr--, ptep++) {
		pte_t pte = *ptep;

		if (!pte_present(pte))
			continue;
		/* A page stays read-only until the next fault has decided on a copy. */
		pte = pte_modify(ptep_get_and_clear(ptep), prot);
		if (!may_write)
			pte = pte_wrprotect(pte);
		set_pte(ptep, pte);
	}
}

static void change_protection(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	bool write_at_once = (vma->vm_flags & VM_SHARED) &&
			     !(vma->vm_ops && vma->vm_ops->page_mkwrite);
	unsigned long addr = start, next;

	for (; addr != end; addr = next) {
		pte_t *ptep = pte_find(vma->vm_mm, addr);

		next = pmd_addr_end(addr, end);
		if (ptep)
			change_pte_range(ptep, (next - addr) >> PAGE_SHIFT, vma->vm_page_prot,
					 write_at_once);
	}
	flush_tlb_range(vma, start, end);
}

/* One VMA, of which [start, end) changes. 0 or -ENOMEM. */
static int mprotect_fixup(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long start,
			  unsigned long end, unsigned long newflags)
{
	unsigned long charge = 0, gained = newflags & ~vma->vm_flags;	/* rights */
	int error;

	if (newflags == vma->vm_flags)
		return 0;
	if (vm_needs_charge(newflags)) {
		charge = (end - start) >> PAGE_SHIFT;
		if (vm_charge(charge))
			return -ENOMEM;
		newflags |= VM_ACCOUNT;
	}
	if (start > vma->vm_start) {
		error = split_vma(mm, vma, start);
		if (error)
			goto out_uncharge;
		vma = vma->vm_next;
	}
	if (end < vma->vm_end) {
		error = split_vma(mm, vma, end);
		if (error)
			goto out_uncharge;
	}
	vma->vm_flags = newflags;
	vma->vm_page_prot = vm_get_page_prot(newflags);
	change_protection(vma, start, end);
	if (unlikely(newflags & VM_LOCKED) && gained)
		populate_range(mm, start, end);		/* no access had been possible before */
	return 0;

out_uncharge:
	vm_uncharge(charge);
	return error;
}

static int do_mprotect(struct mm_struct *mm, unsigned long start, unsigned long end,
		       unsigned long prot)
{
	struct vm_area_struct *vma = find_vma(mm, start), *next;
	unsigned long addr;
	int error = 0;

	if (!vma || vma->vm_start > start)
		return -ENOMEM;
	if (prot & PROT_GROWSDOWN) {
		if (!(vma->vm_flags & VM_GROWSDOWN))
			return -EINVAL;
		start = vma->vm_start;
	}
	for (addr = start; addr < end; addr = next->vm_start, vma = next) {
		unsigned long newflags = (vma->vm_flags & ~(VM_READ | VM_WRITE | VM_EXEC)) |
					 (prot & (PROT_READ | PROT_WRITE | PROT_EXEC));
		unsigned long stop = min(end, vma->vm_end);

		/* VM_MAYxxx is VM_xxx shifted by four */
		if ((newflags & ~(newflags >> 4)) & (VM_READ | VM_WRITE | VM_EXEC)) {
			error = -EACCES;
			break;
		}
		error = mprotect_fixup(mm, vma, addr, stop, newflags);
		if (error || stop == end)
			break;
		next = find_vma(mm, stop);
		if (!next || next->vm_start > stop) {
			error = -ENOMEM;
			break;
		}
	}
	vma_merge_range(mm, start, end);
	return error;
}

long sys_mprotect(unsigned long start, size_t len, unsigned long prot)
{
	struct mm_struct *mm = current->mm;
	int error;

	if ((start & ~PAGE_MASK) ||
	    (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_GROWSDOWN)))
		return -EINVAL;
	if (!len)
		return 0;
	len = PAGE_ALIGN(len);
	if (start + len <= start || start + len > mm->task_size)
		return -ENOMEM;
	down_write(&mm->mmap_sem);
	error = do_mprotect(mm, start, start + len, prot);
	up_write(&mm->mmap_sem);
	return error;
}
