/*
 * Port I/O, memory-mapped registers, and addresses as devices see them.
 */
#ifndef _ASM_IO_H
#define _ASM_IO_H

#include <asm-generic/io.h>

#define MAKE_IN(suffix, type)						\
static inline type in##suffix(u16 port)					\
{									\
	type v;								\
									\
	__asm__ __volatile__("in" #suffix " %1,%0" : "=a" (v) : "Nd" (port)); \
	return v;							\
}									\
static inline void out##suffix(type v, u16 port)			\
{									\
	__asm__ __volatile__("out" #suffix " %0,%1" :: "a" (v), "Nd" (port)); \
}									\
/* `count` units between memory and one port. */			\
static inline void ins##suffix(u16 port, void *addr, unsigned long count) \
{									\
	__asm__ __volatile__("rep ins" #suffix				\
		: "+D" (addr), "+c" (count) : "d" (port) : "memory");	\
}									\
static inline void outs##suffix(u16 port, const void *addr, unsigned long count) \
{									\
	__asm__ __volatile__("rep outs" #suffix				\
		: "+S" (addr), "+c" (count) : "d" (port) : "memory");	\
}
MAKE_IN(b, u8)
MAKE_IN(w, u16)
MAKE_IN(l, u32)
#undef MAKE_IN

/* A write to the POST port takes about a microsecond: settling time for old chips. */
static inline void io_delay(void)
{
	__asm__ __volatile__("outb %al,$0x80");
}

static inline u8 inb_p(u16 port)
{
	u8 v = inb(port);

	io_delay();
	return v;
}

static inline void outb_p(u8 v, u16 port)
{
	outb(v, port);
	io_delay();
}

#endif
