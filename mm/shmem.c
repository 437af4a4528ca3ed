/*
 * Shared anonymous memory: a mapping that fork does not copy. Behind it stands a
 * file without a name, whose pages are only in memory: they hang in the
 * inode's page tree, but not on the list that reclaim goes through, until the
 * last mapping and with it the inode is gone.
 */
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/err.h>
#include <linux/swap.h>

#define SHMEM_MAGIC	0x01021994

static const struct vm_operations_struct shmem_vm_ops;

static struct page *shmem_nopage(struct vm_area_struct *vma, unsigned long address, int *major)
{
	struct inode *inode = vma->vm_file->f_dentry->d_inode;
	struct address_space *mapping = inode->i_mapping;
	pgoff_t index = vma->vm_pgoff + ((address - vma->vm_start) >> PAGE_SHIFT);
	struct page *page;

	(void)major;
	if (index >= (pgoff_t)((inode->i_size + PAGE_SIZE - 1) >> PAGE_SHIFT))
		return NOPAGE_SIGBUS;
	while (!(page = radix_tree_lookup(&mapping->page_tree, index))) {
		int error;

		page = alloc_page(GFP_HIGHUSER | __GFP_ZERO);
		if (!page)
			return NOPAGE_OOM;
		error = radix_tree_preload(GFP_KERNEL);
		if (!error)
			error = radix_tree_insert(&mapping->page_tree, index, page);
		if (!error) {
			page->index = index;	/* not in nrpages: these are no cache pages */
			break;
		}
		put_page(page);
		if (error != -EEXIST)
			return NOPAGE_OOM;
	}
	get_page(page);
	return page;
}

static int shmem_mmap(struct file *file, struct vm_area_struct *vma)
{
	(void)file;
	vma->vm_ops = &shmem_vm_ops;
	return 0;
}

static void shmem_delete_inode(struct inode *inode)
{
	struct radix_tree_root *tree = &inode->i_data.page_tree;
	void *pages[16];
	unsigned int n, i;

	while ((n = radix_tree_gang_lookup(tree, pages, 0, ARRAY_SIZE(pages)))) {
		for (i = 0; i < n; i++) {
			struct page *page = pages[i];

			radix_tree_delete(tree, page->index);
			put_page(page);
		}
	}
	clear_inode(inode);
}

/* These pages are never swapped out. */
bool shmem_unuse(swp_entry_t entry, struct page *page)
{
	(void)entry;
	(void)page;
	return false;
}

static const struct vm_operations_struct shmem_vm_ops = {
	.nopage = shmem_nopage,
};

static const struct file_operations shmem_fops = {
	.mmap = shmem_mmap,
};

static struct file_system_type shmem_fs_type = { .name = "shmem" };
static const struct super_operations shmem_sops = {
	.statfs = simple_statfs,
	.delete_inode = shmem_delete_inode,
};
static struct super_block shmem_sb = {
	.s_blocksize = PAGE_SIZE,
	.s_magic = SHMEM_MAGIC,
	.s_type = &shmem_fs_type,
	.s_op = &shmem_sops,
	.s_inodes = LIST_HEAD_INIT(shmem_sb.s_inodes),
	.s_dirty = LIST_HEAD_INIT(shmem_sb.s_dirty),
	.s_files = LIST_HEAD_INIT(shmem_sb.s_files),
};

struct file *shmem_file_setup(unsigned long size)
{
	static const struct qstr name = { (const unsigned char *)"dev/zero (deleted)", 18, 0 };
	static ino_t last_ino;
	struct inode *inode = new_inode(&shmem_sb);
	struct dentry *dentry;
	struct file *file;

	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_ino = ++last_ino;
	inode->i_size = size;
	inode->i_fop = &shmem_fops;
	inode_init_owner(inode, NULL, S_IFREG | 0600);
	inode->i_nlink = 0;
	dentry = d_alloc(NULL, &name);
	file = dentry ? get_empty_filp() : NULL;
	if (!file) {
		if (dentry)
			dput(dentry);
		iput(inode);
		return ERR_PTR(-ENFILE);
	}
	dentry->d_sb = &shmem_sb;
	d_instantiate(dentry, inode);
	file->f_dentry = dentry;
	file->f_mode = FMODE_READ | FMODE_WRITE;
	file->f_flags = O_RDWR;
	file->f_op = &shmem_fops;
	list_add(&file->f_list, &shmem_sb.s_files);
	return file;
}
