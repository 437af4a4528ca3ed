/*
 * Device interrupts through the generic interrupt controller of the Cortex-A9.
 *
 *	device -> distributor (which lines are on, which CPU gets them) -> CPU interface -> IRQ
 *
 * Reading the acknowledge register tells which interrupt it is and makes it active; none of the
 * same number comes before the end is written. Lines are level-triggered: a handler
 * that does not quiet its device is called again.
 *
 * Source: ARM Generic Interrupt Controller Architecture Specification 1.0 (IHI 0048A),
 * chapter 4; Cortex-A9 MPCore TRM, chapter 3.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <asm/io.h>
#include <asm/irq.h>
#include <asm/system.h>
#include <asm/traps.h>
#include <asm/vexpress.h>

/* CPU interface */
#define GIC_CPU_OFFSET		0x100	/* from the base of the CPU's own devices */
#define ICCICR			0x00	/* control */
#define ICCPMR			0x04	/* only what is more urgent than this, 0 being the most */
#define ICCIAR			0x0c	/* acknowledge */
#define ICCEOIR			0x10	/* end of interrupt */
#define IAR_ID			0x3ff
#define FIRST_SPECIAL_ID	1020	/* from here on: nothing is pending any more */

/* Distributor; a bit, a byte or two bits per interrupt */
#define ICDDCR			0x000	/* control */
#define ICDICTR			0x004	/* type: how many lines */
#define ICDISER			0x100	/* set enable */
#define ICDICER			0x180	/* clear enable */
#define ICDICPR			0x280	/* clear pending */
#define ICDIPR			0x400	/* priority, 8 bits */
#define ICDIPTR			0x800	/* target CPUs, 8 bits */
#define ICDICFR			0xc00	/* 2 bits: 0 level, 2 edge */

#define GIC_ENABLE		1
#define FIRST_SPI		32
#define PRIORITY_ALL		0xa0a0a0a0u
#define PRIORITY_MASK		0xf0
#define TARGET_CPU0		0x01010101u

static void *cpu_interface, *distributor;

void enable_irq(unsigned int irq)
{
	writel(1u << (irq % 32), distributor + ICDISER + irq / 32 * 4);
}

void do_IRQ(struct pt_regs *regs)
{
	u32 ack = readl(cpu_interface + ICCIAR);
	unsigned int irq = ack & IAR_ID;

	if (irq >= FIRST_SPECIAL_ID) {
		nr_spurious++;
		return;
	}
	if (irq < NR_IRQS)
		handle_irq(irq, regs);
	mb();		/* the device has seen what the handler wrote */
	writel(ack, cpu_interface + ICCEOIR);
}

/* All lines off, quiet, equally urgent, and meant for this CPU. */
static void __init reset_distributor(void)
{
	unsigned int lines = ((readl(distributor + ICDICTR) & 0x1f) + 1) * 32, i;

	lines = min_t(unsigned int, lines, NR_IRQS);
	writel(0, distributor + ICDDCR);
	for (i = 0; i < lines; i += 32) {
		writel(0xffffffff, distributor + ICDICER + i / 8);
		writel(0xffffffff, distributor + ICDICPR + i / 8);
	}
	for (i = 0; i < lines; i += 4)
		writel(PRIORITY_ALL, distributor + ICDIPR + i);
	for (i = FIRST_SPI; i < lines; i += 4)
		writel(TARGET_CPU0, distributor + ICDIPTR + i);
	for (i = FIRST_SPI; i < lines; i += 16)
		writel(0, distributor + ICDICFR + i / 4);
	writel(GIC_ENABLE, distributor + ICDDCR);
}

void __init init_IRQ(void)
{
	cpu_interface = ioremap_fixed(FIX_GIC_CPU, A9_PERIPH_PHYS) + GIC_CPU_OFFSET;
	distributor = ioremap_fixed(FIX_GIC_DIST, A9_GIC_DIST_PHYS);
	reset_distributor();
	writel(PRIORITY_MASK, cpu_interface + ICCPMR);
	writel(GIC_ENABLE, cpu_interface + ICCICR);
}
