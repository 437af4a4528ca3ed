/*
 * swapon(2), swapoff(2): partitions and files become swap areas and stop being so.
 *
 *	swapon	claim_area()	a free struct; the same file or device twice is EBUSY
 *		read_header()	what mkswap, today's or that of 1992, wrote: slots, bad ones
 *		map_area()	where the slots lie on the disk
 *		swap_start_area()
 *	swapoff	swap_stop_area(), try_to_unuse() (mm/swapoff.c), release_area()
 *
 * While a file is an area it cannot be opened for writing, truncated (ETXTBSY) or unlinked (EPERM),
 * nor its file system become read-only: its blocks are written behind the file system's back. 0.12
 * took one partition, named at boot.
 */
#include <linux/swap_area.h>
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/init.h>
#include <linux/pagemap.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/vmalloc.h>
#include <uapi/linux/swap.h>

#define MAX_BADPAGES ((PAGE_SIZE - SWAP_SIGNATURE_LEN - sizeof(struct swap_header)) / sizeof(u32))
#define SECTORS_PER_SLOT	(PAGE_SIZE >> SECTOR_SHIFT)

static char boot_path[64];

/* ---- areas ---- */

static struct inode *area_inode(const struct swap_area *area)
{
	return area->file->f_dentry->d_inode;
}

/* The area that is this file or device, or NULL. */
static struct swap_area *find_area(const struct inode *inode)
{
	dev_t dev = S_ISBLK(inode->i_mode) ? blkdev_known_as(block_node_number(inode)) : 0;
	struct swap_area *area;

	for (area = swap_areas; area < swap_areas + MAX_SWAPFILES; area++) {
		if (!area->used)
			continue;
		if (S_ISBLK(area_inode(area)->i_mode) ? area->dev == dev
						      : area_inode(area) == inode)
			return area;
	}
	return NULL;
}

bool swap_uses_device(dev_t dev)
{
	struct swap_area *area;

	for (area = swap_areas; area < swap_areas + MAX_SWAPFILES; area++)
		if (area->used && S_ISBLK(area_inode(area)->i_mode) && area->dev == dev)
			return true;
	return false;
}

/* Below all others: areas without a priority are filled in the order of their swapon. */
static int lowest_priority(void)
{
	struct swap_area *area;
	int prio = 0;

	list_for_each_entry(area, &swap_list, list)
		prio = min(prio, area->prio);
	return prio - 1;
}

/* Opens the file for its area, which takes over the file. An area or ERR_PTR. */
static struct swap_area *claim_area(struct file *file)
{
	struct inode *inode = file->f_dentry->d_inode;
	bool device = S_ISBLK(inode->i_mode);
	struct swap_area *area;
	int err;

	if (find_area(inode) || (device && get_super(file_blkdev(file))))
		return ERR_PTR(-EBUSY);
	for (area = swap_areas; area->used; area++)
		if (area == swap_areas + MAX_SWAPFILES - 1)
			return ERR_PTR(-EPERM);
	if (!device) {
		if (inode->i_sb->s_flags & MS_RDONLY)
			return ERR_PTR(-EROFS);
		err = deny_write_access(inode);
		if (err)
			return ERR_PTR(err);
		inode->i_state |= I_SWAPFILE;
	}
	area->used = true;
	area->file = file;
	area->dev = device ? file_blkdev(file) : inode->i_dev;
	return area;
}

/* What was cached of the file is no longer what is on the disk. */
static void forget_cached(const struct swap_area *area)
{
	struct inode *inode = area_inode(area);

	if (S_ISBLK(inode->i_mode))
		invalidate_buffers(area->dev);
	else
		invalidate_inode_pages(inode->i_mapping);
}

static void release_area(struct swap_area *area)
{
	struct inode *inode = area_inode(area);

	swap_free_slots(area);
	vfree(area->extents);
	area->extents = NULL;
	area->nr_extents = 0;
	forget_cached(area);
	if (S_ISREG(inode->i_mode)) {
		inode->i_state &= ~I_SWAPFILE;
		allow_write_access(inode);
	}
	fput(area->file);
	area->file = NULL;
	area->used = false;
}

