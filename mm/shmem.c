/*
 * Pages of files that are nowhere but in memory. They hang in the inode's page tree like those of
 * any file, and read(), write() and mmap() are the generic ones; but what is not in the tree
 * is a hole, not something to be read from a disk, and since the page is the only copy there
 * is, it is dirty as long as it lives. Dirty here means "not to be dropped": it
 * does not count as something the disk waits for.
 *
 * Every page is charged to the file system, whose limit write() and faults run into. Truncation
 * is the page cache's work and knows nothing of that: what is charged but no longer
 * there is given back by shmem_recalc().
 *
 * Besides tmpfs this is the memory behind shared anonymous mappings and System V
 * segments: files without a name in a file system that is mounted nowhere.
 */
#include <linux/shmem_fs.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/mmap.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/swap.h>

/* What to do about a page that is not there. */
enum shmem_want {
	WANT_READ,	/* nothing: the shared page of zeros stands for it */
	WANT_WRITE,	/* make it, behind the end of the file too; the caller clears what he does not fill */
	WANT_FAULT,	/* make it, cleared, if it lies within the file */
};

static struct kmem_cache *inode_cache;
static const struct address_space_operations shmem_aops;
static const struct file_operations shmem_fops;
static const struct inode_operations shmem_file_iops;

unsigned long nr_shmem_pages;

/* ---- accounting ---- */

static int charge_page(struct inode *inode)
{
	struct shmem_sb_info *sbi = shmem_sb(inode->i_sb);

	if (sbi->max_blocks && sbi->used_blocks >= sbi->max_blocks)
		return -ENOSPC;
	sbi->used_blocks++;
	shmem_i(inode)->alloced++;
	nr_shmem_pages++;
	return 0;
}

static void uncharge_pages(struct inode *inode, unsigned long nr)
{
	shmem_sb(inode->i_sb)->used_blocks -= nr;
	shmem_i(inode)->alloced -= nr;
	nr_shmem_pages -= nr;
}

void shmem_recalc(struct inode *inode)
{
	uncharge_pages(inode, shmem_i(inode)->alloced - inode->i_data.nrpages);
}

/* ---- finding and making pages ---- */

static bool behind_end(const struct inode *inode, pgoff_t index)
{
	return ((loff_t)index << PAGE_SHIFT) >= inode->i_size;
}

/* One made for a write that never came may hold anything. */
static void make_uptodate(struct page *page)
{
	lock_page(page);
	if (!PageUptodate(page)) {
		clear_highpage(page);
		SetPageUptodate(page);
	}
	unlock_page(page);
}

/*
 * Puts a new page into a hole; -EEXIST: somebody else was faster. From the last look at size and
 * limit to the page's place in the tree nothing sleeps.
 */
static int fill_hole(struct inode *inode, pgoff_t index, enum shmem_want want)
{
	gfp_t gfp = want == WANT_FAULT ? GFP_HIGHUSER | __GFP_ZERO : GFP_HIGHUSER;
	struct page *page = alloc_page(gfp);
	int err = -ENOMEM;

	if (!page || radix_tree_preload(GFP_KERNEL))
		goto out;
	err = -EINVAL;
	if (want == WANT_FAULT && behind_end(inode, index))
		goto out;
	err = charge_page(inode);
	if (err)
		goto out;
	err = add_to_page_cache(page, inode->i_mapping, index);
	if (err) {
		uncharge_pages(inode, 1);
		goto out;
	}
	if (want == WANT_FAULT)
		SetPageUptodate(page);
	SetPageDirty(page);
	unlock_page(page);
out:
	if (page)
		put_page(page);
	return err;
}

/* The page, referenced, not locked; a hole that is to stay one: NULL; or ERR_PTR. */
static struct page *shmem_getpage(struct inode *inode, pgoff_t index, enum shmem_want want)
{
	struct page *page;
	int err;

	while (!(page = find_get_page(inode->i_mapping, index))) {
		if (want == WANT_READ)
			return NULL;
		err = fill_hole(inode, index, want);
		if (err && err != -EEXIST)
			return ERR_PTR(err);
	}
	if (want != WANT_WRITE && unlikely(!PageUptodate(page)))
		make_uptodate(page);
	return page;
}

/* ---- read and write ---- */

/* What the generic read and write ask for. */
static struct page *shmem_get_cache_page(struct address_space *mapping, pgoff_t index, bool write)
{
	struct page *page = shmem_getpage(mapping->host, index, write ? WANT_WRITE : WANT_READ);

	if (!page) {
		page = zero_page;
		get_page(page);
	}
	return page;
}

/* Of a page that holds nothing yet only what the write leaves out is cleared. */
static int shmem_prepare_write(struct file *file __unused, struct page *page, unsigned int from,
			       unsigned int to)
{
	if (!PageUptodate(page)) {
		if (from)
			zero_user(page, 0, from);
		if (to < PAGE_SIZE)
			zero_user(page, to, PAGE_SIZE);
		SetPageUptodate(page);
	}
	return 0;
}

static int shmem_commit_write(struct file *file __unused, struct page *page,
			      unsigned int from __unused, unsigned int to)
{
	struct inode *inode = page->mapping->host;
	loff_t end = ((loff_t)page->index << PAGE_SHIFT) + to;

	if (end > inode->i_size)
		inode->i_size = end;
	SetPageDirty(page);
	return 0;
}

static int shmem_set_page_dirty(struct page *page)
{
	SetPageDirty(page);
	return 0;
}

/* There is nothing further away to write to. */
static int shmem_fsync(struct file *file __unused, int datasync __unused)
{
	return 0;
}

