/*
 * /proc/memmap: the frames of the machine as a picture, and what they add up to.
 *
 * 0.12's whole memory was one array, mem_map[], a byte per frame, and its show_mem()
 * counted it. This is the same look at today's mem_map[]: each letter stands for a few
 * frames side by side and tells what most of them are used for; below it, a table counts every
 * frame of RAM exactly once. Rows begin anew at each zone.
 *
 * What a frame is for is read from its flags. Of a block of several pages only the first
 * tells: a frame with no count that heads no free block belongs to the block before.
 */
#include <linux/proc_fs.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/shmem_fs.h>
#include <linux/string.h>

#define COLUMNS		64
#define MAX_ROWS	32
#define KB(pages)	((pages) << (PAGE_SHIFT - 10))

enum frame_use {
	USE_FREE, USE_IMAGE, USE_KERNEL, USE_SLAB, USE_PGTABLE, USE_STACK, USE_VMALLOC,
	USE_BUFFER, USE_FILE, USE_SHM, USE_SWAPCACHE, USE_ANON, USE_PIPE, USE_NO_RAM, NR_USES
};

static const struct {
	char letter;
	const char *name;
} uses[NR_USES] = {
	[USE_FREE] = { '.', "free" },
	[USE_IMAGE] = { 'K', "kernel image, mem_map" },
	[USE_KERNEL] = { 'k', "other pages of the kernel" },
	[USE_SLAB] = { 's', "slab" },
	[USE_PGTABLE] = { 't', "page tables" },
	[USE_STACK] = { 'x', "tasks, kernel stacks" },
	[USE_VMALLOC] = { 'v', "vmalloc" },
	[USE_BUFFER] = { 'b', "buffer cache" },
	[USE_FILE] = { 'f', "page cache of files" },
	[USE_SHM] = { 'm', "tmpfs, shared memory" },
	[USE_SWAPCACHE] = { 'w', "swap cache" },
	[USE_ANON] = { 'a', "anonymous" },
	[USE_PIPE] = { 'p', "pipes" },
	[USE_NO_RAM] = { '#', "no RAM" },
};

/* Where a walk over the frames of a zone stands. */
struct frame_walk {
	unsigned long free_end;		/* behind the last free block */
	enum frame_use last;
};

struct frame_counts {
	unsigned long in[MAX_NR_ZONES][NR_USES];
};

/* ---- what is it? ---- */

/* A used frame, by the flags of its page. */
static enum frame_use page_use(const struct page *page)
{
	if (PageSlab(page))
		return USE_SLAB;
	if (PagePageTable(page))
		return USE_PGTABLE;
	if (PageStack(page))
		return USE_STACK;
	if (PageVmalloc(page))
		return USE_VMALLOC;
	if (PageBuffer(page))
		return USE_BUFFER;
	if (PageAnon(page) && (page->mapcount || !PageSwapCache(page)))
		return USE_ANON;
	if (PageSwapCache(page))
		return USE_SWAPCACHE;
	if (page->mapping)
		return shmem_mapping(page->mapping) ? USE_SHM : USE_FILE;
	return PagePipe(page) ? USE_PIPE : USE_KERNEL;
}

static enum frame_use frame_use(struct frame_walk *walk, unsigned long pfn)
{
	const struct page *page = pfn_to_page(pfn);

	if (pfn < walk->free_end)
		return USE_FREE;
	if (PageBuddy(page)) {
		walk->free_end = pfn + (1UL << page->private);
		walk->last = USE_FREE;
	} else if (PageReserved(page)) {
		walk->last = page_is_ram(pfn) ? USE_IMAGE : USE_NO_RAM;
	} else if (page_count(page)) {
		walk->last = page_use(page);
	}
	return walk->last;
}

/* ---- the picture ---- */

