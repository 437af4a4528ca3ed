/*
 * kernel/blk_drv/ll_rw_blk.c and elevator.c above a disk with bad sectors that exists only
 * here: random bios, merged and sorted, come back exactly once, with an error exactly when one of
 * their own sectors is bad, and each byte of their pages lies in the sector that was asked for;
 * what is queued is in the order of the arm; what lies behind the end of a partition never reaches
 * the disk; a flush joins no request; the reserve of bios makes up for missing memory.
 */
#include <linux/blkdev.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include "unit.h"

#define SECTORS		10000
#define PART_START	1000
#define PART_SECTORS	777
#define MAX_OUT		14	/* fewer than the reserve: nothing ever sleeps */
#define ROUNDS		20000
#define FRAMES		(MAX_OUT * BIO_PAGES)

volatile unsigned long jiffies;

static struct gendisk disk;
static struct request_queue queue;
static bool bad[SECTORS];
static unsigned int submitted, ended, out, bios_allocated;
static struct page frames[FRAMES];

/* ---- what the block layer needs of the kernel ---- */

struct kmem_cache *kmem_cache_create(const char *name, size_t size, size_t align,
				     unsigned int flags, void (*ctor)(void *))
{
	(void)name, (void)align, (void)flags, (void)ctor;
	return (struct kmem_cache *)size;
}

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	CHECK(!(gfp & __GFP_WAIT), "a bio waits for memory to be reclaimed");
	if (!unit_random(8))
		return NULL;
	bios_allocated++;
	return host_malloc((size_t)cache);
}

void kmem_cache_free(struct kmem_cache *cache, void *obj)
{
	(void)cache;
	bios_allocated--;
	host_free(obj);
}

void init_timer(struct timer_list *timer)
{
	INIT_LIST_HEAD(&timer->entry);
}

void mod_timer(struct timer_list *timer, unsigned long expires)
{
	(void)timer, (void)expires;
}

void __wake_up(wait_queue_head_t *q, unsigned int mode, int nr_exclusive)
{
	(void)q, (void)mode, (void)nr_exclusive;
}

void add_wait_queue(wait_queue_head_t *q, wait_queue_t *wait)
{
	(void)q, (void)wait;
	CHECK(false, "nothing here should sleep");
}

void remove_wait_queue(wait_queue_head_t *q, wait_queue_t *wait)
{
	(void)q, (void)wait;
}

void schedule(void)
{
}

char *disk_name(const struct gendisk *d, int partno, char *buf)
{
	(void)d, (void)partno;
	buf[0] = '\0';
	return buf;
}

LIST_HEAD(disk_list);

struct gendisk *get_gendisk(dev_t dev, int *partno)
{
	*partno = MINOR(dev);
	return &disk;
}

/* ---- the driver ---- */

static void start(struct request_queue *q)
{
	CHECK(!q->busy && !list_empty(&q->requests));
	q->busy = true;
}

/* The pages of the next n sectors: page->index and the offset tell which these are, see fill(). */
static void check_memory(struct request *req, unsigned int n)
{
	struct bio_cursor at = request_memory(req);
	unsigned int left = n << SECTOR_SHIFT;
	sector_t sector = req->sector;

	while (left) {
		struct segment seg = next_segment(&at, left);

		CHECK(seg.len && seg.len <= left && seg.offset + seg.len <= PAGE_SIZE);
		CHECK(seg.page->index + (seg.offset >> SECTOR_SHIFT) == sector);
		sector += seg.len >> SECTOR_SHIFT;
		left -= seg.len;
	}
}

/* The good sectors up to the first bad one; or the rest of the bio that the bad one is in. */
static void serve(void)
{
	struct request *req = list_first_entry(&queue.requests, struct request, list);
	unsigned int n = 1 + unit_random(req->nr_sectors), good = 0;
	bool finished;

	while (good < n && !bad[req->sector + good])
		good++;
	check_memory(req, n);
	if (good)
		finished = end_request(&queue, 0, good);
	else
		finished = end_request(&queue, -EIO, bio_sectors(req->bio) - req->done);
	if (finished && !list_empty(&queue.requests))
		start(&queue);
}

