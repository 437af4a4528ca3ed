/*
 * lib/time.c - clocks, sleeping, timers, and the calendar.
 */
#include <errno.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

#define DAY		86400
#define EPOCH_WEEKDAY	4	/* 1 January 1970 was a Thursday */

time_t time(time_t *t)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	if (t)
		*t = ts.tv_sec;
	return ts.tv_sec;
}

int clock_gettime(clockid_t clock, struct timespec *ts)
{
	return syscall(__NR_clock_gettime, clock, ts);
}

int clock_settime(clockid_t clock, const struct timespec *ts)
{
	return syscall(__NR_clock_settime, clock, ts);
}

int clock_getres(clockid_t clock, struct timespec *ts)
{
	return syscall(__NR_clock_getres, clock, ts);
}

int gettimeofday(struct timeval *tv, struct timezone *tz)
{
	return syscall(__NR_gettimeofday, tv, tz);
}

int settimeofday(const struct timeval *tv, const struct timezone *tz)
{
	return syscall(__NR_settimeofday, tv, tz);
}

int nanosleep(const struct timespec *duration, struct timespec *rest)
{
	return syscall(__NR_nanosleep, duration, rest);
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *ts, struct timespec *rest)
{
	return syscall(__NR_clock_nanosleep, clock, flags, ts, rest) ? errno : 0;
}

unsigned int sleep(unsigned int seconds)
{
	struct timespec ts = { .tv_sec = seconds };

	return nanosleep(&ts, &ts) ? ts.tv_sec : 0;
}

int usleep(useconds_t useconds)
{
	struct timespec ts = { useconds / 1000000, useconds % 1000000 * 1000 };

	return nanosleep(&ts, NULL);
}

int setitimer(int which, const struct itimerval *value, struct itimerval *old)
{
	return syscall(__NR_setitimer, which, value, old);
}

int getitimer(int which, struct itimerval *value)
{
	return syscall(__NR_getitimer, which, value);
}

/*
 * alarm(2) exists on the PC only; a timer does the same. What was left is rounded to whole seconds,
 * but not to 0, which would say that there was no alarm.
 */
unsigned int alarm(unsigned int seconds)
{
	struct itimerval new = { .it_value.tv_sec = seconds }, old;
	unsigned int left;

	if (setitimer(ITIMER_REAL, &new, &old))
		return 0;
	left = old.it_value.tv_sec + (old.it_value.tv_usec >= 500000);
	return left || !old.it_value.tv_usec ? left : 1;
}

clock_t times(struct tms *buf)
{
	return syscall(__NR_times, buf);
}

static int is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

struct tm *gmtime_r(const time_t *t, struct tm *tm)
{
	static const int month_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	long days = *t / DAY, rest = *t % DAY;
	int year = 1970, month = 0;

	if (rest < 0) {
		rest += DAY;
		days--;
	}
	tm->tm_hour = rest / 3600;
	tm->tm_min = rest / 60 % 60;
	tm->tm_sec = rest % 60;
	tm->tm_wday = ((days + EPOCH_WEEKDAY) % 7 + 7) % 7;
	while (days < 0)
		days += 365 + is_leap(--year);
	while (days >= 365 + is_leap(year))
		days -= 365 + is_leap(year++);
	tm->tm_year = year - 1900;
	tm->tm_yday = days;
	for (;;) {
		int n = month_days[month] + (month == 1 && is_leap(year));

		if (days < n)
			break;
		days -= n;
		month++;
	}
	tm->tm_mon = month;
	tm->tm_mday = days + 1;
	tm->tm_isdst = 0;
	return tm;
}

struct tm *gmtime(const time_t *t)
{
	static struct tm tm;

	return gmtime_r(t, &tm);
}
