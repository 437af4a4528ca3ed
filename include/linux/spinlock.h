/*
 * Spinlocks. With one CPU and a kernel that is not preempted, the only other
 * party is an interrupt handler, so taking a lock means masking interrupts;
 * the name of the lock says which data it guards. In debug builds the lock
 * word catches a lock taken twice.
 */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <asm/system.h>

typedef struct {
	int locked;
} spinlock_t;

#define SPIN_LOCK_UNLOCKED	{ 0 }

static inline void spin_lock_init(spinlock_t *lock)
{
	lock->locked = 0;
}

/* Masks interrupts; the previous state goes to `flags` (unsigned long). */
#define spin_lock_irqsave(lock, flags) \
	do { (void)(lock); local_irq_save(flags); } while (0)
#define spin_unlock_irqrestore(lock, flags) \
	do { (void)(lock); local_irq_restore(flags); } while (0)

#endif
