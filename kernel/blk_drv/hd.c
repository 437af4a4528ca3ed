/*
 * The driver of IDE disks: /dev/hda to /dev/hdd.
 *
 * Here: which request runs, the interrupt, and what happens when a command fails or never ends.
 * ide_pio.c and ide_dma.c move the data, ide_probe.c finds the drives. The life of
 * a channel:
 *
 *	CH_IDLE --ide_next()--> CH_COMMAND --interrupts--> CH_IDLE
 *	                            | no answer, or the drive is confused
 *	                            v
 *	                        CH_RESET --timer--> CH_IDLE, the request is tried again
 *
 * A request that fails is tried by DMA, then by PIO in blocks, then in single
 * sectors, so that in the end only the bio with the bad sector gets EIO. Every
 * wait has a timer; a drive that lets three of them run out in a row is given up.
 *
 * 0.12's hd.c did the same with one controller, PIO, and the variable do_hd for the next step.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/delay.h>
#include "ide.h"

#define COMMAND_TIMEOUT	(10 * HZ)	/* a disk may have to spin up first */
#define FLUSH_TIMEOUT	(30 * HZ)	/* a whole cache, all over the disk */
#define RESET_TIMEOUT	(15 * HZ)
#define RESET_POLL	(HZ / 20)
#define MAX_ERRORS	4		/* attempts per bio */
#define MAX_TIMEOUTS	3
#define SETUP_STEPS	3		/* of a drive after a reset */

#define NR_CHANNELS	2
#define MAX_SECTORS	248		/* per command: the count has 8 bits; whole pages */

static struct ide_channel channels[NR_CHANNELS] = {
	{ .base = 0x1f0, .ctl = 0x3f6, .irq = 14 },
	{ .base = 0x170, .ctl = 0x376, .irq = 15 },
};

/* ---- commands, polled ---- */

bool ide_wait(struct ide_channel *ch, u8 mask, u8 value, unsigned int ms)
{
	unsigned int n;

	for (n = ms * 100; (inb(ch->ctl) & mask) != value; n--) {
		if (!n)
			return false;
		udelay(10);
	}
	return true;
}

void ide_select(struct ide_drive *drive)
{
	struct ide_channel *ch = drive->channel;

	if (ch->selected == drive)
		return;
	outb(drive->select, ch->base + IDE_DEVICE);
	udelay(1);		/* 400 ns until the status is that of the other drive */
	ch->selected = drive;
}

/* Writes a command without data to a selected drive that is ready. */
static void send_command(struct ide_channel *ch, u8 command, u8 feature, u8 nsector)
{
	outb(feature, ch->base + IDE_FEATURES);
	outb(nsector, ch->base + IDE_NSECTOR);
	outb(command, ch->base + IDE_COMMAND);
	udelay(1);
}

static bool command_ok(struct ide_channel *ch)
{
	return !(inb(ch->base + IDE_STATUS) & (ST_ERR | ST_DF));
}

bool ide_simple_command(struct ide_drive *drive, u8 command, u8 feature, u8 nsector)
{
	struct ide_channel *ch = drive->channel;
	bool ok;

	ide_select(drive);
	outb(CTL_ALWAYS | CTL_NIEN, ch->ctl);
	ok = ide_wait(ch, ST_BSY, 0, 1000);
	if (ok) {
		send_command(ch, command, feature, nsector);
		ok = ide_wait(ch, ST_BSY, 0, 1000) && command_ok(ch);
	}
	outb(CTL_ALWAYS, ch->ctl);
	return ok;
}

/*
 * After probe or reset the drive is told the geometry and the block size of PIO. These are the
 * steps, each to be taken when the drive, which is selected, is ready after the one before.
 */
static void setup_step(struct ide_drive *drive, unsigned int step)
{
	struct ide_channel *ch = drive->channel;

	switch (step) {
	case 0:
		if (drive->select & DEV_LBA)
			break;
		outb(drive->select | (drive->heads - 1), ch->base + IDE_DEVICE);
		send_command(ch, CMD_INIT_PARAMS, 0, drive->sectors);
		break;
	case 1:
		if (drive->multi > 1)
			send_command(ch, CMD_SET_MULTI, 0, drive->multi);
		break;
	case 2:
		if (!command_ok(ch))	/* and no interrupt is left over */
			drive->multi = 1;
		break;
	}
}

