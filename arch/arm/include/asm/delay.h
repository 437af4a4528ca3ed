/*
 * Busy waits, measured by the board's 24 MHz counter: arch/arm/time.c.
 */
#ifndef _ASM_DELAY_H
#define _ASM_DELAY_H

void udelay(unsigned long usecs);	/* from time_init() on */
static inline void mdelay(unsigned long msecs)
{
	while (msecs--)
		udelay(1000);
}

#endif
