/*
 * The swap cache: pages that have both a frame and a slot.
 *
 * It is where a page waits while it is written out, so that a fault meanwhile gets the frame back
 * and not an old copy from the disk; where the first of several owners puts what it reads in, so
 * that the others find the same frame; and where a page that was read and not changed keeps its
 * slot, so that it can go again without being written.
 *
 * The generic page cache does the work. Its index is (type, slot): neighbours on the disk
 * are neighbours in the tree.
 */
#include <linux/swap_area.h>
#include <linux/pagemap.h>

#define SWAP_OFFSET_BITS	24
#define READ_AROUND		8UL	/* slots: what is read at once, aligned to that */

static pgoff_t swap_index(swp_entry_t entry)
{
	return ((pgoff_t)SWP_TYPE(entry) << SWAP_OFFSET_BITS) | SWP_OFFSET(entry);
}

/* The mark alone: swap's pages are not written back by age, only when memory is short. */
static int swap_set_page_dirty(struct page *page)
{
	SetPageDirty(page);
	return 0;
}

static const struct address_space_operations swap_aops = {
	.writepage = swap_writepage,
	.set_page_dirty = swap_set_page_dirty,
};

struct address_space swapper_space = {
	.page_tree = RADIX_TREE_INIT(__GFP_NOWARN),
	.a_ops = &swap_aops,
	.i_mmap = LIST_HEAD_INIT(swapper_space.i_mmap),
};

/* Takes over the caller's count of the slot, unless it fails. Never sleeps. */
static int insert_page(struct page *page, swp_entry_t entry)
{
	int err = __add_to_page_cache(page, &swapper_space, swap_index(entry));

	if (err)
		return err;
	page->private = entry.val;
	SetPageSwapCache(page);
	return 0;
}

int add_to_swap_cache(struct page *page, swp_entry_t entry)
{
	int err;

	radix_tree_preload(GFP_ATOMIC | __GFP_NOWARN);	/* if it fails what is there may do */
	err = insert_page(page, entry);
	if (err)
		return err;
	SetPageUptodate(page);
	SetPageDirty(page);
	return 0;
}

void delete_from_swap_cache(struct page *page)
{
	swp_entry_t entry = page_swap_entry(page);

	if (unlikely(PageError(page))) {
		ClearPageError(page);
		swap_mark_bad(entry);
	}
	ClearPageSwapCache(page);
	remove_from_page_cache(page);
	swap_free(entry);
}

struct page *lookup_swap_cache(swp_entry_t entry)
{
	return find_get_page(&swapper_space, swap_index(entry));
}

/* ---- reading in ---- */

/* The page of one slot, referenced; its read has been started. NULL: no memory, or not in use. */
static struct page *read_slot(swp_entry_t entry, gfp_t gfp)
{
	struct page *page = lookup_swap_cache(entry), *fresh;

	if (page || !swap_count(entry))
		return page;
	fresh = alloc_page(gfp);
	if (!fresh)
		return NULL;
	if (radix_tree_preload(gfp & ~__GFP_HIGHMEM)) {
		put_page(fresh);
		return NULL;
	}
	/* Both may have slept, and the slot may have been given up or read by another. */
	page = lookup_swap_cache(entry);
	if (page || !swap_count(entry) || swap_duplicate(entry)) {
		put_page(fresh);
		return page;
	}
	SetPageLocked(fresh);
	if (insert_page(fresh, entry)) {
		swap_free(entry);
		unlock_page(fresh);
		put_page(fresh);
		return NULL;
	}
	swap_readpage(fresh);
	return fresh;
}

/* Starts reading the slots around this one, as far as there is memory without reclaim. */
static void read_around(swp_entry_t entry)
{
	unsigned long slot = SWP_OFFSET(entry) & ~(READ_AROUND - 1), end = slot + READ_AROUND;

	for (; slot < end; slot++) {
		swp_entry_t other = SWP_ENTRY(SWP_TYPE(entry), slot);
		struct page *page;

		if (slot == SWP_OFFSET(entry) || !swap_count(other))
			continue;
		page = read_slot(other, __GFP_HIGHMEM | __GFP_NOWARN);
		if (page)
			put_page(page);
	}
}

struct page *swapin(swp_entry_t entry, gfp_t gfp)
{
	struct page *page = lookup_swap_cache(entry);

	if (page)
		return page;
	page = read_slot(entry, gfp);
	if (page)
		read_around(entry);
	return page;
}

struct page *swapin_readahead(swp_entry_t entry)
{
	return swapin(entry, GFP_HIGHUSER);
}

/* ---- giving up slots ---- */

void free_unused_swap_page(struct page *page)
{
	if (PageSwapCache(page) && !page->mapcount && !PageWriteback(page) &&
	    swap_count(page_swap_entry(page)) == 1 && trylock_page(page)) {
		delete_from_swap_cache(page);
		unlock_page(page);
	}
}

void free_swap_and_cache(swp_entry_t entry)
{
	struct page *page;

	swap_free(entry);
	if (swap_count(entry) != 1)
		return;
	page = lookup_swap_cache(entry);
	if (page) {
		free_unused_swap_page(page);
		put_page(page);
	}
}

bool can_share_swap_page(struct page *page)
{
	if (page->mapcount != 1)
		return false;
	if (!PageSwapCache(page))
		return true;
	if (PageWriteback(page) || swap_count(page_swap_entry(page)) != 1)
		return false;
	delete_from_swap_cache(page);
	return true;
}
