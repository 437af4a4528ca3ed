/*
 * mlock(2) and its kin: pages that must stay in memory. The VMAs are marked
 * VM_LOCKED, which reclaim respects, and their pages are brought in. How many
 * pages a process may lock is limited by RLIMIT_MEMLOCK, except for root.
 */
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

int may_lock_pages(struct mm_struct *mm, unsigned long pages)
{
	unsigned long limit = rlimit(RLIMIT_MEMLOCK) >> PAGE_SHIFT;

	if (capable_root())
		return 0;
	if (!rlimit(RLIMIT_MEMLOCK))
		return -EPERM;
	return mm->locked_vm + pages > limit ? -ENOMEM : 0;
}

/* ---- bringing pages in ---- */

/* The part of a range that lies in one VMA. Private writable pages get their copy now. */
static int populate_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr,
			unsigned long end)
{
	bool write = (vma->vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE;

	if (!(vma->vm_flags & (VM_READ | VM_WRITE | VM_EXEC)))
		return -ENOMEM;
	for (; addr < end; addr += PAGE_SIZE) {
		if (fatal_signal_pending(current))
			return -EAGAIN;
		switch (handle_mm_fault(mm, vma, addr, write)) {
		case VM_FAULT_SIGBUS:
			return -ENOMEM;
		case VM_FAULT_OOM:
			return -EAGAIN;
		}
	}
	return 0;
}

int populate_range(struct mm_struct *mm, unsigned long addr, unsigned long end)
{
	int error = 0;

	while (addr < end && !error) {
		struct vm_area_struct *vma = find_vma(mm, addr);

		if (!vma || vma->vm_start > addr)
			return -ENOMEM;
		error = populate_vma(mm, vma, addr, min(end, vma->vm_end));
		addr = vma->vm_end;
	}
	return error;
}

/* ---- locking ---- */

/* Sets or clears VM_LOCKED in [start, end) of one VMA. 0, or -ENOMEM: it could not be cut. */
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
	return 0;
}

/* Marks a range. -ENOMEM too when part of it is not mapped; what comes before is done. */
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

/* Pages of a range that are locked already: to lock them again costs nothing. */
static unsigned long locked_pages(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);
	unsigned long pages = 0;

	for (; vma && vma->vm_start < end; vma = vma->vm_next)
		if (vma->vm_flags & VM_LOCKED)
			pages += (min(end, vma->vm_end) - max(start, vma->vm_start)) >> PAGE_SHIFT;
	return pages;
}

/* The pages that [start, start + len) touches. False: it goes beyond the end of all addresses. */
static bool whole_pages(unsigned long *start, unsigned long *end, size_t len)
{
	*end = PAGE_ALIGN(*start + len);
	if (*start + len < *start || *end < *start)
		return false;
	*start &= PAGE_MASK;
	return true;
}

static long change_range(unsigned long start, size_t len, bool lock)
{
	struct mm_struct *mm = current->mm;
	unsigned long end;
	int error = 0;

	if (!len)
		return 0;
	if (!whole_pages(&start, &end, len))
		return -EINVAL;
	down_write(&mm->mmap_sem);
	if (lock)
		error = may_lock_pages(mm, ((end - start) >> PAGE_SHIFT) -
						   locked_pages(mm, start, end));
	if (!error)
		error = do_mlock(mm, start, end, lock);
	vma_merge_range(mm, start, end);
	if (!error && lock)
		error = populate_range(mm, start, end);
	up_write(&mm->mmap_sem);
	return error;
}

long sys_mlock(unsigned long start, size_t len)
{
	return change_range(start, len, true);
}

long sys_munlock(unsigned long start, size_t len)
{
	return change_range(start, len, false);
}

/* All there is, all there will be, or both. What cannot be brought in is locked when it comes. */
static void do_mlockall(struct mm_struct *mm, int flags)
{
	struct vm_area_struct *vma;

	mm->def_flags = flags & MCL_FUTURE ? VM_LOCKED : 0;
	if (!(flags & MCL_CURRENT))
		return;
	for (vma = mm->mmap; vma; vma = vma->vm_next)
		mlock_fixup(mm, vma, vma->vm_start, vma->vm_end, true);
	vma_merge_range(mm, 0, mm->task_size);
	for (vma = mm->mmap; vma; vma = vma->vm_next)
		populate_range(mm, vma->vm_start, vma->vm_end);
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
		do_mlockall(mm, flags);
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
