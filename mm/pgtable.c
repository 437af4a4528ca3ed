/*
 * Page tables come and go: the directories and tables of processes, and those of the kernel that
 * are made when they are first used. What is in them: <asm/pgtable.h>.
 */
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/string.h>

#define PGD_PAGES	(1UL << PGD_ORDER)

/* ---- of processes ---- */

pgd_t *pgd_alloc(struct mm_struct *mm)
{
	pgd_t *pgd = (pgd_t *)__get_free_pages(GFP_KERNEL, PGD_ORDER);

	(void)mm;
	if (pgd) {
		SetPagePageTable(virt_to_page(pgd));
		nr_page_table_pages += PGD_PAGES;
		memset(pgd, 0, USER_PTRS_PER_PGD * sizeof(pgd_t));
		memcpy(pgd + USER_PTRS_PER_PGD, swapper_pg_dir + USER_PTRS_PER_PGD,
		       (PTRS_PER_PGD - USER_PTRS_PER_PGD) * sizeof(pgd_t));
	}
	return pgd;
}

void pgd_free(struct mm_struct *mm, pgd_t *pgd)
{
	(void)mm;
	nr_page_table_pages -= PGD_PAGES;
	free_pages((unsigned long)pgd, PGD_ORDER);
}

pte_t *pte_alloc_table(void)
{
	unsigned long table = get_zeroed_page(GFP_KERNEL);

	if (table) {
		SetPagePageTable(virt_to_page(table));
		nr_page_table_pages++;
	}
	return (pte_t *)table;
}

void pte_free_table(pte_t *table)
{
	nr_page_table_pages--;
	free_page((unsigned long)table);
}

/* ---- of the kernel ---- */

static pmd_t *kernel_pmd(unsigned long addr)
{
	return pmd_offset(swapper_pg_dir + pgd_index(addr), addr);
}

pte_t *pte_alloc_kernel(unsigned long addr)
{
	pmd_t *pmd = kernel_pmd(addr);
	pte_t *table;

	if (pmd_none(*pmd)) {
		table = pte_alloc_table();
		if (!table)
			return NULL;
		if (!pmd_none(*pmd))		/* somebody made one while we slept */
			pte_free_table(table);
		else
			pmd_populate_kernel(pmd, table);
	}
	return pte_offset(pmd, addr);
}

pte_t *__init pte_alloc_boot(unsigned long addr)
{
	pte_t *table = alloc_bootmem(PAGE_SIZE);

	pmd_populate_kernel(kernel_pmd(addr), table);
	return table;
}

/* ---- fixed addresses ---- */

void set_fixmap(enum fixed_addresses idx, unsigned long phys, pgprot_t prot)
{
	set_pte(fixmap_pte(idx), pfn_pte(phys >> PAGE_SHIFT, prot));
	__flush_tlb_one(fix_to_virt(idx));
}

void clear_fixmap(enum fixed_addresses idx)
{
	pte_clear(fixmap_pte(idx));
	__flush_tlb_one(fix_to_virt(idx));
}