/* All of them, at boot. */
static void __init setup_drive(struct ide_drive *drive)
{
	struct ide_channel *ch = drive->channel;
	unsigned int step;

	ide_select(drive);
	outb(CTL_ALWAYS | CTL_NIEN, ch->ctl);
	for (step = 0; step < SETUP_STEPS && ide_wait(ch, ST_BSY, 0, 1000); step++)
		setup_step(drive, step);
	if (step < SETUP_STEPS)
		drive->multi = 1;
	outb(CTL_ALWAYS, ch->ctl);
}

void ide_write_taskfile(struct ide_drive *drive, struct request *req, u8 command, bool ext)
{
	u16 base = drive->channel->base;
	u32 low = (u32)req->sector;
	u8 device = drive->select;

	if (ext) {		/* two writes to each register: the high halves first */
		outb(req->nr_sectors >> 8, base + IDE_NSECTOR);
		outb(low >> 24, base + IDE_LBA_LOW);
		outb((u8)(req->sector >> 32), base + IDE_LBA_MID);
		outb((u8)(req->sector >> 40), base + IDE_LBA_HIGH);
	} else if (device & DEV_LBA) {
		device |= (low >> 24) & 0x0f;
	} else {
		u32 track = low / drive->sectors, cylinder = track / drive->heads;

		device |= track % drive->heads;
		low = (low % drive->sectors + 1) | cylinder << 8;
	}
	outb((u8)req->nr_sectors, base + IDE_NSECTOR);
	outb((u8)low, base + IDE_LBA_LOW);
	outb((u8)(low >> 8), base + IDE_LBA_MID);
	outb((u8)(low >> 16), base + IDE_LBA_HIGH);
	outb(device, base + IDE_DEVICE);
	outb(command, base + IDE_COMMAND);
}

/* ---- reset ---- */

static void start_reset(struct ide_channel *ch)
{
	ch->state = CH_RESET;
	ch->selected = NULL;
	ch->reset_drive = ch->reset_step = 0;
	ch->reset_deadline = jiffies + RESET_TIMEOUT;
	outb(CTL_ALWAYS | CTL_SRST, ch->ctl);
	udelay(10);
	outb(CTL_ALWAYS | CTL_NIEN, ch->ctl);
	mod_timer(&ch->timer, jiffies + RESET_POLL);
}

/* Sets the drive up as far as it goes without waiting. False: it is busy, look again later. */
static bool reset_drive(struct ide_channel *ch, struct ide_drive *drive)
{
	ide_select(drive);
	for (; ch->reset_step < SETUP_STEPS; ch->reset_step++) {
		if (inb(ch->ctl) & ST_BSY) {
			if (time_before(jiffies, ch->reset_deadline))
				return false;
			printk(KERN_ERR "%s: does not come back from a reset, given up\n",
			       drive->disk.name);
			drive->dead = true;
			return true;
		}
		setup_step(drive, ch->reset_step);
	}
	return true;
}

/*
 * The timer looks whether the drives have come back, one after the other. It never waits for
 * them: interrupts are off here.
 */
static void poll_reset(struct ide_channel *ch)
{
	for (; ch->reset_drive < 2; ch->reset_drive++) {
		struct ide_drive *drive = &ch->drive[ch->reset_drive];

		if (drive->present && !drive->dead && !reset_drive(ch, drive)) {
			mod_timer(&ch->timer, jiffies + RESET_POLL);
			return;
		}
		ch->reset_step = 0;
		ch->reset_deadline = jiffies + RESET_TIMEOUT;
	}
	outb(CTL_ALWAYS, ch->ctl);
	ch->state = CH_IDLE;
}

/* ---- the course of a request ---- */

/* Ends the next `sectors` of the active drive's request in error. */
static void fail_sectors(struct ide_channel *ch, unsigned int sectors)
{
	if (end_request(&ch->active->queue, -EIO, sectors))
		ch->active = NULL;
}

