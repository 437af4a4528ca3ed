/*
 * Block I/O above the drivers: bios, requests, queues.
 *
 *	submit_bio()		partition -> disk, range check, elevator
 *	  request_fn()		the driver starts the head of the queue
 *	  ... interrupt ...
 *	end_request()		finishes bios, then the request; the driver goes on
 *
 * An idle queue is plugged by its first bio: the driver is not started until someone is
 * about to wait (run_disk_queues), a few requests have gathered, or a tick has
 * passed. So neighbours have time to merge.
 *
 * 0.12's ll_rw_block() queued buffers one by one; that part lives on in fs/buffer.c.
 */
#include <linux/kernel.h>
#include <linux/blkdev.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>

#define NR_REQUEST	128	/* for all disks together */
#define RESERVED_READ	32	/* of them never given to writes or read-ahead */
#define BIO_RESERVE	16	/* bios that do not depend on free memory */
#define UNPLUG_AT	8	/* requests waiting: start even though plugged */

static spinlock_t io_lock = SPIN_LOCK_UNLOCKED;	/* queues, requests, the reserve */

static struct request request_pool[NR_REQUEST];
static LIST_HEAD(free_requests);
static unsigned int nr_free_requests;
static DECLARE_WAIT_QUEUE_HEAD(wait_for_request);

static struct kmem_cache *bio_cache;
static struct bio reserve_bios[BIO_RESERVE];
static struct bio *bio_reserve;			/* free ones, chained by next */
static DECLARE_WAIT_QUEUE_HEAD(wait_for_bio);

static LIST_HEAD(plugged_queues);
static struct timer_list plug_timer;

/* ---- bios ---- */

static struct bio *take_reserve_bio(void)
{
	unsigned long flags;
	struct bio *bio;

	spin_lock_irqsave(&io_lock, flags);
	bio = bio_reserve;
	if (bio)
		bio_reserve = bio->next;
	spin_unlock_irqrestore(&io_lock, flags);
	return bio;
}

/*
 * Nobody waits here for memory, which may come only when what he is about to write has been
 * written. He may wait for a bio of the reserve: those under way come back.
 */
struct bio *bio_alloc(gfp_t gfp)
{
	struct bio *bio = kmem_cache_alloc(bio_cache, (gfp & ~__GFP_WAIT) | __GFP_NOWARN);

	if (!bio && (gfp & __GFP_WAIT)) {
		bio = take_reserve_bio();
		if (!bio) {
			run_disk_queues();
			wait_event(wait_for_bio, (bio = take_reserve_bio()) != NULL);
		}
	}
	if (bio)
		memset(bio, 0, offsetof(struct bio, pages));
	return bio;
}

bool bio_append(struct bio *bio, sector_t sector, struct page *page, unsigned int offset,
		unsigned int len)
{
	unsigned int end = bio->offset + bio->len, n = end >> PAGE_SHIFT;

	if (sector != bio->sector + bio_sectors(bio) || offset != (end & (PAGE_SIZE - 1)))
		return false;
	if (offset ? bio->pages[n] != page : n == BIO_PAGES)
		return false;
	bio->pages[n] = page;
	bio->len += len;
	return true;
}

void bio_free(struct bio *bio)
{
	unsigned long flags;

	if (bio < reserve_bios || bio >= reserve_bios + BIO_RESERVE) {
		kmem_cache_free(bio_cache, bio);
		return;
	}
	spin_lock_irqsave(&io_lock, flags);
	bio->next = bio_reserve;
	bio_reserve = bio;
	spin_unlock_irqrestore(&io_lock, flags);
	wake_up(&wait_for_bio);
}

/* ---- plugging ---- */

static void plug_queue(struct request_queue *q)
{
	q->plugged = true;
	list_add_tail(&q->plug, &plugged_queues);
	if (!timer_pending(&plug_timer))
		mod_timer(&plug_timer, jiffies + 2);	/* one to two ticks from now */
}

static void unplug_queue(struct request_queue *q)
{
	list_del(&q->plug);
	q->plugged = false;
	if (!q->busy && !list_empty(&q->requests))
		q->request_fn(q);
}

void run_disk_queues(void)
{
	unsigned long flags;

	if (list_empty(&plugged_queues))
		return;
	spin_lock_irqsave(&io_lock, flags);
	while (!list_empty(&plugged_queues))
		unplug_queue(list_first_entry(&plugged_queues, struct request_queue, plug));
	spin_unlock_irqrestore(&io_lock, flags);
}

static void plug_timeout(unsigned long data __unused)
{
	run_disk_queues();
}

/* ---- requests ---- */

