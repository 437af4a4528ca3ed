/*
 * The MINIX file-system writer: see minixfs.h for its use. mkroot.c is its
 * command line; the host's unit tests call it directly.
 *
 * On the disk, in blocks of 1 KB (a "zone" is one block here):
 *	0 boot | 1 super | inode bitmap | zone bitmap | inodes | data ...
 * Bit 0 of either bitmap is always set. Bit n of the inode bitmap is inode n; bit n
 * of the zone bitmap is block first_zone + n - 1. All numbers are little-endian.
 *
 * A call that can run out of space allocates everything it needs first and links
 * the name last, so that a failure leaves at most something to give back.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "minixfs.h"

#define BLOCK		1024
#define BITS		(BLOCK * 8)
#define ROOT_INODE	1
#define DIRECT		7		/* zones named in the inode itself */

#define TYPE_MASK	0170000
#define TYPE_DIR	0040000
#define TYPE_FILE	0100000
#define TYPE_LINK	0120000

/* Offsets in the super-block. */
enum { S_INODES = 0, S_ZONES = 2, S_IMAP = 4, S_ZMAP = 6, S_FIRST_ZONE = 8,
       S_LOG_ZONE = 10, S_MAGIC = 16, S_ZONES_V2 = 20 };

/* An inode in memory: both versions' fields. */
struct inode {
	uint32_t nr;
	uint32_t mode, links, uid, gid, size, time;
	uint32_t zone[10];		/* DIRECT, indirect, double, and v2's triple */
};

static int fail(struct minixfs *fs, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(fs->error, sizeof(fs->error), fmt, args);
	va_end(args);
	return -1;
}

static uint32_t get16(const uint8_t *p)
{
	return p[0] | p[1] << 8;
}

static uint32_t get32(const uint8_t *p)
{
	return get16(p) | get16(p + 2) << 16;
}

static void put16(uint8_t *p, uint32_t v)
{
	p[0] = v;
	p[1] = v >> 8;
}

static void put32(uint8_t *p, uint32_t v)
{
	put16(p, v);
	put16(p + 2, v >> 16);
}

static size_t inode_size(const struct minixfs *fs)
{
	return fs->version == 1 ? 32 : 64;
}

static size_t entry_size(const struct minixfs *fs)
{
	return 2 + fs->name_max;
}

int minixfs_open(struct minixfs *fs, void *base, size_t size)
{
	const uint8_t *super = (uint8_t *)base + BLOCK;
	uint32_t imap_blocks, zmap_blocks, inode_blocks;

	memset(fs, 0, sizeof(*fs));
	if (size < 3 * BLOCK)
		return fail(fs, "no MINIX file system: only %zu bytes", size);
	switch (get16(super + S_MAGIC)) {
	case 0x137f: fs->version = 1; fs->name_max = 14; break;
	case 0x138f: fs->version = 1; fs->name_max = 30; break;
	case 0x2468: fs->version = 2; fs->name_max = 14; break;
	case 0x2478: fs->version = 2; fs->name_max = 30; break;
	default:
		return fail(fs, "no MINIX file system of version 1 or 2: magic number %#x",
			    get16(super + S_MAGIC));
	}
	fs->base = base;
	fs->inodes = get16(super + S_INODES);
	fs->zones = fs->version == 1 ? get16(super + S_ZONES) : get32(super + S_ZONES_V2);
	imap_blocks = get16(super + S_IMAP);
	zmap_blocks = get16(super + S_ZMAP);
	fs->first_zone = get16(super + S_FIRST_ZONE);
	inode_blocks = (fs->inodes * inode_size(fs) + BLOCK - 1) / BLOCK;
	if (get16(super + S_LOG_ZONE) != 0)
		return fail(fs, "zones of more than one block are not supported");
	if (fs->inodes < ROOT_INODE || fs->zones > size / BLOCK ||
	    fs->first_zone >= fs->zones ||
	    2 + imap_blocks + zmap_blocks + inode_blocks > fs->first_zone ||
	    imap_blocks * BITS < fs->inodes + 1 ||
	    (uint64_t)zmap_blocks * BITS < fs->zones - fs->first_zone + 1)
		return fail(fs, "damaged file system: the super-block makes no sense");
	fs->imap = fs->base + 2 * BLOCK;
	fs->zmap = fs->imap + imap_blocks * BLOCK;
	fs->itable = fs->zmap + zmap_blocks * BLOCK;
	fs->last_inode = ROOT_INODE;
	return 0;
}

/* Bitmaps ------------------------------------------------------------------- */

static int bit_is_set(const uint8_t *map, uint32_t bit)
{
	return map[bit / 8] >> bit % 8 & 1;
}

