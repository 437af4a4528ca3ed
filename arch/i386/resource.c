/*
 * What the PC has at which physical address and I/O port, entered into the trees of
 * <linux/ioport.h> at boot: RAM, what the BIOS keeps, the window below 1 MB, and the
 * chips that every PC has and the kernel drives itself.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/memmap.h>
#include <asm/bootparam.h>

/* Space for what the BIOS keeps. */
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
static void __init add_range(const char *name, u64 start, u64 end)
{
	struct resource *r = &ranges[nr_ranges];

	if (nr_ranges == MAX_RANGES || start > end || start > ~0UL)
		return;
	*r = (struct resource){ .name = name, .start = (unsigned long)start,
				.end = (unsigned long)min_t(u64, end, ~0UL),
				.flags = IORESOURCE_MEM };
	if (!request_resource(&iomem_resource, r))
		nr_ranges++;
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

	ram_resources();
	for (i = 0; i < ARRAY_SIZE(low_window); i++)
		request_resource(&iomem_resource, &low_window[i]);
	for (i = 0; i < params->e820_count && i < E820_MAX; i++) {
		const struct e820entry *e = &params->e820[i];

		if (e->type != E820_RAM && e->size)
			add_range(e820_name(e->type), e->addr, e->addr + e->size - 1);
	}
	for (i = 0; i < ARRAY_SIZE(chips); i++)
		request_resource(&ioport_resource, &chips[i]);
}
