/*
 * fork, vfork, clone: making a task.
 *
 * The new task begins as a copy of the task_struct of its maker; then each of its
 * resources is either shared (the CLONE_ flag is set: one more count) or
 * copied. The machine part, copy_thread(), gives it a kernel stack on which its
 * first step is the return from the system call with the value 0.
 *
 * 0.12 had 64 slots of task[] and copied everything always. Here the number is limited by
 * memory, the address space is copied on write (fork_mm.c), and the same code makes threads.
 */
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/mm.h>
#include <linux/time.h>
#include <linux/string.h>
#include <linux/err.h>
#include <linux/ipc.h>
#include <linux/spinlock.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

#define TASK_CACHE_MAX		16	/* free stacks kept at hand */
#define ROOT_RESERVE		8	/* tasks only root may still make */
#define MIN_MAX_THREADS		64
#define INIT_PID		1	/* of the first and only task that task 0 forks */
#define CLONE_ARGS_SIZE_VER0	64	/* the smallest struct clone_args */

/* What clone may be asked for; the rest would be name spaces and tracing. */
#define CLONE_NOT_SUPPORTED	(0x00001000 | 0x00020000 | 0x7c000000 | 0x02000000)

spinlock_t tasklist_lock = SPIN_LOCK_UNLOCKED;
struct task_struct *child_reaper;
int nr_threads;
int max_threads;
unsigned long total_forks;
unsigned long nr_stack_pages;

static struct kmem_cache *signal_cachep, *sighand_cachep;

static struct task_struct *task_cache[TASK_CACHE_MAX];
static int task_cache_nr;

/* Two contiguous pages for stack and struct, preferably ones just given back. */
static struct task_struct *alloc_task_struct(void)
{
	struct task_struct *p;

	if (task_cache_nr)
		return task_cache[--task_cache_nr];
	p = (struct task_struct *)__get_free_pages(GFP_KERNEL, THREAD_ORDER);
	if (p) {
		SetPageStack(virt_to_page(p));
		nr_stack_pages += 1UL << THREAD_ORDER;
	}
	return p;
}

static void free_task_struct(struct task_struct *p)
{
	nr_stack_pages -= 1UL << THREAD_ORDER;
	free_pages((unsigned long)p, THREAD_ORDER);
}

void free_task(struct task_struct *p)
{
	if (task_cache_nr < TASK_CACHE_MAX)
		task_cache[task_cache_nr++] = p;
	else
		free_task_struct(p);
}

/* Gives the free stacks back when memory is short. */
static unsigned long shrink_task_cache(unsigned long nr, gfp_t gfp)
{
	(void)gfp;
	while (nr-- && task_cache_nr)
		free_task_struct(task_cache[--task_cache_nr]);
	return task_cache_nr;
}

static struct shrinker task_shrinker = { .shrink = shrink_task_cache };

static int copy_sighand(unsigned long clone_flags, struct task_struct *p)
{
	struct sighand_struct *sighand;

	if (clone_flags & CLONE_SIGHAND) {
		p->sighand->count++;
		return 0;
	}
	sighand = kmem_cache_alloc(sighand_cachep, GFP_KERNEL);
	if (!sighand)
		return -ENOMEM;
	memcpy(sighand, current->sighand, sizeof(*sighand));
	sighand->count = 1;
	p->sighand = sighand;
	return 0;
}

static int copy_signal(unsigned long clone_flags, struct task_struct *p)
{
	struct signal_struct *sig, *old = current->signal;

	if (clone_flags & CLONE_THREAD) {
		old->count++;
		old->live++;
		return 0;
	}
	sig = kmem_cache_zalloc(signal_cachep, GFP_KERNEL);
	if (!sig)
		return -ENOMEM;
	sig->count = 1;
	sig->live = 1;
	init_sigpending(&sig->shared_pending);
	init_waitqueue_head(&sig->wait_chldexit);
	init_timer(&sig->real_timer);
	memcpy(sig->rlim, old->rlim, sizeof(sig->rlim));
	p->signal = sig;
	return 0;
}

static void put_sighand(struct sighand_struct *sighand)
{
	if (--sighand->count == 0)
		kmem_cache_free(sighand_cachep, sighand);
}

void exit_signals(struct task_struct *p)
{
	struct signal_struct *sig = p->signal;

	flush_sigqueue(&p->pending);
	put_sighand(p->sighand);
	p->sighand = NULL;		/* /proc may hold the struct a little longer */
	p->signal = NULL;
	if (--sig->count == 0) {
		del_timer(&sig->real_timer);
		flush_sigqueue(&sig->shared_pending);
		kmem_cache_free(signal_cachep, sig);
	}
}

