/*
 * What the files of mm/ that change address spaces share with each other.
 */
#ifndef _LINUX_MMAP_H
#define _LINUX_MMAP_H

#include <linux/mm.h>

/* Nothing is ever mapped below: a null pointer, with a small offset, must fault. */
#define MMAP_MIN_ADDR	PAGE_SIZE

pgprot_t vm_get_page_prot(unsigned long vm_flags);
void vma_link(struct mm_struct *mm, struct vm_area_struct *vma, struct vm_area_struct *prev);
struct vm_area_struct *vma_dup(const struct vm_area_struct *vma);
void free_vma(struct vm_area_struct *vma);
int split_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr);
bool vma_merge_next(struct mm_struct *mm, struct vm_area_struct *vma);
void populate_range(struct mm_struct *mm, unsigned long addr, unsigned long end);

/* May current lock that many more pages in memory? 0, -EPERM or -ENOMEM. */
int may_lock_pages(struct mm_struct *mm, unsigned long pages);

/* An unlinked file of that many bytes in memory, for shared anonymous mappings; or ERR_PTR. */
struct file *shmem_file_setup(unsigned long size);

#endif
