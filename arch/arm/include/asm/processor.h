/*
 * What the CPU keeps per task, and what it can do.
 */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <linux/types.h>
#include <asm/page.h>
#include <asm/ptrace.h>

struct task_struct;
struct vfp_state;

struct thread_struct {
	unsigned long sp;		/* kernel stack pointer while not running */
	unsigned long tls;		/* TPIDRURO, which programs can read */
	unsigned long tp_user;		/* TPIDRURW, which they can write too */
	unsigned long addr_limit;	/* user access is below: TASK_SIZE, or 0 for all (set_fs) */
	unsigned long address, trap_no, error_code;	/* of the last fault, for signal frames */
	struct vfp_state *vfp;		/* NULL until VFP or NEON is first used */
};

struct cpuinfo {
	u32 midr;			/* main ID register */
	u32 hwcap;			/* HWCAP_ bits: what programs may use */
	bool has_vfp, has_d32;		/* floating point; with 32 double registers */
};
extern struct cpuinfo boot_cpu;

/* AT_HWCAP, as Linux defines it for ARM */
#define HWCAP_HALF	(1 << 1)
#define HWCAP_THUMB	(1 << 2)
#define HWCAP_FAST_MULT	(1 << 4)
#define HWCAP_VFP	(1 << 6)
#define HWCAP_EDSP	(1 << 7)
#define HWCAP_NEON	(1 << 12)
#define HWCAP_VFPv3	(1 << 13)
#define HWCAP_VFPv3D16	(1 << 14)
#define HWCAP_TLS	(1 << 15)
#define HWCAP_VFPD32	(1 << 19)

/*
 * fork's machine part: the child's kernel stack and registers, so that it starts in user
 * mode with return value 0. stack 0: the parent's. CLONE_SETTLS: tls is the
 * thread pointer (ARM). 0 or -ERRNO.
 */
int copy_thread(unsigned long clone_flags, unsigned long stack, unsigned long tls,
		struct task_struct *p, struct pt_regs *regs);
/* The same for a kernel thread that runs fn(arg) and then do_exit(). */
int copy_kernel_thread(struct task_struct *p, int (*fn)(void *), void *arg);
void exit_thread(struct task_struct *p);	/* frees VFP state */
void flush_thread(void);			/* exec: VFP and TLS of current forgotten */
/* Sets the registers for a new program. An odd pc starts it in Thumb state. */
void start_thread(struct pt_regs *regs, unsigned long pc, unsigned long sp);
/* Leaves the kernel with these registers, which lie at the top of current's stack: entry.S. */
static inline void __attribute__((noreturn)) return_to_user(struct pt_regs *regs)
{
	__asm__ __volatile__("cpsid i\n\tmov sp, %0\n\tb restore_user" :: "r" (regs));
	__builtin_unreachable();
}
/* Kernel function a sleeping task waits in (its return address), 0 if it runs. */
unsigned long get_wchan(struct task_struct *p);
/* Fills memory that held code: undefined instructions. */
#define POISON_CODE	0xff
/* Waits a little in a loop that polls a device. */
#define cpu_relax()	__asm__ __volatile__("" ::: "memory")

struct seq_file;
void show_cpuinfo(struct seq_file *m);		/* /proc/cpuinfo */

#endif
