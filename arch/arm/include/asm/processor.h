/*
 * What the CPU keeps per task, and what it can do.
 */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <linux/types.h>
#include <asm-generic/processor.h>
#include <asm/page.h>
#include <asm/ptrace.h>

struct fpu_state;

struct thread_struct {
	unsigned long sp;		/* kernel stack pointer while not running */
	unsigned long tls;		/* TPIDRURO, which programs can read */
	unsigned long tp_user;		/* TPIDRURW, which they can write too */
	unsigned long addr_limit;	/* user access is below: TASK_SIZE, or 0 for all (set_fs) */
	unsigned long address, trap_no, error_code;	/* of the last fault, for signal frames */
	struct fpu_state *fpu;		/* NULL until VFP or NEON is first used */
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

/* Leaves the kernel with these registers, which lie at the top of current's stack: entry.S. */
static inline void __attribute__((noreturn)) return_to_user(struct pt_regs *regs)
{
	__asm__ __volatile__("cpsid i\n\tmov sp, %0\n\tb restore_all" :: "r" (regs));
	__builtin_unreachable();
}

/* Fills memory that held code: undefined instructions. */
#define POISON_CODE	0xff
/* Waits a little in a loop that polls a device. */
#define cpu_relax()	__asm__ __volatile__("" ::: "memory")

#endif
