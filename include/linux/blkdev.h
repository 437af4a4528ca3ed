/*
 * Block devices: the unit of I/O, the request queue, what a driver supplies.
 *
 * A bio is one contiguous run of sectors and the pages that these come from or go to: its data are
 * bytes [offset, offset + len) of the pages, as if they lay one behind the other:
 *
 *	pages[0]    pages[1]    pages[2]
 *	+-----------+-----------+-----------+
 *	|   |#######|###########|####|      |
 *	+-----------+-----------+-----------+
 *	    '- offset      len      -'
 *
 * submit_bio() gives it to the elevator, which merges neighbours into requests, sorts them, and
 * hands them to the driver's request function.
 */
#ifndef _LINUX_BLKDEV_H
#define _LINUX_BLKDEV_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/wait.h>
#include <asm/page.h>

#define READ	0
#define WRITE	1
#define READA	2		/* read ahead: may be dropped */
#define FLUSH	3		/* no data: the disk empties its own cache; counts as a write */

/* "read", "write" or "flush", for messages. */
const char *rw_name(int rw);

#define SECTOR_SIZE	512
#define SECTOR_SHIFT	9

struct page;
struct inode;
struct file;

#define BIO_PAGES	16	/* of a bio, at most */

struct bio {
	struct bio *next;		/* within a request, ascending sectors */
	dev_t dev;			/* both: of the partition until submit_bio() */
	sector_t sector;		/* remaps them to the whole disk */
	int rw;
	unsigned int offset, len;	/* bytes; multiples of 512 */
	/*
	 * Called once, perhaps from an interrupt: error is 0 or -EIO. Frees or reuses the bio.
	 * For a READA, -EIO may just mean that the queue was full: read again if you need it.
	 */
	void (*end_io)(struct bio *bio, int error);
	void *private;
	struct page *pages[BIO_PAGES];
};

/* Length of a bio in sectors of 512 bytes. */
static inline unsigned int bio_sectors(const struct bio *bio)
{
	return bio->len >> SECTOR_SHIFT;
}

/* Pages that it touches. */
static inline unsigned int bio_pages(const struct bio *bio)
{
	return (bio->offset + bio->len + PAGE_SIZE - 1) >> PAGE_SHIFT;
}

/*
 * A bio without data; its place, pages and end_io are up to the caller. With __GFP_WAIT it always
 * succeeds, but may sleep until one of a reserve is free.
 */
struct bio *bio_alloc(gfp_t gfp);
/*
 * Bytes [offset, offset + len) of a page, for the sectors from `sector` on, are to join a bio that
 * has data. False: they do not continue what it has, or it is full.
 */
bool bio_append(struct bio *bio, sector_t sector, struct page *page, unsigned int offset,
		unsigned int len);
/* Gives a finished bio back. Any context. */
void bio_free(struct bio *bio);
/* Queues it; may sleep when the queue is full. A bad device or range ends it with -EIO. */
void submit_bio(struct bio *bio);
/* Starts what is queued: called before waiting for I/O. */
void run_disk_queues(void);
/* One page or part of it, synchronously. 0 or -EIO. */
int bio_rw_page(int rw, dev_t dev, sector_t sector, struct page *page, unsigned int offset,
		unsigned int len);
/*
 * What the disk of `dev` (0: every disk) has acknowledged but may still hold in a cache of its own
 * is on the medium when this returns. Free if nothing was written since. 0 or -EIO; sleeps.
 */
int blkdev_flush(dev_t dev);

/* One command for the disk: neighbouring bios, in ascending order. All from interrupts off. */
struct request {
	struct list_head list;
	struct gendisk *disk;
	int rw;				/* READ, WRITE or FLUSH */
	sector_t sector;		/* of the whole disk: the first one still to do */
	unsigned int nr_sectors;	/* still to do */
	unsigned int nr_segments;	/* pages of all its bios, also of those done */
	struct bio *bio, *biotail;	/* still to do */
	unsigned int done;		/* sectors of the first bio that are finished */
	bool bio_failed;		/* one of them with an error */
	int errors;			/* the driver's count of failed attempts */
	unsigned long start_time;	/* jiffies */
};

