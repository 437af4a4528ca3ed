/*
 * kernel/blk_drv/fdc.c against a floppy controller made here. A good one: sectors of disks of all
 * formats are read and written where they belong, with the motor running, at the right rate, from
 * the right place of the buffer. One that forgets interrupts, stands still, and answers anything
 * whatever: each call ends after a bounded time, the DMA never leaves the buffer, and when the chip
 * has come to its senses the next transfer is right again.
 */
#include <linux/blkdev.h>
#include <linux/dma.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/sched.h>
#include <linux/semaphore.h>
#include <linux/string.h>
#include <linux/timer.h>
#include "../../kernel/blk_drv/fdc.h"
#include "unit.h"

#define ROUNDS		20000
#define BUFFER_DMA	0x70000u
#define BUFFER_SIZE	(FDC_BUFFER_SECTORS * SECTOR_SIZE)
#define MAX_POLLS	200000		/* of one call: 2 s at 10 us */
#define MAX_TICKS	(60 * HZ)

volatile unsigned long jiffies;

/* ---- the disk, and what surrounds the driver ---- */

static const struct fd_format formats[] = {
	{ "360 KB", 40, 9, 2, RATE_300K, 0x23 }, { "1.2 MB", 80, 15, 1, RATE_500K, 0x1b },
	{ "720 KB", 80, 9, 1, RATE_250K, 0x2a }, { "1.44 MB", 80, 18, 1, RATE_500K, 0x1b },
	{ "2.88 MB", 80, 36, 1, RATE_1M, 0x1b },
};

static const struct fd_format *format;	/* of the disk in drive 0 */
static u8 disk[80 * 2 * 36][SECTOR_SIZE];
static bool protected;
static u8 buffer[BUFFER_SIZE];
static irq_handler_t handler;
static void (*motor_off)(unsigned long data);
static unsigned long polls, ticks;

/* ---- the chip ---- */

static struct {
	u8 dor, rate, cylinder;
	u8 in[9], out[8];
	unsigned int nr_in, nr_out, out_at;
	bool irq, sense;		/* an interrupt is on its way; it has to be asked about */
	u8 st0;
	unsigned int after_reset;	/* drives that have not been asked about */
	unsigned int faults;		/* of 1000 occasions, how many go wrong */
} chip;

static struct {
	u8 mode, page;
	bool masked, high;
	unsigned int address, count;
} dma;

static bool goes_wrong(void)
{
	return chip.faults && unit_random(1000) < chip.faults;
}

static void answer(const u8 *bytes, unsigned int n)
{
	memcpy(chip.out, bytes, n);
	chip.nr_out = n;
	chip.out_at = 0;
}

/* Between the sector and memory, as the 8237 has been told. False: it has not. */
static bool move_sector(u8 *sector, bool write)
{
	unsigned int at = (dma.page << 16 | dma.address) - BUFFER_DMA;

	if (dma.masked || dma.count + 1 < SECTOR_SIZE)
		return false;
	CHECK(at <= BUFFER_SIZE - SECTOR_SIZE, "DMA at %x", at);
	CHECK(dma.mode == (write ? 0x4a : 0x46), "mode %02x", dma.mode);
	memcpy(write ? sector : buffer + at, write ? buffer + at : sector, SECTOR_SIZE);
	dma.address += SECTOR_SIZE;
	dma.count -= SECTOR_SIZE;
	return true;
}

/* READ or WRITE from C, H, R on, until the count is at its end. The result's ST0 and ST1. */
static void transfer(const u8 *in, u8 *result)
{
	bool write = in[0] == 0x45;
	unsigned int track = in[2] * 2u + in[3], sector = in[4];

	CHECK(in[1] == in[3] << 2, "head or drive %02x", in[1]);
	CHECK(chip.dor & 0x10 || chip.faults, "the motor does not run");
	result[0] = 0x40 | in[1];
	if (chip.rate != format->rate || chip.cylinder != in[2] * format->steps) {
		result[1] = 0x01;
		return;
	}
	if (write && protected) {
		result[1] = 0x02;
		return;
	}
	for (; dma.count != ~0u; sector++) {
		if (sector > format->sectors || sector > in[6] || goes_wrong()) {
			result[1] = 0x04;
			return;
		}
		if (!move_sector(disk[track * format->sectors + sector - 1], write))
			return;
	}
	result[0] = in[1];
}

static void move_to(u8 cylinder)
{
	if (!goes_wrong())
		chip.cylinder = cylinder;
	chip.st0 = 0x20;
	chip.sense = chip.irq = true;
}