static void check_queue(void)
{
	struct request *req;

	list_for_each_entry(req, &queue.requests, list) {
		unsigned int segments = 0, sectors = 0;
		struct bio *bio;

		for (bio = req->bio; bio; bio = bio->next) {
			segments += bio_pages(bio);
			sectors += bio_sectors(bio);
			CHECK((bio->rw & WRITE) == req->rw);
			CHECK(bio->next || bio == req->biotail);
		}
		CHECK(sectors - req->done == req->nr_sectors);
		CHECK(req->nr_segments >= segments);
		CHECK(req->bio == req->biotail ||
		      (segments <= queue.max_segments && sectors <= queue.max_sectors));
	}
}

/* ---- who asks for I/O ---- */

static void finished(struct bio *bio, int error)
{
	unsigned int n;
	int i, expected = 0;

	for (n = 0; n < bio_pages(bio); n++)
		bio->pages[n]->count.counter = 0;

	for (i = 0; i < (int)bio_sectors(bio); i++)
		if (bad[bio->sector + i])
			expected = -EIO;
	CHECK(error == expected, "sector %llu: %d", bio->sector, error);
	ended++;
	out--;
	bio_free(bio);
}

static void refused(struct bio *bio, int error)
{
	CHECK(error == -EIO);
	ended++;
	bio_free(bio);
}

static struct page *free_frame(void)
{
	unsigned int n = unit_random(FRAMES);

	while (frames[n].count.counter)
		n = (n + 1) % FRAMES;
	frames[n].count.counter = 1;
	return &frames[n];
}

/* Memory for that many sectors, in several pages; page->index is the sector that its byte 0 is. */
static void fill(struct bio *bio, unsigned int sectors, sector_t on_disk)
{
	unsigned int n, first = unit_random(PAGE_SIZE / SECTOR_SIZE);

	bio->offset = first << SECTOR_SHIFT;
	bio->len = sectors << SECTOR_SHIFT;
	for (n = 0; n < bio_pages(bio); n++) {
		bio->pages[n] = free_frame();
		bio->pages[n]->index = on_disk - first + n * (PAGE_SIZE / SECTOR_SIZE);
	}
}

static struct bio *new_bio(dev_t dev, sector_t sector, unsigned int sectors)
{
	struct bio *bio = bio_alloc(GFP_NOIO);

	bio->dev = dev;
	bio->sector = sector;
	bio->rw = unit_random(2) ? WRITE : READ;
	bio->end_io = finished;
	if (sectors)
		fill(bio, sectors, sector + (dev ? PART_START : 0));
	return bio;
}

/* A run of sectors joins it piece by piece; what does not continue it or finds no room must not. */
static void test_append(void)
{
	struct bio *bio = new_bio(0, 100, 1);
	struct page *page = bio->pages[0], *other = free_frame();
	unsigned int n;

	bio->offset = 1024;
	bio->len = 1024;
	CHECK(!bio_append(bio, 103, page, 2048, 512), "a sector was left out");
	CHECK(!bio_append(bio, 102, page, 2560, 512), "there is a gap in memory");
	CHECK(!bio_append(bio, 102, other, 2048, 512), "in the middle of another page");
	CHECK(!bio_append(bio, 102, other, 0, 512), "the page is not at its end");
	CHECK(bio_append(bio, 102, page, 2048, 512) && bio_append(bio, 103, page, 2560, 1536));
	CHECK(bio_pages(bio) == 1 && bio_sectors(bio) == 6);
	for (n = 1; n < BIO_PAGES; n++)
		CHECK(bio_append(bio, 106 + 8 * (n - 1), other, 0, PAGE_SIZE));
	CHECK(bio_pages(bio) == BIO_PAGES && bio->pages[1] == other && bio->pages[0] == page);
	CHECK(!bio_append(bio, 106 + 8 * (BIO_PAGES - 1), other, 0, 512), "it is full");
	bio_free(bio);
	other->count.counter = page->count.counter = 0;
}

