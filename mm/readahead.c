/*
 * Read-ahead: fetching pages of a file before someone asks for them.
 *
 * A reader that goes through a file in order keeps a window in file->f_ra, in pages:
 *
 *	            start             start + size
 *	  ----|-------|-----------------|------
 *	     next     '-- latest window-'
 *
 * Its reads miss at first, and a window is read. From then on, as the reader touches the
 * first page of the latest window, the window behind that is started, twice as
 * large, so the disk works while the program does. Reads out of order get just
 * what they ask for. If everything is cached already, size becomes 0 and the
 * reader is left alone until the next miss.
 *
 * Faults on mapped files look around instead: programs jump.
 */
#include <linux/blkdev.h>
#include <linux/pagemap.h>
#include <linux/syscalls.h>

#define RA_MIN		4		/* pages of a first window */
#define RA_MAX		32		/* 128 KB */
#define RA_AROUND	16		/* pages around a fault */
#define RA_OFF		(~0U)		/* f_ra.size: the program promised random reads */

/*
 * Caches up to nr pages, none of which is there, and starts reading them. Returns how many: fewer
 * when they cannot be had, for nobody is killed for a page that nobody has asked for yet.
 */
static unsigned int read_pages(struct address_space *mapping, struct file *file, pgoff_t index,
			       unsigned int nr)
{
	struct page *pages[RA_MAX];
	unsigned int added, i;

	nr = alloc_page_batch(GFP_HIGHUSER | __GFP_NORETRY | __GFP_NOWARN, nr, pages);
	added = add_pages_to_cache(pages, nr, mapping, index);
	if (added)
		mapping->a_ops->readpages(file, pages, added);	/* unlocks */
	for (i = 0; i < nr; i++)
		put_page(pages[i]);
	return added;
}

unsigned long do_readahead(struct address_space *mapping, struct file *file, pgoff_t start,
			   unsigned long nr)
{
	loff_t size = mapping->host->i_size;
	pgoff_t end = (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	unsigned long started = 0, missing;

	if (start < end && nr < end - start)
		end = start + nr;
	while (start < end) {
		missing = radix_tree_gap(&mapping->page_tree, start,
					 min_t(unsigned long, end - start, RA_MAX));
		if (missing)
			started += read_pages(mapping, file, start, missing);
		start += max(missing, 1UL);
	}
	if (started)
		run_disk_queues();
	return started;
}

void page_cache_readahead(struct address_space *mapping, struct file *file, pgoff_t index,
			  unsigned long want)
{
	want = min_t(unsigned long, want, RA_MAX);
	if (!file || file->f_ra.size == RA_OFF) {
		do_readahead(mapping, file, index, want);
	} else if (index != file->f_ra.next) {
		file->f_ra.size = 0;
		do_readahead(mapping, file, index, want);
	} else {
		unsigned int size = min_t(unsigned int, 2 * file->f_ra.size, RA_MAX);

		size = max_t(unsigned int, size, max_t(unsigned int, want, RA_MIN));
		do_readahead(mapping, file, index, size);
		file->f_ra.start = index;
		file->f_ra.size = size;
	}
}

void page_cache_readahead_async(struct address_space *mapping, struct file *file)
{
	unsigned int size = file->f_ra.size;

	if (size == RA_OFF)
		return;
	file->f_ra.start += size;
	size = min_t(unsigned int, 2 * size, RA_MAX);
	file->f_ra.size = do_readahead(mapping, file, file->f_ra.start, size) ? size : 0;
}

void page_cache_readaround(struct address_space *mapping, struct file *file, pgoff_t index)
{
	do_readahead(mapping, file, index & ~(pgoff_t)(RA_AROUND - 1), RA_AROUND);
}

/* ---- what programs may advise ---- */

int file_readahead(struct file *file, loff_t offset, loff_t count)
{
	struct address_space *mapping = file->f_dentry->d_inode->i_mapping;
	loff_t last = mapping->host->i_size - 1;
	pgoff_t start = offset >> PAGE_SHIFT;

	if (!mapping->a_ops || offset < 0 || count < 0)
		return -EINVAL;
	if (offset > last || !mapping->a_ops->readpages)		/* tmpfs has it in memory */
		return 0;
	if (count && count - 1 < last - offset)
		last = offset + count - 1;
	/* No more than memory bears. */
	do_readahead(mapping, file, start,
		     min_t(unsigned long, (last >> PAGE_SHIFT) - start + 1, nr_free_pages() / 2));
	return 0;
}

long sys_readahead(int fd, loff_t offset, size_t count)
{
	struct file *file = fget(fd);
	long ret = -EBADF;

	if (!file)
		return ret;
	if (file->f_mode & FMODE_READ)
		ret = S_ISREG(file->f_dentry->d_inode->i_mode) ?
		      file_readahead(file, offset, count) : -EINVAL;
	fput(file);
	return ret;
}

#define POSIX_FADV_NORMAL	0
#define POSIX_FADV_RANDOM	1
#define POSIX_FADV_SEQUENTIAL	2
#define POSIX_FADV_WILLNEED	3
#define POSIX_FADV_DONTNEED	4
#define POSIX_FADV_NOREUSE	5

static long do_fadvise(struct file *file, loff_t offset, loff_t len, int advice)
{
	struct address_space *mapping = file->f_dentry->d_inode->i_mapping;

	if (S_ISFIFO(file->f_dentry->d_inode->i_mode))
		return -ESPIPE;
	if (len < 0 || !mapping)
		return -EINVAL;
	switch (advice) {
	case POSIX_FADV_NORMAL:
	case POSIX_FADV_SEQUENTIAL:
		file->f_ra.size = 0;
		return 0;
	case POSIX_FADV_RANDOM:
		file->f_ra.size = RA_OFF;
		file->f_ra.start = ~0UL;
		return 0;
	case POSIX_FADV_WILLNEED:
		file_readahead(file, offset, len);
		return 0;
	case POSIX_FADV_DONTNEED:
		filemap_fdatawrite(mapping);
		if (!offset && !len)
			invalidate_inode_pages(mapping);
		return 0;
	case POSIX_FADV_NOREUSE:
		return 0;
	}
	return -EINVAL;
}

long sys_fadvise64_64(int fd, loff_t offset, loff_t len, int advice)
{
	struct file *file = fget(fd);
	long ret;

	if (!file)
		return -EBADF;
	ret = do_fadvise(file, offset, len, advice);
	fput(file);
	return ret;
}

long sys_fadvise64(int fd, loff_t offset, size_t len, int advice)
{
	return sys_fadvise64_64(fd, offset, len, advice);
}
