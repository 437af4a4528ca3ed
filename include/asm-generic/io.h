/*
 * Memory-mapped registers (ioremap), one access each of the width its name says; and addresses of
 * lowmem as devices see them. For machines where both are plain memory accesses; included by
 * their <asm/io.h>.
 */
#ifndef _ASM_GENERIC_IO_H
#define _ASM_GENERIC_IO_H

#include <asm/page.h>

#define readb(a)	(*(volatile u8 *)(a))
#define readw(a)	(*(volatile u16 *)(a))
#define readl(a)	(*(volatile u32 *)(a))
#define writeb(v, a)	(*(volatile u8 *)(a) = (v))
#define writew(v, a)	(*(volatile u16 *)(a) = (v))
#define writel(v, a)	(*(volatile u32 *)(a) = (v))

static inline unsigned long virt_to_phys(const volatile void *addr)
{
	return __pa(addr);
}

static inline void *phys_to_virt(unsigned long phys)
{
	return __va(phys);
}

#endif
