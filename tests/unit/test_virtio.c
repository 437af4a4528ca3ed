/*
 * kernel/blk_drv/virtio_mmio.c against a device made here, old and new: the features agreed on, the
 * tables where the device looks for them; random chains, worked on in any order, come back
 * exactly once with their descriptors; and answers that nobody has asked for (a head out of range,
 * the middle of a chain, a chain twice) are refused without harm.
 */
#include <linux/dma.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include "../../kernel/blk_drv/virtio.h"
#include "unit.h"

#define REGISTERS	0x200
#define ROUNDS		100000
#define MAX_PIECES	9

/* The registers that the device looks at, as words. */
enum { MAGIC = 0, VERSION = 1, DEVICE_ID = 2, DEVICE_FEATURES = 4, DEVICE_FEATURES_SEL = 5,
       DRIVER_FEATURES = 8, QUEUE_NUM_MAX = 0x34 / 4, QUEUE_NUM = 0x38 / 4, QUEUE_PFN = 0x40 / 4,
       QUEUE_READY = 0x44 / 4, STATUS = 0x70 / 4, QUEUE_DESC = 0x80 / 4, QUEUE_DRIVER = 0x90 / 4,
       QUEUE_DEVICE = 0xa0 / 4, CONFIG = 0x100 / 4 };

static u32 registers[REGISTERS / 4];
static struct virtio_dev dev;

/* The device's view. */
static struct virtq_desc *desc;
static struct virtq_avail *avail;
static struct virtq_used *used;
static u16 seen;		/* of the avail ring */

static u16 pending[VIRTQ_SIZE];	/* heads that the device works on */
static unsigned int nr_pending;
static u32 pieces_of[VIRTQ_SIZE], key_of[VIRTQ_SIZE];	/* what was put into a chain, by head */

void *dma_alloc_coherent(size_t size, dma_addr_t *handle, gfp_t gfp)
{
	char *p = host_malloc(size + 4096);

	(void)gfp;
	p = (char *)(((unsigned long)p + 4095) & ~4095UL);
	for (size_t i = 0; i < size; i++)
		p[i] = 0;
	*handle = (dma_addr_t)p;
	return p;
}

void dma_free_coherent(size_t size, void *addr, dma_addr_t handle)
{
	(void)size, (void)addr, (void)handle;
}

void udelay(unsigned long usecs)
{
	(void)usecs;
}

/* ---- the device ---- */

static void power_on(u32 version, u32 queue_size)
{
	unsigned int i;

	for (i = 0; i < REGISTERS / 4; i++)
		registers[i] = 0;
	registers[MAGIC] = 0x74726976;
	registers[VERSION] = version;
	registers[DEVICE_ID] = 2;
	registers[DEVICE_FEATURES] = 0x0f01;
	registers[QUEUE_NUM_MAX] = queue_size;
	registers[CONFIG] = 0x11223344;
	registers[CONFIG + 1] = 0x55667788;
	dev = (struct virtio_dev){ 0 };
	seen = 0;
	nr_pending = 0;
}

static void find_tables(void)
{
	if (registers[VERSION] == 2) {
		CHECK(registers[QUEUE_READY] == 1);
		desc = (void *)registers[QUEUE_DESC];
		avail = (void *)registers[QUEUE_DRIVER];
		used = (void *)registers[QUEUE_DEVICE];
	} else {
		desc = (void *)(registers[QUEUE_PFN] << 12);
		avail = (void *)(desc + registers[QUEUE_NUM]);
		used = (void *)(((unsigned long)&avail->ring[registers[QUEUE_NUM] + 1] + 4095) &
				~4095UL);
	}
}

/* A new chain has come: it must be what was made. */
static void check_chain(u16 head)
{
	unsigned int n = 0;
	u16 i = head;

	for (;; i = desc[i].next) {
		CHECK(i < registers[QUEUE_NUM]);
		CHECK(desc[i].addr == key_of[head] + n && desc[i].len == n + 1, "piece %u", n);
		CHECK(!(desc[i].flags & VIRTQ_WRITE) == (n % 3 != 0), "piece %u", n);
		n++;
		if (!(desc[i].flags & VIRTQ_NEXT))
			break;
	}
	CHECK(n == pieces_of[head], "%u pieces, not %u", n, pieces_of[head]);
}

