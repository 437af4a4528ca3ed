/*
 * What a character that arrives does: it is edited into the line being typed,
 * echoed, becomes a signal, or stops and starts output.
 *
 * Drivers call n_tty_receive_buf() from their interrupt handlers. The order of the tests is
 * that of POSIX: flow control, signals, CR and NL, then line editing.
 */
#include <linux/tty.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/string.h>
#include <linux/ctype.h>
#include <asm/system.h>
#include "n_tty.h"

#define XOFF_ROOM	512	/* IXOFF: the other side is stopped with this much room left */

static void bell(struct tty_struct *tty)
{
	if (I_FLAG(tty, IMAXBEL))
		tty_put_char(tty, '\a');
}

/* Puts a byte into the ring. The last place is kept for the end of a line. */
static void put_queue(struct tty_struct *tty, unsigned char c, bool line_end)
{
	if (ring_used(tty) >= N_TTY_BUF_SIZE - (line_end ? 0u : 1u)) {
		bell(tty);
		return;
	}
	if (line_end) {
		set_line_end(tty, tty->read_head);
		tty->canon_lines++;
	}
	tty->read_buf[tty->read_head++ & RING_MASK] = c;
	if (line_end)
		tty->canon_head = tty->read_head;
}

/* The same for data: under PARMRK a 0377 byte is doubled. */
static void put_data(struct tty_struct *tty, unsigned char c)
{
	if (c == 0xff && I_FLAG(tty, PARMRK))
		put_queue(tty, c, false);
	put_queue(tty, c, false);
}

/* ---- echo of editing ---- */

static void finish_erasing(struct tty_struct *tty)
{
	if (tty->erasing) {
		tty_put_char(tty, '/');
		tty->column++;
		tty->erasing = false;
	}
}

static void echo(struct tty_struct *tty, unsigned char c)
{
	if (!L_FLAG(tty, ECHO))
		return;
	finish_erasing(tty);
	if (tty->read_head == tty->canon_head)
		tty->canon_column = tty->column;
	tty_echo_char(tty, c);
}

static void rub_out(struct tty_struct *tty)
{
	tty_put_char(tty, '\b');
	tty_put_char(tty, ' ');
	tty_put_char(tty, '\b');
	if (tty->column > 0)
		tty->column--;
}

/* Column behind the line typed so far, as it stands on the screen. */
static unsigned int line_column(struct tty_struct *tty)
{
	unsigned int col = tty->canon_column, pos;

	for (pos = tty->canon_head; pos != tty->read_head; pos++) {
		unsigned char c = tty->read_buf[pos & RING_MASK];

		if (c == '\t')
			col = (col | 7) + 1;
		else if (is_control(c))
			col += L_FLAG(tty, ECHOCTL) ? 2 : 0;
		else if (!is_continuation(tty, c))
			col++;
	}
	return col;
}

/* Takes the character c, already off the ring, off the screen. */
static void echo_erase(struct tty_struct *tty, unsigned char c, bool single)
{
	if (L_FLAG(tty, ECHOPRT)) {
		if (!tty->erasing) {
			tty_put_char(tty, '\\');
			tty->column++;
			tty->erasing = true;
		}
		tty_echo_char(tty, c);
	} else if (single && !L_FLAG(tty, ECHOE)) {
		tty_echo_char(tty, CC(tty, VERASE));
	} else if (c == '\t') {
		unsigned int col = line_column(tty);

		while (tty->column > col) {
			tty_put_char(tty, '\b');
			tty->column--;
		}
	} else {
		if (is_control(c) && L_FLAG(tty, ECHOCTL))
			rub_out(tty);
		if (!is_control(c) || L_FLAG(tty, ECHOCTL))
			rub_out(tty);
	}
}

/* ^U where the terminal cannot rub out: the line is dropped, and shown to be. */
static void kill_line_plain(struct tty_struct *tty)
{
	tty->read_head = tty->canon_head;
	if (!L_FLAG(tty, ECHO))
		return;
	finish_erasing(tty);
	tty_echo_char(tty, CC(tty, VKILL));
	if (L_FLAG(tty, ECHOK))
		tty_echo_raw(tty, '\n');
}

