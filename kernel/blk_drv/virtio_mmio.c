/*
 * Virtio devices that show up in memory: finding one, agreeing on features, making its queue, and
 * passing chains of descriptors. virtio.h tells what these are.
 *
 * The life of a device, in its status register:
 *
 *	0 -> ACKNOWLEDGE -> DRIVER -> (features) FEATURES_OK -> (queue) DRIVER_OK
 *
 * The tables are in memory that caches do not hold (dma_alloc_coherent), so that order is all
 * that has to be cared for: wmb() before an index is advanced, rmb() after one was seen to.
 */
#include <linux/kernel.h>
#include <linux/dma.h>
#include <linux/errno.h>
#include <linux/delay.h>
#include <asm/io.h>
#include <asm/page.h>
#include <asm/system.h>
#include "virtio.h"

/* Registers; L: of old devices only, M: of version 1 only. */
#define REG_MAGIC		0x000	/* "virt" */
#define REG_VERSION		0x004	/* 1: old, 2: version 1 */
#define REG_DEVICE_ID		0x008	/* 0: an empty place */
#define REG_DEVICE_FEATURES	0x010
#define REG_DEVICE_FEATURES_SEL	0x014
#define REG_DRIVER_FEATURES	0x020
#define REG_DRIVER_FEATURES_SEL	0x024
#define REG_GUEST_PAGE_SIZE	0x028	/* L */
#define REG_QUEUE_SEL		0x030
#define REG_QUEUE_NUM_MAX	0x034
#define REG_QUEUE_NUM		0x038
#define REG_QUEUE_ALIGN		0x03c	/* L */
#define REG_QUEUE_PFN		0x040	/* L */
#define REG_QUEUE_READY		0x044	/* M */
#define REG_QUEUE_NOTIFY	0x050
#define REG_INTERRUPT_STATUS	0x060
#define REG_INTERRUPT_ACK	0x064
#define REG_STATUS		0x070
#define REG_QUEUE_DESC		0x080	/* M: 64 bits, as the next two */
#define REG_QUEUE_DRIVER	0x090
#define REG_QUEUE_DEVICE	0x0a0
#define REG_CONFIG_GENERATION	0x0fc	/* M */
#define REG_CONFIG		0x100

#define MAGIC			0x74726976
#define STATUS_ACKNOWLEDGE	0x01
#define STATUS_DRIVER		0x02
#define STATUS_DRIVER_OK	0x04
#define STATUS_FEATURES_OK	0x08
#define STATUS_NEEDS_RESET	0x40
#define STATUS_FAILED		0x80
#define FEATURE_HIGH_VERSION_1	0x01	/* number 32 */

#define CONFIG_TRIES		16
#define RESET_WAIT_MS		10

static u32 get(struct virtio_dev *dev, unsigned int reg)
{
	return readl(dev->base + reg);
}

static void put(struct virtio_dev *dev, unsigned int reg, u32 value)
{
	writel(value, dev->base + reg);
}

static void add_status(struct virtio_dev *dev, u32 bit)
{
	put(dev, REG_STATUS, get(dev, REG_STATUS) | bit);
}

/* ---- finding, features ---- */

void virtio_reset(struct virtio_dev *dev)
{
	unsigned int ms;

	put(dev, REG_STATUS, 0);
	for (ms = 0; get(dev, REG_STATUS) && ms < RESET_WAIT_MS; ms++)
		mdelay(1);
}

void virtio_give_up(struct virtio_dev *dev)
{
	virtio_reset(dev);
	add_status(dev, STATUS_FAILED);
}

bool virtio_needs_reset(struct virtio_dev *dev)
{
	return get(dev, REG_STATUS) & STATUS_NEEDS_RESET;
}

bool virtio_find(struct virtio_dev *dev, void *base, u32 device_id)
{
	u32 version;

	dev->base = base;
	version = get(dev, REG_VERSION);
	if (get(dev, REG_MAGIC) != MAGIC || (version != 1 && version != 2) ||
	    get(dev, REG_DEVICE_ID) != device_id)
		return false;
	dev->modern = version == 2;
	virtio_reset(dev);
	add_status(dev, STATUS_ACKNOWLEDGE);
	add_status(dev, STATUS_DRIVER);
	return true;
}

static u32 device_features(struct virtio_dev *dev, unsigned int which)
{
	put(dev, REG_DEVICE_FEATURES_SEL, which);
	return get(dev, REG_DEVICE_FEATURES);
}

static void accept_features(struct virtio_dev *dev, unsigned int which, u32 features)
{
	put(dev, REG_DRIVER_FEATURES_SEL, which);
	put(dev, REG_DRIVER_FEATURES, features);
}

int virtio_negotiate(struct virtio_dev *dev, u32 wanted)
{
	dev->features = device_features(dev, 0) & wanted;
	accept_features(dev, 0, dev->features);
	if (!dev->modern)
		return 0;
	if (!(device_features(dev, 1) & FEATURE_HIGH_VERSION_1))
		return -ENODEV;
	accept_features(dev, 1, FEATURE_HIGH_VERSION_1);
	add_status(dev, STATUS_FEATURES_OK);
	return get(dev, REG_STATUS) & STATUS_FEATURES_OK ? 0 : -ENODEV;
}

