/*
 * VMAs: the ranges a process' address space is made of.
 *
 * They are kept twice: in a list sorted by address, for walks, and in a red-black
 * tree, for find_vma(), which every fault calls. mmap_cache remembers the last answer.
 * VMAs never overlap; neighbours that describe one and the same thing are
 * joined. New mappings are placed from mmap_base downwards:
 *
 *	0                                              mmap_base      task_size
 *	|  program  heap -->              <-- mappings | gap | stack |
 *
 * Whoever changes VMAs holds mmap_sem for writing.
 */
#include <linux/mm.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/sched.h>
#include <linux/init.h>
#include <linux/pagemap.h>
#include <linux/mmap.h>
#include <linux/shmem_fs.h>

struct kmem_cache *vm_area_cachep;

static const pgprot_t *protection_map(void)
{
	static pgprot_t map[16];

	if (!pgprot_val(map[1])) {
		const pgprot_t init[16] = {
			__P000, __P001, __P010, __P011, __P100, __P101, __P110, __P111,
			__S000, __S001, __S010, __S011, __S100, __S101, __S110, __S111
		};
		memcpy(map, init, sizeof(map));
	}
	return map;
}

pgprot_t vm_get_page_prot(unsigned long vm_flags)
{
	return protection_map()[vm_flags & (VM_READ | VM_WRITE | VM_EXEC | VM_SHARED)];
}

/* ---- finding ---- */

struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = mm->mmap_cache;
	struct rb_node *node;

	if (vma && vma->vm_start <= addr && addr < vma->vm_end)
		return vma;
	vma = NULL;
	node = mm->mm_rb.rb_node;
	while (node) {
		struct vm_area_struct *here = rb_entry(node, struct vm_area_struct, vm_rb);

		if (addr < here->vm_end) {
			vma = here;
			if (here->vm_start <= addr)
				break;
			node = node->rb_left;
		} else {
			node = node->rb_right;
		}
	}
	if (vma)
		mm->mmap_cache = vma;
	return vma;
}

struct vm_area_struct *find_vma_prev(struct mm_struct *mm, unsigned long addr,
				     struct vm_area_struct **pprev)
{
	struct rb_node *node = mm->mm_rb.rb_node;
	struct vm_area_struct *prev = NULL;

	/* prev: the last VMA that ends at or below addr */
	while (node) {
		struct vm_area_struct *here = rb_entry(node, struct vm_area_struct, vm_rb);

		if (addr < here->vm_end) {
			node = node->rb_left;
		} else {
			prev = here;
			node = node->rb_right;
		}
	}
	*pprev = prev;
	return prev ? prev->vm_next : mm->mmap;
}

struct vm_area_struct *find_vma_intersection(struct mm_struct *mm, unsigned long start,
					     unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);

	return vma && vma->vm_start < end ? vma : NULL;
}

/* ---- list and tree ---- */

static void vma_rb_insert(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct rb_node **link = &mm->mm_rb.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		if (vma->vm_start < rb_entry(parent, struct vm_area_struct, vm_rb)->vm_start)
			link = &parent->rb_left;
		else
			link = &parent->rb_right;
	}
	rb_link_node(&vma->vm_rb, parent, link);
	rb_insert_color(&vma->vm_rb, &mm->mm_rb);
}

/* Enters a VMA behind prev (NULL: as the first) into list and tree. */
void vma_link(struct mm_struct *mm, struct vm_area_struct *vma, struct vm_area_struct *prev)
{
	if (prev) {
		vma->vm_next = prev->vm_next;
		prev->vm_next = vma;
	} else {
		vma->vm_next = mm->mmap;
		mm->mmap = vma;
	}
	vma_rb_insert(mm, vma);
	mm->map_count++;
}

static void vma_unlink(struct mm_struct *mm, struct vm_area_struct *vma,
		       struct vm_area_struct *prev)
{
	if (prev)
		prev->vm_next = vma->vm_next;
	else
		mm->mmap = vma->vm_next;
	rb_erase(&vma->vm_rb, &mm->mm_rb);
	if (mm->mmap_cache == vma)
		mm->mmap_cache = NULL;
	mm->map_count--;
}

