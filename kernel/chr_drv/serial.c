/*
 * Serial lines: ttyS0 and ttyS1, chips of the 8250 family, with interrupts
 * for both directions and the 16-byte FIFOs of the 16550A where there are any.
 *
 *	write()  -> xmit ring -> (interrupt: room)  16 bytes at a time -> chip
 *	chip -> (interrupt: data) -> line discipline, unless it has no room: then the bytes stay in
 *	        the chip, its data interrupt off, until a read() makes room
 *
 * The ring keeps a reserve that only echo may use. Messages of the kernel do not use it:
 * they are polled out, also before interrupts work. 0.12 had this in rs_io.s, without FIFOs.
 */
#include <linux/serial.h>
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <asm/io.h>
#include <asm/serial.h>
#include <asm/system.h>
#include <asm/uaccess.h>

#define XMIT_SIZE	4096
#define XMIT_MASK	(XMIT_SIZE - 1)
#define ECHO_RESERVE	256
#define WAKEUP_CHARS	1024		/* writers go on when so little is left */
#define POLL_LIMIT	100000		/* reads of the line state before we give up */
#define IRQ_PASSES	64
#define CLOSE_WAIT	(30 * HZ)	/* how long a close waits for output that does not drain */

struct serial_port {
	u16 base;
	u8 irq;
	u8 fifo_size;			/* bytes the chip takes at once */
	bool present;
	u8 ier, lcr, mcr;		/* what the registers hold */
	u8 *xmit;			/* ring of XMIT_SIZE; NULL: not open */
	unsigned int head, tail;	/* count up for ever */
};

static struct serial_port ports[NR_SERIAL_PORTS] = SERIAL_PORTS;
static struct tty_struct *serial_ttys[NR_SERIAL_PORTS];
static struct termios serial_termios[NR_SERIAL_PORTS];

static u8 port_in(const struct serial_port *p, u8 reg)
{
	return inb(p->base + reg);
}

static void port_out(const struct serial_port *p, u8 reg, u8 value)
{
	outb(value, p->base + reg);
}

static struct serial_port *tty_port(const struct tty_struct *tty)
{
	return &ports[tty->index];
}

static unsigned int xmit_used(const struct serial_port *p)
{
	return p->head - p->tail;
}

static void set_ier(struct serial_port *p, u8 ier)
{
	if (ier != p->ier)
		port_out(p, UART_IER, ier);
	p->ier = ier;
}

/* ---- sending; interrupts masked ---- */

/* The chip is empty: fills it. Asks for an interrupt when more is waiting. */
static void send_chars(struct serial_port *p, struct tty_struct *tty)
{
	int n = tty->stopped ? 0 : p->fifo_size;

	while (n-- && xmit_used(p))
		port_out(p, UART_TX, p->xmit[p->tail++ & XMIT_MASK]);
	if (xmit_used(p) && !tty->stopped)
		set_ier(p, p->ier | UART_IER_THRI);
	else
		set_ier(p, p->ier & ~UART_IER_THRI);
	if (xmit_used(p) < WAKEUP_CHARS && waitqueue_active(&tty->write_wait))
		tty_wakeup(tty);
}

/* Something was put into the ring: starts the chip unless its interrupt is due anyway. */
static void start_sending(struct serial_port *p, struct tty_struct *tty)
{
	if (!p->xmit || (p->ier & UART_IER_THRI) || tty->stopped || !xmit_used(p))
		return;
	if (port_in(p, UART_LSR) & UART_LSR_THRE)
		send_chars(p, tty);
	else
		set_ier(p, p->ier | UART_IER_THRI);
}

static int serial_write_room(struct tty_struct *tty)
{
	struct serial_port *p = tty_port(tty);
	unsigned int used = xmit_used(p) + ECHO_RESERVE;

	return p->xmit && used < XMIT_SIZE ? XMIT_SIZE - used : 0;
}

static int serial_write(struct tty_struct *tty, const char *buf, int n)
{
	struct serial_port *p = tty_port(tty);
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
	struct serial_port *p = tty_port(tty);

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
	struct serial_port *p = tty_port(tty);
	unsigned long flags;

	local_irq_save(flags);
	p->tail = p->head;
	local_irq_restore(flags);
}

