/*
 * Escape sequences of a virtual console: those of the VT100 and VT102 that
 * programs use, with the extensions that TERM=linux promises.
 *
 *	ESC x                     one function
 *	ESC [ ? par ; par ... x   a function with parameters (CSI)
 *	ESC ( 0, ESC ( B          which character set G0 is; ESC ) the same for G1
 *	ESC ] ... BEL or ESC \    a string for the terminal: swallowed
 *
 * Control characters act even inside a sequence.
 */
#include <linux/vt_kern.h>
#include <linux/kernel.h>
#include <linux/string.h>

enum {				/* vc->state, behind VC_NORMAL and VC_ESC */
	CSI = VC_ESC + 1,	/* reading parameters */
	CSI_IGNORE,		/* a sequence we do not know, up to its last character */
	FUNCTION_KEY,		/* ESC [ [ x: what F1 to F5 send, echoed */
	SET_G0, SET_G1,
	PERCENT, HASH,
	STRING,			/* OSC, DCS, APC, PM */
	STRING_ESC,
	PALETTE,		/* ESC ] P and seven digits; npar counts */
};

static int par(const struct vc_data *vc, int i, int missing)
{
	return vc->par[i] ? vc->par[i] : missing;
}

/* ---- erasing ---- */

static void erase_display(struct vc_data *vc, int what)
{
	int y = vc->pen.y, row;
	int first = what == 0 ? y + 1 : 0;
	int last = what == 1 ? y : VC_ROWS;

	if (what > 3)
		return;
	for (row = first; row < last; row++)
		con_clear(vc, row, 0, VC_COLS);
	if (what == 0)
		con_clear(vc, y, vc->pen.x, VC_COLS);
	else if (what == 1)
		con_clear(vc, y, 0, vc->pen.x + 1);
	vc->wrap_pending = false;
}

static void erase_line(struct vc_data *vc, int what)
{
	if (what > 2)
		return;
	con_clear(vc, vc->pen.y, what == 0 ? vc->pen.x : 0,
		  what == 1 ? vc->pen.x + 1 : VC_COLS);
	vc->wrap_pending = false;
}

static void insert_lines(struct vc_data *vc, int n)
{
	if (vc->pen.y >= vc->top && vc->pen.y < vc->bottom)
		con_scroll_down(vc, vc->pen.y, vc->bottom, n);
	vc->wrap_pending = false;
}

static void delete_lines(struct vc_data *vc, int n)
{
	if (vc->pen.y >= vc->top && vc->pen.y < vc->bottom) {
		con_scroll_up(vc, vc->pen.y, vc->bottom, n);
		vc->wrap_pending = false;
	}
}

/* ---- colours: CSI m ---- */

/* The nearest of the 16 colours to entry n of xterm's table of 256. */
static u8 nearest_colour(unsigned int n)
{
	unsigned int r, g, b;

	if (n < 16)
		return n;
	if (n >= 232)			/* 24 greys */
		return n < 238 ? 0 : n < 244 ? 8 : n < 250 ? 7 : 15;
	n = min(n, 231u) - 16;		/* a cube of 6 x 6 x 6 */
	r = n / 36;
	g = n / 6 % 6;
	b = n % 6;
	return (r > 2) | (g > 2) << 1 | (b > 2) << 2 | (max(r, max(g, b)) > 4) << 3;
}

/* 38;5;n and 38;2;r;g;b: the colour, and *i moved to the last parameter used. */
static u8 extended_colour(struct vc_data *vc, int *i)
{
	int left = vc->npar - *i;
	u8 colour;

	if (left >= 2 && vc->par[*i + 1] == 5) {
		*i += 2;
		return nearest_colour(vc->par[*i]);
	}
	if (left >= 4 && vc->par[*i + 1] == 2) {
		colour = (vc->par[*i + 2] > 127) | (vc->par[*i + 3] > 127) << 1 |
			 (vc->par[*i + 4] > 127) << 2;
		*i += 4;
		return colour;
	}
	*i = vc->npar;
	return 7;
}

static void default_pen(struct vc_pen *p)
{
	p->bold = p->dim = p->underline = p->blink = p->reverse = false;
	p->fg = 7;
	p->bg = 0;
}

static void set_rendition(struct vc_data *vc, int i, int *last)
{
	struct vc_pen *p = &vc->pen;
	int n = vc->par[i];

	*last = i;
	switch (n) {
	case 0: default_pen(p); break;
	case 1: p->bold = true; p->dim = false; break;
	case 2: p->dim = true; p->bold = false; break;
	case 4: p->underline = true; break;
	case 5: p->blink = true; break;
	case 7: p->reverse = true; break;
	case 21:
	case 22: p->bold = p->dim = false; break;
	case 24: p->underline = false; break;
	case 25: p->blink = false; break;
	case 27: p->reverse = false; break;
	case 38: p->fg = extended_colour(vc, last); break;
	case 39: p->fg = 7; p->underline = false; break;
	case 48: p->bg = extended_colour(vc, last) & 7; break;
	case 49: p->bg = 0; break;
	case 30 ... 37: p->fg = n - 30; break;
	case 40 ... 47: p->bg = n - 40; break;
	case 90 ... 97: p->fg = n - 90 + 8; break;
	case 100 ... 107: p->bg = n - 100; break;
	}
}

