/*
 * Ending: restart, halt, power off. The board's own microcontroller does it, asked through the
 * configuration registers; exit codes are what QEMU offers a debugger's programs.
 *
 * Sources: Motherboard Express uATX (DUI 0447) 4.3.15-4.3.17; ARM Developer Suite
 * Debug Target Guide (DUI 0058), chapter 5: semihosting.
 */
#include <linux/kernel.h>
#include <linux/reboot.h>
#include <linux/delay.h>
#include <asm/io.h>
#include <asm/system.h>
#include <asm/vexpress.h>

#define CFG_START	0x80000000u
#define CFG_WRITE	0x40000000u
#define CFG_FUNCTION(n)	((n) << 20)	/* of the motherboard itself: site 0, device 0 */
#define CFG_SHUTDOWN	8
#define CFG_REBOOT	9
#define CFG_WAIT_MS	100

#define PANIC_STATUS	35		/* as the PC's isa-debug-exit gives */

void semihosting_exit(int status);	/* semihosting.S */

static void board_command(unsigned int function)
{
	void *sysregs = ioremap_fixed(FIX_SYSREGS, V2M_SYSREGS_PHYS);

	writel(0, sysregs + SYS_CFGSTAT);
	writel(0, sysregs + SYS_CFGDATA);
	writel(CFG_START | CFG_WRITE | CFG_FUNCTION(function), sysregs + SYS_CFGCTRL);
	mb();
	mdelay(CFG_WAIT_MS);
}

void machine_restart(void)
{
	local_irq_disable();
	board_command(CFG_REBOOT);
	halt_forever();
}

void machine_halt(void)
{
	halt_forever();
}

void machine_power_off(void)
{
	local_irq_disable();
	board_command(CFG_SHUTDOWN);
	printk(KERN_EMERG "You can switch the machine off now.\n");
	halt_forever();
}

void machine_panic_exit(void)
{
	local_irq_disable();
	semihosting_exit(PANIC_STATUS);
	machine_restart();
}