/* The last bytes, in the chip: a few milliseconds. */
static void serial_wait_until_sent(struct tty_struct *tty)
{
	struct serial_port *p = tty_port(tty);
	int limit = HZ;

	while (limit-- && !(port_in(p, UART_LSR) & UART_LSR_TEMT) && !signal_pending(current)) {
		set_current_state(TASK_INTERRUPTIBLE);
		schedule_timeout(1);
	}
}

static void serial_start(struct tty_struct *tty)
{
	start_sending(tty_port(tty), tty);
}

/* ---- receiving ---- */

static void receive_flagged(struct tty_struct *tty, u8 c, u8 lsr)
{
	if (lsr & UART_LSR_OE)
		n_tty_receive_flagged(tty, 0, TTY_OVERRUN);
	if (lsr & UART_LSR_BI)
		n_tty_receive_flagged(tty, 0, TTY_BREAK);
	else if (lsr & UART_LSR_PE)
		n_tty_receive_flagged(tty, c, TTY_PARITY);
	else if (lsr & UART_LSR_FE)
		n_tty_receive_flagged(tty, c, TTY_FRAME);
	else
		n_tty_receive_flagged(tty, c, TTY_NORMAL);
}

static void receive_chars(struct serial_port *p, struct tty_struct *tty, u8 lsr)
{
	bool wanted = tty && p->xmit && C_FLAG(tty, CREAD);
	unsigned int room = wanted ? n_tty_room(tty) : 0, n = 0;
	char buf[32];

	for (; lsr & UART_LSR_DR; lsr = port_in(p, UART_LSR)) {
		u8 c;

		if (wanted && n >= room) {
			tty->throttled = true;
			set_ier(p, p->ier & ~UART_IER_RDI);
			break;
		}
		c = port_in(p, UART_RX);
		if (!wanted)
			continue;
		if (!(lsr & UART_LSR_ERRORS))
			buf[n++] = c;
		if (n == sizeof(buf) || (n && (lsr & UART_LSR_ERRORS))) {
			n_tty_receive_buf(tty, buf, n);
			n = 0;
			room = n_tty_room(tty);
		}
		if (lsr & UART_LSR_ERRORS)
			receive_flagged(tty, c, lsr);
		add_interrupt_randomness(c);
	}
	if (n)
		n_tty_receive_buf(tty, buf, n);
}

static void serial_unthrottle(struct tty_struct *tty)
{
	struct serial_port *p = tty_port(tty);

	if (p->xmit)
		set_ier(p, p->ier | UART_IER_RDI);
}

static void serial_interrupt(int irq __unused, void *dev_id, struct pt_regs *regs __unused)
{
	struct serial_port *p = dev_id;
	struct tty_struct *tty = serial_ttys[p - ports];
	int passes = IRQ_PASSES;
	u8 lsr;

	while (passes-- && !(port_in(p, UART_IIR) & UART_IIR_NO_INT)) {
		lsr = port_in(p, UART_LSR);
		if ((lsr & UART_LSR_DR) && (p->ier & UART_IER_RDI))
			receive_chars(p, tty, lsr);
		port_in(p, UART_MSR);
		if (!(lsr & UART_LSR_THRE))
			continue;
		if (tty && p->xmit)
			send_chars(p, tty);
		else
			set_ier(p, p->ier & ~UART_IER_THRI);
	}
}

/* ---- settings ---- */

static void set_line(struct serial_port *p, unsigned int baud, u8 lcr)
{
	unsigned int divisor = max(UART_BASE_BAUD / max(baud, 1u), 1u);

	p->lcr = lcr;
	port_out(p, UART_LCR, lcr | UART_LCR_DLAB);
	port_out(p, UART_DLL, divisor & 0xff);
	port_out(p, UART_DLM, divisor >> 8);
	port_out(p, UART_LCR, lcr);
}

