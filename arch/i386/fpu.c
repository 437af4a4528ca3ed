/*
 * The FPU and SSE: which of them there is, the state a program starts with, the state in signal
 * frames, and errors of calculations. When a task has them: kernel/fpu.c.
 */
#include <linux/kernel.h>
#include <linux/fpu.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <asm/system.h>
#include <asm/traps.h>
#include <asm/uaccess.h>

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
	disable_fpu();
}

void fresh_fpu(struct fpu_state *fpu)
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
	if (!user_mode(regs))
		die("FPU used in the kernel", regs, error_code);
	if (!cpu_has(X86_FEATURE_FPU) && boot_cpu.has_cpuid) {
		force_sig(SIGFPE);
		return;
	}
	local_irq_enable();
	if (use_fpu())
		force_sig(SIGKILL);
}

/* ---- the state in signal frames ---- */

/* Converts between the two formats by loading one and storing the other. */
static void fx_to_fsave(struct fpu_state *fpu, u32 *fsave)
{
	unsigned long flags;

	local_irq_save(flags);
	enable_fpu();
	__asm__ __volatile__("fxrstor %0" :: "m" (fpu->fxsave));
	__asm__ __volatile__("fnsave (%0) ; fwait" :: "r" (fsave) : "memory");
	disable_fpu();
	local_irq_restore(flags);
}

int fpu_to_frame(struct fpstate __user *frame)
{
	struct fpu_state *fpu = current->thread.fpu;
	struct fpstate_head head;

	if (!sync_fpu())
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
	struct fpu_state *fpu;

	if (alloc_fpu())
		return -ENOMEM;
	sync_fpu();				/* the registers are not current's any more */
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
	if (sync_fpu()) {
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