/* ---- the header ---- */

static int bad_header(const char *why)
{
	printk(KERN_ERR "swapon: %s\n", why);
	return -EINVAL;
}

static bool bit_is_set(const u8 *map, unsigned long n)
{
	return map[n / 8] >> (n % 8) & 1;
}

/* Makes slots of the pages that a bitmap of 1992 calls good. 0.12 refused the same ones. */
static int parse_bitmap(struct swap_area *area, const u8 *map, unsigned long pages)
{
	unsigned long bits = (PAGE_SIZE - SWAP_SIGNATURE_LEN) * 8, n;
	int err;

	if (bit_is_set(map, 0))
		return bad_header("the bitmap gives its own page away");
	for (n = pages; n < bits; n++)
		if (bit_is_set(map, n))
			return bad_header("the area is shorter than its bitmap says");
	err = swap_alloc_slots(area, min(pages, bits));
	if (err)
		return err;
	for (n = 1; n < area->slots; n++)
		if (bit_is_set(map, n))
			swap_add_slot(area, n);
	return area->nr_usable ? 0 : bad_header("the bitmap has no good page");
}

/* Makes slots of all pages that the header does not call bad. */
static int parse_header(struct swap_area *area, const struct swap_header *header,
			unsigned long pages)
{
	const char *signature = (const char *)header + PAGE_SIZE - SWAP_SIGNATURE_LEN;
	unsigned int i;
	int err;

	if (!memcmp(signature, SWAP_SIGNATURE_1992, SWAP_SIGNATURE_LEN))
		return parse_bitmap(area, (const u8 *)header, pages);
	if (memcmp(signature, SWAP_SIGNATURE, SWAP_SIGNATURE_LEN))
		return bad_header("no signature of mkswap");
	if (header->version != 1)
		return bad_header("unknown version of the swap header");
	if (!header->last_page || header->last_page >= SWAP_MAX_SLOTS)
		return bad_header("the header tells no possible size");
	if (header->last_page >= pages)
		return bad_header("the area is shorter than its header says");
	if (header->nr_badpages > MAX_BADPAGES ||
	    (header->nr_badpages && S_ISREG(area_inode(area)->i_mode)))
		return bad_header("impossible number of bad pages");

	err = swap_alloc_slots(area, header->last_page + 1);
	if (err)
		return err;
	for (i = 1; i <= header->last_page; i++)
		swap_add_slot(area, i);
	for (i = 0; i < header->nr_badpages; i++) {
		if (!header->badpages[i] || header->badpages[i] > header->last_page)
			return bad_header("impossible bad page");
		swap_remove_slot(area, header->badpages[i]);
	}
	return 0;
}

static int read_header(struct swap_area *area)
{
	struct inode *inode = area_inode(area);
	u64 bytes = S_ISBLK(inode->i_mode) ? blkdev_sectors(area->dev) << SECTOR_SHIFT
					   : (u64)inode->i_size;
	void *page = kmalloc(PAGE_SIZE, GFP_KERNEL);
	ssize_t n;
	int err;

	if (!page)
		return -ENOMEM;
	n = kernel_read(area->file, 0, page, PAGE_SIZE);
	if (n == (ssize_t)PAGE_SIZE)
		err = parse_header(area, page, (unsigned long)(bytes >> PAGE_SHIFT));
	else
		err = n < 0 ? (int)n : bad_header("too short");
	kfree(page);
	return err;
}

/* ---- where the slots lie ---- */

