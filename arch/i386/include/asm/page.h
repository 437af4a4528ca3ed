/*
 * Pages, and the linear mapping of lowmem: physical 0 stands at PAGE_OFFSET.
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
#define __LOAD_PHYSICAL	0x00100000	/* where the decompressor puts the kernel */

#ifndef __ASSEMBLY__
#include <linux/types.h>

#define PAGE_OFFSET	0xC0000000UL
#define TASK_SIZE	PAGE_OFFSET	/* user addresses end here */

#define __pa(x)		((unsigned long)(x) - PAGE_OFFSET)
#define __va(x)		((void *)((unsigned long)(x) + PAGE_OFFSET))

typedef struct { unsigned long pte; } pte_t;
typedef struct { unsigned long pgd; } pgd_t;
typedef struct { pgd_t pgd; } pmd_t;		/* folded: two levels only */
typedef struct { unsigned long pgprot; } pgprot_t;

#define pte_val(x)	((x).pte)
#define pgd_val(x)	((x).pgd)
#define pmd_val(x)	((x).pgd.pgd)
#define pgprot_val(x)	((x).pgprot)
#define __pte(x)	((pte_t){ (x) })
#define __pgd(x)	((pgd_t){ (x) })
#define __pgprot(x)	((pgprot_t){ (x) })

/* A page-aligned page, in the fewest instructions. */
static inline void clear_page(void *page)
{
	int ecx, edi;

	__asm__ __volatile__("rep stosl"
		: "=&c" (ecx), "=&D" (edi)
		: "a" (0), "0" (PAGE_SIZE / 4), "1" (page) : "memory");
}

static inline void copy_page(void *to, const void *from)
{
	int ecx, edi, esi;

	__asm__ __volatile__("rep movsl"
		: "=&c" (ecx), "=&D" (edi), "=&S" (esi)
		: "0" (PAGE_SIZE / 4), "1" (to), "2" (from) : "memory");
}

#endif
#endif
