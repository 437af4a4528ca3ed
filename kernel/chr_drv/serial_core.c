/*
 * Serial lines, the part above the chip: the terminal driver with its ring of bytes to send,
 * and the console. <linux/serial_core.h> draws the ways of the data.
 *
 * Everything in a uart_port is touched with interrupts masked. 0.12 had all of this
 * in rs_io.s, for one kind of chip and without FIFOs.
 */
#include <linux/serial_core.h>
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <asm/serial.h>
#include <asm/system.h>
#include <asm/uaccess.h>

#define XMIT_SIZE	4096
#define XMIT_MASK	(XMIT_SIZE - 1)
#define ECHO_RESERVE	256
#define WAKEUP_CHARS	1024		/* writers go on when so little is left */
#define POLL_LIMIT	100000		/* looks for room before a message is given up */
#define CLOSE_WAIT	(30 * HZ)	/* how long a close waits for output that does not drain */

static struct uart_port *uart_ports[NR_SERIAL_PORTS];
static struct tty_struct *serial_ttys[NR_SERIAL_PORTS];
static struct termios serial_termios[NR_SERIAL_PORTS];

static struct uart_port *tty_port(const struct tty_struct *tty)
{
	return uart_ports[tty->index];
}

/* NULL: nobody has the line open. */
static struct tty_struct *port_tty(const struct uart_port *p)
{
	unsigned int i;

	for (i = 0; i < NR_SERIAL_PORTS; i++)
		if (uart_ports[i] == p)
			return p->xmit ? serial_ttys[i] : NULL;
	return NULL;
}

static unsigned int xmit_used(const struct uart_port *p)
{
	return p->head - p->tail;
}

/* ---- sending; interrupts masked ---- */

static void set_tx_irq(struct uart_port *p, bool on)
{
	if (on != p->tx_irq_on)
		p->ops->tx_irq(p, on);
	p->tx_irq_on = on;
}

/* Gives the chip what it takes. Asks for an interrupt when more is waiting. */
static void send_chars(struct uart_port *p, struct tty_struct *tty, unsigned int room)
{
	if (tty->stopped)
		room = 0;
	while (room-- && xmit_used(p))
		p->ops->tx_char(p, p->xmit[p->tail++ & XMIT_MASK]);
	set_tx_irq(p, xmit_used(p) && !tty->stopped);
	if (xmit_used(p) < WAKEUP_CHARS && waitqueue_active(&tty->write_wait))
		tty_wakeup(tty);
}

void uart_send(struct uart_port *p)
{
	struct tty_struct *tty = port_tty(p);
	unsigned int room = p->ops->tx_room(p);

	if (!tty)
		set_tx_irq(p, false);
	else if (room)
		send_chars(p, tty, room);
}

/* Something was put into the ring: starts the chip unless its interrupt is due anyway. */
static void start_sending(struct uart_port *p, struct tty_struct *tty)
{
	unsigned int room;

	if (!p->xmit || p->tx_irq_on || tty->stopped || !xmit_used(p))
		return;
	room = p->ops->tx_room(p);
	if (room)
		send_chars(p, tty, room);
	else
		set_tx_irq(p, true);
}

static int serial_write_room(struct tty_struct *tty)
{
	struct uart_port *p = tty_port(tty);
	unsigned int used = xmit_used(p) + ECHO_RESERVE;

	return p->xmit && used < XMIT_SIZE ? XMIT_SIZE - used : 0;
}

static int serial_write(struct tty_struct *tty, const char *buf, int n)
{
	struct uart_port *p = tty_port(tty);
	int i;

	n = min(n, serial_write_room(tty));
	for (i = 0; i < n; i++)
		p->xmit[p->head++ & XMIT_MASK] = buf[i];
	start_sending(p, tty);
	return n;
}

/* Echo: into the reserve too. serial_flush_chars() starts it. */
static void serial_put_char(struct tty_struct *tty, char c)
{
	struct uart_port *p = tty_port(tty);

	if (p->xmit && xmit_used(p) < XMIT_SIZE)
		p->xmit[p->head++ & XMIT_MASK] = c;
}

static void serial_flush_chars(struct tty_struct *tty)
{
	start_sending(tty_port(tty), tty);
}

static int serial_chars_in_buffer(struct tty_struct *tty)
{
	return xmit_used(tty_port(tty));
}

static void serial_flush_buffer(struct tty_struct *tty)
{
	struct uart_port *p = tty_port(tty);
	unsigned long flags;

	local_irq_save(flags);
	p->tail = p->head;
	local_irq_restore(flags);
}

