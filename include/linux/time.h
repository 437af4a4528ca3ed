/*
 * Time inside the kernel is a count of nanoseconds (u64): monotonic since
 * boot, or real since 1970. arch/.../time.c supplies tick and counter behind it.
 */
#ifndef _LINUX_TIME_H
#define _LINUX_TIME_H

#include <uapi/linux/time.h>
#include <linux/types.h>
#include <linux/timer.h>
#include <linux/wait.h>

#define NSEC_PER_SEC	1000000000UL
#define NSEC_PER_USEC	1000UL
#define USEC_PER_SEC	1000000UL
#define NSEC_PER_TICK	(NSEC_PER_SEC / HZ)
#define USEC_PER_TICK	(USEC_PER_SEC / HZ)

/* Nanoseconds since boot, from the hardware counter; never goes back. */
u64 ktime_get(void);
/* Nanoseconds since 1970. */
u64 ktime_get_real(void);
/* Seconds since 1970, as of the last tick: cheap, for file times. */
time_t get_seconds(void);
/* Sets the clock; callers check privilege. Sleepers until a time of day are woken to look again. */
void set_real_time(u64 ns);
extern wait_queue_head_t clock_set_wait;

/* Split nanoseconds into seconds and the rest. */
void ns_to_timespec(u64 ns, struct timespec *ts);
void ns_to_timeval(u64 ns, struct timeval *tv);
/* -EINVAL when a field is negative or out of range; clamps at LONG_MAX seconds. */
int timespec_to_ns(const struct timespec *ts, u64 *ns);
int timeval_to_ns(const struct timeval *tv, u64 *ns);
/* The same from the memory of a program, either layout; -EFAULT too. */
int get_timespec(const struct timespec __user *from, u64 *ns);
int get_timespec64(const struct timespec64 __user *from, u64 *ns);
/* Write nanoseconds to the memory of a program, either layout. 0 or -EFAULT; may sleep. */
int put_timespec(struct timespec __user *to, u64 ns);
int put_timespec64(struct timespec64 __user *to, u64 ns);
/* Rounds up, so that a sleep is never too short. At most MAX_SCHEDULE_TIMEOUT - 1. */
long ns_to_jiffies(u64 ns);
/* Nanoseconds of j ticks. */
u64 jiffies_to_ns(unsigned long j);
/* The same as seconds and microseconds. */
void jiffies_to_timeval(unsigned long j, struct timeval *tv);

/* Seconds since 1970 of a date in UTC; month 1..12. */
time_t mktime(int year, int mon, int day, int hour, int min, int sec);

/* ---- arch/.../time.c ---- */
/* Starts the tick; called once, interrupts off. */
void arch_time_init(void);
/* Nanoseconds since the last tick; less than a tick. Interrupts off. */
u32 arch_ns_in_tick(void);
/* Seconds since 1970 from the battery clock; called once, before arch_time_init(). */
time_t arch_read_rtc(void);
/* Any fast-changing number, for the entropy pool. */
u32 arch_random_stir(void);

/* Set at boot from the clock chip, in seconds since 1970. */
extern time_t startup_time;
void time_init(void);		/* starts the tick and sets the clock */
void tick_real_time(void);	/* from do_timer(): what get_seconds() returns */
void tick_itimers(bool user);	/* from do_timer(): virtual and profiling timers, RLIMIT_CPU */

#endif
