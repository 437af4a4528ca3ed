/*
 * The floppy disk controller of a PC, Intel's 82077AA and what is compatible, with channel 2 of
 * the DMA controller 8237. Chapters are those of the data sheet of the 82077AA. floppy.c calls
 * this.
 *
 * A command has up to three phases (4.0): the CPU writes its bytes, the chip works, the CPU reads
 * the result. MSR says whose turn it is, an interrupt that the work is done:
 *
 *	READ, WRITE	9 bytes -> DMA ... interrupt -> 7 bytes: ST0 ST1 ST2, where it stopped
 *	SEEK		3 bytes -> ...     interrupt -> SENSE INTERRUPT STATUS: ST0, cylinder
 *	VERSION		1 byte -> 1 byte at once
 *
 * A chip that is not in the phase it should be in, or from which no interrupt comes, is reset
 * before the next command. 0.12's floppy.c was a chain of functions that interrupts and timers
 * called; here a task waits, so what is done one after the other stands one below the other.
 */
#include <linux/kernel.h>
#include <linux/blkdev.h>
#include <linux/delay.h>
#include <linux/dma.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/sched.h>
#include <linux/semaphore.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <asm/io.h>
#include "fdc.h"

/* Registers (2.1). 3F6 belongs to the IDE channel. */
#define FD_BASE		0x3f0
#define FD_DOR		0x3f2
#define FD_MSR		0x3f4		/* read */
#define FD_FIFO		0x3f5
#define FD_DIR		0x3f7		/* read */
#define FD_CCR		0x3f7		/* write: the data rate */
#define FD_IRQ		6

/* DOR (2.1.3), below the motors' bits: number of the drive in bits 0-1 */
#define DOR_NO_RESET	0x04
#define DOR_DMA		0x08		/* DMA and interrupt reach the bus */
#define DOR_MOTOR(drive) (0x10 << (drive))
#define DOR_MOTORS	0xf0

#define MSR_READY	0x80		/* RQM (2.1.6): FD_FIFO may be used */
#define MSR_TO_CPU	0x40		/* DIO: to be read */
#define DIR_CHANGED	0x80		/* DSKCHG (2.1.8) */

/* Commands (5.0) */
#define CMD_SPECIFY	0x03
#define CMD_SENSE_DRIVE	0x04
#define CMD_RECALIBRATE	0x07
#define CMD_SENSE_INTERRUPT 0x08
#define CMD_SEEK	0x0f
#define CMD_VERSION	0x10
#define CMD_PERPENDICULAR 0x12
#define CMD_CONFIGURE	0x13
#define CMD_WRITE	0x45		/* with MFM, as all that PCs ever wrote */
#define CMD_READ	0x46

/* Results (6.0) */
#define ST0_CODE	0xc0		/* 0: done */
#define ST0_INVALID	0x80
#define ST0_SEEK_END	0x20
#define ST1_NOT_WRITABLE 0x02
#define ST3_PROTECTED	0x40
#define VERSION_82077	0x90

#define CODE_512	2		/* of the sector size: 128 << 2 */
#define NO_CYLINDER	0xff

#define TRIES		3
#define FIFO_POLLS	1000		/* of 10 us each */
#define RESET_TIMEOUT	(HZ / 2)
#define SEEK_TIMEOUT	(2 * HZ)	/* 80 steps of 6 ms, and some patience */
#define TRANSFER_TIMEOUT (2 * HZ)	/* a revolution takes 0.2 s */
#define SPIN_UP		(HZ / 2)
#define MOTOR_OFF	(3 * HZ)

/* The 8237: the four channels that move bytes. */
#define DMA_BASE	0x00
#define DMA_ADDRESS	0x04		/* of channel 2: low byte, high byte */
#define DMA_COUNT	0x05		/* bytes - 1, likewise */
#define DMA_MASK	0x0a
#define DMA_MODE	0x0b
#define DMA_FLIP_FLOP	0x0c		/* any write: the next byte is a low one */
#define DMA_PAGES	0x80		/* bits 16-23, which do not count up: 64 KB limits */
#define DMA_PAGE	0x81		/* those of channel 2 */
#define DMA_CHANNEL	2
#define DMA_MASKED	0x04
#define DMA_TO_MEMORY	0x44		/* one byte at a time */
#define DMA_FROM_MEMORY	0x48

