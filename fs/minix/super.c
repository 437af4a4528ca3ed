/*
 * Mounting a MINIX file system. The super-block says how large its parts are; before anything
 * is believed, the numbers must agree with each other and with the device. Then the two maps are
 * read and kept.
 *
 * While it is mounted read-write, the disk says "not unmounted cleanly"; umount and
 * remount-read-only write all that is dirty, and only then the state that was found.
 */
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/init.h>
#include <linux/minix_fs.h>
#include <linux/slab.h>
#include <uapi/linux/statfs.h>

#define MAP_BITS	(MINIX_BLOCK_SIZE * 8)

/* ---- the super-block ---- */

/*
 * The first mkfs forgot bit 0, which stands for nothing, when it computed the size of the maps. One
 * that is exactly full lacks the bit of the last inode or zone, which is left unused.
 */
static void fit_to_maps(struct minix_sb_info *sbi)
{
	if (sbi->imap_blocks && sbi->ninodes == sbi->imap_blocks * MAP_BITS)
		sbi->ninodes--;
	if (sbi->zmap_blocks && sbi->nzones - sbi->firstdatazone == sbi->zmap_blocks * MAP_BITS)
		sbi->nzones--;
}

/* Fills in what follows from the magic number; false: some other file system. */
static bool minix_set_version(struct minix_sb_info *sbi, const struct minix_super_block *ms)
{
	switch (ms->s_magic) {
	case MINIX_SUPER_MAGIC:
	case MINIX_SUPER_MAGIC2:
		sbi->version = 1;
		sbi->namelen = ms->s_magic == MINIX_SUPER_MAGIC ? 14 : 30;
		sbi->nzones = ms->s_nzones;
		sbi->link_max = MINIX_LINK_MAX;
		sbi->addr_bits = MINIX_BLOCK_BITS - 1;
		sbi->depth = 2;
		break;
	case MINIX2_SUPER_MAGIC:
	case MINIX2_SUPER_MAGIC2:
		sbi->version = 2;
		sbi->namelen = ms->s_magic == MINIX2_SUPER_MAGIC ? 14 : 30;
		sbi->nzones = ms->s_zones;
		sbi->link_max = MINIX2_LINK_MAX;
		sbi->addr_bits = MINIX_BLOCK_BITS - 2;
		sbi->depth = 3;
		break;
	default:
		return false;
	}
	sbi->dirsize = sbi->namelen + sizeof(u16);
	sbi->ninodes = ms->s_ninodes;
	sbi->firstdatazone = ms->s_firstdatazone;
	sbi->imap_blocks = ms->s_imap_blocks;
	sbi->zmap_blocks = ms->s_zmap_blocks;
	fit_to_maps(sbi);
	return true;
}

/* What is wrong with the geometry, or NULL. */
static const char *check_geometry(const struct minix_sb_info *sbi,
				  const struct minix_super_block *ms, u64 device_blocks)
{
	unsigned long per_block = MINIX_BLOCK_SIZE / (sbi->version == 1 ?
				  sizeof(struct minix_inode) : sizeof(struct minix2_inode));
	unsigned long table = (sbi->ninodes + per_block - 1) / per_block;
	unsigned long maps = sbi->imap_blocks + sbi->zmap_blocks;

	if (ms->s_log_zone_size)
		return "zones larger than a block are not supported";
	if (!sbi->ninodes || !sbi->imap_blocks || !sbi->zmap_blocks)
		return "no inodes or no maps";
	if ((unsigned long)sbi->imap_blocks * MAP_BITS < sbi->ninodes + 1)
		return "the inode map is too small";
	if (sbi->firstdatazone < MINIX_SUPER_BLOCK + 1 + maps + table)
		return "data begins within the inode table";
	if (sbi->nzones <= sbi->firstdatazone)
		return "no data zones";
	if (sbi->nzones > device_blocks)
		return "it is larger than the device";
	if ((u64)sbi->zmap_blocks * MAP_BITS < (u64)sbi->nzones - sbi->firstdatazone + 1)
		return "the zone map is too small";
	return NULL;
}