static void sense(void)
{
	u8 out[2] = { chip.st0, chip.cylinder };

	if (chip.after_reset) {
		out[0] = 0xc0 | (4 - chip.after_reset--);
	} else if (!chip.sense) {
		out[0] = 0x80;
		answer(out, 1);
		return;
	}
	chip.sense = false;
	answer(out, 2);
}

static void execute(void)
{
	static const u8 version = 0x90;
	u8 result[8] = { 0 };
	unsigned int i;

	switch (chip.in[0]) {
	case 0x45:
	case 0x46:
		transfer(chip.in, result);
		answer(result, 7);
		chip.irq = true;
		break;
	case 0x04:
		result[0] = protected ? 0x40 : 0;
		answer(result, 1);
		break;
	case 0x07:
		move_to(0);
		break;
	case 0x08:
		sense();
		break;
	case 0x0f:
		move_to(chip.in[2]);
		break;
	case 0x10:
		answer(&version, 1);
		break;
	}
	for (i = 0; i < chip.nr_out; i++)
		if (goes_wrong())
			chip.out[i] = unit_random(256);
	if (goes_wrong())
		chip.nr_out = unit_random(8);
	if (goes_wrong())
		chip.irq = !chip.irq;
}

/* How many bytes the command has. */
static unsigned int command_length(u8 command)
{
	switch (command) {
	case 0x45:
	case 0x46:
		return 9;
	case 0x03:
	case 0x0f:
		return 3;
	case 0x13:
		return 4;
	case 0x04:
	case 0x07:
	case 0x12:
		return 2;
	case 0x08:
	case 0x10:
		return 1;
	}
	CHECK(0, "command %02x", command);
	return 0;
}

static void take_byte(u8 v)
{
	CHECK(chip.out_at == chip.nr_out || chip.faults, "a command while there is a result");
	chip.in[chip.nr_in++] = v;
	if (chip.nr_in == command_length(chip.in[0])) {
		chip.nr_in = chip.nr_out = chip.out_at = 0;
		execute();
	}
}

static void set_dor(u8 v)
{
	if (!(v & 4)) {
		chip.nr_in = chip.nr_out = chip.out_at = 0;
	} else if (!(chip.dor & 4)) {
		chip.irq = !goes_wrong();
		chip.after_reset = 4;
	}
	chip.dor = v;
}

static void set_half(unsigned int *reg, u8 v)
{
	*reg = dma.high ? *reg | v << 8 : v;
	dma.high = !dma.high;
}

void outb(u8 v, u16 port)
{
	switch (port) {
	case 0x3f2:
		set_dor(v);
		break;
	case 0x3f5:
		take_byte(v);
		break;
	case 0x3f7:
		chip.rate = v;
		break;
	case 0x04:
		set_half(&dma.address, v);
		break;
	case 0x05:
		set_half(&dma.count, v);
		break;
	case 0x0a:
		dma.masked = v & 4;
		break;
	case 0x0b:
		dma.mode = v;
		break;
	case 0x0c:
		dma.high = false;
		break;
	case 0x81:
		dma.page = v;
		break;
	default:
		CHECK(0, "write to port %x", port);
	}
}

u8 inb(u16 port)
{
	polls++;
	switch (port) {
	case 0x3f4:
		if (goes_wrong())
			return unit_random(256);
		return chip.out_at < chip.nr_out ? 0xd0 : 0x80;
	case 0x3f5:
		return chip.out_at < chip.nr_out ? chip.out[chip.out_at++] : 0;
	case 0x3f7:
		return goes_wrong() ? 0x80 : 0;
	}
	CHECK(0, "read from port %x", port);
	return 0;
}

/* ---- the kernel's side ---- */

/* A task waits: now the chip gets on. */
long schedule_timeout(long timeout)
{
	if (chip.irq) {
		chip.irq = false;
		handler(6, NULL, NULL);
		return timeout - 1;
	}
	ticks += timeout;
	return 0;
}

int request_irq(unsigned int irq, irq_handler_t h, unsigned long flags, const char *name, void *id)
{
	(void)flags, (void)name, (void)id;
	CHECK(irq == 6);
	handler = h;
	return 0;
}

struct resource *__request_region(struct resource *root, unsigned long start, unsigned long n,
				  const char *name)
{
	static struct resource any;

	(void)root, (void)start, (void)n, (void)name;
	return &any;
}

void *dma_alloc_coherent(size_t size, dma_addr_t *handle, gfp_t gfp)
{
	CHECK(size == BUFFER_SIZE && (gfp & __GFP_DMA));
	*handle = BUFFER_DMA;
	return buffer;
}

void dma_free_coherent(size_t size, void *addr, dma_addr_t handle)
{
	(void)size, (void)addr, (void)handle;
}

void mod_timer(struct timer_list *timer, unsigned long expires)
{
	(void)expires;
	motor_off = timer->function;
}

