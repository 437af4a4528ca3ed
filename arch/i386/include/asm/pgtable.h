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

typedef struct {
	int unused;
} mm_context_t;

/* The last 128 MB of the kernel space are never lowmem. */
#define VMALLOC_OFFSET	(8 * 1024 * 1024)
#define VMALLOC_FIRST	0xF8000000UL
#define VMALLOC_START	vmalloc_start()
#define VMALLOC_END	0xFF7FF000UL
#define MAXMEM		(VMALLOC_FIRST - PAGE_OFFSET)	/* most lowmem: 896 MB */
unsigned long vmalloc_start(void);

#define PGDIR_SHIFT	22
#define PGDIR_SIZE	(1UL << PGDIR_SHIFT)
#define PGDIR_MASK	(~(PGDIR_SIZE - 1))
#define PMD_SHIFT	PGDIR_SHIFT
#define PMD_SIZE	PGDIR_SIZE
#define PMD_MASK	PGDIR_MASK
#define PTRS_PER_PGD	1024
#define PTRS_PER_PMD	1
#define PTRS_PER_PTE	1024
#define USER_PTRS_PER_PGD (TASK_SIZE / PGDIR_SIZE)

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

#define pte_none(x)	(!pte_val(x))
#define pte_present(x)	(pte_val(x) & (_PAGE_PRESENT | _PAGE_PROTNONE))
#define pte_write(x)	(pte_val(x) & _PAGE_RW)
#define pte_dirty(x)	(pte_val(x) & _PAGE_DIRTY)
#define pte_young(x)	(pte_val(x) & _PAGE_ACCESSED)
#define pte_pfn(x)	(pte_val(x) >> PAGE_SHIFT)
#define pte_page(x)	pfn_to_page(pte_pfn(x))

static inline pte_t pfn_pte(unsigned long pfn, pgprot_t prot)
{
	return __pte((pfn << PAGE_SHIFT) | pgprot_val(prot));
}
#define mk_pte(page, prot)	pfn_pte(page_to_pfn(page), prot)

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

/* Clears the accessed bit; returns what it was. */
static inline bool ptep_test_and_clear_young(pte_t *ptep)
{
	bool young = pte_young(*ptep);

	if (young)
		set_pte(ptep, pte_mkold(*ptep));
	return young;
}

/* ---- swap entries: type 0..31, offset in pages ---- */

typedef struct {
	unsigned long val;
} swp_entry_t;

#define SWP_TYPE(e)		(((e).val >> 1) & 0x1f)
#define SWP_OFFSET(e)		((e).val >> 8)
#define SWP_ENTRY(type, offset)	((swp_entry_t){ ((type) << 1) | ((offset) << 8) })
#define pte_to_swp_entry(pte)	((swp_entry_t){ pte_val(pte) })
#define swp_entry_to_pte(e)	__pte((e).val)

/* ---- levels ---- */

#define pgd_index(addr)		((addr) >> PGDIR_SHIFT)
#define pgd_offset(mm, addr)	((mm)->pgd + pgd_index(addr))
#define pgd_none(x)		0	/* the folded level is always there */
#define pgd_addr_end(addr, end)	(end)

static inline pmd_t *pmd_offset(pgd_t *pgd, unsigned long addr)
{
	(void)addr;
	return (pmd_t *)pgd;
}
/* Makes a missing middle table: never missing here. */
static inline pmd_t *pmd_alloc(struct mm_struct *mm, pgd_t *pgd, unsigned long addr)
{
	(void)mm;
	return pmd_offset(pgd, addr);
}

#define pmd_none(x)		(!pmd_val(x))
#define pmd_present(x)		(pmd_val(x) & _PAGE_PRESENT)
#define pmd_table(x)		((pte_t *)__va(pmd_val(x) & PAGE_MASK))
#define pmd_clear(pmdp)		(pmd_val(*(pmdp)) = 0)

/* End of the entry that maps addr, or end if that comes first. */
static inline unsigned long pmd_addr_end(unsigned long addr, unsigned long end)
{
	unsigned long next = (addr + PMD_SIZE) & PMD_MASK;

	return next - 1 < end - 1 ? next : end;
}

static inline void pmd_populate(struct mm_struct *mm, pmd_t *pmd, pte_t *table)
{
	(void)mm;
	pmd_val(*pmd) = __pa(table) | _PAGE_PRESENT | _PAGE_RW | _PAGE_USER | _PAGE_ACCESSED;
}

#define pte_index(addr)		(((addr) >> PAGE_SHIFT) & (PTRS_PER_PTE - 1))
#define pte_offset(pmd, addr)	(pmd_table(*(pmd)) + pte_index(addr))

/* Tables from the page allocator; NULL: no memory. May sleep. */
pgd_t *pgd_alloc(struct mm_struct *mm);
void pgd_free(struct mm_struct *mm, pgd_t *pgd);
pte_t *pte_alloc_table(void);		/* cleared */
void pte_free_table(pte_t *table);
/* Entry of a vmalloc address, its table made if missing; NULL: no memory. May sleep. */
pte_t *pte_alloc_kernel(unsigned long addr);

extern pgd_t swapper_pg_dir[PTRS_PER_PGD];

/* ---- the TLB ---- */

static inline void __flush_tlb_one(unsigned long addr)
{
	__asm__ __volatile__("invlpg (%0)" :: "r" (addr) : "memory");
}

void flush_tlb_all(void);		/* global entries too */
void flush_tlb_mm(struct mm_struct *mm);
void flush_tlb_page(struct vm_area_struct *vma, unsigned long addr);
void flush_tlb_range(struct vm_area_struct *vma, unsigned long start, unsigned long end);
void flush_tlb_kernel_range(unsigned long start, unsigned long end);

/* The caches of a PC look through to memory, and so do its walks of page tables: nothing to do. */
#define flush_dcache_page(page)			do { (void)(page); } while (0)
#define flush_icache_range(start, end)		do { } while (0)
#define flush_cache_vmap(start, end)		do { } while (0)
#define update_mmu_cache(vma, addr, pte)	do { (void)(addr); } while (0)

#endif
#endif