int unshare_sighand(void)
{
	struct sighand_struct *new, *old = current->sighand;

	if (old->count == 1)
		return 0;
	new = kmem_cache_alloc(sighand_cachep, GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	memcpy(new, old, sizeof(*new));
	new->count = 1;
	current->sighand = new;
	put_sighand(old);
	return 0;
}

/* Which combinations of flags make sense: clone(2). */
static int check_flags(unsigned long flags)
{
	if (flags & CLONE_NOT_SUPPORTED)
		return -EINVAL;
	if ((flags & CLONE_THREAD) && !(flags & CLONE_SIGHAND))
		return -EINVAL;
	if ((flags & CLONE_SIGHAND) && !(flags & CLONE_VM))
		return -EINVAL;
	if ((flags & CLONE_PARENT) && current->signal->unkillable)
		return -EINVAL;		/* init has no parent that could wait */
	if ((flags & CSIGNAL) > _NSIG)
		return -EINVAL;
	return 0;
}

/* May current make one more task? */
static int check_limits(void)
{
	bool root = current->uid == 0 || capable_root();

	if (nr_threads >= max_threads - (root ? 0 : ROOT_RESERVE))
		return -EAGAIN;
	if (!root && (unsigned long)current->user->processes >= rlimit(RLIMIT_NPROC))
		return -EAGAIN;
	return 0;
}

/* The fields in which a task differs from the one it was copied from. */
static void init_new_task(struct task_struct *p, unsigned long clone_flags,
			  int __user *child_tid)
{
	p->work = 0;
	p->state = TASK_UNINTERRUPTIBLE;
	p->flags &= ~(PF_KTHREAD | PF_USEDFPU | PF_EXITING | PF_MEMALLOC);
	p->flags |= PF_FORKNOEXEC;
	p->usage = 2;		/* one until it is released, one until it has left the CPU */
	p->vfork_child_of = NULL;
	p->vfork_done = false;
	p->utime = p->stime = 0;
	p->min_flt = p->maj_flt = 0;
	p->nvcsw = p->nivcsw = 0;
	p->start_time = ktime_get();
	p->did_exec = false;
	p->pdeath_signal = 0;
	p->robust_list = NULL;
	p->restart.fn = NULL;
	p->set_child_tid = (clone_flags & CLONE_CHILD_SETTID) ? child_tid : NULL;
	p->clear_child_tid = (clone_flags & CLONE_CHILD_CLEARTID) ? child_tid : NULL;
	init_sigpending(&p->pending);
	INIT_LIST_HEAD(&p->run_list);
	INIT_LIST_HEAD(&p->children);
	INIT_LIST_HEAD(&p->sibling);
	INIT_LIST_HEAD(&p->thread_group);
	INIT_LIST_HEAD(&p->tasks);
	if ((clone_flags & (CLONE_VM | CLONE_VFORK)) == CLONE_VM)
		p->sas_ss_sp = p->sas_ss_size = 0;
}

/* Files, signals, memory; undone in reverse by the same function. */
static int copy_resources(unsigned long clone_flags, struct task_struct *p)
{
	int err = copy_files(clone_flags, p);

	if (err)
		return err;
	err = copy_fs(clone_flags, p);
	if (err)
		goto out_files;
	err = copy_sighand(clone_flags, p);
	if (err)
		goto out_fs;
	err = copy_signal(clone_flags, p);
	if (err)
		goto out_sighand;
	err = copy_semundo(clone_flags, p);
	if (err)
		goto out_signal;
	err = copy_mm(clone_flags, p);
	if (err)
		goto out_semundo;
	return 0;

out_semundo:
	exit_sem(p);
out_signal:
	if (clone_flags & CLONE_THREAD)
		p->signal->live--;
	exit_signals(p);
	goto out_fs;
out_sighand:
	put_sighand(p->sighand);
out_fs:
	exit_fs(p);
out_files:
	exit_files(p);
	return err;
}

/* Gives p its number and hangs it into the family, the thread group and the list of all. */
static void link_task(struct task_struct *p, unsigned long clone_flags, pid_t pid)
{
	unsigned long flags;

	p->pid = pid;
	/* These may have changed while the copy was made. */
	p->signal->pgrp = current->signal->pgrp;
	p->signal->session = current->signal->session;
	p->signal->tty = current->signal->tty;
	spin_lock_irqsave(&tasklist_lock, flags);
	if (clone_flags & CLONE_THREAD) {
		p->tgid = current->tgid;
		p->group_leader = current->group_leader;
		p->exit_signal = -1;
		list_add_tail(&p->thread_group, &p->group_leader->thread_group);
	} else {
		p->tgid = pid;
		p->group_leader = p;
		/* A sibling ends as current will: its parent has chosen that, and may be root. */
		p->exit_signal = clone_flags & CLONE_PARENT ? current->group_leader->exit_signal
							    : (int)(clone_flags & CSIGNAL);
		list_add_tail(&p->tasks, &init_task.tasks);
		/* Only now, when who frees the terminal or changes the group finds p as well. */
		p->signal->pgrp = current->signal->pgrp;
		p->signal->session = current->signal->session;
		p->signal->tty = current->signal->tty;
	}
	if (clone_flags & (CLONE_PARENT | CLONE_THREAD))
		p->real_parent = current->real_parent;
	else
		p->real_parent = current->group_leader;
	p->parent = p->real_parent;
	if (!(clone_flags & CLONE_THREAD))
		list_add_tail(&p->sibling, &p->parent->children);
	attach_pid(p);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	nr_threads++;
	total_forks++;
}

/*
 * A copy of current that has not run yet, with every resource but the machine state; or ERR_PTR.
 * For both programs and kernel threads.
 */
static struct task_struct *copy_task(unsigned long clone_flags, int __user *child_tid)
{
	struct task_struct *p;
	int err;

	err = check_limits();
	if (err)
		return ERR_PTR(err);
	p = alloc_task_struct();
	if (!p)
		return ERR_PTR(-ENOMEM);
	memcpy(p, current, sizeof(*p));
	init_new_task(p, clone_flags, child_tid);
	get_uid(p->user);
	p->user->processes++;
	err = copy_resources(clone_flags, p);
	if (err) {
		p->user->processes--;
		free_uid(p->user);
		free_task(p);
		return ERR_PTR(err);
	}
	return p;
}

/* Undoes copy_task(). */
static void drop_task(struct task_struct *p, unsigned long clone_flags)
{
	if (p->mm)
		mmput(p->mm);
	exit_sem(p);
	if (clone_flags & CLONE_THREAD)
		p->signal->live--;
	exit_signals(p);
	exit_fs(p);
	exit_files(p);
	p->user->processes--;
	free_uid(p->user);
	free_task(p);
}

/*
 * vfork: sleeps until the child has left our memory, or SIGKILL: the child may be a thread of ours
 * whose exec waits for our end.
 */
static void wait_for_vfork_done(struct task_struct *p)
{
	for (;;) {
		set_current_state(TASK_KILLABLE);
		if (p->vfork_done)
			break;
		if (fatal_signal_pending(current)) {
			p->vfork_child_of = NULL;
			break;
		}
		schedule();
	}
	set_current_state(TASK_RUNNING);
	put_task_struct(p);
}

/*
 * Has a signal come, while memory was slept for, that the new task must not miss? One to our
 * process group; or, when it is a thread, one that has begun to stop or to end this process.
 */
static bool missed_signal(unsigned long clone_flags, unsigned long group_signals)
{
	struct signal_struct *sig = current->signal;

	return sig->group_signals != group_signals || fatal_signal_pending(current) ||
	       ((clone_flags & CLONE_THREAD) && sig->group_stop_count > 0);
}

/* Makes the child and links it; or ERR_PTR. -ERESTARTNOINTR: signals must be looked at first. */
static struct task_struct *copy_process(unsigned long clone_flags, unsigned long stack,
					struct pt_regs *regs, int __user *child_tid,
					unsigned long tls)
{
	unsigned long group_signals = current->signal->group_signals;
	struct task_struct *p;
	pid_t pid;
	int err;

	p = copy_task(clone_flags, child_tid);
	if (IS_ERR(p))
		return p;
	err = copy_thread(clone_flags, stack, tls, p, regs);
	if (err)
		goto out_drop;
	err = -ERESTARTNOINTR;
	if (missed_signal(clone_flags, group_signals))
		goto out_thread;
	pid = current->pid ? alloc_pid() : INIT_PID;
	if (pid < 0) {
		err = pid;
		goto out_thread;
	}
	link_task(p, clone_flags, pid);
	return p;

out_thread:
	exit_thread(p);
out_drop:
	drop_task(p, clone_flags);
	return ERR_PTR(err);
}

long do_fork(unsigned long clone_flags, unsigned long stack, struct pt_regs *regs,
	     int __user *parent_tid, int __user *child_tid, unsigned long tls)
{
	struct task_struct *p;
	pid_t pid;
	int err;

	err = check_flags(clone_flags);
	if (err)
		return err;
	/* A signal to the process group must find the child or be seen before it exists. */
	do {
		recalc_sigpending();
		if (signal_pending(current))
			return -ERESTARTNOINTR;
		p = copy_process(clone_flags, stack, regs, child_tid, tls);
	} while (p == ERR_PTR(-ERESTARTNOINTR));
	if (IS_ERR(p))
		return PTR_ERR(p);
	pid = p->pid;
	if (pid == INIT_PID) {
		child_reaper = p;
		p->signal->unkillable = true;
	}
	if (clone_flags & CLONE_PARENT_SETTID)
		put_user(pid, parent_tid);
	if (clone_flags & CLONE_VFORK) {
		p->vfork_child_of = current;
		get_task_struct(p);
	}
	wake_up_new_task(p);
	if (clone_flags & CLONE_VFORK)
		wait_for_vfork_done(p);
	return pid;
}

pid_t kernel_thread(int (*fn)(void *), void *arg, const char *name)
{
	unsigned long flags = CLONE_VM | CLONE_FS | CLONE_FILES | SIGCHLD;
	struct task_struct *p;
	pid_t pid;
	int err;

	p = copy_task(flags, NULL);
	if (IS_ERR(p))
		return PTR_ERR(p);
	err = copy_kernel_thread(p, fn, arg);
	if (err)
		goto out_drop;
	pid = alloc_pid();
	if (pid < 0) {
		err = pid;
		goto out_drop;
	}
	p->flags |= PF_KTHREAD;
	p->blocked = ~0ULL;
	strlcpy(p->comm, name, sizeof(p->comm));
	link_task(p, flags, pid);
	wake_up_new_task(p);
	return pid;

out_drop:
	drop_task(p, flags);
	return err;
}

long sys_fork(void)
{
	return do_fork(SIGCHLD, 0, current_pt_regs(), NULL, NULL, 0);
}

long sys_vfork(void)
{
	return do_fork(CLONE_VFORK | CLONE_VM | SIGCHLD, 0, current_pt_regs(), NULL, NULL, 0);
}

long sys_clone(unsigned long flags, unsigned long stack, int __user *parent_tid,
	       unsigned long tls, int __user *child_tid)
{
	return do_fork(flags, stack, current_pt_regs(), parent_tid, child_tid, tls);
}

/*
 * clone3: the arguments in a structure that may grow. A longer one from a newer program is
 * understood as long as what we do not know is zero.
 */
long sys_clone3(struct clone_args __user *uargs, size_t size)
{
	struct clone_args args;
	const char __user *rest = (const char __user *)uargs + sizeof(args);
	unsigned long flags, stack;
	char c;

	if (size < CLONE_ARGS_SIZE_VER0)
		return -EINVAL;
	if (size > PAGE_SIZE)
		return -E2BIG;
	if (copy_from_user(&args, uargs, sizeof(args)))
		return -EFAULT;
	for (; rest < (const char __user *)uargs + size; rest++) {
		if (get_user(c, rest))
			return -EFAULT;
		if (c)
			return -E2BIG;
	}
	if ((args.flags >> 32) || (args.flags & CSIGNAL) || args.exit_signal > _NSIG)
		return -EINVAL;
	if ((args.flags & (CLONE_THREAD | CLONE_PARENT)) && args.exit_signal)
		return -EINVAL;
	if (!args.stack != !args.stack_size || args.stack + args.stack_size > TASK_SIZE)
		return -EINVAL;
	flags = (unsigned long)args.flags | (unsigned long)args.exit_signal;
	stack = args.stack ? args.stack + args.stack_size : 0;
	return do_fork(flags, stack, current_pt_regs(),
		       (int __user *)(unsigned long)args.parent_tid,
		       (int __user *)(unsigned long)args.child_tid, args.tls);
}

long sys_set_tid_address(int __user *tidptr)
{
	current->clear_child_tid = tidptr;
	return current->pid;
}

/* A task, with its page tables and a little memory, takes about eight stacks' worth at least. */
void fork_init(void)
{
	max_threads = totalram_pages / ((1 << THREAD_ORDER) * 8);
	if (max_threads < MIN_MAX_THREADS)
		max_threads = MIN_MAX_THREADS;
	init_task.signal->rlim[RLIMIT_NPROC].rlim_cur = max_threads / 2;
	init_task.signal->rlim[RLIMIT_NPROC].rlim_max = max_threads / 2;
	signal_cachep = kmem_cache_create("signal_cache", sizeof(struct signal_struct), 0,
					  SLAB_PANIC, NULL);
	sighand_cachep = kmem_cache_create("sighand_cache", sizeof(struct sighand_struct), 0,
					   SLAB_PANIC, NULL);
	register_shrinker(&task_shrinker);
	mm_init_cache();
	uid_init();
	signals_init();
}
