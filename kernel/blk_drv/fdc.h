/*
 * The floppy controller as the driver of the drives (floppy.c) sees it.
 *
 * The chip does one thing at a time, for one of its drives, and with a buffer that all share. So
 * every use stands between two calls, in process context:
 *
 *	fdc_begin(drive)	the controller is ours, the motor runs, the drive is selected
 *	  fdc_transfer() ...
 *	fdc_end()		somebody else's; the motor stops when nobody comes for a while
 *
 * A function that fails because the chip does not do what it should leaves a note of that, and the
 * next one begins with a reset. None waits without end.
 */
#ifndef _BLK_DRV_FDC_H
#define _BLK_DRV_FDC_H

#include <linux/types.h>

#define FDC_DRIVES	2

/* How a disk is written: the same for all its tracks. Both sides are used. */
struct fd_format {
	const char *name;
	u8 cylinders;
	u8 sectors;			/* of a track; 512 bytes each */
	u8 steps;			/* of the drive from one cylinder to the next */
	u8 rate;			/* see RATE_ */
	u8 gap;				/* bytes between two sectors, as reads and writes assume */
};

/* Data rates, as the register CCR has them (82077AA, 2.1.8). */
#define RATE_500K	0
#define RATE_300K	1
#define RATE_250K	2
#define RATE_1M		3

#define FDC_BUFFER_SECTORS	36	/* the longest track there is */
/* One track, sector by sector: what the disk gives or gets. Whose it is: see fdc_begin(). */
extern u8 *fdc_buffer;

/* ST0, ST1 and ST2 of the last transfer that failed (82077AA, 6.0). */
extern u8 fdc_status[3];

/* Kinds of drives, as the BIOS numbers them in its memory; 0: none. */
#define FD_DRIVE_360	1
#define FD_DRIVE_1200	2
#define FD_DRIVE_720	3
#define FD_DRIVE_1440	4
#define FD_DRIVE_2880	5
#define FD_DRIVE_KINDS	6

/*
 * At boot: claims the chip, resets it. 0; -ENODEV: it does not answer; -EBUSY, -ENOMEM. Sleeps, as
 * all that follow.
 */
int fdc_init(const u8 kinds[FDC_DRIVES]);
/* What the chip calls itself, for the message at boot. */
const char *fdc_name(void);
void fdc_begin(unsigned int drive);
void fdc_end(void);
/*
 * Since the head last moved with a disk in the drive, the disk has been taken out. A drive of
 * 360 KB cannot tell: false.
 */
bool fdc_disk_changed(unsigned int drive);
/* Moves the head out and in again. True: there is a disk now; that has ended the state above. */
bool fdc_find_disk(unsigned int drive);
/* May the disk be read only? The drive is asked; one that does not answer says no. */
bool fdc_write_protected(unsigned int drive);
/*
 * Reads or writes n sectors from `first` (0: the track's first one) on, to or from their place in
 * fdc_buffer; tries several times. Track 2c + h is side h of cylinder c. 0; -EIO; -EROFS: write
 * protected; -ETIMEDOUT: the chip does not answer any more.
 */
int fdc_transfer(unsigned int drive, const struct fd_format *format, int rw, unsigned int track,
		 unsigned int first, unsigned int n);

#endif
