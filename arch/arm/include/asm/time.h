/*
 * The clocks of the board: a tick from an SP804, time between ticks from the 24 MHz counter.
 */
#ifndef _ASM_TIME_H
#define _ASM_TIME_H

#include <linux/types.h>

/* Nanoseconds since the last tick; less than a tick. Interrupts off. */
u32 arch_ns_in_tick(void);
/* Starts the tick; called once, interrupts off. */
void arch_time_init(void);
/* Seconds since 1970 from the battery clock; called once, before arch_time_init(). */
time_t arch_read_rtc(void);
/* Any fast-changing number, for the entropy pool. */
u32 arch_random_stir(void);

#endif
