/*
 * Where the blocks of a file are: a tree of zone numbers with its root in the inode.
 *
 *	zone[0..6]	blocks 0-6 themselves
 *	zone[7]		an indirect block: numbers of the next N blocks
 *	zone[8]		a double indirect block: numbers of N indirect blocks
 *	zone[9]		v2 only: a triple indirect block
 *
 * N is 512 in v1 (16-bit numbers) and 256 in v2 (32-bit). Number 0 is a hole, read as zeroes.
 * The indirect block that holds the numbers of data blocks is called a leaf; the inode remembers
 * the last one, so that going through a file in order does not start at the root each time.
 *
 * Looking up needs no lock: a number is stored only when what it points to is ready. Adding a data
 * block to a leaf needs none either, since nothing sleeps between the look and the change. New
 * indirect blocks are made, and branches are cut, under tree_lock, the innermost lock of all.
 * Memory may run short while it is held, and reclaim then comes back here to write some page: it
 * never waits for a tree_lock (-EAGAIN), and mostly needs none since dirty pages have their blocks.
 */
#include <linux/buffer_head.h>
#include <linux/minix_fs.h>
#include <linux/pagemap.h>
#include <linux/string.h>
#include <linux/time.h>

/* ---- numbers of blocks ---- */

loff_t minix_max_size(const struct minix_sb_info *sbi)
{
	loff_t blocks = MINIX_DIRECT;
	unsigned int level;

	for (level = 1; level <= sbi->depth; level++)
		blocks += (loff_t)1 << (level * sbi->addr_bits);
	return blocks << MINIX_BLOCK_BITS;
}

unsigned long minix_blocks(struct inode *inode)
{
	struct minix_sb_info *sbi = minix_sb(inode->i_sb);
	unsigned long data = (inode->i_size + MINIX_BLOCK_SIZE - 1) >> MINIX_BLOCK_BITS;
	unsigned long blocks = data, left = data;
	unsigned int level;

	/* Rounding up at each level: leaves of indirect blocks, their parents, ... */
	for (level = 1; left > MINIX_DIRECT && level <= sbi->depth; level++) {
		left = (left - (level == 1 ? MINIX_DIRECT : 1) + (1UL << sbi->addr_bits) - 1) >>
		       sbi->addr_bits;
		blocks += left;
	}
	return blocks << (MINIX_BLOCK_BITS - 9);
}

/*
 * The way to block `block` of a file: path[0] is the slot in the inode, the others are slots in
 * indirect blocks. Returns its length; 0: no file can be that large.
 */
static unsigned int block_to_path(const struct minix_sb_info *sbi, u32 block,
				  unsigned int path[MINIX_MAX_DEPTH])
{
	unsigned int bits = sbi->addr_bits, mask = (1U << bits) - 1, level, i;

	if (block < MINIX_DIRECT) {
		path[0] = block;
		return 1;
	}
	block -= MINIX_DIRECT;
	for (level = 1; level <= sbi->depth; level++) {
		if (block >> (level * bits) == 0) {
			u32 rest = block;

			path[0] = MINIX_DIRECT + level - 1;
			for (i = level; i > 0; i--, rest >>= bits)
				path[i] = rest & mask;
			return level + 1;
		}
		block -= 1U << (level * bits);
	}
	return 0;
}

/* ---- indirect blocks ---- */

static inline u32 get_slot(const struct minix_sb_info *sbi, const struct buffer_head *bh,
			   unsigned int slot)
{
	return sbi->version == 1 ? ((u16 *)bh->b_data)[slot] : ((u32 *)bh->b_data)[slot];
}

static inline void set_slot(const struct minix_sb_info *sbi, struct buffer_head *bh,
			    unsigned int slot, u32 zone)
{
	if (sbi->version == 1)
		((u16 *)bh->b_data)[slot] = zone;
	else
		((u32 *)bh->b_data)[slot] = zone;
}

/* Reads an indirect block after a look at its number. NULL: a message has been printed. */
static struct buffer_head *read_indirect(struct inode *inode, u32 zone)
{
	struct super_block *sb = inode->i_sb;
	struct buffer_head *bh = NULL;

	if (unlikely(!minix_zone_ok(minix_sb(sb), zone))) {
		minix_error(sb, "inode %lu: bad indirect zone %u", inode->i_ino, zone);
		return NULL;
	}
	bh = bread(sb->s_dev, zone, MINIX_BLOCK_SIZE);
	if (!bh)
		minix_error(sb, "inode %lu: cannot read indirect zone %u", inode->i_ino, zone);
	return bh;
}

