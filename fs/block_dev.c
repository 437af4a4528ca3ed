/*
 * Block devices as files: /dev/hda and its kin, through the buffer cache.
 *
 * A device is read and written in blocks of 1 KB; where its size is odd the last
 * 512 bytes are a block of their own. Reading in sequence starts reads ahead of
 * need. What is written stays in the cache until the write-back daemon,
 * sync, fsync or the last close puts it on the disk.
 *
 * 0.12: block_read() and block_write() with breada() of the next two blocks.
 */
#include <linux/kernel.h>
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/fs.h>
#include <linux/string.h>
#include <uapi/linux/hdreg.h>
#include <asm/uaccess.h>

#define BLOCK_SIZE	1024u
#define BLOCK_SHIFT	10
#define MIN_AHEAD	16u		/* blocks */
#define MAX_AHEAD	240u		/* half a window fits one command of an IDE disk */

/* The piece of a device that lies at `pos` and within one block. */
struct piece {
	sector_t block;
	unsigned int size;		/* of the block */
	unsigned int offset, len;	/* within it */
};

static struct piece piece_at(loff_t pos, loff_t dev_size, size_t count)
{
	struct piece p = { .block = pos >> BLOCK_SHIFT, .size = BLOCK_SIZE };

	if ((loff_t)((p.block + 1) << BLOCK_SHIFT) > dev_size) {
		p.block = pos >> SECTOR_SHIFT;
		p.size = SECTOR_SIZE;
	}
	p.offset = (unsigned int)pos & (p.size - 1);
	p.len = min_t(size_t, count, p.size - p.offset);
	return p;
}

/* The device was looked up when the file was opened. */
dev_t file_blkdev(const struct file *file)
{
	return (dev_t)(unsigned long)file->private_data;
}

static loff_t device_size(dev_t dev)
{
	return (loff_t)blkdev_sectors(dev) << SECTOR_SHIFT;
}

static loff_t block_llseek(struct file *file, loff_t offset, int whence)
{
	loff_t size = device_size(file_blkdev(file));

	if (whence == SEEK_END)
		offset += size;
	else if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence != SEEK_SET)
		return -EINVAL;
	if (offset < 0 || offset > size)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}

/* ---- reading ---- */

/*
 * Before `block` is read, and with it the caller wants all up to `last`: starts the reads of
 * these and, the longer the sequence so far, of more behind them. f_ra counts
 * in blocks here: next is the block that continues the sequence, start the first
 * one not asked for yet, size the window. A new window starts when the old is half used.
 */
static void read_ahead(struct file *file, sector_t block, sector_t last)
{
	dev_t dev = file_blkdev(file);
	sector_t end = blkdev_sectors(dev) / 2, start;
	pgoff_t here = (pgoff_t)block;

	if (here != file->f_ra.next && here + 1 != file->f_ra.next) {
		file->f_ra.start = here;
		file->f_ra.size = 0;
		end = min(end, last + 1);
	}
	file->f_ra.next = here + 1;
	if (file->f_ra.start > here + file->f_ra.size / 2)
		return;
	start = max(block, (sector_t)file->f_ra.start);
	file->f_ra.size = min(max(file->f_ra.size * 2, MIN_AHEAD), MAX_AHEAD);
	end = min(end, block + file->f_ra.size);
	if (end > start + 1 || start > block) {
		file->f_ra.start = (pgoff_t)end;
		for (; start < end; start++)
			breada(dev, start, BLOCK_SIZE);
		run_disk_queues();
	}
}

static ssize_t block_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	dev_t dev = file_blkdev(file);
	loff_t size = device_size(dev);
	size_t done = 0;

	if (*pos < 0)
		return -EINVAL;
	if (*pos >= size)
		return 0;
	count = min_t(loff_t, count, size - *pos);
	while (done < count) {
		struct piece p = piece_at(*pos, size, count - done);
		struct buffer_head *bh;
		unsigned long left;

		if (p.size == BLOCK_SIZE)
			read_ahead(file, p.block, (*pos + (count - done) - 1) >> BLOCK_SHIFT);
		bh = bread(dev, p.block, p.size);
		if (!bh)
			return done ? (ssize_t)done : -EIO;
		left = copy_to_user(buf + done, bh->b_data + p.offset, p.len);
		brelse(bh);
		if (left)
			return done ? (ssize_t)done : -EFAULT;
		done += p.len;
		*pos += p.len;
		cond_resched();
	}
	return done;
}

/* ---- writing ---- */

/*
 * Copies into a whole block that was not read in. The copy may sleep on a user page and someone may
 * read the block from disk meanwhile, over what we have copied: then once more.
 */
static int fill_block(struct buffer_head *bh, const char __user *buf)
{
	bool uptodate;

	do {
		wait_on_buffer(bh);
		uptodate = buffer_uptodate(bh);
		if (copy_from_user(bh->b_data, buf, bh->b_size))
			return -EFAULT;
	} while (!uptodate && (buffer_uptodate(bh) || buffer_locked(bh)));
	set_bit(BH_Uptodate, &bh->b_state);
	return 0;
}

static int write_piece(dev_t dev, const struct piece *p, const char __user *buf, bool sync)
{
	bool whole = p->len == p->size;
	struct buffer_head *bh = whole ? getblk(dev, p->block, p->size)
				       : bread(dev, p->block, p->size);
	int err = 0;

	if (!bh)
		return -EIO;
	if (whole && !buffer_uptodate(bh))
		err = fill_block(bh, buf);
	else if (copy_from_user(bh->b_data + p->offset, buf, p->len))
		err = -EFAULT;
	if (buffer_uptodate(bh))
		mark_buffer_dirty(bh);	/* a copy cut short has changed it too */
	if (!err && sync)
		err = sync_dirty_buffer(bh);
	brelse(bh);
	return err;
}

