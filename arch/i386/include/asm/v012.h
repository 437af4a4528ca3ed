/*
 * Programs of January 1992: what the machine does for them. fs/binfmt_aout.c loads them,
 * arch/i386/v012/ holds the rest; docs/v012.md tells the story.
 *
 * They run on segments of a local descriptor table that is loaded for nobody else. So the code
 * segment that a system call comes from tells which kernel the program expects.
 *
 *	selector	index	table	ring
 *	0x0f code	1	local	3	base 0, limit 64 MB
 *	0x17 data	2	local	3	the same
 */
#ifndef _ASM_V012_H
#define _ASM_V012_H

#define V012_CS		0x0f
#define V012_DS		0x17

#ifndef __ASSEMBLY__
#include <linux/sched.h>
#include <linux/signal.h>

struct file;
struct mm_struct;
struct pt_regs;

/* Is current such a program? */
static inline bool is_v012(const struct task_struct *p)
{
	return p->thread.v012;
}

/* The local descriptor table of the task that runs next. Interrupts off. */
void v012_load_ldt(bool on);
/* exec: current becomes such a program, or ceases to be one. */
void v012_enter(void);
void v012_leave(void);
/* exec forgets what is pending: of that, what is not blocked has its effect at once anyway. */
void v012_forget_blocked(void);
/* Sets the registers for a program just loaded. */
void v012_start_thread(struct pt_regs *regs, unsigned long entry, unsigned long sp);

/* The file of current's uselib(), kept over fork and exec; or NULL. */
static inline struct file *current_library(void)
{
	return current->thread.library;
}

/* fork: one more task has the library, each until close_text(). */
void v012_get_library(struct file *library);

/*
 * exec, behind compute_creds(): a library that others than root may have written goes where it would
 * run with rights that are not its owner's: those of a set-uid program (`secure`), or of whoever he
 * made start this one.
 */
void v012_check_library(bool secure);

/*
 * Maps a library, or for NULL zeroes, into the 4 MB that are kept for it and are free. mmap_sem
 * held for writing; sleeps. 0 or -ENOMEM.
 */
int map_aout_library(struct mm_struct *mm, struct file *library);

/*
 * A signal reaches the program: what becomes of the call that it broke off, the frame on the stack,
 * and the handler as what runs next. `mask` is what the frame is to restore. 0 or -EFAULT.
 */
int v012_deliver(int sig, const struct k_sigaction *ka, sigset_t mask, struct pt_regs *regs);
#endif
#endif