/* The last bytes, in the chip: a few milliseconds. */
static void serial_wait_until_sent(struct tty_struct *tty)
{
	struct uart_port *p = tty_port(tty);
	int limit = HZ;

	while (limit-- && !p->ops->tx_idle(p) && !signal_pending(current)) {
		set_current_state(TASK_INTERRUPTIBLE);
		schedule_timeout(1);
	}
}

static void serial_start(struct tty_struct *tty)
{
	start_sending(tty_port(tty), tty);
}

/* ---- receiving ---- */

static void receive_flagged(struct tty_struct *tty, unsigned int c)
{
	if (c & UART_RX_OVERRUN)
		n_tty_receive_flagged(tty, 0, TTY_OVERRUN);
	if (c & UART_RX_BREAK)
		n_tty_receive_flagged(tty, 0, TTY_BREAK);
	else if (c & UART_RX_PARITY)
		n_tty_receive_flagged(tty, (char)c, TTY_PARITY);
	else if (c & UART_RX_FRAME)
		n_tty_receive_flagged(tty, (char)c, TTY_FRAME);
	else
		n_tty_receive_flagged(tty, (char)c, TTY_NORMAL);
}

void uart_receive(struct uart_port *p)
{
	struct tty_struct *tty = port_tty(p);
	bool wanted = tty && C_FLAG(tty, CREAD);
	unsigned int room = wanted ? n_tty_room(tty) : 0, n = 0;
	char buf[32];

	while (p->ops->rx_ready(p)) {
		unsigned int c;

		if (wanted && n >= room) {
			tty->throttled = true;
			p->ops->rx_irq(p, false);
			break;
		}
		c = p->ops->rx_char(p);
		if (!wanted)
			continue;
		if (!(c & UART_RX_ERRORS))
			buf[n++] = (char)c;
		if (n == sizeof(buf) || (n && (c & UART_RX_ERRORS))) {
			n_tty_receive_buf(tty, buf, n);
			n = 0;
			room = n_tty_room(tty);
		}
		if (c & UART_RX_ERRORS)
			receive_flagged(tty, c);
		add_interrupt_randomness(c & 0xff);
	}
	if (n)
		n_tty_receive_buf(tty, buf, n);
}

static void serial_unthrottle(struct tty_struct *tty)
{
	struct uart_port *p = tty_port(tty);

	if (p->xmit)
		p->ops->rx_irq(p, true);
}

/* ---- settings ---- */

static void serial_set_termios(struct tty_struct *tty, const struct termios *old)
{
	struct uart_port *p = tty_port(tty);
	unsigned int baud = tty_baud_rate(tty);
	unsigned long flags;

	if (old && old->c_cflag == tty->termios.c_cflag)
		return;
	local_irq_save(flags);
	if (baud) {
		p->ops->set_line(p, baud, tty->termios.c_cflag);
		p->modem |= TIOCM_DTR | TIOCM_RTS;
	} else {		/* B0: hang up the telephone */
		p->modem &= ~(TIOCM_DTR | TIOCM_RTS);
	}
	p->ops->set_modem(p);
	local_irq_restore(flags);
}

static void serial_break_ctl(struct tty_struct *tty, bool on)
{
	struct uart_port *p = tty_port(tty);

	p->ops->set_break(p, on);
}

static int serial_ioctl(struct tty_struct *tty, struct file *file __unused, unsigned int cmd,
			unsigned long arg)
{
	struct uart_port *p = tty_port(tty);
	int lines;

	switch (cmd) {
	case TIOCMGET:
		return put_user(p->modem | p->ops->get_modem(p), (int __user *)arg);
	case TIOCMSET:
	case TIOCMBIS:
	case TIOCMBIC:
		if (get_user(lines, (int __user *)arg))
			return -EFAULT;
		lines &= TIOCM_RTS | TIOCM_DTR;
		if (cmd == TIOCMSET)
			p->modem = lines;
		else if (cmd == TIOCMBIS)
			p->modem |= lines;
		else
			p->modem &= ~lines;
		p->ops->set_modem(p);
		return 0;
	}
	return -ENOIOCTLCMD;
}

/* ---- open and close ---- */

