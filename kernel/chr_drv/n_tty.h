/*
 * The line discipline's own parts: n_tty.c (reading, room, settings), n_tty_in.c (what a typed
 * character does), n_tty_out.c (output processing and echo).
 */
#ifndef _CHR_DRV_N_TTY_H
#define _CHR_DRV_N_TTY_H

#include <linux/tty.h>
#include <linux/kernel.h>

#define RING_MASK	(N_TTY_BUF_SIZE - 1)
#define WRITE_MIN_ROOM	16	/* less free output than this counts as none: one tab needs 8 */

/* Bytes in the ring, the line being typed included. */
static inline unsigned int ring_used(const struct tty_struct *tty)
{
	return tty->read_head - tty->read_tail;
}

static inline bool is_cc(const struct tty_struct *tty, int i, unsigned char c)
{
	return c != DISABLED_CHAR && tty->termios.c_cc[i] == c;
}

static inline bool is_control(unsigned char c)
{
	return c < 0x20 || c == 0x7f;
}

/* A byte inside a UTF-8 character: takes no column of its own. */
static inline bool is_continuation(const struct tty_struct *tty, unsigned char c)
{
	return I_FLAG(tty, IUTF8) && (c & 0xc0) == 0x80;
}

static inline bool test_line_end(const struct tty_struct *tty, unsigned int pos)
{
	pos &= RING_MASK;
	return (tty->line_end[pos / 32] >> (pos % 32)) & 1;
}

static inline void set_line_end(struct tty_struct *tty, unsigned int pos)
{
	pos &= RING_MASK;
	tty->line_end[pos / 32] |= 1UL << (pos % 32);
}

static inline void clear_line_end(struct tty_struct *tty, unsigned int pos)
{
	pos &= RING_MASK;
	tty->line_end[pos / 32] &= ~(1UL << (pos % 32));
}

/* n_tty_out.c; interrupts masked. */
void tty_put_char(struct tty_struct *tty, char c);	/* as it is */
void tty_echo_raw(struct tty_struct *tty, unsigned char c);	/* through output processing */
void tty_echo_char(struct tty_struct *tty, unsigned char c);	/* controls as ^X */

#endif
