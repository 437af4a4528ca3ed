/*
 * What the board has at which physical address, entered into the tree of <linux/ioport.h>
 * at boot: RAM as setup.c understood it, other memory, and the chips that the kernel drives
 * from its first moments on. Drivers that come later claim their own registers.
 *
 * Addresses: <asm/vexpress.h>. There are no I/O ports.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/memmap.h>
#include <asm/bootparam.h>
#include <asm/vexpress.h>

#define MEM(what, from, size)	\
	{ .name = what, .start = from, .end = (from) + (size) - 1, .flags = IORESOURCE_MEM }
#define CHIP(what, from, size)	\
	{ .name = what, .start = from, .end = (from) + (size) - 1, \
	  .flags = IORESOURCE_MEM | IORESOURCE_BUSY }

static struct resource board[] = {
	CHIP("System registers", V2M_SYSREGS_PHYS, 0x1000),
	CHIP("System controller (SP810)", V2M_SYSCTL_PHYS, 0x1000),
	CHIP("Timers 0 and 1 (SP804)", V2M_TIMER01_PHYS, 0x1000),
	CHIP("Timers 2 and 3 (SP804)", V2M_TIMER23_PHYS, 0x1000),
	CHIP("Clock (PL031)", V2M_RTC_PHYS, 0x1000),
	CHIP("Interrupt controller: CPU interface", A9_PERIPH_PHYS + 0x100, 0x100),
	CHIP("Interrupt controller: distributor", A9_GIC_DIST_PHYS, 0x1000),
	CHIP("Level 2 cache controller (PL310)", A9_L2CC_PHYS, 0x1000),
	MEM("Static RAM", 0x48000000, 0x02000000),
	MEM("Video RAM", V2M_VRAM_PHYS, 0x00800000),
};

void __init resources_init(void)
{
	unsigned int i;

	ram_resources();
	for (i = 0; i < ARRAY_SIZE(board); i++)
		request_resource(&iomem_resource, &board[i]);
}
