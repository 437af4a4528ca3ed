/*
 * /proc/meminfo: where the memory of the machine is, in KB. Each line is counted where the
 * memory is taken and given back; only vmalloc's areas and the slabs are added up here.
 */
#include <linux/proc_fs.h>
#include <linux/buffer_head.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/pagemap.h>
#include <linux/shmem_fs.h>
#include <linux/slab.h>
#include <linux/slab_def.h>
#include <linux/swap.h>
#include <linux/vmalloc.h>

static void show_pages(struct seq_file *m, const char *name, unsigned long pages)
{
	seq_printf(m, "%-14s %8lu kB\n", name, pages << (PAGE_SHIFT - 10));
}

static void slab_pages(unsigned long *all, unsigned long *reclaimable)
{
	struct kmem_cache *c;

	*all = *reclaimable = 0;
	list_for_each_entry(c, &cache_chain, next) {
		unsigned long pages = c->nr_slabs << c->order;

		*all += pages;
		if (c->flags & SLAB_RECLAIM_ACCOUNT)
			*reclaimable += pages;
	}
}

/* What programs can still have without swap: free and easily freed, less what zones keep back. */
static unsigned long available_pages(unsigned long reclaimable)
{
	unsigned long pages = nr_free_pages() + reclaimable, kept = 0;
	int n;

	pages += nr_pagecache - swapper_space.nrpages - nr_shmem_pages;
	for (n = 0; n < MAX_NR_ZONES; n++)
		kept += min(zones[n].pages_high + zones[n].lowmem_reserve, zones[n].free_pages);
	return pages > kept ? pages - kept : 0;
}

static void show_memory(struct seq_file *m, unsigned long reclaimable)
{
	unsigned long free = nr_free_pages(), high = nr_free_highpages();
	unsigned long cached = nr_pagecache - swapper_space.nrpages, active, inactive;

	show_pages(m, "MemTotal:", totalram_pages);
	show_pages(m, "MemFree:", free);
	show_pages(m, "MemAvailable:", available_pages(reclaimable));
	show_pages(m, "Buffers:", nr_buffer_pages);
	show_pages(m, "Cached:", cached);
	show_pages(m, "SwapCached:", swapper_space.nrpages);
	count_active_pages(&active, &inactive);
	show_pages(m, "Active:", active);
	show_pages(m, "Inactive:", inactive);
	show_pages(m, "HighTotal:", totalhigh_pages);
	show_pages(m, "HighFree:", high);
	show_pages(m, "LowTotal:", totalram_pages - totalhigh_pages);
	show_pages(m, "LowFree:", free - high);
	show_pages(m, "SwapTotal:", total_swap_pages);
	show_pages(m, "SwapFree:", nr_swap_pages);
}

/* All of the range, what areas take (with their guard pages), and the largest hole. */
static void show_vmalloc(struct seq_file *m)
{
	unsigned long used = 0, largest = 0, from = VMALLOC_START;
	const struct vm_struct *area;

	for (area = vmlist; area; area = area->next) {
		largest = max(largest, (unsigned long)area->addr - from);
		from = (unsigned long)area->addr + area->size;
		used += area->size;
	}
	largest = max(largest, VMALLOC_END - from);
	show_pages(m, "VmallocTotal:", (VMALLOC_END - VMALLOC_START) >> PAGE_SHIFT);
	show_pages(m, "VmallocUsed:", used >> PAGE_SHIFT);
	show_pages(m, "VmallocChunk:", largest >> PAGE_SHIFT);
}

static int meminfo_show(struct seq_file *m, void *data)
{
	unsigned long slab, reclaimable;

	(void)data;
	slab_pages(&slab, &reclaimable);
	show_memory(m, reclaimable);
	show_pages(m, "Dirty:", nr_dirty_pages);
	show_pages(m, "Writeback:", nr_writeback_pages);
	show_pages(m, "AnonPages:", nr_anon_pages);
	show_pages(m, "Mapped:", nr_mapped_pages);
	show_pages(m, "Shmem:", nr_shmem_pages);
	show_pages(m, "Slab:", slab);
	show_pages(m, "SReclaimable:", reclaimable);
	show_pages(m, "SUnreclaim:", slab - reclaimable);
	show_pages(m, "KernelStack:", nr_stack_pages);
	show_pages(m, "PageTables:", nr_page_table_pages);
	show_pages(m, "CommitLimit:", vm_commit_limit());
	show_pages(m, "Committed_AS:", vm_committed);
	show_vmalloc(m);
	return 0;
}

static int __init proc_meminfo_init(void)
{
	create_proc_entry("meminfo", 0444, meminfo_show, NULL, NULL);
	return 0;
}
initcall_fs(proc_meminfo_init);
