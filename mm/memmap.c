/*
 * The memory map of the machine, as the setup code of the architecture collects it at boot, and
 * from it the size of lowmem and of highmem.
 *
 *	mem=N		use no more than the first N bytes
 *	highmem=N	treat the top N bytes as HIGHMEM, however little there is
 *
 * paging_init() and mem_init() then go by ram_ranges[].
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/memmap.h>
#include <linux/mm.h>
#include <linux/string.h>

#define MAX_RANGES	64
#define PFN_4GB		0x100000UL	/* frames above have no number without PAE */

struct ram_range ram_ranges[MAX_RANGES];
unsigned int nr_ram_ranges;

/* ---- the ranges ---- */

unsigned long __init pfn_clamp(u64 addr)
{
	u64 pfn = addr >> PAGE_SHIFT;

	return pfn < PFN_4GB ? (unsigned long)pfn : PFN_4GB;
}

void __init add_ram(unsigned long start, unsigned long end)
{
	if (start < end && nr_ram_ranges < ARRAY_SIZE(ram_ranges))
		ram_ranges[nr_ram_ranges++] = (struct ram_range){ start, end };
}

void __init remove_ram(unsigned long start, unsigned long end)
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

void __init sort_ram(void)
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

/* ---- sizes ---- */

/* Value of a "name=size" word of the command line in frames, or 0. */
static unsigned long __init early_size(const char *cmdline, const char *name)
{
	const char *p = cmdline;
	size_t len = strlen(name);

	while ((p = strstr(p, name))) {
		if (p == cmdline || p[-1] == ' ') {
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
	return MIN_LOWMEM + (max_pfn - min_low_pfn) / (PAGE_SIZE / sizeof(struct page)) * 2;
}

void __init memory_limits(const char *cmdline)
{
	unsigned long limit = early_size(cmdline, "mem="), high = early_size(cmdline, "highmem=");

	if (limit && limit < PFN_4GB - min_low_pfn) {
		remove_ram(min_low_pfn + max(limit, MIN_LOWMEM), PFN_4GB);
		sort_ram();
	}
	max_pfn = ram_ranges[nr_ram_ranges - 1].end_pfn;
	max_low_pfn = min(max_pfn, min_low_pfn + (MAXMEM >> PAGE_SHIFT));
	if (high) {
		unsigned long low = max_pfn - min_low_pfn > high ? max_pfn - high : min_low_pfn;

		max_low_pfn = min(max_low_pfn, max(low, min_low_pfn + min_lowmem()));
	}
	high_memory = __va(max_low_pfn << PAGE_SHIFT);
}

/* ---- the tree of physical addresses ---- */

static struct resource ram[MAX_RANGES];

static struct resource kernel_parts[] = {
	{ .name = "Kernel code" },
	{ .name = "Kernel data" },
	{ .name = "Kernel bss" },
	{ .name = "Boot-time tables, mem_map" },
};

/* The image and what was allocated behind it before the page allocator ran. */
static void __init add_kernel(struct resource *range)
{
	const unsigned long bounds[] = {
		__pa(_text), __pa(_etext), __pa(_edata), __pa(_end),
		bootmem_end_pfn() << PAGE_SHIFT,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kernel_parts); i++) {
		kernel_parts[i].start = bounds[i];
		kernel_parts[i].end = bounds[i + 1] - 1;
		kernel_parts[i].flags = IORESOURCE_MEM | IORESOURCE_BUSY;
		request_resource(range, &kernel_parts[i]);
	}
}

void __init ram_resources(void)
{
	unsigned int i;

	for (i = 0; i < nr_ram_ranges; i++) {
		ram[i] = (struct resource){
			.name = "System RAM",
			.start = ram_ranges[i].start_pfn << PAGE_SHIFT,
			.end = (ram_ranges[i].end_pfn << PAGE_SHIFT) - 1,
			.flags = IORESOURCE_MEM | IORESOURCE_RAM,
		};
		if (request_resource(&iomem_resource, &ram[i]))
			continue;
		if (ram[i].start <= __pa(_text) && __pa(_text) <= ram[i].end)
			add_kernel(&ram[i]);
	}
}
