/*
 * What the PC has at which physical address and I/O port, entered into the trees of
 * <linux/ioport.h> at boot: RAM as setup.c understood it, what the BIOS keeps, the
 * window below 1 MB, and the chips that every PC has and the kernel drives itself.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <asm/bootparam.h>
#include <asm/memmap.h>

/* Space for one range of RAM or of the BIOS each. */
#define MAX_RANGES	32

static struct resource ranges[MAX_RANGES];
static unsigned int nr_ranges;

#define MEM(what, from, to)	{ .name = what, .start = from, .end = to, .flags = IORESOURCE_MEM }

static struct resource low_window[] = {
	MEM("BIOS data", 0x00000, 0x00fff),
	MEM("Video RAM area", 0xa0000, 0xbffff),
	MEM("Video ROM", 0xc0000, 0xc7fff),
	MEM("Adapter ROM", 0xc8000, 0xeffff),
	MEM("System ROM", 0xf0000, 0xfffff),
};

static struct resource kernel_parts[] = {
	{ .name = "Kernel code" },
	{ .name = "Kernel data" },
	{ .name = "Kernel bss" },
	{ .name = "Boot-time tables, mem_map" },
};

#define PORT(what, from, n)	\
	{ .name = what, .start = from, .end = (from) + (n) - 1, \
	  .flags = IORESOURCE_IO | IORESOURCE_BUSY }

static struct resource chips[] = {
	PORT("pic1", 0x20, 2),
	PORT("timer", 0x40, 4),
	PORT("rtc", 0x70, 2),
	PORT("pic2", 0xa0, 2),
	PORT("fpu", 0xf0, 2),
	PORT("PCI conf", 0xcf8, 8),
};

/* What cannot be entered meets something that is there already, which then is the truth. */
static void __init add_range(const char *name, u64 start, u64 end, unsigned long flags)
{
	struct resource *r = &ranges[nr_ranges];

	if (nr_ranges == MAX_RANGES || start > end || start > ~0UL)
		return;
	*r = (struct resource){ .name = name, .start = (unsigned long)start,
				.end = (unsigned long)min_t(u64, end, ~0UL),
				.flags = IORESOURCE_MEM | flags };
	if (!request_resource(&iomem_resource, r))
		nr_ranges++;
}

static struct resource *__init ram_of(unsigned long addr)
{
	unsigned int i;

	for (i = 0; i < nr_ranges; i++)
		if ((ranges[i].flags & IORESOURCE_RAM) && ranges[i].start <= addr &&
		    addr <= ranges[i].end)
			return &ranges[i];
	return NULL;
}

/* The image and what was allocated behind it before the page allocator ran. */
static void __init add_kernel(void)
{
	const unsigned long bounds[] = {
		__pa(_text), __pa(_etext), __pa(_edata), __pa(_end),
		bootmem_end_pfn() << PAGE_SHIFT,
	};
	struct resource *ram = ram_of(__pa(_text));
	unsigned int i;

	for (i = 0; ram && i < ARRAY_SIZE(kernel_parts); i++) {
		kernel_parts[i].start = bounds[i];
		kernel_parts[i].end = bounds[i + 1] - 1;
		kernel_parts[i].flags = IORESOURCE_MEM | IORESOURCE_BUSY;
		request_resource(ram, &kernel_parts[i]);
	}
}

static const char *__init e820_name(u32 type)
{
	switch (type) {
	case E820_ACPI:
		return "ACPI tables";
	case E820_NVS:
		return "ACPI non-volatile storage";
	default:
		return "Reserved by the BIOS";
	}
}

void __init resources_init(const struct boot_params *params)
{
	unsigned int i;

	for (i = 0; i < nr_ram_ranges; i++)
		add_range("System RAM", (u64)ram_ranges[i].start_pfn << PAGE_SHIFT,
			  ((u64)ram_ranges[i].end_pfn << PAGE_SHIFT) - 1, IORESOURCE_RAM);
	add_kernel();
	for (i = 0; i < ARRAY_SIZE(low_window); i++)
		request_resource(&iomem_resource, &low_window[i]);
	for (i = 0; i < params->e820_count && i < E820_MAX; i++) {
		const struct e820entry *e = &params->e820[i];

		if (e->type != E820_RAM && e->size)
			add_range(e820_name(e->type), e->addr, e->addr + e->size - 1, 0);
	}
	for (i = 0; i < ARRAY_SIZE(chips); i++)
		request_resource(&ioport_resource, &chips[i]);
}
