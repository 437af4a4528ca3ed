/*
 * The self-decompression stage: the machine's side of it. lz4.c unpacks the
 * kernel from low memory to 1 MB; this file decides how much room there is
 * and says what is wrong, on the screen and on COM1, if it cannot be done.
 * Called once by head32.asm, with paging and interrupts off.
 */
#include <asm/bootparam.h>
#include <asm/io.h>
#include "lz4.h"

/* Mirrors stage_hdr of bootparam.inc. */
struct stage_header {
	u8 jump[4];
	u32 magic;
	u32 lz4_offset;		/* bytes from the header to the LZ4 frame */
	u32 lz4_size;
	u32 kernel_size;	/* bytes of the decompressed kernel */
	u32 kernel_mem;		/* the same with its bss */
};

_Static_assert(offsetof(struct boot_params, e820) == 32, "bootparam.inc disagrees");
_Static_assert(offsetof(struct boot_params, cmdline) == 672, "bootparam.inc disagrees");

#define SCREEN		((volatile u16 *)0xb8000)
#define SCREEN_ATTR	0x0700		/* light grey on black */
#define COM1_DATA	0x3f8
#define COM1_LSR	0x3fd
#define LSR_THRE	0x20		/* transmitter empty */

static u16 *cursor_x, *cursor_y;
static int cols, rows;

static void new_line(void)
{
	int i;

	*cursor_x = 0;
	if (*cursor_y + 1 < rows) {
		++*cursor_y;
		return;
	}
	for (i = 0; i < cols * (rows - 1); i++)
		SCREEN[i] = SCREEN[i + cols];
	for (; i < cols * rows; i++)
		SCREEN[i] = SCREEN_ATTR | ' ';
}

static void serial_char(char c)
{
	int patience = 100000;	/* looks; a missing port reads all ones and is "ready" */

	while (!(inb(COM1_LSR) & LSR_THRE) && --patience)
		;
	outb(c, COM1_DATA);
}

static void print(const char *s)
{
	for (; *s; s++) {
		if (*s == '\n') {
			new_line();
			serial_char('\r');
		} else {
			SCREEN[*cursor_y * cols + *cursor_x] = SCREEN_ATTR | (u8)*s;
			++*cursor_x;
		}
		serial_char(*s);
	}
}

static void __attribute__((noreturn)) die(const char *why)
{
	print(why);
	print("\n");
	for (;;)
		__asm__ volatile("hlt");
}

/* Bytes of RAM from KERNEL_LOAD_ADDR on without a gap. */
static u32 room(const struct boot_params *bp)
{
	const struct e820entry *e;
	u64 end = KERNEL_LOAD_ADDR, next;
	u32 i;

	do {	/* the entries come in any order: extend until none does */
		next = end;
		for (i = 0; i < bp->e820_count; i++) {
			e = &bp->e820[i];
			if (e->type == E820_RAM && e->addr <= end && e->addr + e->size > end)
				end = e->addr + e->size;
		}
	} while (next != end);
	if (end > 0xffffffff)
		end = 0xffffffff;
	return end - KERNEL_LOAD_ADDR;
}

void decompress(struct boot_params *bp, const struct stage_header *header)
{
	const u8 *frame = (const u8 *)header + header->lz4_offset;
	void *kernel = (void *)KERNEL_LOAD_ADDR;
	long size;

	cursor_x = &bp->cursor_x;
	cursor_y = &bp->cursor_y;
	cols = bp->cols;
	rows = bp->rows;
	if (header->kernel_mem > room(bp))
		die("not enough memory for the kernel");
	size = lz4_unframe(kernel, header->kernel_size, frame, header->lz4_size);
	if (size < 0 || (u32)size != header->kernel_size)
		die("kernel damaged");
	bp->kernel_size = header->kernel_size;
	bp->kernel_mem = header->kernel_mem;
}