/* Drops what a VMA refers to, and the VMA itself. Its pages are gone already. */
void free_vma(struct vm_area_struct *vma)
{
	if (vma->vm_ops && vma->vm_ops->close)
		vma->vm_ops->close(vma);
	if (vma->vm_file) {
		list_del(&vma->shared);
		if (vma->vm_flags & VM_DENYWRITE)
			allow_write_access(vma->vm_file->f_dentry->d_inode);
		fput(vma->vm_file);
	}
	kmem_cache_free(vm_area_cachep, vma);
}

int insert_vm_struct(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct *prev, *next = find_vma_prev(mm, vma->vm_start, &prev);

	if (next && next->vm_start < vma->vm_end)
		return -ENOMEM;
	vma_link(mm, vma, prev);
	return 0;
}

/* ---- joining and splitting ---- */

/* Flags in which joined neighbours may differ: the union has what one of them has. */
#define VM_MERGE_IGNORE	(VM_ANONPAGES | VM_ACCOUNT)

static bool can_merge(const struct vm_area_struct *vma, unsigned long vm_flags, struct file *file)
{
	return !((vma->vm_flags ^ vm_flags) & ~VM_MERGE_IGNORE) && vma->vm_file == file &&
	       !(vm_flags & (VM_GROWSDOWN | VM_IO | VM_DENYWRITE)) && !vma->vm_private_data &&
	       !(vma->vm_ops && vma->vm_ops->close);
}

/* A union of which one part was charged for is charged for as a whole. */
static void charge_union(struct vm_area_struct *vma, unsigned long other_flags,
			 unsigned long other_pages)
{
	if (!((vma->vm_flags ^ other_flags) & VM_ACCOUNT))
		return;
	vm_committed += vma->vm_flags & VM_ACCOUNT ? other_pages : vma_pages(vma);
	vma->vm_flags |= VM_ACCOUNT;
}

/* Joins `next` into `vma`, which it follows without a gap. */
static void absorb_next(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct *next = vma->vm_next;

	charge_union(vma, next->vm_flags, vma_pages(next));
	vma->vm_end = next->vm_end;
	vma->vm_flags |= next->vm_flags & VM_ANONPAGES;
	vma_unlink(mm, next, vma);
	free_vma(next);
}

static bool continues(const struct vm_area_struct *vma, const struct vm_area_struct *next)
{
	return vma->vm_end == next->vm_start && vma->vm_ops == next->vm_ops &&
	       (!vma->vm_file ||
		vma->vm_pgoff + ((vma->vm_end - vma->vm_start) >> PAGE_SHIFT) == next->vm_pgoff);
}

/* Joins vma with its successor where the two are alike. True when it did. */
bool vma_merge_next(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct *next = vma->vm_next;

	if (!next || !continues(vma, next) || !can_merge(vma, next->vm_flags, next->vm_file) ||
	    !can_merge(next, vma->vm_flags, vma->vm_file))
		return false;
	absorb_next(mm, vma);
	return true;
}

/* Joins what is alike in [start, end) and at its two ends. */
void vma_merge_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *prev, *vma = find_vma_prev(mm, start, &prev);

	if (prev)
		vma = prev;
	while (vma && vma->vm_start <= end)
		if (!vma_merge_next(mm, vma))
			vma = vma->vm_next;
}

/*
 * Grows prev over [prev->vm_end, end) when the new mapping would only continue it.
 * Spares a VMA for heaps and for mappings that are made side by side.
 */
static bool vma_extend(struct mm_struct *mm, struct vm_area_struct *prev, unsigned long addr,
		       unsigned long end, unsigned long vm_flags, struct file *file,
		       unsigned long pgoff)
{
	if (!prev || prev->vm_end != addr || !can_merge(prev, vm_flags, file))
		return false;
	if (file && prev->vm_pgoff + ((addr - prev->vm_start) >> PAGE_SHIFT) != pgoff)
		return false;
	charge_union(prev, vm_flags, (end - addr) >> PAGE_SHIFT);
	prev->vm_end = end;
	vma_merge_next(mm, prev);
	return true;
}

