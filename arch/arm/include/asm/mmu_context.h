/*
 * Changing from one address space to another.
 *
 * All address spaces use the same number (0) in the TLB, and a change empties the TLB of
 * everything that is not the kernel's: one instruction, for the entries of
 * programs carry nG. The caches know physical addresses and stay.
 */
#ifndef _ASM_MMU_CONTEXT_H
#define _ASM_MMU_CONTEXT_H

#include <linux/mm.h>

/* Loads next's page directory unless it is loaded already. Interrupts off. */
static inline void switch_mm(struct mm_struct *prev, struct mm_struct *next)
{
	if (prev != next) {
		write_ttbr(__pa(next->pgd));
		local_flush_tlb_user();
	}
}

/* The directory in use. */
static inline pgd_t *current_pgd(void)
{
	return (pgd_t *)__va(read_ttbr());
}

#endif
