/*
 * The kernel's own page tables: paging_init() maps lowmem, makes the tables of pkmap and fixmap,
 * and calls what places mem_map (mm/init.c).
 *
 * Lowmem is mapped with 4 MB pages, and kept in the TLB over task switches,
 * where the CPU can.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/highmem.h>
#include <asm/processor.h>

#define CR4_PSE		0x10
#define CR4_PGE		0x80

unsigned long __PAGE_KERNEL = _PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY;
pte_t *pkmap_page_table;
pte_t *fixmap_page_table;

static void __init set_cr4(unsigned long bits)
{
	unsigned long cr4;

	__asm__ __volatile__("movl %%cr4,%0 ; orl %1,%0 ; movl %0,%%cr4"
			     : "=&r" (cr4) : "r" (bits));
}

unsigned long vmalloc_start(void)
{
	unsigned long behind = ((unsigned long)high_memory + VMALLOC_OFFSET) & PAGE_MASK;

	return max(behind, VMALLOC_FIRST);
}

/* ---- lowmem ---- */

/* One directory entry of lowmem: a 4 MB page, or a table of 4 KB pages. */
static void __init map_lowmem_entry(unsigned long pfn, bool big_pages)
{
	unsigned long addr = (unsigned long)__va(pfn << PAGE_SHIFT);
	pgd_t *pgd = swapper_pg_dir + pgd_index(addr);
	pte_t *table;
	unsigned int i;

	if (big_pages && pfn + PTRS_PER_PTE <= max_low_pfn) {
		*pgd = __pgd((pfn << PAGE_SHIFT) | __PAGE_KERNEL | _PAGE_PSE);
		return;
	}
	table = alloc_bootmem(PAGE_SIZE);
	for (i = 0; i < PTRS_PER_PTE && pfn + i < max_low_pfn; i++)
		table[i] = pfn_pte(pfn + i, PAGE_KERNEL);
	*pgd = __pgd(__pa(table) | _PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED);
}

static void __init map_lowmem(void)
{
	bool big_pages = cpu_has(X86_FEATURE_PSE);
	unsigned long pfn;

	if (big_pages)
		set_cr4(CR4_PSE);
	if (cpu_has(X86_FEATURE_PGE)) {
		set_cr4(CR4_PGE);
		__PAGE_KERNEL |= _PAGE_GLOBAL;
	}
	for (pfn = 0; pfn < max_low_pfn; pfn += PTRS_PER_PTE)
		map_lowmem_entry(pfn, big_pages);
	local_flush_tlb_all();
	/* The copy at 0, which head.S ran on, goes: null pointers shall fault. */
	for (pfn = 0; pfn < USER_PTRS_PER_PGD; pfn++)
		swapper_pg_dir[pfn] = __pgd(0);
	local_flush_tlb_all();
}

void __init paging_init(void)
{
	place_bootmem();
	map_lowmem();
	pkmap_page_table = pte_alloc_boot(PKMAP_BASE);
	fixmap_page_table = pte_alloc_boot(FIXADDR_TOP) + pte_index(fix_to_virt(0));
	zones_init();
}

void __init print_kernel_space(void)
{
	printk(KERN_INFO "  lowmem  %08lx - %08lx\n", PAGE_OFFSET, (unsigned long)high_memory - 1);
	printk(KERN_INFO "  vmalloc %08lx - %08lx\n", VMALLOC_START, VMALLOC_END - 1);
	printk(KERN_INFO "  pkmap   %08lx - %08lx\n", PKMAP_BASE,
	       PKMAP_BASE + LAST_PKMAP * PAGE_SIZE - 1);
	printk(KERN_INFO "  fixmap  %08lx - %08lx\n", FIXADDR_START, FIXADDR_TOP + PAGE_SIZE - 1);
}

void local_flush_tlb_all(void)
{
	unsigned long cr4;

	if (!cpu_has(X86_FEATURE_PGE)) {
		write_cr3(read_cr3());
		return;
	}
	/* Global entries go when PGE is switched off and on. */
	__asm__ __volatile__("movl %%cr4,%0" : "=r" (cr4));
	__asm__ __volatile__("movl %0,%%cr4" :: "r" (cr4 & ~CR4_PGE) : "memory");
	__asm__ __volatile__("movl %0,%%cr4" :: "r" (cr4 | CR4_PGE) : "memory");
}