/* A free request, or NULL when there is none for this kind of I/O. */
static struct request *take_request(int rw)
{
	struct request *req = NULL;
	unsigned long flags;

	spin_lock_irqsave(&io_lock, flags);
	if (nr_free_requests > (rw == READ ? 0 : RESERVED_READ)) {
		req = list_first_entry(&free_requests, struct request, list);
		list_del(&req->list);
		nr_free_requests--;
	}
	spin_unlock_irqrestore(&io_lock, flags);
	return req;
}

/* The same, but waits; only read-ahead gives up with NULL. */
static struct request *get_request(int rw)
{
	struct request *req = take_request(rw);

	if (!req && rw != READA) {
		run_disk_queues();
		wait_event(wait_for_request, (req = take_request(rw)) != NULL);
	}
	return req;
}

static void free_request(struct request *req)
{
	list_add(&req->list, &free_requests);
	nr_free_requests++;
	/* A writer may not be content with the one request that a reader would take. */
	if (waitqueue_active(&wait_for_request))
		wake_up_all(&wait_for_request);
}

static void init_request(struct request *req, struct gendisk *disk, struct bio *bio)
{
	bio->next = NULL;
	req->disk = disk;
	req->rw = bio->rw == READA ? READ : bio->rw;
	req->sector = bio->sector;
	req->nr_sectors = bio_sectors(bio);
	req->nr_segments = bio_pages(bio);
	req->bio = req->biotail = bio;
	req->done = 0;
	req->bio_failed = false;
	req->errors = 0;
}

static void queue_request(struct request_queue *q, struct request *req)
{
	bool was_empty = list_empty(&q->requests);

	elv_insert(q, req);
	if (q->busy)
		return;
	if (was_empty && !q->plugged)
		plug_queue(q);
	else if (q->plugged && q->nr_queued >= UNPLUG_AT)
		unplug_queue(q);
}

/* ---- submission ---- */

/* Turns a place on a partition into one on its disk. NULL: no such place. */
static struct gendisk *remap_bio(struct bio *bio)
{
	unsigned int n = bio_sectors(bio);
	struct partition *part;
	struct gendisk *disk;
	int partno;

	disk = get_gendisk(bio->dev, &partno);
	if (!disk)
		return NULL;
	if (bio->rw == FLUSH) {		/* it has no place: the arm stays where it is */
		bio->sector = disk->queue->position;
		return disk;
	}
	BUG_ON(!n || ((bio->len | bio->offset) & (SECTOR_SIZE - 1)) || bio->offset >= PAGE_SIZE ||
	       bio_pages(bio) > BIO_PAGES);
	part = &disk->part[partno];
	if (bio->sector >= part->nr_sects || n > part->nr_sects - bio->sector) {
		char name[12];

		if (bio->rw != READA)
			printk_ratelimited(KERN_ERR "%s: sector %llu is behind the end\n",
					   disk_name(disk, partno, name), bio->sector);
		return NULL;
	}
	if (bio->rw == WRITE && disk->read_only)
		return NULL;
	bio->sector += part->start;
	bio->dev = MKDEV(disk->major, disk->first_minor);
	return disk;
}

void submit_bio(struct bio *bio)
{
	struct gendisk *disk = remap_bio(bio);
	struct request_queue *q;
	struct request *req;
	unsigned long flags;
	bool merged;

	if (!disk) {
		bio->end_io(bio, -EIO);
		return;
	}
	q = disk->queue;
	if (q->make_request_fn) {
		q->make_request_fn(disk, bio);
		return;
	}
	spin_lock_irqsave(&io_lock, flags);
	merged = elv_merge(q, bio);
	if (merged)
		disk->merges[bio->rw & WRITE]++;
	spin_unlock_irqrestore(&io_lock, flags);
	if (merged)
		return;
	req = get_request(bio->rw);
	if (!req) {
		bio->end_io(bio, -EIO);
		return;
	}
	init_request(req, disk, bio);
	spin_lock_irqsave(&io_lock, flags);
	queue_request(q, req);
	spin_unlock_irqrestore(&io_lock, flags);
}

struct sync_io {
	wait_queue_head_t wait;
	bool done;
	int error;
};

static void end_sync_io(struct bio *bio, int error)
{
	struct sync_io *io = bio->private;

	bio_free(bio);
	io->error = error;
	io->done = true;
	wake_up(&io->wait);
}

