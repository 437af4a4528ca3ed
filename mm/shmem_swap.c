/*
 * Shared memory in swap: how a page goes from its file to the swap cache and back.
 *
 *	page_tree  --shmem_writepage()-->  info->swap: index -> entry
 *	           <---- shmem_swap_in() -- (the page, while it has a frame, in the swap cache)
 *
 * The slot is counted twice as long as both hold it, once for the file and once for the swap cache.
 * Whoever moves a page holds its lock, and has nodes for the trees in reserve before he begins, so
 * that from the first change to the last nothing sleeps and nothing fails.
 */
#include <linux/highmem.h>
#include <linux/pagemap.h>
#include <linux/swap.h>
#include "shmem.h"

static LIST_HEAD(swap_list);	/* shmem_inode_info with pages in swap */

static void remove_entry(struct shmem_inode_info *info, pgoff_t index)
{
	radix_tree_delete(&info->swap, index);
	if (--info->swapped == 0)
		list_del_init(&info->swap_list);
}

/* Notes the entry in the file, which then has a count of the slot, too. 0 or -ENOMEM. */
static int insert_entry(struct shmem_inode_info *info, pgoff_t index, swp_entry_t entry)
{
	int err = radix_tree_preload(GFP_ATOMIC | __GFP_NOWARN);

	if (!err)
		err = swap_duplicate(entry);
	if (err)
		return err;
	err = radix_tree_insert(&info->swap, index, (void *)entry.val);
	if (err) {
		swap_free(entry);
		return err;
	}
	if (info->swapped++ == 0)
		list_add(&info->swap_list, &swap_list);
	return 0;
}

/* A page that somebody uses stays, and so does every page when there is no slot. */
int shmem_writepage(struct page *page)
{
	struct inode *inode = page->mapping->host;
	struct shmem_inode_info *info = shmem_i(inode);
	pgoff_t index = page->index;
	swp_entry_t entry;

	/* The cache and our caller have a reference each. */
	if (info->locked || page_count(page) > 2 || !nr_swap_pages)
		goto keep;
	if (!PageUptodate(page)) {
		clear_highpage(page);
		SetPageUptodate(page);
	}
	entry = get_swap_page();
	if (!entry.val)
		goto keep;
	if (insert_entry(info, index, entry))
		goto free_slot;
	remove_from_page_cache(page);
	if (add_to_swap_cache(page, entry))
		goto put_back;
	nr_shmem_pages--;
	ClearPageDirty(page);
	return swap_writepage(page);

put_back:
	/* The nodes that its place needs have just become free. */
	BUG_ON(__add_to_page_cache(page, inode->i_mapping, index));
	remove_entry(info, index);
	swap_free(entry);
free_slot:
	swap_free(entry);
keep:
	SetPageDirty(page);
	unlock_page(page);
	return 0;
}

/*
 * The locked page of the swap cache becomes the file's again. Nodes for the tree are in reserve,
 * and nothing sleeps.
 */
static void take_from_swap(struct shmem_inode_info *info, pgoff_t index, struct page *page)
{
	struct address_space *mapping = info->vfs_inode.i_mapping;
	swp_entry_t entry = page_swap_entry(page);

	remove_entry(info, index);
	delete_from_swap_cache(page);
	BUG_ON(__add_to_page_cache(page, mapping, index));
	swap_free(entry);
	SetPageDirty(page);
	nr_shmem_pages++;
}

int shmem_swap_in(struct inode *inode, pgoff_t index, swp_entry_t entry)
{
	struct shmem_inode_info *info = shmem_i(inode);
	struct page *page = swapin_readahead(entry);
	int err;

	if (!page)
		return shmem_entry_at(info, index).val == entry.val ? -ENOMEM : 0;
	lock_page(page);
	wait_on_page_writeback(page);
	err = radix_tree_preload(GFP_KERNEL);
	if (!err && swap_cache_holds(page, entry) && shmem_entry_at(info, index).val == entry.val) {
		if (PageUptodate(page)) {
			take_from_swap(info, index, page);
		} else {
			delete_from_swap_cache(page);	/* the next try reads it again */
			err = -EIO;
		}
	}
	unlock_page(page);
	put_page(page);
	return err;
}

/* Does the file have that entry at or behind *index? */
static bool find_entry(const struct shmem_inode_info *info, swp_entry_t entry, pgoff_t *index)
{
	void *item;

	for (; (item = radix_tree_next(&info->swap, index)); ++*index)
		if ((unsigned long)item == entry.val)
			return true;
	return false;
}

/*
 * swapoff comes with one slot after the other, and neighbours in swap are mostly neighbours in
 * their file: the search begins where the last one ended.
 */
bool shmem_unuse(swp_entry_t entry, struct page *page)
{
	struct shmem_inode_info *info;

	if (radix_tree_preload(GFP_ATOMIC | __GFP_NOWARN))
		return false;
	list_for_each_entry(info, &swap_list, swap_list) {
		pgoff_t index = info->unuse_hint;

		if (!find_entry(info, entry, &index)) {
			index = 0;
			if (!find_entry(info, entry, &index))
				continue;
		}
		info->unuse_hint = index;
		list_move(&info->swap_list, &swap_list);
		take_from_swap(info, index, page);
		return true;
	}
	return false;
}

void shmem_free_entries(struct inode *inode, pgoff_t index)
{
	struct shmem_inode_info *info = shmem_i(inode);
	swp_entry_t entry;

	while (info->swapped &&
	       (entry.val = (unsigned long)radix_tree_next(&info->swap, &index)) != 0) {
		remove_entry(info, index);
		free_swap_and_cache(entry);
		shmem_uncharge(inode, 1);
	}
}
