/*
 * Boot: the frames of the machine, put under the care of the page allocator.
 *
 *	zones_init()	places mem_map and says which zone each frame is in; called by
 *			paging_init() of the machine when lowmem is mapped
 *	mem_init()	gives every frame that is RAM and not in use to the buddy
 *			allocator, prints the map
 *	free_initmem()	gives the boot code's frames back
 *
 * Until mem_init() memory comes from bootmem, which takes the frames behind the kernel image.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/memmap.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <asm/dma.h>

struct mm_struct init_mm = {
	.pgd = swapper_pg_dir,
	.mm_users = 2,
	.mm_count = 1,
	.mmlist = LIST_HEAD_INIT(init_mm.mmlist),
	.mmap_sem = { .wait = __WAIT_QUEUE_HEAD_INIT(init_mm.mmap_sem.wait) },
};

/* The range that holds the kernel image: boot-time tables come from behind the image. */
void __init place_bootmem(void)
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

void __init zones_init(void)
{
	unsigned long start[MAX_NR_ZONES], end[MAX_NR_ZONES];

	start[ZONE_DMA] = min_low_pfn;
	end[ZONE_DMA] = start[ZONE_NORMAL] = max(min_low_pfn, min(MAX_DMA_PFN, max_low_pfn));
	end[ZONE_NORMAL] = start[ZONE_HIGHMEM] = max_low_pfn;
	end[ZONE_HIGHMEM] = max_pfn;
	mem_map = alloc_bootmem((max_pfn - min_low_pfn) * sizeof(struct page));
	free_area_init(start, end);
}

/* From the kernel's first byte to the last of bootmem. */
static unsigned long __init kernel_start_pfn(void)
{
	return __pa(KERNEL_START) >> PAGE_SHIFT;
}

static void __init print_memory_map(void)
{
	unsigned long kernel_kb = (__pa(_end) - __pa(_text)) >> 10;
	unsigned long used = bootmem_end_pfn() - kernel_start_pfn();

	printk(KERN_INFO "Memory: %lu KB of RAM: %lu KB low, %lu KB high; kernel %lu KB, "
			 "mem_map %lu KB\n",
	       (totalram_pages + used) << 2, (totalram_pages - totalhigh_pages) << 2,
	       totalhigh_pages << 2, kernel_kb,
	       (max_pfn - min_low_pfn) * sizeof(struct page) >> 10);
	print_kernel_space();
}

void __init mem_init(void)
{
	unsigned long used_start = kernel_start_pfn(), used_end = bootmem_end_pfn();
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

	/* Nobody calls this code again. */
	memset(__init_begin, POISON_CODE, __init_end - __init_begin);
	flush_icache_range((unsigned long)__init_begin, (unsigned long)__init_end);
	free_bootmem_range(start, end);
	printk(KERN_INFO "Freed %lu KB of boot code\n", (end - start) << (PAGE_SHIFT - 10));
}
