/*
 * Device interrupts, as far as they are the same on every machine: who handles which line.
 *
 * The architecture's do_IRQ() asks its interrupt controller which line it was and calls
 * handle_irq(). A handler runs with interrupts off, so it must be short. Several devices may
 * share a line. 0.12 had no such table: every driver wrote its own gate and entry code.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <asm/irq.h>
#include <asm/system.h>

#define STACK_RESERVE	512		/* an interrupt must find at least this much */

struct irqaction {
	irq_handler_t handler;
	unsigned long flags;
	const char *name;
	void *dev_id;
	struct irqaction *next;
};

static struct irqaction *irq_action[NR_IRQS];
static unsigned long irq_counts[NR_IRQS];

int irq_depth;
unsigned long nr_interrupts;
unsigned long nr_spurious;

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

void handle_irq(unsigned int irq, struct pt_regs *regs)
{
	struct irqaction *action;

	check_stack(regs);
	irq_depth++;
	nr_interrupts++;
	irq_counts[irq]++;
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
		seq_printf(m, "%3u: %10lu  " IRQ_CHIP_NAME "  ", i, irq_counts[i]);
		for (action = irq_action[i]; action; action = action->next)
			seq_printf(m, "%s%s", action->name, action->next ? ", " : "\n");
	}
	seq_printf(m, "SPU: %10lu\n", nr_spurious);
}
