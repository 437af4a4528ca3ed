/*
 * The buffer cache: blocks of disks in memory, for the metadata of file
 * systems and for block devices used as files.
 *
 * A lowmem page is divided into buffers of one size, tied in a ring by b_this_page;
 * page->private is the first of them. A buffer is either hashed by (device, block)
 * or on the free list of its size. Besides, b_lru puts it on the dirty list (oldest
 * first) or on the list of those being written.
 *
 * The cache grows when a block is needed and no buffer is free. It shrinks when memory is
 * short: a clock goes round its pages and frees those whose buffers are all clean, unused,
 * and not referenced since it last came by. 0.12 had one fixed cache and one LRU list.
 *
 * Lists and counts are touched by tasks only, never across a sleep; b_state by interrupts too.
 */
#include <linux/kernel.h>
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#define NR_SIZES	4		/* 512, 1024, 2048, 4096 */
#define MIN_SIZE	512
#define WRITE_BATCH	32		/* buffers collected before one call of ll_rw_block */

unsigned long nr_buffer_pages;
unsigned long nr_dirty_buffers;

static struct hlist_head *hash_table;
static unsigned int hash_mask;
static struct kmem_cache *bh_cache;

static struct list_head free_list[NR_SIZES];
static LIST_HEAD(dirty_list);		/* ordered by b_dirtied */
static LIST_HEAD(writing_list);		/* finished ones stay until someone looks */
static LIST_HEAD(buffer_pages);		/* by page->lru; the clock hand is at the front */
static atomic_t nr_writing;
static unsigned long dirty_limit;	/* buffers: more than this, and writers must help */

/* ---- finding ---- */

static inline struct hlist_head *hash(dev_t dev, sector_t block)
{
	return &hash_table[((u32)block + dev * 0x9e1u) & hash_mask];
}

static inline struct buffer_head *find_buffer(dev_t dev, sector_t block, unsigned int size)
{
	struct hlist_node *n;

	hlist_for_each(n, hash(dev, block)) {
		struct buffer_head *bh = hlist_entry(n, struct buffer_head, b_hash);

		if (bh->b_blocknr == block && bh->b_dev == dev && bh->b_size == size)
			return bh;
	}
	return NULL;
}

static inline struct buffer_head *hold(struct buffer_head *bh)
{
	bh->b_count++;
	bh->b_referenced = true;
	return bh;
}

struct buffer_head *get_hash_table(dev_t dev, sector_t block, unsigned int size)
{
	struct buffer_head *bh = find_buffer(dev, block, size);

	return bh ? hold(bh) : NULL;
}

void brelse(struct buffer_head *bh)
{
	if (!bh)
		return;
	BUG_ON(bh->b_count <= 0);
	bh->b_count--;
}

/* ---- waiting ---- */

void unlock_buffer(struct buffer_head *bh)
{
	clear_bit(BH_Lock, &bh->b_state);
	if (waitqueue_active(&bh->b_wait))
		wake_up_all(&bh->b_wait);
}

static bool try_lock(struct buffer_head *bh)
{
	return !test_and_set_bit(BH_Lock, &bh->b_state);
}

void lock_buffer(struct buffer_head *bh)
{
	if (try_lock(bh))
		return;
	run_disk_queues();
	wait_event(bh->b_wait, try_lock(bh));
}

void wait_on_buffer(struct buffer_head *bh)
{
	if (!buffer_locked(bh))
		return;
	bh->b_count++;		/* keeps it where it is while we sleep */
	run_disk_queues();
	wait_event(bh->b_wait, !(READ_ONCE(bh->b_state) & (1UL << BH_Lock)));
	bh->b_count--;
}

/* ---- pages of buffers: growing and shrinking ---- */

static unsigned int size_index(unsigned int size)
{
	unsigned int i;

	for (i = 0; i < NR_SIZES; i++)
		if (size == (unsigned int)MIN_SIZE << i)
			return i;
	BUG();
}

static void free_buffer_heads(struct buffer_head *head)
{
	while (head) {
		struct buffer_head *next = head->b_this_page;

		kmem_cache_free(bh_cache, head);
		head = next;
	}
}

/* The heads for one page, chained by b_this_page and not yet a ring; or NULL. */
static struct buffer_head *alloc_buffer_heads(char *data, unsigned int size)
{
	struct buffer_head *head = NULL;
	unsigned int offset = PAGE_SIZE;