u32 virtio_config(struct virtio_dev *dev, unsigned int offset)
{
	return get(dev, REG_CONFIG + offset);
}

/* The device may change it between the two halves; then its generation changes too. */
u64 virtio_config64(struct virtio_dev *dev, unsigned int offset)
{
	unsigned int tries = CONFIG_TRIES;
	u32 before, low, high;

	do {
		before = dev->modern ? get(dev, REG_CONFIG_GENERATION) : 0;
		low = virtio_config(dev, offset);
		high = virtio_config(dev, offset + 4);
	} while (dev->modern && get(dev, REG_CONFIG_GENERATION) != before && --tries);
	return (u64)high << 32 | low;
}

/* ---- the queue ---- */

/*
 * An old device wants the tables in one piece:
 *
 *	| descriptors, 16 bytes each | avail ring |   up to a page   | used ring |
 */
static size_t used_offset(unsigned int size)
{
	return PAGE_ALIGN(size * sizeof(struct virtq_desc) + sizeof(struct virtq_avail) +
			  (size + 1) * sizeof(u16));
}

static size_t tables_size(unsigned int size)
{
	return used_offset(size) + PAGE_SIZE;
}

static int alloc_tables(struct virtq *q)
{
	unsigned int i;

	q->mem = dma_alloc_coherent(tables_size(q->size), &q->dma, GFP_KERNEL);
	if (!q->mem)
		return -ENOMEM;
	q->desc = q->mem;
	q->avail = (struct virtq_avail *)(q->desc + q->size);
	q->used = q->mem + used_offset(q->size);
	for (i = 0; i < q->size; i++)
		q->next[i] = i + 1;
	q->free_head = 0;
	q->nr_free = q->size;
	return 0;
}

static void put_address(struct virtio_dev *dev, unsigned int reg, dma_addr_t addr)
{
	put(dev, reg, addr);
	put(dev, reg + 4, 0);
}

int virtio_make_queue(struct virtio_dev *dev)
{
	struct virtq *q = &dev->queue;
	u32 max;
	int err;

	put(dev, REG_QUEUE_SEL, 0);
	max = get(dev, REG_QUEUE_NUM_MAX);
	for (q->size = VIRTQ_SIZE; q->size > max; q->size /= 2)
		;
	if (q->size < VIRTQ_MIN_SIZE)
		return -ENODEV;
	err = alloc_tables(q);
	if (err)
		return err;
	put(dev, REG_QUEUE_NUM, q->size);
	if (dev->modern) {
		put_address(dev, REG_QUEUE_DESC, q->dma);
		put_address(dev, REG_QUEUE_DRIVER, q->dma + q->size * sizeof(*q->desc));
		put_address(dev, REG_QUEUE_DEVICE, q->dma + used_offset(q->size));
		put(dev, REG_QUEUE_READY, 1);
	} else {
		put(dev, REG_GUEST_PAGE_SIZE, PAGE_SIZE);
		put(dev, REG_QUEUE_ALIGN, PAGE_SIZE);
		put(dev, REG_QUEUE_PFN, q->dma >> PAGE_SHIFT);
	}
	return 0;
}

void virtio_free_queue(struct virtio_dev *dev)
{
	dma_free_coherent(tables_size(dev->queue.size), dev->queue.mem, dev->queue.dma);
}

void virtio_start(struct virtio_dev *dev)
{
	add_status(dev, STATUS_DRIVER_OK);
}

/* ---- chains ---- */

u16 virtq_begin(struct virtq *q)
{
	q->pieces = 0;
	q->head = q->free_head;
	return q->head;
}

void virtq_add(struct virtq *q, dma_addr_t addr, u32 len, bool device_writes)
{
	struct virtq_desc *d = &q->desc[q->free_head];

	BUG_ON(!q->nr_free);
	if (q->pieces++)
		q->desc[q->tail].flags |= VIRTQ_NEXT;
	q->tail = q->free_head;
	q->free_head = q->next[q->tail];
	q->nr_free--;
	d->addr = addr;
	d->len = len;
	d->flags = device_writes ? VIRTQ_WRITE : 0;
	d->next = q->free_head;		/* counts once VIRTQ_NEXT is set */
}

void virtq_publish(struct virtq *q)
{
	q->chain_len[q->head] = q->pieces;
	q->avail->ring[q->avail_idx % q->size] = q->head;
	wmb();
	q->avail->idx = ++q->avail_idx;
}

void virtio_notify(struct virtio_dev *dev)
{
	mb();
	put(dev, REG_QUEUE_NOTIFY, 0);
}

void virtio_ack_interrupt(struct virtio_dev *dev)
{
	put(dev, REG_INTERRUPT_ACK, get(dev, REG_INTERRUPT_STATUS));
}

static void free_chain(struct virtq *q, u16 head)
{
	u16 last = head;

	q->nr_free += q->chain_len[head];
	while (--q->chain_len[head])
		last = q->next[last];
	q->next[last] = q->free_head;
	q->free_head = head;
}

int virtq_take_used(struct virtq *q)
{
	u32 head;

	if (q->used->idx == q->used_idx)
		return -EAGAIN;
	rmb();
	head = q->used->ring[q->used_idx++ % q->size].id;
	if (head >= q->size || !q->chain_len[head])
		return -EIO;
	free_chain(q, (u16)head);
	return (int)head;
}
