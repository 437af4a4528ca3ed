/*
 * Directories: arrays of entries in the page cache, like the data of any file, changed through
 * prepare_write and commit_write. An entry never crosses a page, since its size divides
 * 4096. The directory's i_mutex keeps others out; the page lock keeps write-back out of a change.
 *
 * 0.12 searched directories block by block through the buffer cache.
 */
#include <linux/highmem.h>
#include <linux/minix_fs.h>
#include <linux/pagemap.h>
#include <linux/string.h>
#include <linux/time.h>

static inline unsigned long dir_pages(const struct inode *dir)
{
	return (dir->i_size + PAGE_SIZE - 1) >> PAGE_SHIFT;
}

/* Bytes of page n of the directory that hold whole entries. */
static unsigned int dir_bytes(const struct inode *dir, unsigned long n)
{
	loff_t left = dir->i_size - ((loff_t)n << PAGE_SHIFT);
	unsigned int dirsize = minix_sb(dir->i_sb)->dirsize;

	return left >= (loff_t)PAGE_SIZE ? PAGE_SIZE : (unsigned int)left & ~(dirsize - 1);
}

/* Page n, referenced and mapped at *addr, or ERR_PTR. */
static struct page *get_dir_page(struct inode *dir, unsigned long n, char **addr)
{
	struct page *page = read_cache_page(dir->i_mapping, n, NULL);

	if (IS_ERR(page)) {
		if (PTR_ERR(page) == -EIO)
			minix_error(dir->i_sb, "directory %lu: cannot read page %lu",
				    dir->i_ino, n);
		return page;
	}
	*addr = kmap(page);
	return page;
}

static void put_dir_page(struct page *page)
{
	kunmap(page);
	put_page(page);
}

void minix_put_slot(struct minix_slot *slot)
{
	put_dir_page(slot->page);
}

/* ---- search ---- */

/*
 * The entry with this name in [addr, end), or NULL. Names are compared from their ends, where those
 * of a large directory differ most.
 */
static struct minix_dir_entry *search_page(const struct minix_sb_info *sbi, char *addr, char *end,
					   const struct qstr *name)
{
	unsigned int len = name->len, dirsize = sbi->dirsize, n;
	char last = name->name[len - 1];

	for (; addr < end; addr += dirsize) {
		struct minix_dir_entry *de = (struct minix_dir_entry *)addr;

		if (de->name[len - 1] != last)
			continue;
		for (n = len - 1; n && de->name[n - 1] == name->name[n - 1]; n--)
			;
		if (!n && de->inode && (len == sbi->namelen || !de->name[len]))
			return de;
	}
	return NULL;
}

int minix_find_entry(struct inode *dir, const struct qstr *name, struct minix_slot *slot)
{
	struct minix_sb_info *sbi = minix_sb(dir->i_sb);
	unsigned long n, pages = dir_pages(dir);

	if (!name->len || name->len > sbi->namelen)
		return -ENOENT;
	for (n = 0; n < pages; n++) {
		char *addr;
		struct page *page = get_dir_page(dir, n, &addr);

		if (IS_ERR(page))
			return PTR_ERR(page);
		slot->de = search_page(sbi, addr, addr + dir_bytes(dir, n), name);
		if (slot->de) {
			slot->page = page;
			slot->offset = (char *)slot->de - addr;
			return 0;
		}
		put_dir_page(page);
	}
	return -ENOENT;
}

long minix_inode_by_name(struct inode *dir, const struct qstr *name)
{
	struct minix_slot slot;
	long ret = minix_find_entry(dir, name, &slot);

	if (ret)
		return ret == -ENOENT ? 0 : ret;
	ret = slot.de->inode;
	minix_put_slot(&slot);
	return ret;
}

/* ---- change ---- */

/* Opens [from, to) of a page for change; the page stays locked until dir_commit(). */
static int dir_prepare(struct page *page, unsigned int from, unsigned int to)
{
	int err;

	lock_page(page);
	err = page->mapping->a_ops->prepare_write(NULL, page, from, to);
	if (err)
		unlock_page(page);
	return err;
}

static int dir_commit(struct inode *dir, struct page *page, unsigned int from, unsigned int to)
{
	int err = page->mapping->a_ops->commit_write(NULL, page, from, to);

	unlock_page(page);
	dir->i_mtime = dir->i_ctime = get_seconds();
	mark_inode_dirty(dir);
	return err;
}

int minix_set_entry(struct inode *dir, struct minix_slot *slot, ino_t ino)
{
	unsigned int end = slot->offset + minix_sb(dir->i_sb)->dirsize;
	int err = dir_prepare(slot->page, slot->offset, end);

	if (!err) {
		slot->de->inode = ino;
		err = dir_commit(dir, slot->page, slot->offset, end);
	}
	minix_put_slot(slot);
	return err;
}

int minix_delete_entry(struct inode *dir, struct minix_slot *slot)
{
	return minix_set_entry(dir, slot, 0);
}

/* Offset of the first free entry in [0, bytes) of a page, or `bytes`. */
static unsigned int free_entry(const char *addr, unsigned int bytes, unsigned int dirsize)
{
	unsigned int offset;

	for (offset = 0; offset < bytes; offset += dirsize)
		if (!((const struct minix_dir_entry *)(addr + offset))->inode)
			break;
	return offset;
}

