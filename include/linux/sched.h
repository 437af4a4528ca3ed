/*
 * Tasks and their scheduling.
 *
 * One kernel stack of 8 KB per task, with task_struct at its foot:
 *
 *	+8192  +------------------+
 *	       |     pt_regs      |  user registers, saved at kernel entry
 *	       +------------------+
 *	       |   kernel stack   |
 *	       |        |         |
 *	       |        v         |
 *	       |                  |
 *	       |   task_struct    |  under 1 KB; an overrun destroys it
 *	    0  +------------------+  THREAD_SIZE aligned: current = sp & ~8191
 *
 * States: a task that can run is on the run list. One that has set another
 * state stays there until its schedule() takes it off, so a wake-up in between
 * only sets TASK_RUNNING again. Task 0 is never on it: it runs when nobody
 * else can. Whoever changes the list, or the state of another task, masks
 * interrupts.
 */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <uapi/linux/sched.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/signal.h>
#include <linux/timer.h>
#include <linux/resource.h>
#include <linux/semaphore.h>
#include <asm/ptrace.h>
#include <asm/processor.h>
#include <asm/current.h>

#define THREAD_SIZE	8192
#define THREAD_ORDER	1		/* pages of the stack: 2^1 */

/* task->state */
#define TASK_RUNNING		0
#define TASK_INTERRUPTIBLE	1
#define TASK_UNINTERRUPTIBLE	2
#define TASK_STOPPED		4
#define TASK_ZOMBIE		8
#define TASK_DEAD		16	/* off all lists, last reference about to go */
#define TASK_KILLABLE		32	/* as TASK_UNINTERRUPTIBLE, but SIGKILL wakes it */

/* task->work: bits looked at, all at once, on the way back to user mode */
#define TIF_SIGPENDING		0
#define TIF_NEED_RESCHED	1
#define TIF_RESTORE_SIGMASK	2	/* saved_sigmask goes back after the handler is set up */
#define _TIF_SIGPENDING		(1 << TIF_SIGPENDING)
#define _TIF_NEED_RESCHED	(1 << TIF_NEED_RESCHED)
#define _TIF_RESTORE_SIGMASK	(1 << TIF_RESTORE_SIGMASK)

/* task->flags */
#define PF_KTHREAD	0x0001		/* never runs in user mode, has no mm */
#define PF_EXITING	0x0002
#define PF_FORKNOEXEC	0x0004		/* has not called exec since fork */
#define PF_MEMALLOC	0x0008		/* reclaims: may use the last pages, waits for no lock */
#define PF_USEDFPU	0x0020		/* FPU registers hold this task's state */
#define PF_USEDMATH	0x0040		/* has used the FPU since exec */

#define DEF_PRIORITY	20		/* ticks of a full time slice at nice 0 */
#define NGROUPS		32

struct mm_struct;
struct fs_struct;
struct files_struct;
struct sem_undo_list;
struct tty_struct;
struct file;

/* Signal actions, shared by tasks cloned with CLONE_SIGHAND. */
struct sighand_struct {
	int count;
	struct k_sigaction action[_NSIG];
};

/* What the threads of one process share. */
struct signal_struct {
	int count;			/* live threads plus references */
	int live;			/* threads that have not begun to exit */

	struct sigpending shared_pending;
	wait_queue_head_t wait_chldexit;	/* wait4() sleeps here */

	/* group exit and group stop */
	bool group_exit;
	int group_exit_code;		/* wait status */
	struct task_struct *group_exit_task;	/* exec waits for the others to go */
	int group_stop_count;		/* threads that must still stop */
	int stop_code;			/* signal that stopped the group, 0: running */
	bool stop_unwaited;		/* WUNTRACED has not reported the stop yet */
	bool cont_unwaited;		/* WCONTINUED has not reported the SIGCONT yet */
	unsigned long group_signals;	/* signals to the process group so far: fork asks */
	bool unkillable;		/* init: default actions that kill or stop are dropped */

	/* job control */
	pid_t pgrp;
	pid_t session;
	bool leader;			/* session leader */
	bool tty_old_pgrp_valid;
	struct tty_struct *tty;		/* controlling terminal or NULL */

	/* interval timers: real (a kernel timer), virtual and prof (ticks) */
	struct timer_list real_timer;
	unsigned long it_real_incr;	/* jiffies */
	unsigned long it_virt_value, it_virt_incr;
	unsigned long it_prof_value, it_prof_incr;

