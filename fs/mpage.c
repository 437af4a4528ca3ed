/*
 * Pages and blocks: the page cache's side of a file system on a block device.
 *
 * A page of 4096 bytes lies in up to eight blocks that may be anywhere on the
 * disk. The file system's get_block() says where each one is; runs of neighbours go to the
 * disk as one bio. The page is unlocked, or its writeback ended, by the interrupt
 * that finishes the last of its bios. page->private keeps the books:
 *
 *	 31           8 7            0
 *	+--------------+--------------+
 *	| bios + guard |  known       |  known, bit n: block n of the page has a place on disk,
 *	+--------------+--------------+  so a write to it need not ask again
 *
 * The guard is one count held while bios are being submitted, so that the
 * page cannot finish before all its bios have been counted.
 */
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/pagemap.h>

#define KNOWN_MASK	0xffUL
#define IO_ONE		0x100UL

/* What is being transferred: one run of blocks of a page that lie side by side on the disk. */
struct run {
	struct page *page;
	int rw;
	void (*end_io)(struct bio *bio, int error);
	dev_t dev;
	unsigned int blkbits;
	sector_t block;			/* of the disk */
	unsigned int first, nr;		/* blocks of the page; nr 0: no run */
};

static inline unsigned int block_bits(const struct inode *inode)
{
	return fls(inode->i_sb->s_blocksize) - 1;
}

/* ---- counting bios ---- */

static void add_io(struct page *page)
{
	unsigned long flags;

	local_irq_save(flags);
	page->private += IO_ONE;
	local_irq_restore(flags);
}

/* True when this was the last one. */
static bool drop_io(struct page *page)
{
	unsigned long flags;
	bool last;

	local_irq_save(flags);
	page->private -= IO_ONE;
	last = page->private < IO_ONE;
	local_irq_restore(flags);
	return last;
}

static void finish_read(struct page *page)
{
	if (!drop_io(page))
		return;
	if (!PageError(page))
		SetPageUptodate(page);
	unlock_page(page);
}

static void finish_write(struct page *page)
{
	if (drop_io(page))
		end_page_writeback(page);
}

static void end_read(struct bio *bio, int error)
{
	struct page *page = bio->page;

	if (error)
		SetPageError(page);
	bio_free(bio);
	finish_read(page);
}

static void end_write(struct bio *bio, int error)
{
	struct page *page = bio->page;

	if (error)
		page->mapping->error = error;
	bio_free(bio);
	finish_write(page);
}

static void submit_run(struct run *run)
{
	struct bio *bio;

	if (!run->nr)
		return;
	bio = bio_alloc(GFP_NOIO);
	bio->dev = run->dev;
	bio->sector = run->block << (run->blkbits - SECTOR_SHIFT);
	bio->rw = run->rw;
	bio->page = run->page;
	bio->offset = run->first << run->blkbits;
	bio->len = run->nr << run->blkbits;
	bio->end_io = run->end_io;
	bio->private = NULL;
	run->nr = 0;
	add_io(run->page);
	submit_bio(bio);
}

/* Where blocks of the page, from n on, lie is known: they join the run, or begin the next one. */
static void add_to_run(struct run *run, unsigned int n, const struct place *place)
{
	unsigned int i;

	for (i = 0; i < place->nr; i++)
		set_bit(n + i, &run->page->private);
	if (run->nr && run->first + run->nr == n && run->block + run->nr == place->block) {
		run->nr += place->nr;
		return;
	}
	submit_run(run);
	run->first = n;
	run->block = place->block;
	run->nr = place->nr;
}

/* Blocks of this page that lie before the end of the file. */
static unsigned int blocks_in_file(const struct inode *inode, const struct page *page)
{
	unsigned int blkbits = block_bits(inode);
	loff_t left = inode->i_size - ((loff_t)page->index << PAGE_SHIFT);

	if (left <= 0)
		return 0;
	if (left >= (loff_t)PAGE_SIZE)
		return PAGE_SIZE >> blkbits;
	return ((unsigned int)left + (1U << blkbits) - 1) >> blkbits;
}

