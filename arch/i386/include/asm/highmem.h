/*
 * The fixmap: addresses at the top of the kernel space that are fixed at
 * compile time, filled by set_fixmap() or by kmap_atomic(); and the place of
 * the pkmap slots of kmap().
 *
 *	FF800000  pkmap, 1024 slots
 *	FFC00000  unused
 *	  ...     fixmap, growing down from FFFFF000 by index
 */
#ifndef _ASM_HIGHMEM_H
#define _ASM_HIGHMEM_H

#include <asm/page.h>
#include <asm/pgtable.h>

#define PKMAP_BASE	0xFF800000UL
#define LAST_PKMAP	1024

#define KM_SLOTS	16		/* kmap_atomic slots per CPU: at least KM_TYPE_NR */

enum fixed_addresses {
	FIX_HOLE,			/* the last page stays empty: catches -1 pointers */
	FIX_KMAP_BEGIN,
	FIX_KMAP_END = FIX_KMAP_BEGIN + KM_SLOTS - 1,
	FIX_MEM,			/* /dev/mem: the frame it looks at */
	FIX_TEST,			/* lent to the self-tests */
	__end_of_fixed_addresses
};

#define FIXADDR_TOP	0xFFFFF000UL
#define FIXADDR_START	(FIXADDR_TOP - ((__end_of_fixed_addresses - 1) << PAGE_SHIFT))

#define fix_to_virt(idx)	(FIXADDR_TOP - ((unsigned long)(idx) << PAGE_SHIFT))
#define virt_to_fix(addr)	((FIXADDR_TOP - ((addr) & PAGE_MASK)) >> PAGE_SHIFT)

extern pte_t *pkmap_page_table;		/* entry of PKMAP_BASE */
extern pte_t *fixmap_page_table;	/* entry of index 0; the others lie below */

static inline pte_t *fixmap_pte(enum fixed_addresses idx)
{
	return fixmap_page_table - idx;
}

#endif
