/*
 * msync(2): what was stored through a shared mapping gets to the disk.
 *
 * A page that becomes writable in a shared mapping is marked dirty in the page
 * cache at once, and becomes read-only again when it is written back. So the
 * page cache always knows, and all that is left to do here is to sync the file.
 */
#include <linux/mm.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

/* Syncs the file of a VMA; mmap_sem is given up meanwhile. 0 or -ERRNO. */
static int msync_file(struct mm_struct *mm, struct file *file)
{
	int error = 0;

	file->f_count++;
	up_read(&mm->mmap_sem);
	if (file->f_op && file->f_op->fsync)
		error = file->f_op->fsync(file, 1);
	fput(file);
	down_read(&mm->mmap_sem);
	return error;
}

static int msync_range(struct mm_struct *mm, unsigned long start, unsigned long end, int flags)
{
	int error, hole = 0;

	while (start < end) {
		struct vm_area_struct *vma = find_vma(mm, start);

		if (!vma || vma->vm_start >= end)
			return -ENOMEM;
		if (start < vma->vm_start)
			hole = -ENOMEM;
		if ((flags & MS_INVALIDATE) && (vma->vm_flags & VM_LOCKED))
			return -EBUSY;
		start = vma->vm_end;
		if ((flags & MS_SYNC) && vma->vm_file && (vma->vm_flags & VM_SHARED)) {
			error = msync_file(mm, vma->vm_file);
			if (error)
				return error;
		}
	}
	return hole;
}

long sys_msync(unsigned long start, size_t len, int flags)
{
	struct mm_struct *mm = current->mm;
	int error;

	if ((start & ~PAGE_MASK) || (flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) ||
	    ((flags & MS_ASYNC) && (flags & MS_SYNC)))
		return -EINVAL;
	len = PAGE_ALIGN(len);
	if (start + len < start)
		return -ENOMEM;
	if (!len)
		return 0;
	down_read(&mm->mmap_sem);
	error = msync_range(mm, start, start + len, flags);
	up_read(&mm->mmap_sem);
	return error;
}
