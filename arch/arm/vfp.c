/*
 * Floating point (VFPv3) and NEON, which share one set of registers, given to a task when it first
 * uses them.
 *
 * FPEXC.EN is cleared at a task switch, so the first such instruction afterwards is undefined
 * and comes here, and only then are the registers loaded. A task whose state is in the
 * registers carries PF_USEDFPU; when it is switched out they are saved at once. A
 * task that never uses them costs nothing.
 *
 * Errors of calculations only set bits in FPSCR: VFPv3 of the Cortex-A9 traps none of them.
 * Source: ARM Architecture Reference Manual ARMv7-A, A2.6, B1.11 and B4.1.40 (CPACR).
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/processor.h>
#include <asm/ptrace.h>
#include <asm/sigcontext.h>
#include <asm/system.h>
#include <asm/vfp.h>

/* The kernel is compiled without floating point: the assembler must be told that there is some. */
__asm__(".fpu neon");

#define CPACR_CP10_CP11	(0xfUL << 20)
#define FPEXC_EN	(1UL << 30)
#define FPSCR_LEN_STRIDE 0x00370000UL	/* short vectors: not to be left on for a handler */
#define MVFR0_REGS	0xfUL		/* 1: 16 double registers, 2: 32 */
#define MVFR1_SIMD	0x000fff00UL	/* NEON loads and stores, integers, single precision */

static struct kmem_cache *vfp_cachep;

static inline void write_fpexc(unsigned long value)
{
	__asm__ __volatile__("vmsr fpexc, %0" :: "r" (value) : "memory");
}

static inline unsigned long read_fpexc(void)
{
	unsigned long value;

	__asm__ __volatile__("vmrs %0, fpexc" : "=r" (value));
	return value;
}

void __init vfp_init(void)
{
	unsigned long mvfr0, mvfr1;

	CP15_WRITE("c1, c0, 2", CP15_READ("c1, c0, 2") | CPACR_CP10_CP11);
	isb();
	if ((CP15_READ("c1, c0, 2") & CPACR_CP10_CP11) != CPACR_CP10_CP11)
		return;				/* this chip has none */
	__asm__ __volatile__("vmrs %0, mvfr0\n\tvmrs %1, mvfr1" : "=r" (mvfr0), "=r" (mvfr1));
	boot_cpu.has_vfp = true;
	boot_cpu.has_d32 = (mvfr0 & MVFR0_REGS) == 2;
	boot_cpu.hwcap |= HWCAP_VFP | HWCAP_VFPv3;
	boot_cpu.hwcap |= boot_cpu.has_d32 ? HWCAP_VFPD32 : HWCAP_VFPv3D16;
	if (boot_cpu.has_d32 && (mvfr1 & MVFR1_SIMD))
		boot_cpu.hwcap |= HWCAP_NEON;
	write_fpexc(0);
}

static int __init vfp_cache_init(void)
{
	vfp_cachep = kmem_cache_create("vfp_state", sizeof(struct vfp_state), 8, SLAB_PANIC, NULL);
	return 0;
}
initcall_dev(vfp_cache_init);

/* Stores the registers of current, which hold its state, and gives them up. */
void save_vfp(struct task_struct *p)
{
	u64 *d = p->thread.vfp->d;

	__asm__ __volatile__("vstmia %0!, {d0-d15}" : "+r" (d) :: "memory");
	if (boot_cpu.has_d32)
		__asm__ __volatile__("vstmia %0, {d16-d31}" :: "r" (d) : "memory");
	__asm__ __volatile__("vmrs %0, fpscr" : "=r" (p->thread.vfp->fpscr));
	p->flags &= ~PF_USEDFPU;
	write_fpexc(0);
}

static void restore_vfp(const struct vfp_state *vfp)
{
	const u64 *d = vfp->d;

	__asm__ __volatile__("vldmia %0!, {d0-d15}" : "+r" (d) :: "memory");
	if (boot_cpu.has_d32)
		__asm__ __volatile__("vldmia %0, {d16-d31}" :: "r" (d) : "memory");
	__asm__ __volatile__("vmsr fpscr, %0" :: "r" (vfp->fpscr));
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

/* Memory for the state of current, all zero as at the start of a program. 0 or -ENOMEM. */
static int alloc_vfp(void)
{
	if (current->thread.vfp)
		return 0;
	current->thread.vfp = kmem_cache_zalloc(vfp_cachep, GFP_KERNEL);
	if (!current->thread.vfp)
		return -ENOMEM;
	current->flags |= PF_USEDMATH;
	return 0;
}

bool vfp_first_use(struct pt_regs *regs, u32 insn)
{
	if (!boot_cpu.has_vfp || !is_vfp_insn(thumb_mode(regs), insn) ||
	    (current->flags & PF_USEDFPU))
		return false;
	if (alloc_vfp()) {
		force_sig(SIGKILL);
		return true;
	}
	local_irq_disable();
	write_fpexc(FPEXC_EN);
	restore_vfp(current->thread.vfp);
	current->flags |= PF_USEDFPU;
	local_irq_enable();
	return true;
}

/* Brings thread.vfp up to date. False: the task has not used the registers. */
static bool sync_vfp(struct task_struct *p)
{
	unsigned long flags;

	if (!p->thread.vfp)
		return false;
	local_irq_save(flags);
	if (p->flags & PF_USEDFPU)
		save_vfp(p);
	local_irq_restore(flags);
	return true;
}

int copy_vfp(struct task_struct *child)
{
	child->thread.vfp = NULL;
	child->flags &= ~(PF_USEDFPU | PF_USEDMATH);
	if (!current->thread.vfp)
		return 0;
	child->thread.vfp = kmem_cache_alloc(vfp_cachep, GFP_KERNEL);
	if (!child->thread.vfp)
		return -ENOMEM;
	child->flags |= PF_USEDMATH;
	sync_vfp(current);
	*child->thread.vfp = *current->thread.vfp;
	return 0;
}

void drop_vfp(struct task_struct *p)
{
	unsigned long flags;

	if (!p->thread.vfp)
		return;
	local_irq_save(flags);
	if (p->flags & PF_USEDFPU)
		write_fpexc(0);
	p->flags &= ~(PF_USEDFPU | PF_USEDMATH);
	local_irq_restore(flags);
	kmem_cache_free(vfp_cachep, p->thread.vfp);
	p->thread.vfp = NULL;
}

/* ---- the state in signal frames ---- */

bool vfp_to_frame(struct vfp_sigframe *frame)
{
	struct vfp_state *vfp = current->thread.vfp;

	if (!sync_vfp(current))
		return false;
	memset(frame, 0, sizeof(*frame));
	frame->magic = VFP_MAGIC;
	frame->size = sizeof(*frame);
	memcpy(frame->fpregs, vfp->d, sizeof(frame->fpregs));
	frame->fpscr = vfp->fpscr;
	frame->fpexc = FPEXC_EN;
	vfp->fpscr &= ~FPSCR_LEN_STRIDE;
	return true;
}

int vfp_from_frame(const struct vfp_sigframe *frame)
{
	int err = alloc_vfp();

	if (err)
		return err;
	sync_vfp(current);
	memcpy(current->thread.vfp->d, frame->fpregs, sizeof(frame->fpregs));
	current->thread.vfp->fpscr = frame->fpscr;
	return 0;
}
