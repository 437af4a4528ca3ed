/*
 * Inodes on the disk: reading, writing and deleting them. The inode table lies behind the maps; v1
 * keeps 32 of its inodes in a block, v2 16.
 *
 * iget() calls minix_read_inode() for an inode that is not in memory; sync and the daemon call
 * minix_write_inode(), which only fills the buffer; the last iput() of a nameless
 * file calls minix_delete_inode().
 */
#include <linux/buffer_head.h>
#include <linux/minix_fs.h>
#include <linux/pagemap.h>
#include <linux/string.h>

/* The block of the inode table that holds `ino`, and its slot. NULL: bad number, I/O error. */
static struct buffer_head *read_table(struct super_block *sb, ino_t ino, unsigned int *slot)
{
	struct minix_sb_info *sbi = minix_sb(sb);
	unsigned int size = sbi->version == 1 ? sizeof(struct minix_inode)
					      : sizeof(struct minix2_inode);
	unsigned int per_block = MINIX_BLOCK_SIZE / size;
	struct buffer_head *bh;

	if (ino < 1 || ino > sbi->ninodes) {
		minix_error(sb, "inode number %lu does not exist", ino);
		return NULL;
	}
	*slot = (ino - 1) % per_block;
	bh = bread(sb->s_dev, MINIX_SUPER_BLOCK + 1 + sbi->imap_blocks + sbi->zmap_blocks +
		   (ino - 1) / per_block, MINIX_BLOCK_SIZE);
	if (!bh)
		minix_error(sb, "cannot read the block of inode %lu", ino);
	return bh;
}

/* ---- disk to memory ---- */

static void from_disk_v1(struct inode *inode, const struct minix_inode *raw)
{
	unsigned int i;

	inode->i_mode = raw->i_mode;
	inode->i_nlink = raw->i_nlinks;
	inode->i_uid = raw->i_uid;
	inode->i_gid = raw->i_gid;
	inode->i_size = raw->i_size;
	inode->i_atime = inode->i_mtime = inode->i_ctime = raw->i_time;
	for (i = 0; i < ARRAY_SIZE(raw->i_zone); i++)
		minix_i(inode)->zone[i] = raw->i_zone[i];
}

static void from_disk_v2(struct inode *inode, const struct minix2_inode *raw)
{
	unsigned int i;

	inode->i_mode = raw->i_mode;
	inode->i_nlink = raw->i_nlinks;
	inode->i_uid = raw->i_uid;
	inode->i_gid = raw->i_gid;
	inode->i_size = raw->i_size;
	inode->i_atime = raw->i_atime;
	inode->i_mtime = raw->i_mtime;
	inode->i_ctime = raw->i_ctime;
	for (i = 0; i < ARRAY_SIZE(raw->i_zone); i++)
		minix_i(inode)->zone[i] = raw->i_zone[i];
}

/* What is wrong with an inode that has just been read, or NULL. */
static const char *check_inode(struct inode *inode)
{
	struct minix_sb_info *sbi = minix_sb(inode->i_sb);

	if (inode->i_nlink == 0)
		return "is not in use";
	if (inode->i_size > minix_max_size(sbi))
		return "is larger than a file can be";
	switch (inode->i_mode & S_IFMT) {
	case S_IFDIR:
		/* They have no holes; one larger than the disk would take for ever to search. */
		if (inode->i_size > (loff_t)(sbi->nzones - sbi->firstdatazone) << MINIX_BLOCK_BITS)
			return "is a directory larger than the disk";
		if (inode->i_size & (sbi->dirsize - 1))
			minix_error(inode->i_sb, "directory %lu: size %lu is not in whole entries",
				    inode->i_ino, (unsigned long)inode->i_size);
		return NULL;
	case S_IFREG:
	case S_IFLNK:
	case S_IFCHR:
	case S_IFBLK:
	case S_IFIFO:
	case S_IFSOCK:
		return NULL;
	}
	return "has an unknown type";
}

void minix_set_inode(struct inode *inode, dev_t rdev)
{
	inode->i_mapping->a_ops = &minix_aops;
	switch (inode->i_mode & S_IFMT) {
	case S_IFREG:
		inode->i_op = &minix_file_iops;
		inode->i_fop = &minix_file_fops;
		break;
	case S_IFDIR:
		inode->i_op = &minix_dir_iops;
		inode->i_fop = &minix_dir_fops;
		break;
	case S_IFLNK:
		inode->i_op = &minix_symlink_iops;
		break;
	default:
		minix_i(inode)->zone[0] = rdev;
		init_special_inode(inode, inode->i_mode, rdev);
	}
}

