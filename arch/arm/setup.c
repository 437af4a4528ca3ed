/*
 * What the boot loader says about the machine, made usable: the RAM and the
 * command line, out of tags or a device tree. mm/memmap.c makes the sizes of lowmem and
 * of highmem from both.
 *
 * The list lies where head.S found it, in lowmem that is not in use yet. Everything is
 * copied out of it before the page allocator gets that memory.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/memmap.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/bootparam.h>
#include <asm/traps.h>

extern unsigned long boot_params_phys;	/* head.S */

char boot_cmdline[BOOT_CMDLINE_SIZE];

#define MAPPED_ROOM	(1UL << SECTION_SHIFT)	/* bytes that head.S maps behind the list */
#define MAX_TAGS	64
#define DEFAULT_RAM	(32UL << 20)	/* without a word from the boot loader */

/* Bytes of a tag's data. */
static size_t __init tag_room(const struct atag *t)
{
	return (t->size - 2) * 4;
}

static void __init read_tags(const struct atag *t)
{
	unsigned int n;

	for (n = 0; n < MAX_TAGS && t->tag != ATAG_NONE && t->size >= 2 && t->size < 4096; n++) {
		if (t->tag == ATAG_MEM && tag_room(t) >= sizeof(t->u.mem))
			add_ram(pfn_clamp((u64)t->u.mem.start + PAGE_SIZE - 1),
				pfn_clamp((u64)t->u.mem.start + t->u.mem.size));
		else if (t->tag == ATAG_CMDLINE && t->size > 2)
			set_boot_cmdline(t->u.cmdline, tag_room(t));
		t = (const struct atag *)((const u32 *)t + t->size);
	}
}

static void __init read_boot_params(void)
{
	const u32 *list = __va(boot_params_phys);

	if (boot_params_phys < PHYS_OFFSET || boot_params_phys - PHYS_OFFSET >= MAXMEM ||
	    (boot_params_phys & 3)) {
		printk(KERN_WARNING "No boot tags at %08lx\n", boot_params_phys);
		return;
	}
	if (__builtin_bswap32(list[0]) == FDT_MAGIC)
		read_device_tree(list, MAPPED_ROOM);
	else if (list[1] == ATAG_CORE)
		read_tags((const struct atag *)list);
	else
		printk(KERN_WARNING "Neither tags nor a device tree at %08lx\n", boot_params_phys);
}

/* RAM that begins elsewhere than the kernel's cannot be reached from it. */
static void __init check_ram(void)
{
	unsigned long first = PHYS_OFFSET >> PAGE_SHIFT;

	remove_ram(0, first);
	sort_ram();
	if (!nr_ram_ranges) {
		printk(KERN_WARNING "The boot loader names no RAM: taking %lu MB\n",
		       DEFAULT_RAM >> 20);
		add_ram(first, first + (DEFAULT_RAM >> PAGE_SHIFT));
	}
}

void __init setup_arch(char **command_line)
{
	*command_line = boot_cmdline;
	identify_cpu();
	read_boot_params();
	check_ram();
	min_low_pfn = PHYS_OFFSET >> PAGE_SHIFT;
	memory_limits(boot_cmdline);
	paging_init();
	resources_init();
}
