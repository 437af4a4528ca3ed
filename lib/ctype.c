/*
 * lib/ctype.c - the table behind isdigit() and its family.
 *
 * Serves the kernel (include/linux/ctype.h) and programs (lib/include/ctype.h). 0.12 had the same
 * idea with a table of 257 bytes, so that EOF (-1) could be looked up; here the macros take
 * their argument as a byte and EOF belongs, like every byte above 127, to no class.
 */
#include <linux/ctype.h>

#define C	_CT_CNTRL
#define CS	(_CT_CNTRL | _CT_SPACE)
#define B	(_CT_SPACE | _CT_BLANK)
#define P	_CT_PUNCT
#define D	_CT_DIGIT
#define UX	(_CT_UPPER | _CT_HEX)
#define U	_CT_UPPER
#define LX	(_CT_LOWER | _CT_HEX)
#define L	_CT_LOWER

const unsigned char _ctype[256] = {
	C, C, C, C, C, C, C, C, C, CS, CS, CS, CS, CS, C, C,		/* 0x00 */
	C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C,			/* 0x10 */
	B, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P,			/* blank ! " ... / */
	D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P,			/* 0-9 : ; < = > ? */
	P, UX, UX, UX, UX, UX, UX, U, U, U, U, U, U, U, U, U,		/* @ A-O */
	U, U, U, U, U, U, U, U, U, U, U, P, P, P, P, P,			/* P-Z [ \ ] ^ _ */
	P, LX, LX, LX, LX, LX, LX, L, L, L, L, L, L, L, L, L,		/* ` a-o */
	L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, C,			/* p-z { | } ~ DEL */
};
