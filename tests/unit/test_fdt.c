/*
 * arch/arm/fdt.c: memory and command line are found in a device tree, whatever the size of its
 * numbers, and nowhere else in it; and no damaged tree makes the reader look outside the room it
 * was given.
 */
#include <linux/kernel.h>
#include <linux/memmap.h>
#include "unit.h"

#define ROOM	1024
#define ROUNDS	200000

char boot_cmdline[BOOT_CMDLINE_SIZE];

static unsigned long ram[8][2];
static unsigned int nr_ram;

unsigned long pfn_clamp(u64 addr)
{
	return addr >> 12 < 0x100000 ? (unsigned long)(addr >> 12) : 0x100000;
}

void add_ram(unsigned long start, unsigned long end)
{
	if (nr_ram < ARRAY_SIZE(ram)) {
		ram[nr_ram][0] = start;
		ram[nr_ram][1] = end;
	}
	nr_ram++;
}

/* ---- a tree under construction: structure block, then strings ---- */

static u8 block[ROOM / 2];
static char strings[ROOM / 4];
static unsigned int block_size, strings_size;

static void put_be32(u8 *p, u32 value)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		p[i] = value >> (24 - 8 * i);
}

static void word(u32 value)
{
	put_be32(block + block_size, value);
	block_size += 4;
}

static void bytes(const void *from, unsigned int len)
{
	const u8 *p = from;

	while (len--)
		block[block_size++] = *p++;
	while (block_size % 4)
		block[block_size++] = 0;
}

static unsigned int length(const char *s)
{
	unsigned int n = 0;

	while (s[n])
		n++;
	return n + 1;
}

static void begin(const char *name)
{
	word(FDT_BEGIN_NODE);
	bytes(name, length(name));
}

static void prop(const char *name, const void *value, unsigned int len)
{
	unsigned int i, n = length(name);

	word(FDT_PROP);
	word(len);
	word(strings_size);
	for (i = 0; i < n; i++)
		strings[strings_size++] = name[i];
	bytes(value, len);
}

static void prop32(const char *name, u32 value)
{
	u8 v[4];

	put_be32(v, value);
	prop(name, v, 4);
}

static void memory(const char *name, unsigned int cells, u32 start, u32 size)
{
	u8 reg[16] = { 0 };

	put_be32(reg + 4 * (cells - 1), start);
	put_be32(reg + 4 * (2 * cells - 1), size);
	begin(name);
	prop("reg", reg, 8 * cells);
	word(FDT_END_NODE);
}

/* A tree with two pieces of memory and things that look like it; in buf, as long as it says. */
static unsigned int make_tree(u8 *buf, unsigned int cells)
{
	unsigned int i, at = sizeof(struct fdt_header);

	block_size = strings_size = 0;
	begin("");
	prop32("#address-cells", cells);
	prop32("#size-cells", cells);
	word(FDT_NOP);
	begin("chosen");
	prop("bootargs", "root=/dev/vda1 quiet", 21);
	word(FDT_END_NODE);
	memory("memory@60000000", cells, 0x60000000, 0x4000000);
	begin("soc");
	memory("memory@0", cells, 0, 0x1000);	/* not one of the root's */
	prop("bootargs", "no", 3);
	word(FDT_END_NODE);
	memory("memory@68000000", cells, 0x68000000, 0x100000);
	word(FDT_END_NODE);
	word(FDT_END);

	put_be32(buf, FDT_MAGIC);
	put_be32(buf + 4, at + block_size + strings_size);
	put_be32(buf + 8, at);
	put_be32(buf + 12, at + block_size);
	for (i = 0; i < block_size; i++)
		buf[at++] = block[i];
	for (i = 0; i < strings_size; i++)
		buf[at++] = strings[i];
	return at;
}

static bool same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

static void read_tree(const u8 *tree, unsigned int room)
{
	nr_ram = 0;
	boot_cmdline[0] = '\0';
	read_device_tree(tree, room);
}

static void test_whole(unsigned int cells)
{
	u8 tree[ROOM] = { 0 };

	make_tree(tree, cells);
	read_tree(tree, ROOM);
	CHECK(nr_ram == 2, "%u pieces", nr_ram);
	CHECK(ram[0][0] == 0x60000 && ram[0][1] == 0x64000, "%lx-%lx", ram[0][0], ram[0][1]);
	CHECK(ram[1][0] == 0x68000 && ram[1][1] == 0x68100, "%lx-%lx", ram[1][0], ram[1][1]);
	CHECK(same(boot_cmdline, "root=/dev/vda1 quiet"), "%s", boot_cmdline);
}

/*
 * The tree again with its strings in front, and nothing behind the structure block: a value without
 * a NUL at the end of the room is cut there.
 */
static void test_no_end(void)
{
	unsigned int i, at = sizeof(struct fdt_header), size;
	u8 *tree;

	block_size = strings_size = 0;
	begin("");
	begin("chosen");
	prop("bootargs", "debug=all", 8);
	size = at + strings_size + block_size;
	tree = host_malloc(size);
	for (i = 0; i < at; i++)
		tree[i] = 0;
	put_be32(tree, FDT_MAGIC);
	put_be32(tree + 4, size);
	put_be32(tree + 8, at + strings_size);
	put_be32(tree + 12, at);
	for (i = 0; i < strings_size; i++)
		tree[at++] = strings[i];
	for (i = 0; i < block_size; i++)
		tree[at++] = block[i];
	read_tree(tree, size);
	CHECK(same(boot_cmdline, "debug=al"), "%s", boot_cmdline);
	host_free(tree);
}

/* Exactly as much memory as the reader may look at, so that the sanitizer sees the next byte. */
static void test_damaged(void)
{
	unsigned int round, n, size, room;

	for (round = 0; round < ROUNDS; round++) {
		u8 whole[ROOM] = { 0 }, *tree;

		size = make_tree(whole, 1 + round % 2);
		for (n = unit_random(8); n--;)
			whole[unit_random(size)] = unit_random(4) ? unit_random(256) : 0xff;
		room = sizeof(struct fdt_header) +
		       unit_random(size - sizeof(struct fdt_header) + 1);
		tree = host_malloc(room);
		for (n = 0; n < room; n++)
			tree[n] = whole[n];
		read_tree(tree, room);
		host_free(tree);
	}
}

int main(void)
{
	test_whole(1);
	test_whole(2);
	test_no_end();
	test_damaged();
	return 0;
}
