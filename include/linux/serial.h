/*
 * Serial lines of the 8250 family (8250, 16450, 16550A): registers, after the
 * National Semiconductor PC16550D data sheet, and the console on the first line.
 */
#ifndef _LINUX_SERIAL_H
#define _LINUX_SERIAL_H

/* registers, from the port's base */
#define UART_RX		0	/* read: received byte */
#define UART_TX		0	/* write: byte to send */
#define UART_DLL	0	/* divisor of 115200, while LCR_DLAB is set */
#define UART_DLM	1
#define UART_IER	1	/* which interrupts */
#define UART_IIR	2	/* read: why the interrupt */
#define UART_FCR	2	/* write: FIFO control */
#define UART_LCR	3	/* line: bits, parity */
#define UART_MCR	4	/* modem lines out */
#define UART_LSR	5	/* line state */
#define UART_MSR	6	/* modem lines in */
#define UART_PORTS	8

#define UART_IER_RDI	0x01	/* a byte has arrived */
#define UART_IER_THRI	0x02	/* room to send */
#define UART_IER_RLSI	0x04	/* error or break */
#define UART_IIR_NO_INT	0x01
#define UART_IIR_FIFO	0xc0	/* both: a 16550A with working FIFOs */
#define UART_FCR_ENABLE	0x01
#define UART_FCR_CLEAR	0x06	/* both FIFOs */
#define UART_FCR_TRIGGER_8 0x80	/* interrupt at 8 bytes, or when the line falls silent */
#define UART_LCR_STOP	0x04	/* two stop bits */
#define UART_LCR_PARITY	0x08
#define UART_LCR_EPAR	0x10	/* even */
#define UART_LCR_SBC	0x40	/* send a break */
#define UART_LCR_DLAB	0x80
#define UART_MCR_DTR	0x01
#define UART_MCR_RTS	0x02
#define UART_MCR_OUT2	0x08	/* on the PC: lets the interrupt through */
#define UART_LSR_DR	0x01	/* a byte is there */
#define UART_LSR_OE	0x02	/* overrun */
#define UART_LSR_PE	0x04	/* parity error */
#define UART_LSR_FE	0x08	/* framing error */
#define UART_LSR_BI	0x10	/* break */
#define UART_LSR_THRE	0x20	/* room to send: the whole FIFO is empty */
#define UART_LSR_TEMT	0x40	/* everything has left the wire */
#define UART_LSR_ERRORS	(UART_LSR_OE | UART_LSR_PE | UART_LSR_FE | UART_LSR_BI)
#define UART_MSR_CTS	0x10
#define UART_MSR_DSR	0x20
#define UART_MSR_RI	0x40
#define UART_MSR_DCD	0x80

#define UART_BASE_BAUD	115200

/* Finds the lines and registers the first as a console of the kernel; console_early_init(). */
void serial_console_init(void);

#endif
