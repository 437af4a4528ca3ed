/*
 * Sleeping locks: the mutex, and the semaphore with many readers or one writer.
 *
 * No interrupt handler touches one, and a task in the kernel is not preempted,
 * so a test and a store need no masking. A task that was woken has to test
 * again: somebody else may have taken the lock before it ran.
 */
#include <linux/sched.h>
#include <linux/semaphore.h>

void mutex_init(struct mutex *m)
{
	m->owner = NULL;
	init_waitqueue_head(&m->wait);
}

void __mutex_lock(struct mutex *m)
{
	DECLARE_WAITQUEUE(wait, current);

	BUG_ON(m->owner == current);
	add_wait_queue_exclusive(&m->wait, &wait);
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (!m->owner)
			break;
		schedule();
	}
	set_current_state(TASK_RUNNING);
	m->owner = current;
	remove_wait_queue(&m->wait, &wait);
}

void __mutex_wake(struct mutex *m)
{
	wake_up(&m->wait);
}

bool mutex_trylock(struct mutex *m)
{
	if (m->owner)
		return false;
	m->owner = current;
	return true;
}

void init_rwsem(struct rw_semaphore *sem)
{
	sem->count = 0;
	sem->writers_waiting = 0;
	init_waitqueue_head(&sem->wait);
}

void down_read(struct rw_semaphore *sem)
{
	if (unlikely(sem->count < 0 || sem->writers_waiting))
		wait_event(sem->wait, sem->count >= 0 && !sem->writers_waiting);
	sem->count++;
}

void up_read(struct rw_semaphore *sem)
{
	if (--sem->count == 0 && unlikely(waitqueue_active(&sem->wait)))
		wake_up_all(&sem->wait);
}

void down_write(struct rw_semaphore *sem)
{
	if (unlikely(sem->count != 0)) {
		sem->writers_waiting++;
		wait_event(sem->wait, sem->count == 0);
		sem->writers_waiting--;
	}
	sem->count = -1;
}

void up_write(struct rw_semaphore *sem)
{
	sem->count = 0;
	if (unlikely(waitqueue_active(&sem->wait)))
		wake_up_all(&sem->wait);
}
