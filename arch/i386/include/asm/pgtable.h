/*
 * Page tables of the 386: 1024 directory entries of 4 MB each, 1024 table
 * entries of 4 KB each. Generic code walks pgd -> pmd -> pte; here the middle
 * level is the directory entry itself.
 *
 * An entry (Intel SDM vol. 3, 4.3):
 *
 *	31            12 11 9 8 7 6 5 4 3 2 1 0
 *	+---------------+----+-+-+-+-+-+-+-+-+-+
 *	| frame number  |free|G|S|D|A|C|T|U|W|P|
 *	+---------------+----+-+-+-+-+-+-+-+-+-+
 *	P present  W writable  U user  A accessed  D dirty  S 4 MB  G global
 *
 * Not present but not zero, it is ours:
 *
 *	a swap entry		offset << 8 | type << 1, bit 7 clear
 *	PROT_NONE		bit 7 set: the frame is there, the CPU faults
 */
#ifndef _ASM_PGTABLE_H
#define _ASM_PGTABLE_H

#define _PAGE_PRESENT	0x001
#define _PAGE_RW	0x002
#define _PAGE_USER	0x004
#define _PAGE_PWT	0x008
#define _PAGE_PCD	0x010
#define _PAGE_ACCESSED	0x020
#define _PAGE_DIRTY	0x040
#define _PAGE_PSE	0x080		/* in the directory: a 4 MB page */
#define _PAGE_GLOBAL	0x100
#define _PAGE_PROTNONE	0x080		/* when not present */

#ifndef __ASSEMBLY__
#include <asm/page.h>
#include <asm/system.h>

struct page;
struct mm_struct;
struct vm_area_struct;

/* The last 128 MB of the kernel space are never lowmem. */
#define VMALLOC_OFFSET	(8 * 1024 * 1024)
#define VMALLOC_FIRST	0xF8000000UL
#define VMALLOC_START	vmalloc_start()
#define VMALLOC_END	0xFF7FF000UL
#define MAXMEM		(VMALLOC_FIRST - PAGE_OFFSET)	/* most lowmem: 896 MB */
unsigned long vmalloc_start(void);

#define PGDIR_SHIFT	22
#define PTRS_PER_PGD	1024
#define PTRS_PER_PTE	1024
#define PGD_ORDER	0

#define KERNEL_START	_text

extern unsigned long __PAGE_KERNEL;	/* with the global bit where the CPU has it */

#define PAGE_NONE	__pgprot(_PAGE_PROTNONE | _PAGE_ACCESSED)
#define PAGE_SHARED	__pgprot(_PAGE_PRESENT | _PAGE_RW | _PAGE_USER | _PAGE_ACCESSED)
#define PAGE_COPY	__pgprot(_PAGE_PRESENT | _PAGE_USER | _PAGE_ACCESSED)
#define PAGE_READONLY	__pgprot(_PAGE_PRESENT | _PAGE_USER | _PAGE_ACCESSED)
#define PAGE_KERNEL	__pgprot(__PAGE_KERNEL)
#define PAGE_KERNEL_NOCACHE __pgprot(__PAGE_KERNEL | _PAGE_PCD | _PAGE_PWT)

/* The 386 cannot forbid reading or executing a page it shows. */
#define __P000	PAGE_NONE
#define __P001	PAGE_READONLY
#define __P010	PAGE_COPY
#define __P011	PAGE_COPY
#define __P100	PAGE_READONLY
#define __P101	PAGE_READONLY
#define __P110	PAGE_COPY
#define __P111	PAGE_COPY
#define __S000	PAGE_NONE
#define __S001	PAGE_READONLY
#define __S010	PAGE_SHARED
#define __S011	PAGE_SHARED
#define __S100	PAGE_READONLY
#define __S101	PAGE_READONLY
#define __S110	PAGE_SHARED
#define __S111	PAGE_SHARED

