/*
 * Virtual memory seen and adjusted: /proc/vmstat, which counts what happened since boot, and the
 * numbers in /proc/sys/vm. Names and formats are Linux'.
 */
#include <linux/proc_fs.h>
#include <linux/buffer_head.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/pagemap.h>
#include <linux/swap.h>

static int vmstat_show(struct seq_file *m, void *data)
{
	const struct { const char *name; unsigned long value; } lines[] = {
		{ "nr_free_pages", nr_free_pages() },
		{ "nr_anon_pages", nr_anon_pages },
		{ "nr_mapped", nr_mapped_pages },
		{ "nr_file_pages", nr_pagecache - swapper_space.nrpages },
		{ "nr_swapcached", swapper_space.nrpages },
		{ "nr_buffers", nr_buffer_pages },
		{ "nr_dirty", nr_dirty_pages },
		{ "nr_writeback", nr_writeback_pages },
		{ "nr_page_table_pages", nr_page_table_pages },
		{ "nr_pkmap_held", nr_pkmap_held() },
		{ "pswpin", vm_events.pswpin },
		{ "pswpout", vm_events.pswpout },
		{ "pgfault", vm_events.pgfault },
		{ "pgmajfault", vm_events.pgmajfault },
		{ "pgscan", vm_events.pgscan },
		{ "pgsteal", vm_events.pgsteal },
		{ "oom_kill", vm_events.oom_kill },
	};
	unsigned int i;

	(void)data;
	for (i = 0; i < ARRAY_SIZE(lines); i++)
		seq_printf(m, "%s %lu\n", lines[i].name, lines[i].value);
	return 0;
}

/* ---- /proc/sys/vm ---- */

/* A number with its bounds. */
struct knob {
	const char *name;
	int *value;
	int min, max;
};

static const struct knob knobs[] = {
	{ "sys/vm/swappiness", &swappiness, 0, 100 },
	{ "sys/vm/overcommit_memory", &overcommit_memory, OVERCOMMIT_GUESS, OVERCOMMIT_NEVER },
	{ "sys/vm/overcommit_ratio", &overcommit_ratio, 0, 100 },
	{ "sys/vm/panic_on_oom", &panic_on_oom, 0, 1 },
};

static int knob_show(struct seq_file *m, void *data)
{
	seq_printf(m, "%d\n", *((const struct knob *)data)->value);
	return 0;
}

static int knob_write(char *text, size_t len, void *data)
{
	const struct knob *knob = data;
	long value;
	int error = proc_parse_number(text, knob->min, knob->max, &value);

	(void)len;
	if (!error)
		*knob->value = value;
	return error;
}

/* 1: clean pages of files; 2: names and inodes; 3: both. */
static int drop_caches_write(char *text, size_t len, void *data)
{
	long what;
	int error = proc_parse_number(text, 1, 3, &what);

	(void)len;
	(void)data;
	if (error)
		return error;
	if (what & 1)
		drop_pagecache();
	if (what & 2)
		drop_slab();
	return 0;
}

static int min_free_show(struct seq_file *m, void *data)
{
	(void)data;
	seq_printf(m, "%lu\n", min_free_kbytes);
	return 0;
}

/* Without any reserve the machine could not free memory; with too much, nothing is left for use. */
static int min_free_write(char *text, size_t len, void *data)
{
	long kbytes, most = (totalram_pages << (PAGE_SHIFT - 10)) / 4;
	int error = proc_parse_number(text, 64, most, &kbytes);

	(void)len;
	(void)data;
	if (!error)
		set_min_free(kbytes);
	return error;
}

static int __init proc_vm_init(void)
{
	unsigned int i;

	create_proc_entry("vmstat", 0444, vmstat_show, NULL, NULL);
	create_proc_entry("sys/vm/drop_caches", 0200, NULL, drop_caches_write, NULL);
	create_proc_entry("sys/vm/min_free_kbytes", 0644, min_free_show, min_free_write, NULL);
	for (i = 0; i < ARRAY_SIZE(knobs); i++)
		create_proc_entry(knobs[i].name, 0644, knob_show, knob_write, (void *)&knobs[i]);
	return 0;
}
initcall_fs(proc_vm_init);
