/*
 * The floating-point unit and SSE, given to a task when it first uses them.
 *
 * CR0.TS is set at a task switch, so the first FPU instruction afterwards
 * traps here, and only then are the registers loaded. A task whose state is in the
 * registers carries PF_USEDFPU; when it is switched out they are saved at once. A
 * task that never uses the FPU costs nothing.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/system.h>
#include <asm/traps.h>
#include <asm/fpu.h>
#include <asm/uaccess.h>

static struct kmem_cache *fpu_cachep;
static u32 mxcsr_mask = 0xffbf;		/* bits a program may set */

/* What FXSAVE writes in 32-bit mode ends with the eighth XMM register (SDM volume 1, 10.5.1). */
#define FXSAVE_USED	288

#define CR4_OSFXSR	0x200
#define CR4_OSXMMEXCPT	0x400

void __init fpu_init(void)
{
	unsigned long cr4;

	if (cpu_has(X86_FEATURE_FXSR)) {
		__asm__ __volatile__("movl %%cr4,%0" : "=r" (cr4));
		cr4 |= CR4_OSFXSR;
		if (cpu_has(X86_FEATURE_SSE))
			cr4 |= CR4_OSXMMEXCPT;
		__asm__ __volatile__("movl %0,%%cr4" :: "r" (cr4));
	}
	stts();
}

static int __init fpu_cache_init(void)
{
	fpu_cachep = kmem_cache_create("fpu_state", sizeof(union fpu_state), 16, SLAB_PANIC, NULL);
	return 0;
}
initcall_dev(fpu_cache_init);

/* Stores the registers of current, which hold its state, and gives the FPU up. */
void save_fpu(struct task_struct *p)
{
	if (cpu_has(X86_FEATURE_FXSR))
		__asm__ __volatile__("fxsave %0" : "=m" (p->thread.fpu->fxsave));
	else
		__asm__ __volatile__("fnsave %0 ; fwait" : "=m" (p->thread.fpu->fsave));
	p->flags &= ~PF_USEDFPU;
	stts();
}

static void restore_fpu(union fpu_state *fpu)
{
	if (cpu_has(X86_FEATURE_FXSR))
		__asm__ __volatile__("fxrstor %0" :: "m" (fpu->fxsave));
	else
		__asm__ __volatile__("frstor %0" :: "m" (fpu->fsave));
}

/* The state a program starts with: all exceptions masked, registers empty. */
static void fresh_state(union fpu_state *fpu)
{
	memset(fpu, 0, sizeof(*fpu));
	if (cpu_has(X86_FEATURE_FXSR)) {
		*(u16 *)&fpu->fxsave[0] = 0x37f;
		*(u32 *)&fpu->fxsave[24] = 0x1f80;
	} else {
		fpu->fsave[0] = 0xffff037f;
		fpu->fsave[1] = 0xffff0000;
		fpu->fsave[2] = 0xffffffff;
	}
}

void do_device_not_available(struct pt_regs *regs, unsigned long error_code)
{
	struct task_struct *p = current;
	union fpu_state *fpu;

	if (!user_mode(regs))
		die("FPU used in the kernel", regs, error_code);
	if (!cpu_has(X86_FEATURE_FPU) && boot_cpu.has_cpuid) {
		force_sig(SIGFPE);
		return;
	}
	local_irq_enable();
	if (!p->thread.fpu) {
		fpu = kmem_cache_alloc(fpu_cachep, GFP_KERNEL);
		if (!fpu) {
			force_sig(SIGKILL);
			return;
		}
		fresh_state(fpu);
		p->thread.fpu = fpu;
		p->flags |= PF_USEDMATH;
	}
	local_irq_disable();
	clts();
	restore_fpu(p->thread.fpu);
	p->flags |= PF_USEDFPU;
}

/* fork: the child gets a copy. 0 or -ENOMEM. */
int copy_fpu(struct task_struct *child)
{
	unsigned long flags;

	child->thread.fpu = NULL;
	child->flags &= ~(PF_USEDFPU | PF_USEDMATH);
	if (!current->thread.fpu)
		return 0;
	child->thread.fpu = kmem_cache_alloc(fpu_cachep, GFP_KERNEL);
	if (!child->thread.fpu)
		return -ENOMEM;
	child->flags |= PF_USEDMATH;
	local_irq_save(flags);
	if (current->flags & PF_USEDFPU)
		save_fpu(current);
	local_irq_restore(flags);
	*child->thread.fpu = *current->thread.fpu;
	return 0;
}

