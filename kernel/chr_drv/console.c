/*
 * The screen of a virtual console, in memory: cells, cursor, scrolling, and
 * the characters a program writes.
 *
 * Lines are reached through vc->line[], a table of pointers: scrolling turns pointers round
 * and clears the lines that come in. Every change is marked in the line it touches; con_flush() of
 * vgacon.c brings the marked parts to the display once per write, not once per character.
 * When the whole screen scrolls the marks move along, and the display follows by its start address.
 *
 * 0.12's console.c wrote straight to video memory.
 */
#include <linux/vt_kern.h>
#include <uapi/linux/kd.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/timer.h>

#define BELL_HZ		750
#define BELL_TICKS	(HZ / 8)

struct vc_data vc_cons[MAX_NR_CONSOLES];
int fg_console;

static u16 screen_memory[MAX_NR_CONSOLES][VC_ROWS * VC_COLS];

/* ---- marks ---- */

void con_mark(struct vc_data *vc, int row, int from, int to)
{
	struct vc_line *line = &vc->line[row];

	if (line->dirty_from >= line->dirty_to) {
		line->dirty_from = from;
		line->dirty_to = to;
		return;
	}
	if (from < line->dirty_from)
		line->dirty_from = from;
	if (to > line->dirty_to)
		line->dirty_to = to;
}

void con_mark_all(struct vc_data *vc)
{
	int row;

	for (row = 0; row < VC_ROWS; row++)
		con_mark(vc, row, 0, VC_COLS);
}

/* ---- colours ---- */

void con_update_attr(struct vc_data *vc)
{
	/* ANSI counts red, green, blue from bit 0 up; the VGA blue, green, red. */
	static const u8 vga_colour[16] = { 0, 4, 2, 6, 1, 5, 3, 7, 8, 12, 10, 14, 9, 13, 11, 15 };
	const struct vc_pen *p = &vc->pen;
	unsigned int fg = vga_colour[p->fg & 15], bg = vga_colour[p->bg & 7], t;

	if (p->underline)
		fg = 3;			/* the VGA cannot: cyan instead */
	if (p->dim)
		fg = 8;
	if (p->bold)
		fg |= 8;
	if (p->reverse != vc->reverse_screen) {
		t = (fg & 8) | bg;	/* the background has no bright colours */
		bg = fg & 7;
		fg = t;
	}
	vc->attr = (p->blink << 7 | bg << 4 | fg) << 8;
}

u16 con_blank(const struct vc_data *vc)
{
	static const u8 vga_colour[8] = { 0, 4, 2, 6, 1, 5, 3, 7 };
	unsigned int fg = vga_colour[vc->pen.fg & 7], bg = vga_colour[vc->pen.bg & 7];

	return (vc->reverse_screen ? fg << 4 | bg : bg << 4 | fg) << 8 | ' ';
}

/* ---- cells ---- */

void con_clear(struct vc_data *vc, int row, int from, int to)
{
	u16 blank = con_blank(vc), *cells = vc->line[row].cells;
	int x;

	for (x = from; x < to; x++)
		cells[x] = blank;
	con_mark(vc, row, from, to);
}

void con_insert_cells(struct vc_data *vc, int n)
{
	int x = vc->pen.x, row = vc->pen.y;
	u16 *cells = vc->line[row].cells;

	n = min(n, VC_COLS - x);
	memmove(cells + x + n, cells + x, (VC_COLS - x - n) * sizeof(*cells));
	con_clear(vc, row, x, x + n);
	con_mark(vc, row, x, VC_COLS);
	vc->wrap_pending = false;
}

void con_delete_cells(struct vc_data *vc, int n)
{
	int x = vc->pen.x, row = vc->pen.y;
	u16 *cells = vc->line[row].cells;

	n = min(n, VC_COLS - x);
	memmove(cells + x, cells + x + n, (VC_COLS - x - n) * sizeof(*cells));
	con_clear(vc, row, VC_COLS - n, VC_COLS);
	con_mark(vc, row, x, VC_COLS);
	vc->wrap_pending = false;
}

/* ---- scrolling ---- */

