/*
 * mmap, munmap and brk: mappings are made, placed and removed.
 *
 * A mapping is no more than a VMA (vma.c) and a promise of memory (overcommit.c); pages and
 * page tables come with the faults (memory.c). New mappings are placed from mmap_base downwards:
 *
 *	0                                              mmap_base      task_size
 *	|  program  heap -->              <-- mappings | gap | stack |
 *
 * mmap_sem is held for writing.
 */
#include <linux/mm.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/sched.h>
#include <linux/pagemap.h>
#include <linux/mmap.h>
#include <linux/shmem_fs.h>

/* ---- placing ---- */

/* Mappings begin below the stack's limit, 16 MB to half the space, with a gap. */
void mm_pick_layout(struct mm_struct *mm, unsigned long task_size)
{
	unsigned long stack = rlimit(RLIMIT_STACK);

	stack = max(stack, 16UL << 20);
	stack = min(stack, task_size / 2);
	mm->task_size = task_size;
	mm->mmap_base = PAGE_ALIGN(task_size - stack - STACK_GUARD_GAP);
	mm->free_area_cache = mm->mmap_base;
	mm->mmap_cache = NULL;
}

/* Highest hole of `len` bytes below mmap_base. free_area_cache: no hole is known above it. */
static unsigned long find_hole(struct mm_struct *mm, unsigned long len)
{
	unsigned long addr = mm->free_area_cache;
	struct vm_area_struct *vma;

	if (addr >= len + MMAP_MIN_ADDR) {
		vma = find_vma(mm, addr - len);
		if (!vma || addr <= vma_floor(vma))
			return mm->free_area_cache = addr - len;
	}
	addr = mm->mmap_base;
	while (addr >= len + MMAP_MIN_ADDR) {
		vma = find_vma(mm, addr - len);
		if (!vma || addr <= vma_floor(vma))
			return mm->free_area_cache = addr - len;
		addr = vma_floor(vma);
	}
	return 0;
}

/* The stack side of the gap, when everything below mmap_base is taken. */
static unsigned long find_hole_above(struct mm_struct *mm, unsigned long len)
{
	unsigned long addr = mm->mmap_base;
	struct vm_area_struct *vma;

	for (vma = find_vma(mm, addr);; addr = vma->vm_end, vma = vma->vm_next) {
		unsigned long end = vma ? vma_floor(vma) : mm->task_size;

		if (end > addr && end - addr >= len)
			return addr;
		if (!vma)
			return 0;
	}
}

/* What the program would like, if it is free. */
static bool hint_is_free(struct mm_struct *mm, unsigned long addr, unsigned long len)
{
	struct vm_area_struct *vma;

	if (addr < MMAP_MIN_ADDR || addr > mm->task_size - len)
		return false;
	vma = find_vma(mm, addr);
	return !vma || addr + len <= vma_floor(vma);
}

unsigned long get_unmapped_area(unsigned long addr, unsigned long len, unsigned long flags)
{
	struct mm_struct *mm = current->mm;

	if (len > mm->task_size)
		return -ENOMEM;
	if (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) {
		if (addr & ~PAGE_MASK)
			return -EINVAL;
		if (addr > mm->task_size - len)
			return -ENOMEM;
		if (addr < MMAP_MIN_ADDR)
			return -EPERM;
		if ((flags & MAP_FIXED_NOREPLACE) && find_vma_intersection(mm, addr, addr + len))
			return -EEXIST;
		return addr;
	}
	if (addr && hint_is_free(mm, PAGE_ALIGN(addr), len))
		return PAGE_ALIGN(addr);
	addr = find_hole(mm, len);
	if (!addr)
		addr = find_hole_above(mm, len);
	return addr ? addr : (unsigned long)-ENOMEM;
}

/* ---- mapping ---- */

