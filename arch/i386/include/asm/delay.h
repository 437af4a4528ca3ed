/*
 * Busy waits, measured by the time-stamp counter or by port writes: arch/i386/time.c.
 */
#ifndef _ASM_DELAY_H
#define _ASM_DELAY_H

void udelay(unsigned long usecs);
static inline void mdelay(unsigned long msecs)
{
	while (msecs--)
		udelay(1000);
}

#endif