static void mark_region(struct vc_data *vc, int top, int bottom)
{
	int row;

	for (row = top; row < bottom; row++)
		con_mark(vc, row, 0, VC_COLS);
}

/* Moves rows [top + n, bottom) up by n; the rows below them become blank. */
void con_scroll_up(struct vc_data *vc, int top, int bottom, int n)
{
	struct vc_line out[VC_ROWS];
	int size = bottom - top, row;

	n = min(n, size);
	if (n <= 0)
		return;
	memcpy(out, vc->line + top, n * sizeof(out[0]));
	memmove(vc->line + top, vc->line + top + n, (size - n) * sizeof(out[0]));
	memcpy(vc->line + bottom - n, out, n * sizeof(out[0]));
	for (row = bottom - n; row < bottom; row++)
		con_clear(vc, row, 0, VC_COLS);
	if (size == VC_ROWS)
		vc->pending_scroll = min(vc->pending_scroll + n, VC_ROWS);
	else
		mark_region(vc, top, bottom);
}

/* Moves rows [top, bottom - n) down by n; the rows above them become blank. */
void con_scroll_down(struct vc_data *vc, int top, int bottom, int n)
{
	struct vc_line out[VC_ROWS];
	int size = bottom - top, row;

	n = min(n, size);
	if (n <= 0)
		return;
	memcpy(out, vc->line + bottom - n, n * sizeof(out[0]));
	memmove(vc->line + top + n, vc->line + top, (size - n) * sizeof(out[0]));
	memcpy(vc->line + top, out, n * sizeof(out[0]));
	for (row = top; row < top + n; row++)
		con_clear(vc, row, 0, VC_COLS);
	mark_region(vc, top, bottom);
}

/* ---- the cursor ---- */

void con_move(struct vc_data *vc, int x, int y)
{
	int low = vc->origin ? vc->top : 0;
	int high = vc->origin ? vc->bottom : VC_ROWS;

	vc->pen.x = max(0, min(x, VC_COLS - 1));
	vc->pen.y = max(low, min(y, high - 1));
	vc->wrap_pending = false;
}

void con_newline(struct vc_data *vc)
{
	if (vc->pen.y + 1 == vc->bottom)
		con_scroll_up(vc, vc->top, vc->bottom, 1);
	else if (vc->pen.y < VC_ROWS - 1)
		vc->pen.y++;
	vc->wrap_pending = false;
}

void con_reverse_newline(struct vc_data *vc)
{
	if (vc->pen.y == vc->top)
		con_scroll_down(vc, vc->top, vc->bottom, 1);
	else if (vc->pen.y > 0)
		vc->pen.y--;
	vc->wrap_pending = false;
}

static void next_tab(struct vc_data *vc)
{
	int x = vc->pen.x;

	do
		x++;
	while (x < VC_COLS - 1 && !(vc->tab_stop[x / 32] >> (x % 32) & 1));
	vc->pen.x = min(x, VC_COLS - 1);
}

/* ---- characters ---- */

void con_put_glyph(struct vc_data *vc, u8 glyph)
{
	int x;

	if (vc->wrap_pending) {
		vc->pen.x = 0;
		con_newline(vc);
	}
	if (vc->insert)
		con_insert_cells(vc, 1);
	x = vc->pen.x;
	vc->line[vc->pen.y].cells[x] = vc->attr | glyph;
	con_mark(vc, vc->pen.y, x, x + 1);
	vc->last_char = glyph;
	if (x < VC_COLS - 1)
		vc->pen.x++;
	else
		vc->wrap_pending = vc->autowrap;
}

void con_control(struct vc_data *vc, u8 c)
{
	switch (c) {
	case '\a':
		kd_mksound(BELL_HZ, BELL_TICKS);
		break;
	case '\b':
		if (vc->pen.x > 0)
			vc->pen.x--;
		vc->wrap_pending = false;
		break;
	case '\t':
		next_tab(vc);
		break;
	case '\n':
	case '\v':
	case '\f':
		con_newline(vc);
		if (vc->newline_mode)
			vc->pen.x = 0;
		break;
	case '\r':
		vc->pen.x = 0;
		vc->wrap_pending = false;
		break;
	case 'N' - '@':			/* SO, SI: G1, G0 */
	case 'O' - '@':
		vc->pen.charset = c == 'N' - '@';
		break;
	case 'X' - '@':			/* CAN, SUB end an escape sequence */
	case 'Z' - '@':
		vc->state = VC_NORMAL;
		break;
	case '[' - '@':
		vc->state = VC_ESC;
		break;
	}
}