/* A command failed. Leaves the channel idle (the rest is tried again) or in reset. */
static void command_failed(struct ide_channel *ch)
{
	struct ide_drive *drive = ch->active;
	struct request *req = ide_request(drive);
	u8 status = inb(ch->ctl);

	ch->state = CH_IDLE;
	if (req->errors == 0 && req->rw == FLUSH)
		printk_ratelimited(KERN_WARNING "%s: FLUSH CACHE failed, status %02x, error %02x\n",
				   drive->disk.name, status, inb(ch->base + IDE_ERROR));
	else if (req->errors == 0)
		printk_ratelimited(KERN_WARNING "%s: %s %s of %u sectors at %llu failed, "
						"status %02x, error %02x\n",
				   drive->disk.name, ch->dma_command ? "DMA" : "PIO",
				   rw_name(req->rw), req->nr_sectors, req->sector, status,
				   inb(ch->base + IDE_ERROR));
	if (++req->errors >= MAX_ERRORS) {
		req->errors = MAX_ERRORS - 2;	/* the other bios: single sectors, two tries */
		fail_sectors(ch, bio_sectors(req->bio) - req->done);
	}
	if (status & (ST_BSY | ST_DRQ))
		start_reset(ch);
}

/* A request went through although a first attempt by DMA had failed. */
static void count_dma_error(struct ide_drive *drive)
{
	if (++drive->dma_errors < MAX_ERRORS)
		return;
	printk(KERN_WARNING "%s: DMA keeps failing, using PIO from now on\n", drive->disk.name);
	drive->dma = false;
}

static void request_done(struct ide_channel *ch, int errors)
{
	struct ide_drive *drive = ch->active;

	if (ch->dma_command)
		drive->dma_errors = 0;
	else if (drive->dma && errors == 1)
		count_dma_error(drive);
	ch->state = CH_IDLE;
	ch->last = drive;
	ch->active = NULL;
	del_timer(&ch->timer);
}

static void next_step(struct ide_channel *ch, enum step step, int errors)
{
	if (step == STEP_WAIT)
		mod_timer(&ch->timer, jiffies + (ide_request(ch->active)->rw == FLUSH ?
						 FLUSH_TIMEOUT : COMMAND_TIMEOUT));
	else if (step == STEP_DONE)
		request_done(ch, errors);
	else
		command_failed(ch);
}

static enum step start_command(struct ide_drive *drive)
{
	struct ide_channel *ch = drive->channel;
	struct request *req = ide_request(drive);

	ch->state = CH_COMMAND;
	ch->dma_command = drive->dma && !req->errors && req->rw != FLUSH;
	ide_select(drive);
	if (!ide_wait(ch, ST_BSY | ST_DRQ, 0, 50))
		return STEP_ERROR;
	if (req->rw == FLUSH)
		outb(drive->flush_command, ch->base + IDE_COMMAND);
	else if (ch->dma_command)
		ide_dma_start(drive, req);
	else
		return ide_pio_start(drive, req);
	return STEP_WAIT;
}

/* Turn by turn, so that one busy drive does not starve the other. */
static struct ide_drive *pick_drive(struct ide_channel *ch)
{
	struct ide_drive *first = ch->last == &ch->drive[0] ? &ch->drive[1] : &ch->drive[0];
	struct ide_drive *second = first == &ch->drive[0] ? &ch->drive[1] : &ch->drive[0];

	if (first->present && !list_empty(&first->queue.requests))
		return first;
	if (second->present && !list_empty(&second->queue.requests))
		return second;
	return NULL;
}

/* Starts what there is to do on an idle channel. Interrupts off. */
static void ide_next(struct ide_channel *ch)
{
	while (ch->state == CH_IDLE) {
		struct ide_drive *drive = ch->active ? ch->active : pick_drive(ch);

		if (!drive)
			return;
		ch->active = drive;
		drive->queue.busy = true;
		if (drive->dead)
			fail_sectors(ch, ide_request(drive)->nr_sectors);
		else
			next_step(ch, start_command(drive), 0);
	}
}

static void hd_request(struct request_queue *q)
{
	struct ide_drive *drive = q->private;

	ide_next(drive->channel);
}

static enum step flush_intr(struct ide_drive *drive)
{
	if (inb(drive->channel->base + IDE_STATUS) & (ST_ERR | ST_DF))
		return STEP_ERROR;
	return end_request(&drive->queue, 0, 0) ? STEP_DONE : STEP_ERROR;
}

/* The drive has raised its interrupt, or ought to have. */
static void handle_step(struct ide_channel *ch)
{
	struct ide_drive *drive = ch->active;
	struct request *req = ide_request(drive);
	int errors = req->errors;

	if (req->rw == FLUSH)
		next_step(ch, flush_intr(drive), 0);
	else if (ch->dma_command)
		next_step(ch, ide_dma_intr(drive, req), errors);
	else
		next_step(ch, ide_pio_intr(drive, req), errors);
}

