/*
 * Serial lines: what all of them have in common, whatever the chip. The terminal driver, the ring
 * of bytes to send and the console are in serial_core.c; serial.c (8250) and pl011.c supply the
 * ports.
 *
 *	write()  -> xmit ring -> (interrupt: room)  a FIFO full at a time -> chip
 *	chip -> (interrupt: data) -> line discipline, unless it has no room: then the bytes stay in
 *	        the chip, its data interrupt off, until a read() makes room
 *
 * The ring keeps a reserve that only echo may use. Messages of the kernel do not use it:
 * they are polled out, also before interrupts work.
 */
#ifndef _LINUX_SERIAL_CORE_H
#define _LINUX_SERIAL_CORE_H

#include <linux/types.h>

/* What a received byte may have come with: bits above it. */
#define UART_RX_FRAME		0x100
#define UART_RX_PARITY		0x200
#define UART_RX_BREAK		0x400
#define UART_RX_OVERRUN		0x800	/* bytes before it were lost */
#define UART_RX_ERRORS		0xf00

struct uart_port;

/* The chip. None sleeps, most are called with interrupts masked. */
struct uart_ops {
	unsigned int (*tx_room)(struct uart_port *p);	/* bytes tx_char() may give now */
	void (*tx_char)(struct uart_port *p, u8 c);
	bool (*tx_idle)(struct uart_port *p);		/* the last bit has left */
	bool (*rx_ready)(struct uart_port *p);		/* a byte has come ... */
	unsigned int (*rx_char)(struct uart_port *p);	/* ... this one, with UART_RX bits */
	void (*tx_irq)(struct uart_port *p, bool on);	/* uart_send() when there is room */
	void (*rx_irq)(struct uart_port *p, bool on);	/* uart_receive() when a byte comes */
	/*
	 * CSIZE, CSTOPB, PARENB, PARODD of cflag; baud is not 0 but may be out of reach. The chip
	 * may stand still until set_modem(), which follows.
	 */
	void (*set_line)(struct uart_port *p, unsigned int baud, unsigned int cflag);
	void (*set_break)(struct uart_port *p, bool on);
	void (*set_modem)(struct uart_port *p);		/* p->modem to the wires */
	int (*get_modem)(struct uart_port *p);		/* TIOCM bits of the other side */
};

/* A chip's own struct begins with it. */
struct uart_port {
	const struct uart_ops *ops;
	bool present;			/* can be opened */
	bool tx_irq_on;
	int modem;			/* TIOCM_RTS, TIOCM_DTR: what we show */
	u8 *xmit;			/* ring; NULL: not open */
	unsigned int head, tail;	/* count up for ever */
};

/*
 * Makes a port that can already send known as a line below NR_SERIAL_PORTS. The first line, and
 * one that console= names, becomes a console at once. Needs no memory; any context.
 */
void uart_add_port(struct uart_port *p, unsigned int line);

/* For the chip's interrupt handler: takes what has come (dropped when nobody has the line open). */
void uart_receive(struct uart_port *p);
/* The same for room to send; without anything to send the chip's interrupt is turned off. */
void uart_send(struct uart_port *p);

#endif
