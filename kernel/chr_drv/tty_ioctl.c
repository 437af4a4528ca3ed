/*
 * ioctl on terminals: settings (termios and the older termio), window size,
 * sessions and process groups, flushing and draining.
 *
 * What is not known here goes to the driver; what nobody knows is -ENOTTY.
 */
#include <linux/tty.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/string.h>
#include <asm/system.h>
#include <asm/uaccess.h>

#define BREAK_JIFFIES	(HZ / 4)	/* TCSBRK: length of a break */

unsigned int tty_baud_rate(const struct tty_struct *tty)
{
	static const unsigned int rates[] = {
		0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600,
		19200, 38400,
	};
	unsigned int code = C_FLAG(tty, CBAUD);

	if (code < ARRAY_SIZE(rates))
		return rates[code];
	if (code == B57600)
		return 57600;
	return code == B115200 ? 115200 : 9600;
}

void tty_wait_until_sent(struct tty_struct *tty)
{
	struct tty_driver *d = tty->driver;

	if (!d->chars_in_buffer)
		return;
	if (wait_event_interruptible(tty->write_wait, !d->chars_in_buffer(tty)))
		return;
	if (d->wait_until_sent)
		d->wait_until_sent(tty);
}

void tty_do_resize(struct tty_struct *tty, const struct winsize *ws)
{
	if (!memcmp(&tty->winsize, ws, sizeof(*ws)))
		return;
	tty->winsize = *ws;
	if (tty->pgrp > 0)
		kill_pg(tty->pgrp, SIGWINCH);
}

/* ---- settings ---- */

#define OPT_WAIT	1	/* after output has drained */
#define OPT_FLUSH	2	/* and drop input that was not read */

static void change_termios(struct tty_struct *tty, const struct termios *new)
{
	struct termios old = tty->termios;
	unsigned long flags;

	local_irq_save(flags);
	tty->termios = *new;
	tty->termios.c_line = N_TTY;
	if (!I_FLAG(tty, IXON) && !tty->flow_stopped)
		start_tty(tty);
	local_irq_restore(flags);
	n_tty_set_termios(tty, &old);
	if (tty->driver->set_termios)
		tty->driver->set_termios(tty, &old);
}

static int get_termio(struct tty_struct *tty, struct termio __user *arg)
{
	struct termio t;

	memset(&t, 0, sizeof(t));
	t.c_iflag = tty->termios.c_iflag;
	t.c_oflag = tty->termios.c_oflag;
	t.c_cflag = tty->termios.c_cflag;
	t.c_lflag = tty->termios.c_lflag;
	t.c_line = tty->termios.c_line;
	memcpy(t.c_cc, tty->termios.c_cc, NCC);
	return copy_to_user(arg, &t, sizeof(t)) ? -EFAULT : 0;
}

/* The old structure holds the low halves of the flags: the high ones stay. */
static void from_termio(struct termios *to, const struct termio *from)
{
	to->c_iflag = (to->c_iflag & 0xffff0000) | from->c_iflag;
	to->c_oflag = (to->c_oflag & 0xffff0000) | from->c_oflag;
	to->c_cflag = (to->c_cflag & 0xffff0000) | from->c_cflag;
	to->c_lflag = (to->c_lflag & 0xffff0000) | from->c_lflag;
	memcpy(to->c_cc, from->c_cc, NCC);
}

static int set_termios(struct tty_struct *tty, const void __user *arg, bool old_style, int opt)
{
	struct termios new = tty->termios;
	struct termio t;
	int ret = tty_check_change(tty);

	if (ret)
		return ret;
	if (!old_style) {
		if (copy_from_user(&new, arg, sizeof(new)))
			return -EFAULT;
	} else {
		if (copy_from_user(&t, arg, sizeof(t)))
			return -EFAULT;
		from_termio(&new, &t);
	}
	if (opt & OPT_WAIT) {
		tty_wait_until_sent(tty);
		if (signal_pending(current))
			return -ERESTARTSYS;
	}
	if (opt & OPT_FLUSH)
		n_tty_flush_buffer(tty);
	change_termios(tty, &new);
	return 0;
}

/* ---- sessions and process groups ---- */

/* TIOCSCTTY: arg 1 lets root take it from another session. */
static int tiocsctty(struct tty_struct *tty, unsigned long arg)
{
	struct signal_struct *sig = current->signal;
	struct task_struct *p;

	if (sig->leader && sig->tty == tty && tty->session == sig->session)
		return 0;
	if (!sig->leader || sig->tty)
		return -EPERM;
	if (tty->session > 0) {
		if (arg != 1 || !capable_root())
			return -EPERM;
		for_each_process(p) {
			if (p->signal && p->signal->tty == tty)
				p->signal->tty = NULL;
		}
	}
	sig->tty = tty;
	tty->session = sig->session;
	tty->pgrp = sig->pgrp;
	return 0;
}

