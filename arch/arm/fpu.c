/*
 * Floating point (VFPv3) and NEON: which of them there is, the registers and how to tell an
 * instruction of theirs, and the state in signal frames. When a task has them: kernel/fpu.c.
 *
 * Errors of calculations only set bits in FPSCR: VFPv3 of the Cortex-A9 traps none of them.
 * Source: ARM Architecture Reference Manual ARMv7-A, A2.6, B1.11 and B4.1.40 (CPACR).
 */
#include <linux/kernel.h>
#include <linux/fpu.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <asm/processor.h>
#include <asm/ptrace.h>
#include <asm/sigcontext.h>
#include <asm/system.h>

#define CPACR_CP10_CP11	(0xfUL << 20)
#define FPSCR_LEN_STRIDE 0x00370000UL	/* short vectors: not to be left on for a handler */
#define MVFR0_REGS	0xfUL		/* 1: 16 double registers, 2: 32 */
#define MVFR1_SIMD	0x000fff00UL	/* NEON loads and stores, integers, single precision */

void __init fpu_init(void)
{
	unsigned long mvfr0, mvfr1;

	CP15_WRITE("c1, c0, 2", CP15_READ("c1, c0, 2") | CPACR_CP10_CP11);
	isb();
	if ((CP15_READ("c1, c0, 2") & CPACR_CP10_CP11) != CPACR_CP10_CP11)
		return;				/* this chip has none */
	__asm__ __volatile__(FPU_ASM "vmrs %0, mvfr0\n\tvmrs %1, mvfr1"
			     : "=r" (mvfr0), "=r" (mvfr1));
	boot_cpu.has_vfp = true;
	boot_cpu.has_d32 = (mvfr0 & MVFR0_REGS) == 2;
	boot_cpu.hwcap |= HWCAP_VFP | HWCAP_VFPv3;
	boot_cpu.hwcap |= boot_cpu.has_d32 ? HWCAP_VFPD32 : HWCAP_VFPv3D16;
	if (boot_cpu.has_d32 && (mvfr1 & MVFR1_SIMD))
		boot_cpu.hwcap |= HWCAP_NEON;
	disable_fpu();
}

void fresh_fpu(struct fpu_state *fpu)
{
	memset(fpu, 0, sizeof(*fpu));
}

/*
 * Is it an instruction of VFP or NEON? ARM Architecture Reference Manual, A5.7 and A6.3: the
 * coprocessors 10 and 11, NEON data processing, NEON loads and stores.
 */
static bool is_vfp_insn(bool thumb, u32 insn)
{
	if (thumb)
		return (insn & 0xec000e00) == 0xec000a00 || (insn & 0xef000000) == 0xef000000 ||
		       (insn & 0xff100000) == 0xf9000000;
	if ((insn & 0xf0000000) == 0xf0000000 &&
	    ((insn & 0xfe000000) == 0xf2000000 || (insn & 0xff100000) == 0xf4000000))
		return true;
	return (insn & 0x0c000e00) == 0x0c000a00 && (insn & 0x0f000000) != 0x0f000000;
}

bool fpu_first_use(struct pt_regs *regs, u32 insn)
{
	if (!boot_cpu.has_vfp || !is_vfp_insn(thumb_mode(regs), insn) ||
	    (current->flags & PF_USEDFPU))
		return false;
	if (use_fpu())
		force_sig(SIGKILL);
	return true;
}

/* ---- the state in signal frames ---- */

bool fpu_to_frame(struct vfp_sigframe *frame)
{
	struct fpu_state *fpu = current->thread.fpu;

	if (!sync_fpu())
		return false;
	memset(frame, 0, sizeof(*frame));
	frame->magic = VFP_MAGIC;
	frame->size = sizeof(*frame);
	memcpy(frame->fpregs, fpu->d, sizeof(frame->fpregs));
	frame->fpscr = fpu->fpscr;
	frame->fpexc = FPEXC_EN;
	fpu->fpscr &= ~FPSCR_LEN_STRIDE;
	return true;
}

int fpu_from_frame(const struct vfp_sigframe *frame)
{
	if (alloc_fpu())
		return -ENOMEM;
	sync_fpu();
	memcpy(current->thread.fpu->d, frame->fpregs, sizeof(frame->fpregs));
	current->thread.fpu->fpscr = frame->fpscr;
	return 0;
}
