/*
 * Time on the board: a timer of the first SP804 interrupts 100 times a second, the PL031 tells
 * the date once, and between two ticks the 24 MHz counter of the system registers tells how far
 * the tick has come. It also measures the busy waits.
 *
 * Sources: ARM Dual-Timer Module SP804 TRM (DDI 0271), PrimeCell Real Time Clock PL031 TRM
 * (DDI 0224), PrimeXsys System Controller SP810 TRM (DDI 0254), Motherboard Express uATX
 * (DUI 0447) 4.3.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/time.h>
#include <linux/timer.h>
#include <linux/delay.h>
#include <asm/io.h>
#include <asm/vexpress.h>

#define TIMER_HZ	1000000		/* what SP804 counts: TIMCLK */
#define TIMER_LOAD	0x00
#define TIMER_CONTROL	0x08
#define  TIMER_32BIT	0x02
#define  TIMER_IRQ	0x20
#define  TIMER_PERIODIC	0x40
#define  TIMER_ENABLE	0x80
#define TIMER_INTCLR	0x0c

#define SCCTRL_TIMCLK	0x00008000	/* timer 0 of SP810 counts TIMCLK, not 32 kHz */

#define COUNTER_HZ	24000000
#define COUNTS_PER_TICK	(COUNTER_HZ / HZ)
#define COUNTS_PER_USEC	(COUNTER_HZ / USEC_PER_SEC)
#define COUNTS_TO_NS(n)	((n) * 125 / 3)	/* less than a second of them */

#define RTC_DATA	0x00		/* seconds since 1970 */
#define RTC_CONTROL	0x0c
#define RTC_START	1

#define LED_HEARTBEAT	0x01

static void *sysregs, *timer;
static u32 tick_count;			/* the counter at the last tick */

static u32 read_counter(void)
{
	return readl(sysregs + SYS_24MHZ);
}

u32 arch_ns_in_tick(void)
{
	u32 counts = read_counter() - tick_count;

	return counts < COUNTS_PER_TICK ? COUNTS_TO_NS(counts) : NSEC_PER_TICK - 1;
}

/* A light that goes on and off every second shows that the clock runs. */
static void heartbeat(void)
{
	if (jiffies % (HZ / 2) == 0)
		writel(readl(sysregs + SYS_LED) ^ LED_HEARTBEAT, sysregs + SYS_LED);
}

static void timer_interrupt(int irq __unused, void *dev_id __unused, struct pt_regs *regs)
{
	writel(0, timer + TIMER_INTCLR);
	tick_count = read_counter();
	do_timer(regs);
	heartbeat();
}

void __init arch_time_init(void)
{
	void *sysctl;

	sysctl = ioremap_fixed(FIX_TIMER, V2M_SYSCTL_PHYS);
	writel(readl(sysctl) | SCCTRL_TIMCLK, sysctl);
	timer = ioremap_fixed(FIX_TIMER, V2M_TIMER01_PHYS);
	sysregs = ioremap_fixed(FIX_SYSREGS, V2M_SYSREGS_PHYS);
	writel(0, timer + TIMER_CONTROL);
	writel(TIMER_HZ / HZ, timer + TIMER_LOAD);
	writel(TIMER_32BIT | TIMER_PERIODIC | TIMER_IRQ | TIMER_ENABLE, timer + TIMER_CONTROL);
	tick_count = read_counter();
	request_irq(IRQ_V2M_TIMER01, timer_interrupt, 0, "timer", NULL);
}

void udelay(unsigned long usecs)
{
	u32 start;

	if (!sysregs)		/* a panic before arch_time_init() waits too */
		sysregs = ioremap_fixed(FIX_SYSREGS, V2M_SYSREGS_PHYS);
	start = read_counter();
	while (read_counter() - start < usecs * COUNTS_PER_USEC)
		;
}

u32 arch_random_stir(void)
{
	return read_counter();
}

time_t __init arch_read_rtc(void)
{
	void *rtc = ioremap_fixed(FIX_RTC, V2M_RTC_PHYS);
	u32 seconds;

	writel(RTC_START, rtc + RTC_CONTROL);	/* changes nothing when it runs already */
	seconds = readl(rtc + RTC_DATA);
	return min_t(u32, seconds, LONG_MAX);
}