static int tiocnotty(struct tty_struct *tty)
{
	if (current->signal->tty != tty)
		return -ENOTTY;
	if (current->signal->leader)
		disassociate_ctty(false);
	current->signal->tty = NULL;
	return 0;
}

/* The terminal whose job control an ioctl means: on a pty master, the slave's. */
static struct tty_struct *real_tty(struct tty_struct *tty)
{
	return tty->driver->type == TTY_TYPE_PTY_MASTER ? tty->link : tty;
}

static int tiocgpgrp(struct tty_struct *tty, int __user *arg)
{
	struct tty_struct *real = real_tty(tty);

	if (tty == real && current->signal->tty != tty)
		return -ENOTTY;
	return put_user(real->pgrp, arg);
}

static int tiocgsid(struct tty_struct *tty, int __user *arg)
{
	struct tty_struct *real = real_tty(tty);

	if (tty == real && current->signal->tty != tty)
		return -ENOTTY;
	if (real->session <= 0)
		return -ENOTTY;
	return put_user(real->session, arg);
}

/* True when the group has a member in the session. */
static bool pgrp_in_session(pid_t pgrp, pid_t session)
{
	struct task_struct *p;

	for_each_process(p) {
		if (p->signal && p->signal->pgrp == pgrp && p->signal->session == session)
			return true;
	}
	return false;
}

static int tiocspgrp(struct tty_struct *tty, const int __user *arg)
{
	struct tty_struct *real = real_tty(tty);
	int ret = tty_check_change(real);
	pid_t pgrp;

	if (ret == -EIO)
		return -ENOTTY;
	if (ret)
		return ret;
	if (!current->signal->tty || current->signal->tty != real ||
	    real->session != current->signal->session)
		return -ENOTTY;
	if (get_user(pgrp, arg))
		return -EFAULT;
	if (pgrp < 0)
		return -EINVAL;
	if (!pgrp_in_session(pgrp, current->signal->session))
		return -EPERM;
	real->pgrp = pgrp;
	return 0;
}

/*
 * TIOCSTI: a character as if it had been typed. For root alone: who was started by su on root's
 * terminal could type on after his end.
 */
static int tiocsti(struct tty_struct *tty, const char __user *arg)
{
	char c;

	if (!capable_root())
		return -EPERM;
	if (get_user(c, arg))
		return -EFAULT;
	n_tty_receive_buf(tty, &c, 1);
	return 0;
}

static int tiocswinsz(struct tty_struct *tty, const struct winsize __user *arg)
{
	struct winsize ws;

	if (copy_from_user(&ws, arg, sizeof(ws)))
		return -EFAULT;
	tty_do_resize(tty, &ws);
	if (tty->link)		/* both ends of a pty have one size */
		tty_do_resize(tty->link, &ws);
	return 0;
}

/* ---- flow ---- */

static int tcxonc(struct tty_struct *tty, unsigned long arg)
{
	unsigned long flags;
	int ret = tty_check_change(tty);

	if (ret)
		return ret;
	local_irq_save(flags);
	switch (arg) {
	case TCOOFF:
		tty->flow_stopped = true;
		stop_tty(tty);
		break;
	case TCOON:
		tty->flow_stopped = false;
		start_tty(tty);
		break;
	case TCIOFF:
	case TCION:
		if (CC(tty, arg == TCIOFF ? VSTOP : VSTART) != DISABLED_CHAR)
			tty->driver->write(tty, (char *)&CC(tty, arg == TCIOFF ? VSTOP : VSTART),
					   1);
		break;
	default:
		ret = -EINVAL;
	}
	local_irq_restore(flags);
	return ret;
}

static int tcflsh(struct tty_struct *tty, unsigned long arg)
{
	int ret = tty_check_change(tty);

	if (ret)
		return ret;
	if (arg > TCIOFLUSH)
		return -EINVAL;
	if (arg != TCOFLUSH)
		n_tty_flush_buffer(tty);
	if (arg != TCIFLUSH && tty->driver->flush_buffer) {
		tty->driver->flush_buffer(tty);
		tty_wakeup(tty);
	}
	return 0;
}

static void send_break(struct tty_struct *tty, long jiffies_on)
{
	if (!tty->driver->break_ctl)
		return;
	tty->driver->break_ctl(tty, true);
	set_current_state(TASK_INTERRUPTIBLE);
	schedule_timeout(jiffies_on);
	tty->driver->break_ctl(tty, false);
}

