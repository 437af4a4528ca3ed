/*
 * Regular files and symbolic links of MINIX: the generic code does the work, through the page
 * cache; what is ours is only where the blocks are.
 */
#include <linux/minix_fs.h>
#include <linux/pagemap.h>
#include <linux/string.h>

static int minix_readpages(struct file *file __unused, struct page **pages, unsigned int nr)
{
	return block_read_pages(pages, nr, minix_get_block);
}

static int minix_writepage(struct page *page)
{
	return block_write_full_page(page, minix_get_block);
}

static int minix_prepare_write(struct file *file __unused, struct page *page, unsigned int from,
			       unsigned int to)
{
	return block_prepare_write(page, from, to, minix_get_block);
}

static int minix_commit_write(struct file *file __unused, struct page *page, unsigned int from,
			      unsigned int to)
{
	return block_commit_write(page, from, to);
}

static sector_t minix_bmap(struct inode *inode, sector_t block)
{
	struct place place;

	return minix_get_block(inode, block, 1, false, &place) ? 0 : place.block;
}

const struct address_space_operations minix_aops = {
	.readpages = minix_readpages,
	.writepage = minix_writepage,
	.prepare_write = minix_prepare_write,
	.commit_write = minix_commit_write,
	.bmap = minix_bmap,
};

/* Sizes in blocks are not on the disk; they follow from the size in bytes. */
int minix_getattr(struct inode *inode)
{
	inode->i_blocks = minix_blocks(inode);
	inode->i_blksize = PAGE_SIZE;
	return 0;
}

static int minix_readlink(struct dentry *dentry, char *buf, int size)
{
	struct inode *inode = dentry->d_inode;
	struct page *page;

	if (inode->i_size <= 0 || inode->i_size >= MINIX_BLOCK_SIZE) {
		minix_error(inode->i_sb, "symbolic link %lu has a bad length", inode->i_ino);
		return -EIO;
	}
	page = read_cache_page(inode->i_mapping, 0, NULL);
	if (IS_ERR(page))
		return PTR_ERR(page);
	size = min_t(int, size, inode->i_size);
	memcpy(buf, kmap(page), size);
	kunmap(page);
	put_page(page);
	/* A NUL within: the name ends there. */
	return strnlen(buf, size);
}

const struct inode_operations minix_file_iops = {
	.truncate = minix_truncate,
	.getattr = minix_getattr,
};

const struct inode_operations minix_symlink_iops = {
	.readlink = minix_readlink,
	.getattr = minix_getattr,
};

const struct file_operations minix_file_fops = {
	.llseek = generic_file_llseek,
	.read = generic_file_read,
	.write = generic_file_write,
	.mmap = generic_file_mmap,
	.fsync = generic_file_fsync,
};
