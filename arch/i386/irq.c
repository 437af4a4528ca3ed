/*
 * Device interrupts through two cascaded 8259A controllers.
 *
 * Lines 0-15 are vectors 0x20-0x2f. A handler runs with interrupts off; the
 * controller is told at once that the interrupt was taken, so handlers must
 * be short. Several devices may share a line.
 *
 * Source: Intel 8259A data sheet.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <asm/io.h>
#include <asm/system.h>
#include <asm/traps.h>

#define NR_IRQS		16
#define FIRST_VECTOR	0x20

#define PIC1_CMD	0x20
#define PIC1_DATA	0x21
#define PIC2_CMD	0xa0
#define PIC2_DATA	0xa1
#define PIC_CASCADE	2		/* the second controller hangs on this line */
#define OCW2_EOI	0x60		/* specific end of interrupt, | line */
#define OCW3_READ_ISR	0x0b

struct irqaction {
	irq_handler_t handler;
	unsigned long flags;
	const char *name;
	void *dev_id;
	struct irqaction *next;
};

static struct irqaction *irq_action[NR_IRQS];
static unsigned long irq_counts[NR_IRQS];
static u16 irq_mask = 0xffff & ~(1 << PIC_CASCADE);

int irq_depth;
unsigned long nr_interrupts;
static unsigned long spurious;

static void write_mask(void)
{
	outb(irq_mask & 0xff, PIC1_DATA);
	outb(irq_mask >> 8, PIC2_DATA);
}

static void enable_irq(unsigned int irq)
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

#define STACK_RESERVE	512		/* an interrupt must find at least this much */

/* The stack grows down onto the task_struct: say so before it gets there. */
static void check_stack(struct pt_regs *regs)
{
	unsigned long left = (unsigned long)regs - (unsigned long)current - sizeof(*current);

	if (unlikely((long)left < STACK_RESERVE)) {
		show_regs(regs);
		panic("kernel stack of %s (pid %d) is used up: %ld bytes left", current->comm,
		      current->pid, (long)left);
	}
}

void do_IRQ(struct pt_regs *regs)
{
	unsigned int irq = ~regs->orig_eax & (NR_IRQS - 1);
	struct irqaction *action;

	check_stack(regs);
	if (is_spurious(irq)) {
		spurious++;
		return;
	}
	irq_depth++;
	nr_interrupts++;
	irq_counts[irq]++;
	end_of_interrupt(irq);
	for (action = irq_action[irq]; action; action = action->next)
		action->handler(irq, action->dev_id, regs);
	irq_depth--;
}

int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
		const char *name, void *dev_id)
{
	/* The first handler of each line needs no memory: the timer comes before kmalloc. */
	static struct irqaction first[NR_IRQS];
	struct irqaction *action, **p;
	unsigned long irqflags;

	if (irq >= NR_IRQS || !handler)
		return -EINVAL;
	if (irq_action[irq] && !(irq_action[irq]->flags & flags & SA_SHIRQ))
		return -EBUSY;
	action = first[irq].handler ? kmalloc(sizeof(*action), GFP_KERNEL) : &first[irq];
	if (!action)
		return -ENOMEM;
	action->handler = handler;
	action->flags = flags;
	action->name = name;
	action->dev_id = dev_id;
	action->next = NULL;
	local_irq_save(irqflags);
	for (p = &irq_action[irq]; *p; p = &(*p)->next)
		;
	*p = action;
	local_irq_restore(irqflags);
	enable_irq(irq);
	return 0;
}

void show_interrupts(struct seq_file *m)
{
	unsigned int i;
	struct irqaction *action;

	seq_puts(m, "           CPU0\n");
	for (i = 0; i < NR_IRQS; i++) {
		if (!irq_action[i])
			continue;
		seq_printf(m, "%3u: %10lu  XT-PIC  ", i, irq_counts[i]);
		for (action = irq_action[i]; action; action = action->next)
			seq_printf(m, "%s%s", action->name, action->next ? ", " : "\n");
	}
	seq_printf(m, "SPU: %10lu\n", spurious);
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
