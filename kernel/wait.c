/*
 * Wait queues: entering, leaving and waking; see <linux/wait.h> for the order of
 * steps that loses no wake-up. Exclusive sleepers stand behind all others, so one
 * pass over the list wakes everybody up to the first exclusive one.
 */
#include <linux/sched.h>
#include <linux/spinlock.h>

static spinlock_t waitqueue_lock = SPIN_LOCK_UNLOCKED;	/* the lists of all wait queues */

void add_wait_queue(wait_queue_head_t *q, wait_queue_t *wait)
{
	unsigned long flags;

	wait->exclusive = false;
	spin_lock_irqsave(&waitqueue_lock, flags);
	list_add(&wait->link, &q->task_list);
	spin_unlock_irqrestore(&waitqueue_lock, flags);
}

void add_wait_queue_exclusive(wait_queue_head_t *q, wait_queue_t *wait)
{
	unsigned long flags;

	wait->exclusive = true;
	spin_lock_irqsave(&waitqueue_lock, flags);
	list_add_tail(&wait->link, &q->task_list);
	spin_unlock_irqrestore(&waitqueue_lock, flags);
}

void remove_wait_queue(wait_queue_head_t *q, wait_queue_t *wait)
{
	unsigned long flags;

	(void)q;
	spin_lock_irqsave(&waitqueue_lock, flags);
	list_del(&wait->link);
	spin_unlock_irqrestore(&waitqueue_lock, flags);
}

void __wake_up(wait_queue_head_t *q, unsigned int mode, int nr_exclusive)
{
	wait_queue_t *wait;
	unsigned long flags;

	spin_lock_irqsave(&waitqueue_lock, flags);
	list_for_each_entry(wait, &q->task_list, link) {
		if (try_to_wake_up(wait->task, mode) && wait->exclusive && !--nr_exclusive)
			break;
	}
	spin_unlock_irqrestore(&waitqueue_lock, flags);
}

static void sleep_on_state(wait_queue_head_t *q, long state)
{
	DECLARE_WAITQUEUE(wait, current);

	add_wait_queue(q, &wait);
	set_current_state(state);
	schedule();
	set_current_state(TASK_RUNNING);
	remove_wait_queue(q, &wait);
}

void sleep_on(wait_queue_head_t *q)
{
	sleep_on_state(q, TASK_UNINTERRUPTIBLE);
}

void interruptible_sleep_on(wait_queue_head_t *q)
{
	sleep_on_state(q, TASK_INTERRUPTIBLE);
}
