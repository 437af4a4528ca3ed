/*
 * Terminals as files: from a device number to a tty_struct, open and close,
 * read and write, hang-up, and the controlling terminal of a session.
 *
 * A hang-up does not touch the open files. It counts tty->hangups up; a file remembers the
 * count of its opening in f_version, and one that is behind is dead: reads end, writes
 * fail. Files opened as /dev/console are never dead: init's must outlive the shells.
 *
 * 0.12 had a table of eight terminals that were always there.
 */
#include <linux/tty.h>
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <asm/uaccess.h>

#define DEV_TTY		MKDEV(TTYAUX_MAJOR, 0)
#define DEV_CONSOLE	MKDEV(TTYAUX_MAJOR, 1)
#define DEV_PTMX	MKDEV(TTYAUX_MAJOR, 2)
#define DEV_TTY0	MKDEV(TTY_MAJOR, 0)

#define WRITE_CHUNK	512	/* bytes of a write() moved at a time */

const struct termios tty_std_termios = {
	.c_iflag = ICRNL | IXON | IMAXBEL,
	.c_oflag = OPOST | ONLCR,
	.c_cflag = B38400 | CS8 | CREAD | HUPCL | CLOCAL,
	.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
	.c_line = N_TTY,
	.c_cc = {
		[VINTR] = 'C' - '@', [VQUIT] = '\\' - '@', [VERASE] = 0x7f,
		[VKILL] = 'U' - '@', [VEOF] = 'D' - '@', [VTIME] = 0, [VMIN] = 1,
		[VSTART] = 'Q' - '@', [VSTOP] = 'S' - '@', [VSUSP] = 'Z' - '@',
		[VREPRINT] = 'R' - '@', [VDISCARD] = 'O' - '@', [VWERASE] = 'W' - '@',
		[VLNEXT] = 'V' - '@',
	},
};

dev_t tty_active_console;
static struct tty_driver *tty_drivers;
static char preferred_console[16];	/* the last console=, without options */

/* ---- tables ---- */

static struct tty_driver *get_tty_driver(dev_t device, unsigned int *index)
{
	struct tty_driver *d;

	for (d = tty_drivers; d; d = d->next) {
		if (d->major == MAJOR(device) && MINOR(device) - d->minor_start < d->num) {
			*index = MINOR(device) - d->minor_start;
			return d;
		}
	}
	return NULL;
}

static const struct file_operations tty_fops;

int tty_register_driver(struct tty_driver *driver)
{
	driver->next = tty_drivers;
	tty_drivers = driver;
	if (get_chrfops(driver->major))
		return 0;			/* one of those that drivers share: tty_init() */
	return register_chrdev(driver->major, driver->name, &tty_fops);
}

dev_t tty_devnum(const struct tty_struct *tty)
{
	return tty ? tty->device : 0;
}

/* console=NAME[,options] */
static void __init console_setup(char *value)
{
	size_t n = strcspn(value, ", ");

	strlcpy(preferred_console, value, min(n + 1, sizeof(preferred_console)));
}
__setup("console=", console_setup);

dev_t console_device(void)
{
	struct console *con;
	dev_t dev = 0;

	for (con = console_drivers; con; con = con->next) {
		size_t n = strlen(con->name);
		char *digits = preferred_console + n, *end;
		unsigned long index;

		if (!dev && con->dev)
			dev = con->dev;
		if (strncmp(preferred_console, con->name, n))
			continue;
		index = simple_strtoul(digits, &end, 10);
		if (end != digits && !*end && index < 256)
			return con->dev + (int)index - con->index;
	}
	return dev;
}

/* ---- birth and death ---- */

struct tty_struct *alloc_tty(struct tty_driver *driver, unsigned int index)
{
	struct tty_struct *tty = driver->ttys[index];

	if (tty)
		return tty;
	tty = kzalloc(sizeof(*tty), GFP_KERNEL);
	if (!tty)
		return ERR_PTR(-ENOMEM);
	tty->read_buf = (char *)__get_free_page(GFP_KERNEL);
	if (!tty->read_buf) {
		kfree(tty);
		return ERR_PTR(-ENOMEM);
	}
	tty->driver = driver;
	tty->index = index;
	tty->device = MKDEV(driver->major, driver->minor_start + index);
	tty->termios = driver->init_termios;
	if (driver->termios && driver->termios[index].c_cflag)
		tty->termios = driver->termios[index];
	init_waitqueue_head(&tty->read_wait);
	init_waitqueue_head(&tty->write_wait);

	/* The allocations may have slept: somebody else may have been here. */
	if (driver->ttys[index]) {
		free_page((unsigned long)tty->read_buf);
		kfree(tty);
	} else {
		driver->ttys[index] = tty;
	}
	return driver->ttys[index];
}

/* It is nobody's controlling terminal any more. */
static void clear_ctty(struct tty_struct *tty)
{
	struct task_struct *p;

	for_each_process(p) {
		if (p->signal && p->signal->tty == tty)
			p->signal->tty = NULL;
	}
	tty->session = 0;
	tty->pgrp = 0;
}

