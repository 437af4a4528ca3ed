/*
 * The board: where the Versatile Express with a Cortex-A9 core tile has its devices, and
 * which interrupt each of them raises. Physical addresses; interrupts by GIC number,
 * in which shared interrupt n of the manuals is 32 + n.
 *
 *	10000000  motherboard devices, 4 KB each: the "legacy" memory map
 *	1e000000  the CPU's own: snoop control, interrupt controller, timers, level 2 cache
 *	48000000  static RAM
 *	4c000000  video RAM
 *	60000000  RAM
 *
 * Sources: ARM DUI 0447 (Motherboard Express uATX), DUI 0448 (CoreTile Express A9x4).
 */
#ifndef _ASM_VEXPRESS_H
#define _ASM_VEXPRESS_H

#define V2M_SYSREGS_PHYS	0x10000000	/* system registers: LEDs, 24 MHz counter, power */
#define V2M_SYSCTL_PHYS		0x10001000	/* SP810: which clock the timers count */
#define V2M_KMI0_PHYS		0x10006000	/* PL050: keyboard */
#define V2M_KMI1_PHYS		0x10007000	/* PL050: mouse */
#define V2M_UART0_PHYS		0x10009000	/* PL011, three more behind it */
#define V2M_TIMER01_PHYS	0x10011000	/* SP804 */
#define V2M_TIMER23_PHYS	0x10012000
#define V2M_VIRTIO_PHYS		0x10013000	/* where QEMU puts virtio-mmio devices */
#define V2M_RTC_PHYS		0x10017000	/* PL031 */
#define V2M_VRAM_PHYS		0x4c000000	/* 8 MB */

#define A9_PERIPH_PHYS		0x1e000000	/* SCU; the GIC's CPU interface 0x100 above */
#define A9_GIC_DIST_PHYS	0x1e001000	/* the GIC's distributor */
#define A9_L2CC_PHYS		0x1e00a000	/* PL310 */

#define V2M_UART_STRIDE		0x1000
#define V2M_UARTS		4
#define V2M_VIRTIO_STRIDE	0x200
#define V2M_VIRTIO_SLOTS	4

#define IRQ_SPI(n)		(32 + (n))
#define IRQ_V2M_TIMER01		IRQ_SPI(2)
#define IRQ_V2M_RTC		IRQ_SPI(4)
#define IRQ_V2M_UART0		IRQ_SPI(5)	/* to UART3 at 8 */
#define IRQ_V2M_KMI0		IRQ_SPI(12)
#define IRQ_V2M_VIRTIO		IRQ_SPI(40)	/* of slot 0, to slot 3 at 43 */

/* System registers, as offsets (DUI 0447, 4.3). */
#define SYS_LED			0x008		/* bits 0-7: the user LEDs */
#define SYS_FLAGSSET		0x030
#define SYS_24MHZ		0x05c		/* counts up at 24 MHz since power-on */
#define SYS_CFGDATA		0x0a0
#define SYS_CFGCTRL		0x0a4
#define SYS_CFGSTAT		0x0a8

#endif
