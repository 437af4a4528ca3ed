/*
 * What the CPU keeps per task: kernel stack, user registers, thread pointer. The
 * switch from one task to another, and the first steps of a new one.
 *
 * A sleeping task's kernel stack, with thread.sp at its lower end:
 *
 *	+----------------+  task + 8192
 *	| struct pt_regs |
 *	| frames of the system call, down to schedule() and switch_to()
 *	| return address |
 *	| ip fp r10 - r4 |  <- thread.sp
 *	+----------------+
 *
 * A new task gets the same picture, with ret_from_fork as the return address.
 */
#include <linux/kernel.h>
#include <linux/fpu.h>
#include <linux/sched.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/system.h>
#include <asm/thread_calls.h>
#include <asm/traps.h>
#include <asm/uaccess.h>

struct task_struct *switch_stack(struct task_struct *prev, struct task_struct *next);
extern const char ret_from_fork[], ret_from_kernel_thread[];

/* ---- the switch ---- */

/* The thread registers (ARM Architecture Reference Manual ARMv7-A, B3.12.34). */
static inline void load_tls(unsigned long tls)
{
	CP15_WRITE("c13, c0, 3", tls);		/* TPIDRURO */
	kuser_tls(tls);
}

struct task_struct *switch_to(struct task_struct *prev, struct task_struct *next)
{
	if (prev->flags & PF_USEDFPU)
		save_fpu(prev);
	prev->thread.tp_user = CP15_READ("c13, c0, 2");	/* TPIDRURW */
	CP15_WRITE("c13, c0, 2", next->thread.tp_user);
	load_tls(next->thread.tls);
	return switch_stack(prev, next);
}

void set_tls(unsigned long value)
{
	unsigned long flags;

	local_irq_save(flags);
	current->thread.tls = value;
	load_tls(value);
	local_irq_restore(flags);
}

/* ---- new tasks ---- */

struct start_frame {
	unsigned long r4, r5, r6, r7, r8, r9, r10, fp, ip;
	const void *pc;
};

static void set_start(struct task_struct *p, struct start_frame frame)
{
	struct start_frame *top = (struct start_frame *)task_pt_regs(p) - 1;

	*top = frame;
	p->thread.sp = (unsigned long)top;
}

int copy_thread(unsigned long clone_flags, unsigned long stack, unsigned long tls,
		struct task_struct *p, struct pt_regs *regs)
{
	struct pt_regs *child = task_pt_regs(p);

	*child = *regs;
	child->r0 = 0;
	if (stack)
		child->sp = stack;
	set_start(p, (struct start_frame){ .pc = ret_from_fork });
	p->thread.addr_limit = TASK_SIZE;
	p->thread.tp_user = CP15_READ("c13, c0, 2");
	if (clone_flags & CLONE_SETTLS)
		p->thread.tls = tls;
	return copy_fpu(p);
}

int copy_kernel_thread(struct task_struct *p, int (*fn)(void *), void *arg)
{
	memset(task_pt_regs(p), 0, sizeof(struct pt_regs));
	p->thread.fpu = NULL;
	p->thread.tls = p->thread.tp_user = 0;
	p->thread.addr_limit = KERNEL_DS;
	p->flags &= ~(PF_USEDFPU | PF_USEDMATH);
	set_start(p, (struct start_frame){ .r4 = (unsigned long)fn, .r5 = (unsigned long)arg,
					   .pc = ret_from_kernel_thread });
	return 0;
}

void exit_thread(struct task_struct *p)
{
	drop_fpu(p);
}

void flush_thread(void)
{
	drop_fpu(current);
	set_tls(0);
	CP15_WRITE("c13, c0, 2", 0);
	current->thread.addr_limit = TASK_SIZE;
}

void start_thread(struct pt_regs *regs, unsigned long pc, unsigned long sp)
{
	memset(regs, 0, sizeof(*regs));
	regs->cpsr = USR_MODE;
	set_user_pc(regs, pc);
	regs->sp = sp;
}

/* ---- looking at sleeping tasks ---- */

/* The innermost caller that is not the scheduler or a wait function: two frames up. */
unsigned long get_wchan(struct task_struct *p)
{
	unsigned long stack = (unsigned long)p, fp, pc = 0;
	int depth;

	if (p == current || p->state == TASK_RUNNING)
		return 0;
	fp = ((struct start_frame *)p->thread.sp)->fp;
	for (depth = 0; depth < 3; depth++) {
		if (fp < stack + sizeof(*p) || fp > stack + THREAD_SIZE - 4 || (fp & 3))
			break;
		pc = ((unsigned long *)fp)[0];
		fp = ((unsigned long *)fp)[-1];
	}
	return pc;
}
