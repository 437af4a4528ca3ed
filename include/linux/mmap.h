/*
 * What the files of mm/ that change address spaces share with each other.
 */
#ifndef _LINUX_MMAP_H
#define _LINUX_MMAP_H

#include <linux/mm.h>
#include <linux/rbtree.h>

/* Nothing is ever mapped below: a null pointer, with a small offset, must fault. */
#define MMAP_MIN_ADDR	PAGE_SIZE
/* Kept free below a stack. */
#define STACK_GUARD_GAP	(256 * PAGE_SIZE)

/* Page protection that VM_READ, VM_WRITE, VM_EXEC and VM_SHARED ask for. */
pgprot_t vm_get_page_prot(unsigned long vm_flags);
/* A VMA of mm that is in no list yet, protected as its flags say. NULL: no memory. May sleep. */
struct vm_area_struct *vma_create(struct mm_struct *mm, unsigned long start, unsigned long end,
				  unsigned long vm_flags);
/* mmap_sem is held for writing around all that follows. Enters a VMA behind prev (NULL: first). */
void vma_link(struct mm_struct *mm, struct vm_area_struct *vma, struct vm_area_struct *prev);
/* Takes it out again; prev is the VMA before it, or NULL. */
static inline void vma_unlink(struct mm_struct *mm, struct vm_area_struct *vma,
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
/* A copy in no list yet, with references of its own; NULL: no memory. */
struct vm_area_struct *vma_dup(const struct vm_area_struct *vma);
/* Drops what a VMA refers to, and the VMA; its pages are gone already. May sleep. */
void free_vma(struct vm_area_struct *vma);
/* Cuts a VMA in two at addr, `vma` stays the lower part. 0 or -ENOMEM. */
int split_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr);
/* The same, also when there are MAX_MAP_COUNT of them: for who removes one part at once. */
int cut_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr);
/*
 * Grows vma to `end` when a new mapping behind it would only continue it, and joins it with its
 * successor; true when it did. That spares a VMA for heaps and for mappings that are made side by
 * side.
 */
bool vma_extend(struct vm_area_struct *vma, unsigned long end, unsigned long vm_flags,
		struct file *file, unsigned long pgoff);
/* Joins vma with its successor `next`, which it touches, if the two are alike; true when it did. */
bool vma_join(struct mm_struct *mm, struct vm_area_struct *vma, struct vm_area_struct *next);
/* The same for whatever its successor is. */
static inline bool vma_merge_next(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct *next = vma->vm_next;

	return next && next->vm_start == vma->vm_end && vma_join(mm, vma, next);
}
/* Joins what is alike in [start, end) and at its two ends. */
void vma_merge_range(struct mm_struct *mm, unsigned long start, unsigned long end);
/*
 * Brings in every page of a range, up to the first one that cannot be had: -ENOMEM, it is not
 * mapped, or allows no access, or lies behind the end of a file; -EAGAIN, there is no memory.
 * mmap_sem held. Sleeps.
 */
int populate_range(struct mm_struct *mm, unsigned long addr, unsigned long end);

/*
 * Others that come to lie below a VMA must end here: there is a guard below a stack, so that to run
 * over its end is a fault and not a store to somebody else's page.
 */
static inline unsigned long vma_floor(const struct vm_area_struct *vma)
{
	unsigned long start = vma->vm_start;

	if (likely(!(vma->vm_flags & VM_GROWSDOWN)))
		return start;
	return start > STACK_GUARD_GAP ? start - STACK_GUARD_GAP : 0;
}

/* ---- promised memory: mm/overcommit.c. Counts in pages ---- */

#define OVERCOMMIT_GUESS	0
#define OVERCOMMIT_ALWAYS	1
#define OVERCOMMIT_NEVER	2

extern int overcommit_memory;		/* one of these */
extern int overcommit_ratio;		/* per cent of RAM that mode 2 promises */
extern unsigned long vm_committed;	/* the sum of all promises */
unsigned long vm_commit_limit(void);	/* what it may be in mode 2 */
/* One more promise; 0 or -ENOMEM. Never sleeps. */
int vm_charge(unsigned long pages);
/* It is over. */
static inline void vm_uncharge(unsigned long pages)
{
	vm_committed -= pages;
}
/* Is a mapping with these flags to be charged, and is not yet? */
bool vm_needs_charge(unsigned long vm_flags);

/* Pages in a VMA, and those of them that are charged. */
static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

static inline unsigned long vma_charge(const struct vm_area_struct *vma)
{
	return vma->vm_flags & VM_ACCOUNT ? vma_pages(vma) : 0;
}

/* ---- locked memory: mm/mlock.c ---- */

/* May current lock that many more pages in memory? 0, -EPERM (none at all) or -ENOMEM. */
int may_lock_pages(struct mm_struct *mm, unsigned long pages);

#endif
