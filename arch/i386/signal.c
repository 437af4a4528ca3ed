/*
 * Signals reach a program here: its registers are saved in a frame on its
 * stack, and it is made to run the handler as if it had called it. When the
 * handler returns, the code behind its return address makes a system call
 * (sigreturn or rt_sigreturn) that takes the registers back out of the frame.
 *
 *	   higher addresses
 *	| interrupted stack        |
 *	| retcode                  |  for programs without a restorer of their own
 *	| FPU state                |
 *	| siginfo, ucontext        |  SA_SIGINFO; else the sigcontext alone
 *	| signal number            |
 *	| return address           |  <- esp of the handler
 *
 * The layouts are Linux' on i386.
 */
#include <linux/kernel.h>
#include <linux/fpu.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <asm/sigcontext.h>
#include <asm/system.h>
#include <asm/traps.h>
#include <asm/uaccess.h>
#include <asm/unistd.h>
#include <asm/v012.h>

/* mov $nr,%eax ; int $0x80, with a pop before it where the number is still on the stack */
static const u8 retcode_old[8] = { 0x58, 0xb8, __NR_sigreturn, 0, 0, 0, 0xcd, 0x80 };
static const u8 retcode_rt[8] = { 0xb8, __NR_rt_sigreturn, 0, 0, 0, 0xcd, 0x80, 0 };

/* Flags a program may set through a frame. */
#define EFLAGS_USER	0x40dd5		/* AC OF DF TF SF ZF AF PF CF */

/* ---- leaving for the handler ---- */

static void save_sigcontext(struct sigcontext *sc, struct fpstate __user *fpstate,
			    struct pt_regs *regs, unsigned long mask)
{
	struct thread_struct *t = &current->thread;
	u32 gs, fs;

	__asm__ __volatile__("movl %%gs,%0 ; movl %%fs,%1" : "=r" (gs), "=r" (fs));
	*sc = (struct sigcontext){
		.gs = gs, .fs = fs, .es = regs->es, .ds = regs->ds,
		.edi = regs->edi, .esi = regs->esi, .ebp = regs->ebp, .esp = regs->esp,
		.ebx = regs->ebx, .edx = regs->edx, .ecx = regs->ecx, .eax = regs->eax,
		.trapno = t->trap_no, .err = t->error_code,
		.eip = regs->eip, .cs = regs->cs, .eflags = regs->eflags,
		.esp_at_signal = regs->esp, .ss = regs->ss,
		.fpstate = fpstate, .oldmask = mask, .cr2 = t->address,
	};
}

/* Where the frame begins: aligned as at a function's entry. */
static unsigned long frame_address(struct k_sigaction *ka, struct pt_regs *regs, size_t size)
{
	unsigned long esp = regs->esp;

	if ((ka->sa_flags & SA_ONSTACK) && current->sas_ss_size && !on_sig_stack(esp))
		esp = current->sas_ss_sp + current->sas_ss_size;
	return ((esp - size + 4) & -16UL) - 4;
}

static int setup_frame(int sig, struct k_sigaction *ka, sigset_t mask, struct pt_regs *regs)
{
	struct sigframe __user *frame =
		(struct sigframe __user *)frame_address(ka, regs, sizeof(*frame));
	struct sigframe_head head;
	int fpu = fpu_to_frame(&frame->fpstate);

	if (fpu < 0)
		return -EFAULT;
	head.pretcode = ka->sa_flags & SA_RESTORER ? (unsigned long)ka->sa_restorer
						   : (unsigned long)frame->retcode;
	head.sig = sig;
	save_sigcontext(&head.sc, fpu ? &frame->fpstate : NULL, regs, (unsigned long)mask);
	if (copy_to_user(frame, &head, sizeof(head)) ||
	    put_user((unsigned long)(mask >> 32), &frame->extramask) ||
	    copy_to_user(frame->retcode, retcode_old, sizeof(retcode_old)))
		return -EFAULT;
	regs->esp = (unsigned long)frame;
	regs->eax = sig;
	regs->edx = 0;
	regs->ecx = 0;
	return 0;
}

static int setup_rt_frame(int sig, struct k_sigaction *ka, siginfo_t *info, sigset_t mask,
			  struct pt_regs *regs)
{
	struct rt_sigframe __user *frame =
		(struct rt_sigframe __user *)frame_address(ka, regs, sizeof(*frame));
	struct rt_sigframe_head head;
	struct ucontext uc;
	int fpu = fpu_to_frame(&frame->fpstate);

	if (fpu < 0)
		return -EFAULT;
	head.pretcode = ka->sa_flags & SA_RESTORER ? (unsigned long)ka->sa_restorer
						   : (unsigned long)frame->retcode;
	head.sig = sig;
	head.pinfo = (unsigned long)&frame->info;
	head.puc = (unsigned long)&frame->uc;
	memset(&uc, 0, sizeof(uc));
	uc.uc_stack = current_sigaltstack(regs->esp);
	save_sigcontext(&uc.uc_mcontext, fpu ? &frame->fpstate : NULL, regs, (unsigned long)mask);
	uc.uc_sigmask = mask;
	if (copy_to_user(frame, &head, sizeof(head)) ||
	    copy_siginfo_to_user(&frame->info, info) ||
	    copy_to_user(&frame->uc, &uc, sizeof(uc)) ||
	    copy_to_user(frame->retcode, retcode_rt, sizeof(retcode_rt)))
		return -EFAULT;
	regs->esp = (unsigned long)frame;
	regs->eax = sig;
	regs->edx = (unsigned long)&frame->info;
	regs->ecx = (unsigned long)&frame->uc;
	return 0;
}