	while (offset) {
		struct buffer_head *bh = kmem_cache_zalloc(bh_cache, GFP_NOFS);

		if (!bh) {
			free_buffer_heads(head);
			return NULL;
		}
		offset -= size;
		bh->b_data = data + offset;
		bh->b_size = size;
		INIT_LIST_HEAD(&bh->b_lru);
		init_waitqueue_head(&bh->b_wait);
		bh->b_this_page = head;
		head = bh;
	}
	return head;
}

/* Adds one page of free buffers. False: no memory. */
static bool grow_buffers(unsigned int size)
{
	unsigned long data = __get_free_page(GFP_NOFS);
	struct buffer_head *head, *bh;
	struct page *page;

	if (!data)
		return false;
	head = alloc_buffer_heads((char *)data, size);
	if (!head) {
		free_page(data);
		return false;
	}
	for (bh = head;; bh = bh->b_this_page) {
		list_add_tail(&bh->b_lru, &free_list[size_index(size)]);
		if (!bh->b_this_page)
			break;
	}
	bh->b_this_page = head;
	page = virt_to_page(data);
	page->private = (unsigned long)head;
	set_bit(PG_buffer, &page->flags);
	list_add_tail(&page->lru, &buffer_pages);
	nr_buffer_pages++;
	return true;
}

/* Frees the page if nothing in it is needed: no users, no I/O, nothing dirty. */
static bool try_to_free_buffers(struct page *page)
{
	struct buffer_head *head = (struct buffer_head *)page->private, *bh = head;
	bool busy = false;

	do {
		if (bh->b_count || (bh->b_state & (1UL << BH_Dirty | 1UL << BH_Lock)))
			busy = true;
		if (bh->b_referenced) {
			bh->b_referenced = false;
			busy = true;
		}
		bh = bh->b_this_page;
	} while (bh != head);
	if (busy)
		return false;
	do {
		struct buffer_head *next = bh->b_this_page;

		hlist_del_init(&bh->b_hash);
		list_del(&bh->b_lru);
		kmem_cache_free(bh_cache, bh);
		bh = next;
	} while (bh != head);
	list_del(&page->lru);
	page->private = 0;
	clear_bit(PG_buffer, &page->flags);
	nr_buffer_pages--;
	__free_page(page);
	return true;
}

/* The clock: at most one round. Returns the number of pages freed. */
static unsigned long scan_buffer_pages(unsigned long nr)
{
	unsigned long left = nr_buffer_pages, freed = 0;

	while (left-- && freed < nr) {
		struct page *page = list_first_entry(&buffer_pages, struct page, lru);

		list_move_tail(&page->lru, &buffer_pages);
		if (try_to_free_buffers(page))
			freed++;
	}
	return freed;
}

static int write_some_buffers(dev_t dev, unsigned long until, int nr);

static unsigned long shrink_buffers(unsigned long nr, gfp_t gfp)
{
	if (nr && scan_buffer_pages(nr) < nr && (gfp & __GFP_IO) && nr_dirty_buffers) {
		write_some_buffers(0, jiffies, nr);
		run_disk_queues();
	}
	return nr_buffer_pages;
}

static struct shrinker buffer_shrinker = { .shrink = shrink_buffers };

/* Back to the free list: nobody will find it again. */
static void free_buffer(struct buffer_head *bh)
{
	hlist_del_init(&bh->b_hash);
	bh->b_referenced = false;
	list_move_tail(&bh->b_lru, &free_list[size_index(bh->b_size)]);
}

/* No memory for a buffer: write out what is dirty, give others a chance, try again. */
static void wait_for_memory(void)
{
	if (scan_buffer_pages(8))
		return;
	write_some_buffers(0, jiffies, WRITE_BATCH);
	run_disk_queues();
	set_current_state(TASK_UNINTERRUPTIBLE);
	schedule_timeout(2);
}

static struct buffer_head *getblk_slow(dev_t dev, sector_t block, unsigned int size)
{
	struct list_head *list = &free_list[size_index(size)];
	struct buffer_head *bh;

	/* Getting memory may sleep: another task may have made our buffer meanwhile. */
	while (!(bh = find_buffer(dev, block, size))) {
		if (list_empty(list)) {
			if (!grow_buffers(size))
				wait_for_memory();
			continue;
		}
		bh = list_first_entry(list, struct buffer_head, b_lru);
		list_del_init(&bh->b_lru);
		bh->b_dev = dev;
		bh->b_blocknr = block;
		bh->b_state = 0;
		hlist_add_head(&bh->b_hash, hash(dev, block));
		break;
	}
	return hold(bh);
}

struct buffer_head *getblk(dev_t dev, sector_t block, unsigned int size)
{
	struct buffer_head *bh = find_buffer(dev, block, size);