/* The rest of a page, which no block of the file fills. */
static void clear_behind(struct page *page, unsigned int from)
{
	if (from < PAGE_SIZE)
		zero_user(page, from, PAGE_SIZE);
}

static inline sector_t first_block(const struct page *page, unsigned int blkbits)
{
	return (sector_t)page->index << (PAGE_SHIFT - blkbits);
}

/* ---- read ---- */

int block_read_full_page(struct page *page, get_block_t get_block)
{
	struct inode *inode = page->mapping->host;
	unsigned int blkbits = block_bits(inode);
	unsigned int n, in_file = blocks_in_file(inode, page);
	struct run run = {
		.page = page, .rw = READ, .end_io = end_read,
		.dev = inode->i_dev, .blkbits = blkbits,
	};
	struct place place;
	int err = 0;

	ClearPageError(page);
	add_io(page);
	for (n = 0; n < in_file; n += place.nr) {
		err = get_block(inode, first_block(page, blkbits) + n, in_file - n, false, &place);
		if (err) {
			SetPageError(page);
			break;
		}
		if (place.block)
			add_to_run(&run, n, &place);
		else
			zero_user(page, n << blkbits, (n + 1) << blkbits);
	}
	submit_run(&run);
	clear_behind(page, in_file << blkbits);
	finish_read(page);
	return err;
}

/* ---- write ---- */

/* Called with the page locked; unlocks it. */
int block_write_full_page(struct page *page, get_block_t get_block)
{
	struct inode *inode = page->mapping->host;
	unsigned int blkbits = block_bits(inode);
	unsigned int n, in_file = blocks_in_file(inode, page);
	unsigned int tail = inode->i_size & (PAGE_SIZE - 1);
	struct run run = {
		.page = page, .rw = WRITE, .end_io = end_write,
		.dev = inode->i_dev, .blkbits = blkbits,
	};
	struct place place;
	int err = 0;

	wait_on_page_writeback(page);
	if (tail && (inode->i_size >> PAGE_SHIFT) == page->index)
		zero_user(page, tail, PAGE_SIZE);	/* a mapping can write there */
	set_page_writeback(page);
	add_io(page);
	for (n = 0; n < in_file; n += place.nr) {
		err = get_block(inode, first_block(page, blkbits) + n, in_file - n, true, &place);
		if (err)
			break;
		if (place.fresh)
			unmap_underlying_metadata(inode->i_dev, place.block, 1U << blkbits);
		add_to_run(&run, n, &place);
	}
	submit_run(&run);
	if (err == -EAGAIN)
		set_page_dirty(page);
	else if (err)
		page->mapping->error = err;
	unlock_page(page);
	finish_write(page);
	return err;
}

/* ---- write() into a page ---- */

/* Reads the page while it stays locked: part of it will be overwritten. */
static int read_locked_page(struct inode *inode, struct page *page, get_block_t get_block)
{
	unsigned int blkbits = block_bits(inode);
	unsigned int n, in_file = blocks_in_file(inode, page);
	struct place place;
	int err;

	for (n = 0; n < in_file; n++) {
		err = get_block(inode, first_block(page, blkbits) + n, 1, false, &place);
		if (err)
			return err;
		if (!place.block) {
			zero_user(page, n << blkbits, (n + 1) << blkbits);
			continue;
		}
		set_bit(n, &page->private);
		err = bio_rw_page(READ, inode->i_dev, place.block << (blkbits - SECTOR_SHIFT),
				  page, n << blkbits, 1U << blkbits);
		if (err)
			return err;
	}
	clear_behind(page, in_file << blkbits);
	return 0;
}

/* Makes what lies outside [from, to) valid, so that after the copy all of the page is. */
static int fill_around(struct inode *inode, struct page *page, unsigned int from,
		       unsigned int to, get_block_t get_block)
{
	loff_t left = inode->i_size - ((loff_t)page->index << PAGE_SHIFT);
	int err;

	if (left <= 0 || (from == 0 && to >= left)) {
		if (from)
			zero_user(page, 0, from);
		if (to < PAGE_SIZE)
			zero_user(page, to, PAGE_SIZE);
		return 0;
	}
	err = read_locked_page(inode, page, get_block);
	if (!err)
		SetPageUptodate(page);
	return err;
}

