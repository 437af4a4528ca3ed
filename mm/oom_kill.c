/*
 * Out of memory: nothing more can be reclaimed, so a process has to go. The
 * one whose death frees most is chosen; /proc/PID/oom_adj shifts the choice, -17
 * exempts. init and kernel threads are never chosen.
 */
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/swap.h>

#define OOM_DISABLE	(-17)

static unsigned long badness(struct task_struct *p)
{
	unsigned long points;

	if (!p->mm || p->oom_adj == OOM_DISABLE || p == child_reaper)
		return 0;
	points = p->mm->rss + 1;
	if (p->euid == 0)
		points /= 16;		/* else a user who fills pipes gets root's shell killed */
	if (p->oom_adj > 0)
		points = min(points, ~0UL >> p->oom_adj) << p->oom_adj;
	else if (p->oom_adj < 0)
		points >>= -p->oom_adj;
	return points ? points : 1;
}

static struct task_struct *select_bad_process(void)
{
	struct task_struct *p, *chosen = NULL;
	unsigned long most = 0;

	for_each_process(p) {
		unsigned long points = badness(p);

		if (points > most) {
			most = points;
			chosen = p;
		}
	}
	return chosen;
}

/* A task that was told to die gives its memory back soon: no second victim until then. */
static bool victim_on_its_way(void)
{
	struct task_struct *p;

	for_each_process(p)
		if (p->mm && p != current && (p->flags & PF_MEMALLOC) && fatal_signal_pending(p))
			return true;
	return false;
}

void out_of_memory(gfp_t gfp, unsigned int order)
{
	struct task_struct *victim;

	if (fatal_signal_pending(current) || victim_on_its_way())
		return;
	victim = select_bad_process();
	if (!victim) {
		show_mem();
		panic("out of memory and no process left to kill");
	}
	vm_events.oom_kill++;
	printk(KERN_ERR "Out of memory: %s (pid %d) wanted 2^%u pages, gfp %x\n",
	       current->comm, current->pid, order, gfp);
	show_mem();
	printk(KERN_ERR "Out of memory: killed process %d (%s), %lu KB resident\n",
	       victim->pid, victim->comm, victim->mm->rss << (PAGE_SHIFT - 10));
	victim->flags |= PF_MEMALLOC;	/* it may use the reserve to get away */
	victim->counter = 2 * DEF_PRIORITY;
	send_sig(SIGKILL, victim);
}