/* The flags that follow from the request alone; check_file_rights() adds what the file says. */
static unsigned long calc_vm_flags(unsigned long prot, unsigned long flags)
{
	unsigned long vm_flags = VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;

	vm_flags |= prot & (PROT_READ | PROT_WRITE | PROT_EXEC);	/* the same bits */
	if (flags & MAP_GROWSDOWN)
		vm_flags |= VM_GROWSDOWN;
	if (flags & MAP_NORESERVE)
		vm_flags |= VM_NORESERVE;
	if (flags & MAP_LOCKED)
		vm_flags |= VM_LOCKED;
	return vm_flags;
}

/* The rights an open file gives its mapping. 0 or -ERRNO; may clear VM_MAY bits. */
static int check_file_rights(struct file *file, unsigned long prot, unsigned long flags,
			     unsigned long *vm_flags)
{
	if (!file->f_op || !file->f_op->mmap)
		return -ENODEV;
	if (!(file->f_mode & FMODE_READ))
		return -EACCES;
	if (flags & MAP_GROWSDOWN)
		return -EINVAL;			/* there is nothing before the first page */
	if (file->f_dentry->d_inode->i_sb->s_flags & MS_NOEXEC) {
		if (prot & PROT_EXEC)
			return -EPERM;
		*vm_flags &= ~VM_MAYEXEC;
	}
	if ((flags & MAP_TYPE) == MAP_PRIVATE)
		return 0;
	if ((prot & PROT_WRITE) && !(file->f_mode & FMODE_WRITE))
		return -EACCES;
	*vm_flags |= VM_SHARED;
	if (!(file->f_mode & FMODE_WRITE))
		*vm_flags &= ~VM_MAYWRITE;
	return 0;
}

/* The flags of the VMA that is asked for; 0 or -ERRNO. */
static int get_vm_flags(struct file *file, unsigned long prot, unsigned long flags,
			unsigned long *vm_flags)
{
	*vm_flags = calc_vm_flags(prot, flags) | current->mm->def_flags;
	if (file) {
		if (flags & MAP_DENYWRITE)
			*vm_flags |= VM_DENYWRITE;
		return check_file_rights(file, prot, flags, vm_flags);
	}
	if ((flags & MAP_TYPE) == MAP_SHARED) {
		if (flags & MAP_GROWSDOWN)
			return -EINVAL;		/* it is a file without a name */
		*vm_flags |= VM_SHARED;
	}
	return 0;
}

/* May there be one more mapping, of so many pages? 0, -EAGAIN (too many to lock) or -ENOMEM. */
static int check_limits(struct mm_struct *mm, unsigned long pages, unsigned long vm_flags)
{
	if (mm->map_count >= MAX_MAP_COUNT)
		return -ENOMEM;
	if ((vm_flags & VM_LOCKED) && may_lock_pages(mm, pages))
		return -EAGAIN;
	if (mm->total_vm + pages > rlimit(RLIMIT_AS) >> PAGE_SHIFT)
		return -ENOMEM;
	return 0;
}

/*
 * Frees the tables that served [start, end), now part of the hole between prev and next, unless
 * they reach into one of these. Only those can have become unused.
 */
static void free_hole_tables(struct mm_struct *mm, unsigned long start, unsigned long end,
			     struct vm_area_struct *prev, struct vm_area_struct *next)
{
	unsigned long floor = prev ? prev->vm_end : 0;
	unsigned long ceiling = next ? next->vm_start : ALIGN(mm->task_size, PMD_SIZE);
	LIST_HEAD(tables);

	start = max(floor, start & PMD_MASK);
	end = min(ceiling, ALIGN(end, PMD_SIZE));
	if (end - start < PMD_SIZE)
		return;
	unhook_page_tables(mm, start, end, &tables);
	free_unhooked_tables(mm, &tables);
}

