/*
 * The kernel's own page tables, and the frames of the machine put under the
 * care of the page allocator.
 *
 *	paging_init()	maps lowmem, makes the tables of pkmap and fixmap,
 *			places mem_map and says which zone each frame is in
 *	mem_init()	gives every frame that is RAM and not in use to the
 *			buddy allocator, prints the map
 *	free_initmem()	gives the boot code's frames back
 *
 * Lowmem is mapped with 4 MB pages, and kept in the TLB over task switches,
 * where the CPU can.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/memmap.h>
#include <linux/mm.h>
#include <linux/highmem.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/slab.h>

#define CR4_PSE		0x10
#define CR4_PGE		0x80

#define DMA_LIMIT_PFN	0x1000UL	/* 16 MB: what an ISA device can reach */

unsigned long __PAGE_KERNEL = _PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY;
pte_t *pkmap_page_table;
pte_t *fixmap_page_table;

struct mm_struct init_mm = {
	.pgd = swapper_pg_dir,
	.mm_users = 2,
	.mm_count = 1,
	.mmlist = LIST_HEAD_INIT(init_mm.mmlist),
	.mmap_sem = { .wait = __WAIT_QUEUE_HEAD_INIT(init_mm.mmap_sem.wait) },
};

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
	flush_tlb_all();
	/* The copy at 0, which head.S ran on, goes: null pointers shall fault. */
	for (pfn = 0; pfn < USER_PTRS_PER_PGD; pfn++)
		swapper_pg_dir[pfn] = __pgd(0);
	flush_tlb_all();
}

/* The one table of a 4 MB range that must exist from the start. */
static pte_t *__init make_table(unsigned long addr)
{
	pte_t *table = alloc_bootmem(PAGE_SIZE);

	swapper_pg_dir[pgd_index(addr)] =
		__pgd(__pa(table) | _PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED);
	return table;
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

	start[ZONE_DMA] = 0;
	end[ZONE_DMA] = start[ZONE_NORMAL] = min(DMA_LIMIT_PFN, max_low_pfn);
	end[ZONE_NORMAL] = start[ZONE_HIGHMEM] = max_low_pfn;
	end[ZONE_HIGHMEM] = max_pfn;
	mem_map = alloc_bootmem(max_pfn * sizeof(struct page));
	free_area_init(start, end);
}

void __init paging_init(void)
{
	place_bootmem();
	map_lowmem();
	pkmap_page_table = make_table(PKMAP_BASE);
	fixmap_page_table = make_table(FIXADDR_TOP) + pte_index(fix_to_virt(0));
	init_zones();
}

/* ---- handing the frames over ---- */

static void __init print_memory_map(void)
{
	unsigned long kernel_kb = (__pa(_end) - __pa(_text)) >> 10;

	printk(KERN_INFO "Memory: %lu KB of RAM: %lu KB low, %lu KB high; kernel %lu KB, "
			 "mem_map %lu KB\n",
	       (totalram_pages + (bootmem_end_pfn() - 0x100)) << 2,
	       (totalram_pages - totalhigh_pages) << 2, totalhigh_pages << 2, kernel_kb,
	       max_pfn * sizeof(struct page) >> 10);
	printk(KERN_INFO "  lowmem  %08lx - %08lx\n", PAGE_OFFSET, (unsigned long)high_memory - 1);
	printk(KERN_INFO "  vmalloc %08lx - %08lx\n", VMALLOC_START, VMALLOC_END - 1);
	printk(KERN_INFO "  pkmap   %08lx - %08lx\n", PKMAP_BASE,
	       PKMAP_BASE + LAST_PKMAP * PAGE_SIZE - 1);
	printk(KERN_INFO "  fixmap  %08lx - %08lx\n", FIXADDR_START, FIXADDR_TOP + PAGE_SIZE - 1);
}

void __init mem_init(void)
{
	unsigned long used_start = __pa(_text) >> PAGE_SHIFT, used_end = bootmem_end_pfn();
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

	memset(__init_begin, 0xcc, __init_end - __init_begin);	/* int3: nobody calls it again */
	free_bootmem_range(start, end);
	printk(KERN_INFO "Freed %lu KB of boot code\n", (end - start) << (PAGE_SHIFT - 10));
}

/* ---- tables of processes ---- */

pgd_t *pgd_alloc(struct mm_struct *mm)
{
	pgd_t *pgd = (pgd_t *)__get_free_page(GFP_KERNEL);

	(void)mm;
	if (pgd) {
		SetPagePageTable(virt_to_page(pgd));
		nr_page_table_pages++;
		memset(pgd, 0, USER_PTRS_PER_PGD * sizeof(pgd_t));
		memcpy(pgd + USER_PTRS_PER_PGD, swapper_pg_dir + USER_PTRS_PER_PGD,
		       (PTRS_PER_PGD - USER_PTRS_PER_PGD) * sizeof(pgd_t));
	}
	return pgd;
}

void pgd_free(struct mm_struct *mm, pgd_t *pgd)
{
	(void)mm;
	nr_page_table_pages--;
	free_page((unsigned long)pgd);
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
	pgd_t *pgd = swapper_pg_dir + pgd_index(addr);
	pte_t *table;

	if (!(pgd_val(*pgd) & _PAGE_PRESENT)) {
		table = pte_alloc_table();
		if (!table)
			return NULL;
		if (pgd_val(*pgd) & _PAGE_PRESENT)	/* somebody made one while we slept */
			pte_free_table(table);
		else
			*pgd = __pgd(__pa(table) | _PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED);
	}
	return pte_offset((pmd_t *)pgd, addr);
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

void flush_tlb_mm(struct mm_struct *mm)
{
	if (mm == current->active_mm)
		write_cr3(read_cr3());
}

void flush_tlb_page(struct vm_area_struct *vma, unsigned long addr)
{
	if (vma->vm_mm == current->active_mm)
		__flush_tlb_one(addr);
}

#define FLUSH_ALL_PAGES	32	/* above this, one reload is cheaper than single flushes */

void flush_tlb_range(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (vma->vm_mm != current->active_mm)
		return;
	if ((end - start) >> PAGE_SHIFT > FLUSH_ALL_PAGES) {
		write_cr3(read_cr3());
		return;
	}
	for (; start < end; start += PAGE_SIZE)
		__flush_tlb_one(start);
}

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	if ((end - start) >> PAGE_SHIFT > FLUSH_ALL_PAGES) {
		flush_tlb_all();
		return;
	}
	for (; start < end; start += PAGE_SIZE)
		__flush_tlb_one(start);
}
