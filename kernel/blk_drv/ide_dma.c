/*
 * IDE data transfer by the controller: bus-master DMA, as in Intel's PIIX and
 * everything after it ("Programming Interface for Bus Master IDE Controller", 1.0).
 *
 * The controller reads a table of memory areas (physical region descriptors) and moves
 * the data of one command between the drive and these areas, in physical
 * memory: highmem needs no mapping here. Registers, per channel:
 *
 *	+0  command   bit 0 start, bit 3 direction (1: to memory)
 *	+2  status    bit 1 error, bit 2 interrupt (write 1 to clear)
 *	+4  physical address of the table
 */
#include <linux/kernel.h>
#include <linux/dma.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/pci.h>
#include <linux/string.h>
#include <asm/system.h>
#include "ide.h"

#define BM_COMMAND	0
#define  BM_START	0x01
#define  BM_TO_MEMORY	0x08
#define BM_STATUS	2
#define  BM_ERROR	0x02
#define  BM_INTR	0x04
#define  BM_SIMPLEX	0x80	/* only one channel at a time can do DMA */
#define BM_TABLE	4
#define BM_CHANNEL_SIZE	8

/* One area: an even address, 1..65536 bytes, not across a 64 KB boundary. */
struct prd {
	u32 addr;
	u32 count;
};
#define PRD_LAST	0x80000000u

static bool no_dma;

static void __init ide_param(char *value)
{
	if (!strcmp(value, "nodma"))
		no_dma = true;
	else
		printk(KERN_WARNING "ide=%s: only nodma is known\n", value);
}
__setup("ide=", ide_param);

/* A segment lies within one page, so it is one area and does not cross 64 KB. */
static void build_table(struct ide_channel *ch, struct request *req)
{
	struct bio_cursor at = request_memory(req);
	unsigned int left = req->nr_sectors << SECTOR_SHIFT;
	struct prd *prd = ch->prd;

	while (left) {
		struct segment seg = next_segment(&at, left);

		prd->addr = (page_to_pfn(seg.page) << PAGE_SHIFT) + seg.offset;
		prd->count = seg.len;
		left -= seg.len;
		prd++;
	}
	prd[-1].count |= PRD_LAST;
}

void ide_dma_start(struct ide_drive *drive, struct request *req)
{
	static const u8 commands[2][2] = {	/* [write][ext] */
		{ CMD_READ_DMA, CMD_READ_DMA_EXT },
		{ CMD_WRITE_DMA, CMD_WRITE_DMA_EXT },
	};
	struct ide_channel *ch = drive->channel;
	bool ext = drive->lba48 && req->sector + req->nr_sectors > LBA28_SECTORS;
	u8 direction = req->rw == READ ? BM_TO_MEMORY : 0;
	u16 bm = ch->dma_base;

	build_table(ch, req);
	mb();
	outl(ch->prd_dma, bm + BM_TABLE);
	outb(direction, bm + BM_COMMAND);
	outb(inb(bm + BM_STATUS) | BM_ERROR | BM_INTR, bm + BM_STATUS);
	ide_write_taskfile(drive, req, commands[req->rw][ext], ext);
	outb(direction | BM_START, bm + BM_COMMAND);
}

bool ide_dma_pending(struct ide_channel *ch)
{
	return inb(ch->dma_base + BM_STATUS) & BM_INTR;
}

void ide_dma_stop(struct ide_channel *ch)
{
	u16 bm = ch->dma_base;

	outb(inb(bm + BM_COMMAND) & ~BM_START, bm + BM_COMMAND);
	outb(inb(bm + BM_STATUS) | BM_ERROR | BM_INTR, bm + BM_STATUS);
}

enum step ide_dma_intr(struct ide_drive *drive, struct request *req)
{
	struct ide_channel *ch = drive->channel;
	u8 dma_status = inb(ch->dma_base + BM_STATUS);
	u8 status;

	ide_dma_stop(ch);
	status = inb(ch->base + IDE_STATUS);
	if ((dma_status & BM_ERROR) || (status & (ST_ERR | ST_DF | ST_DRQ)))
		return STEP_ERROR;
	return end_request(&drive->queue, 0, req->nr_sectors) ? STEP_DONE : STEP_ERROR;
}

/* Base of the bus-master registers of both channels, or 0; `index` must be in legacy mode. */
static u16 __init find_bus_master(unsigned int index)
{
	int dev = pci_find_class(PCI_CLASS_STORAGE_IDE, 0);
	u32 bar;

	if (dev < 0)
		return 0;
	/* Two bits per channel of the programming interface: the lower says native mode. */
	if (pci_read_config_byte(dev, PCI_CLASS_PROG) & (1 << (2 * index)))
		return 0;
	bar = pci_read_config_dword(dev, PCI_BASE_ADDRESS_4);
	if (!(bar & 1) || !(bar & 0xfff0) || bar >> 16)
		return 0;
	pci_write_config_word(dev, PCI_COMMAND, pci_read_config_word(dev, PCI_COMMAND) |
			      PCI_COMMAND_IO | PCI_COMMAND_MASTER);
	return bar & 0xfff0;
}

void __init ide_dma_init(struct ide_channel *ch, unsigned int index)
{
	u16 base = no_dma ? 0 : find_bus_master(index);

	if (!base || (index && (inb(base + BM_STATUS) & BM_SIMPLEX)))
		return;
	if (!request_region(base + index * BM_CHANNEL_SIZE, BM_CHANNEL_SIZE,
			    index ? "ide1 DMA" : "ide0 DMA"))
		return;
	ch->prd = dma_alloc_coherent(PAGE_SIZE, &ch->prd_dma, GFP_KERNEL);
	if (ch->prd)
		ch->dma_base = base + index * BM_CHANNEL_SIZE;
}
