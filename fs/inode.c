/*
 * Inodes in memory: found by (super-block, number), shared by everyone who uses the file, written
 * back when dirty, dropped when memory is short.
 *
 *	iget()  ->  in use (i_count > 0)  --iput-->  unused, still hashed  --shrinker-->  freed
 *	                  ^------------------iget----------'
 *
 * The last iput() of a file without names (i_nlink 0) frees the file itself.
 *
 * i_state: I_NEW while read_inode() fills it in (iget() waits), I_LOCK while it is being written
 * out, I_FREEING from the decision to free it on (iget() waits for it to vanish and reads afresh).
 *
 * i_list is on sb->s_inodes while the inode is in use, on inode_unused otherwise; i_dirty is on
 * sb->s_dirty while the inode or pages of it are newer than the disk.
 *
 * 0.12 had a table of 64 inodes and searched it from end to end.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time.h>

#define INODE_HASH_BITS	10

static struct kmem_cache *inode_cache;
static struct hlist_head *inode_hash;	/* 2^INODE_HASH_BITS heads: one page */
static LIST_HEAD(inode_unused);		/* oldest first */
static DECLARE_WAIT_QUEUE_HEAD(inode_freed);	/* waits for one in I_FREEING to go */
static DEFINE_MUTEX(sync_mutex);	/* one sync_inodes() at a time */
int nr_inodes, nr_unused_inodes;

static struct hlist_head *i_bucket(const struct super_block *sb, ino_t ino)
{
	unsigned long hash = ino + ((unsigned long)sb >> 5);

	return &inode_hash[(hash ^ (hash >> INODE_HASH_BITS)) & ((1 << INODE_HASH_BITS) - 1)];
}

static struct inode *find_inode(const struct super_block *sb, ino_t ino)
{
	struct hlist_node *node;

	hlist_for_each(node, i_bucket(sb, ino)) {
		struct inode *inode = hlist_entry(node, struct inode, i_hash);

		if (inode->i_ino == ino && inode->i_sb == sb)
			return inode;
	}
	return NULL;
}

static struct inode *alloc_inode(struct super_block *sb)
{
	static const struct inode_operations no_iops;
	static const struct file_operations no_fops;
	struct inode *inode;

	if (sb->s_op && sb->s_op->alloc_inode)
		inode = sb->s_op->alloc_inode(sb);
	else
		inode = kmem_cache_alloc(inode_cache, GFP_KERNEL);
	if (!inode)
		return NULL;
	memset(inode, 0, sizeof(*inode));
	inode->i_count = 1;
	inode->i_nlink = 1;
	inode->i_sb = sb;
	inode->i_dev = sb->s_dev;
	inode->i_blksize = max(sb->s_blocksize, PAGE_SIZE);
	inode->i_op = &no_iops;
	inode->i_fop = &no_fops;
	INIT_LIST_HEAD(&inode->i_list);
	INIT_LIST_HEAD(&inode->i_dirty);
	INIT_LIST_HEAD(&inode->i_dentry);
	mutex_init(&inode->i_mutex);
	init_waitqueue_head(&inode->i_wait);
	inode->i_mapping = &inode->i_data;
	inode->i_data.host = inode;
	INIT_RADIX_TREE(&inode->i_data.page_tree, __GFP_NOWARN);
	INIT_LIST_HEAD(&inode->i_data.i_mmap);
	nr_inodes++;
	return inode;
}

static void destroy_inode(struct inode *inode)
{
	nr_inodes--;
	if (inode->i_sb->s_op && inode->i_sb->s_op->destroy_inode)
		inode->i_sb->s_op->destroy_inode(inode);
	else
		kmem_cache_free(inode_cache, inode);
}

struct inode *new_inode(struct super_block *sb)
{
	struct inode *inode = alloc_inode(sb);

	if (inode)
		list_add(&inode->i_list, &sb->s_inodes);
	return inode;
}

void insert_inode_hash(struct inode *inode)
{
	hlist_add_head(&inode->i_hash, i_bucket(inode->i_sb, inode->i_ino));
	if (inode->i_state & I_DIRTY)
		mark_inode_dirty_pages(inode);
}

static void wait_on_inode(struct inode *inode, unsigned long bits)
{
	wait_event(inode->i_wait, !(inode->i_state & bits));
}

static void unlock_inode(struct inode *inode, unsigned long bits)
{
	inode->i_state &= ~bits;
	wake_up_all(&inode->i_wait);
}

static void take_from_unused(struct inode *inode)
{
	list_move(&inode->i_list, &inode->i_sb->s_inodes);
	nr_unused_inodes--;
}

/*
 * A hashed inode gets one more user. NULL: it was being freed; when that is over the
 * caller searches again.
 */