/* The same protection for registers of a device. */
static inline pgprot_t pgprot_noncached(pgprot_t prot)
{
	return __pgprot(pgprot_val(prot) | _PAGE_PCD | _PAGE_PWT);
}

/* ---- entries ---- */

#define pte_present(x)	(pte_val(x) & (_PAGE_PRESENT | _PAGE_PROTNONE))
#define pte_write(x)	(pte_val(x) & _PAGE_RW)
#define pte_dirty(x)	(pte_val(x) & _PAGE_DIRTY)
#define pte_young(x)	(pte_val(x) & _PAGE_ACCESSED)

static inline pte_t pte_mkwrite(pte_t pte)	{ return __pte(pte_val(pte) | _PAGE_RW); }
static inline pte_t pte_wrprotect(pte_t pte)	{ return __pte(pte_val(pte) & ~_PAGE_RW); }
static inline pte_t pte_mkdirty(pte_t pte)	{ return __pte(pte_val(pte) | _PAGE_DIRTY); }
static inline pte_t pte_mkclean(pte_t pte)	{ return __pte(pte_val(pte) & ~_PAGE_DIRTY); }
static inline pte_t pte_mkyoung(pte_t pte)	{ return __pte(pte_val(pte) | _PAGE_ACCESSED); }
static inline pte_t pte_mkold(pte_t pte)	{ return __pte(pte_val(pte) & ~_PAGE_ACCESSED); }

/* fork: the child has not used the page yet. */
#define pte_of_child(pte)	pte_mkold(pte)

/* The same frame under another protection; accessed and dirty stay. */
static inline pte_t pte_modify(pte_t pte, pgprot_t prot)
{
	return __pte((pte_val(pte) & (PAGE_MASK | _PAGE_ACCESSED | _PAGE_DIRTY)) |
		     pgprot_val(prot));
}

static inline void set_pte(pte_t *ptep, pte_t pte)
{
	*(volatile unsigned long *)&ptep->pte = pte.pte;
}
#define pte_clear(ptep)	set_pte(ptep, __pte(0))

/* One instruction, so that no accessed or dirty bit is lost. */
static inline pte_t ptep_get_and_clear(pte_t *ptep)
{
	unsigned long v = 0;

	__asm__ __volatile__("xchgl %0,%1" : "+r" (v), "+m" (ptep->pte));
	return __pte(v);
}

/* Where the type of a swap entry begins; its offset is above bit 7. */
#define SWP_TYPE_SHIFT	1

/* ---- levels ---- */

#define pmd_present(x)		(pmd_val(x) & _PAGE_PRESENT)
#define pmd_clear(pmdp)		(pmd_val(*(pmdp)) = 0)

static inline void pmd_populate(struct mm_struct *mm, pmd_t *pmd, pte_t *table)
{
	(void)mm;
	pmd_val(*pmd) = __pa(table) | _PAGE_PRESENT | _PAGE_RW | _PAGE_USER | _PAGE_ACCESSED;
}

static inline void pmd_populate_kernel(pmd_t *pmd, pte_t *table)
{
	pmd_val(*pmd) = __pa(table) | _PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED;
}

/* ---- the TLB ---- */

static inline void __flush_tlb_one(unsigned long addr)
{
	__asm__ __volatile__("invlpg (%0)" :: "r" (addr) : "memory");
}

void local_flush_tlb_all(void);		/* mm.c */
#define local_flush_tlb_user()			write_cr3(read_cr3())
#define invalidate_branches()			do { } while (0)

/* The caches of a PC look through to memory, and so do its walks of page tables: nothing to do. */
#define flush_dcache_page(page)			do { (void)(page); } while (0)
#define flush_icache_range(start, end)		do { } while (0)
#define flush_cache_vmap(start, end)		do { } while (0)
#define update_mmu_cache(vma, addr, pte)	do { (void)(addr); } while (0)

#include <asm-generic/pgtable.h>

#endif
#endif
