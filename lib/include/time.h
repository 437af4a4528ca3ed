/* time.h - clocks, sleeping, and the calendar (in UTC). */
#ifndef _TIME_H
#define _TIME_H

#include <sys/types.h>
#include <uapi/linux/time.h>

struct tm {
	int tm_sec, tm_min, tm_hour;
	int tm_mday, tm_mon, tm_year;	/* from 1, from 0, since 1900 */
	int tm_wday, tm_yday;		/* both from 0, Sunday is 0 */
	int tm_isdst;
};

time_t time(time_t *t);
int clock_gettime(clockid_t clock, struct timespec *ts);
int clock_settime(clockid_t clock, const struct timespec *ts);
int clock_getres(clockid_t clock, struct timespec *ts);
int nanosleep(const struct timespec *duration, struct timespec *rest);
/* Returns the error itself, not -1. */
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *ts, struct timespec *rest);

struct tm *gmtime_r(const time_t *t, struct tm *tm);
struct tm *gmtime(const time_t *t);

#endif
