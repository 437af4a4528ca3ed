/*
 * The keyboard: key numbers, the map from keys to what they send, and the calls between
 * the controller's driver (pc_keyb.c) and the translation (keyboard.c, keymap.c).
 *
 * Key numbers are the scancodes of set 1 (1..0x58); keys sent with the prefix E0 are
 * those plus 0x80 (right Ctrl is 0x9d, arrow up 0xc8).
 */
#ifndef _LINUX_KEYBOARD_H
#define _LINUX_KEYBOARD_H

#include <linux/types.h>

#define NR_KEYS		256

/* An entry of the map: a character below 0x80, or kind << 8 | value. */
#define KEY_KIND(k)	((k) >> 8)
#define KEY_VALUE(k)	((k) & 0xff)
enum key_kind {
	KT_CHAR,		/* the character itself */
	KT_LETTER,		/* the same, and Caps Lock shifts it */
	KT_SHIFT,		/* a modifier: KM_ bit */
	KT_LOCK,		/* a lock key: LED_ bit */
	KT_CURSOR,		/* ESC [ value, or ESC O value in application mode */
	KT_EDIT,		/* ESC [ value ~ */
	KT_FN,			/* function key 1..20; with Alt, 1..4 switch consoles */
	KT_PAD,			/* keypad: digit with Num Lock, else a cursor key */
};
#define K(kind, value)	((kind) << 8 | (value))

/* KT_SHIFT */
#define KM_SHIFT	1
#define KM_CTRL		2
#define KM_ALT		4
#define KM_ALTGR	8

extern const u16 plain_map[128], shift_map[128];	/* keymap.c: without E0 */
u16 extended_key(u8 scancode);				/* with E0 */

/* ---- keyboard.c ---- */
/* A byte from a keyboard that sends scancodes of set 1. Interrupt context. */
void handle_scancode(u8 scancode);
void kbd_update_leds(void);		/* after a console switch */

/* ---- pc_keyb.c ---- */
void kbd_set_leds(u8 leds);		/* LED_; interrupt-safe, returns at once */

/* What Ctrl-Alt-Del does: kernel/sys.c decides between init and a restart. */
void ctrl_alt_del(void);

#endif