static int check_data_zone(struct inode *inode, u32 zone)
{
	if (likely(!zone || minix_zone_ok(minix_sb(inode->i_sb), zone)))
		return 0;
	minix_error(inode->i_sb, "inode %lu: bad zone %u", inode->i_ino, zone);
	return -EIO;
}

/* ---- the way to a block ---- */

/* A new indirect block, full of holes. 0 and *zone, or -ENOSPC. */
static int new_indirect(struct super_block *sb, u32 *zone)
{
	u32 new = minix_new_zone(sb);
	struct buffer_head *bh;

	if (!new)
		return -ENOSPC;
	bh = getblk(sb->s_dev, new, MINIX_BLOCK_SIZE);
	lock_buffer(bh);
	memset(bh->b_data, 0, MINIX_BLOCK_SIZE);
	set_bit(BH_Uptodate, &bh->b_state);
	unlock_buffer(bh);
	mark_buffer_dirty(bh);
	brelse(bh);
	*zone = new;
	return 0;
}

/*
 * Follows the path, but for its last step, to the leaf: *leaf, 0 when there is none. With `create`
 * it is made, and what leads to it; tree_lock is held then.
 */
static int walk_to_leaf(struct inode *inode, unsigned int depth, const unsigned int *path,
			bool create, u32 *leaf)
{
	struct minix_sb_info *sbi = minix_sb(inode->i_sb);
	u32 *root = &minix_i(inode)->zone[path[0]];
	unsigned int level;
	int err = 0;

	if (!*root && create) {
		err = new_indirect(inode->i_sb, root);
		mark_inode_dirty(inode);
	}
	*leaf = *root;
	for (level = 1; level < depth - 1 && *leaf && !err; level++) {
		struct buffer_head *bh = read_indirect(inode, *leaf);

		if (!bh)
			return -EIO;
		*leaf = get_slot(sbi, bh, path[level]);
		if (!*leaf && create) {
			err = new_indirect(inode->i_sb, leaf);
			if (!err) {
				set_slot(sbi, bh, path[level], *leaf);
				mark_buffer_dirty(bh);
			}
		}
		brelse(bh);
	}
	return err;
}

/* The leaf for a block that is not in the one we remember. *leaf 0: a hole. */
static noinline int find_leaf(struct inode *inode, u32 block, bool create, u32 *leaf)
{
	struct minix_inode_info *info = minix_i(inode);
	unsigned int path[MINIX_MAX_DEPTH], depth;
	int err;

	depth = block_to_path(minix_sb(inode->i_sb), block, path);
	if (!depth)
		return -EFBIG;
	err = walk_to_leaf(inode, depth, path, false, leaf);
	if (err)
		return err;
	if (!*leaf) {
		if (!create)
			return 0;
		if (!(current->flags & PF_MEMALLOC))
			mutex_lock(&info->tree_lock);
		else if (!mutex_trylock(&info->tree_lock))
			return -EAGAIN;
		err = walk_to_leaf(inode, depth, path, true, leaf);
		mutex_unlock(&info->tree_lock);
		if (err)
			return err;
	}
	info->leaf_zone = *leaf;
	info->leaf_first = block - path[depth - 1];
	return 0;
}

/* At most max good zones can follow one another from this one, a good one, on. */
static inline unsigned int limit_run(const struct minix_sb_info *sbi, u32 zone, unsigned int max)
{
	return min_t(unsigned long, max, sbi->nzones - zone);
}

static int get_direct(struct inode *inode, u32 block, unsigned int max, bool create,
		      struct place *place)
{
	u32 *slot = &minix_i(inode)->zone[block];
	int err = check_data_zone(inode, *slot);

	if (err)
		return err;
	if (!*slot && create) {
		*slot = minix_new_zone(inode->i_sb);
		if (!*slot)
			return -ENOSPC;
		mark_inode_dirty(inode);
		place->fresh = true;
	} else if (*slot) {
		max = limit_run(minix_sb(inode->i_sb), *slot, min(max, MINIX_DIRECT - block));
		while (place->nr < max && slot[place->nr] == *slot + place->nr)
			place->nr++;
	}
	place->block = *slot;
	return 0;
}

/* How many slots of a leaf, from `slot` on, which is good, name neighbours on the disk. */
static unsigned int count_neighbours(const struct minix_sb_info *sbi, const struct buffer_head *bh,
				     unsigned int slot, u32 zone, unsigned int max)
{
	unsigned int nr = 1;

	max = limit_run(sbi, zone, min(max, (1U << sbi->addr_bits) - slot));
	while (nr < max && get_slot(sbi, bh, slot + nr) == zone + nr)
		nr++;
	return nr;
}