/* Makes and fills a VMA for a mapping whose range is free, and charged if VM_ACCOUNT says so. */
static unsigned long map_region(struct file *file, unsigned long addr, unsigned long len,
				unsigned long vm_flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma, *prev;
	int error;

	find_vma_prev(mm, addr, &prev);
	if (prev && prev->vm_end == addr && vma_extend(prev, addr + len, vm_flags, file, pgoff))
		goto out;

	vma = vma_create(mm, addr, addr + len, vm_flags);
	if (!vma)
		return -ENOMEM;
	vma->vm_pgoff = pgoff;
	if (file) {
		if ((vm_flags & VM_DENYWRITE) &&
		    (error = deny_write_access(file->f_dentry->d_inode)))
			goto out_free;
		vma->vm_file = file;
		file->f_count++;
		error = file->f_op->mmap(file, vma);
		if (error)
			goto out_put;
	}
	if (vma->vm_file)
		list_add(&vma->shared, &vma->vm_file->f_dentry->d_inode->i_mapping->i_mmap);
	vma_link(mm, vma, prev);
	vma_merge_next(mm, vma);
out:
	mm->total_vm += len >> PAGE_SHIFT;
	if (vm_flags & VM_LOCKED)
		mm->locked_vm += len >> PAGE_SHIFT;
	return addr;

out_put:
	free_hole_tables(mm, addr, addr + len, prev, prev ? prev->vm_next : mm->mmap);
	if (vm_flags & VM_DENYWRITE)
		allow_write_access(file->f_dentry->d_inode);
	fput(file);
out_free:
	kmem_cache_free(vm_area_cachep, vma);
	return error;
}

static unsigned long charge_and_map(struct file *file, unsigned long addr, unsigned long len,
				    unsigned long vm_flags, unsigned long pgoff)
{
	unsigned long ret;

	if (!vm_needs_charge(vm_flags))
		return map_region(file, addr, len, vm_flags, pgoff);
	if (vm_charge(len >> PAGE_SHIFT))
		return -ENOMEM;
	ret = map_region(file, addr, len, vm_flags | VM_ACCOUNT, pgoff);
	if (IS_ERR_VALUE(ret))
		vm_uncharge(len >> PAGE_SHIFT);
	return ret;
}

unsigned long do_mmap_pgoff(struct file *file, unsigned long addr, unsigned long len,
			    unsigned long prot, unsigned long flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	unsigned long vm_flags, type = flags & MAP_TYPE;
	int error;

	if (!len || (type != MAP_SHARED && type != MAP_PRIVATE) || (flags & MAP_HUGETLB))
		return -EINVAL;
	len = PAGE_ALIGN(len);
	if (!len)
		return -ENOMEM;
	if (pgoff + (len >> PAGE_SHIFT) < pgoff)
		return -EOVERFLOW;
	if ((flags & MAP_LOCKED) && may_lock_pages(mm, 0) == -EPERM)
		return -EPERM;

	error = get_vm_flags(file, prot, flags, &vm_flags);
	if (error)
		return error;
	addr = get_unmapped_area(addr, len, flags);
	if (IS_ERR_VALUE(addr))
		return addr;
	if (flags & MAP_FIXED) {
		error = do_munmap(mm, addr, len);
		if (error)
			return error;
	}
	error = check_limits(mm, len >> PAGE_SHIFT, vm_flags);
	if (error)
		return error;
	if (!file && type == MAP_SHARED) {
		file = shmem_file_setup("/dev/zero (deleted)", len, vm_flags);
		if (IS_ERR(file))
			return PTR_ERR(file);
		addr = map_region(file, addr, len, vm_flags, 0);
		fput(file);
	} else {
		addr = charge_and_map(file, addr, len, vm_flags, file ? pgoff : 0);
	}
	if (!IS_ERR_VALUE(addr) && ((vm_flags & VM_LOCKED) ||
				    (flags & (MAP_POPULATE | MAP_NONBLOCK)) == MAP_POPULATE))
		populate_range(mm, addr, addr + len);
	return addr;
}

/* ---- unmapping ---- */