static loff_t max_file_size(const struct minix_sb_info *sbi, const struct minix_super_block *ms)
{
	loff_t max = min_t(loff_t, minix_max_size(sbi), 0x7fffffff);

	return ms->s_max_size >= MINIX_BLOCK_SIZE ? min_t(loff_t, max, ms->s_max_size) : max;
}

/* ---- the maps ---- */

static void put_maps(struct minix_sb_info *sbi)
{
	unsigned int i;

	for (i = 0; sbi->imap && i < sbi->maps_held; i++)
		brelse(sbi->imap[i]);
	kfree(sbi->imap);
	sbi->imap = NULL;
}

/* Reads `nr` blocks of a map from `block` on behind those that are held already. */
static int read_map(struct super_block *sb, unsigned int block, unsigned int nr)
{
	struct minix_sb_info *sbi = minix_sb(sb);

	for (; nr; nr--, block++) {
		struct buffer_head *bh = bread(sb->s_dev, block, MINIX_BLOCK_SIZE);

		if (!bh)
			return -EIO;
		sbi->imap[sbi->maps_held++] = bh;
	}
	return 0;
}

/* Only as much of the maps as there are inodes and zones, whatever room the disk gives them. */
static int read_maps(struct super_block *sb)
{
	struct minix_sb_info *sbi = minix_sb(sb);
	unsigned int imap = DIV_ROUND_UP(sbi->ninodes + 1, MAP_BITS);
	unsigned int zmap = DIV_ROUND_UP(sbi->nzones - sbi->firstdatazone + 1, MAP_BITS);
	int err;

	sbi->imap = kzalloc((imap + zmap) * sizeof(*sbi->imap), GFP_KERNEL);
	if (!sbi->imap)
		return -ENOMEM;
	sbi->zmap = sbi->imap + imap;
	err = read_map(sb, MINIX_SUPER_BLOCK + 1, imap);
	if (!err)
		err = read_map(sb, MINIX_SUPER_BLOCK + 1 + sbi->imap_blocks, zmap);
	if (err)
		return err;
	/* Numbers that must never be handed out: 0, which means "none", and the root. */
	sbi->imap[0]->b_data[0] |= 3;
	sbi->zmap[0]->b_data[0] |= 1;
	sbi->free_inodes = minix_count_free(sbi->imap, sbi->ninodes + 1);
	sbi->free_zones = minix_count_free(sbi->zmap, sbi->nzones - sbi->firstdatazone + 1);
	return 0;
}

/* ---- state: clean or not ---- */

static void minix_write_state(struct super_block *sb, u16 state)
{
	struct minix_sb_info *sbi = minix_sb(sb);

	sbi->ms->s_state = state;
	mark_buffer_dirty(sbi->sbh);
	sync_dirty_buffer(sbi->sbh);
}

static void minix_become_writable(struct super_block *sb)
{
	struct minix_sb_info *sbi = minix_sb(sb);

	sbi->mount_state = sbi->ms->s_state;
	if (!(sbi->mount_state & MINIX_VALID_FS))
		printk(KERN_WARNING "minix %s: not unmounted cleanly, fsck is advised\n",
		       sb->s_devname);
	else if (sbi->mount_state & MINIX_ERROR_FS)
		printk(KERN_WARNING "minix %s: has errors, fsck is advised\n", sb->s_devname);
	minix_write_state(sb, sbi->mount_state & ~MINIX_VALID_FS);
}

static void minix_become_clean(struct super_block *sb)
{
	sync_buffers(sb->s_dev, 1);
	minix_write_state(sb, minix_sb(sb)->mount_state);
}

/* ---- operations ---- */

static void minix_put_super(struct super_block *sb)
{
	struct minix_sb_info *sbi = minix_sb(sb);

	if (!(sb->s_flags & MS_RDONLY))
		minix_become_clean(sb);
	put_maps(sbi);
	brelse(sbi->sbh);
	kfree(sbi);
	sb->s_fs_info = NULL;
}

