/*
 * The IDE driver's own header: the registers of ATA disks and the structs
 * that hd.c, ide_pio.c, ide_dma.c and ide_probe.c share.
 *
 * A PC has two channels, each with two drives that share registers and interrupt:
 *
 *	channel 0   ports 1F0-1F7, 3F6   IRQ 14   hda hdb
 *	channel 1   ports 170-177, 376   IRQ 15   hdc hdd
 *
 * One command at a time is under way per channel. Everything in struct
 * ide_channel is touched with interrupts off only.
 */
#ifndef _BLK_DRV_IDE_H
#define _BLK_DRV_IDE_H

#include <linux/blkdev.h>
#include <linux/dma.h>
#include <linux/timer.h>
#include <asm/io.h>

/* Registers, by offset from the channel's base (ATA/ATAPI-6, chapter 7). */
#define IDE_DATA	0	/* 16 bits wide */
#define IDE_ERROR	1	/* read */
#define IDE_FEATURES	1	/* write */
#define IDE_NSECTOR	2
#define IDE_LBA_LOW	3	/* CHS: sector, from 1 */
#define IDE_LBA_MID	4	/* CHS: cylinder */
#define IDE_LBA_HIGH	5
#define IDE_DEVICE	6
#define IDE_STATUS	7	/* read: also acknowledges the interrupt */
#define IDE_COMMAND	7	/* write */
#define IDE_PORTS	8
/* And at the control port. */
#define CTL_NIEN	0x02	/* no interrupts */
#define CTL_SRST	0x04	/* reset both drives */
#define CTL_ALWAYS	0x08	/* a bit that old disks want set */

#define ST_ERR		0x01
#define ST_DRQ		0x08	/* wants to move data */
#define ST_DF		0x20	/* device fault */
#define ST_DRDY		0x40
#define ST_BSY		0x80	/* nothing else in the register means anything */

#define DEV_FIXED	0xa0	/* of the device register: always set */
#define DEV_LBA		0x40
#define DEV_UNIT1	0x10

#define CMD_READ		0x20
#define CMD_READ_EXT		0x24
#define CMD_READ_DMA_EXT	0x25
#define CMD_READ_MULTI_EXT	0x29
#define CMD_WRITE		0x30
#define CMD_WRITE_EXT		0x34
#define CMD_WRITE_DMA_EXT	0x35
#define CMD_WRITE_MULTI_EXT	0x39
#define CMD_INIT_PARAMS		0x91	/* tells an old disk its geometry */
#define CMD_READ_MULTI		0xc4
#define CMD_WRITE_MULTI		0xc5
#define CMD_SET_MULTI		0xc6
#define CMD_READ_DMA		0xc8
#define CMD_WRITE_DMA		0xca
#define CMD_FLUSH		0xe7	/* the write cache to the medium */
#define CMD_FLUSH_EXT		0xea
#define CMD_IDENTIFY		0xec
#define CMD_SET_FEATURES	0xef
#define FEATURE_XFER_MODE	0x03	/* SET FEATURES: mode in the count register */
#define XFER_MWDMA_2		0x22

/* The task file of an LBA48 command reaches further, but costs five more port writes. */
#define LBA28_SECTORS	(1u << 28)

struct ide_channel;

struct ide_drive {
	struct gendisk disk;
	struct request_queue queue;
	struct ide_channel *channel;
	u8 select;		/* device register: which unit, LBA or CHS */
	bool present;
	bool dead;		/* given up: every request fails at once */
	bool lba48, dma;
	u8 flush_command;	/* 0: none */
	unsigned int multi;	/* sectors per PIO interrupt, 1: plain commands */
	unsigned int cylinders, heads, sectors;	/* for CHS addressing */
	int dma_errors;		/* requests that went through only by PIO */
	int timeouts;		/* in a row */
	char model[41];
};

enum channel_state { CH_IDLE, CH_COMMAND, CH_RESET };

struct ide_channel {
	u16 base, ctl;
	unsigned int irq;
	struct ide_drive drive[2];

	enum channel_state state;
	struct ide_drive *active;	/* whose head request is under way */
	struct ide_drive *selected;	/* what the device register says; NULL: unknown */
	struct ide_drive *last;		/* served last: the other one is next */
	bool dma_command;		/* the command under way moves data by DMA */
	unsigned int block;		/* PIO: sectors per interrupt of this command */
	unsigned int in_flight;		/* PIO write: sectors sent, not yet confirmed */
	struct timer_list timer;
	unsigned int reset_drive, reset_step;	/* which drive is being set up, how far */
	unsigned long reset_deadline;	/* jiffies */

	u16 dma_base;			/* bus-master registers; 0: none */
	struct prd *prd;		/* one page */
	dma_addr_t prd_dma;		/* the same for the controller */
};

static inline struct request *ide_request(struct ide_drive *drive)
{
	return list_first_entry(&drive->queue.requests, struct request, list);
}

/* What a step of a command came to. */
enum step { STEP_WAIT, STEP_DONE, STEP_ERROR };

/* hd.c */
/*
 * Polls until (status & mask) == value, at most `ms` milliseconds. Returns false when that did not
 * happen. Busy-waits; any context.
 */
bool ide_wait(struct ide_channel *ch, u8 mask, u8 value, unsigned int ms);
void ide_select(struct ide_drive *drive);	/* makes the registers those of this drive */
/* One command without data, polled. False: refused, or no answer within a second. */
bool ide_simple_command(struct ide_drive *drive, u8 command, u8 feature, u8 nsector);
/* Writes address, count and command of the request: `count` sectors from req->sector. */
void ide_write_taskfile(struct ide_drive *drive, struct request *req, u8 command, bool ext);

/* ide_pio.c: begins the head request from where it stands; the same after each interrupt. */
enum step ide_pio_start(struct ide_drive *drive, struct request *req);
enum step ide_pio_intr(struct ide_drive *drive, struct request *req);

/* ide_dma.c */
void ide_dma_init(struct ide_channel *ch, unsigned int index);	/* sets dma_base if usable */
void ide_dma_start(struct ide_drive *drive, struct request *req); /* all of it in one command */
bool ide_dma_pending(struct ide_channel *ch);	/* the controller has raised the interrupt */
enum step ide_dma_intr(struct ide_drive *drive, struct request *req);	/* it is over: how? */
void ide_dma_stop(struct ide_channel *ch);	/* and clears error and interrupt */

/* ide_probe.c; true: this drive is there and described. */
bool ide_probe_drive(struct ide_drive *drive);
bool ide_channel_present(struct ide_channel *ch);

#endif
