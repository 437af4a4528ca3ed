/*
 * Interrupt numbers are the lines of the two 8259A: arch/i386/irq.c.
 */
#ifndef _ASM_IRQ_H
#define _ASM_IRQ_H

#define NR_IRQS		16
#define IRQ_CHIP_NAME	"XT-PIC"

/* Lets a line through to the CPU. Any context. */
void enable_irq(unsigned int irq);

#endif
