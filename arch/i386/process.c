/*
 * What the CPU keeps per task: kernel stack, user registers, segments. The
 * switch from one task to another, the first steps of a new one, and thread-local
 * storage.
 *
 * A sleeping task's kernel stack, with thread.esp at its lower end:
 *
 *	+----------------+  task + 8192
 *	| struct pt_regs |
 *	| frames of the system call, down to schedule() and switch_to()
 *	| return address |
 *	| ebp edi esi ebx|  <- thread.esp
 *	+----------------+
 *
 * A new task gets the same picture, with ret_from_fork as the return address.
 */
#include <linux/kernel.h>
#include <linux/fpu.h>
#include <linux/sched.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/segment.h>
#include <asm/sigcontext.h>
#include <asm/traps.h>
#include <asm/uaccess.h>
#include <asm/thread_calls.h>
#include <asm/v012.h>

struct task_struct *switch_stack(struct task_struct *prev, struct task_struct *next);
extern const char ret_from_fork[], ret_from_kernel_thread[];

#define EFLAGS_INIT	0x202		/* interrupts on */

/* ---- the switch ---- */

static inline void load_tls(const struct thread_struct *t)
{
	gdt_table[GDT_ENTRY_TLS_MIN] = t->tls[0];
	gdt_table[GDT_ENTRY_TLS_MIN + 1] = t->tls[1];
	gdt_table[GDT_ENTRY_TLS_MIN + 2] = t->tls[2];
}

/* Loads a user selector; one that is no longer valid becomes null. */
#define LOAD_SEGMENT(seg, value)					\
	__asm__ __volatile__(						\
		"1:	movl %0,%%" #seg "\n"				\
		"2:\n"							\
		".section .fixup,\"ax\"\n"				\
		"3:	pushl $0\n"					\
		"	popl %%" #seg "\n"				\
		"	jmp 2b\n"					\
		".previous\n"						\
		EX_TABLE(1b, 3b)					\
		:: "r" (value))

void reload_segments(struct thread_struct *t)
{
	LOAD_SEGMENT(gs, t->gs);
	LOAD_SEGMENT(fs, t->fs);
}

struct task_struct *switch_to(struct task_struct *prev, struct task_struct *next)
{
	if (prev->flags & PF_USEDFPU)
		save_fpu(prev);
	init_tss.esp0 = (unsigned long)next + THREAD_SIZE;
	__asm__ __volatile__("movl %%gs,%0" : "=r" (prev->thread.gs));
	__asm__ __volatile__("movl %%fs,%0" : "=r" (prev->thread.fs));
	load_tls(&next->thread);
	if (unlikely(prev->thread.v012 != next->thread.v012))
		v012_load_ldt(next->thread.v012);
	if (prev->thread.gs | next->thread.gs)
		LOAD_SEGMENT(gs, next->thread.gs);
	if (prev->thread.fs | next->thread.fs)
		LOAD_SEGMENT(fs, next->thread.fs);
	return switch_stack(prev, next);
}

/* ---- new tasks ---- */

struct start_frame {
	unsigned long ebx, esi, edi, ebp;
	const void *eip;
};

static void set_start(struct task_struct *p, struct start_frame frame)
{
	struct start_frame *top = (struct start_frame *)task_pt_regs(p) - 1;

	*top = frame;
	p->thread.esp = (unsigned long)top;
}

int copy_thread(unsigned long clone_flags, unsigned long stack, unsigned long tls,
		struct task_struct *p, struct pt_regs *regs)
{
	struct pt_regs *child = task_pt_regs(p);
	int error;

	*child = *regs;
	child->eax = 0;
	if (stack)
		child->esp = stack;
	set_start(p, (struct start_frame){ .eip = ret_from_fork });
	if (!is_v012(p))
		p->thread.addr_limit = TASK_SIZE;
	__asm__ __volatile__("movl %%gs,%0" : "=r" (p->thread.gs));
	__asm__ __volatile__("movl %%fs,%0" : "=r" (p->thread.fs));
	error = copy_fpu(p);
	if (!error && (clone_flags & CLONE_SETTLS))
		error = do_set_thread_area(p, (struct user_desc __user *)tls, false);
	if (error)
		drop_fpu(p);
	else if (p->thread.library)
		v012_get_library(p->thread.library);
	return error;
}

int copy_kernel_thread(struct task_struct *p, int (*fn)(void *), void *arg)
{
	memset(task_pt_regs(p), 0, sizeof(struct pt_regs));
	p->thread.fpu = NULL;
	p->thread.v012 = false;
	p->thread.library = NULL;
	p->thread.gs = p->thread.fs = 0;
	p->thread.addr_limit = KERNEL_DS;
	p->flags &= ~(PF_USEDFPU | PF_USEDMATH);
	set_start(p, (struct start_frame){ .ebx = (unsigned long)fn, .esi = (unsigned long)arg,
					   .eip = ret_from_kernel_thread });
	return 0;
}

void exit_thread(struct task_struct *p)
{
	drop_fpu(p);
	if (p->thread.library)
		close_text(p->thread.library);
	p->thread.library = NULL;
}

