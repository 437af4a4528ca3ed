/*
 * From keys to characters: scancodes come from the controller's driver, and
 * what the key means goes to the terminal of the console on the display, as if it had
 * been received over a line. All in the keyboard's interrupt.
 *
 *	scancode -> key (E0 prefix, release bit) -> map entry (Shift, Caps Lock)
 *	         -> character (Ctrl, Alt), escape sequence, or an order to the kernel
 */
#include <linux/keyboard.h>
#include <uapi/linux/kd.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/vt_kern.h>

#define PREFIX_E0	0xe0
#define PREFIX_E1	0xe1		/* Pause: two more bytes, twice */
#define FAKE_LSHIFT	0x2a		/* with E0: sent around some keys, means nothing */
#define FAKE_RSHIFT	0x36
#define RELEASED	0x80

static u8 modifiers;			/* KM_ bits */
static u8 modifier_keys[4];		/* keys held down for each of them */
static u32 down[NR_KEYS / 32];		/* keys held down */

static struct vc_data *kbd_vc(void)
{
	return &vc_cons[fg_console];
}

static void put_string(const char *s)
{
	vt_input(kbd_vc(), s, strlen(s));
}

void kbd_update_leds(void)
{
	kbd_set_leds(kbd_vc()->leds);
}

/* ---- kinds of keys ---- */

static void modifier(u8 mask, bool press)
{
	int i;

	for (i = 0; i < 4; i++) {
		if (!(mask & 1 << i))
			continue;
		if (press)
			modifier_keys[i]++;
		else if (modifier_keys[i])
			modifier_keys[i]--;
		modifiers = (modifiers & ~mask) | (modifier_keys[i] ? mask : 0);
	}
}

static void lock_key(u8 led)
{
	struct vc_data *vc = kbd_vc();

	if (led == LED_SCR && (modifiers & KM_SHIFT)) {
		show_mem();
		return;
	}
	vc->leds ^= led;
	kbd_update_leds();
	if (led == LED_SCR)		/* Scroll Lock is ^S and ^Q */
		vt_input(vc, vc->leds & LED_SCR ? "\023" : "\021", 1);
}

/* What Ctrl makes of a character. */
static u8 ctrl_char(u8 c)
{
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 1;
	if (c >= '@' && c <= '_')
		return c - '@';
	switch (c) {
	case ' ':
	case '2':
		return 0;
	case '3': case '4': case '5': case '6': case '7':
		return c - '3' + 033;
	case '-':
	case '/':
		return 037;
	case '8':
	case '?':
		return 0177;
	case 0177:
		return '\b';
	}
	return c;
}

static void character(u8 c)
{
	char out[3];
	int n = 0;

	if (modifiers & KM_CTRL)
		c = ctrl_char(c);
	if (modifiers & KM_ALT)
		out[n++] = '\033';
	out[n++] = c;
	if (c == '\r' && kbd_vc()->newline_mode)
		out[n++] = '\n';
	vt_input(kbd_vc(), out, n);
}

static void cursor_key(char c)
{
	char seq[4] = "\033[";

	if ((modifiers & KM_ALT) && (c == 'C' || c == 'D')) {	/* the next console */
		vt_switch((fg_console + (c == 'C' ? 1 : MAX_NR_CONSOLES - 1)) % MAX_NR_CONSOLES);
		return;
	}
	if (kbd_vc()->appl_cursor && c <= 'D')
		seq[1] = 'O';
	seq[2] = c;
	seq[3] = 0;
	put_string(seq);
}

static void edit_key(int n)
{
	char seq[8];

	if (n == 3 && (modifiers & KM_CTRL) && (modifiers & (KM_ALT | KM_ALTGR))) {
		ctrl_alt_del();
		return;
	}
	sprintf(seq, "\033[%d~", n);
	put_string(seq);
}

