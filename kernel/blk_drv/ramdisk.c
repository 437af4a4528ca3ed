/*
 * RAM disks: /dev/ram0 to /dev/ram3, major 1.
 *
 * The contents are pages, kept in a radix tree by their number and allocated when they
 * are first written; what was never written reads as zeroes. BLKFLSBUF (`blockdev
 * --flushbufs`) empties the disk and gives the memory back. `ramdisk=KB` sets the
 * size, 4096 if it is not given.
 *
 * When the size is given, the root file system may come from a floppy or a second disk into the
 * first RAM disk: rd_load(). 0.12 did so with floppies; its RAM disk was one piece of memory above
 * the kernel.
 */
#include <linux/kernel.h>
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/minix_fs.h>
#include <linux/radix-tree.h>
#include <linux/string.h>

#define NR_RAMDISKS	4
#define SECTORS_PER_PAGE (PAGE_SIZE >> SECTOR_SHIFT)
#define BLOCKS_PER_PAGE	(PAGE_SIZE / MINIX_BLOCK_SIZE)

/* Where a floppy's image begins, in blocks of 1 KB: before it there is room for a kernel. */
#define FLOPPY_IMAGE	256
#define LOAD_AHEAD	36	/* blocks */

static struct ramdisk {
	struct gendisk disk;
	struct request_queue queue;
	struct radix_tree_root pages;
} ramdisks[NR_RAMDISKS];

static unsigned long ramdisk_kb = 4096;
static bool size_given __initdata;

static void __init ramdisk_setup(char *value)
{
	ramdisk_kb = simple_strtoul(value, NULL, 0);
	size_given = ramdisk_kb != 0;
}
__setup("ramdisk=", ramdisk_setup);

/* May be called to free memory, so it must not itself wait for reclaim to write: GFP_NOIO. */
static struct page *get_ram_page(struct ramdisk *rd, unsigned long index, gfp_t gfp)
{
	struct page *page = radix_tree_lookup(&rd->pages, index), *other;

