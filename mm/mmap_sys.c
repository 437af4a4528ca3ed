/*
 * The system calls that make and remove mappings: brk, mmap, munmap. They
 * check and lock; the work is done in mmap.c.
 */
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

/* Returns the new end of the heap, or the old one when it cannot be moved. */
long sys_brk(unsigned long brk)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *next;
	unsigned long oldbrk, newbrk;

	down_write(&mm->mmap_sem);
	oldbrk = PAGE_ALIGN(mm->brk);
	newbrk = PAGE_ALIGN(brk);
	if (brk < mm->start_brk || newbrk < brk)
		goto out;
	if (newbrk < oldbrk) {
		if (do_munmap(mm, newbrk, oldbrk - newbrk))
			goto out;
	} else if (newbrk > oldbrk) {
		if (brk - mm->start_brk + mm->end_data - mm->start_data > rlimit(RLIMIT_DATA))
			goto out;
		next = find_vma(mm, oldbrk);
		if (next && newbrk + PAGE_SIZE > vma_floor(next))
			goto out;
		if (do_brk(oldbrk, newbrk - oldbrk) != oldbrk)
			goto out;
	}
	mm->brk = brk;
out:
	brk = mm->brk;
	up_write(&mm->mmap_sem);
	return brk;
}

/* mmap2: the offset counts pages. */
long sys_mmap_pgoff(unsigned long addr, unsigned long len, unsigned long prot,
		    unsigned long flags, unsigned long fd, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	struct file *file = NULL;
	unsigned long ret;

	if (!(flags & MAP_ANONYMOUS)) {
		file = fget(fd);
		if (!file)
			return -EBADF;
	}
	flags &= ~(MAP_EXECUTABLE | MAP_DENYWRITE);
	down_write(&mm->mmap_sem);
	ret = do_mmap_pgoff(file, addr, len, prot, flags, pgoff);
	up_write(&mm->mmap_sem);
	if (file)
		fput(file);
	return ret;
}

long sys_munmap(unsigned long addr, size_t len)
{
	struct mm_struct *mm = current->mm;
	int error;

	down_write(&mm->mmap_sem);
	error = do_munmap(mm, addr, len);
	up_write(&mm->mmap_sem);
	return error;
}