static void csi_m(struct vc_data *vc)
{
	int i, last;

	for (i = 0; i <= vc->npar; i = last + 1)
		set_rendition(vc, i, &last);
	con_update_attr(vc);
}

/* ---- modes: CSI h and CSI l ---- */

static void invert_screen(struct vc_data *vc)
{
	int row, x;

	for (row = 0; row < VC_ROWS; row++) {
		for (x = 0; x < VC_COLS; x++) {
			u16 *cell = &vc->line[row].cells[x];

			*cell = (*cell & 0x88ff) | (*cell & 0x7000) >> 4 | (*cell & 0x0700) << 4;
		}
	}
	con_mark_all(vc);
}

static void set_private_mode(struct vc_data *vc, int mode, bool on)
{
	switch (mode) {
	case 1:
		vc->appl_cursor = on;
		break;
	case 5:
		if (vc->reverse_screen != on) {
			vc->reverse_screen = on;
			invert_screen(vc);
			con_update_attr(vc);
		}
		break;
	case 6:
		vc->origin = on;
		con_move(vc, 0, on ? vc->top : 0);
		break;
	case 7:
		vc->autowrap = on;
		break;
	case 9:
	case 1000:
		vc->report_mouse = on;
		break;
	case 25:
		vc->cursor_on = on;
		break;
	}
}

static void set_modes(struct vc_data *vc, bool on)
{
	int i;

	for (i = 0; i <= vc->npar; i++) {
		if (vc->private)
			set_private_mode(vc, vc->par[i], on);
		else if (vc->par[i] == 4)
			vc->insert = on;
		else if (vc->par[i] == 20)
			vc->newline_mode = on;
	}
}

/* ---- the rest of CSI ---- */

static void save_pen(struct vc_data *vc)
{
	vc->saved = vc->pen;
}

static void restore_pen(struct vc_data *vc)
{
	vc->pen = vc->saved;
	con_move(vc, vc->pen.x, vc->pen.y);
	con_update_attr(vc);
}

static void set_region(struct vc_data *vc)
{
	int top = par(vc, 0, 1), bottom = par(vc, 1, VC_ROWS);

	if (top >= bottom || bottom > VC_ROWS)
		return;
	vc->top = top - 1;
	vc->bottom = bottom;
	con_move(vc, 0, vc->origin ? vc->top : 0);
}

/* Answers a query of the program, as input of the terminal. */
static void report(struct vc_data *vc)
{
	char answer[24];

	if (vc->par[0] == 5)
		strcpy(answer, "\033[0n");
	else if (vc->par[0] == 6)
		sprintf(answer, "\033[%d;%dR",
			vc->pen.y - (vc->origin ? vc->top : 0) + 1, vc->pen.x + 1);
	else
		return;
	vt_input(vc, answer, strlen(answer));
}

static void identify(struct vc_data *vc)
{
	vt_input(vc, "\033[?6c", 5);
}

static void clear_tabs(struct vc_data *vc)
{
	if (vc->par[0] == 0)
		vc->tab_stop[vc->pen.x / 32] &= ~(1u << (vc->pen.x % 32));
	else if (vc->par[0] == 3)
		memset(vc->tab_stop, 0, sizeof(vc->tab_stop));
}

static void repeat_char(struct vc_data *vc, int n)
{
	n = min(n, VC_ROWS * VC_COLS);
	while (n-- > 0 && vc->last_char)
		con_put_glyph(vc, vc->last_char);
}

/* Cursor movements. False: c is none. */
static bool csi_move(struct vc_data *vc, u8 c)
{
	int x = vc->pen.x, y = vc->pen.y, n = par(vc, 0, 1);
	int base = vc->origin ? vc->top : 0;

	switch (c) {
	case 'A': con_move(vc, x, y - n); break;
	case 'B':
	case 'e': con_move(vc, x, y + n); break;
	case 'C':
	case 'a': con_move(vc, x + n, y); break;
	case 'D': con_move(vc, x - n, y); break;
	case 'E': con_move(vc, 0, y + n); break;
	case 'F': con_move(vc, 0, y - n); break;
	case 'G':
	case '`': con_move(vc, n - 1, y); break;
	case 'd': con_move(vc, x, base + n - 1); break;
	case 'H':
	case 'f': con_move(vc, par(vc, 1, 1) - 1, base + n - 1); break;
	default: return false;
	}
	return true;
}

