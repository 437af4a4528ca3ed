/*
 * Task 0, the only one that is not made by fork: its struct and kernel stack are part of the kernel
 * image. It brings the kernel up, forks task 1, and then runs whenever nobody else can.
 */
#include <linux/sched.h>
#include <linux/fs.h>
#include <linux/mm.h>

#define NO_LIMIT	{ RLIM_INFINITY, RLIM_INFINITY }

static struct sighand_struct init_sighand = { .count = 1 };

/* What every process inherits until somebody calls setrlimit(); fork_init() sets NPROC. */
static struct signal_struct init_signals = {
	.count = 1,
	.live = 1,
	.shared_pending = { .list = LIST_HEAD_INIT(init_signals.shared_pending.list) },
	.wait_chldexit = __WAIT_QUEUE_HEAD_INIT(init_signals.wait_chldexit),
	.real_timer = { .entry = LIST_HEAD_INIT(init_signals.real_timer.entry) },
	.rlim = {
		[RLIMIT_CPU] = NO_LIMIT,
		[RLIMIT_FSIZE] = NO_LIMIT,
		[RLIMIT_DATA] = NO_LIMIT,
		[RLIMIT_STACK] = { 8 * 1024 * 1024, RLIM_INFINITY },
		[RLIMIT_CORE] = { 0, RLIM_INFINITY },
		[RLIMIT_RSS] = NO_LIMIT,
		[RLIMIT_NOFILE] = { NR_OPEN, NR_OPEN },
		[RLIMIT_MEMLOCK] = { 64 * 1024, 64 * 1024 },
		[RLIMIT_AS] = NO_LIMIT,
		[RLIMIT_LOCKS] = { 4096, 4096 },
		[RLIMIT_SIGPENDING] = { 1024, 1024 },
		[RLIMIT_RTTIME] = NO_LIMIT,
	},
};

static union {
	struct task_struct task;
	char stack[THREAD_SIZE];
} init_task_union __aligned(THREAD_SIZE) __attribute__((section(".data.init_task"))) = {
	.task = {
		.state = TASK_RUNNING,
		.flags = PF_KTHREAD,
		.counter = DEF_PRIORITY,
		.priority = DEF_PRIORITY,
		.run_list = LIST_HEAD_INIT(init_task.run_list),
		.active_mm = &init_mm,
		.comm = "swapper",
		.group_leader = &init_task,
		.real_parent = &init_task,
		.parent = &init_task,
		.children = LIST_HEAD_INIT(init_task.children),
		.sibling = LIST_HEAD_INIT(init_task.sibling),
		.thread_group = LIST_HEAD_INIT(init_task.thread_group),
		.tasks = LIST_HEAD_INIT(init_task.tasks),
		.usage = 2,
		.user = &root_user,
		.fs = &init_fs,
		.files = &init_files,
		.signal = &init_signals,
		.sighand = &init_sighand,
		.pending = { .list = LIST_HEAD_INIT(init_task.pending.list) },
		.dumpable = true,
	},
};

extern struct task_struct init_task __attribute__((alias("init_task_union")));