/* A system call that a signal ended is repeated, or reports EINTR. */
static void handle_restart(struct pt_regs *regs, struct k_sigaction *ka)
{
	if (regs->orig_eax < 0)
		return;				/* not a system call */
	switch (how_to_restart(regs->eax, ka)) {
	case RESTART_EINTR:
		regs->eax = -EINTR;
		break;
	case RESTART_AGAIN:
		regs->eax = regs->orig_eax;
		regs->eip -= 2;			/* back onto int $0x80 */
		break;
	case RESTART_BLOCK:
		regs->eax = __NR_restart_syscall;
		regs->eip -= 2;
		break;
	case RESTART_NOT:
		break;
	}
}

/* Makes the handler what runs next. 0 or -EFAULT: there is no room for the frame. */
static int deliver(int sig, struct k_sigaction *ka, siginfo_t *info, sigset_t mask,
		   struct pt_regs *regs)
{
	int error;

	handle_restart(regs, ka);
	regs->orig_eax = -1;
	if (ka->sa_flags & SA_SIGINFO)
		error = setup_rt_frame(sig, ka, info, mask, regs);
	else
		error = setup_frame(sig, ka, mask, regs);
	if (error)
		return error;
	regs->eip = (unsigned long)ka->sa_handler;
	regs->ds = regs->es = regs->ss = __USER_DS;
	regs->cs = __USER_CS;
	regs->eflags &= ~0x500;			/* no single step, direction forward */
	return 0;
}

static noinline void do_signal(struct pt_regs *regs)
{
	struct k_sigaction ka;
	siginfo_t info;
	sigset_t mask;
	int sig = get_signal_to_deliver(&info, &ka, &mask), error;

	if (!sig) {
		handle_restart(regs, NULL);
		regs->orig_eax = -1;
		return;
	}
	if (unlikely(is_v012(current)))
		error = v012_deliver(sig, &ka, mask, regs);
	else
		error = deliver(sig, &ka, &info, mask, regs);
	signal_delivered(sig, &ka, error);
}

/* From entry.S, interrupts off, before the return to user mode; returns with them off. */
void do_work_pending(struct pt_regs *regs)
{
	do {
		local_irq_enable();
		if (current->work & _TIF_NEED_RESCHED)
			schedule();
		if (current->work & (_TIF_SIGPENDING | _TIF_RESTORE_SIGMASK))
			do_signal(regs);
		local_irq_disable();
	} while (current->work);
}

/* ---- coming back ---- */

static void load_user_segments(u32 gs, u32 fs)
{
	struct thread_struct *t = &current->thread;

	/* Only selectors that a program can have loaded itself: null or ring 3. */
	t->gs = gs && (gs & 3) == 3 ? gs : 0;
	t->fs = fs && (fs & 3) == 3 ? fs : 0;
	reload_segments(t);
}

/* 0, -EFAULT, -ENOMEM. What comes from the program is cut down to what it may set. */
static int restore_sigcontext(struct pt_regs *regs, const struct sigcontext *sc)
{
	regs->ebx = sc->ebx;
	regs->ecx = sc->ecx;
	regs->edx = sc->edx;
	regs->esi = sc->esi;
	regs->edi = sc->edi;
	regs->ebp = sc->ebp;
	regs->esp = sc->esp;
	regs->eip = sc->eip;
	regs->eax = sc->eax;
	regs->cs = (sc->cs & 0xffff) | 3;
	regs->ss = (sc->ss & 0xffff) | 3;
	regs->ds = sc->ds & 0xffff ? (sc->ds & 0xffff) | 3 : 0;
	regs->es = sc->es & 0xffff ? (sc->es & 0xffff) | 3 : 0;
	regs->eflags = (regs->eflags & ~EFLAGS_USER) | (sc->eflags & EFLAGS_USER);
	regs->orig_eax = -1;			/* nothing to restart */
	load_user_segments(sc->gs & 0xffff, sc->fs & 0xffff);
	if (sc->fpstate)
		return fpu_from_frame(sc->fpstate);
	drop_fpu(current);
	return 0;
}

long sys_sigreturn(void)
{
	struct pt_regs *regs = current_pt_regs();
	/* ret and pop took the return address and the signal number off. */
	struct sigframe __user *frame = (struct sigframe __user *)(regs->esp - 8);
	struct sigcontext sc;
	unsigned long extra;

	if (copy_from_user(&sc, &frame->sc, sizeof(sc)) || get_user(extra, &frame->extramask))
		goto bad;
	set_current_blocked(sc.oldmask | (sigset_t)extra << 32);
	if (restore_sigcontext(regs, &sc))
		goto bad;
	return regs->eax;
bad:
	force_sig(SIGSEGV);
	return 0;
}

long sys_rt_sigreturn(void)
{
	struct pt_regs *regs = current_pt_regs();
	struct rt_sigframe __user *frame = (struct rt_sigframe __user *)(regs->esp - 4);
	struct ucontext uc;

	if (copy_from_user(&uc, &frame->uc, sizeof(uc)))
		goto bad;
	set_current_blocked(uc.uc_sigmask);
	if (restore_sigcontext(regs, &uc.uc_mcontext))
		goto bad;
	do_sigaltstack(&frame->uc.uc_stack, NULL, regs->esp);
	return regs->eax;
bad:
	force_sig(SIGSEGV);
	return 0;
}
