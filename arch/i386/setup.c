/*
 * What the boot code found out about the machine, made usable: the memory map
 * sorted and cleaned, the command line, and from both the size of lowmem and
 * of highmem.
 *
 *	mem=N		use no memory above N bytes
 *	highmem=N	treat the top N bytes as HIGHMEM, however little there is
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/bootparam.h>
#include <asm/memmap.h>
#include <asm/traps.h>

extern unsigned long boot_params_phys;

static struct boot_params boot_params;

struct ram_range ram_ranges[E820_MAX * 2];
unsigned int nr_ram_ranges;

#define PFN_4GB		0x100000UL	/* frames above cannot be named without PAE */

/* ---- the memory map ---- */

static void __init add_ram(unsigned long start, unsigned long end)
{
	if (start < end && nr_ram_ranges < ARRAY_SIZE(ram_ranges))
		ram_ranges[nr_ram_ranges++] = (struct ram_range){ start, end };
}

/* Cuts [start, end) out of every range: two entries of the map may contradict each other. */
static void __init remove_ram(unsigned long start, unsigned long end)
{
	unsigned int i, n = nr_ram_ranges;

	for (i = 0; i < n; i++) {
		struct ram_range *r = &ram_ranges[i];
		unsigned long old_end = r->end_pfn;

		if (r->start_pfn >= end || r->end_pfn <= start)
			continue;
		if (r->start_pfn < start) {
			r->end_pfn = start;
			add_ram(end, old_end);
		} else {
			r->start_pfn = min(end, old_end);
		}
	}
}

static void __init sort_ram(void)
{
	unsigned int i, j, n = 0;

	for (i = 1; i < nr_ram_ranges; i++)
		for (j = i; j && ram_ranges[j - 1].start_pfn > ram_ranges[j].start_pfn; j--) {
			struct ram_range tmp = ram_ranges[j];

			ram_ranges[j] = ram_ranges[j - 1];
			ram_ranges[j - 1] = tmp;
		}
	for (i = 0; i < nr_ram_ranges; i++) {	/* drop empty ones, join those that touch */
		struct ram_range r = ram_ranges[i];

		if (r.start_pfn >= r.end_pfn)
			continue;
		if (n && r.start_pfn <= ram_ranges[n - 1].end_pfn)
			ram_ranges[n - 1].end_pfn = max(ram_ranges[n - 1].end_pfn, r.end_pfn);
		else
			ram_ranges[n++] = r;
	}
	nr_ram_ranges = n;
}

static unsigned long __init pfn_clamp(u64 addr)
{
	u64 pfn = addr >> PAGE_SHIFT;

	return pfn < PFN_4GB ? (unsigned long)pfn : PFN_4GB;
}

static void __init read_memory_map(void)
{
	unsigned int i;

	for (i = 0; i < boot_params.e820_count && i < E820_MAX; i++) {
		struct e820entry *e = &boot_params.e820[i];

		printk(KERN_DEBUG "BIOS memory: %08llx-%08llx type %u\n", e->addr,
		       e->addr + e->size - 1, e->type);
		if (e->type == E820_RAM)
			add_ram(pfn_clamp(e->addr + PAGE_SIZE - 1), pfn_clamp(e->addr + e->size));
	}
	for (i = 0; i < boot_params.e820_count && i < E820_MAX; i++) {
		struct e820entry *e = &boot_params.e820[i];

		if (e->type != E820_RAM)
			remove_ram(pfn_clamp(e->addr),
				   pfn_clamp(e->addr + e->size + PAGE_SIZE - 1));
	}
	remove_ram(0, 1);		/* the BIOS keeps its tables in the first frame */
	remove_ram(0xa0, 0x100);	/* video memory and ROMs */
	sort_ram();
	if (!nr_ram_ranges)
		panic("the BIOS reported no usable memory");
}

/* ---- sizes ---- */

/* Value of a "name=size" word of the command line, or 0. */
static unsigned long __init early_size(const char *name)
{
	const char *p = boot_params.cmdline;
	size_t len = strlen(name);

	while ((p = strstr(p, name))) {
		if (p == boot_params.cmdline || p[-1] == ' ') {
			char *end;

			return pfn_clamp(memparse(p + len, &end));
		}
		p += len;
	}
	return 0;
}

/* mem= and highmem= are wanted before parameters are parsed; here they are only acknowledged. */
static void __init mem_setup(char *value)
{
	(void)value;
}
__setup("mem=", mem_setup);

static void __init highmem_setup(char *value)
{
	(void)value;
}
__setup("highmem=", highmem_setup);

/*
 * Never less lowmem than this, whatever highmem= says: 4 MB, and twice the size of mem_map, of
 * which every 128 frames take one.
 */
#define MIN_LOWMEM	(4UL << (20 - PAGE_SHIFT))

static unsigned long __init min_lowmem(void)
{
	return MIN_LOWMEM + max_pfn / (PAGE_SIZE / sizeof(struct page)) * 2;
}

static void __init find_limits(void)
{
	unsigned long limit = early_size("mem="), high = early_size("highmem=");

	if (limit) {
		remove_ram(max(limit, MIN_LOWMEM), PFN_4GB);
		sort_ram();
	}
	max_pfn = ram_ranges[nr_ram_ranges - 1].end_pfn;
	max_low_pfn = min(max_pfn, MAXMEM >> PAGE_SHIFT);
	if (high) {
		unsigned long low = max_pfn > high ? max_pfn - high : 0;

		max_low_pfn = min(max_low_pfn, max(low, min_lowmem()));
	}
	high_memory = __va(max_low_pfn << PAGE_SHIFT);
}

void __init setup_arch(char **command_line)
{
	boot_params = *(struct boot_params *)__va(boot_params_phys);
	if (boot_params.magic != BOOT_PARAMS_MAGIC)
		panic("no boot parameters at %lx", boot_params_phys);
	boot_params.cmdline[BOOT_CMDLINE_SIZE - 1] = '\0';
	*command_line = boot_params.cmdline;
	identify_cpu();
	read_memory_map();
	find_limits();
	paging_init();
	resources_init(&boot_params);
}
