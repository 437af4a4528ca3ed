/*
 * Reading, writing and mapping files through the page cache.
 *
 *	read()   generic_file_read:   find_get_page -> copy_to_user
 *	write()  generic_file_write:  find or make -> prepare_write, copy_from_user, commit_write
 *	fault    filemap_nopage:      find_get_page -> the frame itself
 *
 * What is not cached comes in through readahead.c; what is dirty goes out through
 * page-writeback.c. The file system supplies the operations of its address_space.
 *
 * Locks, outermost first: i_mutex (size of the file), mmap_sem (a user copy faults), page lock.
 * A reader needs none of them: the page it copies from is pinned by a reference.
 */
#include <linux/pagemap.h>
#include <linux/signal.h>
#include <linux/time.h>
#include <asm/uaccess.h>

/* ---- bringing a page up to date ---- */

int filemap_read_page(struct address_space *mapping, struct page *page, struct file *file)
{
	int err;

	lock_page(page);
	if (page->mapping != mapping) {		/* truncated while we slept */
		unlock_page(page);
		return -EAGAIN;
	}
	if (PageUptodate(page)) {
		unlock_page(page);
		return 0;
	}
	err = mapping->a_ops->readpages(file, &page, 1);	/* unlocks */
	if (err)
		return err;
	wait_on_page_locked(page);
	if (PageUptodate(page))
		return 0;
	return page->mapping == mapping ? -EIO : -EAGAIN;
}

/* A page that was not cached or not up to date: referenced and up to date, or ERR_PTR. */
static noinline struct page *read_missing_page(struct address_space *mapping, struct file *file,
					       pgoff_t index, unsigned long want)
{
	struct page *page;

	if (mapping->a_ops->get_cache_page)
		return mapping->a_ops->get_cache_page(mapping, index, false);
	page = find_get_page(mapping, index);
	if (!page) {
		page_cache_readahead(mapping, file, index, want);
		page = find_get_page(mapping, index);
	}
	if (page) {
		/* Mostly it is on its way already. */
		wait_on_page_locked(page);
		if (PageUptodate(page))
			return page;
		put_page(page);
	}
	return read_cache_page(mapping, index, file);
}

/* ---- read ---- */

/* One page's worth of a read: bytes copied, 0 at the end of the file, or -ERRNO. */
static inline ssize_t read_one_page(struct file *file, struct address_space *mapping,
				    char __user *buf, size_t count, loff_t pos)
{
	pgoff_t index = pos >> PAGE_SHIFT;
	unsigned int offset = pos & (PAGE_SIZE - 1);
	size_t bytes = min_t(size_t, count, PAGE_SIZE - offset);
	struct page *page;
	unsigned long left;
	loff_t size;

	page = find_get_page(mapping, index);
	if (unlikely(!page || !PageUptodate(page))) {
		if (page)
			put_page(page);
		if (pos >= mapping->host->i_size)
			return 0;
		page = read_missing_page(mapping, file, index,
					 (offset + count + PAGE_SIZE - 1) >> PAGE_SHIFT);
		if (IS_ERR(page))
			return PTR_ERR(page);
	}
	if (unlikely(index == file->f_ra.start && file->f_ra.size))
		page_cache_readahead_async(mapping, file);
	file->f_ra.next = index + 1;

	size = mapping->host->i_size;
	if (unlikely(pos + (loff_t)bytes > size)) {
		if (pos >= size) {
			put_page(page);
			return 0;
		}
		bytes = size - pos;
	}
	mark_page_accessed(page);
	left = copy_to_user(buf, (char *)kmap(page) + offset, bytes);
	kunmap(page);
	put_page(page);
	return left == bytes ? -EFAULT : (ssize_t)(bytes - left);
}

ssize_t generic_file_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct address_space *mapping = file->f_dentry->d_inode->i_mapping;
	loff_t pos = *ppos;
	size_t todo = count;
	ssize_t ret = 0;

	if (pos < 0)
		return -EINVAL;
	while (todo) {
		ret = read_one_page(file, mapping, buf, todo, pos);
		if (ret <= 0)
			break;
		buf += ret;
		todo -= ret;
		pos += ret;
		if (unlikely(current->work)) {
			if (fatal_signal_pending(current))
				break;
			cond_resched();
		}
	}
	*ppos = pos;
	if (count)
		touch_atime(file->f_dentry);
	return todo < count ? (ssize_t)(count - todo) : ret;
}

/* ---- write ---- */

/* Brings the caller's data in, so that the copy below mostly finds it. */
static inline int fault_in_readable(const char __user *buf, size_t bytes)
{
	char c;

	if (get_user(c, buf))
		return -EFAULT;
	if (((unsigned long)buf ^ (unsigned long)(buf + bytes - 1)) & ~(PAGE_SIZE - 1)) {
		if (get_user(c, buf + bytes - 1))
			return -EFAULT;
	}
	return 0;
}

