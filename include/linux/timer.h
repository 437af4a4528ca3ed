/*
 * Timers of the kernel, in jiffies (1/100 s since boot). The function runs
 * once, from the timer interrupt, and must not sleep.
 */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/list.h>
#include <linux/types.h>

#define HZ	100

extern volatile unsigned long jiffies;	/* low half of jiffies_64; wraps after 497 days */
extern u64 jiffies_64;

#define time_after(a, b)	((long)((b) - (a)) < 0)
#define time_before(a, b)	time_after(b, a)
#define time_after_eq(a, b)	((long)((a) - (b)) >= 0)

struct timer_list {
	struct list_head entry;		/* unlinked when not pending */
	unsigned long expires;		/* jiffies */
	void (*function)(unsigned long data);
	unsigned long data;
};

/* Makes a timer that is not pending; the caller then fills in the other fields. */
void init_timer(struct timer_list *timer);
/* Is it started and has not run yet? */
static inline bool timer_pending(const struct timer_list *timer)
{
	return timer->entry.next != &timer->entry;
}

/* Start; move (starting it when idle); stop. Interrupt-safe, never sleep. */
void add_timer(struct timer_list *timer);
void mod_timer(struct timer_list *timer, unsigned long expires);
/* Returns true when it was pending. */
bool del_timer(struct timer_list *timer);

/*
 * Sleeps for that many jiffies with the state the caller has set, or until
 * woken. MAX_SCHEDULE_TIMEOUT waits for ever. Returns the jiffies left.
 */
#define MAX_SCHEDULE_TIMEOUT	LONG_MAX
long schedule_timeout(long timeout);
long schedule_timeout_uninterruptible(long timeout);	/* sets the state itself */
/* The same, ended by signals too. */
long schedule_timeout_interruptible(long timeout);

/* The architecture's tick handler calls this once per tick, interrupts off. */
struct pt_regs;
void do_timer(struct pt_regs *regs);

#endif