/* The sector of a slot of a file. 0: it is not in one piece. -EINVAL: it is not there at all. */
static int slot_place(struct inode *inode, unsigned long slot, sector_t *sector)
{
	unsigned int size = inode->i_sb->s_blocksize, per_slot = PAGE_SIZE / size, i;
	sector_t first = (sector_t)slot * per_slot, start = 0;
	bool whole = true;

	for (i = 0; i < per_slot; i++) {
		sector_t block = inode->i_mapping->a_ops->bmap(inode, first + i);

		if (!block)
			return -EINVAL;
		if (i == 0)
			start = block;
		whole &= block == start + i;
	}
	*sector = whole ? start * (size >> SECTOR_SHIFT) : 0;
	return 0;
}

/* Adds a slot to the extents; with extents NULL they are only counted, in `last`. */
static void add_to_extents(struct swap_area *area, struct swap_extent *last, unsigned long slot,
			   sector_t sector)
{
	if (last->nr && last->slot + last->nr == slot &&
	    last->sector + (sector_t)last->nr * SECTORS_PER_SLOT == sector) {
		last->nr++;
	} else {
		*last = (struct swap_extent){ .slot = slot, .nr = 1, .sector = sector };
		area->nr_extents++;
	}
	if (area->extents)
		area->extents[area->nr_extents - 1] = *last;
}

/* One pass over the blocks of a file. A slot that is not in one piece becomes bad. */
static int walk_file(struct swap_area *area)
{
	struct inode *inode = area_inode(area);
	struct swap_extent last = { .nr = 0 };
	unsigned long slot;
	sector_t sector;

	area->nr_extents = 0;
	for (slot = 0; slot < area->slots; slot++) {
		if (slot_place(inode, slot, &sector))
			return bad_header("the file has a hole");
		if (sector)
			add_to_extents(area, &last, slot, sector);
		else
			swap_remove_slot(area, slot);
		cond_resched();
	}
	return area->nr_usable ? 0 : bad_header("the file is in too many pieces");
}

static int map_area(struct swap_area *area)
{
	struct inode *inode = area_inode(area);
	int err;

	if (S_ISREG(inode->i_mode)) {
		if (!inode->i_mapping->a_ops || !inode->i_mapping->a_ops->bmap ||
		    inode->i_sb->s_blocksize > PAGE_SIZE)
			return bad_header("a file of this file system cannot be swap");
		err = walk_file(area);
		if (err)
			return err;
	} else {
		area->nr_extents = 1;
	}
	area->extents = vmalloc(area->nr_extents * sizeof(*area->extents));
	if (!area->extents)
		return -ENOMEM;
	if (S_ISREG(inode->i_mode))
		return walk_file(area);
	area->extents[0] = (struct swap_extent){ .slot = 0, .nr = area->slots, .sector = 0 };
	return 0;
}

/* ---- swapon ---- */

/* Nothing of the file may be written by anyone else any more: neither later nor from a cache. */
static int flush_cached(const struct swap_area *area)
{
	struct inode *inode = area_inode(area);
	int err;

	if (S_ISBLK(inode->i_mode)) {
		sync_buffers(area->dev, 1);
		err = 0;
	} else {
		err = write_inode_now(inode, 1);
	}
	forget_cached(area);
	return err;
}

static int enable_area(struct swap_area *area, const char *path, unsigned int flags)
{
	int err = flush_cached(area);

	if (!err)
		err = read_header(area);
	if (!err)
		err = map_area(area);
	if (err)
		return err;
	area->prio = flags & SWAP_FLAG_PREFER ? (int)(flags & SWAP_FLAG_PRIO_MASK)
					      : lowest_priority();
	swap_start_area(area);
	printk(KERN_INFO "Swap: %s, %lu KB in %u piece%s, priority %d\n", path,
	       area->nr_usable << (PAGE_SHIFT - 10), area->nr_extents,
	       area->nr_extents == 1 ? "" : "s", area->prio);
	return 0;
}

/* Opens what the path leads to, if it can be an area. */
static struct file *open_area(struct dentry *dentry)
{
	mode_t mode = dentry->d_inode->i_mode;

	if (!S_ISBLK(mode) && !S_ISREG(mode)) {
		dput(dentry);
		return ERR_PTR(-EINVAL);
	}
	return dentry_open(dentry, (S_ISBLK(mode) ? O_RDWR : O_RDONLY) | O_LARGEFILE);
}

