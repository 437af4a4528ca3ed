/*
 * Time on the PC: the 8254 timer interrupts 100 times a second, the CMOS clock
 * tells the date once, and between two ticks the time-stamp counter (or, on a 486,
 * the timer's own count) tells how far the tick has come.
 *
 * Sources: Intel 8254 data sheet; MC146818 data sheet.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/delay.h>
#include <linux/math64.h>
#include <linux/time.h>
#include <linux/timer.h>
#include <asm/cmos.h>
#include <asm/io.h>
#include <asm/processor.h>
#include <asm/system.h>

#define PIT_HZ		1193182
#define LATCH		((PIT_HZ + HZ / 2) / HZ)
#define PIT_CH0		0x40
#define PIT_CH2		0x42
#define PIT_MODE	0x43
#define PORT_B		0x61		/* bit 0 gates channel 2, bit 5 is its output */


static u64 last_tsc;			/* at the last tick */
static u32 ns_per_tsc;			/* fixed point, 22 bits of fraction */

static inline u64 rdtsc(void)
{
	u64 v;

	__asm__ __volatile__("rdtsc" : "=A" (v));
	return v;
}

u32 arch_ns_in_tick(void)
{
	u64 ns;

	if (boot_cpu.khz) {
		u64 delta = rdtsc() - last_tsc;

		if (delta >> 32)
			return NSEC_PER_TICK - 1;
		ns = (delta * ns_per_tsc) >> 22;
	} else {
		u32 count;

		outb(0x00, PIT_MODE);		/* latch channel 0 */
		count = inb(PIT_CH0);
		count |= inb(PIT_CH0) << 8;
		ns = (u64)(LATCH - min_t(u32, count, LATCH)) * (NSEC_PER_TICK / LATCH);
	}
	return ns < NSEC_PER_TICK ? ns : NSEC_PER_TICK - 1;
}

static void timer_interrupt(int irq, void *dev_id, struct pt_regs *regs)
{
	(void)irq;
	(void)dev_id;
	if (boot_cpu.khz)
		last_tsc = rdtsc();
	do_timer(regs);
}

/* Counts TSC cycles during 5 ms of channel 2. */
static void __init calibrate_tsc(void)
{
	const u32 ms = 5, count = PIT_HZ / 1000 * ms;
	u64 start, cycles;
	u32 spins = 0;

	outb((inb(PORT_B) & ~0x02) | 0x01, PORT_B);	/* speaker off, gate on */
	outb(0xb0, PIT_MODE);				/* channel 2, count down once */
	outb(count & 0xff, PIT_CH2);
	outb(count >> 8, PIT_CH2);
	start = rdtsc();
	while (!(inb(PORT_B) & 0x20) && ++spins < 10000000)
		;
	cycles = rdtsc() - start;
	if (cycles >> 32 || (u32)cycles < 1000)
		return;					/* no usable counter */
	boot_cpu.khz = (u32)cycles / ms;
	ns_per_tsc = (u32)div_u64(1000000ULL << 22, boot_cpu.khz);
}

void __init arch_time_init(void)
{
	if (cpu_has(X86_FEATURE_TSC))
		calibrate_tsc();
	outb(0x34, PIT_MODE);				/* channel 0, rate generator */
	outb(LATCH & 0xff, PIT_CH0);
	outb(LATCH >> 8, PIT_CH0);
	if (boot_cpu.khz)
		last_tsc = rdtsc();
	request_irq(0, timer_interrupt, 0, "timer", NULL);
}

void udelay(unsigned long usecs)
{
	if (boot_cpu.khz) {
		u64 end = rdtsc() + div_u64((u64)usecs * boot_cpu.khz, 1000);

		while ((s64)(end - rdtsc()) > 0)
			cpu_relax();
	} else {
		while (usecs--)
			io_delay();
	}
}

u32 arch_random_stir(void)
{
	return boot_cpu.khz ? (u32)rdtsc() : inb(PIT_CH0);
}

/* ---- the battery clock ---- */

time_t __init arch_read_rtc(void)
{
	u8 t[6], again[6], status;
	int i, same, tries = 1000;
	static const u8 regs[6] = { 0, 2, 4, 7, 8, 9 };	/* sec min hour day month year */

	do {	/* two equal readings: no update fell between them */
		for (i = 0; i < 6; i++)
			t[i] = cmos_read(regs[i]);
		for (i = 0, same = 1; i < 6; i++) {
			again[i] = cmos_read(regs[i]);
			same &= again[i] == t[i];
		}
	} while (!same && --tries);
	status = cmos_read(11);
	if (!(status & 0x04)) {			/* BCD */
		u8 pm = t[2] & 0x80;

		t[2] &= 0x7f;
		for (i = 0; i < 6; i++)
			t[i] = (t[i] & 15) + (t[i] >> 4) * 10;
		t[2] |= pm;
	}
	if (!(status & 0x02))			/* 12 hours */
		t[2] = (t[2] & 0x7f) % 12 + (t[2] & 0x80 ? 12 : 0);
	return mktime(t[5] + (t[5] < 70 ? 2000 : 1900), t[4], t[3], t[2], t[1], t[0]);
}
