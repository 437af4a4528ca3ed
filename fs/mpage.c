/*
 * Pages and blocks: the page cache's side of a file system on a block device.
 *
 * A page of 4096 bytes lies in up to eight blocks that may be anywhere on the
 * disk. The file system's get_block() says where each one is, and how many of its neighbours follow
 * it there; these go to the disk as one bio, of as many pages as are read at once. A page
 * is unlocked, or its writeback ended, by the interrupt that finishes the last of its
 * bios. An error is every page's of a bio: who wants one of them after all reads it
 * alone. page->private keeps the books:
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

#define IO_ONE		0x100UL

/*
 * What is being transferred: pages that follow one another in a file. `known` is where the file's
 * blocks from `next` on are, as far as get_block() has told. The bio is for what it has told: since
 * it may be one of the reserve, nobody sleeps who holds it, and it goes before the next
 * get_block().
 */
struct transfer {
	struct inode *inode;
	get_block_t get_block;
	int rw;
	void (*end_io)(struct bio *bio, int error);
	unsigned int blkbits;
	sector_t end;			/* the first block behind the pages */
	sector_t next;
	struct place known;
	struct bio *bio;		/* not submitted yet, or NULL */
};

static inline unsigned int block_bits(const struct inode *inode)
{
	return fls(inode->i_sb->s_blocksize) - 1;
}

/* The number in its file of the first block of a page. */
static inline sector_t first_block(const struct page *page, unsigned int blkbits)
{
	return (sector_t)page->index << (PAGE_SHIFT - blkbits);
}

/* ---- counting bios ---- */

/* Blocks by a mask have a place on the disk; `io` is IO_ONE when the page is in one bio more. */
static void add_io(struct page *page, unsigned long known, unsigned long io)
{
	unsigned long flags;

	local_irq_save(flags);
	page->private = (page->private | known) + io;
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
	unsigned int i, nr = bio_pages(bio);

	for (i = 0; i < nr; i++) {
		if (error)
			SetPageError(bio->pages[i]);
		finish_read(bio->pages[i]);
	}
	bio_free(bio);
}

static void end_write(struct bio *bio, int error)
{
	unsigned int i, nr = bio_pages(bio);

	for (i = 0; i < nr; i++) {
		if (error)
			bio->pages[i]->mapping->error = error;
		finish_write(bio->pages[i]);
	}
	bio_free(bio);
}

/* ---- from blocks to bios ---- */

static void begin_transfer(struct transfer *t, int rw, struct page **pages, unsigned int nr,
			   get_block_t get_block)
{
	t->inode = pages[0]->mapping->host;
	t->get_block = get_block;
	t->rw = rw;
	t->end_io = rw == READ ? end_read : end_write;
	t->blkbits = block_bits(t->inode);
	t->end = first_block(pages[0], t->blkbits) + (nr << (PAGE_SHIFT - t->blkbits));
	t->next = t->known.nr = 0;
	t->bio = NULL;
}

static void submit(struct transfer *t)
{
	if (t->bio)
		submit_bio(t->bio);
	t->bio = NULL;
}

static void start_bio(struct transfer *t, sector_t sector, struct page *page, unsigned int offset,
		      unsigned int len)
{
	struct bio *bio = bio_alloc(GFP_NOIO);

	bio->dev = t->inode->i_dev;
	bio->sector = sector;
	bio->rw = t->rw;
	bio->pages[0] = page;
	bio->offset = offset;
	bio->len = len;
	bio->end_io = t->end_io;
	t->bio = bio;
}

/* Blocks of a page, from n on, lie at that place: they join the bio, or begin the next one. */
static void add_blocks(struct transfer *t, struct page *page, unsigned int n,
		       const struct place *place)
{
	sector_t sector = place->block << (t->blkbits - SECTOR_SHIFT);
	unsigned int offset = n << t->blkbits, len = place->nr << t->blkbits;
	bool joined = t->bio && bio_append(t->bio, sector, page, offset, len);

	if (!joined) {
		submit(t);
		start_bio(t, sector, page, offset, len);
	}
	/* Does the bio have the page already, up to here? */
	add_io(page, ((1UL << place->nr) - 1) << n, joined && offset ? 0 : IO_ONE);
}

/* The place of a block of the file and of those behind it, at most max. 0 or -ERRNO. */
static int find_place(struct transfer *t, sector_t block, unsigned int max, struct place *place)
{
	struct place *known = &t->known;
	int err;

	if (block != t->next || !known->nr) {
		submit(t);
		err = t->get_block(t->inode, block, t->end - block, t->rw == WRITE, known);
		if (err) {
			known->nr = 0;
			return err;
		}
	}
	*place = *known;
	place->nr = min(known->nr, max);
	known->block += place->nr;
	known->nr -= place->nr;
	t->next = block + place->nr;
	return 0;
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

/* ---- read ---- */

static int read_page(struct transfer *t, struct page *page)
{
	unsigned int n, in_file = blocks_in_file(t->inode, page);
	struct place place;
	int err = 0;

	ClearPageError(page);
	add_io(page, 0, IO_ONE);
	for (n = 0; n < in_file; n += place.nr) {
		err = find_place(t, first_block(page, t->blkbits) + n, in_file - n, &place);
		if (err) {
			SetPageError(page);
			break;
		}
		if (place.block)
			add_blocks(t, page, n, &place);
		else
			zero_user(page, n << t->blkbits, (n + 1) << t->blkbits);
	}
	clear_behind(page, in_file << t->blkbits);
	finish_read(page);
	return err;
}

int block_read_pages(struct page **pages, unsigned int nr, get_block_t get_block)
{
	struct transfer t;
	unsigned int i;
	int err = 0, ret;

	begin_transfer(&t, READ, pages, nr, get_block);
	for (i = 0; i < nr; i++) {
		ret = read_page(&t, pages[i]);
		if (ret)
			err = ret;
	}
	submit(&t);
	return err;
}

/* ---- write ---- */

/* Called with the page locked; unlocks it. */
int block_write_full_page(struct page *page, get_block_t get_block)
{
	struct inode *inode = page->mapping->host;
	unsigned int n, in_file = blocks_in_file(inode, page);
	unsigned int tail = inode->i_size & (PAGE_SIZE - 1);
	struct transfer t;
	struct place place;
	int err = 0;

	begin_transfer(&t, WRITE, &page, 1, get_block);
	wait_on_page_writeback(page);
	if (tail && (inode->i_size >> PAGE_SHIFT) == page->index)
		zero_user(page, tail, PAGE_SIZE);	/* a mapping can write there */
	set_page_writeback(page);
	add_io(page, 0, IO_ONE);
	for (n = 0; n < in_file; n += place.nr) {
		err = find_place(&t, first_block(page, t.blkbits) + n, in_file - n, &place);
		if (err)
			break;
		if (place.fresh)
			unmap_underlying_metadata(inode->i_dev, place.block, 1U << t.blkbits);
		add_blocks(&t, page, n, &place);
	}
	submit(&t);
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