	/* times of threads and children already gone, in jiffies */
	unsigned long utime, stime, cutime, cstime;
	unsigned long min_flt, maj_flt, cmin_flt, cmaj_flt;
	unsigned long nvcsw, nivcsw, cnvcsw, cnivcsw;
	unsigned long maxrss, cmaxrss;	/* pages */
	unsigned long cpu_ticks;	/* of all threads: what RLIMIT_CPU limits */

	struct rlimit rlim[RLIM_NLIMITS];
};

struct task_struct {
	/* looked at by entry.S: offsets in asm-offsets.h, generated */
	volatile unsigned long work;	/* TIF_ bits */
	volatile long state;
	unsigned long flags;		/* PF_ */

	/* scheduling; state, work and these guarded by sched.c's runqueue_lock */
	long counter;			/* ticks left of this slice */
	long priority;			/* ticks of a full slice: 20 - nice, at least 1 */
	struct list_head run_list;
	unsigned long epoch;		/* recharges of the counters it has had: sched.c */

	struct mm_struct *mm;		/* NULL for kernel threads */
	struct mm_struct *active_mm;	/* whose page tables are loaded */

	/* identity */
	pid_t pid, tgid;
	char comm[16];
	struct task_struct *group_leader;
	struct task_struct *real_parent;	/* as getppid() says */
	struct task_struct *parent;
	struct list_head children;	/* of sibling; all threads' children hang on the leader */
	struct list_head sibling;
	struct list_head thread_group;	/* ring of the threads of a process */
	struct list_head tasks;		/* all thread-group leaders, from init_task */
	struct hlist_node pid_link;	/* find_task_by_pid() */
	int exit_code;			/* wait status */
	int exit_signal;		/* to the parent; -1 for a thread, 0 none */
	struct task_struct *vfork_child_of;	/* parent waiting in vfork, or NULL */
	bool vfork_done;
	int usage;			/* references to this struct; put_task_struct() */

	uid_t uid, euid, suid, fsuid;
	gid_t gid, egid, sgid, fsgid;
	int ngroups;
	gid_t groups[NGROUPS];
	struct user_struct *user;	/* counts the processes of a uid */

	struct fs_struct *fs;		/* root, pwd, umask */
	struct files_struct *files;
	struct signal_struct *signal;
	struct sighand_struct *sighand;
	struct sem_undo_list *sem_undo;	/* SEM_UNDO operations; NULL: none yet */
	sigset_t blocked;
	sigset_t awaited;		/* by sigtimedwait(): queued even if ignored */
	sigset_t saved_sigmask;		/* see TIF_RESTORE_SIGMASK */
	struct sigpending pending;
	unsigned long sas_ss_sp, sas_ss_size;

	/* accounting, in jiffies */
	unsigned long utime, stime;
	u64 start_time;			/* ns since boot */
	unsigned long min_flt, maj_flt;
	unsigned long nvcsw, nivcsw;	/* switches: voluntary, involuntary */

	int __user *set_child_tid;
	int __user *clear_child_tid;
	void __user *robust_list;
	int oom_score_adj;		/* -1000..1000; a process' threads have the same */
	int pdeath_signal;		/* sent to this task when its parent dies, 0: none */
	bool dumpable;			/* PR_SET_DUMPABLE: its memory is open to its user */
	int personality;
	bool did_exec;

	/* nanosleep, poll and futex resume here after SIGCONT */
	struct restart_block {
		long (*fn)(struct restart_block *);
		unsigned long arg[4];
		u64 expires;
	} restart;

	struct thread_struct thread;	/* machine state: <asm/processor.h> */
};

/* One per uid with processes; guards RLIMIT_NPROC. */
struct user_struct {
	struct hlist_node link;
	uid_t uid;
	int count;			/* references */
	int processes;
	int sigpending;			/* sigqueue entries: RLIMIT_SIGPENDING */
	int locks;			/* on files: RLIMIT_LOCKS */
	unsigned long locked_shm;	/* pages of segments, SHM_LOCK: RLIMIT_MEMLOCK */
};
/* Boot: the cache and root's entry in the hash. */
void uid_init(void);
extern struct user_struct root_user;
struct user_struct *alloc_uid(uid_t uid);	/* finds or makes; NULL: no memory */
void get_uid(struct user_struct *user);		/* one more reference; interrupt-safe */
void free_uid(struct user_struct *user);	/* one less; interrupt-safe */
int switch_uid(uid_t uid);	/* moves current to another user_struct; -EAGAIN, -ENOMEM */

