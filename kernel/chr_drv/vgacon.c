/*
 * From a console's memory to the display: a VGA in text mode.
 *
 * The window of video memory holds more than eight screens. The display shows the
 * 25 rows from `origin` on; when a whole screen has scrolled by n rows, origin moves down
 * n rows and only the new rows are copied. Near the end of the window it starts at the
 * top again with a full copy.
 */
#include <linux/vt_kern.h>
#include <uapi/linux/kd.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <asm/system.h>
#include <asm/vga.h>

#define SCREEN_CELLS	(VC_ROWS * VC_COLS)

static bool present;
static unsigned int origin;		/* in cells */
static unsigned int shown_origin;	/* what the registers hold */
static unsigned int shown_cursor;
static bool shown_cursor_on;

static bool visible(const struct vc_data *vc)
{
	return present && vc == &vc_cons[fg_console] && vc->mode == KD_TEXT;
}

static void follow_scroll(struct vc_data *vc)
{
	origin += vc->pending_scroll * VC_COLS;
	vc->pending_scroll = 0;
	if (origin + SCREEN_CELLS > VGA_TEXT_CELLS) {
		origin = 0;
		con_mark_all(vc);
	}
}

static void copy_line(struct vc_data *vc, int row)
{
	struct vc_line *line = &vc->line[row];
	unsigned int from = line->dirty_from, to = line->dirty_to;

	if (from < to)
		memcpy((void *)(vga_text_base() + origin + row * VC_COLS + from),
		       line->cells + from, (to - from) * sizeof(u16));
	line->dirty_from = line->dirty_to = 0;
}

static void set_registers(struct vc_data *vc)
{
	unsigned int cursor = origin + vc->pen.y * VC_COLS + vc->pen.x;

	if (origin != shown_origin) {
		vga_crtc_write(CRTC_START_HIGH, origin >> 8);
		vga_crtc_write(CRTC_START_LOW, origin & 0xff);
		shown_origin = origin;
	}
	if (cursor != shown_cursor) {
		vga_crtc_write(CRTC_CURSOR_HIGH, cursor >> 8);
		vga_crtc_write(CRTC_CURSOR_LOW, cursor & 0xff);
		shown_cursor = cursor;
	}
	if (vc->cursor_on != shown_cursor_on) {
		vga_crtc_write(CRTC_CURSOR_START, vc->cursor_on ? 14 : 0x20);
		vga_crtc_write(CRTC_CURSOR_END, 15);
		shown_cursor_on = vc->cursor_on;
	}
}

/*
 * Interrupts are masked row by row: a message of the kernel may come in between, and
 * does its own flush.
 */
void con_flush(struct vc_data *vc)
{
	unsigned long flags;
	int row;

	local_irq_save(flags);
	if (visible(vc) && vc->pending_scroll)
		follow_scroll(vc);
	local_irq_restore(flags);
	for (row = 0; row < VC_ROWS; row++) {
		if (vc->line[row].dirty_from >= vc->line[row].dirty_to)
			continue;
		local_irq_save(flags);
		if (visible(vc))
			copy_line(vc, row);
		local_irq_restore(flags);
	}
	local_irq_save(flags);
	if (visible(vc))
		set_registers(vc);
	local_irq_restore(flags);
}

void vgacon_redraw(struct vc_data *vc)
{
	vc->pending_scroll = 0;
	con_mark_all(vc);
	con_flush(vc);
}

bool __init vgacon_init(struct vc_data *vc)
{
	volatile u16 *video = vga_text_base();
	unsigned int start, cursor, i;

	present = vga_present();
	if (!present)
		return false;
	start = vga_crtc_read(CRTC_START_HIGH) << 8 | vga_crtc_read(CRTC_START_LOW);
	cursor = vga_crtc_read(CRTC_CURSOR_HIGH) << 8 | vga_crtc_read(CRTC_CURSOR_LOW);
	if (start + SCREEN_CELLS > VGA_TEXT_CELLS)
		start = 0;
	cursor = cursor >= start ? min(cursor - start, SCREEN_CELLS - 1u) : 0;

	/* What the BIOS and the boot stages have written stays to be read. */
	for (i = 0; i < SCREEN_CELLS; i++)
		vc->line[i / VC_COLS].cells[i % VC_COLS] = video[start + i];
	vc->pen.y = cursor / VC_COLS;
	vc->pen.x = cursor % VC_COLS;
	if (vc->pen.x) {
		vc->pen.x = 0;
		con_newline(vc);
	}
	origin = 0;
	shown_origin = shown_cursor = ~0u;
	vgacon_redraw(vc);
	return true;
}

/* vgacon_init() runs before there is memory to note a claim in. */
static int __init vgacon_claim(void)
{
	if (present) {
		request_mem_region(VGA_TEXT_PHYS, 2 * VGA_TEXT_CELLS, "vga");
		request_region(VGA_CRTC_INDEX, 2, "vga");
	}
	return 0;
}
initcall_dev(vgacon_claim);
