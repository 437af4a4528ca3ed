/*
 * The pages of an a.out file. They begin at byte 1024 of it, so none is a page of the page cache:
 *
 *	file		|head|----|----|----|----|----|----|----|----|---- ...
 *	page cache	|         0         |         1         |          ...
 *	program		     |         0         |         1         |     ...
 *
 * So the program has a page cache of its own, the text: an address_space beside the inode's, whose
 * readpages puts the halves together. All processes that run the program share it; the fault code
 * copies a page for who writes to it; a page that nobody uses is dropped when memory is short, and
 * is made again at the next touch. The text goes when the last mapping does.
 *
 * 0.12 read the four blocks at each fault, into a page that it then shared with other processes of
 * the same inode by looking through their page tables.
 */
#include <linux/aout.h>
#include <linux/fs.h>
#include <linux/mmap.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/string.h>

struct aout_text {
	struct list_head list;		/* in texts */
	struct inode *inode;		/* held */
	unsigned long size;		/* bytes behind block 0; then zeroes */
	int users;			/* VMAs */
	struct address_space mapping;
};

static LIST_HEAD(texts);

#define VM_AOUT	(VM_READ | VM_WRITE | VM_EXEC | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC | \
		 VM_NORESERVE)

/* ---- filling a page ---- */

static struct aout_text *text_of(const struct address_space *mapping)
{
	return container_of(mapping, struct aout_text, mapping);
}

/*
 * By way of read(), which any file system offers, and which reads ahead. It stops early at an error
 * and for a task that is being killed; only where it says 0 the file ends.
 */
static int read_text(struct file *file, unsigned long start, char *to, unsigned long bytes)
{
	unsigned long done = 0;
	ssize_t n = 1;

	while (done < bytes && n > 0) {
		n = kernel_read(file, AOUT_BLOCK + (loff_t)start + done, to + done, bytes - done);
		if (n > 0)
			done += n;
	}
	memset(to + done, 0, PAGE_SIZE - done);
	return n < 0 ? (int)n : 0;
}

static int read_text_page(struct file *file, struct page *page)
{
	struct aout_text *text = text_of(page->mapping);
	unsigned long start = page->index << PAGE_SHIFT;
	unsigned long bytes = start < text->size ? min(text->size - start, PAGE_SIZE) : 0;
	int err = read_text(file, start, kmap(page), bytes);

	kunmap(page);
	if (err)
		SetPageError(page);
	else
		SetPageUptodate(page);
	unlock_page(page);
	return err;
}

static int text_readpages(struct file *file, struct page **pages, unsigned int nr)
{
	int err = 0, ret;

	for (; nr; nr--, pages++) {
		ret = read_text_page(file, *pages);
		if (ret)
			err = ret;
	}
	return err;
}

static const struct address_space_operations text_aops = {
	.readpages = text_readpages,
};

/* ---- one text for all who run the file ---- */

static struct aout_text *get_text(struct inode *inode, unsigned long size)
{
	struct aout_text *text;

	list_for_each_entry(text, &texts, list) {
		if (text->inode == inode && text->size == size)
			goto found;
	}
	text = kzalloc(sizeof(*text), GFP_KERNEL);
	if (!text)
		return NULL;
	text->inode = igrab(inode);
	text->size = size;
	text->mapping.host = inode;
	text->mapping.a_ops = &text_aops;
	INIT_RADIX_TREE(&text->mapping.page_tree, __GFP_NOWARN);
	INIT_LIST_HEAD(&text->mapping.i_mmap);
	list_add(&text->list, &texts);
found:
	text->users++;
	return text;
}

static void put_text(struct aout_text *text)
{
	if (--text->users)
		return;
	list_del(&text->list);
	truncate_inode_pages(&text->mapping, 0);
	iput(text->inode);
	kfree(text);
}

/* ---- mappings ---- */

static void text_open(struct vm_area_struct *vma)
{
	((struct aout_text *)vma->vm_private_data)->users++;
}

static void text_close(struct vm_area_struct *vma)
{
	put_text(vma->vm_private_data);
}

static struct page *text_nopage(struct vm_area_struct *vma, unsigned long address, int *major)
{
	struct aout_text *text = vma->vm_private_data;
	pgoff_t index = vma->vm_pgoff + ((address - vma->vm_start) >> PAGE_SHIFT);
	struct page *page = find_get_page(&text->mapping, index);

	if (!page || !PageUptodate(page)) {
		if (page)
			put_page(page);
		*major = 1;
		page = read_cache_page(&text->mapping, index, vma->vm_file);
		if (IS_ERR(page))
			return PTR_ERR(page) == -ENOMEM ? NOPAGE_OOM : NOPAGE_SIGBUS;
	}
	mark_page_accessed(page);
	return page;
}

static const struct vm_operations_struct text_vm_ops = {
	.open	= text_open,
	.close	= text_close,
	.nopage	= text_nopage,
};

static int enter_vma(struct mm_struct *mm, struct vm_area_struct *vma)
{
	int err = insert_vm_struct(mm, vma);

	if (!err)
		mm->total_vm += vma_pages(vma);
	return err;
}

int map_aout_text(struct mm_struct *mm, struct file *file, unsigned long start, unsigned long end,
		  unsigned long size)
{
	struct inode *inode = file->f_dentry->d_inode;
	struct vm_area_struct *vma =
		vma_create(mm, start, end, VM_AOUT | VM_DENYWRITE);
	struct aout_text *text;
	int err = -ENOMEM;

	if (!vma)
		return -ENOMEM;
	text = get_text(inode, size);
	if (!text)
		goto out_free;
	err = deny_write_access(inode);
	if (err)
		goto out_put;
	vma->vm_ops = &text_vm_ops;
	vma->vm_private_data = text;
	err = enter_vma(mm, vma);
	if (err)
		goto out_allow;
	vma->vm_file = file;
	file->f_count++;
	list_add(&vma->shared, &inode->i_mapping->i_mmap);
	return 0;

out_allow:
	allow_write_access(inode);
out_put:
	put_text(text);
out_free:
	kmem_cache_free(vm_area_cachep, vma);
	return err;
}

int map_aout_zeroes(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = vma_create(mm, start, end, VM_AOUT);
	int err;

	if (!vma)
		return -ENOMEM;
	err = enter_vma(mm, vma);
	if (err)
		kmem_cache_free(vm_area_cachep, vma);
	return err;
}
