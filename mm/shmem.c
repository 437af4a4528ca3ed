/*
 * Pages of files that are nowhere but in memory and in swap. They hang in the inode's page tree
 * like those of any file, and read(), write() and mmap() are the generic ones; but since the page
 * is the only copy there is, it is dirty as long as it lives. Dirty here means "not to be dropped":
 * it does not count as something the disk waits for.
 *
 * A page of the file is in one of three places:
 *
 *	page_tree	in memory: one look-up finds it
 *	info->swap	in swap, by its entry; its frame, if it has one, is in the swap cache
 *	neither		a hole
 *
 * When memory is short, reclaim calls writepage for it, which moves it from the first to the second
 * and whoever needs it moves it back: shmem_swap.c.
 *
 * Every page is charged to the file system, whose limit write() and faults run into. Truncation
 * is the page cache's work and knows nothing of that: what is charged but no longer
 * there is given back by shmem_recalc().
 *
 * Besides tmpfs this is the memory behind shared anonymous mappings and System V
 * segments: files without a name in a file system that is mounted nowhere.
 */
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/mmap.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/swap.h>
#include "shmem.h"

/* What to do about a page that is not there. */
enum shmem_want {
	WANT_READ,	/* nothing: the shared page of zeros stands for it */
	WANT_WRITE,	/* make it, behind the end too; the caller clears what he does not fill */
	WANT_FAULT,	/* make it, cleared, if it lies within the file */
};

static struct kmem_cache *inode_cache;
static const struct address_space_operations shmem_aops;
static const struct file_operations shmem_fops;
static const struct inode_operations shmem_file_iops;

unsigned long nr_shmem_pages;
static unsigned long nr_charged;	/* those and the ones in swap */

/* ---- accounting ---- */

/*
 * No process' death gives memory back that has a name. So write() leaves an eighth of RAM to those
 * who are to remove files again: free, in free slots, or in pages of other files. A fault does
 * too, when files are the most there is: before, somebody else may be the one to be killed.
 */
static bool leaves_room(void)
{
	unsigned long others = nr_pagecache - swapper_space.nrpages - nr_shmem_pages;

	return nr_free_pages() + nr_swap_pages + others > totalram_pages / 8;
}

static bool may_fill(const struct shmem_inode_info *info, enum shmem_want want)
{
	if (want == WANT_FAULT && (!info->outlives ||
				   nr_charged <= (totalram_pages + total_swap_pages) / 2))
		return true;
	return leaves_room();
}

static int charge_page(struct inode *inode)
{
	struct shmem_sb_info *sbi = shmem_sb(inode->i_sb);

	if (sbi->max_blocks && sbi->used_blocks >= sbi->max_blocks)
		return -ENOSPC;
	if (!shmem_i(inode)->promised && vm_charge(1))
		return -ENOSPC;
	sbi->used_blocks++;
	shmem_i(inode)->alloced++;
	nr_charged++;
	nr_shmem_pages++;
	return 0;
}

void shmem_uncharge(struct inode *inode, unsigned long nr)
{
	shmem_sb(inode->i_sb)->used_blocks -= nr;
	shmem_i(inode)->alloced -= nr;
	nr_charged -= nr;
	if (!shmem_i(inode)->promised)
		vm_uncharge(nr);
}

