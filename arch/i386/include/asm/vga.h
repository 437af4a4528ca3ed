/*
 * The VGA in text mode, as the kernel's console uses it: 80 x 25 cells of 16
 * bits (low byte the character in code page 437, high byte the colours) in a
 * window of 32 KB, and the registers of the CRT controller (IBM VGA Technical
 * Reference, "CRT Controller Registers").
 *
 * An architecture without a VGA offers vga_present() false and nothing behind it.
 */
#ifndef _ASM_VGA_H
#define _ASM_VGA_H

#include <asm/io.h>
#include <asm/page.h>

#define VGA_TEXT_PHYS	0xb8000
#define VGA_TEXT_CELLS	16384		/* the window, in cells */

#define VGA_CRTC_INDEX	0x3d4
#define VGA_CRTC_DATA	0x3d5
#define CRTC_CURSOR_START	0x0a	/* bit 5: cursor off; bits 0-4: first scan line */
#define CRTC_CURSOR_END		0x0b
#define CRTC_START_HIGH		0x0c	/* cell shown in the upper left corner */
#define CRTC_START_LOW		0x0d
#define CRTC_CURSOR_HIGH	0x0e	/* cell of the cursor */
#define CRTC_CURSOR_LOW		0x0f

static inline volatile u16 *vga_text_base(void)
{
	return __va(VGA_TEXT_PHYS);
}

static inline u8 vga_crtc_read(u8 reg)
{
	outb(reg, VGA_CRTC_INDEX);
	return inb(VGA_CRTC_DATA);
}

static inline void vga_crtc_write(u8 reg, u8 value)
{
	outb(reg, VGA_CRTC_INDEX);
	outb(value, VGA_CRTC_DATA);
}

/* Video memory answers. */
static inline bool vga_present(void)
{
	volatile u16 *cell = vga_text_base();
	u16 old = *cell;
	bool found;

	*cell = 0xaa55;
	found = *cell == 0xaa55;
	*cell = old;
	return found;
}

#endif