/* VERASE, VWERASE and VKILL: takes off a character, a word, the line. */
static void eraser(struct tty_struct *tty, int which)
{
	bool in_word = false;

	if (which == VKILL && (!L_FLAG(tty, ECHO) || !L_FLAG(tty, ECHOK) ||
			       !L_FLAG(tty, ECHOKE) || !L_FLAG(tty, ECHOE))) {
		kill_line_plain(tty);
		return;
	}
	while (tty->read_head != tty->canon_head) {
		unsigned int head = tty->read_head;
		unsigned char c;

		do
			c = tty->read_buf[--head & RING_MASK];
		while (is_continuation(tty, c) && head != tty->canon_head);
		if (which == VWERASE) {
			if (isalnum(c) || c == '_' || c >= 0x80)
				in_word = true;
			else if (in_word)
				break;
		}
		tty->read_head = head;
		if (L_FLAG(tty, ECHO))
			echo_erase(tty, c, which == VERASE);
		if (which == VERASE)
			break;
	}
	if (tty->read_head == tty->canon_head)
		finish_erasing(tty);
}

static void reprint(struct tty_struct *tty)
{
	unsigned int pos;

	finish_erasing(tty);
	tty_echo_char(tty, CC(tty, VREPRINT));
	tty_echo_raw(tty, '\n');
	tty->canon_column = tty->column;
	for (pos = tty->canon_head; pos != tty->read_head; pos++)
		tty_echo_char(tty, tty->read_buf[pos & RING_MASK]);
}

/* ---- signals ---- */

static void isig(struct tty_struct *tty, int sig)
{
	if (!L_FLAG(tty, NOFLSH)) {
		n_tty_flush_buffer(tty);
		if (tty->driver->flush_buffer)
			tty->driver->flush_buffer(tty);
	}
	if (tty->pgrp > 0)
		kill_pg(tty->pgrp, sig);
}

static bool signal_char(struct tty_struct *tty, unsigned char c)
{
	int sig;

	if (is_cc(tty, VINTR, c))
		sig = SIGINT;
	else if (is_cc(tty, VQUIT, c))
		sig = SIGQUIT;
	else if (is_cc(tty, VSUSP, c))
		sig = SIGTSTP;
	else
		return false;
	start_tty(tty);
	isig(tty, sig);
	echo(tty, c);
	return true;
}

/* ---- the decision tree ---- */

/* Editing of lines. True: c was an order, or ended a line, and is done with. */
static bool canon_char(struct tty_struct *tty, unsigned char c)
{
	bool iexten = L_FLAG(tty, IEXTEN);

	if (is_cc(tty, VERASE, c)) {
		eraser(tty, VERASE);
	} else if (is_cc(tty, VKILL, c)) {
		eraser(tty, VKILL);
	} else if (iexten && is_cc(tty, VWERASE, c)) {
		eraser(tty, VWERASE);
	} else if (iexten && is_cc(tty, VLNEXT, c)) {
		tty->lnext = true;
		if (L_FLAG(tty, ECHO) && L_FLAG(tty, ECHOCTL)) {
			finish_erasing(tty);
			tty_put_char(tty, '^');
			tty_put_char(tty, '\b');
		}
	} else if (iexten && is_cc(tty, VREPRINT, c) && L_FLAG(tty, ECHO)) {
		reprint(tty);
	} else if (c == '\n') {
		finish_erasing(tty);
		if (L_FLAG(tty, ECHO) || L_FLAG(tty, ECHONL))
			tty_echo_raw(tty, '\n');
		put_queue(tty, c, true);
	} else if (is_cc(tty, VEOF, c)) {
		/* The mark of a line that ends without a character: n_tty_read() swallows it. */
		put_queue(tty, DISABLED_CHAR, true);
	} else if (is_cc(tty, VEOL, c) || (iexten && is_cc(tty, VEOL2, c))) {
		echo(tty, c);
		if (c == 0xff && I_FLAG(tty, PARMRK))
			put_queue(tty, c, false);
		put_queue(tty, c, true);
	} else {
		return false;
	}
	return true;
}

static void insert(struct tty_struct *tty, unsigned char c)
{
	if (ring_used(tty) >= N_TTY_BUF_SIZE - 1) {
		bell(tty);
		return;
	}
	if (c == '\n' && !L_FLAG(tty, ICANON) && L_FLAG(tty, ECHO))
		tty_echo_raw(tty, '\n');
	else
		echo(tty, c);
	put_data(tty, c);
}

