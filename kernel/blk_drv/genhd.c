/*
 * The registry of disks: which device number is which disk and partition.
 *
 * A driver fills a struct gendisk and calls add_disk(); from then on submit_bio()
 * finds it by number, mount and swapon by name, and /proc shows it.
 *
 * 0.12 had one array hd[] of starts and sizes, filled by sys_setup() from the BIOS.
 */
#include <linux/kernel.h>
#include <linux/blkdev.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/string.h>
#include <linux/timer.h>

LIST_HEAD(disk_list);

char *disk_name(const struct gendisk *disk, int partno, char *buf)
{
	if (partno)
		sprintf(buf, "%s%d", disk->name, partno);
	else
		strcpy(buf, disk->name);
	return buf;
}

struct gendisk *get_gendisk(dev_t dev, int *partno)
{
	struct gendisk *disk;

	list_for_each_entry(disk, &disk_list, list) {
		unsigned int minor = MINOR(dev), n;

		if (disk->minor_mask)
			minor &= disk->minor_mask;
		n = minor - disk->first_minor;
		if (disk->major != MAJOR(dev) || n >= disk->minors)
			continue;
		if (n >= DISK_MAX_PARTS || (n && !disk->part[n].nr_sects))
			return NULL;
		*partno = n;
		return disk;
	}
	return NULL;
}

sector_t blkdev_sectors(dev_t dev)
{
	int partno;
	struct gendisk *disk = get_gendisk(dev, &partno);

	return disk ? disk->part[partno].nr_sects : 0;
}

dev_t blkdev_known_as(dev_t number)
{
	int partno;
	struct gendisk *disk = get_gendisk(number, &partno);

	return disk ? MKDEV(disk->major, disk->first_minor + partno) : 0;
}

int blkdev_get(dev_t number, dev_t *dev)
{
	int partno, err = 0;
	struct gendisk *disk = get_gendisk(number, &partno);

	if (!disk)
		return -ENXIO;
	*dev = MKDEV(disk->major, disk->first_minor + partno);
	if (disk->ops && disk->ops->open)
		err = disk->ops->open(disk, MINOR(number));
	return err || disk->part[partno].nr_sects ? err : -ENXIO;
}

/* The n-th IDE disk, from 0, or NULL. */
static struct gendisk *ide_disk(unsigned int n)
{
	struct gendisk *disk;

	list_for_each_entry(disk, &disk_list, list)
		if ((disk->major == IDE0_MAJOR || disk->major == IDE1_MAJOR) && !n--)
			return disk;
	return NULL;
}

/* Each of two disks had five numbers: itself and its partitions 1 to 4. */
dev_t blkdev_of_1992(dev_t number)
{
	unsigned int n = MINOR(number);
	struct gendisk *disk;

	if (MAJOR(number) == RAMDISK_MAJOR)
		return MKDEV(RAMDISK_MAJOR, 0);
	if (MAJOR(number) != IDE0_MAJOR || n >= 2 * 5)
		return number;
	disk = ide_disk(n / 5);
	return disk ? MKDEV(disk->major, disk->first_minor + n % 5) : 0;
}

bool blkdev_read_only(dev_t dev)
{
	int partno;
	struct gendisk *disk = get_gendisk(dev, &partno);

	return disk && disk->read_only;
}

unsigned long blkdev_buffer_errors(dev_t dev)
{
	int partno;
	struct gendisk *disk = get_gendisk(dev, &partno);

	return disk ? disk->part[partno].buffer_errors : 0;
}

void blkdev_count_buffer_error(dev_t dev)
{
	int partno;
	struct gendisk *disk = get_gendisk(dev, &partno);

	if (disk)
		disk->part[partno].buffer_errors++;
}

/* ---- partitions ---- */

struct sector_reader {
	struct gendisk *disk;
	unsigned long page;
};

static int read_sector(void *arg, sector_t sector, u8 *buf)
{
	struct sector_reader *r = arg;
	int err;

	err = bio_rw_page(READ, MKDEV(r->disk->major, r->disk->first_minor), sector,
			  virt_to_page(r->page), 0, SECTOR_SIZE);
	if (!err)
		memcpy(buf, (void *)r->page, SECTOR_SIZE);
	return err;
}

