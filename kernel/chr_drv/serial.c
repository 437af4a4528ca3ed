/*
 * Serial lines of the PC: ttyS0 and ttyS1, chips of the 8250 family, with interrupts
 * for both directions and the 16-byte FIFOs of the 16550A where there are any.
 *
 * Here are the chip's registers and its interrupt; the terminal above it is serial_core.c.
 * Source: National Semiconductor PC16550D data sheet.
 */
#include <linux/serial.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/serial_core.h>
#include <linux/tty.h>
#include <asm/io.h>
#include <asm/serial.h>

#define IRQ_PASSES	64

struct serial_port {
	struct uart_port uart;
	u16 base;
	u8 irq;
	u8 fifo_size;			/* bytes the chip takes at once */
	u8 ier, lcr;			/* what the registers hold */
	u8 lsr;				/* as it was read last: reading clears the errors */
};

static const struct uart_ops serial_ops;
static struct serial_port ports[NR_SERIAL_PORTS] = SERIAL_PORTS;

static struct serial_port *chip(struct uart_port *uart)
{
	return container_of(uart, struct serial_port, uart);
}

static u8 port_in(const struct serial_port *p, u8 reg)
{
	return inb(p->base + reg);
}

static void port_out(const struct serial_port *p, u8 reg, u8 value)
{
	outb(value, p->base + reg);
}

static void set_ier(struct serial_port *p, u8 ier)
{
	if (ier != p->ier)
		port_out(p, UART_IER, ier);
	p->ier = ier;
}

/* ---- data ---- */

static unsigned int serial_tx_room(struct uart_port *uart)
{
	struct serial_port *p = chip(uart);

	return port_in(p, UART_LSR) & UART_LSR_THRE ? p->fifo_size : 0;
}

static void serial_tx_char(struct uart_port *uart, u8 c)
{
	port_out(chip(uart), UART_TX, c);
}

static bool serial_tx_idle(struct uart_port *uart)
{
	return port_in(chip(uart), UART_LSR) & UART_LSR_TEMT;
}

static bool serial_rx_ready(struct uart_port *uart)
{
	struct serial_port *p = chip(uart);

	p->lsr = port_in(p, UART_LSR);
	return p->lsr & UART_LSR_DR;
}

static unsigned int serial_rx_char(struct uart_port *uart)
{
	struct serial_port *p = chip(uart);
	unsigned int c = port_in(p, UART_RX);

	if (likely(!(p->lsr & UART_LSR_ERRORS)))
		return c;
	return c | (p->lsr & UART_LSR_OE ? UART_RX_OVERRUN : 0) |
	       (p->lsr & UART_LSR_BI ? UART_RX_BREAK : 0) |
	       (p->lsr & UART_LSR_PE ? UART_RX_PARITY : 0) |
	       (p->lsr & UART_LSR_FE ? UART_RX_FRAME : 0);
}

static void serial_tx_irq(struct uart_port *uart, bool on)
{
	struct serial_port *p = chip(uart);

	set_ier(p, on ? p->ier | UART_IER_THRI : p->ier & ~UART_IER_THRI);
}

static void serial_rx_irq(struct uart_port *uart, bool on)
{
	struct serial_port *p = chip(uart);

	set_ier(p, on ? p->ier | UART_IER_RDI | UART_IER_RLSI : p->ier & ~UART_IER_RDI);
}

static void serial_interrupt(int irq __unused, void *dev_id, struct pt_regs *regs __unused)
{
	struct serial_port *p = dev_id;
	int passes = IRQ_PASSES;

	while (passes-- && !(port_in(p, UART_IIR) & UART_IIR_NO_INT)) {
		if (p->ier & UART_IER_RDI)
			uart_receive(&p->uart);
		else
			p->lsr = port_in(p, UART_LSR);
		port_in(p, UART_MSR);
		if (p->lsr & UART_LSR_THRE)
			uart_send(&p->uart);
	}
}

