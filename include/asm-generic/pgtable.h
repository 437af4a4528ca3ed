/*
 * What is the same in every machine's page tables of two levels: generic code walks
 * pgd -> pmd -> pte, and the middle level is the directory entry itself. <asm/pgtable.h> includes
 * this file at its end; it defines the entries, the sizes of the levels, and
 *
 *	pte_present() ... set_pte()	what generic code does with one entry
 *	SWP_TYPE_SHIFT			where the type of a swap entry begins
 *	pmd_populate(mm, pmd, table)	enters a table of user addresses
 *	pmd_populate_kernel(pmd, table)	the same for a table of kernel addresses
 *	PGD_ORDER			a directory takes 1 << PGD_ORDER pages
 *	KERNEL_START			the first byte of lowmem that the kernel itself takes
 *	local_flush_tlb_all()		forget everything, global entries too
 *	local_flush_tlb_user()		forget all entries of programs
 *	__flush_tlb_one(addr)		forget one page, the kernel's or a program's
 *	invalidate_branches()		behind the last of several __flush_tlb_one()
 */
#ifndef _ASM_GENERIC_PGTABLE_H
#define _ASM_GENERIC_PGTABLE_H

#include <asm/page.h>

/* ---- entries ---- */

#define pte_none(x)		(!pte_val(x))
#define pte_pfn(x)		(pte_val(x) >> PAGE_SHIFT)
#define pte_page(x)		pfn_to_page(pte_pfn(x))
#define mk_pte(page, prot)	pfn_pte(page_to_pfn(page), prot)

static inline pte_t pfn_pte(unsigned long pfn, pgprot_t prot)
{
	return __pte((pfn << PAGE_SHIFT) | pgprot_val(prot));
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

#define SWP_TYPE(e)		(((e).val >> SWP_TYPE_SHIFT) & 0x1f)
#define SWP_OFFSET(e)		((e).val >> 8)
#define SWP_ENTRY(type, offset)	((swp_entry_t){ ((type) << SWP_TYPE_SHIFT) | ((offset) << 8) })
#define pte_to_swp_entry(pte)	((swp_entry_t){ pte_val(pte) })
#define swp_entry_to_pte(e)	__pte((e).val)

/* ---- levels ---- */

#define PMD_SHIFT		PGDIR_SHIFT
#define PGDIR_SIZE		(1UL << PGDIR_SHIFT)
#define PGDIR_MASK		(~(PGDIR_SIZE - 1))
#define PMD_SIZE		PGDIR_SIZE
#define PMD_MASK		PGDIR_MASK
#define PTRS_PER_PMD		1
#define USER_PTRS_PER_PGD	(TASK_SIZE / PGDIR_SIZE)

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
#define pmd_table(x)		((pte_t *)__va(pmd_val(x) & PAGE_MASK))

/* End of the entry that maps addr, or end if that comes first. */
static inline unsigned long pmd_addr_end(unsigned long addr, unsigned long end)
{
	unsigned long next = (addr + PMD_SIZE) & PMD_MASK;

	return next - 1 < end - 1 ? next : end;
}

#define pte_index(addr)		(((addr) >> PAGE_SHIFT) & (PTRS_PER_PTE - 1))
#define pte_offset(pmd, addr)	(pmd_table(*(pmd)) + pte_index(addr))

/* ---- tables from the page allocator: mm/pgtable.c. NULL: no memory. May sleep ---- */

pgd_t *pgd_alloc(struct mm_struct *mm);
void pgd_free(struct mm_struct *mm, pgd_t *pgd);
pte_t *pte_alloc_table(void);		/* cleared */
void pte_free_table(pte_t *table);
/* Entry of a vmalloc address, its table made if missing. */
pte_t *pte_alloc_kernel(unsigned long addr);
/* The table of an address of the kernel, from bootmem. Boot only. */
pte_t *pte_alloc_boot(unsigned long addr);

extern pgd_t swapper_pg_dir[PTRS_PER_PGD];

/* ---- the TLB: mm/tlb.c. Any context ---- */

void flush_tlb_all(void);		/* global entries too */
void flush_tlb_mm(struct mm_struct *mm);
void flush_tlb_page(struct vm_area_struct *vma, unsigned long addr);
void flush_tlb_range(struct vm_area_struct *vma, unsigned long start, unsigned long end);
void flush_tlb_kernel_range(unsigned long start, unsigned long end);

#endif