void free_tty(struct tty_struct *tty)
{
	struct tty_driver *driver = tty->driver;

	clear_ctty(tty);
	if (driver->termios)
		driver->termios[tty->index] = tty->termios;
	driver->ttys[tty->index] = NULL;	/* interrupt handlers look here */
	free_page((unsigned long)tty->read_buf);
	kfree(tty);
}

/* ---- stop, start, hang up ---- */

void tty_wakeup(struct tty_struct *tty)
{
	wake_up_interruptible(&tty->write_wait);
	if (tty->output_refused) {
		tty->output_refused = false;
		kill_fasync(&tty->async, POLL_OUT);
	}
}

void stop_tty(struct tty_struct *tty)
{
	if (tty->stopped)
		return;
	tty->stopped = true;
	if (tty->driver->stop)
		tty->driver->stop(tty);
}

void start_tty(struct tty_struct *tty)
{
	if (!tty->stopped || tty->flow_stopped)
		return;
	tty->stopped = false;
	if (tty->driver->start)
		tty->driver->start(tty);
	tty_wakeup(tty);
}

bool tty_console_file(const struct file *file)
{
	return file->f_dentry && file->f_dentry->d_inode &&
	       file->f_dentry->d_inode->i_rdev == DEV_CONSOLE;
}

bool tty_hung_up_p(const struct file *file)
{
	const struct tty_struct *tty = file->private_data;

	return file->f_version != tty->hangups && !tty_console_file(file);
}

static void hangup_session(struct tty_struct *tty)
{
	struct task_struct *p;

	for_each_process(p) {
		if (!p->signal || p->signal->session != tty->session || !p->signal->leader)
			continue;
		send_sig(SIGHUP, p);
		send_sig(SIGCONT, p);
	}
	if (tty->pgrp > 0) {
		kill_pg(tty->pgrp, SIGHUP);
		kill_pg(tty->pgrp, SIGCONT);
	}
}

void tty_vhangup(struct tty_struct *tty)
{
	struct tty_driver *driver = tty->driver;
	struct termios old = tty->termios;

	tty->hangups++;
	if (tty->session > 0)
		hangup_session(tty);
	clear_ctty(tty);
	tty->exclusive = false;
	tty->flow_stopped = false;
	start_tty(tty);
	n_tty_flush_buffer(tty);
	if (driver->type != TTY_TYPE_SERIAL) {
		tty->termios = driver->init_termios;
		n_tty_set_termios(tty, &old);
	}
	if (driver->hangup)
		driver->hangup(tty);
	wake_up_all(&tty->read_wait);
	wake_up_all(&tty->write_wait);
}

long sys_vhangup(void)
{
	if (!capable_root())
		return -EPERM;
	if (current->signal->tty)
		tty_vhangup(current->signal->tty);
	return 0;
}

void disassociate_ctty(bool on_exit)
{
	struct tty_struct *tty = current->signal->tty;

	if (!tty)
		return;
	if (on_exit && tty->driver->type != TTY_TYPE_PTY_SLAVE) {
		tty_vhangup(tty);
		return;
	}
	if (tty->pgrp > 0) {
		kill_pg(tty->pgrp, SIGHUP);
		if (!on_exit)
			kill_pg(tty->pgrp, SIGCONT);
	}
	clear_ctty(tty);
}

int tty_check_change(struct tty_struct *tty)
{
	pid_t pgrp = current->signal->pgrp;

	if (current->signal->tty != tty || tty->pgrp <= 0 || pgrp == tty->pgrp ||
	    sig_blocked_or_ignored(SIGTTOU))
		return 0;
	if (is_orphaned_pgrp(pgrp))
		return -EIO;
	kill_pg(pgrp, SIGTTOU);
	return -ERESTARTSYS;
}

/* ---- open and close ---- */

void tty_attach_file(struct tty_struct *tty, struct file *file)
{
	file->private_data = tty;
	file->f_version = tty->hangups;
	tty->count++;
}

/* Opening a terminal makes it that of a session leader which has none. */
static void get_ctty(struct tty_struct *tty)
{
	struct signal_struct *sig = current->signal;

	if (!sig->leader || sig->tty || tty->session)
		return;
	sig->tty = tty;
	tty->session = sig->session;
	tty->pgrp = sig->pgrp;
}

static void release_tty(struct tty_struct *tty)
{
	struct tty_struct *link = tty->link;

	if (--tty->count)
		return;
	tty->exclusive = false;
	/* The session keeps a pair's slave that nobody has open: /dev/tty opens it again. */
	if (!link) {
		free_tty(tty);
	} else if (!link->count) {	/* a pair goes together */
		free_tty(link);
		free_tty(tty);
	}
}

