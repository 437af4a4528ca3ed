/*
 * The files of /proc that show the allocators at work: the buddy system and its zones, the
 * slab caches, the areas of vmalloc. Formats are Linux'.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/ksyms.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/slab_def.h>
#include <linux/vmalloc.h>

/* Free blocks of 2^0 to 2^10 pages; those on the hot list are single pages too. */
static int buddyinfo_show(struct seq_file *m, void *data)
{
	unsigned int order;
	int i;

	(void)data;
	for (i = 0; i < MAX_NR_ZONES; i++) {
		if (!zones[i].present_pages)
			continue;
		seq_printf(m, "Node 0, zone %8s", zones[i].name);
		for (order = 0; order < MAX_ORDER; order++)
			seq_printf(m, " %6lu", zones[i].free_area[order].nr_free +
				   (order ? 0 : zones[i].nr_hot));
		seq_putc(m, '\n');
	}
	return 0;
}

static int zoneinfo_show(struct seq_file *m, void *data)
{
	int i;

	(void)data;
	for (i = 0; i < MAX_NR_ZONES; i++) {
		struct zone *z = &zones[i];

		seq_printf(m, "Node 0, zone %8s\n  pages free     %lu\n        min      %lu\n"
			   "        low      %lu\n        high     %lu\n", z->name, z->free_pages,
			   z->pages_min, z->pages_low, z->pages_high);
		seq_printf(m, "        spanned  %lu\n        present  %lu\n        hot      %u\n"
			   "        reserve  %lu\n  start_pfn:     %lu\n", z->spanned_pages,
			   z->present_pages, z->nr_hot, z->lowmem_reserve, z->start_pfn);
	}
	return 0;
}

/* `tunables`: most objects on the cache's stack, and how many of them move at once. */
static int slabinfo_show(struct seq_file *m, void *data)
{
	struct kmem_cache *c;

	(void)data;
	seq_puts(m, "slabinfo - version: 2.1\n# name            <active_objs> <num_objs> <objsize> "
		    "<objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : "
		    "slabdata <active_slabs> <num_slabs> <sharedavail>\n");
	list_for_each_entry(c, &cache_chain, next) {
		unsigned long active_slabs = c->nr_slabs;
		struct slab *slab;

		list_for_each_entry(slab, &c->slabs_empty, list)
			active_slabs--;
		seq_printf(m, "%-17s %6lu %6lu %6zu %4u %4u : tunables %4u %4u %4u : "
			   "slabdata %6lu %6lu %6u\n", c->name, kmem_cache_active(c),
			   c->nr_slabs * c->num, c->size, c->num, 1u << c->order, c->limit,
			   c->batch, 0, active_slabs, c->nr_slabs, 0);
	}
	return 0;
}

static const char *area_type(const struct vm_struct *area)
{
	if (area->flags & VM_IOREMAP)
		return "ioremap";
	return area->flags & VM_ALLOC ? "vmalloc" : "vmap";
}

/* From, to behind the guard page; bytes with it; who asked; pages or physical address; type. */
static int vmallocinfo_show(struct seq_file *m, void *data)
{
	struct vm_struct *area;

	(void)data;
	for (area = vmlist; area; area = area->next) {
		unsigned long start = (unsigned long)area->addr, offset = 0;
		const char *caller = ksym_lookup((unsigned long)area->caller, &offset);

		seq_printf(m, "0x%08lx-0x%08lx %8lu %s+0x%lx", start, start + area->size,
			   area->size, caller ? caller : "boot", offset);
		if (area->flags & VM_IOREMAP)
			seq_printf(m, " phys=0x%08lx", area->phys_addr);
		else
			seq_printf(m, " pages=%u", area->nr_pages);
		seq_printf(m, " %s\n", area_type(area));
	}
	return 0;
}

static int __init proc_mm_init(void)
{
	create_proc_entry("buddyinfo", 0444, buddyinfo_show, NULL, NULL);
	create_proc_entry("zoneinfo", 0444, zoneinfo_show, NULL, NULL);
	create_proc_entry("slabinfo", 0444, slabinfo_show, NULL, NULL);
	create_proc_entry("vmallocinfo", 0400, vmallocinfo_show, NULL, NULL);
	return 0;
}
initcall_fs(proc_mm_init);