static void function_key(int n)
{
	static const u8 number[] = {	/* of ESC [ number ~, from F6 on */
		17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34,
	};
	char seq[8];

	if (modifiers & (KM_ALT | KM_ALTGR)) {
		if (n <= MAX_NR_CONSOLES && kbd_vc()->mode == KD_TEXT)
			vt_switch(n - 1);
		return;
	}
	if (n <= 5)
		sprintf(seq, "\033[[%c", 'A' + n - 1);
	else
		sprintf(seq, "\033[%d~", number[n - 6]);
	put_string(seq);
}

/* A digit with Num Lock (Shift turns it round), else what is printed below the digit. */
static void keypad(char c)
{
	static const char cursor[] = "0B0DGC0A0";	/* for 1..9; 0: an edit key */
	static const u8 edit[] = { 2, 4, 0, 6, 0, 0, 0, 1, 0, 5 };	/* for 0..9 */
	bool num = kbd_vc()->leds & LED_NUM, shift = modifiers & KM_SHIFT;
	char seq[4];

	if (kbd_vc()->appl_keypad && !shift) {
		sprintf(seq, "\033O%c", c == '.' ? 'n' : 'p' + c - '0');
		put_string(seq);
	} else if (num != shift) {
		character(c);
	} else if (c == '.') {
		edit_key(3);
	} else if (c == '0' || cursor[c - '1'] == '0') {
		edit_key(edit[c - '0']);
	} else {
		cursor_key(cursor[c - '1']);
	}
}

/* ---- from scancode to key ---- */

static u16 map_entry(u8 key)
{
	bool shift = modifiers & KM_SHIFT;

	if (key & 0x80)
		return extended_key(key & 0x7f);
	if (KEY_KIND(plain_map[key]) == KT_LETTER && (kbd_vc()->leds & LED_CAP))
		shift = !shift;
	return shift ? shift_map[key] : plain_map[key];
}

static void key_pressed(u8 key, bool repeated)
{
	u16 entry = map_entry(key);
	u8 value = KEY_VALUE(entry);

	if (!entry)
		return;
	switch (KEY_KIND(entry)) {
	case KT_CHAR:
	case KT_LETTER: character(value); break;
	case KT_CURSOR: cursor_key(value); break;
	case KT_EDIT: edit_key(value); break;
	case KT_FN: function_key(value); break;
	case KT_PAD: keypad(value); break;
	case KT_SHIFT:
		if (!repeated)
			modifier(value, true);
		break;
	case KT_LOCK:
		if (!repeated)
			lock_key(value);
		break;
	}
}

static void key_event(u8 key, bool press)
{
	u32 *word = &down[key / 32], bit = 1u << (key % 32);
	bool held = *word & bit;
	u16 entry = key & 0x80 ? extended_key(key & 0x7f) : plain_map[key];

	*word = press ? *word | bit : *word & ~bit;
	if (!press) {
		if (held && KEY_KIND(entry) == KT_SHIFT)
			modifier(KEY_VALUE(entry), false);
		return;
	}
	/* In raw mode the program sees to everything, but the modifiers must stay right. */
	if (kbd_vc()->kbd_mode != K_RAW || (KEY_KIND(entry) == KT_SHIFT))
		key_pressed(key, held);
}

void handle_scancode(u8 scancode)
{
	static bool extended;
	static u8 skip;
	u8 key = scancode & ~RELEASED;

	add_interrupt_randomness(scancode);
	if (kbd_vc()->kbd_mode == K_RAW)
		vt_input(kbd_vc(), (char *)&scancode, 1);
	if (skip) {
		skip--;
	} else if (scancode == PREFIX_E0) {
		extended = true;
		return;
	} else if (scancode == PREFIX_E1) {
		skip = 2;
	} else if (key && !(extended && (key == FAKE_LSHIFT || key == FAKE_RSHIFT))) {
		key_event(key | (extended ? 0x80 : 0), !(scancode & RELEASED));
	}
	extended = false;
}