void minix_read_inode(struct inode *inode)
{
	const char *complaint;
	struct buffer_head *bh;
	unsigned int slot;

	mutex_init(&minix_i(inode)->tree_lock);
	bh = read_table(inode->i_sb, inode->i_ino, &slot);
	if (!bh) {
		make_bad_inode(inode);
		return;
	}
	if (minix_sb(inode->i_sb)->version == 1)
		from_disk_v1(inode, (struct minix_inode *)bh->b_data + slot);
	else
		from_disk_v2(inode, (struct minix2_inode *)bh->b_data + slot);
	brelse(bh);
	complaint = check_inode(inode);
	if (complaint) {
		minix_error(inode->i_sb, "inode %lu %s", inode->i_ino, complaint);
		make_bad_inode(inode);
		return;
	}
	minix_set_inode(inode, minix_i(inode)->zone[0] & 0xffff);
}

/* ---- memory to disk ---- */

/* A number too large for its field becomes the largest: nobody's, never by accident root's. */
static inline u32 clamp_id(u32 id, u32 max)
{
	return id > max ? max : id;
}

static void to_disk_v1(struct inode *inode, struct minix_inode *raw)
{
	unsigned int i;

	raw->i_mode = inode->i_mode;
	raw->i_nlinks = inode->i_nlink;
	raw->i_uid = clamp_id(inode->i_uid, 0xffff);
	raw->i_gid = clamp_id(inode->i_gid, 0xff);
	raw->i_size = inode->i_size;
	raw->i_time = inode->i_mtime;
	for (i = 0; i < ARRAY_SIZE(raw->i_zone); i++)
		raw->i_zone[i] = minix_i(inode)->zone[i];
}

static void to_disk_v2(struct inode *inode, struct minix2_inode *raw)
{
	unsigned int i;

	raw->i_mode = inode->i_mode;
	raw->i_nlinks = inode->i_nlink;
	raw->i_uid = clamp_id(inode->i_uid, 0xffff);
	raw->i_gid = clamp_id(inode->i_gid, 0xffff);
	raw->i_size = inode->i_size;
	raw->i_atime = inode->i_atime;
	raw->i_mtime = inode->i_mtime;
	raw->i_ctime = inode->i_ctime;
	for (i = 0; i < ARRAY_SIZE(raw->i_zone); i++)
		raw->i_zone[i] = minix_i(inode)->zone[i];
}

int minix_write_inode(struct inode *inode, int wait)
{
	struct buffer_head *bh;
	unsigned int slot;
	int err = 0;

	bh = read_table(inode->i_sb, inode->i_ino, &slot);
	if (!bh)
		return -EIO;
	if (minix_sb(inode->i_sb)->version == 1)
		to_disk_v1(inode, (struct minix_inode *)bh->b_data + slot);
	else
		to_disk_v2(inode, (struct minix2_inode *)bh->b_data + slot);
	mark_buffer_dirty(bh);
	if (wait)
		err = sync_dirty_buffer(bh);
	brelse(bh);
	return err;
}

/* A free inode is all zeroes: mode and links at least, or fsck complains. */
static void clear_on_disk(struct inode *inode)
{
	struct buffer_head *bh;
	unsigned int slot;

	bh = read_table(inode->i_sb, inode->i_ino, &slot);
	if (!bh)
		return;
	if (minix_sb(inode->i_sb)->version == 1)
		memset((struct minix_inode *)bh->b_data + slot, 0, sizeof(struct minix_inode));
	else
		memset((struct minix2_inode *)bh->b_data + slot, 0, sizeof(struct minix2_inode));
	mark_buffer_dirty(bh);
	brelse(bh);
}

void minix_delete_inode(struct inode *inode)
{
	if (inode->i_data.nrpages)
		truncate_inode_pages(&inode->i_data, 0);
	inode->i_size = 0;
	minix_truncate(inode);
	clear_on_disk(inode);
	minix_free_inode(inode);
	clear_inode(inode);
}
