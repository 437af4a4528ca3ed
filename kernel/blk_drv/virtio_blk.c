/*
 * The driver of virtio disks: /dev/vda to /dev/vdd, on the board's four virtio-mmio places.
 *
 * A command is a chain of three parts: a header (what, where), the pages of data, and a byte in
 * which the device writes how it went. The disk works on many at once and ends them in any order,
 * so requests are taken off the queue while there are descriptors for them:
 *
 *	queue --take_request_off()--> in_flight --interrupt--> end_taken_request()
 *
 * A request with more pages than a command can name is done by several, one after the other. When
 * a command fails, each of its bios is tried alone, so that only the bio with the bad sector gets
 * EIO; even a single one, since emulators join the commands that they find and fail all of them. A
 * disk that answers nonsense, or nothing for COMMAND_TIMEOUT, is reset (it touches no memory from
 * then on) and given up: all its requests end with EIO.
 *
 * Source: OASIS Virtual I/O Device (VIRTIO) Version 1.1, 5.2.
 */
#include <linux/kernel.h>
#include <linux/blkdev.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include <asm/dma.h>
#include <asm/system.h>
#include <asm/vexpress.h>
#include "virtio.h"

#define VIRTIO_ID_BLOCK		2

/* Features, by bit */
#define F_SIZE_MAX		(1u << 1)
#define F_SEG_MAX		(1u << 2)
#define F_RO			(1u << 5)
#define F_BLK_SIZE		(1u << 6)
#define F_FLUSH			(1u << 9)

/* Configuration, by offset */
#define CONFIG_CAPACITY		0	/* u64, in sectors of 512 bytes whatever BLK_SIZE is */
#define CONFIG_SIZE_MAX		8	/* bytes of one descriptor */
#define CONFIG_SEG_MAX		12	/* descriptors of data in one command */
#define CONFIG_BLK_SIZE		20	/* what the disk can read and write at once */

#define T_IN			0
#define T_OUT			1
#define T_FLUSH			4
#define STATUS_OK		0
#define STATUS_NONE		0xff	/* not written by the device yet */

#define MAX_SEGMENTS		62	/* two such commands fit into the queue */
#define COMMAND_TIMEOUT		(30 * HZ)
#define MINORS			16

struct blk_header {
	u32 type;
	u32 reserved;
	u64 sector;
};

/* Header and status of the command whose chain begins with this descriptor. */
struct command_memory {
	struct blk_header header[VIRTQ_SIZE];
	volatile u8 status[VIRTQ_SIZE];
};

struct virtblk {
	struct virtio_dev dev;
	struct gendisk disk;
	struct request_queue queue;
	struct list_head in_flight;
	struct request *request[VIRTQ_SIZE];	/* by the head of its chain */
	unsigned int bytes[VIRTQ_SIZE];		/* of the request that the chain moves */
	struct command_memory *mem;
	dma_addr_t mem_dma;
	struct timer_list timer;
	bool dead;
};

/* ---- a command; interrupts off ---- */

/* What a command is for: all of the request, or after one has failed its first bio alone. */
static unsigned int command_sectors(const struct request *req)
{
	return req->errors ? bio_sectors(req->bio) - req->done : req->nr_sectors;
}

/* As much of it as there are descriptors for, beside one for the status; returns the bytes. */
static unsigned int add_data(struct virtblk *vb, struct request *req)
{
	struct bio_cursor at = request_memory(req);
	unsigned int bytes = command_sectors(req) << SECTOR_SHIFT, left = bytes;
	unsigned int room = min(vb->queue.max_segments, vb->dev.queue.nr_free - 1);
	bool read = req->rw == READ, synced = dma_sync_all(bytes);

	while (left && room--) {
		struct segment seg = next_segment(&at, left);

		if (!synced)
			dma_sync_for_device(seg.page, seg.offset, seg.len,
					    read ? DMA_FROM_DEVICE : DMA_TO_DEVICE);
		virtq_add(&vb->dev.queue, (page_to_pfn(seg.page) << PAGE_SHIFT) + seg.offset,
			  seg.len, read);
		left -= seg.len;
	}
	return bytes - left;
}

