/*
 * Device interrupts. A handler runs with interrupts off, must not sleep, and
 * must have quieted its device when it returns.
 */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/types.h>

struct pt_regs;
struct seq_file;

typedef void (*irq_handler_t)(int irq, void *dev_id, struct pt_regs *regs);

#define SA_SHIRQ	1	/* other devices may share the line */

/* 0, -EINVAL (no such line), -EBUSY (taken and not shared), -ENOMEM. */
int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
		const char *name, void *dev_id);

/* do_IRQ() of the architecture: runs the handlers of line `irq`. Interrupts masked. */
void handle_irq(unsigned int irq, struct pt_regs *regs);

extern unsigned long nr_interrupts;		/* since boot */
extern unsigned long nr_spurious;		/* gone again when the controller was asked */
void show_interrupts(struct seq_file *m);	/* /proc/interrupts */

#endif
