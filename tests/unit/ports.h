/*
 * <asm/io.h> for a test that has a chip of its own behind the ports: to be included first.
 */
#ifndef _ASM_IO_H
#define _ASM_IO_H

typedef unsigned char port_u8;
typedef unsigned short port_u16;

/* The test defines them: what the chip answers, and what it is told. */
port_u8 inb(port_u16 port);
void outb(port_u8 v, port_u16 port);
#define outb_p(v, port)	outb(v, port)

#endif
