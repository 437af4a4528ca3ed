/*
 * The little a kernel of one board wants from a device tree: the memory and the command line. What
 * else is in it describes the board that <asm/vexpress.h> describes too.
 *
 * The structure block is a stream of words, of which this reads
 *
 *	/ { #address-cells, #size-cells; memory... { reg }; chosen { bootargs } }
 *
 * The blob comes from outside: no length in it is believed before it is compared with the room.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/memmap.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/bootparam.h>

/* Where the reader is. */
struct fdt {
	const char *p, *end;		/* the structure block */
	const char *strings;
	unsigned long strings_size;
	int depth;			/* 1: in the root node */
	const char *node;		/* name of the node of depth 2 */
	u32 address_cells, size_cells;	/* of the root: how long numbers in `reg` are */
};

static u32 __init be32(const void *p)
{
	const u8 *b = p;

	return (u32)b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
}

/* The next word; FDT_END when there is none left. */
static u32 __init next_word(struct fdt *fdt)
{
	u32 v;

	if (fdt->end - fdt->p < 4)
		return FDT_END;
	v = be32(fdt->p);
	fdt->p += 4;
	return v;
}

/* A number of `cells` words; its lower half if it is longer than 64 bits. */
static u64 __init read_cells(const char *p, u32 cells)
{
	u64 v = 0;

	for (; cells--; p += 4)
		v = v << 32 | be32(p);
	return v;
}

/* Pairs of address and size. */
static void __init read_memory(const struct fdt *fdt, const char *value, u32 len)
{
	u32 pair = (fdt->address_cells + fdt->size_cells) * 4;

	if (!fdt->address_cells || fdt->address_cells > 2 || fdt->size_cells > 2)
		return;
	for (; len >= pair; len -= pair, value += pair) {
		u64 start = read_cells(value, fdt->address_cells);
		u64 size = read_cells(value + fdt->address_cells * 4, fdt->size_cells);

		add_ram(pfn_clamp(start + PAGE_SIZE - 1), pfn_clamp(start + size));
	}
}

/* The name is within the strings block, NUL included. */
static bool __init property_is(const struct fdt *fdt, u32 name, const char *what)
{
	size_t len = strlen(what) + 1;

	return name < fdt->strings_size && len <= fdt->strings_size - name &&
	       !memcmp(fdt->strings + name, what, len);
}

static void __init property(struct fdt *fdt, u32 name, const char *value, u32 len)
{
	if (fdt->depth == 1 && len == 4) {
		if (property_is(fdt, name, "#address-cells"))
			fdt->address_cells = be32(value);
		else if (property_is(fdt, name, "#size-cells"))
			fdt->size_cells = be32(value);
	} else if (fdt->depth == 2) {
		if (property_is(fdt, name, "reg") && !strncmp(fdt->node, "memory", 6))
			read_memory(fdt, value, len);
		else if (property_is(fdt, name, "bootargs") && !strcmp(fdt->node, "chosen"))
			set_boot_cmdline(value, len);
	}
}

/* Skips `len` bytes and the padding to a word; false: the block ends before. */
static bool __init skip(struct fdt *fdt, u32 len)
{
	if (len > (u32)(fdt->end - fdt->p))
		return false;
	fdt->p += min_t(u32, ALIGN(len, 4), fdt->end - fdt->p);
	return true;
}

static bool __init read_property(struct fdt *fdt)
{
	u32 len = next_word(fdt), name = next_word(fdt);
	const char *value = fdt->p;

	if (!skip(fdt, len))
		return false;
	property(fdt, name, value, len);
	return true;
}

static bool __init begin_node(struct fdt *fdt)
{
	const char *name = fdt->p;
	size_t len = strnlen(name, fdt->end - fdt->p);

	if (++fdt->depth == 2)
		fdt->node = name;
	return len < (size_t)(fdt->end - fdt->p) && skip(fdt, len + 1);
}

void __init read_device_tree(const void *blob, unsigned long room)
{
	u32 total = be32(blob + offsetof(struct fdt_header, totalsize));
	u32 off_struct = be32(blob + offsetof(struct fdt_header, off_struct));
	u32 off_strings = be32(blob + offsetof(struct fdt_header, off_strings));
	struct fdt fdt = { .node = "", .address_cells = 2, .size_cells = 1 };
	bool more = true;

	total = min_t(unsigned long, total, room);
	if (off_struct >= total || off_strings >= total)
		return;
	fdt.p = (const char *)blob + off_struct;
	fdt.end = (const char *)blob + total;
	fdt.strings = (const char *)blob + off_strings;
	fdt.strings_size = total - off_strings;
	while (more) {
		switch (next_word(&fdt)) {
		case FDT_BEGIN_NODE:
			more = begin_node(&fdt);
			break;
		case FDT_END_NODE:
			fdt.depth--;
			break;
		case FDT_PROP:
			more = read_property(&fdt);
			break;
		case FDT_NOP:
			break;
		default:
			more = false;
			break;
		}
	}
}
