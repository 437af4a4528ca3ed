/*
 * kernel/blk_drv/partition.c on a small disk in memory: primary and logical partitions are
 * found, what lies behind the end is cut off or left out, a chain that runs in a circle ends,
 * a boot sector without a table is not taken for one, and no random table gives a
 * partition that reaches beyond the disk or an endless search.
 */
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include "unit.h"

#define SECTORS		4096
#define MAX_READS	400

static u8 disk[SECTORS][SECTOR_SIZE];
static struct partition part[DISK_MAX_PARTS];
static unsigned int reads;
static bool broken;

static int read_sector(void *arg, sector_t sector, u8 *buf)
{
	unsigned int i;

	CHECK(arg == disk && sector < SECTORS, "sector %llu", sector);
	reads++;
	for (i = 0; i < SECTOR_SIZE; i++)
		buf[i] = disk[sector][i];
	return broken ? -EIO : 0;
}

static int parse(void)
{
	unsigned int i;

	for (i = 0; i < DISK_MAX_PARTS; i++)
		part[i] = (struct partition){ 0 };
	reads = 0;
	return read_msdos_partitions(read_sector, disk, SECTORS, part);
}

static void put_le32(u8 *p, u32 value)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		p[i] = value >> (8 * i);
}

static void put_entry(unsigned int sector, unsigned int n, u8 type, u32 start, u32 size)
{
	u8 *p = disk[sector] + 446 + 16 * n;

	p[0] = 0;
	p[4] = type;
	put_le32(p + 8, start);
	put_le32(p + 12, size);
	disk[sector][510] = 0x55;
	disk[sector][511] = 0xaa;
}

static void expect(unsigned int n, sector_t start, sector_t size, u8 type)
{
	CHECK(part[n].start == start && part[n].nr_sects == size && part[n].type == type,
	      "partition %u: %llu+%llu type %02x", n, part[n].start, part[n].nr_sects,
	      part[n].type);
}

static void test_good_table(void)
{
	CHECK(parse() == 0);
	expect(1, 0, 0, 0);
	put_entry(0, 0, 0x83, 63, 1000);
	put_entry(0, 1, 0x82, 1063, 500);
	put_entry(0, 2, 0x05, 2000, 2000);
	put_entry(2000, 0, 0x83, 10, 100);
	put_entry(2000, 1, 0x05, 500, 600);
	put_entry(2500, 0, 0x83, 10, 90);
	put_entry(2500, 1, 0x0f, 800, 200);
	put_entry(2800, 0, 0x83, 1, 100000);
	CHECK(parse() == 0);
	expect(1, 63, 1000, 0x83);
	expect(2, 1063, 500, 0x82);
	expect(3, 2000, 2, 0x05);
	expect(4, 0, 0, 0);
	expect(5, 2010, 100, 0x83);
	expect(6, 2510, 90, 0x83);
	expect(7, 2801, SECTORS - 2801, 0x83);
	expect(8, 0, 0, 0);
}

static void test_bad_tables(void)
{
	put_entry(2800, 1, 0x05, 500, 600);	/* back to 2500 */
	CHECK(parse() == 0 && reads < MAX_READS, "%u reads", reads);
	put_entry(0, 0, 0x83, SECTORS, 10);
	CHECK(parse() == 0);
	expect(1, 0, 0, 0);
	put_entry(0, 0, 0x83, 0xffffffff, 0xffffffff);
	CHECK(parse() == 0);
	expect(1, 0, 0, 0);
	disk[0][446] = 0x12;			/* neither 00 nor 80: code, not a table */
	CHECK(parse() == 0);
	expect(2, 0, 0, 0);
	disk[0][446] = 0x80;
	CHECK(parse() == 0);
	expect(2, 1063, 500, 0x82);
	broken = true;
	CHECK(parse() == -EIO);
	broken = false;
}

static void scramble(unsigned int sector)
{
	unsigned int i;

	for (i = 446; i < SECTOR_SIZE; i++)
		disk[sector][i] = unit_random(4) ? 0 : unit_random(256);
	for (i = 0; i < 4; i++)
		if (unit_random(2))
			put_entry(sector, i, unit_random(2) ? 0x05 : 0x83,
				  unit_random(SECTORS), unit_random(2 * SECTORS));
}

static void test_random_tables(void)
{
	unsigned int round, sector, i;

	for (round = 0; round < 3000; round++) {
		for (sector = 0; sector < SECTORS; sector += 1 + unit_random(64))
			scramble(sector);
		CHECK(parse() == 0 && reads < MAX_READS, "%u reads", reads);
		for (i = 1; i < DISK_MAX_PARTS; i++)
			CHECK(part[i].start + part[i].nr_sects <= SECTORS, "partition %u", i);
	}
}

int main(void)
{
	test_good_table();
	test_bad_tables();
	test_random_tables();
	return 0;
}