static const struct address_space_operations shmem_aops = {
	.get_cache_page	= shmem_get_cache_page,
	.prepare_write	= shmem_prepare_write,
	.commit_write	= shmem_commit_write,
	.set_page_dirty	= shmem_set_page_dirty,
};

/* These pages are never swapped out. */
bool shmem_unuse(swp_entry_t entry __unused, struct page *page __unused)
{
	return false;
}

/* ---- mappings ---- */

static struct page *shmem_nopage(struct vm_area_struct *vma, unsigned long address,
				 int *major __unused)
{
	struct inode *inode = vma->vm_file->f_dentry->d_inode;
	pgoff_t index = vma->vm_pgoff + ((address - vma->vm_start) >> PAGE_SHIFT);
	struct page *page;

	if (behind_end(inode, index))
		return NOPAGE_SIGBUS;
	page = shmem_getpage(inode, index, WANT_FAULT);
	if (IS_ERR(page))
		return PTR_ERR(page) == -ENOMEM ? NOPAGE_OOM : NOPAGE_SIGBUS;
	/* Truncated while we slept? */
	if (unlikely(behind_end(inode, index))) {
		put_page(page);
		return NOPAGE_SIGBUS;
	}
	mark_page_accessed(page);
	return page;
}

static const struct vm_operations_struct shmem_vm_ops = {
	.nopage = shmem_nopage,
};

static int shmem_mmap(struct file *file, struct vm_area_struct *vma)
{
	touch_atime(file->f_dentry);
	vma->vm_ops = &shmem_vm_ops;
	return 0;
}

/* ---- files ---- */

/* Behind truncate_inode_pages(): the pages have gone. */
static void shmem_truncate(struct inode *inode)
{
	shmem_recalc(inode);
}

static int shmem_getattr(struct inode *inode)
{
	shmem_recalc(inode);
	inode->i_blocks = shmem_i(inode)->alloced << (PAGE_SHIFT - 9);
	return 0;
}

static const struct inode_operations shmem_file_iops = {
	.truncate	= shmem_truncate,
	.getattr	= shmem_getattr,
};

static const struct file_operations shmem_fops = {
	.llseek	= generic_file_llseek,
	.read	= generic_file_read,
	.write	= generic_file_write,
	.mmap	= shmem_mmap,
	.fsync	= shmem_fsync,
};

void shmem_init_file(struct inode *inode)
{
	inode->i_mapping->a_ops = &shmem_aops;
	inode->i_op = &shmem_file_iops;
	inode->i_fop = &shmem_fops;
}

struct inode *shmem_alloc_inode(struct super_block *sb __unused)
{
	struct shmem_inode_info *info = kmem_cache_alloc(inode_cache, GFP_KERNEL);

	if (!info)
		return NULL;
	info->alloced = 0;
	info->next_cookie = 0;
	info->target = NULL;
	return &info->vfs_inode;
}

void shmem_destroy_inode(struct inode *inode)
{
	struct shmem_inode_info *info = shmem_i(inode);

	uncharge_pages(inode, info->alloced);
	kfree(info->target);
	kmem_cache_free(inode_cache, info);
}

/* ---- files without a name ---- */

static const struct file_system_type anon_fs_type = { .name = "shmem" };
static struct shmem_sb_info anon_sb_info;
static const struct super_operations anon_sops = {
	.alloc_inode	= shmem_alloc_inode,
	.destroy_inode	= shmem_destroy_inode,
	.statfs		= simple_statfs,
};
static struct super_block anon_sb = {
	.s_blocksize = PAGE_SIZE,
	.s_maxbytes = SHMEM_MAX_BYTES,
	.s_magic = TMPFS_MAGIC,
	.s_type = &anon_fs_type,
	.s_op = &anon_sops,
	.s_fs_info = &anon_sb_info,
	.s_inodes = LIST_HEAD_INIT(anon_sb.s_inodes),
	.s_dirty = LIST_HEAD_INIT(anon_sb.s_dirty),
	.s_files = LIST_HEAD_INIT(anon_sb.s_files),
};

static struct inode *new_anon_inode(loff_t size)
{
	struct inode *inode = new_inode(&anon_sb);

	if (!inode)
		return NULL;
	inode->i_ino = ++anon_sb_info.last_ino;
	inode->i_size = size;
	inode->i_nlink = 0;
	inode_init_owner(inode, NULL, S_IFREG | 0600);
	shmem_init_file(inode);
	return inode;
}

struct file *shmem_file_setup(const char *name, loff_t size)
{
	const struct qstr qname = { (const unsigned char *)name, strlen(name), 0 };
	struct inode *inode = new_anon_inode(size);
	struct dentry *dentry;
	struct file *file;

	if (!inode)
		return ERR_PTR(-ENOMEM);
	dentry = d_alloc(NULL, &qname);
	if (!dentry) {
		iput(inode);
		return ERR_PTR(-ENOMEM);
	}
	dentry->d_sb = &anon_sb;
	d_instantiate(dentry, inode);
	file = get_empty_filp();
	if (!file) {
		dput(dentry);
		return ERR_PTR(-ENFILE);
	}
	file->f_dentry = dentry;
	file->f_mode = FMODE_READ | FMODE_WRITE;
	file->f_flags = O_RDWR;
	file->f_op = &shmem_fops;
	list_add(&file->f_list, &anon_sb.s_files);
	return file;
}

static int __init shmem_init(void)
{
	inode_cache = kmem_cache_create("shmem_inode", sizeof(struct shmem_inode_info), 0,
					SLAB_PANIC, NULL);
	return 0;
}
initcall_dev(shmem_init);
