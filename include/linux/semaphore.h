/*
 * Sleeping mutual exclusion, for what is held across sleeps (a directory while
 * it is changed, an address space while it is changed). Not for interrupts.
 * A free mutex costs a test and a store.
 */
#ifndef _LINUX_SEMAPHORE_H
#define _LINUX_SEMAPHORE_H

#include <linux/kernel.h>
#include <linux/wait.h>
#include <asm/current.h>

struct mutex {
	struct task_struct *owner;	/* NULL: free */
	wait_queue_head_t wait;
};

#define __MUTEX_INIT(name)	{ NULL, __WAIT_QUEUE_HEAD_INIT((name).wait) }
#define DEFINE_MUTEX(name)	struct mutex name = __MUTEX_INIT(name)

/* Makes a mutex in allocated memory free. */
void mutex_init(struct mutex *m);
void __mutex_lock(struct mutex *m);	/* what mutex_lock() does when it is taken */
void __mutex_wake(struct mutex *m);	/* and mutex_unlock() when somebody waits */
/* Sleeps until the mutex is free; not recursive (BUG). */
static inline void mutex_lock(struct mutex *m)
{
	if (likely(!m->owner))
		m->owner = current;
	else
		__mutex_lock(m);
}
/* Returns true when it got the mutex, never sleeps. */
bool mutex_trylock(struct mutex *m);
/* Gives it back, by the task that has it (BUG), and wakes one that waits. Never sleeps. */
static inline void mutex_unlock(struct mutex *m)
{
	BUG_ON(m->owner != current);
	m->owner = NULL;
	if (unlikely(waitqueue_active(&m->wait)))
		__mutex_wake(m);
}

/* Many readers or one writer; a waiting writer holds back new readers. */
struct rw_semaphore {
	int count;			/* >0 readers, -1 a writer, 0 free */
	int writers_waiting;
	wait_queue_head_t wait;
};

/* Makes one in allocated memory free. */
void init_rwsem(struct rw_semaphore *sem);
/*
 * Becomes a reader; sleeps while there is a writer or one waits, signals or not. Not recursive:
 * with a writer waiting in between it would wait for itself.
 */
void down_read(struct rw_semaphore *sem);
/* Ends that. Never sleeps. */
void up_read(struct rw_semaphore *sem);
/* Becomes the only one; sleeps until everybody else has left, signals or not. */
void down_write(struct rw_semaphore *sem);
/* Ends that. Never sleeps. */
void up_write(struct rw_semaphore *sem);

#endif
