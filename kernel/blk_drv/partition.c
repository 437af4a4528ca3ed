/*
 * The partition table of PC disks, in sector 0 (the MBR):
 *
 *	0	446	462	478	494	510
 *	| boot code | entry | entry | entry | entry | 55 AA |
 *
 * One entry may be an extended partition: a chain of sectors of the same form, each
 * with one logical partition (entry 0, relative to this sector) and the way to
 * the next one (entry 1, relative to the start of the extended partition). Primary
 * ones are numbers 1-4, logical ones 5 and up.
 *
 * The disk is not trusted: what lies behind its end is cut off or left out, and
 * a chain that runs in a circle ends. Pure code; genhd.c supplies the sectors.
 */
#include <linux/kernel.h>
#include <linux/blkdev.h>

#define TABLE_OFFSET	446
#define ENTRY_SIZE	16
#define NR_PRIMARY	4
#define MAX_CHAIN	64	/* links followed in an extended partition */

#define DOS_EXTENDED	0x05
#define WIN_EXTENDED	0x0f	/* the same, for disks read by LBA */
#define LINUX_EXTENDED	0x85

struct entry {
	u8 boot, type;
	sector_t start, size;
};

static u32 get_le32(const u8 *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (u32)p[3] << 24;
}

/* Entry n: flag, 3 bytes of cylinder/head/sector, type, 3 more, start, size. */
static struct entry get_entry(const u8 *sector, int n)
{
	const u8 *p = sector + TABLE_OFFSET + n * ENTRY_SIZE;

	return (struct entry){ p[0], p[4], get_le32(p + 8), get_le32(p + 12) };
}

static bool is_extended(u8 type)
{
	return type == DOS_EXTENDED || type == WIN_EXTENDED || type == LINUX_EXTENDED;
}

/* The magic number alone is also in every FAT boot sector: look at the flags too. */
static bool is_table(const u8 *sector)
{
	int i;

	if (sector[510] != 0x55 || sector[511] != 0xaa)
		return false;
	for (i = 0; i < NR_PRIMARY; i++)
		if (get_entry(sector, i).boot & 0x7f)
			return false;
	return true;
}

/* False when nothing of it lies on the disk. */
static bool add_partition(struct partition *part, sector_t capacity, sector_t start,
			  sector_t size, u8 type)
{
	if (!start || !size || start >= capacity)
		return false;
	part->start = start;
	part->nr_sects = min(size, capacity - start);
	part->type = type;
	return true;
}

static void read_chain(int (*read)(void *arg, sector_t sector, u8 *buf), void *arg, u8 *buf,
		       sector_t capacity, sector_t first, int *next, struct partition *part)
{
	sector_t here = first;
	int links;

	for (links = 0; links < MAX_CHAIN && *next < DISK_MAX_PARTS; links++) {
		struct entry e;

		if (here >= capacity || read(arg, here, buf) || !is_table(buf))
			return;
		e = get_entry(buf, 0);
		if (e.type && !is_extended(e.type) &&
		    add_partition(&part[*next], capacity, here + e.start, e.size, e.type))
			(*next)++;
		e = get_entry(buf, 1);
		if (!is_extended(e.type) || !e.start)
			return;
		here = first + e.start;
	}
}

int read_msdos_partitions(int (*read)(void *arg, sector_t sector, u8 *buf), void *arg,
			  sector_t capacity, struct partition *part)
{
	struct entry e[NR_PRIMARY];
	u8 buf[SECTOR_SIZE];
	int i, next = NR_PRIMARY + 1;

	if (read(arg, 0, buf))
		return -EIO;
	if (!is_table(buf))
		return 0;
	for (i = 0; i < NR_PRIMARY; i++)
		e[i] = get_entry(buf, i);
	for (i = 0; i < NR_PRIMARY; i++) {
		sector_t size = e[i].size;

		/* Of an extended one only its table may be touched under this name. */
		if (is_extended(e[i].type))
			size = min_t(sector_t, size, 2);
		if (e[i].type)
			add_partition(&part[i + 1], capacity, e[i].start, size, e[i].type);
	}
	for (i = 0; i < NR_PRIMARY; i++)
		if (is_extended(e[i].type) && e[i].start)
			read_chain(read, arg, buf, capacity, e[i].start, &next, part);
	return 0;
}