static void serial_set_termios(struct tty_struct *tty, const struct termios *old)
{
	struct serial_port *p = tty_port(tty);
	unsigned int baud = tty_baud_rate(tty);
	unsigned long flags;
	u8 lcr = C_FLAG(tty, CSIZE) >> 4;	/* CS5..CS8 as the chip counts them */

	if (old && old->c_cflag == tty->termios.c_cflag)
		return;
	if (C_FLAG(tty, CSTOPB))
		lcr |= UART_LCR_STOP;
	if (C_FLAG(tty, PARENB))
		lcr |= UART_LCR_PARITY | (C_FLAG(tty, PARODD) ? 0 : UART_LCR_EPAR);
	local_irq_save(flags);
	if (baud) {
		set_line(p, baud, lcr);
		p->mcr |= UART_MCR_DTR | UART_MCR_RTS;
	} else {		/* B0: hang up the telephone */
		p->mcr &= ~(UART_MCR_DTR | UART_MCR_RTS);
	}
	port_out(p, UART_MCR, p->mcr);
	local_irq_restore(flags);
}

static void serial_break_ctl(struct tty_struct *tty, bool on)
{
	struct serial_port *p = tty_port(tty);

	p->lcr = on ? p->lcr | UART_LCR_SBC : p->lcr & ~UART_LCR_SBC;
	port_out(p, UART_LCR, p->lcr);
}

/* ---- modem lines ---- */

static int get_modem_lines(struct serial_port *p)
{
	u8 msr = port_in(p, UART_MSR);

	return (p->mcr & UART_MCR_RTS ? TIOCM_RTS : 0) | (p->mcr & UART_MCR_DTR ? TIOCM_DTR : 0) |
	       (msr & UART_MSR_CTS ? TIOCM_CTS : 0) | (msr & UART_MSR_DSR ? TIOCM_DSR : 0) |
	       (msr & UART_MSR_RI ? TIOCM_RNG : 0) | (msr & UART_MSR_DCD ? TIOCM_CAR : 0);
}

static void set_modem_lines(struct serial_port *p, int set, int clear)
{
	u8 on = (set & TIOCM_RTS ? UART_MCR_RTS : 0) | (set & TIOCM_DTR ? UART_MCR_DTR : 0);
	u8 off = (clear & TIOCM_RTS ? UART_MCR_RTS : 0) | (clear & TIOCM_DTR ? UART_MCR_DTR : 0);

	p->mcr = (p->mcr & ~off) | on;
	port_out(p, UART_MCR, p->mcr);
}

static int serial_ioctl(struct tty_struct *tty, struct file *file __unused, unsigned int cmd,
			unsigned long arg)
{
	struct serial_port *p = tty_port(tty);
	int lines;

	switch (cmd) {
	case TIOCMGET:
		return put_user(get_modem_lines(p), (int __user *)arg);
	case TIOCMSET:
	case TIOCMBIS:
	case TIOCMBIC:
		if (get_user(lines, (int __user *)arg))
			return -EFAULT;
		set_modem_lines(p, cmd == TIOCMBIC ? 0 : lines,
				cmd == TIOCMBIS ? 0 : cmd == TIOCMBIC ? lines : ~lines);
		return 0;
	}
	return -ENOIOCTLCMD;
}

/* ---- open and close ---- */

static int serial_open(struct tty_struct *tty, struct file *file __unused)
{
	struct serial_port *p = tty_port(tty);
	unsigned long flags;
	u8 *ring;

	if (!p->present)
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
	p->mcr |= UART_MCR_OUT2;
	port_out(p, UART_MCR, p->mcr);
	set_ier(p, UART_IER_RDI | UART_IER_RLSI);
	local_irq_restore(flags);
	return 0;
}

static void serial_close(struct tty_struct *tty, struct file *file __unused)
{
	struct serial_port *p = tty_port(tty);
	unsigned long flags, ring, end = jiffies + CLOSE_WAIT;

	if (tty->count > 1 || !p->xmit)
		return;
	start_tty(tty);
	while (xmit_used(p) && time_before(jiffies, end) && !signal_pending(current)) {
		set_current_state(TASK_INTERRUPTIBLE);
		schedule_timeout(1);
	}
	if (tty->count > 1)	/* opened again meanwhile */
		return;
	local_irq_save(flags);
	set_ier(p, 0);
	ring = (unsigned long)p->xmit;
	p->xmit = NULL;
	p->head = p->tail = 0;
	local_irq_restore(flags);
	free_page(ring);
}