static int open_line(dev_t device, struct file *file)
{
	struct tty_driver *driver;
	struct tty_struct *tty;
	unsigned int index;
	int ret;

	driver = get_tty_driver(device, &index);
	if (!driver)
		return -ENXIO;
	if (driver->type == TTY_TYPE_PTY_SLAVE && !driver->ttys[index])
		return -EIO;		/* made by opening /dev/ptmx only */
	tty = alloc_tty(driver, index);
	if (IS_ERR(tty))
		return PTR_ERR(tty);
	if (tty->exclusive && !capable_root())
		return -EBUSY;
	tty_attach_file(tty, file);
	ret = driver->open(tty, file);
	if (ret)
		release_tty(tty);
	return ret;
}

static int tty_open(struct inode *inode, struct file *file)
{
	bool noctty = file->f_flags & O_NOCTTY;
	dev_t device = inode->i_rdev;
	int ret;

	switch (device) {
	case DEV_PTMX:
		return ptmx_open(file);
	case DEV_TTY:
		device = tty_devnum(current->signal->tty);
		break;
	case DEV_CONSOLE:
		device = console_device();
		noctty = true;
		break;
	}
	if (device == DEV_TTY0) {
		device = tty_active_console;
		noctty = true;
	}
	if (!device)
		return -ENXIO;
	ret = open_line(device, file);
	if (!ret && !noctty)
		get_ctty(file->private_data);
	return ret;
}

static int tty_release(struct inode *inode __unused, struct file *file)
{
	struct tty_struct *tty = file->private_data;

	if (tty->driver->close)
		tty->driver->close(tty, file);
	release_tty(tty);
	return 0;
}

/* ---- read, write, poll, ioctl ---- */

static ssize_t tty_read(struct file *file, char __user *buf, size_t count, loff_t *pos __unused)
{
	ssize_t ret;

	if (tty_hung_up_p(file))
		return 0;
	ret = n_tty_read(file->private_data, file, buf, count);
	if (ret > 0)
		file->f_dentry->d_inode->i_atime = get_seconds();
	return ret;
}

/* One write() at a time, so that the lines of two programs do not mix. */
static int tty_write_lock(struct tty_struct *tty, struct file *file)
{
	int ret;

	if (tty->writing && (file->f_flags & O_NONBLOCK))
		return -EAGAIN;
	ret = wait_event_interruptible(tty->write_wait, !tty->writing);
	if (!ret)
		tty->writing = true;
	return ret;
}

static void tty_write_unlock(struct tty_struct *tty)
{
	tty->writing = false;
	wake_up_interruptible(&tty->write_wait);
}

static ssize_t tty_write(struct file *file, const char __user *buf, size_t count,
			 loff_t *pos __unused)
{
	struct tty_struct *tty = file->private_data;
	char chunk[WRITE_CHUNK];
	size_t done = 0, n;
	ssize_t ret;

	if (tty_hung_up_p(file))
		return -EIO;
	ret = L_FLAG(tty, TOSTOP) ? tty_check_change(tty) : 0;
	if (!ret)
		ret = tty_write_lock(tty, file);
	if (ret)
		return ret;
	while (done < count) {
		n = min(count - done, sizeof(chunk));
		if (copy_from_user(chunk, buf + done, n)) {
			ret = -EFAULT;
			break;
		}
		ret = n_tty_write(tty, file, chunk, n);
		if (ret < 0)
			break;
		done += ret;
		if ((size_t)ret < n)
			break;
		cond_resched();
	}
	tty_write_unlock(tty);
	if (!done)
		return ret;
	file->f_dentry->d_inode->i_mtime = get_seconds();
	return done;
}

static unsigned int tty_poll(struct file *file, struct poll_table_struct *wait)
{
	if (tty_hung_up_p(file))
		return POLLIN | POLLOUT | POLLERR | POLLHUP | POLLRDNORM | POLLWRNORM;
	return n_tty_poll(file->private_data, file, wait);
}

static int tty_fops_ioctl(struct inode *inode __unused, struct file *file, unsigned int cmd,
			  unsigned long arg)
{
	if (tty_hung_up_p(file))
		return cmd == TIOCSPGRP ? -ENOTTY : -EIO;
	return tty_ioctl(file->private_data, file, cmd, arg);
}

/* Signals go to the foreground unless F_SETOWN has named somebody. */
static int tty_fasync(struct file *file, bool on)
{
	struct tty_struct *tty = file->private_data;

	if (on)
		file_default_owner(file, tty->pgrp > 0 ? -tty->pgrp : current->tgid);
	return fasync_helper(file, on, &tty->async);
}

static const struct file_operations tty_fops = {
	.llseek = no_llseek,
	.read = tty_read,
	.write = tty_write,
	.poll = tty_poll,
	.ioctl = tty_fops_ioctl,
	.open = tty_open,
	.release = tty_release,
	.fasync = tty_fasync,
};

static int __init tty_init(void)
{
	register_chrdev(TTY_MAJOR, "tty", &tty_fops);
	register_chrdev(TTYAUX_MAJOR, "console", &tty_fops);
	register_chrdev(UNIX98_PTY_SLAVE_MAJOR, "pts", &tty_fops);
	return 0;
}
initcall_dev(tty_init);