/* What most of the frames [pfn, end) are for; all are counted in `count`. */
static enum frame_use cell_use(struct frame_walk *walk, unsigned long pfn, unsigned long end,
			       unsigned long *count)
{
	unsigned int here[NR_USES] = { 0 };
	enum frame_use use, most = USE_FREE;

	for (; pfn < end; pfn++) {
		use = frame_use(walk, pfn);
		here[use]++;
		count[use]++;
	}
	for (use = 0; use < NR_USES; use++)
		if (here[use] > here[most])
			most = use;
	return most;
}

static void draw_zone(struct seq_file *m, const struct zone *zone, unsigned long scale,
		      unsigned long *count)
{
	unsigned long pfn = zone->start_pfn, end = pfn + zone->spanned_pages;
	struct frame_walk walk = { 0, USE_KERNEL };
	char row[COLUMNS + 1];
	unsigned int i;

	seq_printf(m, "-------- zone %s, %lu KB from frame %lu\n", zone->name,
		   KB(zone->spanned_pages), pfn);
	while (pfn < end) {
		seq_printf(m, "%08lx ", pfn << PAGE_SHIFT);
		for (i = 0; i < COLUMNS && pfn < end; i++) {
			unsigned long next = min(pfn + scale, end);

			row[i] = uses[cell_use(&walk, pfn, next, count)].letter;
			pfn = next;
		}
		row[i] = '\0';
		seq_printf(m, "%s\n", row);
		cond_resched();
	}
}

/* Frames per letter: a power of two, so that rows begin at round addresses. */
static unsigned long picture_scale(void)
{
	unsigned long scale = 1;

	while (scale * COLUMNS * MAX_ROWS < max_pfn - min_low_pfn)
		scale *= 2;
	return scale;
}

/* ---- the table ---- */

static void show_use(struct seq_file *m, const struct frame_counts *counts, enum frame_use use,
		     unsigned long *sum)
{
	unsigned long all = 0;
	int zone;

	seq_printf(m, " %c  %-26s", uses[use].letter, uses[use].name);
	for (zone = 0; zone < MAX_NR_ZONES; zone++) {
		unsigned long n = counts->in[zone][use];

		seq_printf(m, " %8lu", n);
		sum[zone] += n;
		all += n;
	}
	seq_printf(m, " %8lu %9lu\n", all, KB(all));
}

static void show_table(struct seq_file *m, const struct frame_counts *counts)
{
	unsigned long ram[MAX_NR_ZONES] = { 0 }, rest[MAX_NR_ZONES] = { 0 }, all = 0;
	enum frame_use use;
	int zone;

	seq_printf(m, "\n    %-26s %8s %8s %8s %8s %9s\n", "", zones[ZONE_DMA].name,
		   zones[ZONE_NORMAL].name, zones[ZONE_HIGHMEM].name, "pages", "KB");
	for (use = 0; use < USE_NO_RAM; use++)
		show_use(m, counts, use, ram);
	for (zone = 0; zone < MAX_NR_ZONES; zone++)
		all += ram[zone];
	seq_printf(m, "    %-26s %8lu %8lu %8lu %8lu %9lu\n", "RAM", ram[ZONE_DMA],
		   ram[ZONE_NORMAL], ram[ZONE_HIGHMEM], all, KB(all));
	show_use(m, counts, USE_NO_RAM, rest);
}

static int memmap_show(struct seq_file *m, void *data)
{
	unsigned long scale = picture_scale();
	struct frame_counts counts;
	int zone;

	(void)data;
	memset(&counts, 0, sizeof(counts));
	drain_hot_pages();
	seq_printf(m, "One letter is %lu KB: %lu frame%s; the letters are explained below.\n",
		   KB(scale), scale, scale > 1 ? "s, told by what most of them are for" : "");
	for (zone = 0; zone < MAX_NR_ZONES; zone++)
		if (zones[zone].spanned_pages)
			draw_zone(m, &zones[zone], scale, counts.in[zone]);
	show_table(m, &counts);
	return 0;
}

static int __init proc_memmap_init(void)
{
	create_proc_entry("memmap", 0444, memmap_show, NULL, NULL);
	return 0;
}
initcall_fs(proc_memmap_init);