void flush_thread(void)
{
	struct thread_struct *t = &current->thread;

	drop_fpu(current);
	memset(t->tls, 0, sizeof(t->tls));
	load_tls(t);
	__asm__ __volatile__("movl %0,%%gs ; movl %0,%%fs" :: "r" (0));
	t->addr_limit = TASK_SIZE;
	if (t->v012)
		v012_leave();
}

void start_thread(struct pt_regs *regs, unsigned long eip, unsigned long esp)
{
	memset(regs, 0, sizeof(*regs));
	regs->ds = regs->es = regs->ss = __USER_DS;
	regs->cs = __USER_CS;
	regs->eip = eip;
	regs->esp = esp;
	regs->eflags = EFLAGS_INIT;
	regs->orig_eax = -1;
}

/* ---- looking at sleeping tasks ---- */

/* The innermost caller that is not the scheduler or a wait function: two frames up. */
unsigned long get_wchan(struct task_struct *p)
{
	unsigned long stack = (unsigned long)p, ebp, eip = 0;
	int depth;

	if (p == current || p->state == TASK_RUNNING)
		return 0;
	ebp = ((struct start_frame *)p->thread.esp)->ebp;
	for (depth = 0; depth < 3; depth++) {
		if (ebp < stack + sizeof(*p) || ebp > stack + THREAD_SIZE - 8)
			break;
		eip = ((unsigned long *)ebp)[1];
		ebp = ((unsigned long *)ebp)[0];
	}
	return eip;
}

/* ---- thread-local storage: three descriptors of the GDT change with the task ---- */

static struct desc_struct tls_desc(const struct user_desc *u)
{
	u8 type = 0xf0 | (u->contents << 2) | (!u->read_exec_only << 1);
	u8 flags = (u->limit_in_pages << 3) | (u->seg_32bit << 2) | u->useable;

	return make_desc(u->base_addr, u->limit, type, flags);
}

static bool desc_is_empty(const struct user_desc *u)
{
	return !u->base_addr && !u->limit && !u->contents && u->read_exec_only &&
	       !u->seg_32bit && !u->limit_in_pages && u->seg_not_present && !u->useable;
}

/* Puts a descriptor into p's slots; `may_choose`: entry -1 asks for a free one. */
int do_set_thread_area(struct task_struct *p, struct user_desc __user *u_info, bool may_choose)
{
	struct user_desc info;
	int slot;

	if (copy_from_user(&info, u_info, sizeof(info)))
		return -EFAULT;
	if (info.entry_number == (unsigned int)-1 && may_choose) {
		for (slot = 0; slot < GDT_ENTRY_TLS_ENTRIES; slot++)
			if (!p->thread.tls[slot].b)
				break;
		if (slot == GDT_ENTRY_TLS_ENTRIES)
			return -ESRCH;
		info.entry_number = GDT_ENTRY_TLS_MIN + slot;
		if (put_user(info.entry_number, &u_info->entry_number))
			return -EFAULT;
	}
	slot = info.entry_number - GDT_ENTRY_TLS_MIN;
	if (info.entry_number < GDT_ENTRY_TLS_MIN || slot >= GDT_ENTRY_TLS_ENTRIES)
		return -EINVAL;
	if (desc_is_empty(&info)) {
		p->thread.tls[slot] = (struct desc_struct){ 0, 0 };
	} else {
		if (info.contents > 1 || info.seg_not_present)
			return -EINVAL;		/* data segments only */
		p->thread.tls[slot] = tls_desc(&info);
	}
	return 0;
}

long sys_set_thread_area(struct user_desc __user *u_info)
{
	int error = do_set_thread_area(current, u_info, true);
	unsigned long flags;

	local_irq_save(flags);
	load_tls(&current->thread);
	local_irq_restore(flags);
	return error;
}

long sys_get_thread_area(struct user_desc __user *u_info)
{
	struct user_desc info;
	unsigned int nr;
	struct desc_struct d;

	if (get_user(nr, &u_info->entry_number))
		return -EFAULT;
	if (nr < GDT_ENTRY_TLS_MIN || nr >= GDT_ENTRY_TLS_MIN + GDT_ENTRY_TLS_ENTRIES)
		return -EINVAL;
	d = current->thread.tls[nr - GDT_ENTRY_TLS_MIN];
	memset(&info, 0, sizeof(info));
	info.entry_number = nr;
	info.base_addr = (d.a >> 16) | ((d.b & 0xff) << 16) | (d.b & 0xff000000);
	info.limit = (d.a & 0xffff) | (d.b & 0xf0000);
	info.seg_32bit = (d.b >> 22) & 1;
	info.contents = (d.b >> 10) & 3;
	info.read_exec_only = !((d.b >> 9) & 1);
	info.limit_in_pages = (d.b >> 23) & 1;
	info.seg_not_present = !((d.b >> 15) & 1);
	info.useable = (d.b >> 20) & 1;
	return copy_to_user(u_info, &info, sizeof(info)) ? -EFAULT : 0;
}
