/*
 * Interval timers: setitimer, getitimer, alarm. The real one is a kernel timer; the virtual and the
 * profiling one count the ticks charged to the process. All belong to the process, not the thread.
 */
#include <linux/sched.h>
#include <linux/time.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

static void real_timer_expired(unsigned long data)
{
	struct task_struct *p = (struct task_struct *)data;
	struct signal_struct *sig = p->signal;

	send_sig(SIGALRM, p);
	if (sig->it_real_incr)
		mod_timer(&sig->real_timer, sig->real_timer.expires + sig->it_real_incr);
}

/* An interval timer in ticks. */
struct itimer_ticks {
	unsigned long value, interval;
};

static unsigned long real_timer_left(struct signal_struct *sig)
{
	long left;

	if (!timer_pending(&sig->real_timer))
		return 0;
	left = (long)(sig->real_timer.expires - jiffies) - 1;	/* less the tick that is running */
	return left > 0 ? left : 1;
}

static int get_itimer(int which, struct itimer_ticks *it)
{
	struct signal_struct *sig = current->signal;

	switch (which) {
	case ITIMER_REAL:
		it->value = real_timer_left(sig);
		it->interval = sig->it_real_incr;
		return 0;
	case ITIMER_VIRTUAL:
		it->value = sig->it_virt_value;
		it->interval = sig->it_virt_incr;
		return 0;
	case ITIMER_PROF:
		it->value = sig->it_prof_value;
		it->interval = sig->it_prof_incr;
		return 0;
	}
	return -EINVAL;
}

static void set_real_timer(const struct itimer_ticks *it)
{
	struct signal_struct *sig = current->signal;

	del_timer(&sig->real_timer);
	sig->it_real_incr = it->interval;
	if (!it->value)
		return;
	sig->real_timer.function = real_timer_expired;
	sig->real_timer.data = (unsigned long)current->group_leader;
	/* One more: part of the running tick has passed already. */
	sig->real_timer.expires = jiffies + it->value + 1;
	add_timer(&sig->real_timer);
}

static void set_itimer(int which, const struct itimer_ticks *it)
{
	struct signal_struct *sig = current->signal;

	switch (which) {
	case ITIMER_REAL:
		set_real_timer(it);
		break;
	case ITIMER_VIRTUAL:
		sig->it_virt_value = it->value;
		sig->it_virt_incr = it->interval;
		break;
	case ITIMER_PROF:
		sig->it_prof_value = it->value;
		sig->it_prof_incr = it->interval;
		break;
	}
}

static int put_itimer(struct itimerval __user *to, const struct itimer_ticks *it)
{
	struct itimerval val;

	jiffies_to_timeval(it->value, &val.it_value);
	jiffies_to_timeval(it->interval, &val.it_interval);
	return copy_to_user(to, &val, sizeof(val)) ? -EFAULT : 0;
}

long sys_getitimer(int which, struct itimerval __user *value)
{
	struct itimer_ticks it;
	int err = get_itimer(which, &it);

	return err ? err : put_itimer(value, &it);
}

long sys_setitimer(int which, const struct itimerval __user *value, struct itimerval __user *ovalue)
{
	struct itimer_ticks next = { 0, 0 }, old;
	struct itimerval val;
	u64 ns_value, ns_interval;
	int err;

	if (value) {
		if (copy_from_user(&val, value, sizeof(val)))
			return -EFAULT;
		if (timeval_to_ns(&val.it_value, &ns_value) ||
		    timeval_to_ns(&val.it_interval, &ns_interval))
			return -EINVAL;
		next.value = ns_to_jiffies(ns_value);
		next.interval = ns_to_jiffies(ns_interval);
	}
	err = get_itimer(which, &old);
	if (err)
		return err;
	set_itimer(which, &next);
	return ovalue ? put_itimer(ovalue, &old) : 0;
}

/* Returns the seconds that were left of the former alarm, rounded, but not to 0. */
long sys_alarm(unsigned int seconds)
{
	struct itimer_ticks next = { 0, 0 }, old;

	if (seconds > LONG_MAX / HZ)
		seconds = LONG_MAX / HZ;
	next.value = seconds * HZ;
	get_itimer(ITIMER_REAL, &old);
	set_itimer(ITIMER_REAL, &next);
	return old.value && old.value < HZ ? 1 : (old.value + HZ / 2) / HZ;
}

/* Counts a tick; sends sig and starts again when it was the last. */
static void tick_one(unsigned long *value, unsigned long interval, int sig)
{
	if (*value && --*value == 0) {
		*value = interval;
		send_sig(sig, current);
	}
}

/* RLIMIT_CPU: SIGXCPU every second above the soft limit, SIGKILL at the hard one. */
static void check_cpu_limit(struct signal_struct *sig)
{
	unsigned long seconds = sig->cpu_ticks / HZ;

	if (sig->cpu_ticks % HZ || seconds < sig->rlim[RLIMIT_CPU].rlim_cur)
		return;
	send_sig(seconds >= sig->rlim[RLIMIT_CPU].rlim_max ? SIGKILL : SIGXCPU, current);
}

void tick_itimers(bool user)
{
	struct task_struct *p = current;
	struct signal_struct *sig = p->signal;

	if (p->pid == 0 || (p->flags & PF_EXITING))
		return;
	sig->cpu_ticks++;
	if (user)
		tick_one(&sig->it_virt_value, sig->it_virt_incr, SIGVTALRM);
	tick_one(&sig->it_prof_value, sig->it_prof_incr, SIGPROF);
	if (sig->rlim[RLIMIT_CPU].rlim_cur != RLIM_INFINITY)
		check_cpu_limit(sig);
}