void drop_fpu(struct task_struct *p)
{
	unsigned long flags;

	if (!p->thread.fpu)
		return;
	local_irq_save(flags);
	if (p->flags & PF_USEDFPU)
		stts();
	p->flags &= ~(PF_USEDFPU | PF_USEDMATH);
	local_irq_restore(flags);
	kmem_cache_free(fpu_cachep, p->thread.fpu);
	p->thread.fpu = NULL;
}

/* ---- the state in signal frames ---- */

/* Brings thread.fpu up to date. False: the task has not used the FPU. */
static bool sync_fpu(struct task_struct *p)
{
	unsigned long flags;

	if (!p->thread.fpu)
		return false;
	local_irq_save(flags);
	if (p->flags & PF_USEDFPU)
		save_fpu(p);
	local_irq_restore(flags);
	return true;
}

/* Converts between the two formats by loading one and storing the other. */
static void fx_to_fsave(union fpu_state *fpu, u32 *fsave)
{
	unsigned long flags;

	local_irq_save(flags);
	clts();
	__asm__ __volatile__("fxrstor %0" :: "m" (fpu->fxsave));
	__asm__ __volatile__("fnsave (%0) ; fwait" :: "r" (fsave) : "memory");
	stts();
	local_irq_restore(flags);
}

int fpu_to_frame(struct fpstate __user *frame)
{
	union fpu_state *fpu = current->thread.fpu;
	struct fpstate_head head;

	if (!sync_fpu(current))
		return 0;
	if (cpu_has(X86_FEATURE_FXSR)) {
		fx_to_fsave(fpu, head.fsave);
		head.magic = 0;
		if (copy_to_user(frame->fxsave, fpu->fxsave, FXSAVE_USED))
			return -EFAULT;
	} else {
		memcpy(head.fsave, fpu->fsave, sizeof(head.fsave));
		head.magic = 0xffff;
	}
	head.status = head.fsave[1];
	return copy_to_user(&frame->head, &head, sizeof(head)) ? -EFAULT : 1;
}

int fpu_from_frame(const struct fpstate __user *frame)
{
	union fpu_state *fpu;

	if (!current->thread.fpu) {
		current->thread.fpu = kmem_cache_alloc(fpu_cachep, GFP_KERNEL);
		if (!current->thread.fpu)
			return -ENOMEM;
		current->flags |= PF_USEDMATH;
	}
	sync_fpu(current);			/* the registers are not current's any more */
	fpu = current->thread.fpu;
	if (!cpu_has(X86_FEATURE_FXSR))
		return copy_from_user(fpu->fsave, frame->head.fsave, sizeof(fpu->fsave)) ? -EFAULT
											 : 0;
	if (copy_from_user(fpu->fxsave, frame->fxsave, FXSAVE_USED))
		return -EFAULT;
	*(u32 *)&fpu->fxsave[24] &= mxcsr_mask;
	return 0;
}

/* ---- errors of calculations ---- */

/* si_code of the first unmasked exception bit: invalid, denormal, div, over, under, inexact. */
static int fpe_code(unsigned int raised)
{
	if (raised & 0x01)
		return FPE_FLTINV;
	if (raised & 0x04)
		return FPE_FLTDIV;
	if (raised & 0x08)
		return FPE_FLTOVF;
	if (raised & 0x12)
		return FPE_FLTUND;
	if (raised & 0x20)
		return FPE_FLTRES;
	return FPE_FLTINV;
}

void math_error(struct pt_regs *regs, int trap)
{
	struct task_struct *p = current;
	unsigned int raised = 0;

	local_irq_enable();
	p->thread.trap_no = trap;
	p->thread.error_code = 0;
	if (sync_fpu(p)) {
		if (trap == 19) {
			u32 mxcsr = *(u32 *)&p->thread.fpu->fxsave[24];

			raised = mxcsr & ~(mxcsr >> 7) & 0x3f;
		} else if (cpu_has(X86_FEATURE_FXSR)) {
			raised = *(u16 *)&p->thread.fpu->fxsave[2] &
				 ~*(u16 *)&p->thread.fpu->fxsave[0] & 0x3f;
		} else {
			raised = p->thread.fpu->fsave[1] & ~p->thread.fpu->fsave[0] & 0x3f;
		}
	}
	force_sig_fault(SIGFPE, fpe_code(raised), (void *)regs->eip);
}