/*
 * Allocation failed half-way. A block that became part of the file must not show what its place
 * on the disk held before.
 */
static void clear_fresh_blocks(struct inode *inode, struct page *page, unsigned int fresh_mask,
			       get_block_t get_block)
{
	unsigned int blkbits = block_bits(inode), n;
	struct place place;

	for (n = 0; n < PAGE_SIZE >> blkbits; n++) {
		if (!(fresh_mask & (1U << n)))
			continue;
		if (get_block(inode, first_block(page, blkbits) + n, 1, false, &place) ||
		    !place.block)
			continue;
		if (!PageUptodate(page))
			zero_user(page, n << blkbits, (n + 1) << blkbits);
		bio_rw_page(WRITE, inode->i_dev, place.block << (blkbits - SECTOR_SHIFT), page,
			    n << blkbits, 1U << blkbits);
	}
}

/* Gives each block of [from, to) that is not known to have one a place on the disk. */
static int allocate_blocks(struct inode *inode, struct page *page, unsigned int from,
			   unsigned int to, get_block_t get_block)
{
	unsigned int blkbits = block_bits(inode), n, fresh_mask = 0;
	struct place place;
	int err;

	for (n = from >> blkbits; n <= (to - 1) >> blkbits; n++) {
		if (page->private & (1UL << n))
			continue;
		err = get_block(inode, first_block(page, blkbits) + n, 1, true, &place);
		if (err) {
			clear_fresh_blocks(inode, page, fresh_mask, get_block);
			return err;
		}
		set_bit(n, &page->private);
		if (place.fresh) {
			fresh_mask |= 1U << n;
			unmap_underlying_metadata(inode->i_dev, place.block, 1U << blkbits);
		}
	}
	return 0;
}

int block_prepare_write(struct page *page, unsigned int from, unsigned int to,
			get_block_t get_block)
{
	struct inode *inode = page->mapping->host;
	int err;

	if (from >= to)
		return 0;
	if (!PageUptodate(page)) {
		if (to - from < PAGE_SIZE) {
			err = fill_around(inode, page, from, to, get_block);
			if (err)
				return err;
		}
	} else if ((inode->i_size >> PAGE_SHIFT) == page->index) {
		/* Between the old end and the new data a mapping may have left something. */
		unsigned int end = inode->i_size & (PAGE_SIZE - 1);

		if (end < from)
			zero_user(page, end, from);
	}
	return allocate_blocks(inode, page, from, to, get_block);
}

int block_commit_write(struct page *page, unsigned int from, unsigned int to)
{
	struct inode *inode = page->mapping->host;
	loff_t end = ((loff_t)page->index << PAGE_SHIFT) + to;

	if (!PageUptodate(page))
		SetPageUptodate(page);
	if (!PageDirty(page))
		set_page_dirty(page);
	if (to > from && end > inode->i_size) {
		inode->i_size = end;
		mark_inode_dirty(inode);
	}
	return 0;
}

/* ---- truncate ---- */

void block_truncate_page(struct inode *inode)
{
	struct address_space *mapping = inode->i_mapping;
	unsigned int offset = inode->i_size & (PAGE_SIZE - 1);
	unsigned int blkbits = block_bits(inode), keep;
	struct page *page;

	if (!offset)
		return;
	page = read_cache_page(mapping, inode->i_size >> PAGE_SHIFT, NULL);
	if (IS_ERR(page))
		return;			/* cannot be read now, so not later either */
	lock_page(page);
	if (page->mapping == mapping) {
		wait_on_page_writeback(page);
		zero_user(page, offset, PAGE_SIZE);
		keep = (offset + (1U << blkbits) - 1) >> blkbits;
		page->private &= (1UL << keep) - 1;
		if (page->private & (1UL << (keep - 1)))
			set_page_dirty(page);
	}
	unlock_page(page);
	put_page(page);
}
