/*
 * The time of day, and the conversions between its many forms.
 *
 * The clock is ticks plus what the machine says has passed of this one, and that fraction never
 * reaches a whole tick: so it cannot run backwards, and it agrees with the jiffies that sleeps
 * are counted in. Real time is that plus wall_offset, which only setting the clock changes; so
 * sleeps are not disturbed when somebody does.
 */
#include <linux/sched.h>
#include <linux/time.h>
#include <linux/math64.h>
#include <linux/syscalls.h>
#include <asm/system.h>
#include <asm/uaccess.h>

time_t startup_time;

static spinlock_t xtime_lock = SPIN_LOCK_UNLOCKED;	/* the clock of the day: what follows */
static u64 wall_offset;		/* real time - monotonic time, ns */
static time_t now_sec;		/* real time of the last tick */
static u64 next_sec_ns;		/* monotonic time at which now_sec grows */
static struct timezone sys_tz;

u64 ktime_get(void)
{
	static u64 last;
	unsigned long flags;
	u64 now;

	local_irq_save(flags);
	now = jiffies_64 * NSEC_PER_TICK + arch_ns_in_tick();
	if (now < last)		/* a tick has passed but is not counted yet */
		now = last;
	last = now;
	local_irq_restore(flags);
	return now;
}

u64 ktime_get_real(void)
{
	return ktime_get() + wall_offset;
}

time_t get_seconds(void)
{
	return now_sec;
}

DECLARE_WAIT_QUEUE_HEAD(clock_set_wait);

void set_real_time(u64 ns)
{
	unsigned long flags;
	u64 now;
	u32 rest;

	spin_lock_irqsave(&xtime_lock, flags);
	now = ktime_get();
	wall_offset = ns - now;
	now_sec = div_u64_rem(ns, NSEC_PER_SEC, &rest);
	next_sec_ns = now + NSEC_PER_SEC - rest;
	spin_unlock_irqrestore(&xtime_lock, flags);
	wake_up_interruptible(&clock_set_wait);
}

void tick_real_time(void)
{
	u64 now = ktime_get();

	while (now >= next_sec_ns) {
		next_sec_ns += NSEC_PER_SEC;
		now_sec++;
	}
}

void time_init(void)
{
	startup_time = arch_read_rtc();
	arch_time_init();
	set_real_time((u64)startup_time * NSEC_PER_SEC);
}

/* ---- conversions ---- */

void ns_to_timespec(u64 ns, struct timespec *ts)
{
	u32 rest;

	ts->tv_sec = div_u64_rem(ns, NSEC_PER_SEC, &rest);
	ts->tv_nsec = rest;
}

void ns_to_timeval(u64 ns, struct timeval *tv)
{
	u32 rest;

	tv->tv_sec = div_u64_rem(ns, NSEC_PER_SEC, &rest);
	tv->tv_usec = rest / NSEC_PER_USEC;
}

int timespec_to_ns(const struct timespec *ts, u64 *ns)
{
	if (ts->tv_sec < 0 || (unsigned long)ts->tv_nsec >= NSEC_PER_SEC)
		return -EINVAL;
	*ns = (u64)ts->tv_sec * NSEC_PER_SEC + ts->tv_nsec;
	return 0;
}

int timeval_to_ns(const struct timeval *tv, u64 *ns)
{
	if (tv->tv_sec < 0 || (unsigned long)tv->tv_usec >= USEC_PER_SEC)
		return -EINVAL;
	*ns = (u64)tv->tv_sec * NSEC_PER_SEC + tv->tv_usec * NSEC_PER_USEC;
	return 0;
}

int get_timespec(const struct timespec __user *from, u64 *ns)
{
	struct timespec ts;

	if (copy_from_user(&ts, from, sizeof(ts)))
		return -EFAULT;
	return timespec_to_ns(&ts, ns);
}

