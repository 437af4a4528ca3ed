/*
 * Serial lines of ARM's boards: ttyAMA0 to ttyAMA3, PrimeCell PL011, with interrupts for
 * both directions and FIFOs of 16 bytes.
 *
 * Here are the chip's registers and its interrupt; the terminal above it is serial_core.c. The
 * first line stands at a fixed address and speaks from the very beginning, the others are found
 * when memory works.
 *
 * Source: PrimeCell UART (PL011) TRM (DDI 0183).
 */
#include <linux/console.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/serial_core.h>
#include <linux/tty.h>
#include <linux/vmalloc.h>
#include <asm/io.h>
#include <asm/serial.h>

#define UARTDR		0x000		/* data, with the errors above it */
#define UARTFR		0x018		/* flags */
#define UARTIBRD	0x024		/* divisor of the bit rate, 64 * IBRD + FBRD */
#define UARTFBRD	0x028
#define UARTLCR_H	0x02c		/* line control; writing it takes the divisor over too */
#define UARTCR		0x030		/* control */
#define UARTIFLS	0x034		/* at how many bytes the FIFOs interrupt */
#define UARTIMSC	0x038		/* which interrupts */
#define UARTRIS		0x03c		/* those that would be there ... */
#define UARTMIS		0x040		/* ... and those of them that are asked for */
#define UARTICR		0x044		/* write 1: forget */
#define UARTPERIPHID0	0xfe0		/* part number 011, in its low byte */
#define UARTPERIPHID1	0xfe4		/* and the low half of this one */
#define UART_BYTES	0x1000

#define FR_CTS		0x001
#define FR_DSR		0x002
#define FR_DCD		0x004
#define FR_BUSY		0x008		/* a bit has not left yet */
#define FR_RXFE		0x010		/* nothing received */
#define FR_TXFE		0x080		/* all given to the line */
#define FR_RI		0x100
#define LCRH_BRK	0x01
#define LCRH_PEN	0x02
#define LCRH_EPS	0x04
#define LCRH_STP2	0x08
#define LCRH_FEN	0x10		/* FIFOs */
#define LCRH_WLEN_SHIFT	5		/* 0: 5 bits, 3: 8 bits */
#define CR_UARTEN	0x001
#define CR_TXE		0x100
#define CR_RXE		0x200
#define CR_DTR		0x400
#define CR_RTS		0x800
#define IFLS_TX_2_RX_8	0x10		/* sending: down to 2 bytes; receiving: up to 8 */
#define INT_RX		0x010
#define INT_TX		0x020
#define INT_RT		0x040		/* fewer bytes than that, and then silence */
#define INT_ERRORS	0x780
#define INT_ALL		0x7ff

#define UARTCLK		24000000
#define FIFO_SIZE	16
#define TX_LEVEL	2
#define PERIPHID	0x011
#define IRQ_PASSES	64

/* The errors that come with a byte stand where <linux/serial_core.h> wants them. */
_Static_assert(UART_RX_FRAME == 1 << 8 && UART_RX_PARITY == 1 << 9 && UART_RX_BREAK == 1 << 10 &&
		       UART_RX_OVERRUN == 1 << 11,
	       "the bits of UARTDR");

struct pl011_port {
	struct uart_port uart;
	void *base;
	u32 imsc, lcrh;			/* what the registers hold */
};

static struct pl011_port ports[NR_SERIAL_PORTS];

static struct pl011_port *chip(struct uart_port *uart)
{
	return container_of(uart, struct pl011_port, uart);
}

/* ---- data ---- */

/* The interrupt for room stays until the FIFO is filled, so it tells how full it is. */
static unsigned int pl011_tx_room(struct uart_port *uart)
{
	void *base = chip(uart)->base;

	if (readl(base + UARTFR) & FR_TXFE)
		return FIFO_SIZE;
	return readl(base + UARTRIS) & INT_TX ? FIFO_SIZE - TX_LEVEL : 0;
}

static void pl011_tx_char(struct uart_port *uart, u8 c)
{
	writel(c, chip(uart)->base + UARTDR);
}

static bool pl011_tx_idle(struct uart_port *uart)
{
	return !(readl(chip(uart)->base + UARTFR) & FR_BUSY);
}

static bool pl011_rx_ready(struct uart_port *uart)
{
	return !(readl(chip(uart)->base + UARTFR) & FR_RXFE);
}

static unsigned int pl011_rx_char(struct uart_port *uart)
{
	return readl(chip(uart)->base + UARTDR) & (0xff | UART_RX_ERRORS);
}

static void set_irqs(struct pl011_port *p, u32 which, bool on)
{
	p->imsc = on ? p->imsc | which : p->imsc & ~which;
	writel(p->imsc, p->base + UARTIMSC);
}

static void pl011_tx_irq(struct uart_port *uart, bool on)
{
	set_irqs(chip(uart), INT_TX, on);
}

static void pl011_rx_irq(struct uart_port *uart, bool on)
{
	set_irqs(chip(uart), INT_RX | INT_RT, on);
}

