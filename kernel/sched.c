/*
 * The scheduler: who gets the CPU next.
 *
 * As in 0.12, every task has a counter, the ticks left of its time slice, and a
 * priority, the length of a full slice; the runnable task with the largest
 * counter runs. When all runnable tasks have used theirs up, a new epoch
 * begins: counter = counter / 2 + priority for everybody, so that whoever slept
 * has more than whoever computed, and goes first when it wakes.
 *
 * 0.12 looked at all 64 tasks each time, the sleeping ones too. Here only the
 * runnable ones are on a list, and a sleeper catches up with the epochs it
 * missed when it is woken. Task 0 is not on the list: it runs when the list is empty.
 */
#include <linux/sched.h>
#include <linux/mm.h>
#include <linux/spinlock.h>
#include <asm/mmu_context.h>
#include <asm/uaccess.h>

#define EPOCHS_MAX	8	/* epochs slept after which the counter no longer grows */
#define FULL_SLICES	10	/* with more runnable tasks than this, slices pass faster */
#define EPOCH_TICKS	(2 * FULL_SLICES * DEF_PRIORITY)	/* longer: somebody may starve */
#define RELIEF_TICKS	100	/* then one task is helped so often */
#define PREEMPT_MARGIN	2	/* ticks a woken task must be ahead to take the CPU at once */

static spinlock_t runqueue_lock = SPIN_LOCK_UNLOCKED;	/* the list, counters, state and work */
static LIST_HEAD(run_queue);	/* who became runnable last stands first */
static unsigned long epoch;
static long epoch_ticks;	/* ticks used by tasks in this epoch */

int nr_running;
unsigned long nr_switches;
struct kernel_stat kstat;
unsigned long avenrun[3];

void set_task_work(struct task_struct *p, unsigned long mask)
{
	unsigned long flags;

	spin_lock_irqsave(&runqueue_lock, flags);
	p->work |= mask;
	spin_unlock_irqrestore(&runqueue_lock, flags);
}

void clear_task_work(struct task_struct *p, unsigned long mask)
{
	unsigned long flags;

	spin_lock_irqsave(&runqueue_lock, flags);
	p->work &= ~mask;
	spin_unlock_irqrestore(&runqueue_lock, flags);
}

/* Gives p what the epochs that passed without it would have given. */
static inline void catch_up(struct task_struct *p)
{
	unsigned long missed = epoch - p->epoch;

	p->epoch = epoch;
	if (missed > EPOCHS_MAX)
		missed = EPOCHS_MAX;
	while (missed--)
		p->counter = p->counter / 2 + p->priority;
}

static inline void enqueue(struct task_struct *p)
{
	list_add(&p->run_list, &run_queue);
	nr_running++;
}

static inline void dequeue(struct task_struct *p)
{
	list_del_init(&p->run_list);
	nr_running--;
}

static inline bool queued(const struct task_struct *p)
{
	return p->run_list.next != &p->run_list;
}

/* Every runnable task has used up its slice. */
static void new_epoch(void)
{
	struct task_struct *p;

	epoch++;
	epoch_ticks = 0;
	list_for_each_entry(p, &run_queue, run_list) {
		p->counter = p->counter / 2 + p->priority;
		p->epoch = epoch;
	}
}

/* The runnable task with most ticks left; among equals the first of the list. */
static struct task_struct *pick_next(void)
{
	struct task_struct *p, *best;
	long most;

	if (list_empty(&run_queue))
		return &init_task;
	for (;;) {
		most = 0;
		best = NULL;
		list_for_each_entry(p, &run_queue, run_list) {
			if (p->counter > most) {
				most = p->counter;
				best = p;
			}
		}
		if (best)
			return best;
		new_epoch();
	}
}

/* After a switch, on the new task's stack: a dead predecessor can go now. */
static inline void finish_switch(struct task_struct *prev)
{
	if (unlikely(prev->state & (TASK_ZOMBIE | TASK_DEAD)))
		put_task_struct(prev);
}

/*
 * Interrupts are off. A kernel thread has no address space of its own: it borrows whatever is
 * loaded, which it pins with mm_count.
 */
static void context_switch(struct task_struct *prev, struct task_struct *next)
{
	struct mm_struct *old = prev->active_mm;

	nr_switches++;
	if (next->mm) {
		switch_mm(old, next->mm);
	} else {
		next->active_mm = old;
		old->mm_count++;
	}
	if (!prev->mm) {
		prev->active_mm = NULL;
		mmdrop(old);
	}
	finish_switch(switch_to(prev, next));
}

void schedule(void)
{
	struct task_struct *prev = current, *next;
	unsigned long *switches = &prev->nivcsw;
	unsigned long flags;

	if (unlikely(in_interrupt()))
		panic("%s (%d) sleeps in an interrupt", prev->comm, prev->pid);
	spin_lock_irqsave(&runqueue_lock, flags);
	prev->work &= ~_TIF_NEED_RESCHED;
	if (prev->state == TASK_INTERRUPTIBLE && signal_pending(prev))
		prev->state = TASK_RUNNING;
	if (prev->state != TASK_RUNNING) {
		switches = &prev->nvcsw;
		if (queued(prev))
			dequeue(prev);
	}
	next = pick_next();
	/* Task 0 itself sleeps only while it brings the drivers up: then the CPU halts here. */
	while (unlikely(next->state != TASK_RUNNING)) {
		safe_halt();
		local_irq_disable();
		next = pick_next();
	}
	if (next != prev) {
		++*switches;
		context_switch(prev, next);
	}
	spin_unlock_irqrestore(&runqueue_lock, flags);
}

