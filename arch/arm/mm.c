/*
 * The kernel's own page tables: paging_init() maps lowmem and the vectors, makes the tables of
 * pkmap and DMA, and calls what places mem_map (mm/init.c).
 *
 * Lowmem is mapped with sections of 1 MB. Only those of the kernel image may be executed.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/highmem.h>
#include <linux/string.h>
#include <asm/dma.h>
#include <asm/fault.h>

pte_t *pkmap_page_table;
pte_t *dma_page_table;

#define PAGES_PER_SECTION	(1UL << (SECTION_SHIFT - PAGE_SHIFT))

unsigned long vmalloc_start(void)
{
	return ALIGN((unsigned long)high_memory + VMALLOC_OFFSET, PMD_SIZE);
}

/* ---- lowmem ---- */

/* The CPU's directory entry of a kernel address, one per megabyte. */
static unsigned long *__init section_entry(unsigned long addr)
{
	return (unsigned long *)swapper_pg_dir + (addr >> SECTION_SHIFT);
}

/* The last frames of lowmem, less than a megabyte: a table of 4 KB pages. */
static void __init map_lowmem_rest(unsigned long pfn)
{
	unsigned long addr = (unsigned long)__va(pfn << PAGE_SHIFT);
	pte_t *table = alloc_bootmem(PAGE_SIZE);
	pmd_t both;

	for (; pfn < max_low_pfn; pfn++)
		set_pte(table + pte_index((unsigned long)__va(pfn << PAGE_SHIFT)),
			pfn_pte(pfn, PAGE_KERNEL));
	__pmd_populate(&both, __pa(table), PMD_KERNEL_TABLE);
	*section_entry(addr) = both.pgd.pgd[(addr >> SECTION_SHIFT) & 1];
}

static void __init map_lowmem(void)
{
	unsigned long pfn, image_end = (unsigned long)_end;

	for (pfn = min_low_pfn; pfn + PAGES_PER_SECTION <= max_low_pfn; pfn += PAGES_PER_SECTION) {
		unsigned long addr = (unsigned long)__va(pfn << PAGE_SHIFT);

		*section_entry(addr) = (pfn << PAGE_SHIFT) | PMD_SECT_KERNEL |
				       (addr < image_end ? 0 : PMD_SECT_XN);
	}
	/* What head.S ran on goes: user addresses shall fault. */
	memset(swapper_pg_dir, 0, USER_PTRS_PER_PGD * sizeof(pgd_t));
	local_flush_tlb_all();
	if (pfn < max_low_pfn)
		map_lowmem_rest(pfn);
	/* The section with the tags of the boot loader may have lain behind lowmem. */
	for (pfn = ALIGN(max_low_pfn, PAGES_PER_SECTION);
	     (unsigned long)__va(pfn << PAGE_SHIFT) < VMALLOC_END; pfn += PAGES_PER_SECTION)
		*section_entry((unsigned long)__va(pfn << PAGE_SHIFT)) = 0;
	local_flush_tlb_all();
}

/* A frame of lowmem, mapped a second time at FFFF0000, where everybody may read and execute it. */
static void __init map_vectors(void)
{
	void *vectors = alloc_bootmem(PAGE_SIZE);

	early_trap_init(vectors);
	flush_icache_range((unsigned long)vectors, (unsigned long)vectors + PAGE_SIZE);
	set_pte(fixmap_table + pte_index(VECTORS_BASE),
		pfn_pte(__pa(vectors) >> PAGE_SHIFT,
			__pgprot((pgprot_val(PAGE_READEXEC) | _PAGE_DIRTY) & ~_PAGE_NG)));
	local_flush_tlb_all();
}

void __init paging_init(void)
{
	place_bootmem();
	map_lowmem();
	pkmap_page_table = pte_alloc_boot(PKMAP_BASE);
	dma_page_table = pte_alloc_boot(DMA_START);
	map_vectors();
	zones_init();
}

void __init print_kernel_space(void)
{
	printk(KERN_INFO "  modules %08lx - %08lx\n", MODULES_START, MODULES_END - 1);
	printk(KERN_INFO "  pkmap   %08lx - %08lx\n", PKMAP_BASE,
	       PKMAP_BASE + LAST_PKMAP * PAGE_SIZE - 1);
	printk(KERN_INFO "  lowmem  %08lx - %08lx\n", PAGE_OFFSET, (unsigned long)high_memory - 1);
	printk(KERN_INFO "  vmalloc %08lx - %08lx\n", VMALLOC_START, VMALLOC_END - 1);
	printk(KERN_INFO "  DMA     %08lx - %08lx\n", DMA_START, DMA_END - 1);
	printk(KERN_INFO "  fixmap  %08lx - %08lx\n", FIXADDR_START, FIXADDR_TOP - 1);
	printk(KERN_INFO "  vectors %08lx - %08lx\n", VECTORS_BASE, VECTORS_BASE + PAGE_SIZE - 1);
}
