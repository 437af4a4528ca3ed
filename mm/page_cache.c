/*
 * The page cache: which frame holds which page of which file.
 *
 * Two structures lead to a cached page. Its file's radix tree finds it by index; the list of
 * all cached pages (clock.c) finds those to give back. PG_locked is a
 * sleeping lock in one bit: since few pages are ever waited for, all of them share a small table
 * of wait queues. The disk's interrupt unlocks pages and ends writeback, so those two mask
 * interrupts where they count; trees and lists are touched by tasks alone.
 *
 * 0.12 kept file data in the buffer cache, and shared program pages by comparing inodes; here
 * read(), write() and mmap() all meet in the same frame.
 */
#include <linux/pagemap.h>
#include <linux/rmap.h>
#include <linux/blkdev.h>
#include <linux/slab.h>
#include <linux/swap.h>
#include <linux/timer.h>

unsigned long nr_pagecache;
unsigned long nr_dirty_pages;
unsigned long nr_writeback_pages;

static DECLARE_WAIT_QUEUE_HEAD(any_writeback);	/* reclaim: for whatever ends first */

/* ---- nodes of the trees ---- */

/*
 * An insertion must not sleep half-way, or others would see a tree under repair. So nodes
 * are allocated without sleeping, and this reserve, filled before, covers the longest
 * path there can be: a tree that grows from empty to full height and down again.
 */
#define NODE_RESERVE	12

static struct kmem_cache *node_cache;
static struct radix_tree_node *node_reserve[NODE_RESERVE];
static unsigned int nr_node_reserve;

struct radix_tree_node *radix_tree_node_alloc(gfp_t gfp)
{
	struct radix_tree_node *node = kmem_cache_zalloc(node_cache, gfp);

	if (!node && nr_node_reserve)
		node = node_reserve[--nr_node_reserve];
	return node;
}

void radix_tree_node_free(struct radix_tree_node *node)
{
	kmem_cache_free(node_cache, node);
}

int radix_tree_preload(gfp_t gfp)
{
	while (unlikely(nr_node_reserve < NODE_RESERVE)) {
		struct radix_tree_node *node = kmem_cache_zalloc(node_cache, gfp);

		if (!node)
			return -ENOMEM;
		if (nr_node_reserve < NODE_RESERVE)
			node_reserve[nr_node_reserve++] = node;
		else
			kmem_cache_free(node_cache, node);
	}
	return 0;
}

/* ---- locked, writeback: waiting for a bit ---- */

#define PAGE_WAIT_BITS	6
static wait_queue_head_t page_wait[1 << PAGE_WAIT_BITS];

static inline wait_queue_head_t *page_waitqueue(const struct page *page)
{
	unsigned long pfn = page_to_pfn(page);

	return &page_wait[(pfn ^ (pfn >> PAGE_WAIT_BITS)) & ((1 << PAGE_WAIT_BITS) - 1)];
}

static void wait_on_page_bit(struct page *page, int bit)
{
	wait_queue_head_t *queue = page_waitqueue(page);
	DECLARE_WAITQUEUE(wait, current);

	run_disk_queues();
	add_wait_queue(queue, &wait);
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (!test_bit(bit, &page->flags))
			break;
		schedule();
	}
	set_current_state(TASK_RUNNING);
	remove_wait_queue(queue, &wait);
}

void __lock_page(struct page *page)
{
	do
		wait_on_page_bit(page, PG_locked);
	while (!trylock_page(page));
}

void __wake_page(struct page *page)
{
	wait_queue_head_t *queue = page_waitqueue(page);

	if (waitqueue_active(queue))
		wake_up_all(queue);
}

void unlock_page(struct page *page)
{
	clear_bit(PG_locked, &page->flags);
	__wake_page(page);
}

void wait_on_page_locked(struct page *page)
{
	if (PageLocked(page))
		wait_on_page_bit(page, PG_locked);
}

void wait_on_page_writeback(struct page *page)
{
	if (PageWriteback(page))
		wait_on_page_bit(page, PG_writeback);
}

void set_page_writeback(struct page *page)
{
	unsigned long flags;

	local_irq_save(flags);
	SetPageWriteback(page);
	nr_writeback_pages++;
	local_irq_restore(flags);
}

void end_page_writeback(struct page *page)
{
	unsigned long flags;

	local_irq_save(flags);
	ClearPageWriteback(page);
	nr_writeback_pages--;
	local_irq_restore(flags);
	__wake_page(page);
	if (waitqueue_active(&any_writeback))
		wake_up_all(&any_writeback);
}

void wait_for_any_writeback(long timeout)
{
	DECLARE_WAITQUEUE(wait, current);

	run_disk_queues();
	add_wait_queue(&any_writeback, &wait);
	set_current_state(TASK_UNINTERRUPTIBLE);
	if (nr_writeback_pages)
		schedule_timeout(timeout);
	set_current_state(TASK_RUNNING);
	remove_wait_queue(&any_writeback, &wait);
}

/* ---- dirty ---- */

void set_page_dirty(struct page *page)
{
	struct address_space *mapping = page->mapping;
	struct inode *inode;

	if (PageDirty(page))
		return;
	if (!mapping) {			/* truncated: no one will write it any more */
		SetPageDirty(page);
		return;
	}
	if (mapping->a_ops && mapping->a_ops->set_page_dirty) {
		mapping->a_ops->set_page_dirty(page);
		return;
	}
	SetPageDirty(page);
	nr_dirty_pages++;
	if (mapping->nrdirty++ == 0)
		mapping->dirtied_when = jiffies;
	inode = mapping->host;
	if (inode && inode->i_sb)
		mark_inode_dirty_pages(inode);
}

