/*
 * IDE data transfer by the CPU: programmed I/O through the data register.
 *
 * A read: the drive interrupts for each block that is ready, we fetch it. A write: the
 * first block is sent at once, the drive interrupts when it has taken a block,
 * we send the next. A block is one sector, or several with READ/WRITE MULTIPLE.
 *
 * 0.12: read_intr() and write_intr(), always one sector.
 */
#include <linux/kernel.h>
#include <linux/highmem.h>
#include <linux/delay.h>
#include "ide.h"

/* Between the data register and the next `n` sectors of the request, wherever their pages are. */
static void move_sectors(struct ide_channel *ch, struct request *req, unsigned int n)
{
	struct bio_cursor at = request_memory(req);
	unsigned int left = n << SECTOR_SHIFT;

	while (left) {
		struct segment seg = next_segment(&at, left);
		char *page = kmap_atomic(seg.page, KM_BIO);

		if (req->rw == WRITE)
			outsw(ch->base + IDE_DATA, page + seg.offset, seg.len / 2);
		else
			insw(ch->base + IDE_DATA, page + seg.offset, seg.len / 2);
		kunmap_atomic(page, KM_BIO);
		left -= seg.len;
	}
}

static enum step send_block(struct ide_channel *ch, struct request *req)
{
	ch->in_flight = min(ch->block, req->nr_sectors);
	move_sectors(ch, req, ch->in_flight);
	return STEP_WAIT;
}

enum step ide_pio_start(struct ide_drive *drive, struct request *req)
{
	static const u8 commands[2][2][2] = {	/* [write][multiple][ext] */
		{ { CMD_READ, CMD_READ_EXT }, { CMD_READ_MULTI, CMD_READ_MULTI_EXT } },
		{ { CMD_WRITE, CMD_WRITE_EXT }, { CMD_WRITE_MULTI, CMD_WRITE_MULTI_EXT } },
	};
	struct ide_channel *ch = drive->channel;
	bool ext = drive->lba48 && req->sector + req->nr_sectors > LBA28_SECTORS;
	/* In a block with a bad sector one cannot tell which: look at them one by one. */
	bool multiple = drive->multi > 1 && req->errors < 2;

	ch->block = multiple ? drive->multi : 1;
	ide_write_taskfile(drive, req, commands[req->rw][multiple][ext], ext);
	if (req->rw == READ)
		return STEP_WAIT;
	udelay(1);
	if (!ide_wait(ch, ST_BSY, 0, 100) || !(inb(ch->ctl) & ST_DRQ))
		return STEP_ERROR;
	return send_block(ch, req);
}

enum step ide_pio_intr(struct ide_drive *drive, struct request *req)
{
	struct ide_channel *ch = drive->channel;
	u8 status = inb(ch->base + IDE_STATUS);
	unsigned int n;

	if (status & (ST_ERR | ST_DF))
		return STEP_ERROR;
	if (req->rw == WRITE) {
		if (end_request(&drive->queue, 0, ch->in_flight))
			return STEP_DONE;
		return status & ST_DRQ ? send_block(ch, req) : STEP_ERROR;
	}
	if (!(status & ST_DRQ))
		return STEP_ERROR;
	n = min(ch->block, req->nr_sectors);
	move_sectors(ch, req, n);
	return end_request(&drive->queue, 0, n) ? STEP_DONE : STEP_WAIT;
}