void shmem_recalc(struct inode *inode)
{
	struct shmem_inode_info *info = shmem_i(inode);
	unsigned long gone = info->alloced - info->swapped - inode->i_data.nrpages;

	shmem_uncharge(inode, gone);
	nr_shmem_pages -= gone;
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
	struct page *page;
	int err = -ENOMEM;

	if (!may_fill(shmem_i(inode), want))
		return -ENOSPC;
	page = alloc_page(gfp);
	if (!page || radix_tree_preload(GFP_KERNEL))
		goto out;
	err = -EINVAL;
	if (want == WANT_FAULT && behind_end(inode, index))
		goto out;
	err = -EEXIST;
	if (shmem_entry_at(shmem_i(inode), index).val)
		goto out;
	err = charge_page(inode);
	if (err)
		goto out;
	err = add_to_page_cache(page, inode->i_mapping, index);
	if (err) {
		shmem_recalc(inode);
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

/*
 * The page, referenced, not locked; a hole that is to stay one: NULL; or ERR_PTR. *major (or NULL)
 * is set when it was in swap.
 */
static struct page *shmem_getpage(struct inode *inode, pgoff_t index, enum shmem_want want,
				  int *major)
{
	struct page *page;
	swp_entry_t entry;
	int err;

	while (!(page = find_get_page(inode->i_mapping, index))) {
		entry = shmem_entry_at(shmem_i(inode), index);
		if (entry.val) {
			err = shmem_swap_in(inode, index, entry);
			if (major)
				*major = VM_FAULT_MAJOR;
		} else if (want == WANT_READ) {
			return NULL;
		} else {
			err = fill_hole(inode, index, want);
		}
		if (err && err != -EEXIST)
			return ERR_PTR(err);
	}
	if (want != WANT_WRITE && unlikely(!PageUptodate(page)))
		make_uptodate(page);
	return page;
}

/* ---- read and write ---- */

/* What the generic read and write ask for. */
static struct page *shmem_get_cache_page(struct address_space *mapping, pgoff_t index,
					 bool write)
{
	enum shmem_want want = write ? WANT_WRITE : WANT_READ;
	struct page *page = shmem_getpage(mapping->host, index, want, NULL);

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
	}
	return 0;
}

static int shmem_commit_write(struct file *file __unused, struct page *page,
			      unsigned int from, unsigned int to)
{
	struct inode *inode = page->mapping->host;
	loff_t end = ((loff_t)page->index << PAGE_SHIFT) + to;

	if (to > from && end > inode->i_size)
		inode->i_size = end;
	SetPageUptodate(page);
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
	.writepage	= shmem_writepage,
	.get_cache_page	= shmem_get_cache_page,
	.prepare_write	= shmem_prepare_write,
	.commit_write	= shmem_commit_write,
	.set_page_dirty	= shmem_set_page_dirty,
};

bool shmem_mapping(const struct address_space *mapping)
{
	return mapping->a_ops == &shmem_aops;
}

/* ---- mappings ---- */

struct page *shmem_nopage(struct vm_area_struct *vma, unsigned long address, int *major)
{
	struct inode *inode = vma->vm_file->f_dentry->d_inode;
	pgoff_t index = vma->vm_pgoff + ((address - vma->vm_start) >> PAGE_SHIFT);
	struct page *page;

	if (unlikely(behind_end(inode, index)))
		return NOPAGE_SIGBUS;
	page = find_get_page(inode->i_mapping, index);
	if (unlikely(!page || !PageUptodate(page))) {
		if (page)
			put_page(page);
		page = shmem_getpage(inode, index, WANT_FAULT, major);
		if (IS_ERR(page))
			return PTR_ERR(page) == -ENOMEM ? NOPAGE_OOM : NOPAGE_SIGBUS;
		/* Truncated while we slept? */
		if (behind_end(inode, index)) {
			put_page(page);
			return NOPAGE_SIGBUS;
		}
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

/*
 * Behind truncate_inode_pages(): the pages have gone, but what a reader brought in from swap
 * meanwhile has not.
 */
static void shmem_truncate(struct inode *inode)
{
	shmem_free_entries(inode, (inode->i_size + PAGE_SIZE - 1) >> PAGE_SHIFT);
	truncate_inode_pages(inode->i_mapping, inode->i_size);
	shmem_recalc(inode);
}

/* A page that truncation will cut in two must be in memory, where its tail can be cleared. */
static int shmem_setattr(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = dentry->d_inode;
	struct page *page = NULL;
	int err;

	if ((attr->ia_valid & ATTR_SIZE) && attr->ia_size < inode->i_size &&
	    (attr->ia_size & (PAGE_SIZE - 1)) && shmem_i(inode)->swapped)
		page = shmem_getpage(inode, attr->ia_size >> PAGE_SHIFT, WANT_READ, NULL);
	if (IS_ERR(page))
		return PTR_ERR(page);
	err = inode_setattr(inode, attr);
	if (page)
		put_page(page);
	return err;
}

static int shmem_getattr(struct inode *inode)
{
	shmem_recalc(inode);
	inode->i_blocks = shmem_i(inode)->alloced << (PAGE_SHIFT - 9);
	return 0;
}

static const struct inode_operations shmem_file_iops = {
	.truncate	= shmem_truncate,
	.setattr	= shmem_setattr,
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
	info->alloced = info->swapped = 0;
	INIT_RADIX_TREE(&info->swap, __GFP_NOWARN);
	INIT_LIST_HEAD(&info->swap_list);
	info->unuse_hint = 0;
	info->locked = false;
	info->promised = false;
	info->outlives = true;
	info->committed = 0;
	info->next_cookie = 0;
	info->target = NULL;
	return &info->vfs_inode;
}

void shmem_destroy_inode(struct inode *inode)
{
	struct shmem_inode_info *info = shmem_i(inode);

	shmem_free_entries(inode, 0);
	shmem_recalc(inode);
	vm_uncharge(info->committed);
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

/* The promise of their memory is made at once: later, at a fault, it could not be refused. */
static struct inode *new_anon_inode(loff_t size, unsigned long vm_flags)
{
	unsigned long pages = 0;
	struct inode *inode;

	if (!(vm_flags & VM_NORESERVE) || overcommit_memory == OVERCOMMIT_NEVER)
		pages = (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	if (vm_charge(pages))
		return NULL;
	inode = new_inode(&anon_sb);
	if (!inode) {
		vm_uncharge(pages);
		return NULL;
	}
	shmem_i(inode)->promised = true;
	shmem_i(inode)->outlives = false;
	shmem_i(inode)->committed = pages;
	inode->i_ino = ++anon_sb_info.last_ino;
	inode->i_size = size;
	inode->i_nlink = 0;
	inode_init_owner(inode, NULL, S_IFREG | 0600);
	shmem_init_file(inode);
	return inode;
}

struct file *shmem_file_setup(const char *name, loff_t size, unsigned long vm_flags)
{
	const struct qstr qname = { (const unsigned char *)name, strlen(name), 0 };
	struct inode *inode = new_anon_inode(size, vm_flags);
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
	get_write_access(inode);	/* of a new inode: it is granted */
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
