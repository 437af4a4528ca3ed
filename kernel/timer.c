/*
 * Kernel timers, and what every tick does.
 *
 * A timer hangs in one of 256 buckets, chosen by the low byte of the tick it expires at. A tick
 * looks into its own bucket only: timers of this round run, those of a later round (the bucket
 * comes by every 2.56 s) stay. Adding and removing take the same few steps however many there are.
 * 0.12 kept one list sorted by time and had to walk it for each insertion.
 */
#include <linux/sched.h>
#include <linux/timer.h>
#include <linux/time.h>
#include <linux/spinlock.h>

#define WHEEL_SIZE	256
#define LOAD_FREQ	(5 * HZ)

volatile unsigned long jiffies;
u64 jiffies_64;

static spinlock_t timerlist_lock = SPIN_LOCK_UNLOCKED;	/* the wheel and the timers on it */
static struct list_head wheel[WHEEL_SIZE];
static unsigned long wheel_jiffies;	/* the last tick whose bucket was looked at */
static bool wheel_ready;

static struct list_head *bucket(unsigned long tick)
{
	return &wheel[tick % WHEEL_SIZE];
}

/* Nothing has to call this first: a driver may start a timer at any moment of the boot. */
static void wheel_init(void)
{
	int i;

	for (i = 0; i < WHEEL_SIZE; i++)
		INIT_LIST_HEAD(&wheel[i]);
	wheel_jiffies = jiffies;
	wheel_ready = true;
}

void init_timer(struct timer_list *timer)
{
	INIT_LIST_HEAD(&timer->entry);
}

/* Interrupts off. A time that has passed means the next tick. */
static void insert_timer(struct timer_list *timer)
{
	unsigned long tick = timer->expires;

	if (unlikely(!wheel_ready))
		wheel_init();
	if (!time_after(tick, wheel_jiffies))
		tick = wheel_jiffies + 1;
	list_add_tail(&timer->entry, bucket(tick));
}

void add_timer(struct timer_list *timer)
{
	unsigned long flags;

	spin_lock_irqsave(&timerlist_lock, flags);
	insert_timer(timer);
	spin_unlock_irqrestore(&timerlist_lock, flags);
}

void mod_timer(struct timer_list *timer, unsigned long expires)
{
	unsigned long flags;

	spin_lock_irqsave(&timerlist_lock, flags);
	if (timer_pending(timer))
		list_del(&timer->entry);
	timer->expires = expires;
	insert_timer(timer);
	spin_unlock_irqrestore(&timerlist_lock, flags);
}

bool del_timer(struct timer_list *timer)
{
	unsigned long flags;
	bool pending;

	spin_lock_irqsave(&timerlist_lock, flags);
	pending = timer_pending(timer);
	if (pending)
		list_del_init(&timer->entry);
	spin_unlock_irqrestore(&timerlist_lock, flags);
	return pending;
}

/*
 * Runs the timers of one bucket. They are taken off into a list of their own first, because a timer
 * function may start or stop any timer, itself too.
 */
static void run_bucket(struct list_head *head)
{
	LIST_HEAD(due);
	struct timer_list *timer, *next;

	list_for_each_entry_safe(timer, next, head, entry) {
		if (!time_after(timer->expires, wheel_jiffies))
			list_move_tail(&timer->entry, &due);
	}
	while (!list_empty(&due)) {
		timer = list_first_entry(&due, struct timer_list, entry);
		list_del_init(&timer->entry);
		timer->function(timer->data);
	}
}

static void run_timers(void)
{
	while (wheel_jiffies != jiffies) {
		wheel_jiffies++;
		if (!list_empty(bucket(wheel_jiffies)))
			run_bucket(bucket(wheel_jiffies));
	}
}

void do_timer(struct pt_regs *regs)
{
	bool user = user_mode(regs);

	jiffies_64++;
	jiffies = (unsigned long)jiffies_64;
	tick_real_time();
	scheduler_tick(user);
	tick_itimers(user);
	if (jiffies % LOAD_FREQ == 0)
		calc_load();
	if (likely(wheel_ready))
		run_timers();
}

static void wake_sleeper(unsigned long data)
{
	wake_up_process((struct task_struct *)data);
}

long schedule_timeout(long timeout)
{
	struct timer_list timer;
	unsigned long expires;
	long left;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	if (timeout <= 0) {
		set_current_state(TASK_RUNNING);
		return 0;
	}
	init_timer(&timer);
	expires = timer.expires = jiffies + timeout;
	timer.function = wake_sleeper;
	timer.data = (unsigned long)current;
	add_timer(&timer);
	schedule();
	del_timer(&timer);
	left = (long)(expires - jiffies);
	return left < 0 ? 0 : left;
}

long schedule_timeout_uninterruptible(long timeout)
{
	set_current_state(TASK_UNINTERRUPTIBLE);
	return schedule_timeout(timeout);
}

long schedule_timeout_interruptible(long timeout)
{
	set_current_state(TASK_INTERRUPTIBLE);
	return schedule_timeout(timeout);
}
