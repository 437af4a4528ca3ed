/*
 * What the boot code found out about the machine, made usable: the memory map of
 * the BIOS, cleaned, and the command line. mm/memmap.c makes the sizes of lowmem and
 * of highmem from both.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/memmap.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/bootparam.h>
#include <asm/traps.h>

extern unsigned long boot_params_phys;

static struct boot_params boot_params;

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

void __init setup_arch(char **command_line)
{
	boot_params = *(struct boot_params *)__va(boot_params_phys);
	if (boot_params.magic != BOOT_PARAMS_MAGIC)
		panic("no boot parameters at %lx", boot_params_phys);
	boot_params.cmdline[BOOT_CMDLINE_SIZE - 1] = '\0';
	*command_line = boot_params.cmdline;
	identify_cpu();
	read_memory_map();
	memory_limits(boot_params.cmdline);
	paging_init();
	resources_init(&boot_params);
}
