/*
 * Stacks: VMAs that grow downwards when they are touched just below (VM_GROWSDOWN), as far as
 * RLIMIT_STACK goes and until the next mapping is too near. Who touches may be the program, through
 * a page fault, or the kernel on its behalf.
 */
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/sched.h>

int expand_stack(struct vm_area_struct *vma, unsigned long address)
{
	struct mm_struct *mm = vma->vm_mm;
	struct vm_area_struct *prev;
	unsigned long grow;

	address &= PAGE_MASK;
	if (address < MMAP_MIN_ADDR)
		return -ENOMEM;
	grow = (vma->vm_start - address) >> PAGE_SHIFT;
	if (vma->vm_end - address > rlimit(RLIMIT_STACK) ||
	    mm->total_vm + grow > rlimit(RLIMIT_AS) >> PAGE_SHIFT)
		return -ENOMEM;
	find_vma_prev(mm, vma->vm_start, &prev);
	if (prev && !(prev->vm_flags & VM_GROWSDOWN) &&
	    address - prev->vm_end < STACK_GUARD_GAP)
		return -ENOMEM;
	if (prev && prev->vm_end > address)
		return -ENOMEM;
	if ((vma->vm_flags & VM_LOCKED) && may_lock_pages(mm, grow))
		return -ENOMEM;
	if ((vma->vm_flags & VM_ACCOUNT) && vm_charge(grow))
		return -ENOMEM;
	vma->vm_start = address;
	vma->vm_pgoff -= grow;
	mm->total_vm += grow;
	if (vma->vm_flags & VM_LOCKED)
		mm->locked_vm += grow;
	return 0;
}

struct vm_area_struct *find_extend_vma(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	if (!vma || vma->vm_start <= addr)
		return vma;
	return (vma->vm_flags & VM_GROWSDOWN) && !expand_stack(vma, addr) ? vma : NULL;
}
