/*
 * The US keyboard: what each key sends, by scancode of set 1. The rows are
 * those of the keyboard, left to right. keyboard.c applies Ctrl, Alt and the lock keys.
 */
#include <linux/keyboard.h>
#include <uapi/linux/kd.h>

#define L(c)	K(KT_LETTER, c)
#define SH(m)	K(KT_SHIFT, m)
#define LK(led)	K(KT_LOCK, led)
#define FN(n)	K(KT_FN, n)
#define PAD(c)	K(KT_PAD, c)

const u16 plain_map[128] = {
	0, 033, '1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-', '=', 0177,
	'\t', L('q'), L('w'), L('e'), L('r'), L('t'), L('y'), L('u'), L('i'), L('o'), L('p'),
	'[', ']', '\r',
	SH(KM_CTRL), L('a'), L('s'), L('d'), L('f'), L('g'), L('h'), L('j'), L('k'), L('l'),
	';', '\'', '`',
	SH(KM_SHIFT), '\\', L('z'), L('x'), L('c'), L('v'), L('b'), L('n'), L('m'),
	',', '.', '/', SH(KM_SHIFT), '*',
	SH(KM_ALT), ' ', LK(LED_CAP),
	FN(1), FN(2), FN(3), FN(4), FN(5), FN(6), FN(7), FN(8), FN(9), FN(10),
	LK(LED_NUM), LK(LED_SCR),
	PAD('7'), PAD('8'), PAD('9'), '-',
	PAD('4'), PAD('5'), PAD('6'), '+',
	PAD('1'), PAD('2'), PAD('3'), PAD('0'), PAD('.'),
	0, 0, '<', FN(11), FN(12),
};

const u16 shift_map[128] = {
	0, 033, '!', '@', '#', '$', '%', '^', '&', '*', '(', ')', '_', '+', 0177,
	K(KT_CURSOR, 'Z'),
	L('Q'), L('W'), L('E'), L('R'), L('T'), L('Y'), L('U'), L('I'), L('O'), L('P'),
	'{', '}', '\r',
	SH(KM_CTRL), L('A'), L('S'), L('D'), L('F'), L('G'), L('H'), L('J'), L('K'), L('L'),
	':', '"', '~',
	SH(KM_SHIFT), '|', L('Z'), L('X'), L('C'), L('V'), L('B'), L('N'), L('M'),
	'<', '>', '?', SH(KM_SHIFT), '*',
	SH(KM_ALT), ' ', LK(LED_CAP),
	FN(13), FN(14), FN(15), FN(16), FN(17), FN(18), FN(19), FN(20), FN(9), FN(10),
	LK(LED_NUM), LK(LED_SCR),
	PAD('7'), PAD('8'), PAD('9'), '-',
	PAD('4'), PAD('5'), PAD('6'), '+',
	PAD('1'), PAD('2'), PAD('3'), PAD('0'), PAD('.'),
	0, 0, '>', FN(11), FN(12),
};

u16 extended_key(u8 scancode)
{
	switch (scancode) {
	case 0x1c: return '\r';			/* Enter of the keypad */
	case 0x1d: return SH(KM_CTRL);
	case 0x35: return '/';
	case 0x38: return SH(KM_ALTGR);
	case 0x47: return K(KT_EDIT, 1);	/* Home */
	case 0x48: return K(KT_CURSOR, 'A');
	case 0x49: return K(KT_EDIT, 5);	/* PgUp */
	case 0x4b: return K(KT_CURSOR, 'D');
	case 0x4d: return K(KT_CURSOR, 'C');
	case 0x4f: return K(KT_EDIT, 4);	/* End */
	case 0x50: return K(KT_CURSOR, 'B');
	case 0x51: return K(KT_EDIT, 6);	/* PgDn */
	case 0x52: return K(KT_EDIT, 2);	/* Insert */
	case 0x53: return K(KT_EDIT, 3);	/* Delete */
	}
	return 0;
}