int get_timespec64(const struct timespec64 __user *from, u64 *ns)
{
	struct timespec64 ts64;
	struct timespec ts;

	if (copy_from_user(&ts64, from, sizeof(ts64)))
		return -EFAULT;
	if (ts64.tv_sec < 0)
		return -EINVAL;
	ts.tv_sec = ts64.tv_sec > LONG_MAX ? LONG_MAX : (long)ts64.tv_sec;
	/* Programs of 32 bits may leave rubbish in the upper half of the nanoseconds. */
	ts.tv_nsec = (long)ts64.tv_nsec;
	return timespec_to_ns(&ts, ns);
}

int put_timespec(struct timespec __user *to, u64 ns)
{
	struct timespec ts;

	ns_to_timespec(ns, &ts);
	return copy_to_user(to, &ts, sizeof(ts)) ? -EFAULT : 0;
}

int put_timespec64(struct timespec64 __user *to, u64 ns)
{
	struct timespec64 ts;
	u32 rest;

	ts.tv_sec = div_u64_rem(ns, NSEC_PER_SEC, &rest);
	ts.tv_nsec = rest;
	return copy_to_user(to, &ts, sizeof(ts)) ? -EFAULT : 0;
}

long ns_to_jiffies(u64 ns)
{
	u64 ticks = div_u64(ns + NSEC_PER_TICK - 1, NSEC_PER_TICK);

	return ticks >= MAX_SCHEDULE_TIMEOUT ? MAX_SCHEDULE_TIMEOUT - 1 : (long)ticks;
}

u64 jiffies_to_ns(unsigned long j)
{
	return (u64)j * NSEC_PER_TICK;
}

void jiffies_to_timeval(unsigned long j, struct timeval *tv)
{
	tv->tv_sec = j / HZ;
	tv->tv_usec = j % HZ * USEC_PER_TICK;
}

/* The year begins in March here, so that the leap day is the last one. */
time_t mktime(int year, int mon, int day, int hour, int min, int sec)
{
	mon -= 2;
	if (mon <= 0) {
		mon += 12;
		year--;
	}
	day += year / 4 - year / 100 + year / 400 + 367 * mon / 12 + year * 365 - 719499;
	return ((day * 24 + hour) * 60 + min) * 60 + sec;
}

/* ---- system calls ---- */

long sys_time(time_t __user *tloc)
{
	time_t now = get_seconds();

	if (tloc && put_user(now, tloc))
		return -EFAULT;
	return now;
}

long sys_stime(const time_t __user *tptr)
{
	time_t now;

	if (get_user(now, tptr))
		return -EFAULT;
	if (!capable_root())
		return -EPERM;
	if (now < 0)
		return -EINVAL;
	set_real_time((u64)now * NSEC_PER_SEC);
	return 0;
}

long sys_gettimeofday(struct timeval __user *tv, struct timezone __user *tz)
{
	struct timeval now;

	if (tv) {
		ns_to_timeval(ktime_get_real(), &now);
		if (copy_to_user(tv, &now, sizeof(now)))
			return -EFAULT;
	}
	if (tz && copy_to_user(tz, &sys_tz, sizeof(sys_tz)))
		return -EFAULT;
	return 0;
}

long sys_settimeofday(const struct timeval __user *tv, const struct timezone __user *tz)
{
	struct timeval new;
	u64 ns = 0;

	if (tv && copy_from_user(&new, tv, sizeof(new)))
		return -EFAULT;
	if (!capable_root())
		return -EPERM;
	if (tv && timeval_to_ns(&new, &ns))
		return -EINVAL;
	if (tz && copy_from_user(&sys_tz, tz, sizeof(sys_tz)))
		return -EFAULT;
	if (tv)
		set_real_time(ns);
	return 0;
}

/* The value is a number of ticks that may look like an error: it comes from jiffies. */
long sys_times(struct tms __user *tbuf)
{
	struct signal_struct *sig = current->signal;
	struct task_struct *t;
	struct tms tms = {
		.tms_utime = sig->utime,
		.tms_stime = sig->stime,
		.tms_cutime = sig->cutime,
		.tms_cstime = sig->cstime,
	};

	for_each_thread(current, t) {
		tms.tms_utime += t->utime;
		tms.tms_stime += t->stime;
	}
	if (tbuf && copy_to_user(tbuf, &tms, sizeof(tms)))
		return -EFAULT;
	return (long)jiffies;
}
