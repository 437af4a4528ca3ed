/*
 * Where the serial lines of a PC are.
 */
#ifndef _ASM_SERIAL_H
#define _ASM_SERIAL_H

/* As terminals: name, device numbers */
#define SERIAL_NAME	"ttyS"
#define SERIAL_MAJOR	4
#define SERIAL_MINOR	64
#define NR_SERIAL_PORTS	2

#define SERIAL_PORTS	{ { .base = 0x3f8, .irq = 4 }, { .base = 0x2f8, .irq = 3 } }

#endif
