/*
 * The kernel's own page tables, and the frames of the machine put under the
 * care of the page allocator.
 *
 *	paging_init()	maps lowmem and the vectors, makes the tables of pkmap
 *			and DMA, places mem_map and says which zone each frame is in
 *	mem_init()	gives every frame that is RAM and not in use to the
 *			buddy allocator, prints the map
 *	free_initmem()	gives the boot code's frames back
 *
 * Lowmem is mapped with sections of 1 MB. Only those of the kernel image may be executed.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/memmap.h>
#include <linux/mm.h>
#include <linux/highmem.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/slab.h>
#include <asm/dma.h>
#include <asm/fault.h>

pte_t *pkmap_page_table;
pte_t *dma_page_table;

struct mm_struct init_mm = {
	.pgd = swapper_pg_dir,
	.mm_users = 2,
	.mm_count = 1,
	.mmlist = LIST_HEAD_INIT(init_mm.mmlist),
	.mmap_sem = { .wait = __WAIT_QUEUE_HEAD_INIT(init_mm.mmap_sem.wait) },
};

#define PMD_KERNEL_TABLE	(PMD_TABLE | PMD_DOMAIN(DOMAIN_KERNEL))
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

/* The one table of a 2 MB range that must exist from the start. */
static pte_t *__init make_table(unsigned long addr)
{
	pte_t *table = alloc_bootmem(PAGE_SIZE);
	pgd_t *pgd = swapper_pg_dir + pgd_index(addr);

	__pmd_populate(pmd_offset(pgd, addr), __pa(table), PMD_KERNEL_TABLE);
	return table;
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

/* ---- zones ---- */

/* The range that holds the kernel image: boot-time tables come from behind the image. */
static void __init place_bootmem(void)
{
	unsigned long kernel_end = (__pa(_end) + PAGE_SIZE - 1) >> PAGE_SHIFT;
	unsigned int i;

	for (i = 0; i < nr_ram_ranges; i++) {
		struct ram_range *r = &ram_ranges[i];

		if (r->start_pfn <= kernel_end && kernel_end < r->end_pfn) {
			bootmem_init(kernel_end, min(r->end_pfn, max_low_pfn));
			return;
		}
	}
	panic("no memory behind the kernel");
}

static void __init init_zones(void)
{
	unsigned long start[MAX_NR_ZONES], end[MAX_NR_ZONES];

	/* Every device reaches all of RAM: there is no zone for ISA. */
	start[ZONE_DMA] = end[ZONE_DMA] = start[ZONE_NORMAL] = min_low_pfn;
	end[ZONE_NORMAL] = start[ZONE_HIGHMEM] = max_low_pfn;
	end[ZONE_HIGHMEM] = max_pfn;
	mem_map = alloc_bootmem((max_pfn - min_low_pfn) * sizeof(struct page));
	free_area_init(start, end);
}

void __init paging_init(void)
{
	place_bootmem();
	map_lowmem();
	pkmap_page_table = make_table(PKMAP_BASE);
	dma_page_table = make_table(DMA_START);
	map_vectors();
	init_zones();
}

/* ---- handing the frames over ---- */

static void __init print_memory_map(void)
{
	unsigned long kernel_kb = (__pa(_end) - __pa(_text)) >> 10;
	unsigned long used = bootmem_end_pfn() - (__pa(swapper_pg_dir) >> PAGE_SHIFT);

	printk(KERN_INFO "Memory: %lu KB of RAM: %lu KB low, %lu KB high; kernel %lu KB, "
			 "mem_map %lu KB\n",
	       (totalram_pages + used) << 2, (totalram_pages - totalhigh_pages) << 2,
	       totalhigh_pages << 2, kernel_kb,
	       (max_pfn - min_low_pfn) * sizeof(struct page) >> 10);
	printk(KERN_INFO "  modules %08lx - %08lx\n", MODULES_START, MODULES_END - 1);
	printk(KERN_INFO "  pkmap   %08lx - %08lx\n", PKMAP_BASE,
	       PKMAP_BASE + LAST_PKMAP * PAGE_SIZE - 1);
	printk(KERN_INFO "  lowmem  %08lx - %08lx\n", PAGE_OFFSET, (unsigned long)high_memory - 1);
	printk(KERN_INFO "  vmalloc %08lx - %08lx\n", VMALLOC_START, VMALLOC_END - 1);
	printk(KERN_INFO "  DMA     %08lx - %08lx\n", DMA_START, DMA_END - 1);
	printk(KERN_INFO "  fixmap  %08lx - %08lx\n", FIXADDR_START, FIXADDR_TOP - 1);
	printk(KERN_INFO "  vectors %08lx - %08lx\n", VECTORS_BASE, VECTORS_BASE + PAGE_SIZE - 1);
}

void __init mem_init(void)
{
	unsigned long used_start = __pa(swapper_pg_dir) >> PAGE_SHIFT;
	unsigned long used_end = bootmem_end_pfn();
	unsigned int i;

	for (i = 0; i < nr_ram_ranges; i++) {
		unsigned long start = ram_ranges[i].start_pfn, end = ram_ranges[i].end_pfn;

		if (start < used_start)
			free_bootmem_range(start, min(end, used_start));
		if (end > used_end)
			free_bootmem_range(max(start, used_end), end);
	}
	setup_watermarks();
	zero_page = virt_to_page(get_zeroed_page(GFP_KERNEL));
	SetPageReserved(zero_page);
	print_memory_map();
}

void free_initmem(void)
{
	unsigned long start = __pa(__init_begin) >> PAGE_SHIFT;
	unsigned long end = __pa(__init_end) >> PAGE_SHIFT;

	memset(__init_begin, 0xff,
	       __init_end - __init_begin); /* undefined: nobody calls it again */
	flush_icache_range((unsigned long)__init_begin, (unsigned long)__init_end);
	free_bootmem_range(start, end);
	printk(KERN_INFO "Freed %lu KB of boot code\n", (end - start) << (PAGE_SHIFT - 10));
}

/* ---- tables of processes ---- */

#define PGD_PAGES	(1UL << PGD_ORDER)

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

pte_t *pte_alloc_kernel(unsigned long addr)
{
	pmd_t *pmd = pmd_offset(swapper_pg_dir + pgd_index(addr), addr);
	pte_t *table;

	if (pmd_none(*pmd)) {
		table = pte_alloc_table();
		if (!table)
			return NULL;
		if (!pmd_none(*pmd))		/* somebody made one while we slept */
			pte_free_table(table);
		else
			__pmd_populate(pmd, __pa(table), PMD_KERNEL_TABLE);
	}
	return pte_offset(pmd, addr);
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

/* ---- the TLB ---- */

void flush_tlb_all(void)
{
	local_flush_tlb_all();
}

void flush_tlb_mm(struct mm_struct *mm)
{
	if (mm == current->active_mm)
		local_flush_tlb_user();
}

void flush_tlb_page(struct vm_area_struct *vma, unsigned long addr)
{
	if (vma->vm_mm == current->active_mm)
		__flush_tlb_one(addr);
}

#define FLUSH_ALL_PAGES	32	/* above this, one flush of all is cheaper than single ones */

void flush_tlb_range(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (vma->vm_mm != current->active_mm)
		return;
	if ((end - start) >> PAGE_SHIFT > FLUSH_ALL_PAGES) {
		local_flush_tlb_user();
		return;
	}
	for (; start < end; start += PAGE_SIZE)
		__flush_tlb_one(start);
	invalidate_branches();
}

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	if ((end - start) >> PAGE_SHIFT > FLUSH_ALL_PAGES) {
		local_flush_tlb_all();
		return;
	}
	for (; start < end; start += PAGE_SIZE)
		__flush_tlb_one(start);
	invalidate_branches();
}