/*
 * Guards the lists and families of tasks and the pid hash: signals from interrupts walk them.
 * Process context, which alone changes them, may walk them without it.
 */
extern spinlock_t tasklist_lock;
extern struct task_struct init_task;	/* task 0, on its own static stack */
extern struct task_struct *child_reaper;	/* task 1 */
extern int nr_threads;		/* tasks alive, zombies too */
extern int max_threads;		/* limit, from the size of memory */
extern int nr_running;		/* tasks on the run list */
extern pid_t last_pid;		/* given out last */
extern unsigned long total_forks;
extern unsigned long nr_switches;
#define FSHIFT		11		/* bits of fraction in a load average */
#define FIXED_1		(1 << FSHIFT)
extern unsigned long avenrun[3];	/* load averages of 1, 5 and 15 minutes */

/* Ticks since boot, by what the CPU was doing. For /proc/stat. */
struct kernel_stat {
	unsigned long user, nice, system, idle;
};
extern struct kernel_stat kstat;

#define set_current_state(s)	(current->state = (s))

#define for_each_process(p) \
	list_for_each_entry(p, &init_task.tasks, tasks)	/* leaders, without task 0 */

/* The threads t of the process whose leader is p; leave it with goto or return. */
#define for_each_thread(p, t)						\
	for (t = (p); t; t = next_thread(t) == (p) ? NULL : next_thread(t))
#define next_thread(t)	list_entry((t)->thread_group.next, struct task_struct, thread_group)

/* Has the task a signal to look at? A sleep that signals end must end. */
static inline bool signal_pending(const struct task_struct *p)
{
	return p->work & _TIF_SIGPENDING;
}

/* SIGKILL waits, for the thread or for its process: the task should unwind and die. */
static inline bool fatal_signal_pending(const struct task_struct *p)
{
	return (p->pending.signal | p->signal->shared_pending.signal) & sigmask(SIGKILL);
}

/* Shall current give the CPU away? */
static inline bool need_resched(void)
{
	return current->work & _TIF_NEED_RESCHED;
}

/* Is it the thread that gives the process its number? */
static inline bool thread_group_leader(const struct task_struct *p)
{
	return p->pid == p->tgid;
}

/* True for the leader of a process whose threads have all ended: a zombie to wait for. */
static inline bool process_dead(const struct task_struct *leader)
{
	return leader->state == TASK_ZOMBIE && leader->signal->count == 1;
}

/* current's soft limit; RLIMIT_ constants. */
static inline unsigned long rlimit(int which)
{
	return current->signal->rlim[which].rlim_cur;
}

/* Set and clear bits of task->work from process context or interrupts. */
void set_task_work(struct task_struct *p, unsigned long mask);
void clear_task_work(struct task_struct *p, unsigned long mask);

/* May current do what only root may? */
static inline bool capable_root(void)
{
	return current->euid == 0;
}
int in_group_p(gid_t gid);	/* fsgid or a supplementary group of current */

/* Gives the CPU away; returns when this task runs again. Interrupts on or off: kept. */
void schedule(void);
/* May reschedule now if a tick asked for it: put into long loops. */
static inline void cond_resched(void)
{
	if (need_resched())
		schedule();
}
/* Makes a sleeping task runnable; interrupt-safe. Returns true if it was asleep in `mode`. */
bool try_to_wake_up(struct task_struct *p, unsigned int mode);
bool wake_up_process(struct task_struct *p);	/* from any sleep */
void signal_wake_up(struct task_struct *p, bool fatal);	/* sets TIF_SIGPENDING, wakes */
/* The first wake-up of a task just made: it gets half of what is left of current's slice. */
void wake_up_new_task(struct task_struct *p);
/* Boot: task 0 is a task like others from now on. */
void sched_init(void);
void scheduler_tick(bool user);		/* from do_timer() */
void calc_load(void);			/* from do_timer(), every LOAD_FREQ ticks */
void yield(void);			/* lets every other runnable task go first */
/* Task 0's life after boot: halts whenever nobody can run. */
void cpu_idle(void) __noreturn;
/*
 * A new task's first steps, called by ret_from_fork with what switch_to() returned, interrupts
 * off: ends the switch, stores set_child_tid.
 */