/* A copy that is in no list yet, with references of its own; NULL: no memory. */
struct vm_area_struct *vma_dup(const struct vm_area_struct *vma)
{
	struct vm_area_struct *copy = kmem_cache_alloc(vm_area_cachep, GFP_KERNEL);

	if (!copy)
		return NULL;
	*copy = *vma;
	copy->vm_next = NULL;
	if (copy->vm_file) {
		copy->vm_file->f_count++;
		list_add(&copy->shared, &vma->vm_file->f_dentry->d_inode->i_mapping->i_mmap);
		if (copy->vm_flags & VM_DENYWRITE)
			deny_write_access(copy->vm_file->f_dentry->d_inode);
	}
	if (copy->vm_ops && copy->vm_ops->open)
		copy->vm_ops->open(copy);
	return copy;
}

/* Cuts a VMA in two at addr; `vma` stays the lower part. 0 or -ENOMEM. */
int split_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr)
{
	struct vm_area_struct *upper;

	if (mm->map_count >= MAX_MAP_COUNT)
		return -ENOMEM;
	upper = vma_dup(vma);
	if (!upper)
		return -ENOMEM;
	upper->vm_start = addr;
	upper->vm_pgoff += (addr - vma->vm_start) >> PAGE_SHIFT;
	vma->vm_end = addr;
	vma_link(mm, upper, vma);
	return 0;
}

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

	if (addr >= len + PAGE_SIZE) {
		vma = find_vma(mm, addr - len);
		if (!vma || addr <= vma->vm_start)
			return mm->free_area_cache = addr - len;
	}
	addr = mm->mmap_base;
	while (addr >= len + PAGE_SIZE) {
		vma = find_vma(mm, addr - len);
		if (!vma || addr <= vma->vm_start)
			return mm->free_area_cache = addr - len;
		addr = vma->vm_start;
	}
	return 0;
}

/* The stack side of the gap, when everything below mmap_base is taken. */
static unsigned long find_hole_above(struct mm_struct *mm, unsigned long len)
{
	unsigned long addr = mm->mmap_base;
	struct vm_area_struct *vma;

	for (vma = find_vma(mm, addr);; addr = vma->vm_end, vma = vma->vm_next) {
		unsigned long end = vma ? vma->vm_start : mm->task_size;

		if (vma && (vma->vm_flags & VM_GROWSDOWN))
			end = end > STACK_GUARD_GAP ? end - STACK_GUARD_GAP : 0;
		if (end > addr && end - addr >= len)
			return addr;
		if (!vma)
			return 0;
	}
}

unsigned long get_unmapped_area(struct file *file, unsigned long addr, unsigned long len,
				unsigned long pgoff, unsigned long flags)
{
	struct mm_struct *mm = current->mm;

	(void)file;
	(void)pgoff;
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
	if (addr) {
		addr = PAGE_ALIGN(addr);
		if (addr >= MMAP_MIN_ADDR && addr <= mm->task_size - len &&
		    !find_vma_intersection(mm, addr, addr + len))
			return addr;
	}
	addr = find_hole(mm, len);
	if (!addr)
		addr = find_hole_above(mm, len);
	return addr ? addr : (unsigned long)-ENOMEM;
}

/* ---- mapping ---- */

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
	if ((flags & MAP_TYPE) == MAP_PRIVATE)
		return 0;
	if ((prot & PROT_WRITE) && !(file->f_mode & FMODE_WRITE))
		return -EACCES;
	*vm_flags |= VM_SHARED;
	if (!(file->f_mode & FMODE_WRITE))
		*vm_flags &= ~VM_MAYWRITE;
	return 0;
}

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

