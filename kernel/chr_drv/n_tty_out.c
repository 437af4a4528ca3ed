/*
 * Output processing of the line discipline: what a program writes and what
 * is echoed goes through opost(), which turns NL into CR NL, expands tabs,
 * and keeps account of the column the cursor is in.
 *
 * n_tty_write() is called by tty_write() with data already in the kernel. It sleeps
 * while the driver has no room or the user has typed ^S; tty_wakeup() wakes it.
 */
#include <linux/tty.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/ctype.h>
#include <asm/system.h>
#include "n_tty.h"

#define OPOST_MAX	8	/* the longest thing one character becomes: a tab */

/* Writes what `c` becomes to out[], returns its length; moves the column. */
static int opost(struct tty_struct *tty, unsigned char c, char *out)
{
	int n;

	switch (c) {
	case '\n':
		if (O_FLAG(tty, ONLRET))
			tty->column = 0;
		if (O_FLAG(tty, ONLCR)) {
			tty->column = tty->canon_column = 0;
			out[0] = '\r';
			out[1] = '\n';
			return 2;
		}
		tty->canon_column = tty->column;
		break;
	case '\r':
		if (O_FLAG(tty, ONOCR) && tty->column == 0)
			return 0;
		if (O_FLAG(tty, OCRNL))
			c = '\n';
		if (c == '\r' || O_FLAG(tty, ONLRET))
			tty->column = tty->canon_column = 0;
		break;
	case '\t':
		n = 8 - (tty->column & 7);
		tty->column += n;
		if (O_FLAG(tty, TABDLY) == XTABS) {
			memset(out, ' ', n);
			return n;
		}
		break;
	case '\b':
		if (tty->column > 0)
			tty->column--;
		break;
	default:
		if (O_FLAG(tty, OLCUC))
			c = toupper(c);
		if (!is_control(c) && !is_continuation(tty, c))
			tty->column++;
	}
	out[0] = c;
	return 1;
}

/* ---- echo ---- */

void tty_put_char(struct tty_struct *tty, char c)
{
	if (tty->driver->put_char)
		tty->driver->put_char(tty, c);
	else
		tty->driver->write(tty, &c, 1);
}

void tty_echo_raw(struct tty_struct *tty, unsigned char c)
{
	char out[OPOST_MAX];
	int i, n;

	if (!O_FLAG(tty, OPOST)) {
		tty_put_char(tty, c);
		return;
	}
	n = opost(tty, c, out);
	for (i = 0; i < n; i++)
		tty_put_char(tty, out[i]);
}

void tty_echo_char(struct tty_struct *tty, unsigned char c)
{
	if (L_FLAG(tty, ECHOCTL) && is_control(c) && c != '\t') {
		tty_put_char(tty, '^');
		tty_put_char(tty, c ^ 0x40);
		tty->column += 2;
	} else {
		tty_echo_raw(tty, c);
	}
}

/* ---- what programs write ---- */

/*
 * Processes as much of buf as the driver has room for, at most one buffer full;
 * returns the bytes of buf used up. Interrupts masked: echo must not come between
 * asking for the room and using it.
 */
static size_t opost_block(struct tty_struct *tty, const char *buf, size_t n, int room)
{
	char out[256];
	size_t used = 0;
	int len = 0;

	room = min(room, (int)sizeof(out));
	while (used < n && len + OPOST_MAX <= room) {
		unsigned char c = buf[used++];

		if (c > ' ' && c < 0x7f && !O_FLAG(tty, OLCUC)) {
			tty->column++;
			out[len++] = c;
		} else {
			len += opost(tty, c, out + len);
		}
	}
	tty->driver->write(tty, out, len);
	return used;
}

static size_t write_some(struct tty_struct *tty, const char *buf, size_t n)
{
	unsigned long flags;
	size_t used = 0;
	int room;

	local_irq_save(flags);
	room = tty->stopped ? 0 : tty->driver->write_room(tty);
	if (room >= WRITE_MIN_ROOM) {
		if (O_FLAG(tty, OPOST))
			used = opost_block(tty, buf, n, room);
		else
			used = tty->driver->write(tty, buf, min(n, (size_t)room));
	}
	local_irq_restore(flags);
	return used;
}

static void flush_chars(struct tty_struct *tty)
{
	unsigned long flags;

	if (!tty->driver->flush_chars)
		return;
	local_irq_save(flags);
	tty->driver->flush_chars(tty);
	local_irq_restore(flags);
}

/* Bytes written, or -ERESTARTSYS, -EAGAIN, -EIO when there were none. */
ssize_t n_tty_write(struct tty_struct *tty, struct file *file, const char *buf, size_t n)
{
	DECLARE_WAITQUEUE(wait, current);
	size_t done = write_some(tty, buf, n), now;
	int ret = 0;

	if (done == n)
		goto out;
	add_wait_queue(&tty->write_wait, &wait);
	while (done < n) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (signal_pending(current)) {
			ret = -ERESTARTSYS;
			break;
		}
		if (tty_hung_up_p(file) || tty->other_closed) {
			ret = -EIO;
			break;
		}
		now = write_some(tty, buf + done, n - done);
		done += now;
		if (now)
			continue;
		if (file->f_flags & O_NONBLOCK) {
			tty->output_refused = true;
			ret = -EAGAIN;
			break;
		}
		flush_chars(tty);
		schedule();
	}
	set_current_state(TASK_RUNNING);
	remove_wait_queue(&tty->write_wait, &wait);
out:
	flush_chars(tty);
	return done ? (ssize_t)done : ret;
}