static struct tty_driver serial_driver = {
	.name = "ttyS",
	.type = TTY_TYPE_SERIAL,
	.major = TTY_MAJOR,
	.minor_start = 64,
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

static int __init serial_init(void)
{
	unsigned int i;

	serial_driver.init_termios = tty_std_termios;
	serial_driver.init_termios.c_cflag = B115200 | CS8 | CREAD | HUPCL | CLOCAL;
	serial_driver.init_termios.c_iflag |= IUTF8;
	tty_register_driver(&serial_driver);
	for (i = 0; i < NR_SERIAL_PORTS; i++) {
		struct serial_port *p = &ports[i];

		if (!p->present)
			continue;
		printk(KERN_INFO "ttyS%u at %#x, irq %u, %s\n", i, p->base, p->irq,
		       p->fifo_size > 1 ? "16550A" : "8250");
		if (!request_region(p->base, UART_PORTS, "serial") ||
		    request_irq(p->irq, serial_interrupt, 0, "serial", p))
			p->present = false;
	}
	return 0;
}
initcall_dev(serial_init);

/* ---- the kernel's messages; interrupts masked ---- */

/* Waits until the chip can take a FIFO full; gives up on one that never can. */
static bool wait_for_room(const struct serial_port *p)
{
	int i;

	for (i = 0; i < POLL_LIMIT; i++) {
		if (port_in(p, UART_LSR) & UART_LSR_THRE)
			return true;
	}
	return false;
}

static void poll_out(struct serial_port *p, const char *s, unsigned int n)
{
	int room = 0;
	bool cr_sent = false;

	while (n) {
		if (!room) {
			if (!wait_for_room(p))
				return;
			room = p->fifo_size;
		}
		room--;
		if (*s == '\n' && !cr_sent) {
			port_out(p, UART_TX, '\r');
			cr_sent = true;
			continue;
		}
		port_out(p, UART_TX, *s++);
		cr_sent = false;
		n--;
	}
}

static void ttys0_print(const char *s, unsigned int n)
{
	poll_out(&ports[0], s, n);
}

static void ttys1_print(const char *s, unsigned int n)
{
	poll_out(&ports[1], s, n);
}

static struct console serial_consoles[NR_SERIAL_PORTS] = {
	{ .name = "ttyS", .index = 0, .write = ttys0_print, .dev = MKDEV(TTY_MAJOR, 64) },
	{ .name = "ttyS", .index = 1, .write = ttys1_print, .dev = MKDEV(TTY_MAJOR, 65) },
};

/* Is there a chip? The upper half of the interrupt mask reads as zero, the lower as written. */
static bool __init probe(struct serial_port *p)
{
	port_out(p, UART_IER, 0x0f);
	io_delay();
	if (port_in(p, UART_IER) != 0x0f)
		return false;
	port_out(p, UART_IER, 0);
	io_delay();
	if (port_in(p, UART_IER) != 0)
		return false;
	set_line(p, UART_BASE_BAUD, CS8 >> 4);
	p->mcr = UART_MCR_DTR | UART_MCR_RTS;
	port_out(p, UART_MCR, p->mcr);
	port_out(p, UART_FCR, UART_FCR_ENABLE | UART_FCR_TRIGGER_8);
	p->fifo_size = (port_in(p, UART_IIR) & UART_IIR_FIFO) == UART_IIR_FIFO ? 16 : 1;
	if (p->fifo_size == 1)
		port_out(p, UART_FCR, 0);
	return true;
}

void __init serial_console_init(void)
{
	unsigned int i;

	for (i = 0; i < NR_SERIAL_PORTS; i++)
		ports[i].present = probe(&ports[i]);
	if (ports[0].present)
		register_console(&serial_consoles[0]);
}

/* The second line is a console only when it is named. */
static void __init second_console_setup(char *value)
{
	if (!strncmp(value, "ttyS1", 5) && ports[1].present)
		register_console(&serial_consoles[1]);
}
__setup("console=", second_console_setup);