/* Makes and fills a VMA for a mapping whose range is free, and charged if VM_ACCOUNT says so. */
static unsigned long map_region(struct file *file, unsigned long addr, unsigned long len,
				unsigned long vm_flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma, *prev;
	int error;

	find_vma_prev(mm, addr, &prev);
	if (vma_extend(mm, prev, addr, addr + len, vm_flags, file, pgoff))
		goto out;

	vma = kmem_cache_zalloc(vm_area_cachep, GFP_KERNEL);
	if (!vma)
		return -ENOMEM;
	vma->vm_mm = mm;
	vma->vm_start = addr;
	vma->vm_end = addr + len;
	vma->vm_flags = vm_flags;
	vma->vm_page_prot = vm_get_page_prot(vm_flags);
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

/* Brings every page of a range in: MAP_POPULATE and locked mappings. */
void populate_range(struct mm_struct *mm, unsigned long addr, unsigned long end)
{
	while (addr < end) {
		struct vm_area_struct *vma = find_vma(mm, addr);
		bool write;

		if (!vma || vma->vm_start > addr)
			return;
		write = (vma->vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE;
		for (; addr < end && addr < vma->vm_end; addr += PAGE_SIZE)
			if (fatal_signal_pending(current) ||
			    handle_mm_fault(mm, vma, addr, write) >= VM_FAULT_SIGBUS)
				return;
	}
}

unsigned long do_mmap_pgoff(struct file *file, unsigned long addr, unsigned long len,
			    unsigned long prot, unsigned long flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	unsigned long vm_flags, type = flags & MAP_TYPE;
	int error;

	if (!len || (type != MAP_SHARED && type != MAP_PRIVATE))
		return -EINVAL;
	len = PAGE_ALIGN(len);
	if (!len)
		return -ENOMEM;
	if (pgoff + (len >> PAGE_SHIFT) < pgoff)
		return -EOVERFLOW;

	vm_flags = calc_vm_flags(prot, flags) | mm->def_flags;
	if (file) {
		error = check_file_rights(file, prot, flags, &vm_flags);
		if (error)
			return error;
		if (flags & MAP_DENYWRITE)
			vm_flags |= VM_DENYWRITE;
	} else {
		pgoff = 0;
		if (type == MAP_SHARED)
			vm_flags |= VM_SHARED;
	}
	addr = get_unmapped_area(file, addr, len, pgoff, flags);
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
		addr = charge_and_map(file, addr, len, vm_flags, pgoff);
	}
	if (!IS_ERR_VALUE(addr) && ((flags & MAP_POPULATE) || (vm_flags & VM_LOCKED)))
		populate_range(mm, addr, addr + len);
	return addr;
}

/* ---- unmapping ---- */

/*
 * Frees the tables that served [start, end), now part of the hole between prev and next, unless
 * they reach into one of these. Only those can have become unused.
 */
static void free_hole_tables(struct mm_struct *mm, unsigned long start, unsigned long end,
			     struct vm_area_struct *prev, struct vm_area_struct *next)
{
	unsigned long floor = prev ? prev->vm_end : 0;
	unsigned long ceiling = next ? next->vm_start : ALIGN(mm->task_size, PMD_SIZE);

	free_page_tables(mm, max(floor, start & PMD_MASK), min(ceiling, ALIGN(end, PMD_SIZE)));
}

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
	if (vma->vm_start < start) {
		error = split_vma(mm, vma, start);
		if (error)
			return error;
		prev = vma;
		vma = vma->vm_next;
	}
	next = find_vma(mm, end);
	if (next && next->vm_start < end) {
		error = split_vma(mm, next, end);
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

/* The last user of an address space is gone: everything goes. */
void exit_mmap(struct mm_struct *mm)
{
	struct vm_area_struct *vma, *next;

	for (vma = mm->mmap; vma; vma = vma->vm_next)
		zap_page_range(vma, vma->vm_start, vma->vm_end - vma->vm_start);
	for (vma = mm->mmap; vma; vma = next) {
		unsigned long start = vma->vm_start & PMD_MASK, end = ALIGN(vma->vm_end, PMD_SIZE);

		next = vma->vm_next;
		if (next)
			end = min(end, next->vm_start);	/* a shared table goes with the next */
		mm->mmap = next;
		vm_uncharge(vma_charge(vma));
		free_vma(vma);
		free_page_tables(mm, start, end);
	}
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

void __init vma_init(void)
{
	vm_area_cachep = kmem_cache_create("vm_area_struct", sizeof(struct vm_area_struct), 0,
					   SLAB_PANIC, NULL);
}
