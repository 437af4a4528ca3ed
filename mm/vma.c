/*
 * VMAs: the ranges a process' address space is made of, as a set.
 *
 * They are kept twice: in a list sorted by address, for walks, and in a red-black
 * tree, for find_vma(), which every fault calls. mmap_cache remembers the last answer.
 * VMAs never overlap; neighbours that describe one and the same thing are
 * joined, and who wants to change a part of one cuts it first. What the set looks like after mmap,
 * munmap and the like is up to mmap.c, mremap.c, mprotect.c, madvise.c and mlock.c.
 *
 * Whoever changes VMAs holds mmap_sem for writing.
 */
#include <linux/mm.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/init.h>
#include <linux/mmap.h>
#include <linux/string.h>

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

/*
 * The list has told where it belongs, so the tree needs no search: of two neighbours either the
 * first has no right child, or the second stands below it on the right and has no left one.
 */
static void vma_rb_insert(struct mm_struct *mm, struct vm_area_struct *vma,
			  struct vm_area_struct *prev)
{
	struct vm_area_struct *next = vma->vm_next;
	struct rb_node **link, *parent;

	if (prev && !prev->vm_rb.rb_right) {
		parent = &prev->vm_rb;
		link = &parent->rb_right;
	} else if (next) {
		parent = &next->vm_rb;
		link = &parent->rb_left;
	} else {
		parent = NULL;
		link = &mm->mm_rb.rb_node;
	}
	rb_link_node(&vma->vm_rb, parent, link);
	rb_insert_color(&vma->vm_rb, &mm->mm_rb);
}

void vma_link(struct mm_struct *mm, struct vm_area_struct *vma, struct vm_area_struct *prev)
{
	if (prev) {
		vma->vm_next = prev->vm_next;
		prev->vm_next = vma;
	} else {
		vma->vm_next = mm->mmap;
		mm->mmap = vma;
	}
	vma_rb_insert(mm, vma, prev);
	mm->map_count++;
}

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

bool vma_join(struct mm_struct *mm, struct vm_area_struct *vma, struct vm_area_struct *next)
{
	if (vma->vm_ops != next->vm_ops ||
	    (vma->vm_file && vma->vm_pgoff + vma_pages(vma) != next->vm_pgoff) ||
	    !can_merge(vma, next->vm_flags, next->vm_file) ||
	    !can_merge(next, vma->vm_flags, vma->vm_file))
		return false;
	charge_union(vma, next->vm_flags, vma_pages(next));
	vma->vm_end = next->vm_end;
	vma->vm_flags |= next->vm_flags & VM_ANONPAGES;
	vma_unlink(mm, next, vma);
	free_vma(next);
	return true;
}

void vma_merge_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *prev, *vma = find_vma_prev(mm, start, &prev);

	if (prev)
		vma = prev;
	while (vma && vma->vm_start <= end)
		if (!vma_merge_next(mm, vma))
			vma = vma->vm_next;
}

bool vma_extend(struct vm_area_struct *vma, unsigned long end, unsigned long vm_flags,
		struct file *file, unsigned long pgoff)
{
	if (!can_merge(vma, vm_flags, file))
		return false;
	if (file && vma->vm_pgoff + vma_pages(vma) != pgoff)
		return false;
	charge_union(vma, vm_flags, (end - vma->vm_end) >> PAGE_SHIFT);
	vma->vm_end = end;
	vma_merge_next(vma->vm_mm, vma);
	return true;
}

struct vm_area_struct *vma_create(struct mm_struct *mm, unsigned long start, unsigned long end,
				  unsigned long vm_flags)
{
	struct vm_area_struct *vma = kmem_cache_zalloc(vm_area_cachep, GFP_KERNEL);

	if (!vma)
		return NULL;
	vma->vm_mm = mm;
	vma->vm_start = start;
	vma->vm_end = end;
	vma->vm_flags = vm_flags;
	vma->vm_page_prot = vm_get_page_prot(vm_flags);
	return vma;
}

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

int cut_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr)
{
	struct vm_area_struct *upper = vma_dup(vma);

	if (!upper)
		return -ENOMEM;
	upper->vm_start = addr;
	upper->vm_pgoff += (addr - vma->vm_start) >> PAGE_SHIFT;
	vma->vm_end = addr;
	vma_link(mm, upper, vma);
	return 0;
}

int split_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr)
{
	return mm->map_count >= MAX_MAP_COUNT ? -ENOMEM : cut_vma(mm, vma, addr);
}

void __init vma_init(void)
{
	vm_area_cachep = kmem_cache_create("vm_area_struct", sizeof(struct vm_area_struct), 0,
					   SLAB_PANIC, NULL);
}