/* Set the first clear bit after *last in 1..max, going round; 0 if there is none. */
static uint32_t take_bit(uint8_t *map, uint32_t max, uint32_t *last)
{
	uint32_t i, bit = *last;

	for (i = 0; i < max; i++) {
		bit = bit >= max ? 1 : bit + 1;
		if (!bit_is_set(map, bit)) {
			map[bit / 8] |= 1 << bit % 8;
			*last = bit;
			return bit;
		}
	}
	return 0;
}

static void clear_bit(uint8_t *map, uint32_t bit)
{
	map[bit / 8] &= ~(1 << bit % 8);
}

/* The bytes of a data block, NULL if there is no such block. */
static uint8_t *block(struct minixfs *fs, uint32_t zone)
{
	if (zone < fs->first_zone || zone >= fs->zones) {
		fail(fs, "damaged file system: block %u is no data block", zone);
		return NULL;
	}
	return fs->base + (size_t)zone * BLOCK;
}

/* A zeroed block, 0 if the disk is full. */
static uint32_t new_zone(struct minixfs *fs)
{
	uint32_t bit = take_bit(fs->zmap, fs->zones - fs->first_zone, &fs->last_zone);

	if (bit == 0) {
		fail(fs, "disk full: all %u blocks are in use", fs->zones - fs->first_zone);
		return 0;
	}
	memset(fs->base + (size_t)(fs->first_zone + bit - 1) * BLOCK, 0, BLOCK);
	return fs->first_zone + bit - 1;
}

static void free_zone(struct minixfs *fs, uint32_t zone)
{
	if (zone >= fs->first_zone && zone < fs->zones)
		clear_bit(fs->zmap, zone - fs->first_zone + 1);
}

void minixfs_free(const struct minixfs *fs, uint32_t *inodes, uint32_t *zones)
{
	uint32_t bit;

	*inodes = *zones = 0;
	for (bit = 1; bit <= fs->inodes; bit++)
		*inodes += !bit_is_set(fs->imap, bit);
	for (bit = 1; bit <= fs->zones - fs->first_zone; bit++)
		*zones += !bit_is_set(fs->zmap, bit);
}

/* Inodes -------------------------------------------------------------------- */

static int read_inode(struct minixfs *fs, uint32_t nr, struct inode *inode)
{
	const uint8_t *p;
	int i;

	if (nr < ROOT_INODE || nr > fs->inodes)
		return fail(fs, "damaged file system: there is no inode %u", nr);
	p = fs->itable + (nr - 1) * inode_size(fs);
	memset(inode, 0, sizeof(*inode));
	inode->nr = nr;
	inode->mode = get16(p);
	if (fs->version == 1) {
		inode->uid = get16(p + 2);
		inode->size = get32(p + 4);
		inode->time = get32(p + 8);
		inode->gid = p[12];
		inode->links = p[13];
		for (i = 0; i < 9; i++)
			inode->zone[i] = get16(p + 14 + 2 * i);
	} else {
		inode->links = get16(p + 2);
		inode->uid = get16(p + 4);
		inode->gid = get16(p + 6);
		inode->size = get32(p + 8);
		inode->time = get32(p + 16);
		for (i = 0; i < 10; i++)
			inode->zone[i] = get32(p + 24 + 4 * i);
	}
	return 0;
}

static void write_inode(struct minixfs *fs, const struct inode *inode)
{
	uint8_t *p = fs->itable + (inode->nr - 1) * inode_size(fs);
	int i;

	put16(p, inode->mode);
	if (fs->version == 1) {
		put16(p + 2, inode->uid);
		put32(p + 4, inode->size);
		put32(p + 8, inode->time);
		p[12] = inode->gid;
		p[13] = inode->links;
		for (i = 0; i < 9; i++)
			put16(p + 14 + 2 * i, inode->zone[i]);
	} else {
		put16(p + 2, inode->links);
		put16(p + 4, inode->uid);
		put16(p + 6, inode->gid);
		put32(p + 8, inode->size);
		for (i = 0; i < 3; i++)
			put32(p + 12 + 4 * i, inode->time);
		for (i = 0; i < 10; i++)
			put32(p + 24 + 4 * i, inode->zone[i]);
	}
}

static int set_attr(struct minixfs *fs, struct inode *inode, const struct minixfs_attr *attr)
{
	unsigned int gid_max = fs->version == 1 ? 255 : 65535;

	if (attr->uid > 65535 || attr->gid > gid_max)
		return fail(fs, "owner %u:%u does not fit into an inode (%u:%u at most)",
			    attr->uid, attr->gid, 65535, gid_max);
	inode->mode = (inode->mode & TYPE_MASK) | (attr->mode & 07777);
	inode->uid = attr->uid;
	inode->gid = attr->gid;
	inode->time = attr->time;
	return 0;
}