	return bh ? hold(bh) : getblk_slow(dev, block, size);
}

/* ---- reading and writing ---- */

void mark_buffer_dirty(struct buffer_head *bh)
{
	if (test_and_set_bit(BH_Dirty, &bh->b_state))
		return;
	bh->b_dirtied = jiffies;
	list_move_tail(&bh->b_lru, &dirty_list);
	nr_dirty_buffers++;
}

/* Takes the buffer off the dirty list. True: it was dirty. */
static bool clear_dirty(struct buffer_head *bh)
{
	if (!test_and_clear_bit(BH_Dirty, &bh->b_state))
		return false;
	list_del_init(&bh->b_lru);
	nr_dirty_buffers--;
	return true;
}

/* I/O on a buffer is over: usually from an interrupt. */
static void end_buffer_io(struct bio *bio, int error)
{
	struct buffer_head *bh = bio->private;

	if (bio->rw == WRITE)
		atomic_dec(&nr_writing);
	if (!error) {
		set_bit(BH_Uptodate, &bh->b_state);
		clear_bit(BH_Error, &bh->b_state);
	} else if (bio->rw != READA) {
		/* After a failed write the memory still holds what the owner believes. */
		set_bit(BH_Error, &bh->b_state);
		if (bio->rw == WRITE)
			blkdev_count_buffer_error(bh->b_dev);
	}
	bio_free(bio);
	unlock_buffer(bh);
}

/* Those at the front of the list whose write is over leave it. */
static void prune_writing_list(void)
{
	while (!list_empty(&writing_list)) {
		struct buffer_head *bh = list_first_entry(&writing_list, struct buffer_head, b_lru);

		if (buffer_locked(bh))
			break;
		list_del_init(&bh->b_lru);
	}
}

/* The buffer is locked; the end of the I/O unlocks it. */
static void submit_bh(int rw, struct buffer_head *bh)
{
	struct bio *bio = bio_alloc(GFP_NOIO);

	bio->dev = bh->b_dev;
	bio->sector = bh->b_blocknr * (bh->b_size >> SECTOR_SHIFT);
	bio->rw = rw;
	bio->pages[0] = virt_to_page(bh->b_data);
	bio->offset = (unsigned long)bh->b_data & (PAGE_SIZE - 1);
	bio->len = bh->b_size;
	bio->end_io = end_buffer_io;
	bio->private = bh;
	if (rw == WRITE)
		atomic_inc(&nr_writing);
	submit_bio(bio);
}

/* The buffer is locked. Not dirty any more: it is just unlocked. */
static void write_locked_buffer(struct buffer_head *bh)
{
	if (!clear_dirty(bh)) {
		unlock_buffer(bh);
		return;
	}
	prune_writing_list();
	list_add_tail(&bh->b_lru, &writing_list);
	submit_bh(WRITE, bh);
}

void ll_rw_block(int rw, int nr, struct buffer_head *bhs[])
{
	int i;

	for (i = 0; i < nr; i++) {
		struct buffer_head *bh = bhs[i];

		if (rw == READA) {
			if (buffer_uptodate(bh) || !try_lock(bh))
				continue;
		} else {
			lock_buffer(bh);
		}
		if (rw == WRITE)
			write_locked_buffer(bh);
		else if (buffer_uptodate(bh))
			unlock_buffer(bh);
		else
			submit_bh(rw, bh);
	}
}

struct buffer_head *bread(dev_t dev, sector_t block, unsigned int size)
{
	struct buffer_head *bh = getblk(dev, block, size);

	if (buffer_uptodate(bh))
		return bh;
	ll_rw_block(READ, 1, &bh);
	wait_on_buffer(bh);
	if (buffer_uptodate(bh))
		return bh;
	brelse(bh);
	return NULL;
}

void breada(dev_t dev, sector_t block, unsigned int size)
{
	struct buffer_head *bh = getblk(dev, block, size);

	ll_rw_block(READA, 1, &bh);
	brelse(bh);
}

int sync_dirty_buffer(struct buffer_head *bh)
{
	ll_rw_block(WRITE, 1, &bh);
	wait_on_buffer(bh);
	return test_bit(BH_Error, &bh->b_state) ? -EIO : 0;
}

/* ---- write-back ---- */

/*
 * Starts writing up to nr buffers that were dirty at the time `until`. Returns how
 * many it found: fewer than nr means that none is left.
 */