int bio_rw_page(int rw, dev_t dev, sector_t sector, struct page *page, unsigned int offset,
		unsigned int len)
{
	struct bio *bio = bio_alloc(GFP_NOIO);
	struct sync_io io = { .done = false };

	init_waitqueue_head(&io.wait);
	bio->dev = dev;
	bio->sector = sector;
	bio->rw = rw;
	bio->pages[0] = page;
	bio->offset = offset;
	bio->len = len;
	bio->end_io = end_sync_io;
	bio->private = &io;
	submit_bio(bio);
	run_disk_queues();
	wait_event(io.wait, READ_ONCE(io.done));
	return io.error;
}

static int flush_disk(struct gendisk *disk)
{
	unsigned long written = (unsigned long)disk->io_sectors[WRITE];
	int err;

	if (!disk->write_cache || disk->flushed == written)
		return 0;
	err = bio_rw_page(FLUSH, MKDEV(disk->major, disk->first_minor), 0, NULL, 0, 0);
	if (!err)
		disk->flushed = written;
	return err;
}

int blkdev_flush(dev_t dev)
{
	int partno, err = 0;
	struct gendisk *disk;

	if (dev) {
		disk = get_gendisk(dev, &partno);
		return disk ? flush_disk(disk) : 0;
	}
	list_for_each_entry(disk, &disk_list, list)
		if (flush_disk(disk))
			err = -EIO;
	return err;
}

/* ---- completion, called by drivers ---- */

const char *rw_name(int rw)
{
	return rw == FLUSH ? "flush" : rw == WRITE ? "write" : "read";
}

static void account_request(struct request *req)
{
	struct gendisk *disk = req->disk;

	disk->ios[req->rw & WRITE]++;
	disk->ticks[req->rw & WRITE] += jiffies - req->start_time;
}

/* The next `sectors` sectors of a request are done. True: these were the last. */
static bool end_sectors(struct request *req, int error, unsigned int sectors)
{
	if (error) {
		if (req->rw == FLUSH)
			printk_ratelimited(KERN_ERR "%s: the write cache cannot be flushed\n",
					   req->disk->name);
		else
			printk_ratelimited(KERN_ERR "%s: %s error at sector %llu\n",
					   req->disk->name, rw_name(req->rw), req->sector);
		if (req->rw & WRITE)
			req->disk->write_errors++;
		req->bio_failed = true;
	}
	BUG_ON(sectors > req->nr_sectors);
	req->sector += sectors;
	req->nr_sectors -= sectors;
	req->done += sectors;
	req->disk->io_sectors[req->rw & WRITE] += sectors;
	while (req->bio && req->done >= bio_sectors(req->bio)) {
		struct bio *bio = req->bio;

		/* An error belongs to the bios that these sectors complete, and to no later one. */
		req->done -= bio_sectors(bio);
		req->bio = bio->next;
		bio->end_io(bio, req->bio_failed ? -EIO : 0);
		if (!error || !req->done)
			req->bio_failed = false;
	}
	return !req->nr_sectors;
}

/* Off whatever list it is on. */
static void retire_request(struct request *req)
{
	account_request(req);
	list_del(&req->list);
	free_request(req);
}

bool end_request(struct request_queue *q, int error, unsigned int sectors)
{
	struct request *req = list_first_entry(&q->requests, struct request, list);

	if (!end_sectors(req, error, sectors))
		return false;
	q->nr_queued--;
	q->busy = false;
	q->position = req->sector;
	retire_request(req);
	return true;
}

void take_request_off(struct request_queue *q, struct list_head *to)
{
	struct request *req = list_first_entry(&q->requests, struct request, list);

	list_move_tail(&req->list, to);
	q->nr_queued--;
	q->nr_taken++;
	q->position = req->sector + req->nr_sectors;
}

bool end_taken_request(struct request *req, int error, unsigned int sectors)
{
	if (!end_sectors(req, error, sectors))
		return false;
	req->disk->queue->nr_taken--;
	retire_request(req);
	return true;
}

/* ---- set-up ---- */

void blk_init_queue(struct request_queue *q, void (*fn)(struct request_queue *))
{
	memset(q, 0, sizeof(*q));
	INIT_LIST_HEAD(&q->requests);
	q->request_fn = fn;
	q->max_sectors = 128;
	q->max_segments = 128;
}

void __init blk_dev_init(void)
{
	unsigned int i;

	bio_cache = kmem_cache_create("bio", sizeof(struct bio), 0, SLAB_PANIC, NULL);
	for (i = 0; i < NR_REQUEST; i++)
		list_add_tail(&request_pool[i].list, &free_requests);
	nr_free_requests = NR_REQUEST;
	for (i = 0; i < BIO_RESERVE; i++) {
		reserve_bios[i].next = bio_reserve;
		bio_reserve = &reserve_bios[i];
	}
	init_timer(&plug_timer);
	plug_timer.function = plug_timeout;
}