static void pl011_interrupt(int irq __unused, void *dev_id, struct pt_regs *regs __unused)
{
	struct pl011_port *p = dev_id;
	int passes = IRQ_PASSES;
	u32 why;

	while (passes-- && (why = readl(p->base + UARTMIS))) {
		if (why & (INT_RX | INT_RT)) {
			if (!pl011_rx_ready(&p->uart))	/* of before the FIFO was reset */
				writel(INT_RX | INT_RT, p->base + UARTICR);
			uart_receive(&p->uart);
		}
		if (why & INT_TX)
			uart_send(&p->uart);
	}
}

/* ---- settings ---- */

/* The clock is divided by 16 first; the divisor has 6 bits of fraction and is 1 to 65535. */
static void pl011_set_line(struct uart_port *uart, unsigned int baud, unsigned int cflag)
{
	struct pl011_port *p = chip(uart);
	unsigned int divisor = (UARTCLK * 4u + baud / 2) / baud;

	divisor = min(max(divisor, 64u), 0xffffu << 6);
	p->lcrh = LCRH_FEN | (cflag & CSIZE) >> 4 << LCRH_WLEN_SHIFT;	/* CS5..CS8 are 0..3 */
	if (cflag & CSTOPB)
		p->lcrh |= LCRH_STP2;
	if (cflag & PARENB)
		p->lcrh |= LCRH_PEN | (cflag & PARODD ? 0 : LCRH_EPS);
	writel(0, p->base + UARTCR);	/* these must not change while it runs */
	writel(divisor >> 6, p->base + UARTIBRD);
	writel(divisor & 63, p->base + UARTFBRD);
	writel(p->lcrh, p->base + UARTLCR_H);
}

static void pl011_set_break(struct uart_port *uart, bool on)
{
	struct pl011_port *p = chip(uart);

	p->lcrh = on ? p->lcrh | LCRH_BRK : p->lcrh & ~LCRH_BRK;
	writel(p->lcrh, p->base + UARTLCR_H);
}

static void pl011_set_modem(struct uart_port *uart)
{
	writel(CR_UARTEN | CR_TXE | CR_RXE | (uart->modem & TIOCM_RTS ? CR_RTS : 0) |
		       (uart->modem & TIOCM_DTR ? CR_DTR : 0),
	       chip(uart)->base + UARTCR);
}

static int pl011_get_modem(struct uart_port *uart)
{
	u32 flags = readl(chip(uart)->base + UARTFR);

	return (flags & FR_CTS ? TIOCM_CTS : 0) | (flags & FR_DSR ? TIOCM_DSR : 0) |
	       (flags & FR_RI ? TIOCM_RNG : 0) | (flags & FR_DCD ? TIOCM_CAR : 0);
}

static const struct uart_ops pl011_ops = {
	.tx_room = pl011_tx_room,
	.tx_char = pl011_tx_char,
	.tx_idle = pl011_tx_idle,
	.rx_ready = pl011_rx_ready,
	.rx_char = pl011_rx_char,
	.tx_irq = pl011_tx_irq,
	.rx_irq = pl011_rx_irq,
	.set_line = pl011_set_line,
	.set_break = pl011_set_break,
	.set_modem = pl011_set_modem,
	.get_modem = pl011_get_modem,
};

/* ---- set-up ---- */

/* Is there a chip at this address? Then it is made ready to send. */
static bool __init probe(unsigned int line, void *base)
{
	struct pl011_port *p = &ports[line];
	u32 id = (readl(base + UARTPERIPHID0) & 0xff) | (readl(base + UARTPERIPHID1) & 0x0f) << 8;

	if (id != PERIPHID)
		return false;
	p->uart.ops = &pl011_ops;
	p->base = base;
	writel(0, base + UARTIMSC);
	pl011_set_line(&p->uart, 115200, CS8);
	writel(IFLS_TX_2_RX_8, base + UARTIFLS);
	p->uart.modem = TIOCM_DTR | TIOCM_RTS;
	pl011_set_modem(&p->uart);
	return true;
}

void __init console_early_init(void)
{
	if (probe(0, ioremap_fixed(FIX_UART, SERIAL_PHYS(0))))
		uart_add_port(&ports[0].uart, 0);
}

static bool __init find_port(unsigned int line)
{
	void *base;

	if (ports[line].base)
		return true;
	base = ioremap(SERIAL_PHYS(line), UART_BYTES);
	if (!base)
		return false;
	if (probe(line, base))
		return true;
	iounmap(base);
	return false;
}

static int __init pl011_init(void)
{
	unsigned int i;

	for (i = 0; i < NR_SERIAL_PORTS; i++) {
		struct pl011_port *p = &ports[i];

		if (!find_port(i))
			continue;
		if (!request_mem_region(SERIAL_PHYS(i), UART_BYTES, "serial") ||
		    request_irq(SERIAL_IRQ(i), pl011_interrupt, 0, "serial", p)) {
			p->uart.present = false;
			continue;
		}
		printk(KERN_INFO "ttyAMA%u at %#x, irq %u, PL011\n", i, SERIAL_PHYS(i),
		       SERIAL_IRQ(i));
		/* What has come so far will not raise its interrupt again: it is left standing. */
		writel(INT_ALL & ~(INT_TX | INT_RX | INT_RT), p->base + UARTICR);
		if (i)
			uart_add_port(&p->uart, i);
	}
	return 0;
}
initcall_dev(pl011_init);
