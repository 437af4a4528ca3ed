/*
 * What the CPU keeps per task, and what it can do.
 */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <linux/types.h>
#include <asm-generic/processor.h>
#include <asm/page.h>
#include <asm/ptrace.h>

struct file;
struct fpu_state;

struct desc_struct {
	u32 a, b;
};

#define GDT_ENTRY_TLS_MIN	6
#define GDT_ENTRY_TLS_ENTRIES	3

struct thread_struct {
	unsigned long esp;		/* kernel stack pointer while not running */
	unsigned long gs, fs;		/* user selectors */
	struct desc_struct tls[GDT_ENTRY_TLS_ENTRIES];
	unsigned long addr_limit;	/* user access is below: TASK_SIZE, or 0 for all (set_fs) */
	unsigned long address, trap_no, error_code;	/* of the last fault, for signal frames */
	struct fpu_state *fpu;		/* NULL until the FPU is first used */
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

/* Leaves the kernel with these registers, which lie at the top of current's stack: entry.S. */
static inline void __attribute__((noreturn)) return_to_user(struct pt_regs *regs)
{
	__asm__ __volatile__("movl %0,%%esp ; jmp restore_all" :: "r" (regs));
	__builtin_unreachable();
}

/* Fills memory that held code: int3. */
#define POISON_CODE	0xcc
/* Waits a little in a loop that polls a device. */
#define cpu_relax()	__asm__ __volatile__("rep ; nop" ::: "memory")

#endif
