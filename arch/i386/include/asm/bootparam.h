/*
 * What the boot code tells the kernel. setup.asm fills struct boot_params at
 * physical BOOT_PARAMS_ADDR, on top of the boot sector, which is done by then
 * (0.12 kept its parameters at the same place). boot/bootparam.inc says the
 * same to nasm; the two files change together.
 *
 * State of the machine when the kernel is entered at physical KERNEL_LOAD_ADDR:
 * protected mode, paging off, interrupts off and the 8259s fully masked, A20
 * on, flat 4 GB segments cs = BOOT_CS, ds = es = fs = gs = ss = BOOT_DS from a
 * GDT in low memory (load your own before that memory is reused), a small stack
 * below 0x98000, esi = BOOT_PARAMS_ADDR, ebx = 0, COM1 at 9600 8N1 if there
 * is one.
 *
 * Physical memory while booting:
 *	0x10000-0x8ffff	payload: decompression stage and compressed kernel
 *	0x90000		struct boot_params (first: the boot sector)
 *	0x90600		the command line sector
 *	0x90800		setup, with the GDT
 *	0x98000		stack, growing down
 *	0x100000	the kernel, decompressed
 */
#ifndef _ASM_BOOTPARAM_H
#define _ASM_BOOTPARAM_H

#define BOOT_PARAMS_ADDR	0x90000
#define BOOT_PARAMS_MAGIC	0x3231545a	/* "ZT12" */
#define KERNEL_LOAD_ADDR	0x100000

#define BOOT_CS			0x08		/* flat code, ring 0 */
#define BOOT_DS			0x10		/* flat data, ring 0 */

#define BOOT_CMDLINE_SIZE	512		/* with the final NUL */
#define E820_MAX		32

/* e820entry.type */
#define E820_RAM		1		/* all else is not ours to use */
#define E820_RESERVED		2
#define E820_ACPI		3		/* ACPI tables: RAM once they are read */
#define E820_NVS		4

/* boot_params.flags: bits 0-3 how A20 came on, bits 4-7 who gave the memory map */
#define BOOT_A20_WAS_ON		0x00
#define BOOT_A20_BIOS		0x01
#define BOOT_A20_KEYBOARD	0x02
#define BOOT_A20_PORT92		0x03
#define BOOT_A20_MASK		0x0f
#define BOOT_MEM_E820		0x00
#define BOOT_MEM_E801		0x10
#define BOOT_MEM_88		0x20
#define BOOT_MEM_MASK		0xf0

#ifndef __ASSEMBLY__
#include <linux/types.h>

struct e820entry {
	u64 addr;
	u64 size;
	u32 type;
} __attribute__((packed));

struct boot_params {
	u32 magic;
	u32 e820_count;			/* entries of e820[] that are filled */
	u32 boot_drive;			/* BIOS number: 0x00 floppy, 0x80 first disk */
	u16 cursor_x, cursor_y;		/* where the next character goes */
	u16 cols, rows;			/* of the text screen at 0xb8000 */
	u32 flags;			/* BOOT_A20_*, BOOT_MEM_* */
	u32 kernel_size;		/* bytes of the decompressed image */
	u32 kernel_mem;			/* the same with the kernel's bss */
	struct e820entry e820[E820_MAX];	/* as the BIOS gave it: unsorted */
	char cmdline[BOOT_CMDLINE_SIZE];	/* NUL-terminated */
};

/* Enters RAM, ROM and the chips of the board into the trees of <linux/ioport.h>; paging is on. */
void resources_init(const struct boot_params *params);
#endif

#endif
