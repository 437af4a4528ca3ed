/*
 * mremap(2): a mapping grows, shrinks or moves. Growing in place only needs the
 * hole behind it. Moving copies no page: the page table entries are carried
 * over to the new addresses. A shared mapping whose old length is 0 stays, and gets a double.
 */
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/syscalls.h>

/* Moves the entries of [from, from + len) to `to`; how many bytes of the range were moved. */
static unsigned long move_page_tables(struct mm_struct *mm, unsigned long from, unsigned long to,
				      unsigned long len)
{
	unsigned long done;

	for (done = 0; done < len; done += PAGE_SIZE) {
		pte_t *src = pte_find(mm, from + done), *dst;

		if (!src) {
			unsigned long next = pmd_addr_end(from + done, from + len);

			done = next - from - PAGE_SIZE;		/* nothing in this whole table */
			continue;
		}
		if (pte_none(*src))
			continue;
		dst = pte_find(mm, to + done);
		if (!dst) {
			flush_tlb_mm(mm); /* it may sleep: nobody shall use old addresses then */
			dst = pte_alloc(mm, to + done);
			if (!dst)
				break;
		}
		set_pte(dst, ptep_get_and_clear(src));
	}
	return min(done, len);
}

/* A second VMA that shows what `vma` shows from addr on, at new_addr, with no pages yet. */
static int double_vma(struct vm_area_struct *vma, unsigned long addr, unsigned long new_len,
		      unsigned long new_addr)
{
	struct mm_struct *mm = vma->vm_mm;
	struct vm_area_struct *copy;

	if (mm->map_count >= MAX_MAP_COUNT)
		return -ENOMEM;
	copy = vma_dup(vma);
	if (!copy)
		return -ENOMEM;
	copy->vm_start = new_addr;
	copy->vm_end = new_addr + new_len;
	copy->vm_pgoff += (addr - vma->vm_start) >> PAGE_SHIFT;
	if (insert_vm_struct(mm, copy)) {
		free_vma(copy);
		return -ENOMEM;
	}
	vm_committed += vma_charge(copy);	/* of a move: until the old place is unmapped */
	mm->total_vm += vma_pages(copy);
	if (copy->vm_flags & VM_LOCKED)
		mm->locked_vm += vma_pages(copy);
	return 0;
}

/* Moves all of `vma` to new_addr, where it will be new_len bytes long. 0 or -ENOMEM. */
static int move_vma(struct vm_area_struct *vma, unsigned long new_len, unsigned long new_addr)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long old_addr = vma->vm_start, old_len = vma->vm_end - old_addr, moved;
	int error = double_vma(vma, old_addr, new_len, new_addr);

	if (error)
		return error;
	moved = move_page_tables(mm, old_addr, new_addr, min(old_len, new_len));
	flush_tlb_range(vma, old_addr, old_addr + old_len);
	if (moved < min(old_len, new_len)) {
		/* No memory for a table: back again. The old tables are all there. */
		move_page_tables(mm, new_addr, old_addr, moved);
		do_munmap(mm, new_addr, new_len);
		return -ENOMEM;
	}
	do_munmap(mm, old_addr, old_len);
	return 0;
}

/* Cuts the VMA so that it is exactly [addr, addr + len). 0 or -ENOMEM. */
static int isolate_range(struct mm_struct *mm, struct vm_area_struct **vma, unsigned long addr,
			 unsigned long len)
{
	int error;

	if ((*vma)->vm_start < addr) {
		error = split_vma(mm, *vma, addr);
		if (error)
			return error;
		*vma = (*vma)->vm_next;
	}
	return (*vma)->vm_end > addr + len ? split_vma(mm, *vma, addr + len) : 0;
}

/* True when the VMA, whose end is the end of the old range, can become `more` bytes longer. */
static bool can_grow_here(struct vm_area_struct *vma, unsigned long more)
{
	unsigned long limit = vma->vm_next ? vma_floor(vma->vm_next) : vma->vm_mm->task_size;

	return limit > vma->vm_end && limit - vma->vm_end >= more;
}

static void grow_here(struct vm_area_struct *vma, unsigned long more)
{
	struct mm_struct *mm = vma->vm_mm;

	vma->vm_end += more;
	mm->total_vm += more >> PAGE_SHIFT;
	if (vma->vm_flags & VM_LOCKED) {
		mm->locked_vm += more >> PAGE_SHIFT;
		populate_range(mm, vma->vm_end - more, vma->vm_end);
	}
	vma_merge_next(mm, vma);
}

/*
 * Moves [addr, addr + old_len) to new_addr, or with no MREMAP_FIXED to wherever there is room; the
 * double of a mapping, old_len 0, goes there too.
 */
static unsigned long move_range(struct vm_area_struct *vma, unsigned long addr,
				unsigned long old_len, unsigned long new_len,
				unsigned long flags, unsigned long new_addr)
{
	struct mm_struct *mm = vma->vm_mm;
	bool locked = vma->vm_flags & VM_LOCKED;
	int error = 0;

	if (!(flags & MREMAP_MAYMOVE))
		return -ENOMEM;
	if (!(flags & MREMAP_FIXED)) {
		new_addr = get_unmapped_area(0, new_len, 0);
		if (IS_ERR_VALUE(new_addr))
			return new_addr;
	}
	if (!old_len) {
		error = double_vma(vma, addr, new_len, new_addr);
	} else {
		error = isolate_range(mm, &vma, addr, old_len);
		if (!error)
			error = move_vma(vma, new_len, new_addr);
	}
	vma_merge_range(mm, addr, addr + old_len);
	if (error)
		return error;
	vma_merge_range(mm, new_addr, new_addr + new_len);
	if (locked && new_len > old_len)
		populate_range(mm, new_addr + old_len, new_addr + new_len);
	return new_addr;
}