static void put_unicode(struct vc_data *vc, u32 c)
{
	if (c >= 0x300 && c < 0x370)	/* combining accents */
		return;
	if ((c >= 0x200b && c <= 0x200f) || c == 0xfeff)
		return;
	con_put_glyph(vc, unicode_to_glyph(c));
}

/* One byte of a UTF-8 sequence (c >= 0x80, or one is under way). True: c was part of it. */
static bool utf8_byte(struct vc_data *vc, u8 c)
{
	if (vc->utf_left) {
		if ((c & 0xc0) == 0x80) {
			vc->utf_char = vc->utf_char << 6 | (c & 0x3f);
			if (--vc->utf_left == 0)
				put_unicode(vc, vc->utf_char);
			return true;
		}
		vc->utf_left = 0;
		con_put_glyph(vc, '?');
	}
	if (c < 0x80)
		return false;
	if ((c & 0xe0) == 0xc0) {
		vc->utf_left = 1;
		vc->utf_char = c & 0x1f;
	} else if ((c & 0xf0) == 0xe0) {
		vc->utf_left = 2;
		vc->utf_char = c & 0x0f;
	} else if ((c & 0xf8) == 0xf0) {
		vc->utf_left = 3;
		vc->utf_char = c & 0x07;
	} else {
		con_put_glyph(vc, '?');
	}
	return true;
}

void con_write(struct vc_data *vc, const char *buf, int n)
{
	while (n-- > 0) {
		u8 c = *buf++;

		if (vc->utf8 && (c >= 0x80 || vc->utf_left) && vc->state == VC_NORMAL &&
		    utf8_byte(vc, c))
			continue;
		if (vc->state != VC_NORMAL)
			vt100_escape(vc, c);
		else if (c < ' ' || c == 0x7f)
			con_control(vc, c);
		else if (c >= 0x80)
			put_unicode(vc, c);
		else if (vc->pen.graphics[vc->pen.charset])
			con_put_glyph(vc, graphics_to_glyph(c));
		else
			con_put_glyph(vc, c);
	}
}

/* ---- beginnings ---- */

void con_reset(struct vc_data *vc, bool clear)
{
	int row, x;

	vc->top = 0;
	vc->bottom = VC_ROWS;
	vc->autowrap = vc->cursor_on = vc->utf8 = true;
	vc->origin = vc->insert = vc->reverse_screen = vc->newline_mode = false;
	vc->appl_cursor = vc->appl_keypad = vc->report_mouse = false;
	vc->wrap_pending = false;
	vc->state = VC_NORMAL;
	vc->utf_left = 0;
	vc->pen.fg = 7;
	vc->pen.bg = 0;
	vc->pen.bold = vc->pen.dim = vc->pen.underline = vc->pen.blink = vc->pen.reverse = false;
	vc->pen.charset = 0;
	vc->pen.graphics[0] = false;
	vc->pen.graphics[1] = true;
	memset(vc->tab_stop, 0, sizeof(vc->tab_stop));
	for (x = 8; x < VC_COLS; x += 8)
		vc->tab_stop[x / 32] |= 1u << (x % 32);
	con_update_attr(vc);
	vc->saved = vc->pen;
	if (!clear)
		return;
	for (row = 0; row < VC_ROWS; row++)
		con_clear(vc, row, 0, VC_COLS);
	con_move(vc, 0, 0);
}

void __init con_init_screens(void)
{
	int i, row;

	for (i = 0; i < MAX_NR_CONSOLES; i++) {
		struct vc_data *vc = &vc_cons[i];

		for (row = 0; row < VC_ROWS; row++)
			vc->line[row].cells = &screen_memory[i][row * VC_COLS];
		vc->kbd_mode = K_UNICODE;
		con_reset(vc, true);
	}
}
