/*
 * What finds cached pages: the radix tree, compared with a plain list of what was put in, and
 * the page cache on top of it, with a file that has pages but no disk.
 */
#include <linux/pagemap.h>
#include <linux/radix-tree.h>
#include <linux/slab.h>
#include "selftest.h"

#define ITEMS	300
#define STEPS	5000
#define PAGES	80

struct item {
	unsigned long index;
	bool present;
};

/* Indexes close together and far apart: trees of every height. */
static void __init choose_indexes(struct item *items)
{
	unsigned int i, j;

	for (i = 0; i < ITEMS; i++) {
		items[i].index = selftest_random(~0u) >> selftest_random(32);
		items[i].present = false;
		for (j = 0; j < i; j++)
			if (items[j].index == items[i].index)
				break;
		if (j < i)
			i--;		/* that one is there already */
	}
}

static void __init check_order(struct radix_tree_root *tree, struct item *items)
{
	void *found[16];
	unsigned long from = 0;
	unsigned int i, n, seen = 0, present = 0;

	while ((n = radix_tree_gang_lookup(tree, found, from, ARRAY_SIZE(found)))) {
		for (i = 0; i < n; i++) {
			struct item *item = found[i];

			check(item->index >= from, "items in order");
			from = item->index + 1;
			seen++;
		}
		if (!from)
			break;
	}
	for (i = 0; i < ITEMS; i++)
		present += items[i].present;
	check(seen == present, "%u items, not %u", present, seen);
}

void __init test_radix_tree(void)
{
	struct radix_tree_root tree = RADIX_TREE_INIT(GFP_ATOMIC);
	struct item *items = kmalloc(ITEMS * sizeof(*items), GFP_KERNEL);
	unsigned int i;

	if (!items)
		return;
	choose_indexes(items);
	for (i = 0; i < STEPS; i++) {
		struct item *item = &items[selftest_random(ITEMS)];

		check(radix_tree_lookup(&tree, item->index) == (item->present ? item : NULL),
		      "item %lx to be found as it is", item->index);
		if (item->present)
			check(radix_tree_delete(&tree, item->index) == item, "the item itself");
		else
			check(!radix_tree_insert(&tree, item->index, item), "room for an item");
		item->present = !item->present;
		if (i % 500 == 0)
			check_order(&tree, items);
	}
	for (i = 0; i < ITEMS; i++)
		if (items[i].present) {
			check(radix_tree_insert(&tree, items[i].index, items) == -EEXIST, "EEXIST");
			radix_tree_delete(&tree, items[i].index);
		}
	check(!tree.rnode && !tree.height, "an empty tree without nodes");
	kfree(items);
}

/* ---- page cache ---- */

static struct page *__init insert(struct address_space *mapping, pgoff_t index)
{
	struct page *page = grab_cache_page(mapping, index);

	check(page, "a page for index %lu", (unsigned long)index);
	if (!page)
		return NULL;
	fill_page(page, (u32)index);
	SetPageUptodate(page);
	check(PageLocked(page) && page->mapping == mapping && page->index == index &&
		      page_count(page) == 2,
	      "a locked page with two users");
	unlock_page(page);
	put_page(page);
	return page;
}

void __init test_page_cache(void)
{
	static const struct address_space_operations no_ops;
	struct address_space mapping = {
		.page_tree = RADIX_TREE_INIT(GFP_ATOMIC), .a_ops = &no_ops,
	};
	unsigned long cached = nr_pagecache;
	struct page *page, *found[PAGES];
	unsigned int i, n;

	INIT_LIST_HEAD(&mapping.i_mmap);
	for (i = 0; i < PAGES; i++)
		insert(&mapping, i * i);
	check(mapping.nrpages == PAGES && nr_pagecache == cached + PAGES,
	      "%u pages, not %lu", PAGES, mapping.nrpages);
	for (i = 0; i < PAGES; i++) {
		page = find_get_page(&mapping, i * i);
		check(page && page->index == i * i && same_page(page, i * i), "page %u", i * i);
		if (page)
			put_page(page);
	}
	check(!find_get_page(&mapping, 2), "no page 2");
	n = find_get_pages(&mapping, 50, PAGES, found);
	check(n == PAGES - 8 && found[0]->index == 64, "%u pages from 50 on, not %u", PAGES - 8, n);
	while (n > 0)
		put_page(found[--n]);
	page = find_lock_page(&mapping, 49);
	if (page) {
		remove_from_page_cache(page);
		unlock_page(page);
		check(!page->mapping && page_count(page) == 1, "the page to be ours alone");
		put_page(page);
	}
	check(!find_get_page(&mapping, 49), "page 49 gone");
	truncate_inode_pages(&mapping, 0);
	check(!mapping.nrpages && !mapping.page_tree.rnode && nr_pagecache == cached,
	      "no page left, not %lu", mapping.nrpages);
}