/* A piece of memory within a page; and where in the memory of a chain of bios one stands. */
struct segment {
	struct page *page;
	unsigned int offset, len;	/* bytes */
};

struct bio_cursor {
	struct bio *bio;
	unsigned int done;		/* bytes of it */
};

/* Where the memory of what is still to do of a request begins. */
static inline struct bio_cursor request_memory(const struct request *req)
{
	return (struct bio_cursor){ .bio = req->bio, .done = req->done << SECTOR_SHIFT };
}

/* The next piece, of at most max bytes; the cursor moves behind it. There must be one. */
static inline struct segment next_segment(struct bio_cursor *at, unsigned int max)
{
	const struct bio *bio = at->bio;
	unsigned int start = bio->offset + at->done, left = bio->len - at->done;
	unsigned int offset = start & (PAGE_SIZE - 1), room = PAGE_SIZE - offset;
	struct segment seg = { .page = bio->pages[start >> PAGE_SHIFT], .offset = offset };

	seg.len = left < room ? left : room;
	if (seg.len > max)
		seg.len = max;
	at->done += seg.len;
	if (at->done == bio->len) {
		at->bio = bio->next;
		at->done = 0;
	}
	return seg;
}

/*
 * The driver's request_fn() starts the head of the list, sets `busy`, and
 * calls end_request() as sectors finish, mostly from its interrupt handler. When that
 * returns true `busy` is off and the driver starts the next head by itself.
 *
 * A disk that works on several requests at once takes them off the list instead, as many as it has
 * room for, and ends them in any order; `busy` stays off, and what waits can still be merged with.
 */
struct request_queue {
	struct list_head requests;	/* sorted by the elevator; the head is under way if busy */
	void (*request_fn)(struct request_queue *q);	/* interrupts off; starts the head */
	/* Instead of all this, for a disk in memory: does the bio at once. May sleep. */
	void (*make_request_fn)(struct gendisk *disk, struct bio *bio);
	bool busy;
	bool plugged;			/* on the list of queues that wait for more bios */
	struct list_head plug;
	unsigned int nr_queued;		/* on `requests` */
	unsigned int nr_taken;		/* on the driver's list: take_request_off() */
	unsigned int max_sectors;	/* of a request with several bios */
	unsigned int max_segments;
	sector_t position;		/* where the last finished request ended */
	void *private;
};

/* The elevator, elevator.c; interrupts off. merge: true when the bio joined a request. */
bool elv_merge(struct request_queue *q, struct bio *bio);
/* Queues a request in the order of sectors, so that the head moves one way. */
void elv_insert(struct request_queue *q, struct request *req);

#define DISK_MAX_PARTS	16

/* A disk and its partitions: minors first_minor .. first_minor + minors - 1. */
struct gendisk {
	struct list_head list;
	unsigned int major, first_minor, minors;
	unsigned int minor_mask;	/* bits that tell disks apart, others: for open(); 0: all */
	char name[8];			/* "hda" */
	struct request_queue *queue;
	struct block_device_operations *ops;
	sector_t capacity;
	bool read_only;
	bool write_cache;		/* wants a FLUSH; otherwise a write that ended is safe */
	struct partition {
		sector_t start, nr_sects;
		unsigned char type;	/* 0x83: Linux, 0x82: swap, ... */
		int open_count;
		unsigned long buffer_errors;	/* writes of buffers that failed; counts up */
	} part[DISK_MAX_PARTS];		/* [0]: the whole disk */
	unsigned int heads, sectors;	/* geometry for HDIO_GETGEO; 0: none */
	unsigned long write_errors;	/* counts up; fsync compares */
	unsigned long flushed;		/* sectors written when the last flush began */
	/* /proc/diskstats, by direction; ticks in jiffies */
	unsigned long ios[2], merges[2], ticks[2];
	u64 io_sectors[2];
	void *private;
};

