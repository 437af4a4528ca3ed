/*
 * Floating point (VFPv3) and NEON, which share one set of registers: what <linux/fpu.h> asks of
 * the machine, and their state in signal frames. The instructions are undefined while FPEXC.EN is
 * clear (ARM Architecture Reference Manual ARMv7-A, B1.11).
 */
#ifndef _ASM_FPU_H
#define _ASM_FPU_H

#include <linux/types.h>
#include <asm/processor.h>

struct pt_regs;
struct vfp_sigframe;

struct fpu_state {
	u64 d[32];
	u32 fpscr;
};

/* The kernel is compiled without floating point: the assembler must be told that there is some. */
#define FPU_ASM		".fpu neon\n\t"
#define FPEXC_EN	(1UL << 30)

static inline void write_fpexc(unsigned long value)
{
	__asm__ __volatile__(FPU_ASM "vmsr fpexc, %0" :: "r" (value) : "memory");
}

static inline void enable_fpu(void)
{
	write_fpexc(FPEXC_EN);
}

static inline void disable_fpu(void)
{
	write_fpexc(0);
}

static inline void store_fpu(struct fpu_state *fpu)
{
	u64 *d = fpu->d;

	__asm__ __volatile__(FPU_ASM "vstmia %0!, {d0-d15}" : "+r" (d) :: "memory");
	if (boot_cpu.has_d32)
		__asm__ __volatile__("vstmia %0, {d16-d31}" :: "r" (d) : "memory");
	__asm__ __volatile__("vmrs %0, fpscr" : "=r" (fpu->fpscr));
}

static inline void load_fpu(const struct fpu_state *fpu)
{
	const u64 *d = fpu->d;

	__asm__ __volatile__(FPU_ASM "vldmia %0!, {d0-d15}" : "+r" (d) :: "memory");
	if (boot_cpu.has_d32)
		__asm__ __volatile__("vldmia %0, {d16-d31}" :: "r" (d) : "memory");
	__asm__ __volatile__("vmsr fpscr, %0" :: "r" (fpu->fpscr));
}

void fresh_fpu(struct fpu_state *fpu);		/* all zero */

/* Boot: finds out what there is, and disables it until somebody uses it. */
void fpu_init(void);
/* current's instruction is undefined: was it just the first of VFP or NEON? It goes on then. */
bool fpu_first_use(struct pt_regs *regs, u32 insn);
/* Current's state into a frame: true, or false when it has none. */
bool fpu_to_frame(struct vfp_sigframe *frame);
/* And back. 0 or -ENOMEM. May sleep. */
int fpu_from_frame(const struct vfp_sigframe *frame);

#endif
