/*
 * Swap I/O: a page of the swap cache to its slot and back, as one bio straight to the device.
 *
 * The buffer cache has no part in it: what is swapped out shall leave memory, not move within it.
 * 0.12's read_swap_page() and write_swap_page() went to the disk in the same way, but waited.
 */
#include <linux/swap_area.h>
#include <linux/blkdev.h>
#include <linux/pagemap.h>

/* Where a slot lies. Extents are sorted, and cover every slot that was given out. */
static sector_t slot_sector(const struct swap_area *area, unsigned long slot)
{
	unsigned int low = 0, high = area->nr_extents - 1;

	while (low < high) {
		unsigned int middle = (low + high + 1) / 2;

		if (area->extents[middle].slot <= slot)
			low = middle;
		else
			high = middle - 1;
	}
	return area->extents[low].sector +
	       (sector_t)(slot - area->extents[low].slot) * (PAGE_SIZE >> SECTOR_SHIFT);
}

static void submit_swap_bio(struct page *page, int rw, void (*end_io)(struct bio *, int))
{
	swp_entry_t entry = page_swap_entry(page);
	struct swap_area *area = &swap_areas[SWP_TYPE(entry)];
	struct bio *bio = bio_alloc(GFP_NOIO);

	bio->dev = area->dev;
	bio->sector = slot_sector(area, SWP_OFFSET(entry));
	bio->rw = rw;
	bio->pages[0] = page;
	bio->offset = 0;
	bio->len = PAGE_SIZE;
	bio->end_io = end_io;
	submit_bio(bio);
}

static void io_error(const struct page *page, const char *what)
{
	printk_ratelimited(KERN_ERR "swap: cannot %s slot %lu of area %lu\n", what,
			   SWP_OFFSET(page_swap_entry(page)), SWP_TYPE(page_swap_entry(page)));
}

static void end_swap_read(struct bio *bio, int error)
{
	struct page *page = bio->pages[0];

	if (error)
		io_error(page, "read");
	else
		SetPageUptodate(page);
	bio_free(bio);
	unlock_page(page);
}

void swap_readpage(struct page *page)
{
	vm_events.pswpin++;
	submit_swap_bio(page, READ, end_swap_read);
}

/* What could not be written exists only in memory, so there it stays; PG_error tells why. */
static void end_swap_write(struct bio *bio, int error)
{
	struct page *page = bio->pages[0];

	if (error) {
		io_error(page, "write");
		SetPageError(page);
		SetPageDirty(page);
	}
	bio_free(bio);
	end_page_writeback(page);
}

int swap_writepage(struct page *page)
{
	if (swap_count(page_swap_entry(page)) == 1 && !page->mapcount) {
		delete_from_swap_cache(page);
		unlock_page(page);
		return 0;
	}
	if (PageError(page)) {
		SetPageDirty(page);
		unlock_page(page);
		return 0;
	}
	set_page_writeback(page);
	unlock_page(page);
	vm_events.pswpout++;
	submit_swap_bio(page, WRITE, end_swap_write);
	return 0;
}