/* Where a write begins and how much of it the limits allow. 0 or -ERRNO. */
static int write_checks(struct file *file, struct inode *inode, loff_t *pos, size_t *count)
{
	loff_t max = inode->i_sb->s_maxbytes;

	if (file->f_flags & O_APPEND)
		*pos = inode->i_size;
	if (*pos < 0)
		return -EINVAL;
	if (S_ISREG(inode->i_mode)) {
		unsigned long limit = rlimit(RLIMIT_FSIZE);

		if (limit != RLIM_INFINITY) {
			if (*pos >= limit) {
				send_sig(SIGXFSZ, current);
				return -EFBIG;
			}
			*count = min_t(u64, *count, limit - *pos);
		}
	}
	if (!(file->f_flags & O_LARGEFILE) && max > LONG_MAX)
		max = LONG_MAX;
	if (*pos >= max)
		return -EFBIG;
	*count = min_t(u64, *count, max - *pos);
	return 0;
}

/* Someone else's program must not stay set-uid when its text changes; and the file is modified. */
static void write_touches(struct inode *inode)
{
	time_t now = get_seconds();

	if (inode->i_mode & (S_ISUID | S_ISGID) && !capable_root()) {
		mode_t kill = S_ISUID;

		if (inode->i_mode & S_IXGRP)
			kill |= S_ISGID;
		if (inode->i_mode & kill) {
			inode->i_mode &= ~kill;
			mark_inode_dirty(inode);
		}
	}
	if (inode->i_mtime != now || inode->i_ctime != now) {
		inode->i_mtime = inode->i_ctime = now;
		mark_inode_dirty(inode);
	}
}

/* prepare_write has failed: blocks that it put behind the end of the file go back. */
static void trim_after_failure(struct inode *inode, loff_t end)
{
	if (end > inode->i_size && inode->i_op->truncate)
		inode->i_op->truncate(inode);
}

/*
 * One page's worth of a write; bytes written or -ERRNO. i_mutex held.
 *
 * The data may come from a mapping of the very page that is written, or of one that another writer
 * has locked whose data come from ours; and a fault takes mmap_sem. So nothing may fault while the
 * page is locked: the data is faulted in before there is a page, which is not made in vain
 * then, and if it has gone again by the time of the copy, what was copied counts, or else all
 * is done once more.
 */
static inline ssize_t write_one_page(struct file *file, struct address_space *mapping,
				     const char __user *buf, size_t count, loff_t pos)
{
	const struct address_space_operations *a_ops = mapping->a_ops;
	unsigned int offset = pos & (PAGE_SIZE - 1);
	size_t bytes = min_t(size_t, count, PAGE_SIZE - offset);
	struct page *page;
	unsigned long left;
	ssize_t ret;

again:
	ret = fault_in_readable(buf, bytes);
	if (unlikely(ret))
		return ret;
	if (a_ops->get_cache_page)
		page = a_ops->get_cache_page(mapping, pos >> PAGE_SHIFT, true);
	else
		page = find_or_create_page(mapping, pos >> PAGE_SHIFT);
	if (unlikely(!page))
		return -ENOMEM;
	if (unlikely(IS_ERR(page)))
		return PTR_ERR(page);
	lock_page(page);
	if (unlikely(page->mapping != mapping)) {
		unlock_page(page);
		put_page(page);
		goto again;
	}
	ret = a_ops->prepare_write(file, page, offset, offset + bytes);
	if (unlikely(ret)) {
		unlock_page(page);
		put_page(page);
		trim_after_failure(mapping->host, pos + bytes);
		return ret;
	}
	left = copy_from_user_atomic((char *)kmap(page) + offset, buf, bytes);
	kunmap(page);
	flush_dcache_page(page);
	/* Cut short, the rest is what it was, or zeroes; the size ends at the data. */
	if (unlikely(left) && !PageUptodate(page))
		zero_user(page, offset + bytes - left, offset + bytes);
	ret = a_ops->commit_write(file, page, offset, offset + bytes - left);
	mark_page_accessed(page);
	unlock_page(page);
	if (!ret)
		ret = bytes - left;
	put_page(page);
	if (unlikely(!ret)) {
		if (fatal_signal_pending(current))
			return -EINTR;
		goto again;
	}
	return ret;
}

/* O_SYNC and the like: what was written is on the disk before write() returns. */
static int sync_written(struct file *file, struct inode *inode)
{
	if (!(file->f_flags & O_SYNC) && !(inode->i_sb->s_flags & MS_SYNCHRONOUS))
		return 0;
	if (file->f_op->fsync)
		return file->f_op->fsync(file, (file->f_flags & O_SYNC) == O_DSYNC);
	return write_inode_now(inode, 1);
}

