/*
 * The driver of floppy disks: /dev/fd0 and /dev/fd1, major 2. fdc.c moves the data.
 *
 * The low two bits of a minor number name the drive, the others the format of the disk as
 * numbered since 1992; format 0, as in /dev/fd0, means: find out. Whoever opens or mounts the
 * device comes through floppy_open(), which looks at the disk if it has not been looked at since
 * it was put in:
 *
 *	no disk known --open: a disk is there, a track can be read--> format known: requests served
 *	     ^                                                           |
 *	     +------the drive says that the disk has been taken out------+
 *
 * While no disk is known all requests end in EIO: what was to be written is for another disk. If
 * it was mounted, or swap, that lasts until umount or swapoff.
 *
 * Requests are served by a task, floppyd, a track at a time. To read a sector takes as long as to
 * read its whole track: the disk has to go round once. So the track is read, and kept, for the
 * next request is likely to want its next sectors.
 */
#include <linux/kernel.h>
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/semaphore.h>
#include <linux/string.h>
#include <linux/swap.h>
#include <asm/cmos.h>
#include "fdc.h"

#define NR_FORMATS	9
#define DRIVE_MASK	3		/* of a minor number */
#define FORMAT_SHIFT	2

static const struct fd_format formats[NR_FORMATS] = {
	/*			cyl  sec steps */
	[1] = { "360 KB",	 40,  9, 1, RATE_250K, 0x2a },
	[2] = { "1.2 MB",	 80, 15, 1, RATE_500K, 0x1b },
	[3] = { "360 KB",	 40,  9, 2, RATE_250K, 0x2a },	/* in a drive of 720 KB */
	[4] = { "720 KB",	 80,  9, 1, RATE_250K, 0x2a },
	[5] = { "360 KB",	 40,  9, 2, RATE_300K, 0x23 },	/* in a drive of 1.2 MB, */
	[6] = { "720 KB",	 80,  9, 1, RATE_300K, 0x23 },	/* which turns faster */
	[7] = { "1.44 MB",	 80, 18, 1, RATE_500K, 0x1b },
	[8] = { "2.88 MB",	 80, 36, 1, RATE_1M, 0x1b },
};

/* The kinds of drives, and the formats that they can read, the most likely one first. */
static const struct {
	const char *name;
	u8 formats[3];			/* 0: no more */
} kinds[FD_DRIVE_KINDS] = {
	[FD_DRIVE_360] = { "360 KB", { 1 } },
	[FD_DRIVE_1200] = { "1.2 MB", { 2, 5, 6 } },
	[FD_DRIVE_720] = { "720 KB", { 4, 3 } },
	[FD_DRIVE_1440] = { "1.44 MB", { 7, 4 } },
	[FD_DRIVE_2880] = { "2.88 MB", { 7, 8, 4 } },
};

static struct floppy {
	struct gendisk disk;
	struct request_queue queue;
	struct mutex opening;
	unsigned int drive;
	u8 kind;
	const struct fd_format *format;	/* NULL: no disk is known */
	unsigned int chosen;		/* the format's number if the minor told it, or 0 */
} floppies[FDC_DRIVES];

/* Whose track fdc_buffer holds; NULL: nobody's. Between fdc_begin() and fdc_end(). */
static struct {
	struct floppy *fd;
	unsigned int track;
} buffered;

static DECLARE_WAIT_QUEUE_HEAD(floppyd_wait);

/* ---- the disk in the drive ---- */

static dev_t fd_dev(const struct floppy *fd)
{
	return MKDEV(FLOPPY_MAJOR, fd->drive);
}

/* Nobody is to take the disk out now. */
static bool in_use(const struct floppy *fd)
{
	return get_super(fd_dev(fd)) || swap_uses_device(fd_dev(fd));
}

/* What follows, up to identify(), runs between fdc_begin() and fdc_end(). */

static void forget_disk(struct floppy *fd)
{
	fd->format = NULL;
	if (buffered.fd == fd)
		buffered.fd = NULL;
}

static void check_change(struct floppy *fd)
{
	if (!fd->format || !fdc_disk_changed(fd->drive))
		return;
	if (in_use(fd))
		printk(KERN_ERR "%s: the disk has been taken out while it was %s\n", fd->disk.name,
		       get_super(fd_dev(fd)) ? "mounted; umount it" : "swap; swapoff it");
	forget_disk(fd);
}

static void set_format(struct floppy *fd, unsigned int number)
{
	const struct fd_format *format = &formats[number];

	fd->format = format;
	fd->disk.heads = 2;
	fd->disk.sectors = format->sectors;
	fd->disk.capacity = (sector_t)format->cylinders * 2 * format->sectors;
	fd->disk.part[0].nr_sects = fd->disk.capacity;
	fd->disk.read_only = fdc_write_protected(fd->drive);
	printk(KERN_INFO "%s: disk of %s%s\n", fd->disk.name, format->name,
	       fd->disk.read_only ? ", write-protected" : "");
}

/*
 * Which format lets the last sector of cylinder 1 be read? There disks of 40 and of 80 cylinders
 * differ, which on cylinder 0 they do not. The number, or -EIO.
 */
