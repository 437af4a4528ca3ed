/*
 * Busy waits. How long one is, the machine measures by a counter of its own: arch/$(ARCH)/time.c.
 */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

/* From time_init() on. Any context. */
void udelay(unsigned long usecs);
static inline void mdelay(unsigned long msecs)
{
	while (msecs--)
		udelay(1000);
}

#endif