	if (page)
		return page;
	page = alloc_page(gfp | __GFP_HIGHMEM | __GFP_ZERO);
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

/* A piece of a bio's memory, for a place that lies within one page of the disk. */
static int move_part(struct ramdisk *rd, int rw, sector_t sector, const struct segment *seg)
{
	unsigned long index = (unsigned long)(sector / SECTORS_PER_PAGE);
	unsigned int disk_off = ((unsigned int)sector % SECTORS_PER_PAGE) << SECTOR_SHIFT;
	struct page *page;

	if (rw == WRITE) {
		page = get_ram_page(rd, index, GFP_NOIO);
		if (!page)
			return -EIO;
		copy_part(page, disk_off, seg->page, seg->offset, seg->len);
		return 0;
	}
	page = radix_tree_lookup(&rd->pages, index);
	if (page)
		copy_part(seg->page, seg->offset, page, disk_off, seg->len);
	else
		zero_user(seg->page, seg->offset, seg->offset + seg->len);
	return 0;
}

static void ramdisk_make_request(struct gendisk *disk, struct bio *bio)
{
	struct ramdisk *rd = disk->private;
	struct bio_cursor at = { .bio = bio };
	sector_t sector = bio->sector, end = sector + bio_sectors(bio);
	int err = 0;

	while (sector < end && !err) {
		unsigned int in_page = (unsigned int)sector % SECTORS_PER_PAGE;
		struct segment seg = next_segment(&at,
						  (SECTORS_PER_PAGE - in_page) << SECTOR_SHIFT);

		err = move_part(rd, bio->rw, sector, &seg);
		sector += seg.len >> SECTOR_SHIFT;
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

/* ---- a root file system from elsewhere ---- */

/* The first disk that is not `other`, RAM or floppy; NULL: there is none. */
static struct gendisk *__init hard_disk_but(const struct gendisk *other)
{
	struct gendisk *disk;

	list_for_each_entry(disk, &disk_list, list)
		if (disk != other && disk->major != RAMDISK_MAJOR && disk->major != FLOPPY_MAJOR)
			return disk;
	return NULL;
}

/*
 * Where may `dev` have an image? Sets the first block. A partition, and the first hard disk, are
 * what they are: false.
 */
static bool __init may_have_image(dev_t dev, sector_t *start)
{
	int partno;
	struct gendisk *disk = get_gendisk(dev, &partno);

	if (!disk || partno || disk == hard_disk_but(NULL))
		return false;
	*start = disk->major == FLOPPY_MAJOR ? FLOPPY_IMAGE : 0;
	return true;
}

/* root=/dev/ram0 leaves open where the image is: on the floppy, or else on the second disk. */
static dev_t __init find_image(void)
{
	struct gendisk *disk;
	dev_t dev;

	if (!blkdev_get(MKDEV(FLOPPY_MAJOR, 0), &dev))
		return dev;
	disk = hard_disk_but(NULL);
	disk = disk ? hard_disk_but(disk) : NULL;
	return disk ? MKDEV(disk->major, disk->first_minor) : 0;
}

/* Blocks of the MINIX file system that begins at `start`; 0: there is none. */
static unsigned long __init image_blocks(dev_t dev, sector_t start)
{
	struct buffer_head *bh = bread(dev, start + MINIX_SUPER_BLOCK, MINIX_BLOCK_SIZE);
	const struct minix_super_block *ms;
	unsigned long blocks = 0;

	if (!bh)
		return 0;
	ms = (const struct minix_super_block *)bh->b_data;
	if (ms->s_magic == MINIX_SUPER_MAGIC || ms->s_magic == MINIX_SUPER_MAGIC2)
		blocks = ms->s_nzones;
	else if (ms->s_magic == MINIX2_SUPER_MAGIC || ms->s_magic == MINIX2_SUPER_MAGIC2)
		blocks = ms->s_zones;
	brelse(bh);
	return blocks;
}

static int __init load_block(struct ramdisk *rd, unsigned long n, const char *data)
{
	struct page *page = get_ram_page(rd, n / BLOCKS_PER_PAGE, GFP_NOIO | __GFP_NORETRY);
	char *to;

	if (!page)
		return -ENOMEM;
	to = kmap_atomic(page, KM_USER0);
	memcpy(to + n % BLOCKS_PER_PAGE * MINIX_BLOCK_SIZE, data, MINIX_BLOCK_SIZE);
	kunmap_atomic(to, KM_USER0);
	return 0;
}

/* 0; -EIO, -ENOMEM. */
static int __init load_image(struct ramdisk *rd, dev_t dev, sector_t start, unsigned long blocks)
{
	struct buffer_head *bh;
	unsigned long n, ahead;
	int err = 0;

	for (n = 0; n < blocks && !err; n++) {
		if (n % LOAD_AHEAD == 0)
			for (ahead = n; ahead < min(n + LOAD_AHEAD, blocks); ahead++)
				breada(dev, start + ahead, MINIX_BLOCK_SIZE);
		bh = bread(dev, start + n, MINIX_BLOCK_SIZE);
		if (!bh)
			return -EIO;
		err = load_block(rd, n, bh->b_data);
		brelse(bh);
	}
	return err;
}

/* What stands in the way of loading it, or NULL. */
static const char *__init check_image(dev_t dev, sector_t start, unsigned long blocks)
{
	if (!blocks)
		return "there is no MINIX file system";
	if (blocks > ramdisk_kb)
		return "the image is larger than the RAM disk";
	if (start + blocks > blkdev_sectors(dev) / 2)
		return "the image is cut off";
	if (blocks / BLOCKS_PER_PAGE >= nr_free_pages())
		return "there is not enough memory for the image";
	return NULL;
}

dev_t __init rd_load(dev_t root)
{
	const char *complaint;
	unsigned long blocks;
	sector_t start;
	dev_t dev;

	if (!size_given)
		return root;
	dev = MAJOR(root) == RAMDISK_MAJOR ? find_image() : root;
	if (!may_have_image(dev, &start))
		return root;
	blocks = image_blocks(dev, start);
	complaint = check_image(dev, start, blocks);
	if (!complaint && load_image(&ramdisks[0], dev, start, blocks)) {
		free_ram_pages(&ramdisks[0]);
		complaint = "the image cannot be read";
	}
	invalidate_buffers(dev);
	if (complaint) {
		printk(KERN_ERR "RAM disk of %lu KB: %s (%lu KB, from block %llu of device %u:%u). "
				"Not loaded\n", ramdisk_kb, complaint, blocks, start, MAJOR(dev),
		       MINOR(dev));
		return root;
	}
	printk(KERN_INFO "RAM disk of %lu KB: loaded %lu KB from block %llu of device %u:%u\n",
	       ramdisk_kb, blocks, start, MAJOR(dev), MINOR(dev));
	return MKDEV(RAMDISK_MAJOR, 0);
}

/* ---- set-up ---- */

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
