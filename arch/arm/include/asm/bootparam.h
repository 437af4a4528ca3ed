/*
 * What a boot loader tells an ARM kernel: r2 points to a list of tags, or to a device tree blob.
 *
 * A tag is { size in words, kind, data }; the list begins with ATAG_CORE and ends with size 0 (the
 * ARM Linux boot protocol). A device tree blob begins with FDT_MAGIC, and its numbers are
 * big-endian (Devicetree Specification, chapter 5).
 */
#ifndef _ASM_BOOTPARAM_H
#define _ASM_BOOTPARAM_H

#include <linux/string.h>
#include <linux/types.h>

#define ATAG_NONE	0x00000000
#define ATAG_CORE	0x54410001
#define ATAG_MEM	0x54410002
#define ATAG_CMDLINE	0x54410009

struct atag {
	u32 size;			/* words, with these two */
	u32 tag;
	union {
		struct {
			u32 size, start;	/* bytes, physical address */
		} mem;
		char cmdline[4];		/* as long as it takes, with a NUL */
	} u;
};

#define FDT_MAGIC	0xd00dfeed
#define FDT_BEGIN_NODE	1		/* its name follows, with a NUL, padded to words */
#define FDT_END_NODE	2
#define FDT_PROP	3		/* length, offset of the name, the value, padded */
#define FDT_NOP		4
#define FDT_END		9

struct fdt_header {
	u32 magic, totalsize;
	u32 off_struct, off_strings;	/* from the header */
	u32 off_mem_rsvmap, version, last_comp_version, boot_cpuid;
	u32 size_strings, size_struct;	/* bytes */
};

/* What was found. The command line is cut to fit. */
#define BOOT_CMDLINE_SIZE	1024
extern char boot_cmdline[BOOT_CMDLINE_SIZE];

/* The command line out of `room` bytes, which need not hold a NUL. */
static inline void set_boot_cmdline(const char *s, size_t room)
{
	size_t len = strnlen(s, room < BOOT_CMDLINE_SIZE ? room : BOOT_CMDLINE_SIZE - 1);

	memcpy(boot_cmdline, s, len);
	boot_cmdline[len] = '\0';
}

/* Enters RAM and the chips of the board into the tree of <linux/ioport.h>; paging is on. */
void resources_init(void);

/* In fdt.c: memory (add_ram) and command line out of a blob of at most `room` bytes. */
void read_device_tree(const void *blob, unsigned long room);

#endif
