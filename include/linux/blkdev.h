/*
 * Block devices: the unit of I/O, the request queue, what a driver supplies.
 *
 * A bio is one contiguous piece of memory within a page and one contiguous run of
 * sectors. submit_bio() gives it to the elevator, which merges neighbours into
 * requests, sorts them, and hands them to the driver's request function.
 */
#ifndef _LINUX_BLKDEV_H
#define _LINUX_BLKDEV_H

#include <linux/types.h>
#include <linux/list.h>

#define READ	0
#define WRITE	1
#define READA	2		/* read ahead: may be dropped */

#define SECTOR_SIZE	512
#define SECTOR_SHIFT	9

struct page;
struct inode;
struct file;

struct bio {
	struct bio *next;		/* within a request, ascending sectors */
	dev_t dev;
	sector_t sector;		/* on the device (partition) until submit_bio() remaps it */
	int rw;
	struct page *page;
	unsigned int offset, len;	/* bytes within the page; multiples of 512 */
	/* Called once, perhaps from an interrupt: error is 0 or -EIO. Frees or reuses the bio. */
	void (*end_io)(struct bio *bio, int error);
	void *private;
};

struct bio *bio_alloc(gfp_t gfp);	/* with GFP_NOIO it always succeeds: a reserve stands behind */
void bio_free(struct bio *bio);
/* Queues it; may sleep when the queue is full. A bad device or range ends it with -EIO. */
void submit_bio(struct bio *bio);
/* Starts what is queued: called before waiting for I/O. */
void run_disk_queues(void);
/* One page or part of it, synchronously. 0 or -EIO. */
int bio_rw_page(int rw, dev_t dev, sector_t sector, struct page *page, unsigned int offset,
		unsigned int len);

struct request {
	struct list_head list;
	int rw;
	sector_t sector;		/* of the whole disk */
	unsigned int nr_sectors;
	struct bio *bio, *biotail;
	unsigned int done;		/* sectors finished: for PIO drivers */
	int errors;
	unsigned long start_time;
};

struct request_queue {
	struct list_head requests;	/* sorted by the elevator; the head is under way */
	void (*request_fn)(struct request_queue *q);	/* interrupts off; starts the head */
	bool busy;
	unsigned int nr_queued;
	unsigned int max_sectors;	/* per request */
	unsigned int max_segments;
	void *private;
};

/* A disk and its partitions: minors first_minor .. first_minor + minors - 1. */
struct gendisk {
	struct list_head list;
	unsigned int major, first_minor, minors;
	char name[8];			/* "hda" */
	struct request_queue *queue;
	struct block_device_operations *ops;
	sector_t capacity;
	bool read_only;
	struct partition {
		sector_t start, nr_sects;
		unsigned char type;
	} part[16];			/* [0]: the whole disk */
	unsigned long reads, writes, read_sectors, write_sectors;	/* /proc/diskstats */
	void *private;
};

struct block_device_operations {
	int (*open)(struct inode *inode, struct file *file);
	int (*release)(struct inode *inode, struct file *file);
	int (*ioctl)(struct gendisk *disk, unsigned int cmd, unsigned long arg);
};

void add_disk(struct gendisk *disk);		/* registers, reads the partition table */
int rescan_partitions(struct gendisk *disk);	/* 0, -EBUSY, -EIO */
struct gendisk *get_gendisk(dev_t dev, int *partno);	/* NULL: no such device */
sector_t blkdev_sectors(dev_t dev);		/* 0: no such device */
int blkdev_valid(dev_t dev);			/* exists and has a size */
bool blkdev_read_only(dev_t dev);
extern struct list_head disk_list;

/*
 * For drivers: finish `sectors` sectors of the head request (error: -EIO or 0).
 * Returns true when the whole request is done and off the queue.
 */
bool end_request(struct request_queue *q, int error, unsigned int sectors);
void blk_init_queue(struct request_queue *q, void (*fn)(struct request_queue *));

/* Device numbers. */
#define RAMDISK_MAJOR	1
#define FLOPPY_MAJOR	2
#define IDE0_MAJOR	3
#define IDE1_MAJOR	22
#define VIRTBLK_MAJOR	254

#endif
