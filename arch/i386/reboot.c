/*
 * Ending: restart, halt, power off. Real machines restart through the keyboard
 * controller; power-off and exit codes are what QEMU and Bochs offer.
 */
#include <linux/kernel.h>
#include <linux/reboot.h>
#include <asm/io.h>
#include <asm/system.h>
#include <linux/delay.h>

#define KBC_STATUS	0x64
#define KBC_PULSE_RESET	0xfe		/* pulse output line 0: the CPU's reset */
#define KBC_INPUT_FULL	0x02
#define PORT_RESET	0xcf9		/* PIIX reset control */

#define QEMU_PM1A_CNT	0x604		/* ACPI of QEMU's PC: SLP_EN with sleep type 0 */
#define QEMU_OLD_PM1A	0xb004
#define SLP_EN		0x2000
#define BOCHS_SHUTDOWN	0x8900
#define QEMU_DEBUG_EXIT	0xf4		/* -device isa-debug-exit: status 2n + 1 */
#define PANIC_STATUS	0x11

void machine_restart(void)
{
	struct { u16 limit; u32 base; } __packed no_idt = { 0, 0 };
	int tries;

	local_irq_disable();
	for (tries = 0; tries < 100 && (inb(KBC_STATUS) & KBC_INPUT_FULL); tries++)
		udelay(100);
	outb(KBC_PULSE_RESET, KBC_STATUS);
	mdelay(50);
	outb(0x02, PORT_RESET);
	outb(0x06, PORT_RESET);
	mdelay(50);
	/* The last way: a fault that cannot be delivered resets the CPU. */
	__asm__ __volatile__("lidt %0 ; int3" :: "m" (no_idt));
	halt_forever();
}

void machine_halt(void)
{
	halt_forever();
}

void machine_power_off(void)
{
	const char *s;

	local_irq_disable();
	outw(SLP_EN, QEMU_PM1A_CNT);
	for (s = "Shutdown"; *s; s++)
		outb(*s, BOCHS_SHUTDOWN);
	outw(SLP_EN, QEMU_OLD_PM1A);
	printk(KERN_EMERG "You can switch the machine off now.\n");
	halt_forever();
}

void machine_panic_exit(void)
{
	const char *s;

	local_irq_disable();
	outb(PANIC_STATUS, QEMU_DEBUG_EXIT);
	for (s = "Shutdown"; *s; s++)
		outb(*s, BOCHS_SHUTDOWN);
	machine_restart();
}
