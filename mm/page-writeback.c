/*
 * From the page cache to the disk: who writes dirty pages, and when.
 *
 *	fsync, sync		at once
 *	kupdate			every 5 s, what has been dirty for 30 s
 *	kupdate, woken early	when more than a tenth of memory is dirty
 *	the writer itself	when a third of it is dirty: write() is held up in
 *				balance_dirty_pages() until the disk has caught up
 *
 * 0.12 left this to a user program, update(8), that called sync() every 30 s.
 */
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/init.h>
#include <linux/pagemap.h>
#include <linux/timer.h>

#define KUPDATE_INTERVAL	(5 * HZ)
#define DIRTY_EXPIRE		(30 * HZ)
#define BACKGROUND_SHARE	10	/* 1/10 of memory */
#define THROTTLE_SHARE		3	/* 1/3 */
#define WRITE_CHUNK		256	/* pages that a held-up writer writes at a time */
#define BATCH			16

static DECLARE_WAIT_QUEUE_HEAD(kupdate_wait);
static bool kupdate_early;

/* Starts writing one page if it is (still) dirty. 1, 0 or -ERRNO. */
static int write_dirty_page(struct address_space *mapping, struct page *page)
{
	int err;

	lock_page(page);
	if (page->mapping != mapping || !PageDirty(page)) {
		unlock_page(page);
		return 0;
	}
	clear_page_dirty_for_io(page);
	err = mapping->a_ops->writepage(page);		/* unlocks */
	return err ? err : 1;
}

int writeback_pages(struct address_space *mapping, long nr)
{
	struct page *pages[BATCH];
	unsigned int i, found;
	pgoff_t next = 0;
	int ret, written = 0, err = 0;

	if (!mapping->nrdirty || !mapping->a_ops || !mapping->a_ops->writepage)
		return 0;
	while (written < nr && mapping->nrdirty) {
		found = find_get_pages(mapping, next, BATCH, pages);
		if (!found)
			break;
		next = pages[found - 1]->index + 1;
		for (i = 0; i < found; i++) {
			ret = 0;
			if (PageDirty(pages[i]))
				ret = write_dirty_page(mapping, pages[i]);
			if (ret > 0)
				written++;
			else if (ret && ret != -EAGAIN && !err)
				err = ret;
			put_page(pages[i]);
		}
		cond_resched();
	}
	/* Those left over were dirtied meanwhile, or were not in this call's share. */
	mapping->dirtied_when = jiffies;
	run_disk_queues();
	return err ? err : written;
}

int filemap_fdatawrite(struct address_space *mapping)
{
	int ret = writeback_pages(mapping, LONG_MAX);

	return ret < 0 ? ret : 0;
}

int filemap_fdatawait(struct address_space *mapping)
{
	struct page *pages[BATCH];
	unsigned int i, found;
	pgoff_t next = 0;

	while (nr_writeback_pages &&
	       (found = find_get_pages(mapping, next, BATCH, pages)) != 0) {
		next = pages[found - 1]->index + 1;
		for (i = 0; i < found; i++) {
			wait_on_page_writeback(pages[i]);
			put_page(pages[i]);
		}
		if (next == 0)
			break;
	}
	return mapping->error;
}

/* ---- too much dirty ---- */

void wakeup_kupdate(void)
{
	kupdate_early = true;
	wake_up(&kupdate_wait);
}

static noinline void throttle_writer(struct address_space *mapping)
{
	unsigned long limit = totalram_pages / THROTTLE_SHARE;
	unsigned int rounds;

	/* Bounded: a disk that does not answer must not hold the writer for ever. */
	for (rounds = 0; rounds < 100; rounds++) {
		if (nr_dirty_pages + nr_writeback_pages <= limit)
			return;
		if (mapping->nrdirty)
			writeback_pages(mapping, WRITE_CHUNK);
		if (nr_dirty_pages + nr_writeback_pages <= limit)
			return;
		wakeup_kupdate();
		run_disk_queues();
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule_timeout(1);
	}
}

void balance_dirty_pages(struct address_space *mapping)
{
	unsigned long dirty = nr_dirty_pages + nr_writeback_pages;

	if (likely(dirty < totalram_pages / BACKGROUND_SHARE))
		return;
	if (!kupdate_early && nr_dirty_pages >= totalram_pages / BACKGROUND_SHARE)
		wakeup_kupdate();
	/* What is written to a file in memory is not for the disk. */
	if (dirty > totalram_pages / THROTTLE_SHARE && !mapping->a_ops->set_page_dirty)
		throttle_writer(mapping);
}

/* ---- kupdate ---- */

/* Pages wait their time. An inode alone need not: it only goes to a buffer, which waits in turn. */
static bool inode_is_due(const struct inode *inode)
{
	const struct address_space *mapping = inode->i_mapping;

	if (inode->i_state & (I_FREEING | I_NEW | I_LOCK))
		return false;
	return !mapping->nrdirty || time_after_eq(jiffies, mapping->dirtied_when + DIRTY_EXPIRE);
}

/*
 * Starts writing one inode that is due, with its pages. False: there is none. Writing sleeps, so
 * afterwards the lists are searched afresh; the oldest stand in front.
 */
static bool write_due_inode(void)
{
	struct super_block *sb;
	struct inode *inode;

	list_for_each_entry(sb, &super_blocks, s_list) {
		list_for_each_entry(inode, &sb->s_dirty, i_dirty) {
			struct inode *held;

			if (!inode_is_due(inode))
				continue;
			held = iget(sb, inode->i_ino);	/* in memory: a reference, at once */
			if (held == inode)
				write_inode_now(inode, 0);
			iput(held);
			return held == inode;
		}
	}
	return false;
}

/* The write-back daemon. Inodes first: writing them dirties buffers. */
static int kupdate(void *unused __unused)
{
	for (;;) {
		DECLARE_WAITQUEUE(wait, current);

		add_wait_queue(&kupdate_wait, &wait);
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kupdate_early)
			schedule_timeout(KUPDATE_INTERVAL);
		set_current_state(TASK_RUNNING);
		remove_wait_queue(&kupdate_wait, &wait);

		if (kupdate_early)
			sync_inodes(0, 0);
		kupdate_early = false;
		while (write_due_inode())
			cond_resched();
		sync_old_buffers(DIRTY_EXPIRE);
		run_disk_queues();
	}
	return 0;
}

static int __init kupdate_init(void)
{
	return kernel_thread(kupdate, NULL, "kupdate") < 0 ? -ENOMEM : 0;
}
initcall_fs(kupdate_init);
