/*
 * Changing from one address space to another.
 */
#ifndef _ASM_MMU_CONTEXT_H
#define _ASM_MMU_CONTEXT_H

#include <linux/mm.h>
#include <linux/sched.h>

static inline int init_new_context(struct task_struct *p, struct mm_struct *mm)
{
	(void)p;
	(void)mm;
	return 0;
}

static inline void destroy_context(struct mm_struct *mm)
{
	(void)mm;
}

/* Loads next's page directory unless it is loaded already. Interrupts off. */
static inline void switch_mm(struct mm_struct *prev, struct mm_struct *next,
			     struct task_struct *task)
{
	(void)task;
	if (prev != next)
		write_cr3(__pa(next->pgd));
}

/* The directory in use. */
static inline pgd_t *current_pgd(void)
{
	return (pgd_t *)__va(read_cr3() & PAGE_MASK);
}

/* exec: current begins to use a fresh address space. */
#define activate_mm(prev, next)	switch_mm(prev, next, current)

#endif
