/*
 * The memory that the battery clock of a PC keeps: the clock itself, and what the BIOS's set-up was
 * told about the machine.
 */
#ifndef _ASM_CMOS_H
#define _ASM_CMOS_H

#include <asm/io.h>

#define CMOS_ADDR	0x70
#define CMOS_DATA	0x71

#define CMOS_FLOPPIES	0x10		/* kinds of drives: bits 4-7 the first, 0-3 the second */

/* One byte of it. At boot, while nobody else asks. */
static inline u8 cmos_read(u8 reg)
{
	outb(reg, CMOS_ADDR);
	return inb(CMOS_DATA);
}

#endif
