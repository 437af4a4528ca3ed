/*
 * RAM disks: /dev/ram0 to /dev/ram3, major 1.
 *
 * The contents are pages, kept in a radix tree by their number and allocated when they
 * are first written; what was never written reads as zeroes. BLKFLSBUF (`blockdev
 * --flushbufs`) empties the disk and gives the memory back. `ramdisk=KB` sets the
 * size, 4096 if it is not given.
 *
 * 0.12 kept one piece of memory above the kernel for it and could load a root floppy into it.
 */
#include <linux/kernel.h>
#include <linux/blkdev.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/radix-tree.h>
#include <linux/string.h>

#define NR_RAMDISKS	4
#define SECTORS_PER_PAGE (PAGE_SIZE >> SECTOR_SHIFT)

static struct ramdisk {
	struct gendisk disk;
	struct request_queue queue;
	struct radix_tree_root pages;
} ramdisks[NR_RAMDISKS];

static unsigned long ramdisk_kb = 4096;

static void __init ramdisk_setup(char *value)
{
	ramdisk_kb = simple_strtoul(value, NULL, 0);
}
__setup("ramdisk=", ramdisk_setup);

/* May be called to free memory, so it must not itself wait for reclaim to write. */
static struct page *get_ram_page(struct ramdisk *rd, unsigned long index)
{
	struct page *page = radix_tree_lookup(&rd->pages, index), *other;

	if (page)
		return page;
	page = alloc_page(GFP_NOIO | __GFP_HIGHMEM | __GFP_ZERO);
	if (!page)
		return NULL;
	page->index = index;
	if (radix_tree_preload(GFP_NOIO) || radix_tree_insert(&rd->pages, index, page)) {
		/* No memory, or another writer was faster while we slept. */
		other = radix_tree_lookup(&rd->pages, index);
		__free_page(page);
		page = other;
	}
	return page;
}

static void copy_part(struct page *to, unsigned int to_off, struct page *from,
		      unsigned int from_off, unsigned int len)
{
	char *vfrom = kmap_atomic(from, KM_USER0);
	char *vto = kmap_atomic(to, KM_USER1);

	memcpy(vto + to_off, vfrom + from_off, len);
	kunmap_atomic(vto, KM_USER1);
	kunmap_atomic(vfrom, KM_USER0);
}

/* The part of a bio that lies within one page of the disk. */
static int move_part(struct ramdisk *rd, struct bio *bio, sector_t sector, unsigned int offset,
		     unsigned int len)
{
	unsigned long index = (unsigned long)(sector / SECTORS_PER_PAGE);
	unsigned int disk_off = ((unsigned int)sector % SECTORS_PER_PAGE) << SECTOR_SHIFT;
	struct page *page;

	if (bio->rw == WRITE) {
		page = get_ram_page(rd, index);
		if (!page)
			return -EIO;
		copy_part(page, disk_off, bio->page, offset, len);
		return 0;
	}
	page = radix_tree_lookup(&rd->pages, index);
	if (page)
		copy_part(bio->page, offset, page, disk_off, len);
	else
		zero_user(bio->page, offset, offset + len);
	return 0;
}

static void ramdisk_make_request(struct gendisk *disk, struct bio *bio)
{
	struct ramdisk *rd = disk->private;
	unsigned int done = 0;
	int err = 0;

	while (done < bio->len && !err) {
		sector_t sector = bio->sector + (done >> SECTOR_SHIFT);
		unsigned int in_page = (unsigned int)sector % SECTORS_PER_PAGE;
		unsigned int len = min_t(unsigned int, bio->len - done,
					 (SECTORS_PER_PAGE - in_page) << SECTOR_SHIFT);

		err = move_part(rd, bio, sector, bio->offset + done, len);
		done += len;
	}
	if (err)
		disk->write_errors++;
	disk->ios[bio->rw & WRITE]++;
	disk->io_sectors[bio->rw & WRITE] += bio_sectors(bio);
	bio->end_io(bio, err);
}

static void free_ram_pages(struct ramdisk *rd)
{
	struct page *batch[16];
	unsigned int i, n;

	while ((n = radix_tree_gang_lookup(&rd->pages, (void **)batch, 0, ARRAY_SIZE(batch))) > 0)
		for (i = 0; i < n; i++) {
			radix_tree_delete(&rd->pages, batch[i]->index);
			__free_page(batch[i]);
		}
}

static int ramdisk_ioctl(struct gendisk *disk, unsigned int cmd, unsigned long arg __unused)
{
	dev_t dev = MKDEV(disk->major, disk->first_minor);

	if (cmd != BLKFLSBUF)
		return -ENOTTY;
	if (disk->part[0].open_count > 1 || get_super(dev))
		return -EBUSY;
	free_ram_pages(disk->private);
	return 0;
}

static struct block_device_operations ramdisk_ops = { .ioctl = ramdisk_ioctl };

static int __init ramdisk_init(void)
{
	unsigned int i;

	for (i = 0; i < NR_RAMDISKS && ramdisk_kb; i++) {
		struct ramdisk *rd = &ramdisks[i];

		INIT_RADIX_TREE(&rd->pages, __GFP_NOWARN);
		blk_init_queue(&rd->queue, NULL);
		rd->queue.make_request_fn = ramdisk_make_request;
		sprintf(rd->disk.name, "ram%u", i);
		rd->disk.major = RAMDISK_MAJOR;
		rd->disk.first_minor = i;
		rd->disk.minors = 1;
		rd->disk.queue = &rd->queue;
		rd->disk.ops = &ramdisk_ops;
		rd->disk.capacity = (sector_t)ramdisk_kb * 2;
		rd->disk.private = rd;
		add_disk(&rd->disk);
	}
	return 0;
}
initcall_dev(ramdisk_init);
