/*
 * mlock(2) and its kin: pages that must stay in memory. The VMAs are marked
 * VM_LOCKED, which reclaim respects, and their pages are brought in. How many
 * pages a process may lock is limited by RLIMIT_MEMLOCK, except for root.
 */
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

/* 0, -EPERM (none are allowed at all) or -ENOMEM. */
int may_lock_pages(struct mm_struct *mm, unsigned long pages)
{
	unsigned long limit = rlimit(RLIMIT_MEMLOCK) >> PAGE_SHIFT;

	if (capable_root())
		return 0;
	if (!rlimit(RLIMIT_MEMLOCK))
		return -EPERM;
	return mm->locked_vm + pages > limit ? -ENOMEM : 0;
}

/* Sets or clears VM_LOCKED in [start, end) of one VMA. 0 or -ENOMEM. */
static int mlock_fixup(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long start,
		       unsigned long end, bool lock)
{
	unsigned long pages = (end - start) >> PAGE_SHIFT;
	int error;

	if (!!(vma->vm_flags & VM_LOCKED) == lock)
		return 0;
	if (start > vma->vm_start) {
		error = split_vma(mm, vma, start);
		if (error)
			return error;
		vma = vma->vm_next;
	}
	if (end < vma->vm_end) {
		error = split_vma(mm, vma, end);
		if (error)
			return error;
	}
	vma->vm_flags ^= VM_LOCKED;
	mm->locked_vm += lock ? pages : -pages;
	if (lock)
		populate_range(mm, start, end);
	return 0;
}

/* -ENOMEM too when part of the range is not mapped; what comes before is done. */
static int do_mlock(struct mm_struct *mm, unsigned long start, unsigned long end, bool lock)
{
	while (start < end) {
		struct vm_area_struct *vma = find_vma(mm, start);
		unsigned long stop;
		int error;

		if (!vma || vma->vm_start > start)
			return -ENOMEM;
		stop = min(end, vma->vm_end);
		error = mlock_fixup(mm, vma, start, stop, lock);
		if (error)
			return error;
		start = stop;
	}
	return 0;
}

static long lock_range(unsigned long start, size_t len, bool lock)
{
	struct mm_struct *mm = current->mm;
	unsigned long end = PAGE_ALIGN(start + len);
	int error = 0;

	start &= PAGE_MASK;
	if (end < start || start + len < start)
		return len ? -EINVAL : 0;
	down_write(&mm->mmap_sem);
	if (lock)
		error = may_lock_pages(mm, (end - start) >> PAGE_SHIFT);
	if (!error)
		error = do_mlock(mm, start, end, lock);
	vma_merge_range(mm, start, end);
	up_write(&mm->mmap_sem);
	return error;
}

long sys_mlock(unsigned long start, size_t len)
{
	return lock_range(start, len, true);
}

long sys_munlock(unsigned long start, size_t len)
{
	return lock_range(start, len, false);
}

/* All there is, all there will be, or both. */
static int do_mlockall(struct mm_struct *mm, int flags)
{
	struct vm_area_struct *vma;
	int error;

	mm->def_flags = flags & MCL_FUTURE ? VM_LOCKED : 0;
	for (vma = mm->mmap; vma && (flags & MCL_CURRENT); vma = vma->vm_next) {
		error = mlock_fixup(mm, vma, vma->vm_start, vma->vm_end, true);
		if (error)
			return error;
	}
	vma_merge_range(mm, 0, mm->task_size);
	return 0;
}

long sys_mlockall(int flags)
{
	struct mm_struct *mm = current->mm;
	int error = 0;

	if (!flags || (flags & ~(MCL_CURRENT | MCL_FUTURE)))
		return -EINVAL;
	down_write(&mm->mmap_sem);
	if (!capable_root() && !rlimit(RLIMIT_MEMLOCK))
		error = -EPERM;
	else if (flags & MCL_CURRENT)
		error = may_lock_pages(mm, mm->total_vm - mm->locked_vm);
	if (!error)
		error = do_mlockall(mm, flags);
	up_write(&mm->mmap_sem);
	return error;
}

long sys_munlockall(void)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;

	down_write(&mm->mmap_sem);
	mm->def_flags = 0;
	for (vma = mm->mmap; vma; vma = vma->vm_next)
		mlock_fixup(mm, vma, vma->vm_start, vma->vm_end, false);
	vma_merge_range(mm, 0, mm->task_size);
	up_write(&mm->mmap_sem);
	return 0;
}
