/*
 * Which inodes and zones are free. Both maps stay in memory while the file system is mounted, so
 * finding a free bit never sleeps and needs no lock. A hint below which nothing is free
 * makes the search short, and fills the disk from the front.
 *
 * 0.12 did the same with eight blocks per map, searching each time from the first bit.
 */
#include <linux/buffer_head.h>
#include <linux/minix_fs.h>
#include <linux/string.h>
#include <linux/time.h>

#define MAP_BITS	(MINIX_BLOCK_SIZE * 8)
#define WORD_BITS	(8 * sizeof(unsigned long))

static inline unsigned long *map_word(struct buffer_head **map, unsigned long bit)
{
	return (unsigned long *)map[bit / MAP_BITS]->b_data + bit % MAP_BITS / WORD_BITS;
}

/* Sets the first clear bit from *hint on, below `bits`; 0: there is none. */
static unsigned long take_bit(struct buffer_head **map, unsigned long bits, unsigned long *hint)
{
	unsigned long bit = *hint & ~(WORD_BITS - 1);

	for (; bit < bits; bit += WORD_BITS) {
		unsigned long *word = map_word(map, bit);

		if (*word == ~0UL)
			continue;
		bit += ffz(*word);
		if (bit >= bits)
			break;
		*word |= 1UL << (bit % WORD_BITS);
		mark_buffer_dirty(map[bit / MAP_BITS]);
		*hint = bit + 1;
		return bit;
	}
	*hint = bits;
	return 0;
}

/* False when it was clear already. */
static bool release_bit(struct buffer_head **map, unsigned long bit, unsigned long *hint)
{
	unsigned long *word = map_word(map, bit);
	unsigned long mask = 1UL << (bit % WORD_BITS);

	if (!(*word & mask))
		return false;
	*word &= ~mask;
	mark_buffer_dirty(map[bit / MAP_BITS]);
	if (bit < *hint)
		*hint = bit;
	return true;
}

static unsigned int count_ones(unsigned long x)
{
	unsigned int n;

	for (n = 0; x; n++)
		x &= x - 1;
	return n;
}

unsigned long minix_count_free(struct buffer_head **map, unsigned long bits)
{
	unsigned long bit, free = 0;

	for (bit = 0; bit < bits; bit += WORD_BITS) {
		unsigned long clear = ~*map_word(map, bit);

		if (bits - bit < WORD_BITS)
			clear &= (1UL << (bits - bit)) - 1;
		free += clear == ~0UL ? WORD_BITS : count_ones(clear);
	}
	return free;
}

/* ---- zones ---- */

/* Bits of the zone map that stand for a zone, and bit 0. */
static inline unsigned long zone_bits(const struct minix_sb_info *sbi)
{
	return sbi->nzones - sbi->firstdatazone + 1;
}

unsigned long minix_new_zone(struct super_block *sb)
{
	struct minix_sb_info *sbi = minix_sb(sb);
	unsigned long bit = take_bit(sbi->zmap, zone_bits(sbi), &sbi->zone_hint);

	if (!bit)
		return 0;
	if (sbi->free_zones)
		sbi->free_zones--;
	return bit + sbi->firstdatazone - 1;
}

void minix_free_zone(struct super_block *sb, unsigned long zone)
{
	struct minix_sb_info *sbi = minix_sb(sb);

	if (!minix_zone_ok(sbi, zone)) {
		minix_error(sb, "freeing zone %lu, which does not exist", zone);
		return;
	}
	if (release_bit(sbi->zmap, zone - sbi->firstdatazone + 1, &sbi->zone_hint))
		sbi->free_zones++;
	else
		minix_error(sb, "zone %lu was free already", zone);
}

/* ---- inodes ---- */

struct inode *minix_new_inode(struct inode *dir, mode_t mode)
{
	struct super_block *sb = dir->i_sb;
	struct minix_sb_info *sbi = minix_sb(sb);
	struct inode *inode = new_inode(sb);
	unsigned long ino;

	if (!inode)
		return ERR_PTR(-ENOMEM);
	ino = take_bit(sbi->imap, sbi->ninodes + 1, &sbi->inode_hint);
	if (!ino) {
		make_bad_inode(inode);
		iput(inode);
		return ERR_PTR(-ENOSPC);
	}
	if (sbi->free_inodes)
		sbi->free_inodes--;
	inode_init_owner(inode, dir, mode);
	inode->i_ino = ino;
	memset(minix_i(inode), 0, sizeof(*minix_i(inode)));
	mutex_init(&minix_i(inode)->tree_lock);
	insert_inode_hash(inode);
	mark_inode_dirty(inode);
	return inode;
}

void minix_free_inode(struct inode *inode)
{
	struct minix_sb_info *sbi = minix_sb(inode->i_sb);

	if (release_bit(sbi->imap, inode->i_ino, &sbi->inode_hint))
		sbi->free_inodes++;
	else
		minix_error(inode->i_sb, "inode %lu was free already", inode->i_ino);
}