static void hd_interrupt(int irq __unused, void *dev_id, struct pt_regs *regs __unused)
{
	struct ide_channel *ch = dev_id;

	if (ch->state != CH_COMMAND) {
		inb(ch->base + IDE_STATUS);
		return;
	}
	if ((inb(ch->ctl) & ST_BSY) || (ch->dma_command && !ide_dma_pending(ch)))
		return;		/* not about the command under way */
	ch->active->timeouts = 0;
	handle_step(ch);
	ide_next(ch);
}

static void command_timeout(struct ide_channel *ch)
{
	struct ide_drive *drive = ch->active;
	u8 status = inb(ch->ctl);
	bool lost = !(status & ST_BSY) && (!ch->dma_command || ide_dma_pending(ch));

	printk(KERN_WARNING "%s: %s, status %02x\n", drive->disk.name,
	       lost ? "lost interrupt" : "time-out", status);
	if (++drive->timeouts >= MAX_TIMEOUTS) {
		printk(KERN_ERR "%s: does not answer, given up\n", drive->disk.name);
		drive->dead = true;
		lost = false;
	}
	if (lost) {
		handle_step(ch);
		return;
	}
	if (ch->dma_command)
		ide_dma_stop(ch);
	ide_request(drive)->errors++;
	start_reset(ch);
}

static void hd_timer(unsigned long data)
{
	struct ide_channel *ch = (struct ide_channel *)data;
	unsigned long flags;

	local_irq_save(flags);
	if (ch->state == CH_RESET)
		poll_reset(ch);
	else if (ch->state == CH_COMMAND)
		command_timeout(ch);
	ide_next(ch);
	local_irq_restore(flags);
}

/* ---- set-up ---- */

static void __init init_disk(struct ide_drive *drive, unsigned int channel, unsigned int unit)
{
	struct gendisk *disk = &drive->disk;

	blk_init_queue(&drive->queue, hd_request);
	drive->queue.private = drive;
	drive->queue.max_sectors = MAX_SECTORS;
	drive->queue.max_segments = MAX_SECTORS;
	sprintf(disk->name, "hd%c", 'a' + 2 * channel + unit);
	disk->major = channel ? IDE1_MAJOR : IDE0_MAJOR;
	disk->first_minor = unit * 64;
	disk->minors = 64;
	disk->queue = &drive->queue;
	disk->private = drive;
}

static void __init announce(struct ide_drive *drive)
{
	printk(KERN_INFO "%s: %s, %llu MB, %s%s\n", drive->disk.name, drive->model,
	       drive->disk.capacity >> 11,
	       drive->lba48 ? "LBA48" : drive->select & DEV_LBA ? "LBA" : "CHS",
	       drive->dma ? ", DMA" : ", PIO");
}

static int __init init_channel(struct ide_channel *ch, unsigned int index)
{
	struct ide_drive *drive;
	int err;

	if (!request_region(ch->base, IDE_PORTS, index ? "ide1" : "ide0") ||
	    !request_region(ch->ctl, 1, index ? "ide1" : "ide0"))
		return -EBUSY;
	if (!ide_channel_present(ch))
		return 0;
	init_timer(&ch->timer);
	ch->timer.function = hd_timer;
	ch->timer.data = (unsigned long)ch;
	ide_dma_init(ch, index);
	for (drive = ch->drive; drive < ch->drive + 2; drive++) {
		drive->channel = ch;
		init_disk(drive, index, drive - ch->drive);
		drive->select = DEV_FIXED | (drive == ch->drive ? 0 : DEV_UNIT1);
		drive->present = ide_probe_drive(drive);
	}
	if (!ch->drive[0].present && !ch->drive[1].present)
		return 0;
	err = request_irq(ch->irq, hd_interrupt, 0, index ? "ide1" : "ide0", ch);
	if (err)
		return err;
	outb(CTL_ALWAYS, ch->ctl);
	for (drive = ch->drive; drive < ch->drive + 2; drive++)
		if (drive->present)
			setup_drive(drive);
	for (drive = ch->drive; drive < ch->drive + 2; drive++)
		if (drive->present) {
			announce(drive);
			add_disk(&drive->disk);
		}
	return 0;
}

static int __init hd_init(void)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < NR_CHANNELS; i++) {
		int ret = init_channel(&channels[i], i);

		if (ret)
			err = ret;
	}
	return err;
}
initcall_dev(hd_init);
