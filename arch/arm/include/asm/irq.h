/*
 * Interrupt numbers are those of the GIC: 0-15 software, 16-31 private to a CPU, from 32 on
 * the lines of the board (<asm/vexpress.h>). arch/arm/irq.c.
 */
#ifndef _ASM_IRQ_H
#define _ASM_IRQ_H

#define NR_IRQS		96
#define IRQ_CHIP_NAME	"GIC"

/* Lets a line through to the CPU. Any context. */
void enable_irq(unsigned int irq);

#endif
