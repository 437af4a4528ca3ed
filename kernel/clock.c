/*
 * The clocks of POSIX: clock_gettime and its family, nanosleep. Each call exists twice, with
 * seconds of 32 bits and (64 in the name) of 64; inside, all times are nanoseconds in a u64.
 */
#include <linux/sched.h>
#include <linux/time.h>
#include <linux/math64.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

static int clock_get(int which, u64 *ns)
{
	struct task_struct *t;
	unsigned long ticks;

	switch (which) {
	case CLOCK_REALTIME:
		*ns = ktime_get_real();
		return 0;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_BOOTTIME:
		*ns = ktime_get();
		return 0;
	case CLOCK_REALTIME_COARSE:
		*ns = (u64)get_seconds() * NSEC_PER_SEC;
		return 0;
	case CLOCK_MONOTONIC_COARSE:
		*ns = jiffies_64 * NSEC_PER_TICK;
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
		ticks = current->signal->utime + current->signal->stime;
		for_each_thread(current, t)
			ticks += t->utime + t->stime;
		*ns = jiffies_to_ns(ticks);
		return 0;
	case CLOCK_THREAD_CPUTIME_ID:
		*ns = jiffies_to_ns(current->utime + current->stime);
		return 0;
	}
	return -EINVAL;
}

static int clock_set(int which, u64 ns)
{
	if (which != CLOCK_REALTIME)
		return -EINVAL;
	if (!capable_root())
		return -EPERM;
	set_real_time(ns);
	return 0;
}

/* The counter behind ktime_get() is finer than a tick; the clocks of used time are not. */
static int clock_resolution(int which, u64 *ns)
{
	u64 now;
	int err = clock_get(which, &now);

	if (err)
		return err;
	switch (which) {
	case CLOCK_REALTIME_COARSE:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_PROCESS_CPUTIME_ID:
	case CLOCK_THREAD_CPUTIME_ID:
		*ns = NSEC_PER_TICK;
		break;
	default:
		*ns = 1;
	}
	return 0;
}

long sys_clock_gettime(int which, struct timespec __user *ts)
{
	u64 ns;
	int err = clock_get(which, &ns);

	return err ? err : put_timespec(ts, ns);
}

long sys_clock_gettime64(int which, struct timespec64 __user *ts)
{
	u64 ns;
	int err = clock_get(which, &ns);

	return err ? err : put_timespec64(ts, ns);
}

long sys_clock_settime(int which, const struct timespec __user *ts)
{
	u64 ns;
	int err = get_timespec(ts, &ns);

	return err ? err : clock_set(which, ns);
}

long sys_clock_settime64(int which, const struct timespec64 __user *ts)
{
	u64 ns;
	int err = get_timespec64(ts, &ns);

	return err ? err : clock_set(which, ns);
}

long sys_clock_getres(int which, struct timespec __user *ts)
{
	u64 ns;
	int err = clock_resolution(which, &ns);

	return err || !ts ? err : put_timespec(ts, ns);
}

long sys_clock_getres_time64(int which, struct timespec64 __user *ts)
{
	u64 ns;
	int err = clock_resolution(which, &ns);

	return err || !ts ? err : put_timespec64(ts, ns);
}

/* ---- sleeping ---- */

/* Sleeps until `expires` of a clock; 0, or what is left of it when a signal came, in ns. */
static u64 sleep_until(int which, u64 expires)
{
	DECLARE_WAITQUEUE(wait, current);
	u64 now, left;

	if (which == CLOCK_REALTIME)
		add_wait_queue(&clock_set_wait, &wait);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		clock_get(which, &now);
		left = now >= expires ? 0 : expires - now;
		if (!left || signal_pending(current))
			break;
		schedule_timeout(ns_to_jiffies(left));
	}
	set_current_state(TASK_RUNNING);
	if (which == CLOCK_REALTIME)
		remove_wait_queue(&clock_set_wait, &wait);
	return left;
}

/* How the caller wants to hear what was left: arg[] of its restart_block. */
enum { ARG_CLOCK, ARG_RMTP, ARG_TIME64 };

static int put_rest(void __user *rmtp, bool time64, u64 left)
{
	if (!rmtp)
		return 0;
	return time64 ? put_timespec64(rmtp, left) : put_timespec(rmtp, left);
}

/* restart_syscall() after a stop or an ignored signal: the same end, not the same length. */
static long nanosleep_restart(struct restart_block *restart)
{
	u64 left = sleep_until(restart->arg[ARG_CLOCK], restart->expires);

	if (!left)
		return 0;
	if (put_rest((void __user *)restart->arg[ARG_RMTP], restart->arg[ARG_TIME64], left))
		return -EFAULT;
	restart->fn = nanosleep_restart;
	return -ERESTART_RESTARTBLOCK;
}

static long do_nanosleep(int which, bool absolute, u64 ns, void __user *rmtp, bool time64)
{
	struct restart_block *restart = &current->restart;
	u64 now, expires;

	switch (which) {
	case CLOCK_REALTIME:
		if (!absolute)
			which = CLOCK_MONOTONIC;	/* setting the clock does not matter */
		break;
	case CLOCK_MONOTONIC:
	case CLOCK_BOOTTIME:
		break;
	default:
		return -EINVAL;
	}
	clock_get(which, &now);
	expires = absolute ? ns : now + ns;
	if (!sleep_until(which, expires))
		return 0;
	if (absolute)
		return -ERESTARTNOHAND;
	restart->arg[ARG_CLOCK] = which;
	restart->arg[ARG_RMTP] = (unsigned long)rmtp;
	restart->arg[ARG_TIME64] = time64;
	restart->expires = expires;
	return nanosleep_restart(restart);
}

long sys_nanosleep(const struct timespec __user *rqtp, struct timespec __user *rmtp)
{
	u64 ns;
	int err = get_timespec(rqtp, &ns);

	return err ? err : do_nanosleep(CLOCK_MONOTONIC, false, ns, rmtp, false);
}

long sys_clock_nanosleep(int which, int flags, const struct timespec __user *rqtp,
			 struct timespec __user *rmtp)
{
	u64 ns;
	int err = get_timespec(rqtp, &ns);

	return err ? err : do_nanosleep(which, flags & TIMER_ABSTIME, ns, rmtp, false);
}

long sys_clock_nanosleep_time64(int which, int flags, const struct timespec64 __user *rqtp,
				struct timespec64 __user *rmtp)
{
	u64 ns;
	int err = get_timespec64(rqtp, &ns);

	return err ? err : do_nanosleep(which, flags & TIMER_ABSTIME, ns, rmtp, true);
}

/* Call 0: goes on with what a signal without handler interrupted. */
long sys_restart_syscall(void)
{
	struct restart_block *restart = &current->restart;
	long (*fn)(struct restart_block *) = restart->fn;

	restart->fn = NULL;
	return fn ? fn(restart) : -EINTR;
}
