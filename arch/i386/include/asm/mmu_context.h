/*
 * Changing from one address space to another.
 */
#ifndef _ASM_MMU_CONTEXT_H
#define _ASM_MMU_CONTEXT_H

#include <linux/mm.h>

/* Loads next's page directory unless it is loaded already. Interrupts off. */
static inline void switch_mm(struct mm_struct *prev, struct mm_struct *next)
{
	if (prev != next)
		write_cr3(__pa(next->pgd));
}

/* The directory in use. */
static inline pgd_t *current_pgd(void)
{
	return (pgd_t *)__va(read_cr3() & PAGE_MASK);
}

#endif