static int probe_format(struct floppy *fd)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < ARRAY_SIZE(kinds[0].formats) && err != -ETIMEDOUT; i++) {
		unsigned int number = kinds[fd->kind].formats[i];
		const struct fd_format *format = &formats[number];

		if (!number)
			break;
		err = fdc_transfer(fd->drive, format, READ, 2, format->sectors - 1, 1);
		if (!err)
			return number;
	}
	printk(KERN_ERR "%s: %s\n", fd->disk.name, err == -ETIMEDOUT ?
	       "the controller does not answer" : "a disk of no known format");
	return -EIO;
}

/* A drive may have been asked for a format that it cannot read. */
static bool can_read(const struct floppy *fd, unsigned int number)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds[0].formats); i++)
		if (kinds[fd->kind].formats[i] == number)
			return true;
	return false;
}

/* Looks at the disk. 0; -ENXIO: there is none; -EIO: it cannot be read. */
static int identify(struct floppy *fd)
{
	int number = -ENXIO;

	fdc_begin(fd->drive);
	buffered.fd = NULL;
	if (fdc_find_disk(fd->drive))
		number = fd->chosen ? (int)fd->chosen : probe_format(fd);
	if (number > 0)
		set_format(fd, number);
	else
		fd->disk.capacity = fd->disk.part[0].nr_sects = 0;
	fdc_end();
	return min(number, 0);
}

/*
 * Nobody uses the disk, and it may be another one than before (the drive cannot tell), or another
 * format is asked for.
 */
static bool want_another_look(struct floppy *fd, unsigned int chosen)
{
	return !in_use(fd) && !fd->disk.part[0].open_count &&
	       (chosen != fd->chosen || fd->kind == FD_DRIVE_360);
}

static int look_at_disk(struct floppy *fd, unsigned int chosen)
{
	fdc_begin(fd->drive);
	check_change(fd);
	if (want_another_look(fd, chosen))
		forget_disk(fd);
	fdc_end();
	if (fd->format)
		return chosen && fd->format != &formats[chosen] ? -EBUSY : 0;
	if (in_use(fd))
		return -EIO;
	/* What was to be written to the old disk fails; what was read from it is forgotten. */
	sync_buffers(fd_dev(fd), 1);
	invalidate_buffers(fd_dev(fd));
	fd->chosen = chosen;
	return identify(fd);
}

static int floppy_open(struct gendisk *disk, unsigned int minor)
{
	struct floppy *fd = disk->private;
	unsigned int chosen = minor >> FORMAT_SHIFT;
	int err;

	if (chosen && !can_read(fd, chosen))
		return -ENXIO;
	mutex_lock(&fd->opening);
	err = look_at_disk(fd, chosen);
	mutex_unlock(&fd->opening);
	return err;
}

static struct block_device_operations floppy_ops = { .open = floppy_open };

/* ---- requests ---- */

/* Between the buffer and the next n sectors of the request, wherever their pages are. */
static void copy_sectors(struct request *req, u8 *buffer, unsigned int n)
{
	struct bio_cursor at = request_memory(req);
	unsigned int left = n << SECTOR_SHIFT;

	while (left) {
		struct segment seg = next_segment(&at, left);
		u8 *page = kmap_atomic(seg.page, KM_USER0);

		if (req->rw == WRITE)
			memcpy(buffer, page + seg.offset, seg.len);
		else
			memcpy(page + seg.offset, buffer, seg.len);
		kunmap_atomic(page, KM_USER0);
		buffer += seg.len;
		left -= seg.len;
	}
}

/* Brings the sectors into the buffer; unless `alone`, with the rest of the track. */
static int read_sectors(struct floppy *fd, unsigned int track, unsigned int first, unsigned int n,
			bool alone)
{
	int err;

	if (buffered.fd == fd && buffered.track == track)
		return 0;
	buffered.fd = NULL;
	if (alone)
		return fdc_transfer(fd->drive, fd->format, READ, track, first, n);
	err = fdc_transfer(fd->drive, fd->format, READ, track, 0, fd->format->sectors);
	if (!err) {
		buffered.fd = fd;
		buffered.track = track;
	}
	return err;
}

/* The sectors are in the buffer, which goes on to be a track's if it was that of this one. */
static int write_sectors(struct floppy *fd, unsigned int track, unsigned int first, unsigned int n)
{
	int err;

	if (buffered.fd != fd || buffered.track != track)
		buffered.fd = NULL;
	err = fdc_transfer(fd->drive, fd->format, WRITE, track, first, n);
	if (err)
		buffered.fd = NULL;
	return err;
}

static void report(struct floppy *fd, int rw, unsigned int track, int err)
{
	if (err == -ETIMEDOUT)
		printk_ratelimited(KERN_ERR "%s: the controller does not answer\n", fd->disk.name);
	else if (err == -EROFS)
		printk_ratelimited(KERN_ERR "%s: the disk is write-protected\n", fd->disk.name);
	else
		printk_ratelimited(KERN_WARNING "%s: %s of cylinder %u, side %u failed, "
						"status %02x %02x %02x\n", fd->disk.name,
				   rw_name(rw), track / 2, track % 2, fdc_status[0], fdc_status[1],
				   fdc_status[2]);
}