static struct {
	struct mutex busy;		/* fdc_begin() to fdc_end(), and what stands below */
	u8 dor;				/* as written; its motors are the timer's too */
	u8 version;
	u8 perpendicular, cannot_tell;	/* masks of drives: of 2.88 MB, of 360 KB */
	bool confused;			/* to be reset first */
	u8 rate;
	u8 cylinder[FDC_DRIVES];	/* physical, where the head is, or NO_CYLINDER */
	dma_addr_t buffer_dma;
	struct timer_list motor_timer;
	bool interrupted;
	wait_queue_head_t wait;
} fdc;

u8 *fdc_buffer;
u8 fdc_status[3];

/* ---- bytes and interrupts ---- */

/* Waits until it is our turn to write (0) or to read (MSR_TO_CPU). */
static bool wait_fifo(u8 direction)
{
	unsigned int n;

	for (n = 0; n < FIFO_POLLS; n++) {
		if ((inb(FD_MSR) & (MSR_READY | MSR_TO_CPU)) == (MSR_READY | direction))
			return true;
		udelay(10);
	}
	fdc.confused = true;
	return false;
}

/* From here on an interrupt is the command's. */
static bool send_command(const u8 *bytes, unsigned int n)
{
	fdc.interrupted = false;
	while (n--) {
		if (!wait_fifo(0))
			return false;
		outb(*bytes++, FD_FIFO);
	}
	return true;
}

static bool read_result(u8 *bytes, unsigned int n)
{
	while (n--) {
		if (!wait_fifo(MSR_TO_CPU))
			return false;
		*bytes++ = inb(FD_FIFO);
	}
	return true;
}

static void fdc_interrupt(int irq __unused, void *dev_id __unused, struct pt_regs *regs __unused)
{
	fdc.interrupted = true;
	wake_up(&fdc.wait);
}

static bool wait_interrupt(long timeout)
{
	DECLARE_WAITQUEUE(wait, current);

	add_wait_queue(&fdc.wait, &wait);
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (READ_ONCE(fdc.interrupted) || timeout <= 0)
			break;
		timeout = schedule_timeout(timeout);
	}
	set_current_state(TASK_RUNNING);
	remove_wait_queue(&fdc.wait, &wait);
	if (!READ_ONCE(fdc.interrupted))
		fdc.confused = true;
	return !fdc.confused;
}

/* After a seek or a reset (5.2.4). ST0, or ST0_INVALID: nothing to be told. */
static u8 sense_interrupt(u8 *cylinder)
{
	const u8 command = CMD_SENSE_INTERRUPT;
	u8 st0;

	if (!send_command(&command, 1) || !read_result(&st0, 1))
		return ST0_INVALID;
	if ((st0 & ST0_CODE) == ST0_INVALID || !read_result(cylinder, 1))
		return ST0_INVALID;
	return st0;
}

/* ---- reset ---- */

/* Motors and selected drive. The timer may run in between: interrupts off. */
static void set_dor(u8 clear, u8 set)
{
	unsigned long flags;

	local_irq_save(flags);
	fdc.dor = (fdc.dor & ~clear) | set;
	outb(fdc.dor, FD_DOR);
	local_irq_restore(flags);
}

static u8 get_version(void)
{
	const u8 command = CMD_VERSION;
	u8 version = 0;

	return send_command(&command, 1) && read_result(&version, 1) ? version : 0;
}

/*
 * CONFIGURE (5.2.7): a FIFO of 16 bytes that asks for the bus when 10 are in it, no polling of
 * drives. PERPENDICULAR MODE (5.2.11): the drives that are to write so when the rate is 1 Mbit/s.
 * The older chips know neither, and have no FIFO.
 */
static bool configure(void)
{
	const u8 fifo[] = { CMD_CONFIGURE, 0, 0x1a, 0 };
	const u8 perpendicular[] = { CMD_PERPENDICULAR, 0x80 | fdc.perpendicular << 2 };

	fdc.version = get_version();
	if (fdc.version != VERSION_82077)
		return !fdc.confused;
	return send_command(fifo, sizeof(fifo)) &&
	       send_command(perpendicular, sizeof(perpendicular));
}

/*
 * Back to a known state (2.2). The chip then reports a change of all four drives that could be
 * there (7.4), which is to be collected.
 */
