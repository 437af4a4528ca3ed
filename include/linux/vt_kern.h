/*
 * Virtual consoles: four screens of text in memory, one of which is on the
 * display, each with a terminal emulator (VT100 with the Linux extensions) of its own.
 *
 *	console.c      the screen in memory: cells, scrolling, characters
 *	vt100.c        escape sequences
 *	consolemap.c   Unicode to the font of the VGA
 *	vgacon.c       from memory to the display
 *	vt.c           the terminals tty1..tty4: driver, switching, ioctls
 *
 * The memory is the truth. Lines are reached through a table of pointers, so that
 * scrolling moves pointers; changed parts are marked, and con_flush() copies
 * them to the display once per write.
 *
 * All of it may run in interrupts; everything masks them around changes.
 */
#ifndef _LINUX_VT_KERN_H
#define _LINUX_VT_KERN_H

#include <linux/types.h>
#include <linux/wait.h>

#define MAX_NR_CONSOLES	4
#define VC_COLS		80
#define VC_ROWS		25
#define VC_MAX_PAR	16		/* parameters of one escape sequence */

struct vc_line {
	u16 *cells;			/* VC_COLS of them */
	u8 dirty_from, dirty_to;	/* columns [from, to) differ from the display */
};

/* What ESC 7 saves and ESC 8 brings back. */
struct vc_pen {
	u8 x, y;
	u8 fg, bg;			/* ANSI colours 0-7 */
	bool bold, dim, underline, blink, reverse;
	u8 charset;			/* 0 or 1: G0 or G1 */
	bool graphics[2];		/* that set is the line-drawing one */
};

struct vc_data {
	struct vc_line line[VC_ROWS];
	struct vc_pen pen, saved;
	u16 attr;			/* the pen's colours as the high byte of a cell */
	u8 top, bottom;			/* scrolling region: rows [top, bottom) */
	bool wrap_pending;		/* the last column is written; the next character wraps */
	u32 tab_stop[3];		/* bitmap of columns */

	/* modes */
	bool autowrap, origin, insert, cursor_on, reverse_screen, newline_mode;
	bool appl_cursor, appl_keypad;	/* what the keyboard sends */
	bool report_mouse;		/* asked for, never sent */
	bool utf8;

	/* the parser */
	u8 state;
	bool private;			/* CSI ? */
	u8 npar;
	u16 par[VC_MAX_PAR];
	u32 utf_char;
	u8 utf_left;			/* bytes still to come */
	u16 last_char;			/* for CSI b */

	/* the display */
	u16 pending_scroll;		/* rows the whole screen moved up since the last flush */
	u8 mode;			/* KD_TEXT or KD_GRAPHICS */
	u8 kbd_mode;			/* K_XLATE, ... */
	u8 leds;			/* LED_: lock keys of this console */
};

extern struct vc_data vc_cons[MAX_NR_CONSOLES];
extern int fg_console;			/* the one on the display, from 0 */

/* ---- console.c: interrupts masked ---- */
void con_init_screens(void);		/* all of them blank; the first takes over the display */
/* Interprets n bytes written by a program; con_flush() makes them visible. */
void con_write(struct vc_data *vc, const char *buf, int n);
void con_control(struct vc_data *vc, u8 c);	/* BEL, BS, HT, NL, CR, ... */
/* Writes a glyph of the font at the pen, in its colours, and moves on (wrap, insert mode). */
void con_put_glyph(struct vc_data *vc, u8 glyph);
void con_newline(struct vc_data *vc);	/* down one row, scrolling at the bottom of the region */
/* Up one row, scrolling down at the top of the region. */
void con_reverse_newline(struct vc_data *vc);
/* Move the rows [top, bottom) by n; blank rows come in at the bottom (up) or at the top (down). */
void con_scroll_up(struct vc_data *vc, int top, int bottom, int n);
void con_scroll_down(struct vc_data *vc, int top, int bottom, int n);
void con_clear(struct vc_data *vc, int row, int from, int to);	/* columns [from, to) */
void con_move(struct vc_data *vc, int x, int y);	/* clamps to the screen */
/* Shift the rest of the pen's row right (insert) or left (delete) by n cells; blanks come in. */
void con_insert_cells(struct vc_data *vc, int n);
void con_delete_cells(struct vc_data *vc, int n);
/*
 * Columns [from, to) of a row, or all of the screen, differ from the display: con_flush() copies
 * them.
 */
void con_mark(struct vc_data *vc, int row, int from, int to);
void con_mark_all(struct vc_data *vc);
/* Pen, modes and tabs as at the start; clear: an empty screen too. */
void con_reset(struct vc_data *vc, bool clear);
/* Works out vc->attr after the pen's colours changed. */
void con_update_attr(struct vc_data *vc);
/* The cell value of an erased place: a space in the pen's background. */
u16 con_blank(const struct vc_data *vc);

/* ---- vt100.c ---- */
/* Takes a byte that belongs to an escape sequence; vc->state says which. */
void vt100_escape(struct vc_data *vc, u8 c);
#define VC_NORMAL	0		/* vc->state outside of escape sequences */
#define VC_ESC		1

/* ---- consolemap.c ---- */
u8 unicode_to_glyph(u32 c);		/* code page 437; '?' for what it does not have */
u8 graphics_to_glyph(u8 c);		/* the line-drawing set of the VT100 */

/* ---- vgacon.c ---- */
bool vgacon_init(struct vc_data *vc);	/* takes over what is displayed; false: no display */
void con_flush(struct vc_data *vc);	/* masks interrupts itself */
void vgacon_redraw(struct vc_data *vc);	/* after a switch: everything */

/* ---- vt.c ---- */
/* Puts another console on the display; any context. -ENXIO: no such console. */
int vt_switch(int console);
/* Gives the console's terminal input, as if typed (answers to queries too). */
void vt_input(struct vc_data *vc, const char *buf, int n);

/* ---- pcspkr.c ---- */
/* A tone of that frequency (0: silence) for that many jiffies (0: until stopped). */
void kd_mksound(unsigned int hz, unsigned int ticks);

#endif