static int new_inode(struct minixfs *fs, struct inode *inode, uint32_t type,
		     const struct minixfs_attr *attr)
{
	memset(inode, 0, sizeof(*inode));
	inode->mode = type;
	inode->links = 1;
	if (set_attr(fs, inode, attr))
		return -1;
	inode->nr = take_bit(fs->imap, fs->inodes, &fs->last_inode);
	if (inode->nr == 0)
		return fail(fs, "disk full: all %u inodes are in use", fs->inodes);
	return 0;
}

/* Zone numbers in an indirect block, and their width. */
static uint32_t per_block(const struct minixfs *fs)
{
	return fs->version == 1 ? BLOCK / 2 : BLOCK / 4;
}

static uint32_t get_zone(const struct minixfs *fs, const uint8_t *table, uint32_t i)
{
	return fs->version == 1 ? get16(table + 2 * i) : get32(table + 4 * i);
}

/*
 * Find the tree that holds block nr of a file: returns its level (0 = direct)
 * and leaves in *slot the index in zone[] and in *nr the number within the tree.
 * -1 if the file would be too large.
 */
static int find_tree(const struct minixfs *fs, uint32_t *nr, int *slot)
{
	uint64_t span = 1;
	int level, levels = fs->version == 1 ? 2 : 3;

	if (*nr < DIRECT) {
		*slot = *nr;
		*nr = 0;
		return 0;
	}
	*nr -= DIRECT;
	for (level = 1; level <= levels; level++) {
		span *= per_block(fs);
		if (*nr < span) {
			*slot = DIRECT + level - 1;
			return level;
		}
		*nr -= span;
	}
	return -1;
}

/*
 * The block of a file: its bytes, or NULL. With `make`, what is missing on the
 * way is allocated (the caller writes the inode).
 */
static uint8_t *file_block(struct minixfs *fs, struct inode *inode, uint32_t nr, int make)
{
	int slot, level = find_tree(fs, &nr, &slot);
	uint32_t zone, index, span = 1;
	uint8_t *table = NULL;
	int i;

	if (level < 0) {
		fail(fs, "file too large");
		return NULL;
	}
	for (i = 1; i < level; i++)
		span *= per_block(fs);
	zone = inode->zone[slot];
	if (!zone && make)
		zone = inode->zone[slot] = new_zone(fs);
	for (; level > 0; level--) {
		if (!zone || !(table = block(fs, zone)))
			return NULL;
		index = nr / span;
		nr %= span;
		span /= per_block(fs);
		zone = get_zone(fs, table, index);
		if (!zone && make) {
			zone = new_zone(fs);
			if (fs->version == 1)
				put16(table + 2 * index, zone);
			else
				put32(table + 4 * index, zone);
		}
	}
	return zone ? block(fs, zone) : NULL;
}

static void free_tree(struct minixfs *fs, uint32_t zone, int level)
{
	uint8_t *table;
	uint32_t i;

	if (!zone)
		return;
	table = level ? block(fs, zone) : NULL;
	for (i = 0; table && i < per_block(fs); i++)
		free_tree(fs, get_zone(fs, table, i), level - 1);
	free_zone(fs, zone);
}

/* Give back an inode that no name refers to, and its blocks. */
static void free_inode(struct minixfs *fs, struct inode *inode)
{
	uint32_t type = inode->mode & TYPE_MASK;
	int i, levels = fs->version == 1 ? 2 : 3;

	if (type == TYPE_FILE || type == TYPE_DIR || type == TYPE_LINK) {
		for (i = 0; i < DIRECT; i++)
			free_tree(fs, inode->zone[i], 0);
		for (i = 0; i < levels; i++)
			free_tree(fs, inode->zone[DIRECT + i], i + 1);
	}
	clear_bit(fs->imap, inode->nr);
	memset(fs->itable + (inode->nr - 1) * inode_size(fs), 0, inode_size(fs));
}

/* Fill a fresh inode; what was allocated stays in it if that fails. */
static int write_data(struct minixfs *fs, struct inode *inode, const void *data, size_t size)
{
	const uint8_t *from = data;
	uint8_t *to;
	size_t done, n;

	if (size > 0x7fffffff)
		return fail(fs, "file too large");
	for (done = 0; done < size; done += n) {
		to = file_block(fs, inode, done / BLOCK, 1);
		if (!to)
			return -1;
		n = size - done < BLOCK ? size - done : BLOCK;
		memcpy(to, from + done, n);
	}
	inode->size = size;
	return 0;
}