static bool reset(void)
{
	unsigned int drive;
	u8 cylinder;

	outb(DMA_MASKED | DMA_CHANNEL, DMA_MASK);
	fdc.confused = fdc.interrupted = false;
	fdc.rate = ~0;
	set_dor(DOR_NO_RESET, DOR_DMA);
	udelay(20);
	set_dor(0, DOR_NO_RESET);
	if (!wait_interrupt(RESET_TIMEOUT))
		return false;
	for (drive = 0; drive < 4; drive++)
		sense_interrupt(&cylinder);
	for (drive = 0; drive < FDC_DRIVES; drive++)
		fdc.cylinder[drive] = NO_CYLINDER;
	return !fdc.confused && configure();
}

/* ---- the head ---- */

/*
 * A command that moves the head, which has to arrive at `cylinder`. RECALIBRATE gives up after 79
 * steps (5.2.2), so from the last cylinder of some drives it needs two.
 */
static bool move_head(unsigned int drive, const u8 *command, unsigned int n, u8 cylinder)
{
	u8 st0, arrived;

	fdc.cylinder[drive] = NO_CYLINDER;
	if (!send_command(command, n) || !wait_interrupt(SEEK_TIMEOUT))
		return false;
	st0 = sense_interrupt(&arrived);
	if ((st0 & (ST0_CODE | ST0_SEEK_END)) != ST0_SEEK_END || arrived != cylinder)
		return false;
	fdc.cylinder[drive] = cylinder;
	return true;
}

static bool recalibrate(unsigned int drive)
{
	const u8 command[] = { CMD_RECALIBRATE, drive };

	return move_head(drive, command, sizeof(command), 0) ||
	       (!fdc.confused && move_head(drive, command, sizeof(command), 0));
}

static bool seek(unsigned int drive, u8 cylinder)
{
	const u8 command[] = { CMD_SEEK, drive, cylinder };

	if (fdc.cylinder[drive] == cylinder)
		return true;
	if (fdc.cylinder[drive] == NO_CYLINDER && !recalibrate(drive))
		return false;
	return fdc.cylinder[drive] == cylinder ||
	       move_head(drive, command, sizeof(command), cylinder);
}

/* ---- transfers ---- */

/*
 * Data rate, and the times that depend on it (5.2.6): 3 ms a step at 500 and 1000 kbit/s, head
 * load and unload times that suit any drive, DMA.
 */
static bool set_rate(u8 rate)
{
	const u8 specify[] = { CMD_SPECIFY, rate == RATE_1M ? 0xaf : 0xdf, 0x02 };

	if (fdc.rate == rate)
		return true;
	outb(rate, FD_CCR);
	if (!send_command(specify, sizeof(specify)))
		return false;
	fdc.rate = rate;
	return true;
}

/* The 8237 ends the transfer too: with the last byte it tells the chip so (TC, 4.2.5). */
static void start_dma(int rw, dma_addr_t address, unsigned int bytes)
{
	outb_p(DMA_MASKED | DMA_CHANNEL, DMA_MASK);
	outb_p((rw == WRITE ? DMA_FROM_MEMORY : DMA_TO_MEMORY) | DMA_CHANNEL, DMA_MODE);
	outb_p(0, DMA_FLIP_FLOP);
	outb_p(address & 0xff, DMA_ADDRESS);
	outb_p(address >> 8 & 0xff, DMA_ADDRESS);
	outb_p(address >> 16, DMA_PAGE);
	outb_p((bytes - 1) & 0xff, DMA_COUNT);
	outb_p((bytes - 1) >> 8, DMA_COUNT);
	outb_p(DMA_CHANNEL, DMA_MASK);
}

static int check_result(const u8 *result)
{
	if ((result[0] & ST0_CODE) == 0)
		return 0;
	memcpy(fdc_status, result, sizeof(fdc_status));
	return result[1] & ST1_NOT_WRITABLE ? -EROFS : -EIO;
}

/* READ DATA (5.1.1), WRITE DATA (5.1.4), once. */
static int try_transfer(unsigned int drive, const struct fd_format *format, int rw,
			unsigned int track, unsigned int first, unsigned int n)
{
	const u8 command[] = {
		rw == WRITE ? CMD_WRITE : CMD_READ, (track & 1) << 2 | drive,
		track / 2, track & 1, first + 1,	/* as the sector's ID has it */
		CODE_512, first + n, format->gap, 0xff,
	};
	bool done;
	u8 result[7];

	if (fdc.confused && !reset())
		return -ETIMEDOUT;
	if (!set_rate(format->rate) || !seek(drive, track / 2 * format->steps))
		return fdc.confused ? -ETIMEDOUT : -EIO;
	start_dma(rw, fdc.buffer_dma + (first << SECTOR_SHIFT), n << SECTOR_SHIFT);
	done = send_command(command, sizeof(command)) && wait_interrupt(TRANSFER_TIMEOUT) &&
	       read_result(result, sizeof(result));
	outb_p(DMA_MASKED | DMA_CHANNEL, DMA_MASK);
	return done ? check_result(result) : -ETIMEDOUT;
}