/* Does the request fit the mapping that is to grow or to move? 0, -EINVAL or -EFAULT. */
static int check_source(const struct vm_area_struct *vma, unsigned long addr,
			unsigned long old_len, unsigned long new_len)
{
	pgoff_t pgoff = vma->vm_pgoff + ((addr - vma->vm_start) >> PAGE_SHIFT);

	if (!old_len && !(vma->vm_flags & VM_SHARED))
		return -EINVAL;		/* a double of private pages would be empty */
	if (vma->vm_end - addr < old_len)
		return -EFAULT;
	if (new_len > old_len && (vma->vm_flags & VM_IO))
		return -EFAULT;		/* a device ends where it ends */
	if (vma->vm_file && pgoff + (new_len >> PAGE_SHIFT) < pgoff)
		return -EINVAL;
	return 0;
}

/* The range keeps its length or grows, and gets a new place or, if it need not, stays. */
static unsigned long grow(struct vm_area_struct *vma, unsigned long addr, unsigned long old_len,
			  unsigned long new_len, unsigned long flags, unsigned long new_addr)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long more = new_len - old_len, charge, ret;

	if (mm->total_vm + (more >> PAGE_SHIFT) > rlimit(RLIMIT_AS) >> PAGE_SHIFT)
		return -ENOMEM;
	if ((vma->vm_flags & VM_LOCKED) && may_lock_pages(mm, more >> PAGE_SHIFT))
		return -EAGAIN;
	charge = vma->vm_flags & VM_ACCOUNT ? more >> PAGE_SHIFT : 0;
	if (charge && vm_charge(charge))
		return -ENOMEM;
	if (!(flags & MREMAP_FIXED) && old_len && vma->vm_end == addr + old_len &&
	    can_grow_here(vma, more)) {
		grow_here(vma, more);
		return addr;
	}
	ret = move_range(vma, addr, old_len, new_len, flags, new_addr);
	vm_uncharge(charge);		/* where it has gone it is charged for as a whole */
	return ret;
}

/* MREMAP_FIXED: is the target a place for it? 0 or -EINVAL. */
static int check_target(struct mm_struct *mm, unsigned long addr, unsigned long old_len,
			unsigned long new_len, unsigned long new_addr)
{
	if ((new_addr & ~PAGE_MASK) || new_len > mm->task_size ||
	    new_addr > mm->task_size - new_len || new_addr < MMAP_MIN_ADDR)
		return -EINVAL;
	if (new_addr < addr + old_len && addr < new_addr + new_len)
		return -EINVAL;		/* old and new overlap */
	return 0;
}

/* What is wrong with the request is found out before anything is unmapped for it. */
static unsigned long do_mremap(struct mm_struct *mm, unsigned long addr, unsigned long old_len,
			       unsigned long new_len, unsigned long flags, unsigned long new_addr)
{
	unsigned long kept = min(old_len, new_len);
	bool stays = old_len >= new_len && !(flags & MREMAP_FIXED);
	struct vm_area_struct *vma = find_vma(mm, addr);
	int error = 0;

	if (flags & MREMAP_FIXED)
		error = check_target(mm, addr, old_len, new_len, new_addr);
	if (!error && (!vma || vma->vm_start > addr))
		error = -EFAULT;
	if (!error && !stays)
		error = check_source(vma, addr, kept, new_len);
	if (!error && (flags & MREMAP_FIXED))
		error = do_munmap(mm, new_addr, new_len);
	if (!error && new_len < old_len)
		error = do_munmap(mm, addr + new_len, old_len - new_len);
	if (error)
		return error;
	/* The VMA may have been cut: the target was a part of it. */
	return stays ? addr : grow(find_vma(mm, addr), addr, kept, new_len, flags, new_addr);
}

long sys_mremap(unsigned long addr, unsigned long old_len, unsigned long new_len,
		unsigned long flags, unsigned long new_addr)
{
	struct mm_struct *mm = current->mm;
	unsigned long ret;

	if ((addr & ~PAGE_MASK) || (flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED)) ||
	    ((flags & MREMAP_FIXED) && !(flags & MREMAP_MAYMOVE)))
		return -EINVAL;
	if (!PAGE_ALIGN(new_len) || (old_len ? !PAGE_ALIGN(old_len) : !(flags & MREMAP_MAYMOVE)))
		return -EINVAL;
	old_len = PAGE_ALIGN(old_len);
	new_len = PAGE_ALIGN(new_len);
	if (addr + old_len < addr)
		return -EINVAL;
	down_write(&mm->mmap_sem);
	ret = do_mremap(mm, addr, old_len, new_len, flags, new_addr);
	up_write(&mm->mmap_sem);
	return ret;
}