static struct inode *get_hashed(struct inode *inode)
{
	DECLARE_WAITQUEUE(wait, current);

	if (inode->i_state & I_FREEING) {
		add_wait_queue(&inode_freed, &wait);
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
		remove_wait_queue(&inode_freed, &wait);
		return NULL;
	}
	if (inode->i_count++ == 0)
		take_from_unused(inode);
	if (inode->i_state & I_NEW)
		wait_on_inode(inode, I_NEW);
	return inode;
}

struct inode *iget(struct super_block *sb, ino_t ino)
{
	struct inode *inode, *fresh;

	for (;;) {
		while ((inode = find_inode(sb, ino))) {
			inode = get_hashed(inode);
			if (inode)
				return inode;
		}
		fresh = new_inode(sb);		/* may sleep: look once more */
		if (!fresh)
			return NULL;
		if (!find_inode(sb, ino))
			break;
		list_del(&fresh->i_list);
		destroy_inode(fresh);
	}
	fresh->i_ino = ino;
	fresh->i_state = I_NEW | I_LOCK;
	insert_inode_hash(fresh);
	sb->s_op->read_inode(fresh);
	unlock_inode(fresh, I_NEW | I_LOCK);
	return fresh;
}

void clear_inode(struct inode *inode)
{
	wait_on_inode(inode, I_LOCK);
	if (inode->i_data.nrpages)
		truncate_inode_pages(&inode->i_data, 0);
	list_del_init(&inode->i_dirty);
	inode->i_state = I_FREEING;
}

static void release_inode(struct inode *inode)
{
	hlist_del_init(&inode->i_hash);
	list_del(&inode->i_list);
	wake_up_all(&inode_freed);
	destroy_inode(inode);
}

/* The last name and the last user have gone. */
static void inode_delete(struct inode *inode)
{
	inode->i_state |= I_FREEING;
	wait_on_inode(inode, I_LOCK);
	if (inode->i_data.nrpages)
		truncate_inode_pages(&inode->i_data, 0);
	if (inode->i_sb->s_op && inode->i_sb->s_op->delete_inode && !is_bad_inode(inode))
		inode->i_sb->s_op->delete_inode(inode);
	else
		clear_inode(inode);
	release_inode(inode);
}

void iput(struct inode *inode)
{
	if (!inode || --inode->i_count > 0)
		return;
	BUG_ON(inode->i_count < 0);
	if (inode->i_nlink == 0) {
		inode_delete(inode);
	} else if (hlist_unhashed(&inode->i_hash) || is_bad_inode(inode)) {
		/* It cannot be found again, so there is nothing to keep. */
		inode->i_state |= I_FREEING;
		clear_inode(inode);
		release_inode(inode);
	} else {
		list_move_tail(&inode->i_list, &inode_unused);
		nr_unused_inodes++;
	}
}

void inode_init_owner(struct inode *inode, const struct inode *dir, mode_t mode)
{
	inode->i_uid = current->fsuid;
	inode->i_gid = current->fsgid;
	if (dir && (dir->i_mode & S_ISGID)) {
		inode->i_gid = dir->i_gid;
		if (S_ISDIR(mode))
			mode |= S_ISGID;
	}
	inode->i_mode = mode;
	inode->i_atime = inode->i_mtime = inode->i_ctime = get_seconds();
}

/* ---- dirty inodes ---- */

void mark_inode_dirty_pages(struct inode *inode)
{
	if (list_empty(&inode->i_dirty) && !(inode->i_state & I_FREEING) &&
	    !hlist_unhashed(&inode->i_hash))
		list_add_tail(&inode->i_dirty, &inode->i_sb->s_dirty);
}

void mark_inode_dirty(struct inode *inode)
{
	inode->i_state |= I_DIRTY;
	mark_inode_dirty_pages(inode);
}

/*
 * Access time, the cheap way: it moves only when the file was changed since it was last read, or
 * when it is a day old. Reading a file then does not mean writing its inode each time.
 */
void touch_atime(struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;
	time_t now;

	if (inode->i_sb->s_flags & (MS_NOATIME | MS_RDONLY))
		return;
	if ((inode->i_sb->s_flags & MS_NODIRATIME) && S_ISDIR(inode->i_mode))
		return;
	now = get_seconds();
	if (inode->i_atime > inode->i_mtime && inode->i_atime > inode->i_ctime &&
	    now - inode->i_atime < 24 * 60 * 60)
		return;
	if (inode->i_atime == now)
		return;
	inode->i_atime = now;
	mark_inode_dirty(inode);
}

/*
 * Writes pages and inode; wait: until they are on the disk. The caller holds a reference.
 * An inode leaves the dirty list in the round that found no dirty page or has
 * waited: one whose pages are still under way is seen again by the next sync().
 */
