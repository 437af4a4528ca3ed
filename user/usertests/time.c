/*
 * time.c - tests of clocks, sleeping and timers.
 */
#include "usertests.h"
#include <poll.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/times.h>

static volatile int hits;

static void count(int sig)
{
	(void)sig;
	hits++;
}

static void clocks(void)
{
	struct timespec a, b, res;
	struct timeval tv;

	EXPECT_OK(clock_gettime(CLOCK_MONOTONIC, &a));
	for (int i = 0; i < 2000; i++) {
		EXPECT_OK(clock_gettime(CLOCK_MONOTONIC, &b));
		EXPECT(b.tv_nsec >= 0 && b.tv_nsec < 1000000000);
		EXPECT(b.tv_sec > a.tv_sec || (b.tv_sec == a.tv_sec && b.tv_nsec >= a.tv_nsec));
		a = b;
	}
	EXPECT_OK(clock_gettime(CLOCK_REALTIME, &a));
	EXPECT_OK(gettimeofday(&tv, NULL));
	EXPECT(tv.tv_sec - a.tv_sec <= 1);
	EXPECT_OK(clock_getres(CLOCK_MONOTONIC, &res));
	EXPECT(res.tv_sec == 0 && res.tv_nsec > 0);
	EXPECT_OK(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a));
	EXPECT_ERRNO(EINVAL, clock_gettime(99, &a));
	EXPECT_ERRNO(EFAULT, clock_gettime(CLOCK_MONOTONIC, (void *)4));
}

static void sleeping(void)
{
	struct timespec ts = { 0, 60000000 }, at;
	long begin = now_ms(), took;

	EXPECT_OK(nanosleep(&ts, NULL));
	took = now_ms() - begin;
	EXPECT(took >= 60 && took < 60000);
	ts.tv_nsec = 1000000000;
	EXPECT_ERRNO(EINVAL, nanosleep(&ts, NULL));
	ts = (struct timespec){ -1, 0 };
	EXPECT_ERRNO(EINVAL, nanosleep(&ts, NULL));
	ts = (struct timespec){ 0, 0 };
	EXPECT_OK(nanosleep(&ts, NULL));
	EXPECT_OK(clock_gettime(CLOCK_MONOTONIC, &at));
	at.tv_nsec += 50000000;
	if (at.tv_nsec >= 1000000000) {
		at.tv_nsec -= 1000000000;
		at.tv_sec++;
	}
	begin = now_ms();
	EXPECT_EQ(0, clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL));
	EXPECT(now_ms() - begin >= 45);
	EXPECT_EQ(0, clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL));
	EXPECT_EQ(EINVAL, clock_nanosleep(99, 0, &at, NULL));
}

static void alarms(void)
{
	signal(SIGALRM, count);
	EXPECT_EQ(0, alarm(10));
	EXPECT_EQ(10, alarm(5));
	EXPECT_EQ(5, alarm(1));
	pause();
	EXPECT_EQ(1, hits);
	EXPECT_EQ(0, alarm(0));
}

static void interval_timer(void)
{
	struct itimerval timer = { { 0, 20000 }, { 0, 50000 } }, old;
	long begin = now_ms(), took;

	signal(SIGALRM, count);
	EXPECT_OK(setitimer(ITIMER_REAL, &timer, NULL));
	EXPECT_OK(getitimer(ITIMER_REAL, &old));
	EXPECT(old.it_value.tv_sec == 0 && old.it_value.tv_usec > 0 &&
	       old.it_value.tv_usec <= 50000);
	EXPECT_EQ(20000, old.it_interval.tv_usec);
	while (hits < 5)
		pause();
	took = now_ms() - begin;
	EXPECT(took >= 125 && took < 60000);
	timer = (struct itimerval){ { 0, 0 }, { 0, 0 } };
	EXPECT_OK(setitimer(ITIMER_REAL, &timer, &old));
	EXPECT_EQ(20000, old.it_interval.tv_usec);
	hits = 0;
	sleep_ms(60);
	EXPECT_EQ(0, hits);
	timer.it_value.tv_usec = 1000000;
	EXPECT_ERRNO(EINVAL, setitimer(ITIMER_REAL, &timer, NULL));
	EXPECT_ERRNO(EINVAL, setitimer(7, &old, NULL));
}