static int minix_remount(struct super_block *sb, unsigned long old, int *flags,
			 char *data __unused)
{
	bool was_ro = old & MS_RDONLY, ro = *flags & MS_RDONLY;

	if (ro && !was_ro)
		minix_become_clean(sb);
	else if (!ro && was_ro)
		minix_become_writable(sb);
	return 0;
}

static int minix_statfs(struct super_block *sb, struct statfs64 *buf)
{
	struct minix_sb_info *sbi = minix_sb(sb);

	buf->f_type = sb->s_magic;
	buf->f_bsize = buf->f_frsize = MINIX_BLOCK_SIZE;
	buf->f_blocks = sbi->nzones - sbi->firstdatazone;
	buf->f_bfree = buf->f_bavail = sbi->free_zones;
	buf->f_files = sbi->ninodes;
	buf->f_ffree = sbi->free_inodes;
	buf->f_namelen = sbi->namelen;
	buf->f_fsid[0] = sb->s_dev;
	return 0;
}

static const struct super_operations minix_sops = {
	.read_inode = minix_read_inode,
	.write_inode = minix_write_inode,
	.delete_inode = minix_delete_inode,
	.put_super = minix_put_super,
	.statfs = minix_statfs,
	.remount_fs = minix_remount,
};

static int read_root(struct super_block *sb)
{
	struct inode *root = iget(sb, MINIX_ROOT_INO);

	if (!root)
		return -ENOMEM;
	if (is_bad_inode(root) || !S_ISDIR(root->i_mode)) {
		printk(KERN_ERR "minix %s: the root is not a directory\n", sb->s_devname);
		iput(root);
		return -EIO;
	}
	sb->s_root = d_alloc_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}

static int minix_read_super(struct super_block *sb, void *data __unused, int silent)
{
	struct minix_sb_info *sbi = kzalloc(sizeof(*sbi), GFP_KERNEL);
	const char *complaint;
	int err;

	if (!sbi)
		return -ENOMEM;
	sb->s_fs_info = sbi;
	err = -EIO;
	sbi->sbh = bread(sb->s_dev, MINIX_SUPER_BLOCK, MINIX_BLOCK_SIZE);
	if (!sbi->sbh)
		goto out_free;
	sbi->ms = (struct minix_super_block *)sbi->sbh->b_data;
	err = -EINVAL;
	if (!minix_set_version(sbi, sbi->ms)) {
		if (!silent)
			printk(KERN_ERR "minix %s: no MINIX super-block\n", sb->s_devname);
		goto out_brelse;
	}
	err = -EIO;
	complaint = check_geometry(sbi, sbi->ms, blkdev_sectors(sb->s_dev) >>
				   (MINIX_BLOCK_BITS - SECTOR_SHIFT));
	if (complaint) {
		printk(KERN_ERR "minix %s: bad super-block: %s\n", sb->s_devname, complaint);
		goto out_brelse;
	}
	sb->s_blocksize = MINIX_BLOCK_SIZE;
	sb->s_magic = sbi->ms->s_magic;
	sb->s_maxbytes = max_file_size(sbi, sbi->ms);
	sb->s_op = &minix_sops;
	err = read_maps(sb);
	if (!err)
		err = read_root(sb);
	if (err)
		goto out_maps;
	if (!(sb->s_flags & MS_RDONLY))
		minix_become_writable(sb);
	return 0;
out_maps:
	put_maps(sbi);
out_brelse:
	brelse(sbi->sbh);
out_free:
	kfree(sbi);
	sb->s_fs_info = NULL;
	return err;
}

static struct file_system_type minix_fs_type = {
	.name = "minix",
	.fs_flags = FS_REQUIRES_DEV,
	.read_super = minix_read_super,
};

static int __init minix_init(void)
{
	return register_filesystem(&minix_fs_type);
}
initcall_fs(minix_init);