static int check_partitions(struct gendisk *disk)
{
	struct sector_reader r = { disk, __get_free_page(GFP_KERNEL) };
	int err;

	if (!r.page)
		return -EIO;
	err = read_msdos_partitions(read_sector, &r, disk->capacity, disk->part);
	free_page(r.page);
	return err;
}

static void print_partitions(struct gendisk *disk)
{
	char line[128], name[12];
	int n, len;

	len = scnprintf(line, sizeof(line), " %s:", disk->name);
	for (n = 1; n < DISK_MAX_PARTS; n++)
		if (disk->part[n].nr_sects)
			len += scnprintf(line + len, sizeof(line) - len, " %s",
					 disk_name(disk, n, name));
	printk(KERN_INFO "%s\n", line);
}

void add_disk(struct gendisk *disk)
{
	disk->part[0].start = 0;
	disk->part[0].nr_sects = disk->capacity;
	list_add_tail(&disk->list, &disk_list);
	if (disk->minors == 1 || !disk->capacity)
		return;
	if (check_partitions(disk))
		printk(KERN_WARNING " %s: cannot read the partition table\n", disk->name);
	else
		print_partitions(disk);
}

/* Mounted, or open (swap counts as open). */
static bool partition_busy(struct gendisk *disk, int n)
{
	return disk->part[n].open_count ||
	       get_super(MKDEV(disk->major, disk->first_minor + n)) != NULL;
}

int rescan_partitions(struct gendisk *disk)
{
	int n;

	if (disk->minors == 1)
		return -EINVAL;
	for (n = 1; n < DISK_MAX_PARTS; n++)
		if (disk->part[n].nr_sects && partition_busy(disk, n))
			return -EBUSY;
	memset(disk->part + 1, 0, sizeof(disk->part) - sizeof(disk->part[0]));
	if (check_partitions(disk))
		return -EIO;
	print_partitions(disk);
	return 0;
}

/* ---- /proc ---- */

static int show_partitions(struct seq_file *m, void *data __unused)
{
	struct gendisk *disk;
	char name[12];
	int n;

	seq_puts(m, "major minor  #blocks  name\n\n");
	list_for_each_entry(disk, &disk_list, list)
		for (n = 0; n < DISK_MAX_PARTS; n++)
			if (disk->part[n].nr_sects)
				seq_printf(m, "%4u  %7u %10llu %s\n", disk->major,
					   disk->first_minor + n, disk->part[n].nr_sects / 2,
					   disk_name(disk, n, name));
	return 0;
}

static unsigned long ticks_to_ms(unsigned long ticks)
{
	return ticks * (1000 / HZ);
}

/* Per direction: requests, merged bios, sectors, ms; then how many wait, and ms in all, twice. */
static int show_diskstats(struct seq_file *m, void *data __unused)
{
	struct gendisk *d;

	list_for_each_entry(d, &disk_list, list) {
		unsigned long ms = ticks_to_ms(d->ticks[READ] + d->ticks[WRITE]);

		seq_printf(m, "%4u %7u %s %lu %lu %llu %lu %lu %lu %llu %lu %u %lu %lu\n",
			   d->major, d->first_minor, d->name,
			   d->ios[READ], d->merges[READ], d->io_sectors[READ],
			   ticks_to_ms(d->ticks[READ]),
			   d->ios[WRITE], d->merges[WRITE], d->io_sectors[WRITE],
			   ticks_to_ms(d->ticks[WRITE]), d->queue->nr_queued + d->queue->nr_taken,
			   ms, ms);
	}
	return 0;
}

static int __init genhd_proc_init(void)
{
	create_proc_entry("partitions", 0444, show_partitions, NULL, NULL);
	create_proc_entry("diskstats", 0444, show_diskstats, NULL, NULL);
	return 0;
}
initcall_fs(genhd_proc_init);
