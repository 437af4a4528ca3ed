/*
 * Terminals: the object behind an open terminal, the table a driver fills in,
 * and the calls between the three layers.
 *
 *	 program        read, write, ioctl, poll
 *	    |
 *	 tty_io.c       device number -> tty_struct; open files, sessions, hang-up
 *	    |
 *	 n_tty.c        line discipline: editing, echo, signals, CR and LF, flow control
 *	    |
 *	 driver         console.c + keyboard.c, serial.c, pty.c
 *
 * A tty_struct lives from the first open to the last close; its termios outlive it in the
 * driver. Input comes from interrupt handlers through n_tty_receive_buf(), so every
 * field that both sides touch is changed with interrupts masked. That is the only lock.
 *
 * 0.12 had a fixed table of terminals, each with three queues.
 */
#ifndef _LINUX_TTY_H
#define _LINUX_TTY_H

#include <uapi/linux/termios.h>
#include <linux/list.h>
#include <linux/types.h>
#include <linux/wait.h>

struct file;
struct task_struct;
struct poll_table_struct;
struct tty_struct;

/* device numbers */
#define TTY_MAJOR		4	/* 0: console on the screen, 1..: consoles, 64..: serial */
#define TTYAUX_MAJOR		5	/* 0 /dev/tty, 1 /dev/console, 2 /dev/ptmx */
#define UNIX98_PTY_SLAVE_MAJOR	136

#define N_TTY_BUF_SIZE		4096	/* bytes of input kept; a line is shorter by one */

enum tty_type { TTY_TYPE_CONSOLE, TTY_TYPE_SERIAL, TTY_TYPE_PTY_MASTER, TTY_TYPE_PTY_SLAVE };

struct tty_driver {
	const char *name;		/* "ttyS": with the line's number, the name in /dev */
	enum tty_type type;
	unsigned int major, minor_start, num;	/* device numbers it serves */
	struct termios init_termios;
	struct tty_struct **ttys;	/* num of them; NULL: not open */
	struct termios *termios;	/* num of them, kept between opens; c_cflag 0: never set */

	/* All but open, write, write_room may be NULL. `i`: called with interrupts masked too. */
	int (*open)(struct tty_struct *tty, struct file *file);	/* each open; 0 or -ERRNO */
	void (*close)(struct tty_struct *tty, struct file *file);	/* each; still counted */
	int (*write)(struct tty_struct *tty, const char *buf, int n);	/* i; bytes taken */
	int (*write_room)(struct tty_struct *tty);	/* i; bytes write() would take */
	void (*put_char)(struct tty_struct *tty, char c);	/* i; for echo; NULL: write */
	void (*flush_chars)(struct tty_struct *tty);	/* i; what was written may now be shown */
	int (*chars_in_buffer)(struct tty_struct *tty);	/* written, not yet sent */
	void (*flush_buffer)(struct tty_struct *tty);	/* drop those */
	void (*wait_until_sent)(struct tty_struct *tty);	/* may sleep; ends on a signal */
	void (*throttle)(struct tty_struct *tty);	/* i; no more input, please */
	void (*unthrottle)(struct tty_struct *tty);	/* i */
	void (*stop)(struct tty_struct *tty);		/* i; ^S */
	void (*start)(struct tty_struct *tty);		/* i; ^Q */
	void (*hangup)(struct tty_struct *tty);
	void (*set_termios)(struct tty_struct *tty, const struct termios *old);
	void (*break_ctl)(struct tty_struct *tty, bool on);
	int (*ioctl)(struct tty_struct *tty, struct file *file, unsigned int cmd,
		     unsigned long arg);	/* -ENOIOCTLCMD: not one of mine */
	struct tty_driver *next;
};

struct tty_struct {
	struct tty_driver *driver;
	unsigned int index;		/* line of the driver */
	dev_t device;
	int count;			/* open files */
	bool exclusive;			/* TIOCEXCL: only root may open it again */
	bool other_closed;		/* pty: the other end is not open */
	bool pty_locked;		/* pty slave: not to be opened before unlockpt() */
	unsigned long hangups;		/* a file opened before the last one (f_version) is dead */
	struct tty_struct *link;	/* the other end of a pty */
	void *driver_data;
	struct winsize winsize;

	/* job control */
	pid_t session;			/* whose controlling terminal it is, 0: nobody's */
	pid_t pgrp;			/* foreground process group, 0: none */

	/* line discipline: settings */
	struct termios termios;

	/* input: a ring. [read_tail, canon_head) can be read as lines, the rest up to
	 * read_head is the line being typed. Positions count up for ever, the index is mod size. */
	char *read_buf;
	unsigned int read_head, read_tail, canon_head;
	unsigned long line_end[N_TTY_BUF_SIZE / 32];	/* bitmap: this byte ends a line */
	unsigned int canon_lines;	/* set bits of it */
	bool lnext;			/* ^V: the next character is taken as it is */
	bool erasing;			/* ECHOPRT: between \ and / */
	bool throttled;			/* no room was left: unthrottle() is due */
	bool xoff_sent;			/* IXOFF: we have stopped the other side */
	wait_queue_head_t read_wait;