static void look_for_chains(void)
{
	while (seen != avail->idx) {
		pending[nr_pending] = avail->ring[seen++ % registers[QUEUE_NUM]];
		check_chain(pending[nr_pending++]);
	}
}

static void answer(u32 head)
{
	used->ring[used->idx % registers[QUEUE_NUM]].id = head;
	used->idx++;
}

/* ---- the driver ---- */

static void make_chain(void)
{
	struct virtq *q = &dev.queue;
	unsigned int n = 1 + unit_random(MAX_PIECES), i;
	u16 head;

	if (q->nr_free < n)
		return;
	head = virtq_begin(q);
	key_of[head] = unit_random(1 << 30);
	pieces_of[head] = n;
	for (i = 0; i < n; i++)
		virtq_add(q, key_of[head] + i, i + 1, i % 3 == 0);
	virtq_publish(q);
}

static unsigned int pieces_under_way(void)
{
	unsigned int i, n = 0;

	for (i = 0; i < nr_pending; i++)
		n += pieces_of[pending[i]];
	return n;
}

static void random_load(void)
{
	unsigned int round;

	for (round = 0; round < ROUNDS; round++) {
		if (unit_random(2)) {
			make_chain();
			look_for_chains();
		} else if (nr_pending) {
			unsigned int i = unit_random(nr_pending);
			u16 head = pending[i];

			answer(head);
			pending[i] = pending[--nr_pending];
			CHECK(virtq_take_used(&dev.queue) == head);
			CHECK(virtq_take_used(&dev.queue) == -EAGAIN);
		}
		CHECK(dev.queue.nr_free + pieces_under_way() == dev.queue.size);
	}
}

static void nonsense(void)
{
	struct virtq *q = &dev.queue;
	unsigned int free;
	u16 head;

	while (nr_pending) {
		answer(pending[--nr_pending]);
		CHECK(virtq_take_used(q) >= 0);
	}
	CHECK(q->nr_free == q->size);
	head = virtq_begin(q);
	virtq_add(q, 1, 1, false);
	virtq_add(q, 2, 1, false);
	virtq_publish(q);
	free = q->nr_free;
	answer(q->size);
	CHECK(virtq_take_used(q) == -EIO);
	answer(0xffffffff);
	CHECK(virtq_take_used(q) == -EIO);
	answer(q->next[head]);
	CHECK(virtq_take_used(q) == -EIO, "the middle of a chain");
	CHECK(q->nr_free == free);
	answer(head);
	CHECK(virtq_take_used(q) == head);
	answer(head);
	CHECK(virtq_take_used(q) == -EIO, "a chain twice");
	CHECK(q->nr_free == q->size);
}

static void start(u32 version, u32 queue_size, u32 wanted_size)
{
	power_on(version, queue_size);
	CHECK(virtio_find(&dev, registers, 2));
	/* Our registers forget nothing: the high word of the features is the low one again. */
	CHECK(!virtio_negotiate(&dev, 0x0101) && dev.features == 0x0101);
	CHECK(virtio_config64(&dev, 0) == 0x5566778811223344ULL);
	CHECK(!virtio_make_queue(&dev));
	CHECK(registers[QUEUE_NUM] == wanted_size && dev.queue.size == wanted_size);
	virtio_start(&dev);
	CHECK(registers[STATUS] == (version == 2 ? 0xf : 0x7), "%x", registers[STATUS]);
	find_tables();
}

int main(void)
{
	u32 version;

	for (version = 1; version <= 2; version++) {
		start(version, 1024, VIRTQ_SIZE);
		random_load();
		nonsense();
		start(version, 16, 16);
		random_load();
		power_on(version, 2);
		CHECK(virtio_find(&dev, registers, 2) && virtio_make_queue(&dev) == -ENODEV);
		CHECK(!virtio_find(&dev, registers, 1), "a device of another kind");
	}
	power_on(3, 16);
	CHECK(!virtio_find(&dev, registers, 2), "a version that does not exist");
	power_on(2, 16);
	registers[DEVICE_FEATURES] = 0;
	CHECK(virtio_find(&dev, registers, 2) && virtio_negotiate(&dev, ~0u) == -ENODEV,
	      "a new device without version 1");
	return 0;
}
