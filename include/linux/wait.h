/*
 * Wait queues: how a task sleeps until something is true.
 *
 * The sleeper queues itself, sets its state, tests the condition, and only
 * then calls schedule(); whoever makes the condition true calls wake_up()
 * afterwards. In that order no wake-up is lost. wait_event() writes it out.
 *
 * 0.12 kept one task pointer per queue and chained sleepers through their
 * stacks; a list of entries lets one task wait on many queues (select).
 */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <uapi/linux/wait.h>
#include <linux/list.h>
#include <linux/types.h>

struct task_struct;

typedef struct wait_queue_entry {
	struct task_struct *task;
	struct list_head link;
	bool exclusive;		/* wake_up() stops behind the first such entry it woke */
} wait_queue_t;

typedef struct wait_queue_head {
	struct list_head task_list;
} wait_queue_head_t;

#define __WAIT_QUEUE_HEAD_INIT(name)	{ LIST_HEAD_INIT((name).task_list) }
#define DECLARE_WAIT_QUEUE_HEAD(name) \
	wait_queue_head_t name = __WAIT_QUEUE_HEAD_INIT(name)
#define DECLARE_WAITQUEUE(name, tsk) \
	wait_queue_t name = { .task = (tsk), .link = LIST_HEAD_INIT(name.link) }

/* Makes a queue in allocated memory empty. */
static inline void init_waitqueue_head(wait_queue_head_t *q)
{
	INIT_LIST_HEAD(&q->task_list);
}

/* Does anybody wait? Saves the wake-up of nobody. */
static inline bool waitqueue_active(wait_queue_head_t *q)
{
	return !list_empty(&q->task_list);
}

/* Enter and leave a queue; interrupt-safe, never sleep. */
void add_wait_queue(wait_queue_head_t *q, wait_queue_t *wait);
void add_wait_queue_exclusive(wait_queue_head_t *q, wait_queue_t *wait);
void remove_wait_queue(wait_queue_head_t *q, wait_queue_t *wait);

/*
 * Makes sleepers runnable whose state is in `mode` (a mask of TASK_ states); at most
 * nr_exclusive of the exclusive ones, 0 = all. May be called from interrupts.
 */
void __wake_up(wait_queue_head_t *q, unsigned int mode, int nr_exclusive);
#define wake_up(q)	__wake_up(q, TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE, 1)
#define wake_up_all(q)	__wake_up(q, TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE, 0)
#define wake_up_interruptible(q) __wake_up(q, TASK_INTERRUPTIBLE, 1)

/*
 * 0.12's calls: sleep until the next wake_up(). Only for callers that test
 * their condition in a loop with interrupts masked, else a wake-up is lost.
 */
void sleep_on(wait_queue_head_t *q);
void interruptible_sleep_on(wait_queue_head_t *q);

/* Sleeps until `condition` holds. */
#define wait_event(q, condition) do {					\
	DECLARE_WAITQUEUE(_wait, current);				\
	if (condition)							\
		break;							\
	add_wait_queue(&(q), &_wait);					\
	for (;;) {							\
		set_current_state(TASK_UNINTERRUPTIBLE);		\
		if (condition)						\
			break;						\
		schedule();						\
	}								\
	set_current_state(TASK_RUNNING);				\
	remove_wait_queue(&(q), &_wait);				\
} while (0)

/* The same, ended by a signal too. Value: 0, or -ERESTARTSYS. */
#define wait_event_interruptible(q, condition) ({			\
	int _ret = 0;							\
	if (!(condition)) {						\
		DECLARE_WAITQUEUE(_wait, current);			\
		add_wait_queue(&(q), &_wait);				\
		for (;;) {						\
			set_current_state(TASK_INTERRUPTIBLE);		\
			if (condition)					\
				break;					\
			if (signal_pending(current)) {			\
				_ret = -ERESTARTSYS;			\
				break;					\
			}						\
			schedule();					\
		}							\
		set_current_state(TASK_RUNNING);			\
		remove_wait_queue(&(q), &_wait);			\
	}								\
	_ret;								\
})

#endif