static void receive_char(struct tty_struct *tty, unsigned char c)
{
	if (I_FLAG(tty, ISTRIP))
		c &= 0x7f;
	if (I_FLAG(tty, IUCLC) && L_FLAG(tty, IEXTEN))
		c = tolower(c);
	if (tty->lnext) {
		tty->lnext = false;
		insert(tty, c);
		return;
	}
	if (I_FLAG(tty, IXON)) {
		if (is_cc(tty, VSTOP, c) && !(tty->stopped && is_cc(tty, VSTART, c))) {
			stop_tty(tty);
			return;
		}
		if (is_cc(tty, VSTART, c)) {
			start_tty(tty);
			return;
		}
		if (tty->stopped && I_FLAG(tty, IXANY))
			start_tty(tty);
	}
	if (L_FLAG(tty, ISIG) && signal_char(tty, c))
		return;
	if (c == '\r') {
		if (I_FLAG(tty, IGNCR))
			return;
		if (I_FLAG(tty, ICRNL))
			c = '\n';
	} else if (c == '\n' && I_FLAG(tty, INLCR)) {
		c = '\r';
	}
	if (L_FLAG(tty, ICANON) && canon_char(tty, c))
		return;
	insert(tty, c);
}

/* A break, or a character that arrived damaged. */
static void receive_error(struct tty_struct *tty, unsigned char c, enum tty_flag flag)
{
	if (flag == TTY_BREAK) {
		if (I_FLAG(tty, IGNBRK))
			return;
		if (I_FLAG(tty, BRKINT)) {
			isig(tty, SIGINT);
			return;
		}
		c = 0;
	} else if (I_FLAG(tty, IGNPAR)) {
		return;
	} else if (!I_FLAG(tty, INPCK)) {
		receive_char(tty, c);
		return;
	}
	if (I_FLAG(tty, PARMRK)) {
		put_queue(tty, 0xff, false);
		put_queue(tty, 0, false);
		put_queue(tty, c, false);
	} else {
		put_queue(tty, 0, false);
	}
}

/* ---- from the driver ---- */

/* Nothing that would change, echo or act on a byte is set. */
static bool plain_input(const struct tty_struct *tty)
{
	return !I_FLAG(tty, ISTRIP | INLCR | IGNCR | ICRNL | IUCLC | IXON | PARMRK) &&
	       !L_FLAG(tty, ISIG | ICANON | ECHO) && !tty->lnext;
}

static void receive_plain(struct tty_struct *tty, const char *buf, unsigned int n)
{
	while (n) {
		unsigned int pos = tty->read_head & RING_MASK;
		unsigned int now = min(n, N_TTY_BUF_SIZE - 1 - ring_used(tty));

		now = min(now, N_TTY_BUF_SIZE - pos);
		if (!now)
			break;
		memcpy(tty->read_buf + pos, buf, now);
		tty->read_head += now;
		buf += now;
		n -= now;
	}
}

static void received(struct tty_struct *tty)
{
	if (I_FLAG(tty, IXOFF) && !tty->xoff_sent && n_tty_room(tty) < XOFF_ROOM) {
		tty->xoff_sent = tty->throttled = true;
		tty_put_char(tty, CC(tty, VSTOP));
	}
	if (tty->driver->flush_chars)
		tty->driver->flush_chars(tty);
	if (tty->read_head != tty->read_tail && (tty->canon_lines || !L_FLAG(tty, ICANON))) {
		if (waitqueue_active(&tty->read_wait))
			wake_up_interruptible(&tty->read_wait);
		kill_fasync(&tty->async, POLL_IN);
	}
}

void n_tty_receive_buf(struct tty_struct *tty, const char *buf, int n)
{
	unsigned long flags;
	int i;

	local_irq_save(flags);
	if (plain_input(tty)) {
		receive_plain(tty, buf, n);
	} else {
		for (i = 0; i < n; i++)
			receive_char(tty, buf[i]);
	}
	received(tty);
	local_irq_restore(flags);
}

void n_tty_receive_flagged(struct tty_struct *tty, char c, enum tty_flag flag)
{
	unsigned long flags;

	local_irq_save(flags);
	if (flag == TTY_NORMAL)
		receive_char(tty, c);
	else if (flag == TTY_OVERRUN)
		bell(tty);
	else
		receive_error(tty, c, flag);
	received(tty);
	local_irq_restore(flags);
}