static void test_random_io(void)
{
	unsigned int round, i;

	for (i = 0; i < SECTORS; i++)
		bad[i] = !unit_random(50);
	for (round = 0; round < ROUNDS; round++) {
		while (out < MAX_OUT && unit_random(8)) {
			bool part = unit_random(2);

			out++;
			submitted++;
			submit_bio(new_bio(part, unit_random((part ? PART_SECTORS : SECTORS) - 64),
					   unit_random(3) ? 1U << unit_random(4)
							  : 1 + unit_random(64)));
		}
		run_disk_queues();
		CHECK(queue.busy || list_empty(&queue.requests));
		check_queue();
		while (out > MAX_OUT / 2 || (out && unit_random(3)))
			serve();
	}
	while (out)
		serve();
	CHECK(ended == submitted && !bios_allocated, "%u of %u", ended, submitted);
	CHECK(disk.merges[READ] && disk.merges[WRITE]);
}

static void test_range(void)
{
	struct bio *bio = new_bio(1, PART_SECTORS - 1, 2);
	unsigned int before = ended;

	bio->end_io = refused;
	submit_bio(bio);
	CHECK(ended == before + 1 && list_empty(&queue.requests));
	bio = new_bio(1, ~0ULL, 2);
	bio->end_io = refused;
	submit_bio(bio);
	CHECK(ended == before + 2 && list_empty(&queue.requests));
}

/* Neighbours that come in from both sides become one command. */
static void test_merging(void)
{
	unsigned int i;

	for (i = 0; i < SECTORS; i++)
		bad[i] = false;
	for (i = 0; i < MAX_OUT; i++) {
		struct bio *bio = new_bio(0, 2000 + 2 * (i < 7 ? 6 - i : i), 2);

		bio->rw = READ;
		out++;
		submit_bio(bio);
	}
	CHECK(queue.nr_queued == 1);
	run_disk_queues();
	while (out)
		serve();
}

/* While one request is served, others queue up: those ahead of the arm upwards, then the rest. */
static void test_order(void)
{
	static const unsigned int given[] = { 5000, 700, 9000, 5600, 100, 300, 5300 };
	static const unsigned int order[] = { 5000, 5300, 5600, 9000, 100, 300, 700 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(given); i++) {
		out++;
		submit_bio(new_bio(0, given[i], 1));
		run_disk_queues();
	}
	for (i = 0; i < ARRAY_SIZE(order); i++) {
		struct request *req = list_first_entry(&queue.requests, struct request, list);

		CHECK(req->sector == order[i], "%llu, not %u", req->sector, order[i]);
		serve();
	}
}

/* A flush for the cache of the disk stands in the queue as a request of its own. */
static void test_flush(void)
{
	struct bio *bio = new_bio(0, 0, 0);

	bio->rw = FLUSH;
	out++;
	submit_bio(new_bio(0, 0, 1));
	out++;
	submit_bio(bio);
	CHECK(queue.nr_queued == 2);
	run_disk_queues();
	while (out) {
		struct request *req = list_first_entry(&queue.requests, struct request, list);

		if (req->rw != FLUSH)
			serve();
		else if (end_request(&queue, 0, 0) && !list_empty(&queue.requests))
			start(&queue);
	}
	CHECK(blkdev_flush(0) == 0 && !queue.busy, "a disk without a cache needs no flush");
}

int main(void)
{
	blk_dev_init();
	blk_init_queue(&queue, start);
	queue.max_sectors = 40;
	queue.max_segments = 28;
	disk.queue = &queue;
	disk.part[0].nr_sects = SECTORS;
	disk.part[1].start = PART_START;
	disk.part[1].nr_sects = PART_SECTORS;
	test_append();
	test_random_io();
	test_range();
	test_merging();
	test_order();
	test_flush();
	return 0;
}