bool del_timer(struct timer_list *timer)
{
	(void)timer;
	return false;
}

struct resource ioport_resource;
void init_timer(struct timer_list *timer) { (void)timer; }
void udelay(unsigned long usecs) { (void)usecs; }
void mutex_init(struct mutex *m) { init_waitqueue_head(&m->wait); }
void __mutex_lock(struct mutex *m) { CHECK(0, "%p: there is nobody else", (void *)m); }
void __mutex_wake(struct mutex *m) { (void)m; }
void add_wait_queue(wait_queue_head_t *q, wait_queue_t *wait) { (void)q, (void)wait; }
void remove_wait_queue(wait_queue_head_t *q, wait_queue_t *wait) { (void)q, (void)wait; }

void __wake_up(wait_queue_head_t *q, unsigned int mode, int nr_exclusive)
{
	(void)q, (void)mode, (void)nr_exclusive;
}

/* ---- the tests ---- */

static unsigned int sectors_of(const struct fd_format *f)
{
	return f->cylinders * 2u * f->sectors;
}

static void new_disk(const struct fd_format *f)
{
	unsigned int i, j;

	format = f;
	protected = false;
	for (i = 0; i < sectors_of(f); i++)
		for (j = 0; j < SECTOR_SIZE; j++)
			disk[i][j] = unit_random(256);
}

/* A run of sectors at random; checks what a transfer without an error has to have done. */
static int some_transfer(void)
{
	unsigned int track = unit_random(2 * format->cylinders);
	unsigned int first = unit_random(format->sectors);
	unsigned int n = 1 + unit_random(format->sectors - first), i;
	u8 *on_disk = disk[track * format->sectors + first];
	int rw = unit_random(2) ? WRITE : READ, err;

	for (i = 0; i < BUFFER_SIZE; i++)
		buffer[i] = unit_random(256);
	polls = ticks = 0;
	fdc_begin(0);
	err = fdc_transfer(0, format, rw, track, first, n);
	fdc_end();
	CHECK(polls < MAX_POLLS && ticks < MAX_TICKS, "%lu polls, %lu ticks", polls, ticks);
	if (!err && !chip.faults)
		CHECK(!memcmp(on_disk, buffer + first * SECTOR_SIZE, n * SECTOR_SIZE));
	if (unit_random(10) == 0)
		motor_off(0);
	return err;
}

static void test_good_chip(void)
{
	unsigned int f, i;

	for (f = 0; f < ARRAY_SIZE(formats); f++) {
		new_disk(&formats[f]);
		for (i = 0; i < ROUNDS / 20; i++)
			CHECK(some_transfer() == 0, "%s", format->name);
	}
}

static void test_protected(void)
{
	static u8 before[sizeof(disk)];
	int err;

	new_disk(&formats[3]);
	protected = true;
	memcpy(before, disk, sizeof(disk));
	fdc_begin(0);
	CHECK(fdc_write_protected(0));
	err = fdc_transfer(0, format, WRITE, 5, 0, 3);
	fdc_end();
	CHECK(err == -EROFS, "%d", err);
	CHECK(!memcmp(before, disk, sizeof(disk)));
}

/* A disk of one format, asked for in another. */
static void test_wrong_rate(void)
{
	int err;

	new_disk(&formats[2]);
	fdc_begin(0);
	err = fdc_transfer(0, &formats[3], READ, 2, 17, 1);
	fdc_end();
	CHECK(err == -EIO && fdc_status[0] >> 6 == 1 && fdc_status[1] == 1, "%d", err);
}

static void test_bad_chip(void)
{
	unsigned int i, errors = 0;

	new_disk(&formats[3]);
	for (i = 0; i < ROUNDS; i++) {
		chip.faults = i % 3 ? unit_random(300) : 0;
		if (chip.faults) {
			int err = some_transfer();

			CHECK(!err || err == -EIO || err == -EROFS || err == -ETIMEDOUT);
			errors += err != 0;
			fdc_begin(0);
			fdc_find_disk(0);
			fdc_write_protected(0);
			fdc_end();
		} else {
			CHECK(some_transfer() == 0, "round %u", i);
		}
	}
	CHECK(errors > ROUNDS / 20, "%u errors", errors);
}

int main(void)
{
	static const u8 kinds[FDC_DRIVES] = { FD_DRIVE_2880, 0 };

	chip.faults = 1000;
	CHECK(fdc_init(kinds) == -ENODEV);
	chip.faults = 0;
	CHECK(fdc_init(kinds) == 0 && fdc_buffer == buffer);
	CHECK(!strcmp(fdc_name(), "82077"));
	test_good_chip();
	test_protected();
	test_wrong_rate();
	test_bad_chip();
	host_printf("ok\n");
	return 0;
}
