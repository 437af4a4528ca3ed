/*
 * Signals reach a program here: its registers are saved in a frame on its
 * stack, and it is made to run the handler as if it had called it. When the
 * handler returns, the code behind its return address makes a system call
 * (sigreturn or rt_sigreturn) that takes the registers back out of the frame.
 *
 *	   higher addresses
 *	| interrupted stack                       |
 *	| room for a return sequence              |
 *	| uc_regspace: VFP registers, 0           |
 *	| ucontext: stack, registers, signal mask |
 *	| siginfo                                 |  SA_SIGINFO only
 *	                                             <- sp of the handler
 *
 * The layouts are Linux' on ARM. The code for returning, of a program without a restorer of its
 * own, stands in the vector page (vectors.S), so no stack needs to be executable.
 */
#include <linux/kernel.h>
#include <linux/fpu.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <asm/sigcontext.h>
#include <asm/system.h>
#include <asm/traps.h>
#include <asm/uaccess.h>
#include <asm/unistd.h>

/* Bits of cpsr a program may set through a frame. */
#define PSR_USER	(PSR_NZCV | PSR_Q | PSR_GE | PSR_IT | PSR_T)

#define ARM_RETCODE	8		/* bytes of one return sequence in the vector page */
#define THUMB_RETCODE	4

/* ---- leaving for the handler ---- */

static void save_sigcontext(struct sigcontext *sc, struct pt_regs *regs, unsigned long mask)
{
	struct thread_struct *t = &current->thread;

	*sc = (struct sigcontext){
		.trap_no = t->trap_no, .error_code = t->error_code, .oldmask = mask,
		.arm_r0 = regs->r0, .arm_r1 = regs->r1, .arm_r2 = regs->r2, .arm_r3 = regs->r3,
		.arm_r4 = regs->r4, .arm_r5 = regs->r5, .arm_r6 = regs->r6, .arm_r7 = regs->r7,
		.arm_r8 = regs->r8, .arm_r9 = regs->r9, .arm_r10 = regs->r10,
		.arm_fp = regs->fp, .arm_ip = regs->ip, .arm_sp = regs->sp, .arm_lr = regs->lr,
		.arm_pc = regs->pc, .arm_cpsr = regs->cpsr, .fault_address = t->address,
	};
}

/* Where the frame begins: aligned as at a function's entry. */
static void __user *frame_address(struct k_sigaction *ka, struct pt_regs *regs, size_t size)
{
	unsigned long sp = regs->sp;

	if ((ka->sa_flags & SA_ONSTACK) && current->sas_ss_size && !on_sig_stack(sp))
		sp = current->sas_ss_sp + current->sas_ss_size;
	return (void __user *)((sp - size) & ~7UL);
}

/* The coprocessor registers, if they are in use, and the 0 that ends them. 0 or -EFAULT. */
static int put_regspace(u32 __user *space)
{
	struct vfp_sigframe vfp;

	if (fpu_to_frame(&vfp)) {
		if (copy_to_user(space, &vfp, sizeof(vfp)))
			return -EFAULT;
		space += sizeof(vfp) / sizeof(*space);
	}
	return put_user(0, space);
}

/* What both kinds of frame have. `flags` is uc_flags. 0 or -EFAULT. */
static int put_frame(struct sigframe __user *frame, u32 flags, sigset_t mask,
		     struct pt_regs *regs)
{
	struct {
		u32 uc_flags;
		struct ucontext *uc_link;
		stack_t uc_stack;
		struct sigcontext uc_mcontext;
		sigset_t uc_sigmask;
		u32 __unused_mask[30];
	} uc;

	_Static_assert(sizeof(uc) == offsetof(struct ucontext, uc_regspace), "ucontext");
	memset(&uc, 0, sizeof(uc));
	uc.uc_flags = flags;
	uc.uc_stack = current_sigaltstack(regs->sp);
	save_sigcontext(&uc.uc_mcontext, regs, (unsigned long)mask);
	uc.uc_sigmask = mask;
	if (copy_to_user(&frame->uc, &uc, sizeof(uc)))
		return -EFAULT;
	return put_regspace(frame->uc.uc_regspace);
}

/* Registers as at the entry of the handler. */
static void enter_handler(int sig, struct k_sigaction *ka, void __user *frame,
			  struct pt_regs *regs)
{
	unsigned long handler = (unsigned long)ka->sa_handler, lr = VECTORS_BASE;
	bool rt = ka->sa_flags & SA_SIGINFO;

	if (ka->sa_flags & SA_RESTORER)
		lr = (unsigned long)ka->sa_restorer;
	else if (handler & 1)
		lr += VECTORS_SIGRETURN + 2 * ARM_RETCODE + rt * THUMB_RETCODE + 1;
	else
		lr += VECTORS_SIGRETURN + rt * ARM_RETCODE;
	regs->r0 = sig;
	regs->sp = (unsigned long)frame;
	regs->lr = lr;
	set_user_pc(regs, handler);
}

static int setup_frame(int sig, struct k_sigaction *ka, sigset_t mask, struct pt_regs *regs)
{
	struct sigframe __user *frame = frame_address(ka, regs, sizeof(*frame));

	if (!access_ok(frame, sizeof(*frame)) || put_frame(frame, OLD_FRAME_FLAGS, mask, regs))
		return -EFAULT;
	enter_handler(sig, ka, frame, regs);
	return 0;
}