static int serial_open(struct tty_struct *tty, struct file *file __unused)
{
	struct uart_port *p = tty_port(tty);
	unsigned long flags;
	u8 *ring;

	if (!p || !p->present)
		return -ENXIO;
	if (p->xmit)
		return 0;
	ring = (u8 *)__get_free_page(GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	if (p->xmit) {		/* the allocation slept, somebody else was here */
		free_page((unsigned long)ring);
		return 0;
	}
	serial_set_termios(tty, NULL);
	local_irq_save(flags);
	p->head = p->tail = 0;
	p->xmit = ring;
	p->ops->rx_irq(p, true);
	local_irq_restore(flags);
	return 0;
}

static void serial_close(struct tty_struct *tty, struct file *file __unused)
{
	struct uart_port *p = tty_port(tty);
	unsigned long flags, ring, end = jiffies + CLOSE_WAIT;

	if (tty->count > 1 || !p || !p->xmit)
		return;
	start_tty(tty);
	while (xmit_used(p) && time_before(jiffies, end) && !signal_pending(current)) {
		set_current_state(TASK_INTERRUPTIBLE);
		schedule_timeout(1);
	}
	if (tty->count > 1)	/* opened again meanwhile */
		return;
	local_irq_save(flags);
	set_tx_irq(p, false);
	p->ops->rx_irq(p, false);
	ring = (unsigned long)p->xmit;
	p->xmit = NULL;
	p->head = p->tail = 0;
	local_irq_restore(flags);
	free_page(ring);
}

static struct tty_driver serial_driver = {
	.name = SERIAL_NAME,
	.type = TTY_TYPE_SERIAL,
	.major = SERIAL_MAJOR,
	.minor_start = SERIAL_MINOR,
	.num = NR_SERIAL_PORTS,
	.ttys = serial_ttys,
	.termios = serial_termios,
	.open = serial_open,
	.close = serial_close,
	.write = serial_write,
	.write_room = serial_write_room,
	.put_char = serial_put_char,
	.flush_chars = serial_flush_chars,
	.chars_in_buffer = serial_chars_in_buffer,
	.flush_buffer = serial_flush_buffer,
	.wait_until_sent = serial_wait_until_sent,
	.unthrottle = serial_unthrottle,
	.start = serial_start,
	.set_termios = serial_set_termios,
	.break_ctl = serial_break_ctl,
	.ioctl = serial_ioctl,
};

/* ---- the kernel's messages; interrupts masked ---- */

/* How much the chip can take; waits, but not for ever: 0. */
static unsigned int wait_for_room(struct uart_port *p)
{
	unsigned int room, i;

	for (i = 0; i < POLL_LIMIT; i++) {
		room = p->ops->tx_room(p);
		if (room)
			return room;
	}
	return 0;
}

static void serial_print(struct console *con, const char *s, unsigned int n)
{
	struct uart_port *p = uart_ports[con->index];
	unsigned int room = 0;
	bool cr_sent = false;

	while (n) {
		if (!room)
			room = wait_for_room(p);
		if (!room)
			return;
		room--;
		if (*s == '\n' && !cr_sent) {
			p->ops->tx_char(p, '\r');
			cr_sent = true;
			continue;
		}
		p->ops->tx_char(p, *s++);
		cr_sent = false;
		n--;
	}
}

static struct console serial_consoles[NR_SERIAL_PORTS];
static unsigned long wanted_consoles = 1; /* a bit per line: the first, and what console= names */

static void add_console(unsigned int line)
{
	struct console *con = &serial_consoles[line];

	if (con->write || !uart_ports[line] || !uart_ports[line]->present)
		return;
	con->name = SERIAL_NAME;
	con->index = line;
	con->dev = MKDEV(SERIAL_MAJOR, SERIAL_MINOR + line);
	con->write = serial_print;
	register_console(con);
}

static void __init serial_console_setup(char *value)
{
	size_t n = strlen(SERIAL_NAME);
	char *end;
	unsigned long line;

	if (strncmp(value, SERIAL_NAME, n))
		return;
	line = simple_strtoul(value + n, &end, 10);
	if (end == value + n || line >= NR_SERIAL_PORTS)
		return;
	wanted_consoles |= 1UL << line;
	add_console(line);
}
__setup("console=", serial_console_setup);

void uart_add_port(struct uart_port *p, unsigned int line)
{
	uart_ports[line] = p;
	p->present = true;
	if (wanted_consoles >> line & 1)
		add_console(line);
}

static int __init serial_core_init(void)
{
	serial_driver.init_termios = tty_std_termios;
	serial_driver.init_termios.c_cflag = B115200 | CS8 | CREAD | HUPCL | CLOCAL;
	serial_driver.init_termios.c_iflag |= IUTF8;
	return tty_register_driver(&serial_driver);
}
initcall_dev(serial_core_init);