/* Fills an entry of a page that is mapped. */
static int fill_entry(struct inode *dir, struct page *page, char *addr, unsigned int offset,
		      const struct qstr *name, ino_t ino)
{
	struct minix_sb_info *sbi = minix_sb(dir->i_sb);
	struct minix_dir_entry *de = (struct minix_dir_entry *)(addr + offset);
	int err = dir_prepare(page, offset, offset + sbi->dirsize);

	if (err)
		return err;
	memset(de->name, 0, sbi->namelen);
	memcpy(de->name, name->name, name->len);
	de->inode = ino;
	return dir_commit(dir, page, offset, offset + sbi->dirsize);
}

int minix_add_entry(struct inode *dir, const struct qstr *name, ino_t ino)
{
	struct minix_sb_info *sbi = minix_sb(dir->i_sb);
	unsigned long n, pages = dir_pages(dir);
	unsigned int offset, bytes;
	struct page *page;
	char *addr;
	int err;

	if (name->len > sbi->namelen)
		return -ENAMETOOLONG;
	for (n = 0; n < pages; n++) {
		page = get_dir_page(dir, n, &addr);
		if (IS_ERR(page))
			return PTR_ERR(page);
		bytes = dir_bytes(dir, n);
		offset = free_entry(addr, bytes, sbi->dirsize);
		if (offset < bytes || bytes < PAGE_SIZE)
			goto found;
		put_dir_page(page);
	}
	/* Every page is full: a new one. */
	if (dir->i_size >= dir->i_sb->s_maxbytes)
		return -EFBIG;
	page = find_or_create_page(dir->i_mapping, n);
	if (!page)
		return -ENOMEM;
	addr = kmap(page);
	offset = 0;
found:
	err = fill_entry(dir, page, addr, offset, name, ino);
	put_dir_page(page);
	return err;
}

int minix_make_empty(struct inode *dir, ino_t parent)
{
	static const struct qstr dot = { (const unsigned char *)".", 1, 0 };
	static const struct qstr dotdot = { (const unsigned char *)"..", 2, 0 };
	int err = minix_add_entry(dir, &dot, dir->i_ino);

	return err ? err : minix_add_entry(dir, &dotdot, parent);
}

/* ---- the whole directory ---- */

static bool is_dot_or_dotdot(const struct minix_dir_entry *de)
{
	return de->name[0] == '.' &&
	       (!de->name[1] || (de->name[1] == '.' && !de->name[2]));
}

int minix_empty_dir(struct inode *dir)
{
	struct minix_sb_info *sbi = minix_sb(dir->i_sb);
	unsigned long n, pages = dir_pages(dir);

	for (n = 0; n < pages; n++) {
		unsigned int offset, bytes = dir_bytes(dir, n);
		char *addr;
		struct page *page = get_dir_page(dir, n, &addr);

		if (IS_ERR(page))
			return PTR_ERR(page);
		for (offset = 0; offset < bytes; offset += sbi->dirsize) {
			struct minix_dir_entry *de = (struct minix_dir_entry *)(addr + offset);

			if (de->inode && !is_dot_or_dotdot(de)) {
				put_dir_page(page);
				return 0;
			}
		}
		put_dir_page(page);
	}
	return 1;
}

/* A name that no path can spell is not shown. */
static bool name_ok(struct inode *dir, const char *name, unsigned int len)
{
	if (len && !memchr(name, '/', len))
		return true;
	minix_error(dir->i_sb, "directory %lu: a name is empty or contains '/'", dir->i_ino);
	return false;
}

/* The file position is the offset of the next entry in bytes. The VFS holds i_mutex. */
static int minix_readdir(struct file *file, void *dirent, filldir_t filldir)
{
	struct inode *dir = file->f_dentry->d_inode;
	struct minix_sb_info *sbi = minix_sb(dir->i_sb);
	loff_t pos = (file->f_pos + sbi->dirsize - 1) & ~(loff_t)(sbi->dirsize - 1);
	bool full = false;

	while (pos < dir->i_size && !full) {
		unsigned long n = pos >> PAGE_SHIFT;
		unsigned int offset = pos & (PAGE_SIZE - 1), bytes = dir_bytes(dir, n);
		char *addr;
		struct page *page = get_dir_page(dir, n, &addr);

		if (IS_ERR(page))
			return PTR_ERR(page);
		for (; offset < bytes; offset += sbi->dirsize) {
			struct minix_dir_entry *de = (struct minix_dir_entry *)(addr + offset);
			unsigned int len = strnlen(de->name, sbi->namelen);

			if (!de->inode || !name_ok(dir, de->name, len))
				continue;
			full = filldir(dirent, de->name, len, ((loff_t)n << PAGE_SHIFT) + offset,
				       de->inode, DT_UNKNOWN) != 0;
			if (full)
				break;
		}
		put_dir_page(page);
		pos = ((loff_t)n << PAGE_SHIFT) + offset;
		if (!full && bytes < PAGE_SIZE)
			break;
	}
	file->f_pos = pos;
	return 0;
}

const struct file_operations minix_dir_fops = {
	.llseek = generic_file_llseek,
	.read = generic_read_dir,
	.readdir = minix_readdir,
	.fsync = generic_file_fsync,
};