ssize_t generic_file_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	struct inode *inode = file->f_dentry->d_inode;
	struct address_space *mapping = inode->i_mapping;
	loff_t pos = *ppos;
	size_t done = 0;
	ssize_t ret = 0;
	int err = 0;

	if (!count)
		return 0;
	mutex_lock(&inode->i_mutex);
	ret = write_checks(file, inode, &pos, &count);
	if (ret)
		goto out;
	write_touches(inode);
	while (done < count) {
		ret = write_one_page(file, mapping, buf + done, count - done, pos);
		if (ret <= 0)
			break;
		done += ret;
		pos += ret;
		balance_dirty_pages(mapping);
		if (need_resched())
			schedule();
		if (unlikely(signal_pending(current)) && fatal_signal_pending(current))
			break;
	}
	if (done) {
		*ppos = pos;
		err = sync_written(file, inode);
	}
out:
	mutex_unlock(&inode->i_mutex);
	if (err)
		return err;
	return done ? (ssize_t)done : ret;
}

/* ---- mappings ---- */

struct page *filemap_nopage(struct vm_area_struct *vma, unsigned long address, int *major)
{
	struct file *file = vma->vm_file;
	struct address_space *mapping = file->f_dentry->d_inode->i_mapping;
	pgoff_t index = vma->vm_pgoff + ((address - vma->vm_start) >> PAGE_SHIFT);
	struct page *page;

	if (unlikely(((loff_t)index << PAGE_SHIFT) >= mapping->host->i_size))
		return NOPAGE_SIGBUS;
	page = find_get_page(mapping, index);
	if (unlikely(!page || !PageUptodate(page))) {
		if (page) {
			put_page(page);
		} else {
			*major = 1;
			if (vma->vm_flags & VM_RAND_READ)
				do_readahead(mapping, file, index, 1);
			else
				page_cache_readaround(mapping, file, index);
		}
		page = read_missing_page(mapping, file, index, 1);
		if (IS_ERR(page))
			return PTR_ERR(page) == -ENOMEM ? NOPAGE_OOM : NOPAGE_SIGBUS;
		/* Truncated while we slept? */
		if (((loff_t)index << PAGE_SHIFT) >= mapping->host->i_size) {
			put_page(page);
			return NOPAGE_SIGBUS;
		}
	}
	mark_page_accessed(page);
	return page;
}

/* A shared page becomes writable: it gets its blocks while a full disk can still be reported. */
static int filemap_page_mkwrite(struct vm_area_struct *vma, struct page *page)
{
	struct file *file = vma->vm_file;
	struct inode *inode = file->f_dentry->d_inode;
	struct address_space *mapping = inode->i_mapping;
	loff_t left;
	int err;

	balance_dirty_pages(mapping);
	lock_page(page);
	err = -EAGAIN;			/* truncated meanwhile: the next fault looks at the size */
	if (page->mapping != mapping)
		goto out;
	left = inode->i_size - ((loff_t)page->index << PAGE_SHIFT);
	err = -EFAULT;
	if (left <= 0)
		goto out;
	err = 0;
	if (mapping->a_ops->prepare_write)
		err = mapping->a_ops->prepare_write(file, page, 0,
						    min_t(loff_t, left, PAGE_SIZE));
	if (err)
		goto out;
	set_page_dirty(page);
	inode->i_mtime = inode->i_ctime = get_seconds();
	mark_inode_dirty(inode);
out:
	unlock_page(page);
	return err;
}

const struct vm_operations_struct generic_file_vm_ops = {
	.nopage = filemap_nopage,
	.page_mkwrite = filemap_page_mkwrite,
};

int generic_file_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct address_space *mapping = file->f_dentry->d_inode->i_mapping;

	if (!mapping->a_ops || !mapping->a_ops->readpages)
		return -ENOEXEC;
	if ((vma->vm_flags & VM_SHARED) && (vma->vm_flags & VM_MAYWRITE) &&
	    !mapping->a_ops->writepage)
		return -EINVAL;
	touch_atime(file->f_dentry);
	vma->vm_ops = &generic_file_vm_ops;
	return 0;
}

loff_t generic_file_llseek(struct file *file, loff_t offset, int whence)
{
	struct inode *inode = file->f_dentry->d_inode;

	switch (whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		offset += file->f_pos;
		break;
	case SEEK_END:
		offset += inode->i_size;
		break;
	default:
		return -EINVAL;
	}
	if (offset < 0 || offset > inode->i_sb->s_maxbytes)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}

ssize_t generic_read_dir(struct file *file __unused, char __user *buf __unused,
			 size_t count __unused, loff_t *pos __unused)
{
	return -EISDIR;
}