	/* output */
	unsigned int column;		/* of the cursor, for tabs and erasing */
	unsigned int canon_column;	/* column where the line being typed began */
	bool stopped;			/* by ^S or TCOOFF */
	bool flow_stopped;		/* by TCOOFF: ^Q does not start it */
	bool writing;			/* a write is under way: others wait */
	bool output_refused;		/* by O_NONBLOCK since the last tty_wakeup() */
	wait_queue_head_t write_wait;

	struct hlist_head async;	/* files with O_ASYNC */
};

/* Bits of the settings, by the name of the bit. */
#define I_FLAG(tty, f)	((tty)->termios.c_iflag & (f))
#define O_FLAG(tty, f)	((tty)->termios.c_oflag & (f))
#define C_FLAG(tty, f)	((tty)->termios.c_cflag & (f))
#define L_FLAG(tty, f)	((tty)->termios.c_lflag & (f))
#define CC(tty, i)	((tty)->termios.c_cc[i])
#define DISABLED_CHAR	0	/* a c_cc of this value is off */

extern const struct termios tty_std_termios;

/* ---- tty_io.c ---- */
/* Makes the driver's device numbers known; 0. The struct stays in use for ever. */
int tty_register_driver(struct tty_driver *driver);
/* Device number, 0 for NULL: the tty field of /proc/PID/stat. */
dev_t tty_devnum(const struct tty_struct *tty);
/* The terminal of a line, with termios and buffers; made when missing. ERR_PTR(-ENOMEM). */
struct tty_struct *alloc_tty(struct tty_driver *driver, unsigned int index);
/* Ends one that no file refers to; its settings stay in driver->termios[]. */
void free_tty(struct tty_struct *tty);
/* Cuts off every open file (but /dev/console) and the session. Process context, may sleep. */
void tty_vhangup(struct tty_struct *tty);
/* The file was opened before the last hang-up: reads end, writes fail. */
bool tty_hung_up_p(const struct file *file);
/* File was opened as /dev/console: hang-up and job control spare it. */
bool tty_console_file(const struct file *file);
/*
 * The caller wants to change the terminal from the background: 0, or SIGTTOU has been sent:
 * -ERESTARTSYS, or -EIO when nobody could stop and continue it.
 */
int tty_check_change(struct tty_struct *tty);
void tty_wakeup(struct tty_struct *tty);	/* output room again: wakes writers; any context */
/* ^S and ^Q. Interrupts masked. start_tty() does nothing after TCOOFF. */
void stop_tty(struct tty_struct *tty);
void start_tty(struct tty_struct *tty);
/* pty.c: makes a pair and opens its master; 0, -ENOSPC (too many), -ENOMEM. May sleep. */
int ptmx_open(struct file *file);
/* Ties an open file to a terminal and counts it. */
void tty_attach_file(struct tty_struct *tty, struct file *file);
/* The console on the screen, which /dev/tty0 stands for; 0: there is no screen. */
extern dev_t tty_active_console;

/* ---- tty_ioctl.c ---- */
/* 0 or -ERRNO; -ENOTTY: nobody knows the command. May sleep. */
int tty_ioctl(struct tty_struct *tty, struct file *file, unsigned int cmd, unsigned long arg);
/* Sleeps until all output has left, or a signal comes. */
void tty_wait_until_sent(struct tty_struct *tty);
/* Sends SIGWINCH when the size really changes. */
void tty_do_resize(struct tty_struct *tty, const struct winsize *ws);
unsigned int tty_baud_rate(const struct tty_struct *tty);	/* bits per second */

/* ---- n_tty.c: the line discipline ---- */
/* What a driver may mark a byte with. */
enum tty_flag { TTY_NORMAL, TTY_BREAK, TTY_FRAME, TTY_PARITY, TTY_OVERRUN };

/*
 * Input: n bytes have arrived. Those that do not fit are lost with a BEL, so ask
 * n_tty_room() first. Any context.
 */
void n_tty_receive_buf(struct tty_struct *tty, const char *buf, int n);
/* The same for one byte, which may have come with an error. */
void n_tty_receive_flagged(struct tty_struct *tty, char c, enum tty_flag flag);
/* Bytes that may be given now; 0: hold them back, unthrottle() will call. */
unsigned int n_tty_room(struct tty_struct *tty);
/* read(2) and write(2) of a terminal, write from a kernel buffer: bytes or -ERRNO. May sleep. */
ssize_t n_tty_read(struct tty_struct *tty, struct file *file, char __user *buf, size_t n);
ssize_t n_tty_write(struct tty_struct *tty, struct file *file, const char *buf, size_t n);
/* poll(2): the POLL bits that hold now. */
unsigned int n_tty_poll(struct tty_struct *tty, struct file *file,
			struct poll_table_struct *wait);
unsigned int n_tty_chars_in_buffer(struct tty_struct *tty);	/* FIONREAD */
void n_tty_flush_buffer(struct tty_struct *tty);		/* drops all input */
/* After tty->termios changed from *old: what waits is divided into lines anew, or not any more. */
void n_tty_set_termios(struct tty_struct *tty, const struct termios *old);

#endif
