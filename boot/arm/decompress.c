/*
 * The self-decompression stage on ARM: the board's side of it. lz4.c unpacks the kernel that stands
 * behind this stage; this file says on the first serial line what is wrong if it cannot be done.
 * Called once by head.S, with MMU and data cache off: no access may be unaligned.
 */
#include <stddef.h>
#include <stdint.h>
#include "../lz4.h"

#define KERNEL_ADDR	0x60008000u
#define STAGE_ADDR	((uintptr_t)_start)	/* all below it is for the kernel */

/* PrimeCell UART (PL011) TRM, 3.3 */
#define UART0_DR	(*(volatile uint32_t *)0x10009000)
#define UART0_FR	(*(volatile uint32_t *)0x10009018)
#define FR_TXFF		0x20			/* transmit FIFO full */

extern const char _start[], packed_kernel[], packed_kernel_end[];

void *memcpy(void *to, const void *from, size_t n);
void decompress(void);

/* The compiler calls it for what is too unaligned for it. */
void *memcpy(void *to, const void *from, size_t n)
{
	const char *s = from;
	char *d = to;

	while (n--)
		*d++ = *s++;
	return to;
}

static void print(const char *s)
{
	for (; *s; s++) {
		while (UART0_FR & FR_TXFF)
			;
		UART0_DR = *s;
	}
}

static void __attribute__((noreturn)) die(const char *why)
{
	print(why);
	print("\r\n");
	for (;;)
		__asm__ volatile("wfi");
}

void decompress(void)
{
	long size = lz4_unframe((void *)KERNEL_ADDR, STAGE_ADDR - KERNEL_ADDR, packed_kernel,
				packed_kernel_end - packed_kernel);

	if (size == LZ4_NO_ROOM)
		die("not enough memory for the kernel");
	if (size < 0)
		die("kernel damaged");
}
