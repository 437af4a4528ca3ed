/* sys/times.h - processor time of a process, in ticks of 1/100 s. */
#ifndef _SYS_TIMES_H
#define _SYS_TIMES_H

#include <sys/types.h>
#include <uapi/linux/time.h>

/* Returns the ticks since some fixed moment. */
clock_t times(struct tms *buf);

#endif