int do_munmap(struct mm_struct *mm, unsigned long start, size_t len)
{
	struct vm_area_struct *vma, *prev, *next;
	unsigned long end;
	int error;

	if ((start & ~PAGE_MASK) || start > mm->task_size || len > mm->task_size - start)
		return -EINVAL;
	len = PAGE_ALIGN(len);
	if (!len)
		return -EINVAL;
	end = start + len;

	vma = find_vma_prev(mm, start, &prev);
	if (!vma || vma->vm_start >= end)
		return 0;
	/* Only a hole in the middle of a VMA leaves more of them than there were. */
	if (vma->vm_start < start && vma->vm_end > end && mm->map_count >= MAX_MAP_COUNT)
		return -ENOMEM;
	if (vma->vm_start < start) {
		error = cut_vma(mm, vma, start);
		if (error)
			return error;
		prev = vma;
		vma = vma->vm_next;
	}
	for (next = vma; next && next->vm_end <= end;)
		next = next->vm_next;
	if (next && next->vm_start < end) {
		error = cut_vma(mm, next, end);
		if (error)
			return error;
		next = next->vm_next;
	}
	while (vma != next) {
		struct vm_area_struct *after = vma->vm_next;

		zap_page_range(vma, vma->vm_start, vma->vm_end - vma->vm_start);
		mm->total_vm -= vma_pages(vma);
		if (vma->vm_flags & VM_LOCKED)
			mm->locked_vm -= vma_pages(vma);
		vm_uncharge(vma_charge(vma));
		vma_unlink(mm, vma, prev);
		free_vma(vma);
		vma = after;
	}
	free_hole_tables(mm, start, end, prev, next);
	if (end > mm->free_area_cache && end <= mm->mmap_base)
		mm->free_area_cache = end;
	return 0;
}

/* What was counted page by page must agree with what was there in the end. */
static void check_counters(const struct mm_struct *mm, unsigned long pages, unsigned long locked)
{
	if (likely(!mm->rss && !mm->swap_usage && mm->total_vm == pages &&
		   mm->locked_vm == locked))
		return;
	printk(KERN_ERR "BUG: the memory of %s: %ld pages and %ld slots are left over, "
			"%lu of %lu pages mapped, %lu of %lu locked\n",
	       current->comm, (long)mm->rss, (long)mm->swap_usage, mm->total_vm, pages,
	       mm->locked_vm, locked);
}

/* The last user of an address space is gone: everything goes. */
void exit_mmap(struct mm_struct *mm)
{
	unsigned long pages = 0, locked = 0;
	struct vm_area_struct *vma, *next;
	LIST_HEAD(tables);

	for (vma = mm->mmap; vma; vma = vma->vm_next)
		zap_page_range(vma, vma->vm_start, vma->vm_end - vma->vm_start);
	for (vma = mm->mmap; vma; vma = next) {
		unsigned long start = vma->vm_start & PMD_MASK, end = ALIGN(vma->vm_end, PMD_SIZE);

		next = vma->vm_next;
		if (next)
			end = min(end, next->vm_start);	/* a shared table goes with the next */
		mm->mmap = next;
		pages += vma_pages(vma);
		if (vma->vm_flags & VM_LOCKED)
			locked += vma_pages(vma);
		vm_uncharge(vma_charge(vma));
		free_vma(vma);
		if (end - start >= PMD_SIZE)
			unhook_page_tables(mm, start, end, &tables);
	}
	free_unhooked_tables(mm, &tables);
	check_counters(mm, pages, locked);
	mm->mmap_cache = NULL;
	mm->mm_rb.rb_node = NULL;
	mm->map_count = 0;
	mm->total_vm = 0;
}

/* ---- heap ---- */

unsigned long do_brk(unsigned long addr, unsigned long len)
{
	struct mm_struct *mm = current->mm;
	unsigned long ret, vm_flags = VM_READ | VM_WRITE | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC |
				      mm->def_flags;
	int error;

	len = PAGE_ALIGN(len);
	if (!len)
		return addr;
	if (addr > mm->task_size || len > mm->task_size - addr)
		return -EINVAL;
	error = do_munmap(mm, addr, len);
	if (!error)
		error = check_limits(mm, len >> PAGE_SHIFT, vm_flags);
	if (error)
		return error;
	ret = charge_and_map(NULL, addr, len, vm_flags, 0);
	if (!IS_ERR_VALUE(ret) && (vm_flags & VM_LOCKED))
		populate_range(mm, addr, addr + len);
	return ret;
}
