/*
 * What the CPU keeps per task: what generic code asks of every machine's process.c. Included by
 * <asm/processor.h>, which has struct thread_struct.
 */
#ifndef _ASM_GENERIC_PROCESSOR_H
#define _ASM_GENERIC_PROCESSOR_H

struct task_struct;
struct pt_regs;
struct seq_file;

/*
 * fork's machine part: the child's kernel stack and registers, so that it starts in user
 * mode with return value 0. stack 0: the parent's. CLONE_SETTLS: tls is what the machine's clone
 * takes, the thread pointer (ARM) or a user_desc pointer (i386). 0 or -ERRNO.
 */
int copy_thread(unsigned long clone_flags, unsigned long stack, unsigned long tls,
		struct task_struct *p, struct pt_regs *regs);
/* The same for a kernel thread that runs fn(arg) and then do_exit(). */
int copy_kernel_thread(struct task_struct *p, int (*fn)(void *), void *arg);
void exit_thread(struct task_struct *p);	/* frees floating-point state */
void flush_thread(void);		/* exec: that and the thread pointer of current forgotten */
/* Sets the registers for a new program. An odd pc starts it in Thumb state (ARM). */
void start_thread(struct pt_regs *regs, unsigned long pc, unsigned long sp);
/* Kernel function a sleeping task waits in (its return address), 0 if it runs. */
unsigned long get_wchan(struct task_struct *p);
void show_cpuinfo(struct seq_file *m);		/* /proc/cpuinfo */

#endif
