/*
 * Memory-mapped registers, and addresses as devices see them. There are no I/O ports.
 *
 * Registers are mapped as Device memory (ioremap, PAGE_KERNEL_NOCACHE): accesses to one device stay
 * in program order and are neither merged nor repeated. Against accesses to ordinary
 * memory they are not ordered: a driver puts mb(), rmb() or wmb() between.
 * Source: ARM Architecture Reference Manual ARMv7-A, A3.5 and A3.8.
 */
#ifndef _ASM_IO_H
#define _ASM_IO_H

#include <linux/highmem.h>
#include <asm-generic/io.h>

/* For what is used before ioremap() works: maps the registers at a fixed page. Any context. */
static inline void *ioremap_fixed(enum fixed_addresses slot, unsigned long phys)
{
	set_fixmap(slot, phys & PAGE_MASK, PAGE_KERNEL_NOCACHE);
	return (void *)(fix_to_virt(slot) + (phys & ~PAGE_MASK));
}

#endif
