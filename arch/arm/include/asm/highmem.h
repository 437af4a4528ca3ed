/*
 * The fixmap: addresses at the top of the kernel space that are fixed at
 * compile time, filled by set_fixmap() or by kmap_atomic(); and the place of
 * the pkmap slots of kmap().
 *
 *	BFE00000  pkmap, 512 slots, below the kernel
 *	FFF00000  fixmap, growing up by index: 16 kmap_atomic slots per CPU first
 *	FFFE0000  its end; then the page of the vectors at FFFF0000
 *
 * The table of the last 2 MB is part of the kernel image and entered by head.S, so that
 * set_fixmap() works from the first instruction in C on.
 */
#ifndef _ASM_HIGHMEM_H
#define _ASM_HIGHMEM_H

#include <asm/page.h>
#include <asm/pgtable.h>

#define PKMAP_BASE	0xBFE00000UL
#define LAST_PKMAP	512

#define KM_SLOTS	16		/* kmap_atomic slots per CPU: at least KM_TYPE_NR */

enum fixed_addresses {
	FIX_KMAP_BEGIN,
	FIX_KMAP_END = FIX_KMAP_BEGIN + KM_SLOTS - 1,
	FIX_UART,			/* devices that are used before there is ioremap(): */
	FIX_SYSREGS,			/* the first serial line, the system registers, */
	FIX_TIMER,			/* the tick, */
	FIX_RTC,			/* the clock, */
	FIX_GIC_CPU,			/* the interrupt controller's two halves */
	FIX_GIC_DIST,
	FIX_MEM,			/* /dev/mem: the frame it looks at */
	FIX_TEST,			/* lent to the self-tests */
	__end_of_fixed_addresses
};

#define FIXADDR_START	0xFFF00000UL
#define FIXADDR_TOP	0xFFFE0000UL	/* the first address behind it */

#define fix_to_virt(idx)	(FIXADDR_START + ((unsigned long)(idx) << PAGE_SHIFT))
#define virt_to_fix(addr)	(((addr) - FIXADDR_START) >> PAGE_SHIFT)

extern pte_t *pkmap_page_table;		/* entry of PKMAP_BASE */
extern pte_t fixmap_table[];		/* the last 2 MB: from FFE00000 on */

static inline pte_t *fixmap_pte(enum fixed_addresses idx)
{
	return fixmap_table + pte_index(FIXADDR_START) + idx;
}

#endif
