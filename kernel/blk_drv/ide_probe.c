/*
 * Finding IDE drives, at boot: is anything on the channel, does the unit
 * answer to IDENTIFY, and what does it say about itself. Everything is polled,
 * with the drives' interrupts off; a channel without drives costs microseconds.
 *
 * 0.12 believed what the BIOS had left in its tables.
 */
#include <linux/kernel.h>
#include <linux/ctype.h>
#include <linux/init.h>
#include <linux/string.h>
#include <linux/delay.h>
#include "ide.h"

#define FLOATING	0xff	/* what a bus reads without a driver on it */
#define ID_WORDS	256

/* Words of the IDENTIFY data (ATA/ATAPI-6, table 27). */
#define ID_CYLINDERS	1
#define ID_HEADS	3
#define ID_SECTORS	6
#define ID_MODEL	27	/* 40 characters, two per word, high byte first */
#define ID_MAX_MULTI	47
#define ID_CAPABILITY	49
#define  CAP_DMA	0x0100
#define  CAP_LBA	0x0200
#define ID_VALID	53
#define  VALID_CURRENT	0x1	/* words 54-58 */
#define  VALID_UDMA	0x4	/* word 88 */
#define ID_CUR_CYLS	54
#define ID_CUR_HEADS	55
#define ID_CUR_SECTORS	56
#define ID_LBA_SECTORS	60
#define ID_MWDMA	63	/* low byte: modes it can, high byte: the one selected */
#define  MWDMA_2	0x0004
#define ID_COMMANDS	83
#define  CMDS_MASK	0xc000	/* the word means something if these two bits */
#define  CMDS_VALID	0x4000	/* are 01 */
#define  CMDS_LBA48	0x0400
#define  CMDS_FLUSH	0x1000
#define  CMDS_FLUSH_EXT	0x2000
#define ID_UDMA		88
#define ID_LBA48	100

#define MAX_MULTI	16

bool __init ide_channel_present(struct ide_channel *ch)
{
	unsigned int unit;

	outb(CTL_ALWAYS | CTL_NIEN, ch->ctl);
	for (unit = 0; unit < 2; unit++) {
		outb(DEV_FIXED | (unit ? DEV_UNIT1 : 0), ch->base + IDE_DEVICE);
		udelay(1);
		if (inb(ch->base + IDE_STATUS) == FLOATING)
			continue;
		if (!ide_wait(ch, ST_BSY, 0, 5000))
			continue;
		/* Registers that keep what is written belong to a drive. */
		outb(0x55, ch->base + IDE_NSECTOR);
		outb(0xaa, ch->base + IDE_LBA_LOW);
		if (inb(ch->base + IDE_NSECTOR) == 0x55 && inb(ch->base + IDE_LBA_LOW) == 0xaa)
			return true;
	}
	return false;
}

/* The 256 words in which the drive describes itself. An ATAPI drive refuses. */
static bool __init identify(struct ide_drive *drive, u16 *id)
{
	struct ide_channel *ch = drive->channel;
	u8 status;

	ide_select(drive);
	status = inb(ch->base + IDE_STATUS);
	if (status == 0 || status == FLOATING || !ide_wait(ch, ST_BSY, 0, 5000))
		return false;
	outb(CMD_IDENTIFY, ch->base + IDE_COMMAND);
	udelay(1);
	if (inb(ch->ctl) == 0 || !ide_wait(ch, ST_BSY, 0, 1000))
		return false;
	status = inb(ch->base + IDE_STATUS);
	if ((status & (ST_ERR | ST_DF)) || !(status & ST_DRQ))
		return false;
	insw(ch->base + IDE_DATA, id, ID_WORDS);
	inb(ch->base + IDE_STATUS);
	return true;
}

static void __init get_model(struct ide_drive *drive, const u16 *id)
{
	int i, end = 0;

	for (i = 0; i < 40; i++) {
		u8 c = i & 1 ? id[ID_MODEL + i / 2] & 0xff : id[ID_MODEL + i / 2] >> 8;

		drive->model[i] = isprint(c) ? c : '?';
		if (c != ' ')
			end = i + 1;
	}
	drive->model[end] = '\0';
}

static bool __init knows(const u16 *id, u16 commands)
{
	return (id[ID_COMMANDS] & (CMDS_MASK | commands)) == (CMDS_VALID | commands);
}

/* Geometry, and how sectors are addressed. False: the drive has no sectors. */
static bool __init get_capacity(struct ide_drive *drive, const u16 *id)
{
	struct gendisk *disk = &drive->disk;
	bool current = (id[ID_VALID] & VALID_CURRENT) && id[ID_CUR_HEADS] && id[ID_CUR_SECTORS];

	drive->cylinders = id[current ? ID_CUR_CYLS : ID_CYLINDERS];
	drive->heads = id[current ? ID_CUR_HEADS : ID_HEADS];
	drive->sectors = id[current ? ID_CUR_SECTORS : ID_SECTORS];
	if (id[ID_CAPABILITY] & CAP_LBA) {
		drive->select |= DEV_LBA;
		disk->capacity = id[ID_LBA_SECTORS] | (u32)id[ID_LBA_SECTORS + 1] << 16;
		if (knows(id, CMDS_LBA48)) {
			drive->lba48 = true;
			disk->capacity = id[ID_LBA48] | (u32)id[ID_LBA48 + 1] << 16 |
					 (u64)id[ID_LBA48 + 2] << 32;
		}
	} else if (drive->heads <= 16 && drive->sectors <= 63) {
		disk->capacity = drive->cylinders * drive->heads * drive->sectors;
	}
	/* Old programs see a large disk as others show it: 255 heads, 63 sectors. */
	disk->heads = disk->capacity > 1024 * 16 * 63 ? 255 : drive->heads;
	disk->sectors = disk->capacity > 1024 * 16 * 63 ? 63 : drive->sectors;
	return disk->capacity != 0;
}

/*
 * The BIOS selects a mode that drive and controller can do; that is kept. With none
 * selected, multiword mode 2 is safe: the controller sets the pace.
 */
static void __init choose_dma(struct ide_drive *drive, const u16 *id)
{
	bool selected = (id[ID_MWDMA] & 0x0700) ||
			((id[ID_VALID] & VALID_UDMA) && (id[ID_UDMA] & 0x7f00));

	if (!drive->channel->dma_base || !(id[ID_CAPABILITY] & CAP_DMA))
		return;
	drive->dma = selected ||
		     ((id[ID_MWDMA] & MWDMA_2) &&
		      ide_simple_command(drive, CMD_SET_FEATURES, FEATURE_XFER_MODE, XFER_MWDMA_2));
	outb(CTL_ALWAYS | CTL_NIEN, drive->channel->ctl);
}

static void __init choose_flush(struct ide_drive *drive, const u16 *id)
{
	if (drive->lba48 && knows(id, CMDS_FLUSH_EXT))
		drive->flush_command = CMD_FLUSH_EXT;
	else if (knows(id, CMDS_FLUSH))
		drive->flush_command = CMD_FLUSH;
	drive->disk.write_cache = drive->flush_command != 0;
}

bool __init ide_probe_drive(struct ide_drive *drive)
{
	u16 id[ID_WORDS];

	if (!identify(drive, id) || !get_capacity(drive, id))
		return false;
	get_model(drive, id);
	drive->multi = min_t(unsigned int, id[ID_MAX_MULTI] & 0xff, MAX_MULTI);
	if (drive->multi & (drive->multi - 1))
		drive->multi = 1;	/* only powers of two are sure to be accepted */
	choose_dma(drive, id);
	choose_flush(drive, id);
	return true;
}