static int setup_rt_frame(int sig, struct k_sigaction *ka, siginfo_t *info, sigset_t mask,
			  struct pt_regs *regs)
{
	struct rt_sigframe __user *frame = frame_address(ka, regs, sizeof(*frame));

	if (!access_ok(frame, sizeof(*frame)) || copy_siginfo_to_user(&frame->info, info) ||
	    put_frame(&frame->sig, 0, mask, regs))
		return -EFAULT;
	enter_handler(sig, ka, frame, regs);
	regs->r1 = (unsigned long)&frame->info;
	regs->r2 = (unsigned long)&frame->sig.uc;
	return 0;
}

/*
 * A system call that a signal ended is repeated, or reports EINTR. ka: of the handler that runs
 * first, or NULL. True: restart_syscall() is called instead, and without going back to the
 * program, for nobody may change its r7.
 */
static bool handle_restart(struct pt_regs *regs, struct k_sigaction *ka)
{
	switch (how_to_restart(regs->r0, ka)) {
	case RESTART_EINTR:
		regs->r0 = -EINTR;
		break;
	case RESTART_AGAIN:
		regs->r0 = regs->orig_r0;
		regs->pc -= thumb_mode(regs) ? 2 : 4;	/* back onto svc */
		break;
	case RESTART_BLOCK:
		return true;
	case RESTART_NOT:
		break;
	}
	return false;
}

/* `syscall`: on the way out of one that has not been looked at yet. */
static noinline bool do_signal(struct pt_regs *regs, bool syscall)
{
	struct k_sigaction ka;
	siginfo_t info;
	sigset_t mask;
	int sig = get_signal_to_deliver(&info, &ka, &mask), error;

	if (!sig)
		return syscall && handle_restart(regs, NULL);
	if (syscall)
		handle_restart(regs, &ka);
	if (ka.sa_flags & SA_SIGINFO)
		error = setup_rt_frame(sig, &ka, &info, mask, regs);
	else
		error = setup_frame(sig, &ka, mask, regs);
	signal_delivered(sig, &ka, error);
	return false;
}

bool do_work_pending(struct pt_regs *regs, bool syscall)
{
	bool again = false;

	do {
		local_irq_enable();
		if (current->work & _TIF_NEED_RESCHED)
			schedule();
		if (current->work & (_TIF_SIGPENDING | _TIF_RESTORE_SIGMASK)) {
			again = do_signal(regs, syscall);
			syscall = false;
		}
		local_irq_disable();
	} while (current->work && !again);
	return again;
}

/* ---- coming back ---- */

/* What comes from the program is cut down to what it may set. */
static void restore_registers(struct pt_regs *regs, const struct sigcontext *sc)
{
	regs->r0 = sc->arm_r0;
	regs->r1 = sc->arm_r1;
	regs->r2 = sc->arm_r2;
	regs->r3 = sc->arm_r3;
	regs->r4 = sc->arm_r4;
	regs->r5 = sc->arm_r5;
	regs->r6 = sc->arm_r6;
	regs->r7 = sc->arm_r7;
	regs->r8 = sc->arm_r8;
	regs->r9 = sc->arm_r9;
	regs->r10 = sc->arm_r10;
	regs->fp = sc->arm_fp;
	regs->ip = sc->arm_ip;
	regs->sp = sc->arm_sp;
	regs->lr = sc->arm_lr;
	regs->cpsr = (sc->arm_cpsr & PSR_USER) | USR_MODE;
	regs->pc = sc->arm_pc & (thumb_mode(regs) ? ~1UL : ~3UL);
}

/* 0 or -ERRNO. A frame without VFP registers is of a program that had not used them. */
static int get_regspace(const u32 __user *space)
{
	struct vfp_sigframe vfp;
	u32 magic;

	if (get_user(magic, space))
		return -EFAULT;
	if (magic != VFP_MAGIC) {
		drop_fpu(current);
		return 0;
	}
	if (copy_from_user(&vfp, space, sizeof(vfp)))
		return -EFAULT;
	if (vfp.size != sizeof(vfp))
		return -EINVAL;
	return fpu_from_frame(&vfp);
}

/* 0 or -ERRNO. */
static int get_frame(struct pt_regs *regs, struct sigframe __user *frame)
{
	struct sigcontext sc;
	sigset_t mask;

	if (((unsigned long)frame & 7) || !access_ok(frame, sizeof(*frame)) ||
	    copy_from_user(&sc, &frame->uc.uc_mcontext, sizeof(sc)) ||
	    copy_from_user(&mask, &frame->uc.uc_sigmask, sizeof(mask)))
		return -EFAULT;
	set_current_blocked(mask);
	restore_registers(regs, &sc);
	return get_regspace(frame->uc.uc_regspace);
}

void do_sigreturn(struct pt_regs *regs)
{
	if (get_frame(regs, (struct sigframe __user *)regs->sp))
		force_sig(SIGSEGV);
}

void do_rt_sigreturn(struct pt_regs *regs)
{
	struct rt_sigframe __user *frame = (struct rt_sigframe __user *)regs->sp;

	if (get_frame(regs, &frame->sig)) {
		force_sig(SIGSEGV);
		return;
	}
	do_sigaltstack(&frame->sig.uc.uc_stack, NULL, regs->sp);
}
