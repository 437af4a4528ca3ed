/*
 * The buffer cache: blocks of devices, for metadata and for block device files.
 *
 *	bh = bread(dev, block, size);	find or read; NULL: I/O error
 *	... change bh->b_data ...
 *	mark_buffer_dirty(bh);		the write-back daemon will write it
 *	brelse(bh);			unused buffers stay cached, least recently used go first
 *
 * b_state changes in interrupts too (atomic bits); everything else only in tasks. A
 * buffer with b_count or BH_Lock stays where it is.
 */
#ifndef _LINUX_BUFFER_HEAD_H
#define _LINUX_BUFFER_HEAD_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/wait.h>
#include <asm/bitops.h>

enum bh_state_bits {
	BH_Uptodate,		/* holds what the disk holds, or something newer */
	BH_Dirty,		/* newer than the disk */
	BH_Lock,		/* I/O under way */
	BH_Error,		/* the last I/O failed */
};

struct buffer_head {
	struct hlist_node b_hash;	/* by (device, block) */
	struct list_head b_lru;		/* dirty, being written, or (not hashed) free */
	struct buffer_head *b_this_page; /* ring of the buffers of one page */
	dev_t b_dev;
	sector_t b_blocknr;		/* in units of b_size */
	unsigned int b_size;		/* bytes: 512..4096, a power of two */
	int b_count;			/* users */
	bool b_referenced;		/* used since the clock last passed */
	unsigned long b_state;
	unsigned long b_dirtied;	/* jiffies of the first change */
	char *b_data;			/* lowmem */
	wait_queue_head_t b_wait;
};

/* Does b_data hold what the disk holds, or newer? */
static inline int buffer_uptodate(const struct buffer_head *bh)
{
	return (bh->b_state >> BH_Uptodate) & 1;
}
/* Must it still be written? */
static inline int buffer_dirty(const struct buffer_head *bh)
{
	return (bh->b_state >> BH_Dirty) & 1;
}
/* Is it being read or written? */
static inline int buffer_locked(const struct buffer_head *bh)
{
	return (bh->b_state >> BH_Lock) & 1;
}

/* Found or made, referenced, perhaps not up to date. Sleeps until memory is there. */
struct buffer_head *getblk(dev_t dev, sector_t block, unsigned int size);
struct buffer_head *get_hash_table(dev_t dev, sector_t block, unsigned int size); /* or NULL */
struct buffer_head *bread(dev_t dev, sector_t block, unsigned int size);
void brelse(struct buffer_head *bh);			/* NULL is ignored */
/* The block was freed: forget its contents, do not write them. */
void bforget(struct buffer_head *bh);
/* A block becomes file data: drop any buffer of it, waiting for a write under way. */
void unmap_underlying_metadata(dev_t dev, sector_t block, unsigned int size);
void mark_buffer_dirty(struct buffer_head *bh);		/* never sleeps */
void wait_on_buffer(struct buffer_head *bh);		/* sleeps until its I/O is over */
void lock_buffer(struct buffer_head *bh);		/* sleeps until nobody has it */
void unlock_buffer(struct buffer_head *bh);		/* interrupt-safe */
/* Starts I/O on an array of buffers: READ, or WRITE of those that are dirty. */
void ll_rw_block(int rw, int nr, struct buffer_head *bhs[]);
int sync_dirty_buffer(struct buffer_head *bh);		/* writes it now; 0 or -EIO */
/*
 * Starts writing what is dirty (dev 0: of all devices); wait: and returns when it is on the medium,
 * through the disk's own cache. 0, or -EIO when the disk could not flush that.
 */
int sync_buffers(dev_t dev, int wait);
/* Starts writing buffers that have been dirty for at least `age` jiffies: the daemon's part. */
void sync_old_buffers(unsigned long age);
/* Sleeps while too many buffers are dirty: for whoever makes many, holding no locks. */
void balance_dirty_buffers(void);
void invalidate_buffers(dev_t dev);			/* forgets clean, unused ones; sleeps */
void breada(dev_t dev, sector_t block, unsigned int size);	/* read ahead, no reference */

extern unsigned long nr_buffer_pages;			/* pages held */
extern unsigned long nr_dirty_buffers;
/* Boot: makes the cache and its hash; sized by the memory there is. */
void buffer_init(void);

#endif