void schedule_tail(struct task_struct *prev)
{
	struct task_struct *p = current;

	finish_switch(prev);
	local_irq_enable();
	if (p->set_child_tid)
		put_user(p->pid, p->set_child_tid);
}

/* Goes behind every other runnable task, whatever its counter. */
void yield(void)
{
	struct task_struct *prev = current, *next, *p;
	unsigned long flags;

	if (nr_running < 2)
		return;
	spin_lock_irqsave(&runqueue_lock, flags);
	list_move_tail(&prev->run_list, &run_queue);
	next = NULL;
	list_for_each_entry(p, &run_queue, run_list) {
		if (p->counter > 0) {
			next = p;
			break;
		}
	}
	if (!next || next == prev) {
		new_epoch();
		next = list_first_entry(&run_queue, struct task_struct, run_list);
	}
	prev->work &= ~_TIF_NEED_RESCHED;
	prev->nvcsw++;
	context_switch(prev, next);
	spin_unlock_irqrestore(&runqueue_lock, flags);
}

bool try_to_wake_up(struct task_struct *p, unsigned int mode)
{
	struct task_struct *curr = current;
	unsigned long flags;
	bool woken = false;

	spin_lock_irqsave(&runqueue_lock, flags);
	if (p->state & mode) {
		woken = true;
		p->state = TASK_RUNNING;
		if (p != &init_task && !queued(p)) {
			catch_up(p);
			enqueue(p);
			if (curr == &init_task || p->counter > curr->counter + PREEMPT_MARGIN)
				curr->work |= _TIF_NEED_RESCHED;
		}
	}
	spin_unlock_irqrestore(&runqueue_lock, flags);
	return woken;
}

bool wake_up_process(struct task_struct *p)
{
	return try_to_wake_up(p, TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE | TASK_STOPPED |
					 TASK_KILLABLE);
}

/* The first wake-up of a task just made. It shares what is left of its parent's slice. */
void wake_up_new_task(struct task_struct *p)
{
	unsigned long flags;

	spin_lock_irqsave(&runqueue_lock, flags);
	p->counter = (current->counter + 1) / 2;
	current->counter /= 2;
	p->epoch = epoch;
	p->state = TASK_RUNNING;
	enqueue(p);
	if (!current->counter)
		current->work |= _TIF_NEED_RESCHED;
	spin_unlock_irqrestore(&runqueue_lock, flags);
}

/*
 * What a tick takes off the counter. In a crowd it is more, so that an epoch lasts about
 * EPOCH_TICKS however many tasks there are and whatever they saved up asleep: who has used up his
 * slice waits those 4 seconds, not a minute, behind a fork bomb or a hundred tasks woken at once.
 */
static inline long tick_cost(void)
{
	return unlikely(nr_running > FULL_SLICES) ? nr_running / FULL_SLICES : 1;
}

/*
 * The epoch does not end: tasks wake one after the other, each with a full counter. The task that
 * has stood on the list longest gets as much as a sleeper can have, so that it is its turn.
 */
static void relieve_longest_waiting(void)
{
	struct task_struct *p = list_last_entry(&run_queue, struct task_struct, run_list);

	list_move(&p->run_list, &run_queue);
	if (p == current)
		return;
	p->counter = 2 * p->priority;
	current->work |= _TIF_NEED_RESCHED;
	epoch_ticks -= RELIEF_TICKS;
}

/* Charges the tick that has just passed to the task it interrupted. Interrupts off. */
void scheduler_tick(bool user)
{
	struct task_struct *p = current;

	if (p == &init_task) {
		kstat.idle++;
		return;
	}
	if (user) {
		p->utime++;
		if (p->priority < DEF_PRIORITY)
			kstat.nice++;
		else
			kstat.user++;
	} else {
		p->stime++;
		kstat.system++;
	}
	p->counter -= tick_cost();
	if (p->counter <= 0) {
		p->counter = 0;
		p->work |= _TIF_NEED_RESCHED;
	}
	if (unlikely(++epoch_ticks > EPOCH_TICKS))
		relieve_longest_waiting();
}

/* exp(-5 s / 1, 5, 15 min), as fixed-point fractions with FSHIFT bits. */
static const unsigned long load_decay[3] = { 1884, 2014, 2037 };

/*
 * Called every 5 seconds: the averages move towards the number of tasks that run or wait for a
 * disk.
 */
void calc_load(void)
{
	struct task_struct *p;
	unsigned long active = nr_running;
	int i;

	for_each_process(p) {
		if (p->state == TASK_UNINTERRUPTIBLE && !(p->flags & PF_KTHREAD))
			active++;
	}
	for (i = 0; i < 3; i++)
		avenrun[i] = ((u64)avenrun[i] * load_decay[i] +
			      (u64)active * FIXED_1 * (FIXED_1 - load_decay[i])) >> FSHIFT;
}

void cpu_idle(void)
{
	for (;;) {
		local_irq_disable();
		if (list_empty(&run_queue))
			safe_halt();
		local_irq_enable();
		schedule();
	}
}

void sched_init(void)
{
	INIT_LIST_HEAD(&init_task.run_list);
	init_task.counter = init_task.priority;
}
