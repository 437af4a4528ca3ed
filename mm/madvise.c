/*
 * madvise(2) and mincore(2): what a program says, and asks, about the use of
 * its pages.
 */
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/swap.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

/* What a VMA's flags become: how read-ahead shall behave, and whether fork copies it. */
static unsigned long advised_flags(unsigned long flags, int advice)
{
	switch (advice) {
	case MADV_SEQUENTIAL:
		return (flags & ~VM_RAND_READ) | VM_SEQ_READ;
	case MADV_RANDOM:
		return (flags & ~VM_SEQ_READ) | VM_RAND_READ;
	case MADV_DONTFORK:
		return flags | VM_DONTCOPY;
	case MADV_DOFORK:
		return flags & ~VM_DONTCOPY;
	default:
		return flags & ~(VM_SEQ_READ | VM_RAND_READ);
	}
}

/* Advice that is kept, for [start, end) of the VMA. 0, or -EAGAIN: it could not be cut. */
static int advise_flags(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long start,
			unsigned long end, int advice)
{
	unsigned long flags = advised_flags(vma->vm_flags, advice);

	if (flags == vma->vm_flags)
		return 0;
	if (vma->vm_start < start) {
		if (split_vma(mm, vma, start))
			return -EAGAIN;
		vma = vma->vm_next;
	}
	if (end < vma->vm_end && split_vma(mm, vma, end))
		return -EAGAIN;
	vma->vm_flags = flags;
	return 0;
}

/* The pages will be wanted: reading those of a file begins now, into the page cache. */
static int advise_willneed(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	loff_t offset = (loff_t)vma->vm_pgoff << PAGE_SHIFT;

	if (!vma->vm_file)
		return -EBADF;
	file_readahead(vma->vm_file, offset + (start - vma->vm_start), end - start);
	return 0;
}

/* The pages will not be wanted: private ones lose their contents. */
static int advise_dontneed(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (vma->vm_flags & (VM_LOCKED | VM_IO))
		return -EINVAL;
	zap_page_range(vma, start, end - start);
	return 0;
}

/* The pages are not needed for a while: they go where reclaim would send them. */
static int advise_pageout(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (vma->vm_flags & (VM_LOCKED | VM_IO))
		return -EINVAL;
	swap_out_range(vma, start, end);
	return 0;
}

static int advise_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long start,
		      unsigned long end, int advice)
{
	switch (advice) {
	case MADV_WILLNEED:
		return advise_willneed(vma, start, end);
	case MADV_DONTNEED:
		return advise_dontneed(vma, start, end);
	case MADV_PAGEOUT:
		return advise_pageout(vma, start, end);
	default:
		return advise_flags(mm, vma, start, end, advice);
	}
}

/* Holes are passed over, and reported with ENOMEM when the rest is done. */
static int do_madvise(struct mm_struct *mm, unsigned long start, unsigned long end, int advice)
{
	struct vm_area_struct *vma = find_vma(mm, start);
	int error = 0, hole = 0;

	while (start < end && !error) {
		unsigned long stop;

		if (!vma || vma->vm_start >= end)
			return -ENOMEM;
		if (start < vma->vm_start) {
			hole = -ENOMEM;
			start = vma->vm_start;
		}
		stop = min(end, vma->vm_end);
		error = advise_vma(mm, vma, start, stop, advice);
		start = stop;
		vma = find_vma(mm, start);
	}
	return error ? error : hole;
}

static bool known_advice(int advice)
{
	return (advice >= MADV_NORMAL && advice <= MADV_DONTNEED) || advice == MADV_DONTFORK ||
	       advice == MADV_DOFORK || advice == MADV_PAGEOUT;
}

long sys_madvise(unsigned long start, size_t len, int advice)
{
	struct mm_struct *mm = current->mm;
	int error;

	if ((start & ~PAGE_MASK) || !known_advice(advice))
		return -EINVAL;
	if (!len)
		return 0;
	len = PAGE_ALIGN(len);
	if (!len || start + len < start)
		return -EINVAL;
	down_write(&mm->mmap_sem);
	error = do_madvise(mm, start, start + len, advice);
	vma_merge_range(mm, start, start + len);
	up_write(&mm->mmap_sem);
	return error;
}

/* ---- mincore ---- */

/* Is the page at addr in memory: mapped, or at least in the page cache or the swap cache? */
static bool page_in_core(struct vm_area_struct *vma, unsigned long addr)
{
	pte_t *ptep = pte_find(vma->vm_mm, addr);
	pte_t pte = ptep ? *ptep : __pte(0);
	struct page *page;
	bool there;

	if (pte_present(pte))
		return true;
	if (!pte_none(pte))
		page = lookup_swap_cache(pte_to_swp_entry(pte));
	else if (vma->vm_file)
		page = find_get_page(vma->vm_file->f_dentry->d_inode->i_mapping,
				     vma->vm_pgoff + ((addr - vma->vm_start) >> PAGE_SHIFT));
	else
		return false;
	there = page && PageUptodate(page);
	if (page)
		put_page(page);
	return there;
}

/* Fills at most a page of answers for [start, end). The number of them, or -ENOMEM. */
static long fill_core_vector(struct mm_struct *mm, unsigned char *vec, unsigned long start,
			     unsigned long end)
{
	long n = 0;

	down_read(&mm->mmap_sem);
	for (; start < end && n < (long)PAGE_SIZE; start += PAGE_SIZE) {
		struct vm_area_struct *vma = find_vma(mm, start);

		if (!vma || vma->vm_start > start) {
			n = -ENOMEM;
			break;
		}
		vec[n++] = page_in_core(vma, start);
	}
	up_read(&mm->mmap_sem);
	return n;
}

long sys_mincore(unsigned long start, size_t len, unsigned char __user *vec)
{
	unsigned long limit = current->mm->task_size, end;
	unsigned char *page;
	long n = 0;

	if (start & ~PAGE_MASK)
		return -EINVAL;
	if (start > limit || len > limit - start)
		return -ENOMEM;
	end = start + PAGE_ALIGN(len);
	page = (unsigned char *)__get_free_page(GFP_KERNEL);
	if (!page)
		return -EAGAIN;
	while (start < end) {
		n = fill_core_vector(current->mm, page, start, end);
		if (n < 0)
			break;
		if (copy_to_user(vec, page, n)) {
			n = -EFAULT;
			break;
		}
		vec += n;
		start += n << PAGE_SHIFT;
	}
	free_page((unsigned long)page);
	return n < 0 ? n : 0;
}