void clear_page_dirty(struct page *page)
{
	struct address_space *mapping = page->mapping;

	if (!PageDirty(page))
		return;
	ClearPageDirty(page);
	if (mapping && !(mapping->a_ops && mapping->a_ops->set_page_dirty)) {
		mapping->nrdirty--;
		nr_dirty_pages--;
	}
}

bool clear_page_dirty_for_io(struct page *page)
{
	bool dirty = PageDirty(page);

	clear_page_dirty(page);
	if (page->mapcount && page->mapping && page_mkclean(page))
		dirty = true;
	return dirty;
}

/* ---- the cache ---- */

struct page *find_get_page(struct address_space *mapping, pgoff_t index)
{
	struct page *page = radix_tree_lookup(&mapping->page_tree, index);

	if (page)
		get_page(page);
	return page;
}

struct page *find_lock_page(struct address_space *mapping, pgoff_t index)
{
	struct page *page;

	while ((page = find_get_page(mapping, index)) != NULL) {
		lock_page(page);
		if (likely(page->mapping == mapping))
			break;
		unlock_page(page);
		put_page(page);
	}
	return page;
}

unsigned int find_get_pages(struct address_space *mapping, pgoff_t start, unsigned int nr,
			    struct page **pages)
{
	unsigned int i, found;

	found = radix_tree_gang_lookup(&mapping->page_tree, (void **)pages, start, nr);
	for (i = 0; i < found; i++)
		get_page(pages[i]);
	return found;
}

/* The page has a slot in the tree. */
static inline void enter_page(struct page *page, struct address_space *mapping, pgoff_t index)
{
	get_page(page);
	page->mapping = mapping;
	page->index = index;
	page->private = 0;
	mapping->nrpages++;
	nr_pagecache++;
	lru_cache_add(page);
}

int __add_to_page_cache(struct page *page, struct address_space *mapping, pgoff_t index)
{
	int err = radix_tree_insert(&mapping->page_tree, index, page);

	if (!err)
		enter_page(page, mapping, index);
	return err;
}

int add_to_page_cache(struct page *page, struct address_space *mapping, pgoff_t index)
{
	int err = radix_tree_preload(GFP_NOFS);

	if (!err)
		err = __add_to_page_cache(page, mapping, index);
	if (!err)
		SetPageLocked(page);
	return err;
}

unsigned int add_pages_to_cache(struct page **pages, unsigned int nr,
				struct address_space *mapping, pgoff_t index)
{
	unsigned int added, i;

	if (radix_tree_preload(GFP_NOFS))
		return 0;
	added = radix_tree_insert_run(&mapping->page_tree, index, (void **)pages, nr);
	for (i = 0; i < added; i++) {
		enter_page(pages[i], mapping, index + i);
		SetPageLocked(pages[i]);
	}
	return added;
}

void remove_from_page_cache(struct page *page)
{
	struct address_space *mapping = page->mapping;

	clear_page_dirty(page);
	radix_tree_delete(&mapping->page_tree, page->index);
	page->mapping = NULL;
	page->private = 0;
	mapping->nrpages--;
	nr_pagecache--;
	lru_cache_del(page);
	put_page(page);
}

/* A fresh page in the cache, locked; or ERR_PTR: -ENOMEM, -EEXIST (another task was faster). */
static struct page *add_new_page(struct address_space *mapping, pgoff_t index)
{
	struct page *page = alloc_page(GFP_HIGHUSER);
	int err;

	if (!page)
		return ERR_PTR(-ENOMEM);
	err = add_to_page_cache(page, mapping, index);
	if (!err)
		return page;
	put_page(page);
	return ERR_PTR(err);
}

struct page *find_or_create_page(struct address_space *mapping, pgoff_t index)
{
	struct page *page;

	for (;;) {
		page = find_get_page(mapping, index);
		if (page)
			return page;
		page = add_new_page(mapping, index);
		if (!IS_ERR(page)) {
			unlock_page(page);
			return page;
		}
		if (PTR_ERR(page) != -EEXIST)
			return NULL;
	}
}

struct page *grab_cache_page(struct address_space *mapping, pgoff_t index)
{
	struct page *page;

	for (;;) {
		page = find_lock_page(mapping, index);
		if (page)
			return page;
		page = add_new_page(mapping, index);
		if (!IS_ERR(page))
			return page;
		if (PTR_ERR(page) != -EEXIST)
			return NULL;
	}
}

struct page *read_cache_page(struct address_space *mapping, pgoff_t index, struct file *file)
{
	struct page *page;
	int err;

	for (;;) {
		page = find_or_create_page(mapping, index);
		if (!page)
			return ERR_PTR(-ENOMEM);
		mark_page_accessed(page);
		if (PageUptodate(page))
			return page;
		err = filemap_read_page(mapping, page, file);
		if (!err)
			return page;
		put_page(page);
		if (err != -EAGAIN)
			return ERR_PTR(err);
	}
}

void page_cache_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(page_wait); i++)
		init_waitqueue_head(&page_wait[i]);
	node_cache = kmem_cache_create("radix_tree_node", sizeof(struct radix_tree_node), 0,
				       SLAB_PANIC, NULL);
}