/* Directories --------------------------------------------------------------- */

/* The bytes of entry number i of a directory, NULL past its end or if damaged. */
static uint8_t *entry(struct minixfs *fs, struct inode *dir, uint32_t i)
{
	uint64_t offset = (uint64_t)i * entry_size(fs);
	uint8_t *p;

	if (offset + entry_size(fs) > dir->size)
		return NULL;
	p = file_block(fs, dir, offset / BLOCK, 0);
	return p ? p + offset % BLOCK : NULL;
}

/* The entry with this name, NULL if there is none. */
static uint8_t *find_entry(struct minixfs *fs, struct inode *dir, const char *name, size_t len)
{
	uint32_t i;
	uint8_t *p;

	for (i = 0; (p = entry(fs, dir, i)) != NULL; i++) {
		if (get16(p) && !memcmp(p + 2, name, len) &&
		    (len == fs->name_max || p[2 + len] == 0))
			return p;
	}
	return NULL;
}

/* Add a name. Writes the directory's inode. */
static int add_entry(struct minixfs *fs, struct inode *dir, const char *name, size_t len,
		     uint32_t nr)
{
	uint32_t i;
	uint8_t *p;

	for (i = 0; (p = entry(fs, dir, i)) != NULL && get16(p); i++)
		;
	if (!p) {	/* all in use: one more at the end */
		if (dir->size % entry_size(fs))
			return fail(fs, "damaged file system: size of directory %u", dir->nr);
		p = file_block(fs, dir, dir->size / BLOCK, 1);
		if (!p) {
			write_inode(fs, dir);
			return -1;
		}
		p += dir->size % BLOCK;
		dir->size += entry_size(fs);
	}
	memset(p, 0, entry_size(fs));
	put16(p, nr);
	memcpy(p + 2, name, len);
	write_inode(fs, dir);
	return 0;
}

/*
 * Walk to the directory that holds the last component of path, and leave that
 * component in *name and *len (0: the path is the root directory itself).
 */
static int walk(struct minixfs *fs, const char *path, struct inode *dir,
		const char **name, size_t *len)
{
	const char *rest = path, *end;
	uint8_t *p;

	if (read_inode(fs, ROOT_INODE, dir))
		return -1;
	for (;;) {
		if ((dir->mode & TYPE_MASK) != TYPE_DIR)
			return fail(fs, "%s: not a directory on the way", path);
		rest += strspn(rest, "/");
		end = rest + strcspn(rest, "/");
		*name = rest;
		*len = end - rest;
		if (*len > fs->name_max)
			return fail(fs, "%s: name longer than %u characters", path, fs->name_max);
		if (end[strspn(end, "/")] == 0)
			return 0;
		p = find_entry(fs, dir, *name, *len);
		if (!p)
			return fail(fs, "%s: no directory %.*s", path, (int)(end - path), path);
		if (read_inode(fs, get16(p), dir))
			return -1;
		rest = end;
	}
}

/* Look up a path; -1 if it is not there. */
static int lookup(struct minixfs *fs, const char *path, struct inode *inode)
{
	const char *name;
	uint8_t *p;
	size_t len;

	if (walk(fs, path, inode, &name, &len))
		return -1;
	if (len == 0)
		return 0;
	p = find_entry(fs, inode, name, len);
	if (!p)
		return fail(fs, "%s: not there", path);
	return read_inode(fs, get16(p), inode);
}

/* Give the finished inode its name; takes it back if that cannot be. */
static int link_inode(struct minixfs *fs, const char *path, struct inode *inode)
{
	struct inode dir;
	const char *name;
	size_t len;

	write_inode(fs, inode);
	if (walk(fs, path, &dir, &name, &len) || add_entry(fs, &dir, name, len, inode->nr)) {
		free_inode(fs, inode);
		return -1;
	}
	return 0;
}

/* Check the way to a new name, and that a directory does not have it. */
static int check_name(struct minixfs *fs, const char *path)
{
	struct inode inode;
	const char *name;
	uint8_t *p;
	size_t len;

	if (walk(fs, path, &inode, &name, &len))
		return -1;
	p = len ? find_entry(fs, &inode, name, len) : NULL;
	if (len && !p)
		return 0;
	if (p && read_inode(fs, get16(p), &inode))
		return -1;
	if ((inode.mode & TYPE_MASK) == TYPE_DIR)
		return fail(fs, "%s: is a directory", path);
	return minixfs_unlink(fs, path);
}