static void csi_final(struct vc_data *vc, u8 c)
{
	int n = par(vc, 0, 1);

	if (c == 'h' || c == 'l') {
		set_modes(vc, c == 'h');
		return;
	}
	if (vc->private || csi_move(vc, c))
		return;
	switch (c) {
	case 'J': erase_display(vc, vc->par[0]); break;
	case 'K': erase_line(vc, vc->par[0]); break;
	case 'L': insert_lines(vc, n); break;
	case 'M': delete_lines(vc, n); break;
	case 'P': con_delete_cells(vc, n); break;
	case '@': con_insert_cells(vc, n); break;
	case 'X': con_clear(vc, vc->pen.y, vc->pen.x, min(vc->pen.x + n, VC_COLS)); break;
	case 'S': con_scroll_up(vc, vc->top, vc->bottom, n); break;
	case 'T': con_scroll_down(vc, vc->top, vc->bottom, n); break;
	case 'b': repeat_char(vc, n); break;
	case 'c': identify(vc); break;
	case 'g': clear_tabs(vc); break;
	case 'm': csi_m(vc); break;
	case 'n': report(vc); break;
	case 'r': set_region(vc); break;
	case 's': save_pen(vc); break;
	case 'u': restore_pen(vc); break;
	}
}

/* ---- the parser ---- */

static void begin_csi(struct vc_data *vc)
{
	memset(vc->par, 0, sizeof(vc->par));
	vc->npar = 0;
	vc->private = false;
	vc->state = CSI;
}

static void csi_byte(struct vc_data *vc, u8 c)
{
	if (c >= '0' && c <= '9') {
		vc->par[vc->npar] = min(vc->par[vc->npar] * 10 + c - '0', 9999);
	} else if (c == ';' || c == ':') {
		if (vc->npar < VC_MAX_PAR - 1)
			vc->npar++;
	} else if (c == '?') {
		vc->private = true;
	} else if (c == '[') {
		vc->state = FUNCTION_KEY;
	} else if (c < '@') {
		vc->state = CSI_IGNORE;
	} else {
		vc->state = VC_NORMAL;	/* first: an answer may be echoed to this screen */
		if (c < 0x7f)
			csi_final(vc, c);
	}
}

static void escape_byte(struct vc_data *vc, u8 c)
{
	vc->state = VC_NORMAL;
	switch (c) {
	case '[': begin_csi(vc); break;
	case ']':
	case 'P':
	case '^':
	case '_': vc->state = STRING; vc->npar = 0; break;
	case '(': vc->state = SET_G0; break;
	case ')': vc->state = SET_G1; break;
	case '%': vc->state = PERCENT; break;
	case '#': vc->state = HASH; break;
	case 'E': vc->pen.x = 0; con_newline(vc); break;
	case 'D': con_newline(vc); break;
	case 'M': con_reverse_newline(vc); break;
	case 'H': vc->tab_stop[vc->pen.x / 32] |= 1u << (vc->pen.x % 32); break;
	case 'Z': identify(vc); break;
	case '7': save_pen(vc); break;
	case '8': restore_pen(vc); break;
	case '=': vc->appl_keypad = true; break;
	case '>': vc->appl_keypad = false; break;
	case 'c': con_reset(vc, true); break;
	}
}

/* Inside ESC ] and the like. The first character may be one of the two without an end. */
static void string_byte(struct vc_data *vc, u8 c)
{
	if (c == '\a') {
		vc->state = VC_NORMAL;
	} else if (c == '\033') {
		vc->state = STRING_ESC;
	} else if (vc->npar == 0 && c == 'R') {
		vc->state = VC_NORMAL;
	} else if (vc->npar == 0 && c == 'P') {
		vc->state = PALETTE;
	} else {
		vc->npar = 1;
	}
}

static void fill_with_e(struct vc_data *vc)
{
	int row, x;

	for (row = 0; row < VC_ROWS; row++) {
		for (x = 0; x < VC_COLS; x++)
			vc->line[row].cells[x] = vc->attr | 'E';
	}
	con_mark_all(vc);
}

void vt100_escape(struct vc_data *vc, u8 c)
{
	if (vc->state == STRING) {
		string_byte(vc, c);
		return;
	}
	if (c < ' ' || c == 0x7f) {
		con_control(vc, c);
		return;
	}
	switch (vc->state) {
	case VC_ESC:
		escape_byte(vc, c);
		return;
	case CSI:
		csi_byte(vc, c);
		return;
	case CSI_IGNORE:
		if (c >= '@')
			vc->state = VC_NORMAL;
		return;
	case STRING_ESC:
		if (c == '\\')
			vc->state = VC_NORMAL;
		else
			escape_byte(vc, c);
		return;
	case PALETTE:
		if (++vc->npar == 7)
			vc->state = VC_NORMAL;
		return;
	case SET_G0:
	case SET_G1:
		vc->pen.graphics[vc->state == SET_G1] = c == '0';
		break;
	case PERCENT:
		vc->utf8 = c != '@';
		vc->utf_left = 0;
		break;
	case HASH:
		if (c == '8')
			fill_with_e(vc);
		break;
	}
	vc->state = VC_NORMAL;
}