static void start_command(struct virtblk *vb, struct request *req)
{
	struct virtq *q = &vb->dev.queue;
	u16 head = virtq_begin(q);
	struct blk_header *header = &vb->mem->header[head];

	header->type = req->rw == FLUSH ? T_FLUSH : req->rw == WRITE ? T_OUT : T_IN;
	header->reserved = 0;
	header->sector = req->rw == FLUSH ? 0 : req->sector;
	vb->mem->status[head] = STATUS_NONE;
	vb->request[head] = req;
	virtq_add(q, vb->mem_dma + offsetof(struct command_memory, header[head]),
		  sizeof(*header), false);
	vb->bytes[head] = req->rw == FLUSH ? 0 : add_data(vb, req);
	virtq_add(q, vb->mem_dma + offsetof(struct command_memory, status[head]), 1, true);
	virtq_publish(q);
}

static void sync_data(struct request *req, unsigned int bytes)
{
	struct bio_cursor at = request_memory(req);

	if (dma_sync_all(bytes))
		return;
	while (bytes) {
		struct segment seg = next_segment(&at, bytes);

		dma_sync_for_cpu(seg.page, seg.offset, seg.len, DMA_FROM_DEVICE);
		bytes -= seg.len;
	}
}

/* Returns true when there is a new command for the device. */
static bool command_done(struct virtblk *vb, unsigned int head)
{
	struct request *req = vb->request[head];
	int error = vb->mem->status[head] == STATUS_OK ? 0 : -EIO;

	vb->request[head] = NULL;
	if (req->rw == READ)
		sync_data(req, vb->bytes[head]);
	if (error && !req->errors && req->rw != FLUSH)
		req->errors = 1;
	else if (end_taken_request(req, error, vb->bytes[head] >> SECTOR_SHIFT))
		return false;
	start_command(vb, req);
	return true;
}

/* ---- the queue; interrupts off ---- */

static void fail_all(struct virtblk *vb)
{
	while (!list_empty(&vb->queue.requests))
		take_request_off(&vb->queue, &vb->in_flight);
	while (!list_empty(&vb->in_flight)) {
		struct request *req = list_first_entry(&vb->in_flight, struct request, list);

		end_taken_request(req, -EIO, req->nr_sectors);
	}
}

static void give_up(struct virtblk *vb, const char *why)
{
	printk(KERN_ERR "%s: %s, given up\n", vb->disk.name, why);
	vb->dead = true;
	virtio_give_up(&vb->dev);
	del_timer(&vb->timer);
	fail_all(vb);
}

static void virtblk_request(struct request_queue *rq)
{
	struct virtblk *vb = rq->private;
	bool started = false;

	if (vb->dead) {
		fail_all(vb);
		return;
	}
	while (!list_empty(&rq->requests)) {
		struct request *req = list_first_entry(&rq->requests, struct request, list);

		if (vb->dev.queue.nr_free < min(req->nr_segments, rq->max_segments) + 2)
			break;
		take_request_off(rq, &vb->in_flight);
		start_command(vb, req);
		started = true;
	}
	if (!started)
		return;
	virtio_notify(&vb->dev);
	if (!timer_pending(&vb->timer))
		mod_timer(&vb->timer, jiffies + COMMAND_TIMEOUT);
}

/* Ends what the device has done, and gives it more. False: it has done nothing. */
static bool take_answers(struct virtblk *vb)
{
	bool answers = false, again = false;
	int head;

	while ((head = virtq_take_used(&vb->dev.queue)) >= 0) {
		answers = true;
		again |= command_done(vb, head);
	}
	if (head == -EIO) {
		give_up(vb, "answers what nobody has asked");
		return true;
	}
	if (!answers)
		return false;
	if (again)
		virtio_notify(&vb->dev);
	if (list_empty(&vb->in_flight))
		del_timer(&vb->timer);
	else
		mod_timer(&vb->timer, jiffies + COMMAND_TIMEOUT);
	virtblk_request(&vb->queue);
	return true;
}

static void virtblk_interrupt(int irq __unused, void *dev_id, struct pt_regs *regs __unused)
{
	struct virtblk *vb = dev_id;

	virtio_ack_interrupt(&vb->dev);
	if (!vb->dead && !take_answers(vb) && virtio_needs_reset(&vb->dev))
		give_up(vb, "says that it is broken");
}

static void virtblk_timeout(unsigned long data)
{
	struct virtblk *vb = (struct virtblk *)data;
	unsigned long flags;

	local_irq_save(flags);
	if (take_answers(vb))
		printk(KERN_WARNING "%s: lost interrupt\n", vb->disk.name);
	else if (!vb->dead)
		give_up(vb, "does not answer");
	local_irq_restore(flags);
}

/* ---- set-up ---- */

