/*
 * The line discipline, reading side: how long a read waits (for a line, or for
 * VMIN bytes and VTIME tenths of a second), what it takes off the ring, and
 * when the driver may send more.
 *
 *	read_tail        canon_head         read_head
 *	    |  whole lines   |  line being typed |   free
 *	    v                v                   v
 *	+---+--------\n------\n---------------------------+
 *
 * In raw mode everything up to read_head may be read. 0.12 moved characters from a raw to a
 * second, cooked queue; here one ring serves both.
 */
#include <linux/tty.h>
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/string.h>
#include <asm/system.h>
#include <asm/uaccess.h>
#include "n_tty.h"

#define UNTHROTTLE_ROOM	(N_TTY_BUF_SIZE / 2)
#define CHUNK		256	/* bytes taken off the ring at a time */

unsigned int n_tty_room(struct tty_struct *tty)
{
	unsigned int used = ring_used(tty);

	/* Without a whole line nobody will read: take more, so that the newline can arrive. */
	if (L_FLAG(tty, ICANON) && !tty->canon_lines)
		return N_TTY_BUF_SIZE;
	return used < N_TTY_BUF_SIZE - 1 ? N_TTY_BUF_SIZE - 1 - used : 0;
}

/* There is room again: lets the driver, or the other side, go on. Interrupts masked. */
static void check_unthrottle(struct tty_struct *tty)
{
	if (!tty->throttled || n_tty_room(tty) < UNTHROTTLE_ROOM)
		return;
	if (tty->xoff_sent) {
		tty_put_char(tty, CC(tty, VSTART));
		if (tty->driver->flush_chars)
			tty->driver->flush_chars(tty);
	}
	tty->throttled = tty->xoff_sent = false;
	if (tty->driver->unthrottle)
		tty->driver->unthrottle(tty);
}

void n_tty_flush_buffer(struct tty_struct *tty)
{
	unsigned long flags;

	local_irq_save(flags);
	tty->read_head = tty->read_tail = tty->canon_head = 0;
	tty->canon_lines = 0;
	memset(tty->line_end, 0, sizeof(tty->line_end));
	tty->lnext = tty->erasing = false;
	check_unthrottle(tty);
	local_irq_restore(flags);
}

/*
 * After a change between lines and raw mode. Going raw, line ends lose their meaning; going
 * back, what waits is divided into lines and the rest becomes the line being typed.
 */
void n_tty_set_termios(struct tty_struct *tty, const struct termios *old)
{
	unsigned long flags;
	unsigned int pos;

	if (!((old->c_lflag ^ tty->termios.c_lflag) & ICANON))
		return;
	local_irq_save(flags);
	memset(tty->line_end, 0, sizeof(tty->line_end));
	tty->canon_lines = 0;
	tty->canon_head = tty->read_tail;
	tty->erasing = tty->lnext = false;
	if (L_FLAG(tty, ICANON)) {
		for (pos = tty->read_tail; pos != tty->read_head; pos++) {
			if (tty->read_buf[pos & RING_MASK] != '\n')
				continue;
			set_line_end(tty, pos);
			tty->canon_lines++;
			tty->canon_head = pos + 1;
		}
	}
	if (ring_used(tty))
		wake_up_interruptible(&tty->read_wait);
	local_irq_restore(flags);
}

/* Bytes a read would return now. */
unsigned int n_tty_chars_in_buffer(struct tty_struct *tty)
{
	unsigned int n = 0, pos;
	unsigned long flags;

	local_irq_save(flags);
	if (!L_FLAG(tty, ICANON)) {
		n = ring_used(tty);
	} else {
		for (pos = tty->read_tail; pos != tty->canon_head; pos++)
			n += !(test_line_end(tty, pos) &&
			       tty->read_buf[pos & RING_MASK] == DISABLED_CHAR);
	}
	local_irq_restore(flags);
	return n;
}

static bool input_available(struct tty_struct *tty, unsigned int amount)
{
	if (L_FLAG(tty, ICANON))
		return tty->canon_lines != 0;
	return ring_used(tty) >= max(amount, 1U);
}

/*
 * Takes at most n bytes off the ring, in line mode not beyond the end of the line. An end-of-file
 * mark is dropped, even when it is only reached by a read that is already full.
 */