struct block_device_operations {
	/*
	 * Somebody is about to use the disk, by the node with this minor number. NULL: a disk that
	 * is always there. 0, or -ERRNO; sleeps.
	 */
	int (*open)(struct gendisk *disk, unsigned int minor);
	/* 0 or -ERRNO; an unknown command: -ENOTTY. BLKFLSBUF comes after the generic part. */
	int (*ioctl)(struct gendisk *disk, unsigned int cmd, unsigned long arg);
};

void add_disk(struct gendisk *disk);		/* registers, reads the partition table; sleeps */
int rescan_partitions(struct gendisk *disk);	/* 0, -EBUSY, -EIO; sleeps */
struct gendisk *get_gendisk(dev_t dev, int *partno);	/* NULL: no such device */
sector_t blkdev_sectors(dev_t dev);		/* 0: no such device */
/*
 * Every use begins here. What is the device of that number? *dev becomes the one number under which
 * its blocks are known; a drive is asked for its disk. 0; -ENXIO: there is none; -EIO. Sleeps.
 */
int blkdev_get(dev_t number, dev_t *dev);
/* That number alone; 0: there is no such device. */
dev_t blkdev_known_as(dev_t number);
/*
 * What a number of 1992 is called today: 3:0-4 were the first hard disk and its partitions, 3:5-9
 * the second, 1:x the only RAM disk. Others are what they were. 0: there is no such disk.
 */
dev_t blkdev_of_1992(dev_t number);
/* May the device not be written? */
bool blkdev_read_only(dev_t dev);
/* How many writes of buffers of the device have failed so far; no such device: 0. */
unsigned long blkdev_buffer_errors(dev_t dev);
void blkdev_count_buffer_error(dev_t dev);	/* one more; from interrupts too */
/* "hda1", into buf of at least 12 bytes; returns buf. */
char *disk_name(const struct gendisk *disk, int partno, char *buf);
extern struct list_head disk_list;

/*
 * Fills part[1..15] from the MBR and its chain of extended partitions. read() fetches one sector of
 * 512 bytes, 0 or -EIO. Returns 0, or -EIO when sector 0 cannot be read. Entries that make no
 * sense are left out.
 */
int read_msdos_partitions(int (*read)(void *arg, sector_t sector, u8 *buf), void *arg,
			  sector_t capacity, struct partition *part);

/*
 * At boot, if ramdisk= was given: copies the MINIX file system that is on `root`, a floppy (there
 * from block 256 on) or a whole disk that is not the first, into /dev/ram0, whose number it
 * returns. With root=/dev/ram0 it looks for such a disk itself. Where there is nothing to copy, or
 * it fails, with a message: `root`. Sleeps.
 */
dev_t rd_load(dev_t root);

/*
 * For drivers: finish the next `sectors` sectors of the head request (error: -EIO or 0).
 * Returns true when the whole request is done and off the queue. Interrupts off.
 */
bool end_request(struct request_queue *q, int error, unsigned int sectors);
/*
 * For drivers of disks that do several things at once: moves the head request, which exists, to the
 * end of the driver's own list; ends sectors of a request that was taken so. True: it is
 * done and gone. Interrupts off.
 */
void take_request_off(struct request_queue *q, struct list_head *to);
bool end_taken_request(struct request *req, int error, unsigned int sectors);
/* Sets up a queue; max_sectors and max_segments get cautious defaults. */
void blk_init_queue(struct request_queue *q, void (*fn)(struct request_queue *));
void blk_dev_init(void);			/* before the first driver */

/* Device numbers. */
#define RAMDISK_MAJOR	1
#define FLOPPY_MAJOR	2
#define IDE0_MAJOR	3
#define IDE1_MAJOR	22
#define VIRTBLK_MAJOR	254

#endif
