/*
 * The elevator: the order in which a disk serves its requests.
 *
 * The arm sweeps upwards, serves what lies ahead of it, and then starts again
 * at the lowest request (C-LOOK). Bios that touch a waiting request at either end join
 * it, so that reading a file one page at a time still ends up as few large commands.
 * Nothing here knows about hardware or memory: the functions only change lists,
 * with interrupts off.
 *
 * 0.12 sorted by the macro IN_ORDER and merged nothing.
 */
#include <linux/kernel.h>
#include <linux/blkdev.h>
#include <linux/timer.h>

/* A request that has waited this long is overtaken no more. */
#define PATIENCE	(HZ / 2)

static struct request *head_request(struct request_queue *q)
{
	return list_first_entry(&q->requests, struct request, list);
}

static bool may_merge(struct request_queue *q, struct request *req, struct bio *bio)
{
	if (bio->rw == FLUSH || (q->busy && req == head_request(q)))
		return false;
	return req->rw == (bio->rw & WRITE) &&
	       req->nr_sectors + bio_sectors(bio) <= q->max_sectors &&
	       req->nr_segments + bio_pages(bio) <= q->max_segments;
}

/* Puts the bio at the end or at the start of a request that borders on it. */
static bool join(struct request *req, struct bio *bio)
{
	if (req->sector + req->nr_sectors == bio->sector) {
		bio->next = NULL;
		req->biotail->next = bio;
		req->biotail = bio;
	} else if (bio->sector + bio_sectors(bio) == req->sector) {
		bio->next = req->bio;
		req->bio = bio;
		req->sector = bio->sector;
	} else {
		return false;
	}
	req->nr_sectors += bio_sectors(bio);
	req->nr_segments += bio_pages(bio);
	return true;
}

/* Most bios continue what was queued last, so the search begins at the tail. */
bool elv_merge(struct request_queue *q, struct bio *bio)
{
	struct request *req;

	list_for_each_entry_reverse(req, &q->requests, list)
		if (may_merge(q, req, bio) && join(req, bio))
			return true;
	return false;
}

/*
 * How far the arm has to travel from `from` to reach `to`, going upwards and wrapping
 * around: unsigned arithmetic does the wrapping.
 */
static sector_t way(sector_t from, sector_t to)
{
	return to - from;
}

void elv_insert(struct request_queue *q, struct request *req)
{
	sector_t arm = q->busy ? head_request(q)->sector : q->position;
	struct request *other;

	req->start_time = jiffies;
	list_for_each_entry_reverse(other, &q->requests, list) {
		if (q->busy && other == head_request(q))
			break;
		if (time_after(jiffies, other->start_time + PATIENCE))
			break;
		if (way(arm, other->sector) <= way(arm, req->sector))
			break;
	}
	list_add(&req->list, &other->list);	/* without a break: at the very front */
	q->nr_queued++;
}