static ssize_t block_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	bool sync = file->f_flags & O_SYNC;
	dev_t dev = file_blkdev(file);
	loff_t size = device_size(dev);
	size_t done = 0;

	if (*pos < 0)
		return -EINVAL;
	if (blkdev_read_only(dev))
		return -EROFS;
	if (!count)
		return 0;
	if (*pos >= size)
		return -ENOSPC;
	count = min_t(loff_t, count, size - *pos);
	while (done < count) {
		struct piece p = piece_at(*pos, size, count - done);
		int err = write_piece(dev, &p, buf + done, sync);

		if (err)
			return done ? (ssize_t)done : err;
		done += p.len;
		*pos += p.len;
		balance_dirty_buffers();
		cond_resched();
	}
	if (sync && blkdev_flush(dev))
		return -EIO;
	return done;
}

/* The disk counts its failed writes; what this file has not been told of yet is an error now. */
static int block_fsync(struct file *file, int datasync __unused)
{
	dev_t dev = file_blkdev(file);
	struct gendisk *disk;
	int partno;

	sync_buffers(dev, 1);
	disk = get_gendisk(dev, &partno);
	if (!disk)
		return -EIO;
	if (disk->write_errors == file->f_version)
		return 0;
	file->f_version = disk->write_errors;
	return -EIO;
}

/* ---- open, close, ioctl ---- */

static int blkdev_open(struct inode *inode, struct file *file)
{
	struct gendisk *disk;
	int partno, err;
	dev_t dev;

	err = blkdev_get(block_node_number(inode), &dev);
	if (err)
		return err;
	disk = get_gendisk(dev, &partno);
	if ((file->f_mode & FMODE_WRITE) && disk->read_only)
		return -EROFS;
	disk->part[partno].open_count++;
	file->private_data = (void *)(unsigned long)dev;
	file->f_version = disk->write_errors;
	return 0;
}

/* The last close writes everything out and, unless it is mounted, forgets what was cached. */
static int blkdev_release(struct inode *inode __unused, struct file *file)
{
	dev_t dev = file_blkdev(file);
	struct gendisk *disk;
	int partno;

	disk = get_gendisk(dev, &partno);
	if (!disk || --disk->part[partno].open_count)
		return 0;
	sync_buffers(dev, 1);
	if (!get_super(dev))
		invalidate_buffers(dev);
	return 0;
}

static int get_geometry(struct gendisk *disk, int partno, void __user *to)
{
	struct hd_geometry geo = { .heads = disk->heads, .sectors = disk->sectors };

	if (!disk->heads || !disk->sectors)
		return -ENOTTY;
	geo.cylinders = (unsigned long)disk->capacity / (disk->heads * disk->sectors);
	geo.start = (unsigned long)disk->part[partno].start;
	return copy_to_user(to, &geo, sizeof(geo)) ? -EFAULT : 0;
}

/* Those that change the device, and are for root. */
static int privileged_ioctl(struct gendisk *disk, int partno, dev_t dev, unsigned int cmd,
			    unsigned long arg)
{
	int on;

	if (!capable_root())
		return -EACCES;
	switch (cmd) {
	case BLKROSET:
		if (get_user(on, (int __user *)arg))
			return -EFAULT;
		disk->read_only = on;
		return 0;
	case BLKRRPART:
		if (partno)
			return -EINVAL;
		sync_buffers(dev, 1);
		return rescan_partitions(disk);
	default:	/* BLKFLSBUF */
		sync_buffers(dev, 1);
		invalidate_buffers(dev);
		return disk->ops && disk->ops->ioctl && disk->ops->ioctl(disk, cmd, arg) == -EBUSY ?
		       -EBUSY : 0;
	}
}

static int block_ioctl(struct inode *inode __unused, struct file *file, unsigned int cmd,
		       unsigned long arg)
{
	dev_t dev = file_blkdev(file);
	sector_t sectors = blkdev_sectors(dev);
	u64 bytes = sectors << SECTOR_SHIFT;
	struct gendisk *disk;
	int partno;

	disk = get_gendisk(dev, &partno);
	if (!disk)
		return -ENXIO;
	switch (cmd) {
	case BLKGETSIZE:
		if (sectors > ULONG_MAX)
			return -EFBIG;
		return put_user((unsigned long)sectors, (unsigned long __user *)arg);
	case BLKGETSIZE64:
		return copy_to_user((void __user *)arg, &bytes, sizeof(bytes)) ? -EFAULT : 0;
	case BLKSSZGET:
		return put_user(SECTOR_SIZE, (int __user *)arg);
	case BLKROGET:
		return put_user(disk->read_only, (int __user *)arg);
	case HDIO_GETGEO:
		return get_geometry(disk, partno, (void __user *)arg);
	case BLKROSET:
	case BLKRRPART:
	case BLKFLSBUF:
		return privileged_ioctl(disk, partno, dev, cmd, arg);
	}
	return disk->ops && disk->ops->ioctl ? disk->ops->ioctl(disk, cmd, arg) : -ENOTTY;
}

const struct file_operations def_blk_fops = {
	.llseek = block_llseek,
	.read = block_read,
	.write = block_write,
	.ioctl = block_ioctl,
	.open = blkdev_open,
	.release = blkdev_release,
	.fsync = block_fsync,
};