/* Takes dentry over, whatever happens. */
static int do_swapon(struct dentry *dentry, const char *path, unsigned int flags)
{
	struct swap_area *area;
	struct file *file;
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	file = open_area(dentry);
	if (IS_ERR(file))
		return PTR_ERR(file);
	area = claim_area(file);
	if (IS_ERR(area)) {
		fput(file);
		return PTR_ERR(area);
	}
	err = enable_area(area, path, flags);
	if (err)
		release_area(area);
	return err;
}

long sys_swapon(const char __user *path, int flags)
{
	char *name;
	long err;

	if (!capable_root())
		return -EPERM;
	if (flags & ~(SWAP_FLAG_PREFER | SWAP_FLAG_PRIO_MASK))
		return -EINVAL;
	name = getname(path);
	if (IS_ERR(name))
		return PTR_ERR(name);
	err = do_swapon(kern_path(name, LOOKUP_FOLLOW), name, flags);
	putname(name);
	return err;
}

static void __init swap_setup(char *value)
{
	strlcpy(boot_path, value, sizeof(boot_path));
}
__setup("swap=", swap_setup);

/* A root of old has no node of that name: then the name is all that is needed. */
void swap_boot(void)
{
	struct dentry *dentry;
	dev_t dev;
	int err;

	if (!boot_path[0])
		return;
	dentry = kern_path(boot_path, LOOKUP_FOLLOW);
	dev = IS_ERR(dentry) ? name_to_dev_t(boot_path) : 0;
	if (dev)
		dentry = device_dentry(boot_path, S_IFBLK, dev);
	err = do_swapon(dentry, boot_path, 0);
	if (err)
		printk(KERN_WARNING "Cannot use swap=%s: error %d\n", boot_path, -err);
}

/* ---- swapoff ---- */

/* Whether what is in use of the area has room elsewhere; a guess, but it spares a vain start. */
static bool room_for(const struct swap_area *area)
{
	return swap_area_inuse(area) <= nr_free_pages() + nr_pagecache + nr_swap_pages;
}

static int disable_area(struct swap_area *area)
{
	int err;

	swap_stop_area(area);
	area->emptying = true;
	err = room_for(area) ? try_to_unuse(area) : -ENOMEM;
	area->emptying = false;
	if (!err)
		release_area(area);
	else if (!area->writeok)
		swap_start_area(area);
	return err;
}

bool swap_keep_areas(void)
{
	struct swap_area *area;
	bool any = false;

	for (area = swap_areas; area < swap_areas + MAX_SWAPFILES; area++) {
		if (!area->emptying || area->writeok)
			continue;
		swap_start_area(area);
		any = true;
	}
	return any;
}

long sys_swapoff(const char __user *path)
{
	struct dentry *dentry;
	struct swap_area *area;

	if (!capable_root())
		return -EPERM;
	dentry = namei(path);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	area = find_area(dentry->d_inode);
	dput(dentry);
	if (!area || !area->writeok || area->emptying)
		return -EINVAL;
	return disable_area(area);
}

/* ---- /proc/swaps ---- */

void show_swaps(struct seq_file *m)
{
	struct swap_area *area;

	seq_puts(m, "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
	for (area = swap_areas; area < swap_areas + MAX_SWAPFILES; area++) {
		size_t start = m->count;

		if (!area->used || !area->slots)
			continue;
		seq_path(m, area->file->f_dentry, " \t\n\\");
		do
			seq_putc(m, ' ');
		while (m->count < start + 40 && !m->overflow);
		seq_printf(m, "%s\t%lu\t\t%lu\t\t%d\n",
			   S_ISBLK(area_inode(area)->i_mode) ? "partition" : "file\t",
			   area->nr_usable << (PAGE_SHIFT - 10),
			   swap_area_inuse(area) << (PAGE_SHIFT - 10), area->prio);
	}
}