/* TCSBRK 0, TCSBRKP n: drain, then a break; TCSBRK 1: drain (tcdrain). */
static int tcsbrk(struct tty_struct *tty, bool drain_only, long jiffies_on)
{
	int ret = tty_check_change(tty);

	if (ret)
		return ret;
	tty_wait_until_sent(tty);
	if (signal_pending(current))
		return -ERESTARTSYS;
	if (!drain_only)
		send_break(tty, jiffies_on);
	return 0;
}

/* ---- the switches ---- */

static int termios_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	tty = real_tty(tty);
	switch (cmd) {
	case TCGETS:
		return copy_to_user((void __user *)arg, &tty->termios, sizeof(tty->termios)) ?
			-EFAULT : 0;
	case TCSETS:
		return set_termios(tty, (void __user *)arg, false, 0);
	case TCSETSW:
		return set_termios(tty, (void __user *)arg, false, OPT_WAIT);
	case TCSETSF:
		return set_termios(tty, (void __user *)arg, false, OPT_WAIT | OPT_FLUSH);
	case TCGETA:
		return get_termio(tty, (struct termio __user *)arg);
	case TCSETA:
		return set_termios(tty, (void __user *)arg, true, 0);
	case TCSETAW:
		return set_termios(tty, (void __user *)arg, true, OPT_WAIT);
	case TCSETAF:
		return set_termios(tty, (void __user *)arg, true, OPT_WAIT | OPT_FLUSH);
	}
	return -ENOIOCTLCMD;
}

static int job_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case TIOCSCTTY:
		return tiocsctty(real_tty(tty), arg);
	case TIOCNOTTY:
		return tiocnotty(tty);
	case TIOCGPGRP:
		return tiocgpgrp(tty, (int __user *)arg);
	case TIOCSPGRP:
		return tiocspgrp(tty, (int __user *)arg);
	case TIOCGSID:
		return tiocgsid(tty, (int __user *)arg);
	case TIOCSTI:
		return tiocsti(tty, (char __user *)arg);
	case TIOCGWINSZ:
		return copy_to_user((void __user *)arg, &tty->winsize, sizeof(tty->winsize)) ?
			-EFAULT : 0;
	case TIOCSWINSZ:
		return tiocswinsz(tty, (struct winsize __user *)arg);
	case TIOCEXCL:
		tty->exclusive = true;
		return 0;
	case TIOCNXCL:
		tty->exclusive = false;
		return 0;
	case TIOCGETD:
		return put_user(N_TTY, (int __user *)arg);
	case TIOCSETD: {
		int ldisc;

		if (get_user(ldisc, (int __user *)arg))
			return -EFAULT;
		return ldisc == N_TTY ? 0 : -EINVAL;
	}
	}
	return -ENOIOCTLCMD;
}

static int flow_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	struct tty_driver *d = tty->driver;
	int ret;

	switch (cmd) {
	case TCXONC:
		return tcxonc(tty, arg);
	case TCFLSH:
		return tcflsh(tty, arg);
	case TCSBRK:
		return tcsbrk(tty, arg != 0, BREAK_JIFFIES);
	case TCSBRKP:
		return tcsbrk(tty, false, arg ? (long)min(arg, 100UL) * (HZ / 10) : BREAK_JIFFIES);
	case TIOCSBRK:
	case TIOCCBRK:
		ret = tty_check_change(tty);
		if (!ret && d->break_ctl)
			d->break_ctl(tty, cmd == TIOCSBRK);
		return ret;
	case TIOCOUTQ:
		return put_user(d->chars_in_buffer ? d->chars_in_buffer(tty) : 0,
				(int __user *)arg);
	case FIONREAD:
		return put_user((int)n_tty_chars_in_buffer(tty), (int __user *)arg);
	}
	return -ENOIOCTLCMD;
}

int tty_ioctl(struct tty_struct *tty, struct file *file, unsigned int cmd, unsigned long arg)
{
	int ret = termios_ioctl(tty, cmd, arg);

	if (ret == -ENOIOCTLCMD)
		ret = job_ioctl(tty, cmd, arg);
	if (ret == -ENOIOCTLCMD)
		ret = flow_ioctl(tty, cmd, arg);
	if (ret == -ENOIOCTLCMD && tty->driver->ioctl)
		ret = tty->driver->ioctl(tty, file, cmd, arg);
	return ret == -ENOIOCTLCMD ? -ENOTTY : ret;
}
