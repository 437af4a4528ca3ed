/*
 * The clocks of the PC: a tick from the PIT, time between ticks from the TSC.
 */
#ifndef _ASM_TIME_H
#define _ASM_TIME_H

#include <linux/types.h>

/* Nanoseconds since the last tick; less than a tick. Interrupts off. */
u32 arch_ns_in_tick(void);
/* Starts the tick; called once, interrupts off. */
void arch_time_init(void);
/* Seconds since 1970 from the battery clock. */
time_t arch_read_rtc(void);
/* Any fast-changing number, for the entropy pool. */
u32 arch_random_stir(void);

#endif
