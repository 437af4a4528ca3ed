/*
 * Pseudo-terminals: pairs of terminals without hardware. What is written to
 * the master arrives at the slave as if typed, what a program writes to the slave can be
 * read from the master.
 *
 *	terminal emulator, sshd, script              shell
 *	       master  /dev/ptmx  <---- link ---->  slave  /dev/pts/N
 *
 * Opening /dev/ptmx makes a pair; the slave is locked until TIOCSPTLCK. Closing
 * the master hangs the slave up; closing the last slave makes reads of the master fail
 * with EIO. The pair goes when both are closed.
 *
 * Nothing is buffered here: a write goes straight into the other side's line
 * discipline. One that finds no room marks the other side as throttled, and its reader's
 * unthrottle() wakes the writer.
 */
#include <linux/tty.h>
#include <linux/devpts_fs.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <asm/uaccess.h>

#define NR_PTYS		128
#define LOW_ROOM	64	/* with less than this the writer is told to wait */

static struct tty_struct *ptm_ttys[NR_PTYS], *pts_ttys[NR_PTYS];
static bool reserved[NR_PTYS];		/* being made */

/* ---- both ends ---- */

static int pty_write_room(struct tty_struct *tty)
{
	unsigned int room = tty->link ? n_tty_room(tty->link) : 0;

	if (tty->link && room < LOW_ROOM) {
		tty->link->throttled = true;
		return 0;
	}
	return room;
}

static int pty_write(struct tty_struct *tty, const char *buf, int n)
{
	struct tty_struct *to = tty->link;

	if (!to)
		return 0;
	n = min(n, (int)n_tty_room(to));
	if (n)
		n_tty_receive_buf(to, buf, n);
	return n;
}

static void pty_unthrottle(struct tty_struct *tty)
{
	if (tty->link)
		tty_wakeup(tty->link);
}

/* Output that was not read yet waits in the other side's input. */
static void pty_flush_buffer(struct tty_struct *tty)
{
	if (tty->link)
		n_tty_flush_buffer(tty->link);
}

static void wake_both(struct tty_struct *tty)
{
	wake_up_all(&tty->read_wait);
	wake_up_all(&tty->write_wait);
}

/* ---- the slave ---- */

static int pts_open(struct tty_struct *tty, struct file *file __unused)
{
	struct tty_struct *master = tty->link;

	if (!master || !master->count || tty->pty_locked || tty->other_closed)
		return -EIO;
	master->other_closed = false;
	return 0;
}

static void pts_close(struct tty_struct *tty, struct file *file __unused)
{
	if (tty->count > 1 || !tty->link)
		return;
	tty->link->other_closed = true;
	wake_both(tty->link);
}

static struct tty_driver pts_driver = {
	.name = "pts/",
	.type = TTY_TYPE_PTY_SLAVE,
	.major = UNIX98_PTY_SLAVE_MAJOR,
	.minor_start = 0,
	.num = NR_PTYS,
	.ttys = pts_ttys,
	.open = pts_open,
	.close = pts_close,
	.write = pty_write,
	.write_room = pty_write_room,
	.unthrottle = pty_unthrottle,
	.flush_buffer = pty_flush_buffer,
};

/* ---- the master ---- */

static int ptm_open(struct tty_struct *tty __unused, struct file *file __unused)
{
	return -EIO;		/* only through /dev/ptmx */
}

static void ptm_close(struct tty_struct *tty, struct file *file __unused)
{
	struct tty_struct *slave = tty->link;

	if (tty->count > 1 || !slave)
		return;
	slave->other_closed = true;
	devpts_pty_kill(tty->index);
	tty_vhangup(slave);
	wake_both(slave);
}

static int ptm_ioctl(struct tty_struct *tty, struct file *file __unused, unsigned int cmd,
		     unsigned long arg)
{
	int lock;

	switch (cmd) {
	case TIOCGPTN:
		return put_user(tty->index, (unsigned int __user *)arg);
	case TIOCSPTLCK:
		if (get_user(lock, (int __user *)arg))
			return -EFAULT;
		if (lock)
			tty->link->pty_locked = true;
		else
			tty->link->pty_locked = false;
		return 0;
	}
	return -ENOIOCTLCMD;
}

static struct tty_driver ptm_driver = {
	.name = "ptm",
	.type = TTY_TYPE_PTY_MASTER,
	.major = UNIX98_PTY_SLAVE_MAJOR - 8,	/* in no device node */
	.minor_start = 0,
	.num = NR_PTYS,
	.init_termios = {
		.c_cflag = B38400 | CS8 | CREAD,
		.c_cc = { [VMIN] = 1 },
	},
	.ttys = ptm_ttys,
	.open = ptm_open,
	.close = ptm_close,
	.write = pty_write,
	.write_room = pty_write_room,
	.unthrottle = pty_unthrottle,
	.flush_buffer = pty_flush_buffer,
	.ioctl = ptm_ioctl,
};

static int reserve_index(void)
{
	int i;

	for (i = 0; i < NR_PTYS; i++) {
		if (!reserved[i] && !ptm_ttys[i] && !pts_ttys[i]) {
			reserved[i] = true;
			return i;
		}
	}
	return -ENOSPC;
}

static int make_pair(int index, struct file *file)
{
	struct tty_struct *master = alloc_tty(&ptm_driver, index), *slave;
	int err;

	if (IS_ERR(master))
		return PTR_ERR(master);
	slave = alloc_tty(&pts_driver, index);
	if (IS_ERR(slave)) {
		err = PTR_ERR(slave);
		goto out_master;
	}
	err = devpts_pty_new(index, slave->device, current->fsuid, current->fsgid);
	if (err)
		goto out_slave;
	master->link = slave;
	slave->link = master;
	slave->pty_locked = true;
	tty_attach_file(master, file);
	return 0;

out_slave:
	free_tty(slave);
out_master:
	free_tty(master);
	return err;
}

int ptmx_open(struct file *file)
{
	int index = reserve_index(), err;

	if (index < 0)
		return index;
	err = make_pair(index, file);
	reserved[index] = false;
	return err;
}

static int __init pty_init(void)
{
	pts_driver.init_termios = tty_std_termios;
	return tty_register_driver(&pts_driver);
}
initcall_dev(pty_init);
