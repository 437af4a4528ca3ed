/*
 * kernel/blk_drv/ll_rw_blk.c and elevator.c above a disk with bad sectors that exists only
 * here: random bios, merged and sorted, come back exactly once, with an error exactly when one of
 * their own sectors is bad; what is queued is in the order of the arm; what lies
 * behind the end of a partition never reaches the disk; a flush joins no request; the reserve of
 * bios makes up for missing memory.
 */
#include <linux/blkdev.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include "unit.h"

#define SECTORS		10000
#define PART_START	1000
#define PART_SECTORS	777
#define MAX_OUT		14	/* fewer than the reserve: nothing ever sleeps */
#define ROUNDS		20000

volatile unsigned long jiffies;

static struct gendisk disk;
static struct request_queue queue;
static bool bad[SECTORS];
static unsigned int submitted, ended, out, bios_allocated;

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

/* The good sectors up to the first bad one; or the rest of the bio that the bad one is in. */
static void serve(void)
{
	struct request *req = list_first_entry(&queue.requests, struct request, list);
	unsigned int n = 1 + unit_random(req->nr_sectors), good = 0;
	bool finished;

	while (good < n && !bad[req->sector + good])
		good++;
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
			segments++;
			sectors += bio_sectors(bio);
			CHECK((bio->rw & WRITE) == req->rw);
			CHECK(bio->next || bio == req->biotail);
		}
		CHECK(sectors - req->done == req->nr_sectors);
		CHECK(segments <= queue.max_segments && sectors <= queue.max_sectors);
	}
}

/* ---- who asks for I/O ---- */

static void finished(struct bio *bio, int error)
{
	int i, expected = 0;

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

static struct bio *new_bio(dev_t dev, sector_t sector, unsigned int sectors)
{
	struct bio *bio = bio_alloc(GFP_NOIO);

	bio->dev = dev;
	bio->sector = sector;
	bio->len = sectors << SECTOR_SHIFT;
	bio->rw = unit_random(2) ? WRITE : READ;
	bio->end_io = finished;
	return bio;
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
			submit_bio(new_bio(part, unit_random(part ? PART_SECTORS - 8 : SECTORS - 8),
					   1 << unit_random(4)));
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
	queue.max_sectors = 64;
	queue.max_segments = 20;
	disk.queue = &queue;
	disk.part[0].nr_sects = SECTORS;
	disk.part[1].start = PART_START;
	disk.part[1].nr_sects = PART_SECTORS;
	test_random_io();
	test_range();
	test_merging();
	test_order();
	test_flush();
	return 0;
}
