/*
 * Device interrupts through two cascaded 8259A controllers.
 *
 * Lines 0-15 are vectors 0x20-0x2f. Interrupts stay off until the handlers have run
 * (kernel/irq.c), so the controller is told at once that the interrupt was taken.
 *
 * Source: Intel 8259A data sheet.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/sched.h>
#include <asm/io.h>
#include <asm/irq.h>
#include <asm/system.h>
#include <asm/traps.h>

#define FIRST_VECTOR	0x20

#define PIC1_CMD	0x20
#define PIC1_DATA	0x21
#define PIC2_CMD	0xa0
#define PIC2_DATA	0xa1
#define PIC_CASCADE	2		/* the second controller hangs on this line */
#define OCW2_EOI	0x60		/* specific end of interrupt, | line */
#define OCW3_READ_ISR	0x0b

static u16 irq_mask = 0xffff & ~(1 << PIC_CASCADE);

static void write_mask(void)
{
	outb(irq_mask & 0xff, PIC1_DATA);
	outb(irq_mask >> 8, PIC2_DATA);
}

void enable_irq(unsigned int irq)
{
	unsigned long flags;

	local_irq_save(flags);
	irq_mask &= ~(1 << irq);
	write_mask();
	local_irq_restore(flags);
}

/*
 * Lines 7 and 15 also report an interrupt that went away again before it was
 * taken: then the in-service bit is not set, and no end may be signalled.
 */
static bool is_spurious(unsigned int irq)
{
	u16 cmd = irq == 7 ? PIC1_CMD : PIC2_CMD;

	if (irq != 7 && irq != 15)
		return false;
	outb(OCW3_READ_ISR, cmd);
	if (inb(cmd) & 0x80)
		return false;
	if (irq == 15)
		outb(OCW2_EOI | PIC_CASCADE, PIC1_CMD);
	return true;
}

static void end_of_interrupt(unsigned int irq)
{
	if (irq >= 8) {
		outb(OCW2_EOI | (irq & 7), PIC2_CMD);
		outb(OCW2_EOI | PIC_CASCADE, PIC1_CMD);
	} else {
		outb(OCW2_EOI | irq, PIC1_CMD);
	}
}

void do_IRQ(struct pt_regs *regs)
{
	unsigned int irq = ~regs->orig_eax & (NR_IRQS - 1);

	if (is_spurious(irq)) {
		nr_spurious++;
		return;
	}
	end_of_interrupt(irq);
	handle_irq(irq, regs);
}

void __init init_IRQ(void)
{
	extern const char irq_entries[][8];
	unsigned int i;

	/* ICW1: edge triggered, cascade, ICW4 follows. ICW2: vectors. ICW3: cascade. ICW4: 8086 */
	outb_p(0x11, PIC1_CMD);
	outb_p(0x11, PIC2_CMD);
	outb_p(FIRST_VECTOR, PIC1_DATA);
	outb_p(FIRST_VECTOR + 8, PIC2_DATA);
	outb_p(1 << PIC_CASCADE, PIC1_DATA);
	outb_p(PIC_CASCADE, PIC2_DATA);
	outb_p(0x01, PIC1_DATA);
	outb_p(0x01, PIC2_DATA);
	write_mask();
	for (i = 0; i < NR_IRQS; i++)
		set_intr_gate(FIRST_VECTOR + i, irq_entries[i]);
}
