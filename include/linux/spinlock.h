/*
 * Spinlocks. With one CPU and a kernel that is not preempted, the only other
 * party is an interrupt handler, so taking a lock means masking interrupts;
 * the name of the lock says which data it guards. For the same reason who
 * holds a lock may take it again, or another one, in any order. Who holds one
 * must not sleep; schedule() itself holds the run queue's across the switch.
 */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <asm/system.h>

typedef struct {
	int locked;
} spinlock_t;

#define SPIN_LOCK_UNLOCKED	{ 0 }

/* Makes a lock in allocated memory free; one with an initialiser needs no call. */
static inline void spin_lock_init(spinlock_t *lock)
{
	lock->locked = 0;
}

/*
 * Take and give back, in any context. Taking masks interrupts; the previous state goes to `flags`
 * (unsigned long), from where giving back restores it.
 */
#define spin_lock_irqsave(lock, flags) \
	do { (void)(lock); local_irq_save(flags); } while (0)
#define spin_unlock_irqrestore(lock, flags) \
	do { (void)(lock); local_irq_restore(flags); } while (0)

#endif
