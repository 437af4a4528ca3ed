/*
 * Where the serial lines of the board are: four PL011.
 */
#ifndef _ASM_SERIAL_H
#define _ASM_SERIAL_H

#include <asm/vexpress.h>

/* As terminals: name, device numbers */
#define SERIAL_NAME		"ttyAMA"
#define SERIAL_MAJOR		204
#define SERIAL_MINOR		64
#define NR_SERIAL_PORTS		V2M_UARTS

#define SERIAL_PHYS(line)	(V2M_UART0_PHYS + (line) * V2M_UART_STRIDE)
#define SERIAL_IRQ(line)	(IRQ_V2M_UART0 + (line))

#endif