static bool finish(struct floppy *fd, int err, unsigned int sectors)
{
	unsigned long flags;
	bool done;

	local_irq_save(flags);
	done = end_request(&fd->queue, err ? -EIO : 0, sectors);
	local_irq_restore(flags);
	return done;
}

/* As much of the request as lies on one track, or after an error one sector. True: it is over. */
static bool serve_track(struct floppy *fd, struct request *req)
{
	unsigned int of_track = fd->format->sectors;
	unsigned int track = (unsigned int)req->sector / of_track;
	unsigned int first = (unsigned int)req->sector % of_track;
	unsigned int n = min(req->nr_sectors, of_track - first);
	u8 *place = fdc_buffer + (first << SECTOR_SHIFT);
	int err;

	if (req->errors)
		n = 1;
	if (req->rw == WRITE) {
		copy_sectors(req, place, n);
		err = write_sectors(fd, track, first, n);
	} else {
		err = read_sectors(fd, track, first, n, req->errors);
		if (!err)
			copy_sectors(req, place, n);
	}
	if (err) {
		report(fd, req->rw, track, err);
		check_change(fd);
		if (err == -ETIMEDOUT)
			forget_disk(fd);
		else if (fd->format && err == -EIO && !req->errors++)
			return false;		/* which of them is it? */
	}
	if (err && req->rw == READ)
		n = bio_sectors(req->bio) - req->done;	/* the others would be of no use */
	if (first + n >= of_track)
		req->errors = 0;
	return finish(fd, err, n);
}

static void serve(struct floppy *fd)
{
	struct request *req = list_first_entry(&fd->queue.requests, struct request, list);
	bool done;

	fdc_begin(fd->drive);
	do {
		/* Before each track: a seek on a new disk would end what the drive has to say. */
		check_change(fd);
		done = fd->format ? serve_track(fd, req) : finish(fd, -EIO, req->nr_sectors);
	} while (!done);
	fdc_end();
}

/* Whose turn it is, with its queue made busy; NULL: there is nothing to do. */
static struct floppy *next_floppy(void)
{
	static unsigned int last;
	struct floppy *fd;
	unsigned long flags;
	unsigned int i;

	for (i = 1; i <= FDC_DRIVES; i++) {
		fd = &floppies[(last + i) % FDC_DRIVES];
		local_irq_save(flags);
		fd->queue.busy = fd->kind && !list_empty(&fd->queue.requests);
		local_irq_restore(flags);
		if (fd->queue.busy) {
			last = fd->drive;
			return fd;
		}
	}
	return NULL;
}

static int floppyd(void *unused __unused)
{
	struct floppy *fd;

	for (;;) {
		if (!wait_event_interruptible(floppyd_wait, (fd = next_floppy()) != NULL))
			serve(fd);
	}
	return 0;
}

static void floppy_request(struct request_queue *q __unused)
{
	wake_up(&floppyd_wait);
}

/* ---- set-up ---- */

/* The BIOS keeps what it was told about the drives: four bits for each. */
static unsigned int __init read_kinds(u8 *kind)
{
	u8 both = cmos_read(CMOS_FLOPPIES);

	kind[0] = both >> 4;
	kind[1] = both & 15;
	if (kind[0] >= FD_DRIVE_KINDS)
		kind[0] = 0;
	if (kind[1] >= FD_DRIVE_KINDS)
		kind[1] = 0;
	return kind[0] + kind[1];
}

static void __init add_floppy(unsigned int drive, u8 kind)
{
	struct floppy *fd = &floppies[drive];

	fd->drive = drive;
	fd->kind = kind;
	mutex_init(&fd->opening);
	blk_init_queue(&fd->queue, floppy_request);
	sprintf(fd->disk.name, "fd%u", drive);
	fd->disk.major = FLOPPY_MAJOR;
	fd->disk.first_minor = drive;
	fd->disk.minors = 1;
	fd->disk.minor_mask = DRIVE_MASK;
	fd->disk.queue = &fd->queue;
	fd->disk.ops = &floppy_ops;
	fd->disk.private = fd;
	printk(KERN_INFO "%s: drive of %s, %s\n", fd->disk.name, kinds[kind].name, fdc_name());
	add_disk(&fd->disk);
}

static int __init floppy_init(void)
{
	u8 kind[FDC_DRIVES];
	unsigned int drive;
	int err;

	if (!read_kinds(kind))
		return 0;
	err = fdc_init(kind);
	if (err) {
		printk(KERN_WARNING "fd: no floppy controller, error %d\n", -err);
		return 0;
	}
	for (drive = 0; drive < FDC_DRIVES; drive++)
		if (kind[drive])
			add_floppy(drive, kind[drive]);
	return kernel_thread(floppyd, NULL, "floppyd") < 0 ? -ENOMEM : 0;
}
initcall_dev(floppy_init);
