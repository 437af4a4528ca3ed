/*
 * Virtio: devices made for guests of an emulator. The driver's own header; what a queue is, and the
 * way a device shows up in memory (virtio-mmio), both old ("legacy") and version 1.
 *
 * A queue is three tables in memory that both sides see:
 *
 *	descriptors	pieces of memory, chained: what the device shall read, then what it
 *			shall write
 *	avail ring	driver -> device: heads of chains to work on
 *	used ring	device -> driver: heads of chains that are done, in any order
 *
 * A ring's index counts up for ever; entry = index modulo size. What the device writes is believed
 * only after a check: chains are remembered here, not read back from the table.
 *
 * Source: OASIS Virtual I/O Device (VIRTIO) Version 1.1, 2.6 (split virtqueues), 4.2 (MMIO).
 */
#ifndef _BLK_DRV_VIRTIO_H
#define _BLK_DRV_VIRTIO_H

#include <linux/dma.h>
#include <linux/types.h>

#define VIRTQ_SIZE	128	/* descriptors, at most; a power of two */
#define VIRTQ_MIN_SIZE	4	/* a shorter queue is refused */

struct virtq_desc {
	u64 addr;
	u32 len;
	u16 flags;
	u16 next;
};
#define VIRTQ_NEXT	1	/* flags: the chain goes on */
#define VIRTQ_WRITE	2	/* the device writes here */

struct virtq_avail {
	u16 flags;
	u16 idx;
	u16 ring[];
};

struct virtq_used {
	u16 flags;
	u16 idx;
	struct { u32 id, len; } ring[];
};

struct virtq {
	unsigned int size;
	struct virtq_desc *desc;
	struct virtq_avail *avail;
	volatile struct virtq_used *used;
	void *mem;			/* all three, and where the device finds them */
	dma_addr_t dma;
	u16 next[VIRTQ_SIZE];		/* of a chain, or of the free descriptors */
	u16 chain_len[VIRTQ_SIZE];	/* by head; 0: no chain under way begins here */
	u16 free_head;
	unsigned int nr_free;
	u16 head, tail, pieces;		/* the chain that is being made */
	u16 avail_idx, used_idx;	/* what we have given and taken */
};

struct virtio_dev {
	void *base;			/* registers */
	bool modern;			/* version 1 */
	u32 features;			/* agreed on, the low 32 */
	struct virtq queue;
};

/* ---- virtio_mmio.c; nothing there sleeps unless it says so ---- */

/* Is there a device of this kind? Then it is reset, and knows that somebody looks after it. */
bool virtio_find(struct virtio_dev *dev, void *base, u32 device_id);
/* Agrees on those of the `wanted` features that the device has. 0 or -ENODEV: it refuses. */
int virtio_negotiate(struct virtio_dev *dev, u32 wanted);
/* Makes queue 0, of at most VIRTQ_SIZE descriptors. 0, -ENOMEM, -ENODEV. May sleep. */
int virtio_make_queue(struct virtio_dev *dev);
/* Gives its memory back, if there is any; the device has been reset. */
void virtio_free_queue(struct virtio_dev *dev);
void virtio_start(struct virtio_dev *dev);	/* from now on it works */
/* It forgets everything and, when this returns, touches no memory any more. */
void virtio_reset(struct virtio_dev *dev);
/* Resets a device that no driver wants after all, and tells it so. */
void virtio_give_up(struct virtio_dev *dev);
/* The device says itself that it is broken. */
bool virtio_needs_reset(struct virtio_dev *dev);
/* Quiets the interrupt. */
void virtio_ack_interrupt(struct virtio_dev *dev);
/* A word of the device's own configuration. */
u32 virtio_config(struct virtio_dev *dev, unsigned int offset);
u64 virtio_config64(struct virtio_dev *dev, unsigned int offset);

/*
 * A new chain: begin, then at least one piece (there must be nr_free descriptors), then publish,
 * which gives it to the device. It is named by its head, known from the beginning.
 */
u16 virtq_begin(struct virtq *q);
void virtq_add(struct virtq *q, dma_addr_t addr, u32 len, bool device_writes);
void virtq_publish(struct virtq *q);
/* Tells the device that there is something new. */
void virtio_notify(struct virtio_dev *dev);
/* The head of the next chain that is done, its descriptors free again; or -EAGAIN: none; -EIO:
 * the device answers nonsense. */
int virtq_take_used(struct virtq *q);

#endif