/* These two run on processor time, not while the process sleeps. */
static void processor_timers(void)
{
	struct itimerval timer = { { 0, 0 }, { 0, 30000 } };
	long begin;

	signal(SIGVTALRM, count);
	signal(SIGPROF, count);
	EXPECT_OK(setitimer(ITIMER_VIRTUAL, &timer, NULL));
	EXPECT_OK(setitimer(ITIMER_PROF, &timer, NULL));
	sleep_ms(100);
	EXPECT_EQ(0, hits);
	begin = now_ms();
	while (hits < 2) {
		/* Mostly in user mode: the virtual timer counts ticks that find the task there. */
		for (volatile int i = 0; i < 100000; i++)
			;
		EXPECT(now_ms() - begin < 120000);
	}
}

/* exec keeps an alarm, fork does not hand it on. */
static void check_no_alarm(void *arg)
{
	(void)arg;
	EXPECT_EQ(0, alarm(0));
}

static void alarm_and_fork(void)
{
	alarm(50);
	in_child(check_no_alarm, NULL);
	EXPECT_EQ(50, alarm(0));
}

static void timeouts(void)
{
	struct timeval tv = { 0, 40000 };
	long begin = now_ms();

	EXPECT_EQ(0, select(0, NULL, NULL, NULL, &tv));
	EXPECT(now_ms() - begin >= 40);
	begin = now_ms();
	EXPECT_EQ(0, poll(NULL, 0, 40));
	EXPECT(now_ms() - begin >= 40);
	tv = (struct timeval){ 0, 0 };
	EXPECT_EQ(0, select(0, NULL, NULL, NULL, &tv));
}

static void setting(void)
{
	struct timeval tv;
	struct timespec ts;
	long before = now_ms();

	become_user();
	EXPECT_OK(gettimeofday(&tv, NULL));
	EXPECT_ERRNO(EPERM, settimeofday(&tv, NULL));
	EXPECT_OK(clock_gettime(CLOCK_REALTIME, &ts));
	EXPECT_ERRNO(EPERM, clock_settime(CLOCK_REALTIME, &ts));
	EXPECT(now_ms() >= before);
}

static void calendar(void)
{
	static const struct { time_t t; int year, month, day, hour, weekday; } known[] = {
		{ 0, 1970, 1, 1, 0, 4 },
		{ 951782400, 2000, 2, 29, 0, 2 },
		{ 694224000, 1992, 1, 1, 0, 3 },
		{ 2147483647, 2038, 1, 19, 3, 2 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(known); i++) {
		struct tm *tm = gmtime(&known[i].t);

		EXPECT_EQ(known[i].year, tm->tm_year + 1900);
		EXPECT_EQ(known[i].month, tm->tm_mon + 1);
		EXPECT_EQ(known[i].day, tm->tm_mday);
		EXPECT_EQ(known[i].hour, tm->tm_hour);
		EXPECT_EQ(known[i].weekday, tm->tm_wday);
	}
}

const struct test time_tests[] = {
	{ "time.clocks", clocks, 0 },
	{ "time.sleeping", sleeping, 0 },
	{ "time.alarms", alarms, 0 },
	{ "time.interval_timer", interval_timer, 0 },
	{ "time.processor_timers", processor_timers, 0 },
	{ "time.alarm_and_fork", alarm_and_fork, 0 },
	{ "time.timeouts", timeouts, 0 },
	{ "time.setting", setting, NEEDS_ROOT },
	{ "time.calendar", calendar, 0 },
	{ NULL, NULL, 0 },
};
