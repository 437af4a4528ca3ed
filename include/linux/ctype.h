/*
 * linux/ctype.h - the classes of ASCII characters.
 *
 * One table of flags (lib/ctype.c) and macros that look into it, as in 0.12. Bytes above 127
 * belong to no class. The argument may be a plain char of either sign: it is taken as a byte.
 */
#ifndef _LINUX_CTYPE_H
#define _LINUX_CTYPE_H

#define _CT_UPPER	0x01	/* A-Z */
#define _CT_LOWER	0x02	/* a-z */
#define _CT_DIGIT	0x04	/* 0-9 */
#define _CT_CNTRL	0x08	/* 0-31, 127 */
#define _CT_PUNCT	0x10	/* what is visible and none of the above */
#define _CT_SPACE	0x20	/* tab, newline, vertical tab, form feed, return, blank */
#define _CT_HEX		0x40	/* A-F, a-f (the digits have their own bit) */
#define _CT_BLANK	0x80	/* the blank itself, 32 */

extern const unsigned char _ctype[256];

#define __ctype_is(c, mask)	((_ctype[(unsigned char)(c)] & (mask)) != 0)

#define isalnum(c)	__ctype_is(c, _CT_UPPER | _CT_LOWER | _CT_DIGIT)
#define isalpha(c)	__ctype_is(c, _CT_UPPER | _CT_LOWER)
#define iscntrl(c)	__ctype_is(c, _CT_CNTRL)
#define isdigit(c)	__ctype_is(c, _CT_DIGIT)
#define isgraph(c)	__ctype_is(c, _CT_UPPER | _CT_LOWER | _CT_DIGIT | _CT_PUNCT)
#define islower(c)	__ctype_is(c, _CT_LOWER)
#define isprint(c)	__ctype_is(c, _CT_UPPER | _CT_LOWER | _CT_DIGIT | _CT_PUNCT | _CT_BLANK)
#define ispunct(c)	__ctype_is(c, _CT_PUNCT)
#define isspace(c)	__ctype_is(c, _CT_SPACE)
#define isupper(c)	__ctype_is(c, _CT_UPPER)
#define isxdigit(c)	__ctype_is(c, _CT_DIGIT | _CT_HEX)
#define isascii(c)	((unsigned int)(c) < 128)

/* The other case of a letter; anything else unchanged. */
static inline int tolower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* The capital of a small letter; anything else unchanged. */
static inline int toupper(int c)
{
	return c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c;
}

#endif