static unsigned int take(struct tty_struct *tty, char *to, unsigned int n, bool *line_done)
{
	bool canon = L_FLAG(tty, ICANON), end;
	unsigned long flags;
	unsigned int got = 0;
	char c;

	local_irq_save(flags);
	*line_done = false;
	while (!*line_done && tty->read_tail != (canon ? tty->canon_head : tty->read_head)) {
		c = tty->read_buf[tty->read_tail & RING_MASK];
		end = canon && test_line_end(tty, tty->read_tail);
		if (got == n && !(end && c == DISABLED_CHAR))
			break;
		if (end) {
			clear_line_end(tty, tty->read_tail);
			tty->canon_lines--;
			*line_done = true;
		}
		tty->read_tail++;
		if (!end || c != DISABLED_CHAR)
			to[got++] = c;
	}
	check_unthrottle(tty);
	local_irq_restore(flags);
	return got;
}

/* Copies what is there, one line at most, to the user: bytes, or -EFAULT. */
static ssize_t copy_input(struct tty_struct *tty, char __user *buf, size_t n, bool *line_done)
{
	char chunk[CHUNK];
	size_t done = 0;
	unsigned int got;

	do {
		got = take(tty, chunk, min(n - done, sizeof(chunk)), line_done);
		if (copy_to_user(buf + done, chunk, got))
			return -EFAULT;
		done += got;
	} while (got && done < n && !*line_done);
	return done;
}

/* A background process may not read: 0, or the error after SIGTTIN. */
static int job_control(struct tty_struct *tty)
{
	pid_t pgrp = current->signal->pgrp;

	if (current->signal->tty != tty || tty->pgrp <= 0 || pgrp == tty->pgrp)
		return 0;
	if (sig_blocked_or_ignored(SIGTTIN) || is_orphaned_pgrp(pgrp))
		return -EIO;
	kill_pg(pgrp, SIGTTIN);
	return -ERESTARTSYS;
}

/* How long read() waits. */
struct read_limits {
	unsigned int minimum;	/* bytes that end it */
	long timeout;		/* jiffies until the first byte */
	long gap;		/* jiffies from byte to byte; 0: no limit */
};

static struct read_limits read_limits(struct tty_struct *tty)
{
	struct read_limits l = { 1, MAX_SCHEDULE_TIMEOUT, 0 };
	long time = CC(tty, VTIME) * (HZ / 10);

	if (L_FLAG(tty, ICANON))
		return l;
	if (CC(tty, VMIN)) {
		l.minimum = CC(tty, VMIN);
		l.gap = time;
	} else {
		l.timeout = time;
	}
	return l;
}

/* Why a read that finds nothing cannot sleep: *ret is its result. False: it may sleep. */
static bool must_return(struct tty_struct *tty, struct file *file, long timeout, ssize_t *ret)
{
	if (tty_hung_up_p(file) || !timeout)
		*ret = 0;
	else if (tty->other_closed)
		*ret = -EIO;
	else if (file->f_flags & O_NONBLOCK)
		*ret = -EAGAIN;
	else if (signal_pending(current))
		*ret = -ERESTARTSYS;
	else
		return false;
	return true;
}

ssize_t n_tty_read(struct tty_struct *tty, struct file *file, char __user *buf, size_t n)
{
	DECLARE_WAITQUEUE(wait, current);
	struct read_limits limit;
	size_t done = 0;
	bool line_done = false;
	ssize_t ret = job_control(tty), got;

	if (ret || !n)
		return ret;
	limit = read_limits(tty);
	add_wait_queue(&tty->read_wait, &wait);
	while (done < n && !line_done) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!input_available(tty, 1)) {
			if (done >= limit.minimum ||
			    must_return(tty, file, limit.timeout, &ret))
				break;
			limit.timeout = schedule_timeout(limit.timeout);
			ret = job_control(tty);
			if (ret)
				break;
			continue;
		}
		set_current_state(TASK_RUNNING);
		got = copy_input(tty, buf + done, n - done, &line_done);
		if (got < 0) {
			ret = got;
			break;
		}
		done += got;
		if (L_FLAG(tty, ICANON) || done >= limit.minimum)
			break;
		if (limit.gap)
			limit.timeout = limit.gap;
	}
	set_current_state(TASK_RUNNING);
	remove_wait_queue(&tty->read_wait, &wait);
	return done ? (ssize_t)done : ret;
}

unsigned int n_tty_poll(struct tty_struct *tty, struct file *file,
			struct poll_table_struct *wait)
{
	unsigned int mask = 0;

	poll_wait(file, &tty->read_wait, wait);
	poll_wait(file, &tty->write_wait, wait);
	if (input_available(tty, CC(tty, VTIME) ? 1 : CC(tty, VMIN)))
		mask |= POLLIN | POLLRDNORM;
	if (tty_hung_up_p(file) || tty->other_closed)
		mask |= POLLHUP;
	else if (!tty->stopped && tty->driver->write_room(tty) >= WRITE_MIN_ROOM)
		mask |= POLLOUT | POLLWRNORM;
	return mask;
}
