/*
 * Signals as programs of 1992 receive them. There is no call to return from a handler: it returns
 * to a function of the C library, the restorer, which takes the registers off the stack itself.
 *
 *	   higher addresses
 *	| interrupted stack    |
 *	| eip of then          |
 *	| eflags               |
 *	| edx, ecx, eax        |  from high to low
 *	| old mask             |  unless SA_NOMASK: the restorer hands it to ssetmask()
 *	| signal number        |
 *	| restorer             |  <- esp of the handler
 */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <asm/ptrace.h>
#include <asm/traps.h>
#include <asm/uaccess.h>
#include <asm/v012.h>

#define V012_NSIG	32
#define SA_INTERRUPT	0x20000000	/* a broken-off call is not made again */
#define V012_SA_FLAGS	(SA_NOCLDSTOP | SA_INTERRUPT | SA_NOMASK | SA_ONESHOT)

/* ---- delivery ---- */

static void handle_restart(struct pt_regs *regs, int sig, const struct k_sigaction *ka)
{
	bool again = regs->eax == -ERESTARTNOINTR ||
		     (regs->eax == -ERESTARTSYS && sig >= SIGCONT && sig <= SIGTTOU &&
		      !(ka->sa_flags & SA_INTERRUPT));

	if (regs->orig_eax < 0)
		return;				/* not a system call */
	if (again) {
		regs->eax = regs->orig_eax;
		regs->eip -= 2;			/* back onto int $0x80 */
	} else if (regs->eax == -ERESTARTSYS || regs->eax == -ERESTARTNOHAND ||
		   regs->eax == -ERESTART_RESTARTBLOCK) {
		regs->eax = -EINTR;
	}
}

int v012_deliver(int sig, const struct k_sigaction *ka, sigset_t mask, struct pt_regs *regs)
{
	u32 frame[8], *p = frame;
	unsigned long esp;

	handle_restart(regs, sig, ka);
	regs->orig_eax = -1;
	*p++ = (u32)ka->sa_restorer;
	*p++ = sig;
	if (!(ka->sa_flags & SA_NOMASK))
		*p++ = (u32)mask;
	*p++ = regs->eax;
	*p++ = regs->ecx;
	*p++ = regs->edx;
	*p++ = regs->eflags;
	*p++ = regs->eip;
	esp = regs->esp - (p - frame) * sizeof(u32);
	if (copy_to_user((void __user *)esp, frame, (p - frame) * sizeof(u32)))
		return -EFAULT;
	regs->esp = esp;
	regs->eip = (unsigned long)ka->sa_handler;
	return 0;
}

void v012_forget_blocked(void)
{
	sigset_t mask = current->blocked & ~(sigmask(SIGKILL) | sigmask(SIGSTOP));
	unsigned long flags;

	spin_lock_irqsave(&siglock, flags);
	remove_signals(&current->pending, mask);
	remove_signals(&current->signal->shared_pending, mask);
	spin_unlock_irqrestore(&siglock, flags);
}

/* ---- the calls ---- */

struct v012_sigaction {
	u32 handler, mask, flags, restorer;
};

static bool may_catch(int sig)
{
	return sig >= 1 && sig <= V012_NSIG && sig != SIGKILL && sig != SIGSTOP;
}

/* The old handler. */
long sys_v012_signal(int sig, unsigned long handler, unsigned long restorer)
{
	struct k_sigaction act = { .sa_handler = (__sighandler_t)handler,
				   .sa_flags = SA_ONESHOT | SA_NOMASK,
				   .sa_restorer = (void *)restorer };
	__sighandler_t old;

	if (!may_catch(sig))
		return -EINVAL;
	old = sigaction_of(sig)->sa_handler;
	set_sigaction(sig, &act);
	return (long)old;
}

/* `act` may not be NULL: it is read whatever it is. */
long sys_v012_sigaction(int sig, const struct v012_sigaction __user *act,
			struct v012_sigaction __user *oact)
{
	struct k_sigaction next, old;
	struct v012_sigaction a;

	if (!may_catch(sig))
		return -EINVAL;
	if (copy_from_user(&a, act, sizeof(a)))
		return -EFAULT;
	next = (struct k_sigaction){ .sa_handler = (__sighandler_t)a.handler,
				     .sa_flags = a.flags & V012_SA_FLAGS,
				     .sa_restorer = (void *)a.restorer,
				     .sa_mask = a.flags & SA_NOMASK ? 0 : a.mask };
	old = *sigaction_of(sig);
	set_sigaction(sig, &next);
	if (!oact)
		return 0;
	a = (struct v012_sigaction){ .handler = (u32)old.sa_handler, .mask = (u32)old.sa_mask,
				     .flags = old.sa_flags, .restorer = (u32)old.sa_restorer };
	return copy_to_user(oact, &a, sizeof(a)) ? -EFAULT : 0;
}

/*
 * Waits for a signal with another mask. The call is made twice: what it finds in its registers the
 * first time, 0 and anything, it replaces by 1 and the mask of before. A signal leaves it with
 * -ERESTARTNOINTR, so that it is made again behind the handler, restores the mask, and ends.
 */
long sys_v012_sigsuspend(int restart, unsigned long old_mask, unsigned long mask)
{
	struct pt_regs *regs = current_pt_regs();

	if (restart) {
		set_current_blocked(old_mask);
		return -EINTR;
	}
	regs->ebx = 1;
	regs->ecx = (long)(unsigned long)current->blocked;
	set_current_blocked(mask);
	while (!signal_pending(current)) {
		set_current_state(TASK_INTERRUPTIBLE);
		schedule();
	}
	return -ERESTARTNOINTR;
}