int fdc_transfer(unsigned int drive, const struct fd_format *format, int rw, unsigned int track,
		 unsigned int first, unsigned int n)
{
	int tries, err = 0;

	for (tries = 0; tries < TRIES; tries++) {
		err = try_transfer(drive, format, rw, track, first, n);
		if (!err || err == -EROFS || fdc_disk_changed(drive))
			return err;
		/* The head may not be where it is believed to be. */
		fdc.cylinder[drive] = NO_CYLINDER;
	}
	return err;
}

/* ---- the disk ---- */

bool fdc_disk_changed(unsigned int drive)
{
	return !(fdc.cannot_tell >> drive & 1) && (inb(FD_DIR) & DIR_CHANGED);
}

/* Only a step ends what DSKCHG says, so the head has to go to where it is not. */
bool fdc_find_disk(unsigned int drive)
{
	if (fdc.confused && !reset())
		return false;
	if (set_rate(RATE_250K) && recalibrate(drive))
		seek(drive, 1);
	return !fdc_disk_changed(drive);
}

bool fdc_write_protected(unsigned int drive)
{
	const u8 command[] = { CMD_SENSE_DRIVE, drive };
	u8 st3;

	if (!send_command(command, sizeof(command)) || !read_result(&st3, 1))
		return false;
	return st3 & ST3_PROTECTED;
}

/* ---- whose turn it is, and the motors ---- */

/* Nobody has come back: all motors stop. From the timer interrupt. */
static void motors_off(unsigned long data __unused)
{
	set_dor(DOR_MOTORS, 0);
}

void fdc_begin(unsigned int drive)
{
	bool running;

	mutex_lock(&fdc.busy);
	del_timer(&fdc.motor_timer);
	running = fdc.dor & DOR_MOTOR(drive);
	set_dor(3, DOR_MOTOR(drive) | drive);
	if (!running)
		schedule_timeout_uninterruptible(SPIN_UP);
}

void fdc_end(void)
{
	mod_timer(&fdc.motor_timer, jiffies + MOTOR_OFF);
	mutex_unlock(&fdc.busy);
}

/* ---- set-up ---- */

const char *fdc_name(void)
{
	return fdc.version == VERSION_82077 ? "82077" : "8272";
}

static bool __init claim_ports(void)
{
	return request_region(FD_BASE, 6, "floppy") && request_region(FD_DIR, 1, "floppy") &&
	       request_region(DMA_BASE, 16, "dma1") && request_region(DMA_PAGES, 16, "dma page");
}

int __init fdc_init(const u8 kinds[FDC_DRIVES])
{
	unsigned int drive;
	int err;

	mutex_init(&fdc.busy);
	init_waitqueue_head(&fdc.wait);
	init_timer(&fdc.motor_timer);
	fdc.motor_timer.function = motors_off;
	for (drive = 0; drive < FDC_DRIVES; drive++) {
		fdc.perpendicular |= (kinds[drive] == FD_DRIVE_2880) << drive;
		fdc.cannot_tell |= (kinds[drive] == FD_DRIVE_360) << drive;
	}
	if (!claim_ports())
		return -EBUSY;
	/* A block of the buddy allocator lies at a multiple of its size: no 64 KB limit is met. */
	fdc_buffer = dma_alloc_coherent(FDC_BUFFER_SECTORS * SECTOR_SIZE, &fdc.buffer_dma,
					GFP_KERNEL | __GFP_DMA);
	if (!fdc_buffer)
		return -ENOMEM;
	err = request_irq(FD_IRQ, fdc_interrupt, 0, "floppy", &fdc);
	if (!err && !reset())
		err = -ENODEV;
	if (err)
		dma_free_coherent(FDC_BUFFER_SECTORS * SECTOR_SIZE, fdc_buffer, fdc.buffer_dma);
	return err;
}