static int write_some_buffers(dev_t dev, unsigned long until, int nr)
{
	struct buffer_head *bh, *batch[WRITE_BATCH];
	int total = 0, n, i;

	do {
		n = 0;
		list_for_each_entry(bh, &dirty_list, b_lru) {
			if (n == WRITE_BATCH || n == nr - total || time_after(bh->b_dirtied, until))
				break;
			if (dev && bh->b_dev != dev)
				continue;
			bh->b_count++;
			batch[n++] = bh;
		}
		ll_rw_block(WRITE, n, batch);
		for (i = 0; i < n; i++)
			brelse(batch[i]);
		total += n;
	} while (n == WRITE_BATCH && total < nr);
	return total;
}

/* Sleeps until no write of the device's buffers is under way. */
static void wait_for_writes(dev_t dev)
{
	struct buffer_head *bh;
	bool again;

	do {
		again = false;
		list_for_each_entry(bh, &writing_list, b_lru) {
			if ((dev && bh->b_dev != dev) || !buffer_locked(bh))
				continue;
			wait_on_buffer(bh);
			again = true;	/* the list may look different now */
			break;
		}
		prune_writing_list();
	} while (again);
}

int sync_buffers(dev_t dev, int wait)
{
	write_some_buffers(dev, jiffies, INT_MAX);
	run_disk_queues();
	if (!wait)
		return 0;
	wait_for_writes(dev);
	return blkdev_flush(dev);
}

void sync_old_buffers(unsigned long age)
{
	write_some_buffers(0, jiffies - age, INT_MAX);
	run_disk_queues();
}

void balance_dirty_buffers(void)
{
	if (nr_dirty_buffers <= dirty_limit)
		return;
	write_some_buffers(0, jiffies, WRITE_BATCH * 4);
	run_disk_queues();
	while ((unsigned long)atomic_read(&nr_writing) > dirty_limit) {
		prune_writing_list();
		if (list_empty(&writing_list))
			break;
		wait_on_buffer(list_first_entry(&writing_list, struct buffer_head, b_lru));
	}
}

/* ---- forgetting ---- */

void bforget(struct buffer_head *bh)
{
	if (!bh)
		return;
	clear_dirty(bh);
	brelse(bh);
	bh->b_referenced = false;
}

void unmap_underlying_metadata(dev_t dev, sector_t block, unsigned int size)
{
	struct buffer_head *bh = get_hash_table(dev, block, size);

	if (!bh)
		return;
	clear_dirty(bh);
	wait_on_buffer(bh);
	brelse(bh);
	if (!bh->b_count && !buffer_locked(bh) && !buffer_dirty(bh))
		free_buffer(bh);
}

/*
 * Frees one unused, clean buffer of the device in this chain; false: there is none. What was
 * dirtied since the caller's sync is somebody's data: it stays.
 */
static bool invalidate_one(struct hlist_head *chain, dev_t dev)
{
	struct hlist_node *n;

	hlist_for_each(n, chain) {
		struct buffer_head *bh = hlist_entry(n, struct buffer_head, b_hash);

		if (bh->b_dev != dev || bh->b_count || buffer_dirty(bh))
			continue;
		wait_on_buffer(bh);
		if (!bh->b_count && !buffer_dirty(bh) && !buffer_locked(bh))
			free_buffer(bh);
		return true;
	}
	return false;
}

void invalidate_buffers(dev_t dev)
{
	unsigned int i;

	for (i = 0; i <= hash_mask; i++)
		while (invalidate_one(&hash_table[i], dev))
			;
	scan_buffer_pages(nr_buffer_pages);
}

/* ---- set-up ---- */

/* One hash chain per 64 KB of memory, between 256 and 16384 of them. */
void __init buffer_init(void)
{
	unsigned int i, order = 0, chains = 256;

	while (chains < 16384 && chains < totalram_pages / 16)
		chains *= 2;
	while ((PAGE_SIZE << order) < chains * sizeof(struct hlist_head))
		order++;
	hash_table = (struct hlist_head *)__get_free_pages(GFP_KERNEL | __GFP_ZERO, order);
	if (!hash_table)
		panic("no memory for the buffer cache");
	hash_mask = chains - 1;
	dirty_limit = max_t(unsigned long, totalram_pages / 4, 64);
	for (i = 0; i < NR_SIZES; i++)
		INIT_LIST_HEAD(&free_list[i]);
	bh_cache = kmem_cache_create("buffer_head", sizeof(struct buffer_head), 0,
				     SLAB_PANIC | SLAB_RECLAIM_ACCOUNT, NULL);
	register_shrinker(&buffer_shrinker);
	blk_dev_init();
}
