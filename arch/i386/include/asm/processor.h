/*
 * What the CPU keeps per task, and what it can do.
 */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <linux/types.h>
#include <asm/page.h>
#include <asm/ptrace.h>

struct file;
struct task_struct;

struct desc_struct {
	u32 a, b;
};

#define GDT_ENTRY_TLS_MIN	6
#define GDT_ENTRY_TLS_ENTRIES	3

/* FXSAVE image (16-byte aligned), or the 108 bytes of FSAVE on older CPUs. */
union fpu_state {
	u8 fxsave[512];
	u32 fsave[27];
} __attribute__((aligned(16)));

struct thread_struct {
	unsigned long esp;		/* kernel stack pointer while not running */
	unsigned long gs, fs;		/* user selectors */
	struct desc_struct tls[GDT_ENTRY_TLS_ENTRIES];
	unsigned long addr_limit;	/* user access is below: TASK_SIZE, or 0 for all (set_fs) */
	unsigned long address, trap_no, error_code;	/* of the last fault, for signal frames */
	union fpu_state *fpu;		/* NULL until the FPU is first used */
	bool v012;			/* an a.out program: <asm/v012.h> */
	struct file *library;		/* uselib()'s, with a reference; or NULL */
};

struct cpuinfo {
	char vendor[13];
	char model_name[49];
	int family, model, stepping;
	u32 features;			/* CPUID.1:EDX */
	bool has_cpuid;
	u32 khz;			/* of the TSC; 0: none */
};
extern struct cpuinfo boot_cpu;

#define X86_FEATURE_FPU		0
#define X86_FEATURE_PSE		3
#define X86_FEATURE_TSC		4
#define X86_FEATURE_PGE		13
#define X86_FEATURE_FXSR	24
#define X86_FEATURE_SSE		25
#define cpu_has(bit)		((boot_cpu.features >> (bit)) & 1)

/*
 * fork's machine part: the child's kernel stack and registers, so that it starts in user
 * mode with return value 0. stack 0: the parent's. CLONE_SETTLS: tls is the
 * user_desc pointer (i386). 0 or -ERRNO.
 */
int copy_thread(unsigned long clone_flags, unsigned long stack, unsigned long tls,
		struct task_struct *p, struct pt_regs *regs);
/* The same for a kernel thread that runs fn(arg) and then do_exit(). */
int copy_kernel_thread(struct task_struct *p, int (*fn)(void *), void *arg);
void exit_thread(struct task_struct *p);	/* frees FPU state */
void flush_thread(void);			/* exec: FPU and TLS of current forgotten */
/* Sets the registers for a new program. */
void start_thread(struct pt_regs *regs, unsigned long eip, unsigned long esp);
/* Leaves the kernel with these registers, which lie at the top of current's stack: entry.S. */
static inline void __attribute__((noreturn)) return_to_user(struct pt_regs *regs)
{
	__asm__ __volatile__("movl %0,%%esp ; jmp restore_all" :: "r" (regs));
	__builtin_unreachable();
}
/* Kernel function a sleeping task waits in (its return address), 0 if it runs. */
unsigned long get_wchan(struct task_struct *p);
/* Fills memory that held code: int3. */
#define POISON_CODE	0xcc
/* Waits a little in a loop that polls a device. */
#define cpu_relax()	__asm__ __volatile__("rep ; nop" ::: "memory")

struct seq_file;
void show_cpuinfo(struct seq_file *m);		/* /proc/cpuinfo */

#endif
