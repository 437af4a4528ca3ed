/*
 * Taking pages of a file out of the cache: all behind a new end (truncate, the death of an inode),
 * or those that nobody needs (invalidate).
 *
 * truncate's order, which the rest of the cache relies on:
 *
 *	i_size shrinks			no one brings in pages behind it any more
 *	unmap_mapping_range()		no one sees them in memory
 *	truncate_inode_pages()		waits for I/O on each, then removes it
 *	i_op->truncate()		frees their blocks: nothing can be under way to them
 */
#include <linux/pagemap.h>

#define BATCH	16

static void truncate_page(struct address_space *mapping, struct page *page)
{
	lock_page(page);
	wait_on_page_writeback(page);
	if (page->mapping == mapping) {
		ClearPageUptodate(page);
		remove_from_page_cache(page);
	}
	unlock_page(page);
}

static void truncate_partial_page(struct address_space *mapping, pgoff_t index,
				  unsigned int offset)
{
	struct page *page = find_lock_page(mapping, index);

	if (!page)
		return;
	wait_on_page_writeback(page);
	if (PageUptodate(page))
		zero_user(page, offset, PAGE_SIZE);
	unlock_page(page);
	put_page(page);
}

void truncate_inode_pages(struct address_space *mapping, loff_t from)
{
	pgoff_t index = (from + PAGE_SIZE - 1) >> PAGE_SHIFT;
	unsigned int offset = from & (PAGE_SIZE - 1);
	struct page *pages[BATCH];
	unsigned int i, nr;

	if (offset)
		truncate_partial_page(mapping, index - 1, offset);
	while (mapping->nrpages) {
		nr = find_get_pages(mapping, index, BATCH, pages);
		if (!nr)
			break;
		for (i = 0; i < nr; i++) {
			truncate_page(mapping, pages[i]);
			put_page(pages[i]);
		}
	}
}

void invalidate_inode_pages(struct address_space *mapping)
{
	struct page *pages[BATCH];
	pgoff_t next = 0;
	unsigned int i, nr;

	while ((nr = find_get_pages(mapping, next, BATCH, pages)) != 0) {
		for (i = 0; i < nr; i++) {
			struct page *page = pages[i];

			next = page->index + 1;
			/* The cache's reference and ours. */
			if (page_count(page) == 2 && !PageDirty(page) && !PageWriteback(page) &&
			    page->mapcount == 0 && trylock_page(page)) {
				if (page->mapping == mapping)
					remove_from_page_cache(page);
				unlock_page(page);
			}
			put_page(page);
		}
		if (next == 0)
			break;
	}
}