int minixfs_unlink(struct minixfs *fs, const char *path)
{
	struct inode dir, inode;
	const char *name;
	uint8_t *p;
	size_t len;

	if (lookup(fs, path, &inode) || walk(fs, path, &dir, &name, &len))
		return -1;
	if ((inode.mode & TYPE_MASK) == TYPE_DIR)
		return fail(fs, "%s: is a directory", path);
	p = find_entry(fs, &dir, name, len);
	memset(p, 0, entry_size(fs));
	if (inode.links > 1) {
		inode.links--;
		write_inode(fs, &inode);
	} else {
		free_inode(fs, &inode);
	}
	return 0;
}

int minixfs_mkdir(struct minixfs *fs, const char *path, const struct minixfs_attr *attr)
{
	unsigned int links_max = fs->version == 1 ? 250 : 65530;
	struct inode dir, parent;
	const char *name;
	size_t len;

	if (walk(fs, path, &parent, &name, &len))
		return -1;
	if (len == 0 || find_entry(fs, &parent, name, len)) {
		if (lookup(fs, path, &dir))
			return -1;
		if ((dir.mode & TYPE_MASK) != TYPE_DIR)
			return fail(fs, "%s: is there and no directory", path);
		if (set_attr(fs, &dir, attr))
			return -1;
		write_inode(fs, &dir);
		return 0;
	}
	if (parent.links >= links_max)
		return fail(fs, "%s: more than %u links to its parent", path, links_max);
	if (new_inode(fs, &dir, TYPE_DIR, attr))
		return -1;
	dir.links = 2;
	if (add_entry(fs, &dir, ".", 1, dir.nr) || add_entry(fs, &dir, "..", 2, parent.nr)) {
		free_inode(fs, &dir);
		return -1;
	}
	if (link_inode(fs, path, &dir))
		return -1;
	if (read_inode(fs, parent.nr, &parent))
		return -1;
	parent.links++;
	write_inode(fs, &parent);
	return 0;
}

/* Make a file or symbolic link. */
static int make(struct minixfs *fs, const char *path, const struct minixfs_attr *attr,
		uint32_t type, const void *data, size_t size)
{
	struct inode inode;

	if (check_name(fs, path) || new_inode(fs, &inode, type, attr))
		return -1;
	if (write_data(fs, &inode, data, size)) {
		free_inode(fs, &inode);
		return -1;
	}
	return link_inode(fs, path, &inode);
}

int minixfs_file(struct minixfs *fs, const char *path, const struct minixfs_attr *attr,
		 const void *data, size_t size)
{
	return make(fs, path, attr, TYPE_FILE, data, size);
}

int minixfs_symlink(struct minixfs *fs, const char *path, const struct minixfs_attr *attr,
		    const char *target)
{
	if (*target == 0 || strlen(target) >= BLOCK)
		return fail(fs, "%s: target of a symbolic link is empty or too long", path);
	return make(fs, path, attr, TYPE_LINK, target, strlen(target));
}

int minixfs_node(struct minixfs *fs, const char *path, const struct minixfs_attr *attr,
		 unsigned int type, unsigned int major, unsigned int minor)
{
	struct inode inode;

	if (type != MINIXFS_FIFO && type != MINIXFS_CHAR && type != MINIXFS_BLOCK)
		return fail(fs, "%s: no type %o", path, type);
	if (major > 255 || minor > 255)
		return fail(fs, "%s: device %u, %u has more than 8 bits", path, major, minor);
	if (check_name(fs, path) || new_inode(fs, &inode, type, attr))
		return -1;
	if (type != MINIXFS_FIFO)
		inode.zone[0] = major << 8 | minor;
	return link_inode(fs, path, &inode);
}

long minixfs_stat(struct minixfs *fs, const char *path, size_t *size)
{
	struct inode inode;

	if (lookup(fs, path, &inode))
		return -1;
	if (size)
		*size = inode.size;
	return inode.mode;
}

long minixfs_read(struct minixfs *fs, const char *path, void *data, size_t size)
{
	struct inode inode;
	const uint8_t *from;
	size_t done, n;

	if (lookup(fs, path, &inode))
		return -1;
	if ((inode.mode & TYPE_MASK) != TYPE_FILE && (inode.mode & TYPE_MASK) != TYPE_LINK)
		return fail(fs, "%s: neither file nor symbolic link", path);
	if (size > inode.size)
		size = inode.size;
	for (done = 0; done < size; done += n) {
		n = size - done < BLOCK ? size - done : BLOCK;
		from = file_block(fs, &inode, done / BLOCK, 0);
		if (from)
			memcpy((uint8_t *)data + done, from, n);
		else
			memset((uint8_t *)data + done, 0, n);
	}
	return done;
}