void schedule_tail(struct task_struct *prev);
void fork_init(void);			/* caches, max_threads */

/*
 * Creates a task. regs: the registers the child starts with (its return value 0);
 * stack 0: the parent's. Returns the child's pid, or -EAGAIN (limits), -ENOMEM, -EINVAL.
 */
long do_fork(unsigned long clone_flags, unsigned long stack, struct pt_regs *regs,
	     int __user *parent_tid, int __user *child_tid, unsigned long tls);
/* A task that runs fn(arg) in the kernel for ever, or until fn returns. Returns pid or -ERRNO. */
pid_t kernel_thread(int (*fn)(void *), void *arg, const char *name);

void do_exit(long code) __noreturn;	/* code: wait status */
/* Ends all threads of current's process; code: wait status. */
void do_group_exit(int code) __noreturn;
/* Resources p's process has used (RUSAGE_SELF, _CHILDREN), a thread, or self and children. */
#define RUSAGE_BOTH	-2
void get_rusage(struct task_struct *p, int who, struct rusage *ru);
int unshare_sighand(void);		/* exec: actions of its own; 0 or -ENOMEM */
/* Takes a dead task off every list; the struct lives as long as references. Never sleeps. */
void release_task(struct task_struct *p);
void free_task(struct task_struct *p);	/* last reference gone */
/* One more reference. */
static inline void get_task_struct(struct task_struct *p)
{
	p->usage++;
}
/* Drops a reference; the last frees the struct and the stack. Never sleeps. */
static inline void put_task_struct(struct task_struct *p)
{
	if (--p->usage == 0)
		free_task(p);
}

struct task_struct *find_task_by_pid(pid_t pid);	/* NULL: none; no reference taken */
#define PID_MAX		32768		/* numbers lie below */
pid_t alloc_pid(void);					/* or -EAGAIN */
/* find_task_by_pid() finds p from now on, or no longer. tasklist_lock held. */
void attach_pid(struct task_struct *p);
void detach_pid(struct task_struct *p);

/* Kernel stack of a task and the user registers at its top. */
static inline struct pt_regs *task_pt_regs(struct task_struct *p)
{
	return (struct pt_regs *)((char *)p + THREAD_SIZE) - 1;
}
#define current_pt_regs()	task_pt_regs(current)

/* Memory of a task; in kernel/fork_mm.c. */
struct mm_struct *get_task_mm(struct task_struct *p);	/* NULL or a reference; mmput() it */
int copy_mm(unsigned long clone_flags, struct task_struct *p);	/* 0 or -ENOMEM */
/* Boot: the caches of mm_struct and VMAs. */
void mm_init_cache(void);
/*
 * p, which is current, stops using its address space (exit, exec): robust futexes, clear_child_tid,
 * and the parent that waits in vfork().
 */
void mm_release(struct task_struct *p);

/* Signals; in kernel/signal.c, kernel/fork.c and kernel/exit.c. */
void exit_signals(struct task_struct *p);	/* release_task(): drops signal and sighand */
void zap_other_threads(struct task_struct *p);	/* SIGKILL to the other threads of p */
/* Tells the parent of the group leader p of a death; true: nobody will wait, reap it now. */
bool do_notify_parent(struct task_struct *p, int sig);
void do_notify_parent_stop(struct task_struct *p, int why);	/* CLD_STOPPED, CLD_CONTINUED */
/* A group stop need not wait for current any more; the last thread's call tells the parent. */
void count_stopped_thread(struct signal_struct *sig);

/*
 * fs/ and files of a task; in fs/file_table.c. exit_: the task's references go, and with the last
 * of them the thing itself; may sleep. copy_: shares them with the new task p, or gives it copies.
 */
void exit_files(struct task_struct *p);
void exit_fs(struct task_struct *p);
int copy_files(unsigned long clone_flags, struct task_struct *p);	/* 0 or -ENOMEM */
int copy_fs(unsigned long clone_flags, struct task_struct *p);

/* Releases a controlling terminal when its session leader exits; chr_drv/tty_io.c. */
void disassociate_ctty(bool on_exit);

#endif