/* What the device says of itself. 0, or -ENODEV: nothing that can be worked with. */
static int __init read_config(struct virtblk *vb)
{
	struct virtio_dev *dev = &vb->dev;

	vb->disk.capacity = virtio_config64(dev, CONFIG_CAPACITY);
	vb->disk.read_only = dev->features & F_RO;
	vb->disk.write_cache = dev->features & F_FLUSH;
	vb->queue.max_segments = MAX_SEGMENTS;
	if (dev->features & F_SEG_MAX)
		vb->queue.max_segments = min_t(u32, virtio_config(dev, CONFIG_SEG_MAX),
					       MAX_SEGMENTS);
	if ((dev->features & F_SIZE_MAX) && virtio_config(dev, CONFIG_SIZE_MAX) < PAGE_SIZE)
		return -ENODEV;
	if ((dev->features & F_BLK_SIZE) && virtio_config(dev, CONFIG_BLK_SIZE) != SECTOR_SIZE)
		return -ENODEV;
	return vb->queue.max_segments ? 0 : -ENODEV;
}

static void __init init_disk(struct virtblk *vb, unsigned int index)
{
	struct gendisk *disk = &vb->disk;

	blk_init_queue(&vb->queue, virtblk_request);
	vb->queue.private = vb;
	INIT_LIST_HEAD(&vb->in_flight);
	init_timer(&vb->timer);
	vb->timer.function = virtblk_timeout;
	vb->timer.data = (unsigned long)vb;
	sprintf(disk->name, "vd%c", 'a' + index);
	disk->major = VIRTBLK_MAJOR;
	disk->first_minor = index * MINORS;
	disk->minors = MINORS;
	disk->heads = 16;
	disk->sectors = 63;
	disk->queue = &vb->queue;
	disk->private = vb;
}

static int __init start_disk(struct virtblk *vb, unsigned int irq)
{
	struct virtio_dev *dev = &vb->dev;
	unsigned int room;
	int err;

	err = virtio_negotiate(dev, F_SIZE_MAX | F_SEG_MAX | F_RO | F_BLK_SIZE | F_FLUSH);
	if (err)
		return err;
	err = read_config(vb);
	if (err)
		return err;
	err = virtio_make_queue(dev);
	if (err)
		return err;
	room = dev->queue.size - 2;		/* beside header and status */
	vb->queue.max_segments = min(vb->queue.max_segments, room);
	vb->queue.max_sectors = vb->queue.max_segments * (PAGE_SIZE / SECTOR_SIZE);
	vb->mem = dma_alloc_coherent(sizeof(*vb->mem), &vb->mem_dma, GFP_KERNEL);
	if (!vb->mem)
		return -ENOMEM;
	err = request_irq(irq, virtblk_interrupt, 0, "virtio", vb);
	if (err)
		return err;
	virtio_start(dev);
	return 0;
}

/* False: no disk there, or none that can be used. */
static bool __init add_slot(void *base, unsigned int irq, unsigned int index)
{
	struct virtblk *vb = kzalloc(sizeof(*vb), GFP_KERNEL);
	int err;

	if (!vb || !virtio_find(&vb->dev, base, VIRTIO_ID_BLOCK)) {
		kfree(vb);
		return false;
	}
	init_disk(vb, index);
	err = start_disk(vb, irq);
	if (err) {
		printk(KERN_WARNING "%s: not usable, error %d\n", vb->disk.name, -err);
		virtio_give_up(&vb->dev);
		virtio_free_queue(&vb->dev);
		dma_free_coherent(sizeof(*vb->mem), vb->mem, vb->mem_dma);
		kfree(vb);
		return false;
	}
	printk(KERN_INFO "%s: virtio%s, %llu MB%s%s\n", vb->disk.name,
	       vb->dev.modern ? "" : " (legacy)", vb->disk.capacity >> 11,
	       vb->disk.write_cache ? ", write cache" : "",
	       vb->disk.read_only ? ", read-only" : "");
	add_disk(&vb->disk);
	return true;
}

/* QEMU fills the places from the last one down, so this is the order of its arguments. */
static int __init virtblk_init(void)
{
	const unsigned long size = V2M_VIRTIO_SLOTS * V2M_VIRTIO_STRIDE;
	unsigned int slot = V2M_VIRTIO_SLOTS, index = 0;
	void *base;

	if (!request_mem_region(V2M_VIRTIO_PHYS, size, "virtio-mmio"))
		return -EBUSY;
	base = ioremap(V2M_VIRTIO_PHYS, size);
	if (!base)
		return -ENOMEM;
	while (slot--)
		if (add_slot(base + slot * V2M_VIRTIO_STRIDE, IRQ_V2M_VIRTIO + slot, index))
			index++;
	return 0;
}
initcall_dev(virtblk_init);