static int sync_one(struct inode *inode, int wait)
{
	const struct super_operations *op = inode->i_sb->s_op;
	struct address_space *mapping = inode->i_mapping;
	bool pages = mapping->nrdirty != 0;
	int err = 0, err2 = 0;

	wait_on_inode(inode, I_LOCK);
	inode->i_state |= I_LOCK;
	if (pages)
		err = filemap_fdatawrite(mapping);
	if (wait) {
		err2 = filemap_fdatawait(mapping);
		if (!err)
			err = err2;
	}
	if (inode->i_state & I_DIRTY) {
		inode->i_state &= ~I_DIRTY;
		if (op && op->write_inode && !is_bad_inode(inode)) {
			err2 = op->write_inode(inode, wait);
			if (!err)
				err = err2;
		}
	}
	unlock_inode(inode, I_LOCK);
	if (!(inode->i_state & I_DIRTY) && !mapping->nrdirty && (wait || !pages))
		list_del_init(&inode->i_dirty);
	return err;
}

int write_inode_now(struct inode *inode, int sync)
{
	return sync_one(inode, sync);
}

/*
 * Each inode that is dirty at the start gets one turn. They wait for it on a list of
 * their own; whatever is still dirty afterwards goes back to s_dirty.
 */
static void sync_sb_inodes(struct super_block *sb, int wait)
{
	LIST_HEAD(todo);

	list_splice_init(&sb->s_dirty, &todo);
	while (!list_empty(&todo)) {
		struct inode *inode = list_first_entry(&todo, struct inode, i_dirty);

		list_move_tail(&inode->i_dirty, &sb->s_dirty);
		if (inode->i_state & I_FREEING)
			continue;
		if (inode->i_count++ == 0)
			take_from_unused(inode);
		sync_one(inode, wait);
		iput(inode);
	}
}

void sync_inodes(dev_t dev, int wait)
{
	struct super_block *sb;

	mutex_lock(&sync_mutex);
again:
	list_for_each_entry(sb, &super_blocks, s_list) {
		if ((dev && sb->s_dev != dev) || list_empty(&sb->s_dirty))
			continue;
		if (sb->s_syncing)
			continue;
		/* Sleeping, we may lose our place in the list: start over, skipping those done. */
		sb->s_syncing = true;
		sync_sb_inodes(sb, wait);
		goto again;
	}
	list_for_each_entry(sb, &super_blocks, s_list)
		sb->s_syncing = false;
	mutex_unlock(&sync_mutex);
}

/* ---- giving inodes back ---- */

/*
 * umount: writes and frees all unused inodes of sb, which has no dentries left. Nonzero: some
 * are still in use. The mutex keeps out sync_inodes(), which holds references for a while.
 */
int invalidate_inodes(struct super_block *sb)
{
	struct list_head *pos, *next;

	mutex_lock(&sync_mutex);
	sync_sb_inodes(sb, 1);
again:
	list_for_each_safe(pos, next, &inode_unused) {
		struct inode *inode = list_entry(pos, struct inode, i_list);

		if (inode->i_sb != sb || (inode->i_state & I_FREEING))
			continue;
		/* Gone from the list before anything sleeps. */
		take_from_unused(inode);
		inode->i_state |= I_FREEING;
		clear_inode(inode);
		release_inode(inode);
		goto again;
	}
	mutex_unlock(&sync_mutex);
	return !list_empty(&sb->s_inodes);
}

/*
 * Only clean inodes without pages: the page cache has its own clock, and writing is the daemon's.
 */
static unsigned long shrink_inode_memory(unsigned long nr, gfp_t gfp)
{
	unsigned long rounds = nr_unused_inodes;

	if (!(gfp & __GFP_FS))
		nr = 0;
	while (nr && rounds-- && !list_empty(&inode_unused)) {
		struct inode *inode = list_first_entry(&inode_unused, struct inode, i_list);

		if (inode->i_state || inode->i_data.nrpages || !list_empty(&inode->i_dirty)) {
			list_move_tail(&inode->i_list, &inode_unused);
			continue;
		}
		nr_unused_inodes--;
		inode->i_state |= I_FREEING;
		clear_inode(inode);
		release_inode(inode);
		nr--;
	}
	return nr_unused_inodes;
}

static struct shrinker inode_shrinker = { .shrink = shrink_inode_memory };

void inode_init(void)
{
	inode_hash = (struct hlist_head *)get_zeroed_page(GFP_KERNEL);
	if (!inode_hash)
		panic("inode_init: no memory for the hash table");
	inode_cache = kmem_cache_create("inode", sizeof(struct inode), 0,
					SLAB_PANIC | SLAB_RECLAIM_ACCOUNT, NULL);
	register_shrinker(&inode_shrinker);
}