/* A slot of a leaf. */
static int get_from_leaf(struct inode *inode, struct buffer_head *bh, unsigned int slot,
			 unsigned int max, bool create, struct place *place)
{
	struct minix_sb_info *sbi = minix_sb(inode->i_sb);
	u32 zone = get_slot(sbi, bh, slot);
	int err = check_data_zone(inode, zone);

	if (err)
		return err;
	if (!zone && create) {
		zone = minix_new_zone(inode->i_sb);
		if (!zone)
			return -ENOSPC;
		set_slot(sbi, bh, slot, zone);
		mark_buffer_dirty(bh);
		place->fresh = true;
	} else if (zone) {
		place->nr = count_neighbours(sbi, bh, slot, zone, max);
	}
	place->block = zone;
	return 0;
}

static int get_indirect(struct inode *inode, u32 block, unsigned int max, bool create,
			struct place *place)
{
	struct minix_inode_info *info = minix_i(inode);
	u32 leaf = info->leaf_zone, slot = block - info->leaf_first;
	struct buffer_head *bh;
	int err;

	if (!leaf || slot >= 1U << minix_sb(inode->i_sb)->addr_bits) {
		err = find_leaf(inode, block, create, &leaf);
		if (err || !leaf)
			return err;
		slot = block - info->leaf_first;
	}
	bh = read_indirect(inode, leaf);
	if (!bh)
		return -EIO;
	err = get_from_leaf(inode, bh, slot, max, create, place);
	brelse(bh);
	return err;
}

int minix_get_block(struct inode *inode, sector_t iblock, unsigned int max, bool create,
		    struct place *place)
{
	place->block = 0;
	place->nr = 1;
	place->fresh = false;
	if (iblock < MINIX_DIRECT)
		return get_direct(inode, iblock, max, create, place);
	if (iblock >> 32 == 0)
		return get_indirect(inode, iblock, max, create, place);
	return -EFBIG;
}

/* ---- cutting ---- */

/*
 * Frees the blocks from number `first` on (counted from the start of this branch) that hang below
 * `zone`, which is `level` steps above the data; with first 0, the branch as a whole.
 */
static void cut_branch(struct inode *inode, u32 zone, unsigned int level, u32 first)
{
	struct minix_sb_info *sbi = minix_sb(inode->i_sb);
	unsigned int below = (level - 1) * sbi->addr_bits, slot;
	struct buffer_head *bh;

	if (level == 0) {
		minix_free_zone(inode->i_sb, zone);
		return;
	}
	bh = read_indirect(inode, zone);
	if (!bh)
		return;			/* what hangs below is lost until the next fsck */
	for (slot = first >> below; slot < 1U << sbi->addr_bits; slot++) {
		u32 next = get_slot(sbi, bh, slot);
		u32 rest = slot == first >> below ? first & ((1U << below) - 1) : 0;

		if (!next)
			continue;
		if (!rest)
			set_slot(sbi, bh, slot, 0);
		cut_branch(inode, next, level - 1, rest);
	}
	if (first) {
		mark_buffer_dirty(bh);
		brelse(bh);
	} else {
		bforget(bh);
		minix_free_zone(inode->i_sb, zone);
	}
}

void minix_truncate(struct inode *inode)
{
	struct minix_inode_info *info = minix_i(inode);
	struct minix_sb_info *sbi = minix_sb(inode->i_sb);
	u32 first = (inode->i_size + MINIX_BLOCK_SIZE - 1) >> MINIX_BLOCK_BITS;
	u32 start = 0;
	unsigned int slot;

	if (!S_ISREG(inode->i_mode) && !S_ISDIR(inode->i_mode) && !S_ISLNK(inode->i_mode))
		return;
	block_truncate_page(inode);
	mutex_lock(&info->tree_lock);
	info->leaf_zone = 0;
	for (slot = 0; slot < MINIX_DIRECT + sbi->depth; slot++) {
		unsigned int level = slot < MINIX_DIRECT ? 0 : slot - MINIX_DIRECT + 1;
		u32 end = start + (1U << (level * sbi->addr_bits)), zone = info->zone[slot];
		u32 rest = first > start ? first - start : 0;

		if (zone && first < end) {
			if (!rest)
				info->zone[slot] = 0;
			cut_branch(inode, zone, level, rest);
		}
		start = end;
	}
	mutex_unlock(&info->tree_lock);
	inode->i_mtime = inode->i_ctime = get_seconds();
	mark_inode_dirty(inode);
}
