/*
 * Out of memory: nothing more can be reclaimed, no write is under way that would free something, so
 * a process has to go: the one whose death gives most, with all that share its memory. What it has
 * is counted in pages: resident, in swap, and what the kernel keeps for it, page tables, VMAs,
 * stacks of threads, open files, the bytes in its pipes. /proc/PID/oom_score_adj shifts that by
 * thousandths of all memory, oom_adj is the same on an older scale:
 *
 *	oom_score_adj	-1000 (never) ........ 0 ........ 1000 (first)
 *	oom_adj		  -17 (never) ........ 0 ........ 15
 *
 * The victim may use the last pages of the reserve, and whatever it waits for in the allocator
 * comes at once, so that it gets to its end. Until its memory is back nobody else is killed; if
 * that takes long it hangs on something, and the next one has to go.
 */
#include <linux/mm.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/swap.h>

#define VICTIM_PATIENCE	(3 * HZ)
#define REPORT_MAX	60	/* processes listed */

int panic_on_oom;

static unsigned long last_kill;

/* A process' memory: any thread's, for the leader may have ended before the others. */
static struct mm_struct *process_mm(struct task_struct *p)
{
	struct task_struct *t;

	for_each_thread(p, t)
		if (t->mm)
			return t->mm;
	return NULL;
}

static unsigned long table_pages(const struct mm_struct *mm)
{
	unsigned long addr, n = 0;

	for (addr = 0; addr < mm->task_size; addr += PMD_SIZE)
		n += !pmd_none(*pmd_offset(pgd_offset(mm, addr), addr));
	return n;
}

/* What the kernel keeps for a process, roughly. */
static unsigned long kernel_pages(struct task_struct *p, const struct mm_struct *mm)
{
	unsigned long bytes = mm->map_count * sizeof(struct vm_area_struct);
	struct files_struct *files = NULL;
	struct task_struct *t;

	for_each_thread(p, t) {
		bytes += THREAD_SIZE;
		if (t->files)
			files = t->files;
	}
	if (files)
		bytes += files_memory(files);
	return table_pages(mm) + (bytes >> PAGE_SHIFT);
}

static unsigned long all_pages(void)
{
	return totalram_pages + total_swap_pages;
}

/* In pages; 0: it is not to be killed, else 1 at least. */
static unsigned long badness(struct task_struct *p)
{
	struct mm_struct *mm = process_mm(p);
	long points;

	if (!mm || p->oom_score_adj == OOM_SCORE_ADJ_MIN || p->signal->unkillable)
		return 0;
	points = mm->rss + mm->swap_usage + kernel_pages(p, mm);
	if (p->euid == 0)
		points /= 16;		/* else a user who fills pipes gets root's shell killed */
	points += p->oom_score_adj * (long)(all_pages() / 1000 + 1);
	return max(points, 1L);
}

unsigned long oom_score(struct task_struct *p)
{
	return min(badness(p) * 1000 / all_pages(), 1000UL);
}

int oom_adj_of_score(int score_adj)
{
	int half = score_adj < 0 ? -500 : 500;

	return score_adj == OOM_SCORE_ADJ_MAX ? OOM_ADJUST_MAX : (score_adj * 17 + half) / 1000;
}

int oom_score_of_adj(int adj)
{
	return adj == OOM_ADJUST_MAX ? OOM_SCORE_ADJ_MAX : adj * 1000 / 17;
}

/* ---- choosing ---- */

/* All of it, and not only the thread that leads it. */
static bool is_dying(struct task_struct *p)
{
	return fatal_signal_pending(p) || p->signal->group_exit || !p->signal->live;
}

/* A process that is never to be killed shares the memory: one that is in vfork(), say. */
static bool is_protected(const struct mm_struct *mm)
{
	struct task_struct *p;

	for_each_process(p)
		if (process_mm(p) == mm &&
		    (p->oom_score_adj == OOM_SCORE_ADJ_MIN || p->signal->unkillable))
			return true;
	return false;
}

/* Of equals the youngest: rather a new one than the shell that it was started from. */
static struct task_struct *select_bad_process(void)
{
	struct task_struct *p, *chosen = NULL;
	unsigned long most = 0;

	for_each_process(p) {
		unsigned long points = is_dying(p) ? 0 : badness(p);

		if (points && points >= most && !is_protected(process_mm(p))) {
			most = points;
			chosen = p;
		}
	}
	return chosen;
}

/* Somebody is dying already, and has had less than VICTIM_PATIENCE for it. */
static bool victim_on_its_way(void)
{
	struct task_struct *p;

	if (time_after_eq(jiffies, last_kill + VICTIM_PATIENCE))
		return false;
	for_each_process(p)
		if (is_dying(p) && process_mm(p))
			return true;
	return false;
}

/* ---- the report ---- */

static void list_processes(void)
{
	struct task_struct *p;
	unsigned int n = 0;

	printk(KERN_INFO
	       "  pid   uid   total  resident   swapped  kernel   adj  name (sizes in KB)\n");
	for_each_process(p) {
		struct mm_struct *mm = process_mm(p);

		if (!mm)
			continue;
		if (++n > REPORT_MAX)
			continue;
		printk(KERN_INFO "%5d %5d %7lu %9lu %9lu %7lu %5d  %s\n", p->pid, p->uid,
		       mm->total_vm << 2, mm->rss << 2, mm->swap_usage << 2,
		       kernel_pages(p, mm) << 2, p->oom_score_adj, p->comm);
	}
	if (n > REPORT_MAX)
		printk(KERN_INFO "and %u more\n", n - REPORT_MAX);
}

static void report(gfp_t gfp, unsigned int order)
{
	printk(KERN_ERR "Out of memory: %s (pid %d) wanted 2^%u pages, gfp %x\n",
	       current->comm, current->pid, order, gfp);
	show_mem();
	list_processes();
}

/* ---- killing ---- */

/*
 * The signal is for the process; each thread is to see it at once, in the allocator too, where it
 * opens the reserve (may_use_reserve()). No thread gets PF_MEMALLOC: that would say that it is
 * reclaiming, and must not wait for anybody.
 */
static void kill_process(struct task_struct *p)
{
	struct task_struct *t;

	send_sig(SIGKILL, p);
	for_each_thread(p, t) {
		signal_wake_up(t, true);
		t->counter = 2 * DEF_PRIORITY;
	}
}

/* The memory comes back when the last of those who share it is gone. */
static void kill_all_sharing(struct mm_struct *mm)
{
	struct task_struct *p;

	for_each_process(p)
		if (process_mm(p) == mm)
			kill_process(p);
}

bool out_of_memory(gfp_t gfp, unsigned int order)
{
	struct task_struct *victim;

	if (is_dying(current) || victim_on_its_way() || swap_keep_areas())
		return true;
	victim = select_bad_process();
	if (!victim)
		return false;
	report(gfp, order);
	if (panic_on_oom)
		panic("out of memory, and vm.panic_on_oom is set");
	vm_events.oom_kill++;
	last_kill = jiffies;
	printk(KERN_ERR "Out of memory: killed process %d (%s), %lu KB resident, %lu KB swapped\n",
	       victim->pid, victim->comm, process_mm(victim)->rss << (PAGE_SHIFT - 10),
	       process_mm(victim)->swap_usage << (PAGE_SHIFT - 10));
	kill_all_sharing(process_mm(victim));
	return true;
}