/* ---- settings ---- */

static void serial_set_line(struct uart_port *uart, unsigned int baud, unsigned int cflag)
{
	struct serial_port *p = chip(uart);
	unsigned int divisor = max(UART_BASE_BAUD / baud, 1u);

	p->lcr = (cflag & CSIZE) >> 4;		/* CS5..CS8 as the chip counts them */
	if (cflag & CSTOPB)
		p->lcr |= UART_LCR_STOP;
	if (cflag & PARENB)
		p->lcr |= UART_LCR_PARITY | (cflag & PARODD ? 0 : UART_LCR_EPAR);
	port_out(p, UART_LCR, p->lcr | UART_LCR_DLAB);
	port_out(p, UART_DLL, divisor & 0xff);
	port_out(p, UART_DLM, divisor >> 8);
	port_out(p, UART_LCR, p->lcr);
}

static void serial_set_break(struct uart_port *uart, bool on)
{
	struct serial_port *p = chip(uart);

	p->lcr = on ? p->lcr | UART_LCR_SBC : p->lcr & ~UART_LCR_SBC;
	port_out(p, UART_LCR, p->lcr);
}

static void serial_set_modem(struct uart_port *uart)
{
	port_out(chip(uart), UART_MCR,
		 UART_MCR_OUT2 | (uart->modem & TIOCM_RTS ? UART_MCR_RTS : 0) |
			 (uart->modem & TIOCM_DTR ? UART_MCR_DTR : 0));
}

static int serial_get_modem(struct uart_port *uart)
{
	u8 msr = port_in(chip(uart), UART_MSR);

	return (msr & UART_MSR_CTS ? TIOCM_CTS : 0) | (msr & UART_MSR_DSR ? TIOCM_DSR : 0) |
	       (msr & UART_MSR_RI ? TIOCM_RNG : 0) | (msr & UART_MSR_DCD ? TIOCM_CAR : 0);
}

static const struct uart_ops serial_ops = {
	.tx_room = serial_tx_room,
	.tx_char = serial_tx_char,
	.tx_idle = serial_tx_idle,
	.rx_ready = serial_rx_ready,
	.rx_char = serial_rx_char,
	.tx_irq = serial_tx_irq,
	.rx_irq = serial_rx_irq,
	.set_line = serial_set_line,
	.set_break = serial_set_break,
	.set_modem = serial_set_modem,
	.get_modem = serial_get_modem,
};

/* ---- set-up ---- */

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
	serial_set_line(&p->uart, UART_BASE_BAUD, CS8);
	p->uart.modem = TIOCM_DTR | TIOCM_RTS;
	serial_set_modem(&p->uart);
	port_out(p, UART_FCR, UART_FCR_ENABLE | UART_FCR_TRIGGER_8);
	p->fifo_size = (port_in(p, UART_IIR) & UART_IIR_FIFO) == UART_IIR_FIFO ? 16 : 1;
	if (p->fifo_size == 1)
		port_out(p, UART_FCR, 0);
	return true;
}

void __init serial_console_init(void)
{
	unsigned int i;

	for (i = 0; i < NR_SERIAL_PORTS; i++) {
		ports[i].uart.ops = &serial_ops;
		if (probe(&ports[i]))
			uart_add_port(&ports[i].uart, i);
	}
}

static int __init serial_init(void)
{
	unsigned int i;

	for (i = 0; i < NR_SERIAL_PORTS; i++) {
		struct serial_port *p = &ports[i];

		if (!p->uart.present)
			continue;
		printk(KERN_INFO "ttyS%u at %#x, irq %u, %s\n", i, p->base, p->irq,
		       p->fifo_size > 1 ? "16550A" : "8250");
		if (!request_region(p->base, UART_PORTS, "serial") ||
		    request_irq(p->irq, serial_interrupt, 0, "serial", p))
			p->uart.present = false;
	}
	return 0;
}
initcall_dev(serial_init);
