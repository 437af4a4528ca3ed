/*
 * Pages, and the linear mapping of lowmem: RAM begins at physical PHYS_OFFSET,
 * which stands at PAGE_OFFSET.
 *
 * The types of page table entries are structs so that the compiler tells them
 * from plain numbers; only <asm/pgtable.h> looks inside.
 */
#ifndef _ASM_PAGE_H
#define _ASM_PAGE_H

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define PAGE_ALIGN(a)	(((a) + PAGE_SIZE - 1) & PAGE_MASK)

#define __PAGE_OFFSET	0xC0000000
#define __PHYS_OFFSET	0x60000000	/* the first RAM of the board */
#define TEXT_OFFSET	0x8000		/* the kernel stands this far into RAM: kernel.lds */

#ifndef __ASSEMBLY__
#include <linux/types.h>

#define PAGE_OFFSET	0xC0000000UL
#define PHYS_OFFSET	0x60000000UL
#define TASK_SIZE	0xBF000000UL	/* user addresses end here; modules begin */

#define __pa(x)		((unsigned long)(x) - PAGE_OFFSET + PHYS_OFFSET)
#define __va(x)		((void *)((unsigned long)(x) - PHYS_OFFSET + PAGE_OFFSET))

typedef struct { unsigned long pte; } pte_t;
typedef struct { unsigned long pgd[2]; } pgd_t;	/* two entries of the CPU: 2 MB */
typedef struct { pgd_t pgd; } pmd_t;		/* folded: two levels only */
typedef struct { unsigned long pgprot; } pgprot_t;

#define pte_val(x)	((x).pte)
#define pgd_val(x)	((x).pgd[0])
#define pmd_val(x)	((x).pgd.pgd[0])
#define pgprot_val(x)	((x).pgprot)
#define __pte(x)	((pte_t){ (x) })
#define __pgprot(x)	((pgprot_t){ (x) })

/* A page-aligned page, in the fewest instructions: copy.S. */
void clear_page(void *page);
void copy_page(void *to, const void *from);

#endif
#endif
