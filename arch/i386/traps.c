/*
 * Exceptions of the CPU: the descriptor table that routes them, and what
 * becomes of each. From user mode most turn into a signal whose si_code says
 * what happened. From kernel mode the exception table may know a way out; if
 * not, the kernel is broken, and die() tells all it knows.
 *
 * Vectors and error codes: Intel SDM vol. 3, chapter 6.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/ksyms.h>
#include <linux/sched.h>
#include <linux/mm.h>
#include <asm/fpu.h>
#include <asm/segment.h>
#include <asm/traps.h>
#include <asm/uaccess.h>
#include <asm/v012.h>

struct desc_struct idt_table[256] __aligned(8);
struct tss_struct init_tss;
static struct tss_struct dfault_tss;
static char dfault_stack[4096] __aligned(16);

/* ---- the table ---- */

#define GATE_INTR	0x8e	/* present, ring 0 only, interrupts off on entry */
#define GATE_SYSTEM	0xef	/* present, user may call, interrupts stay on */
#define GATE_SYSTEM_INTR 0xee	/* present, user may call, interrupts off */
#define GATE_TASK	0x85

static void set_gate(unsigned int vector, u8 type, const void *addr)
{
	unsigned long a = (unsigned long)addr;

	idt_table[vector].a = (__KERNEL_CS << 16) | (a & 0xffff);
	idt_table[vector].b = (a & 0xffff0000) | ((u32)type << 8);
}

void set_intr_gate(unsigned int vector, const void *addr)
{
	set_gate(vector, GATE_INTR, addr);
}

extern const char divide_error[], debug[], nmi[], int3[], overflow[], bounds[], invalid_op[],
	device_not_available[], coprocessor_segment_overrun[], invalid_TSS[],
	segment_not_present[], stack_segment[], general_protection[], page_fault[],
	spurious_interrupt_bug[], coprocessor_error[], alignment_check[], machine_check[],
	simd_coprocessor_error[], system_call[];

static const char *const exception_entries[] = {
	[0] = divide_error, [1] = debug, [2] = nmi, [3] = int3, [4] = overflow, [5] = bounds,
	[6] = invalid_op, [7] = device_not_available, [9] = coprocessor_segment_overrun,
	[10] = invalid_TSS, [11] = segment_not_present, [12] = stack_segment,
	[13] = general_protection, [14] = page_fault, [15] = spurious_interrupt_bug,
	[16] = coprocessor_error, [17] = alignment_check, [18] = machine_check,
	[19] = simd_coprocessor_error,
};

/* ---- what is told when the kernel dies ---- */

void show_registers(const struct pt_regs *regs)
{
	bool user = user_mode(regs);
	unsigned long esp = user ? (unsigned long)regs->esp : (unsigned long)&regs->esp;

	printk(KERN_EMERG "EIP: %04lx:%08lx  EFLAGS: %08lx\n", regs->cs & 0xffff, regs->eip,
	       regs->eflags);
	printk(KERN_EMERG "EAX: %08lx EBX: %08lx ECX: %08lx EDX: %08lx\n",
	       regs->eax, regs->ebx, regs->ecx, regs->edx);
	printk(KERN_EMERG "ESI: %08lx EDI: %08lx EBP: %08lx ESP: %08lx\n",
	       regs->esi, regs->edi, regs->ebp, esp);
	printk(KERN_EMERG "DS: %04lx ES: %04lx SS: %04lx CR2: %08lx CR3: %08lx\n",
	       regs->ds & 0xffff, regs->es & 0xffff,
	       user ? regs->ss & 0xffff : __KERNEL_DS, read_cr2(), read_cr3());
}

/*
 * Every function but those of uaccess.c begins by pushing ebp and pointing it at the place: the
 * pushed values form a chain, with the return address behind each. The registers may hold
 * anything by now, so only what lies in the THREAD_SIZE bytes from `stack` on is read.
 */
static void trace_stack(unsigned long stack, unsigned long ebp, unsigned long eip)
{
	int depth = 0;

	printk(KERN_EMERG "Call trace:\n");
	if (eip)
		print_ksym(eip, 0);
	while (depth++ < 32 && !(ebp & 3) && ebp >= stack && ebp - stack <= THREAD_SIZE - 8) {
		unsigned long *frame = (unsigned long *)ebp;

		if (frame[1] < (unsigned long)_text || frame[1] >= (unsigned long)__init_end)
			break;
		print_ksym(frame[1], 1);
		if (frame[0] <= ebp)
			break;
		ebp = frame[0];
	}
}

void show_trace(unsigned long ebp, unsigned long eip)
{
	trace_stack((unsigned long)current, ebp, eip);
}

void show_regs_trace(struct pt_regs *regs)
{
	show_trace(regs->ebp, regs->eip);
}

/* ---- the exceptions ---- */

/* A fault of the program, or of a kernel instruction that knows a way out. */
static void trap_signal(struct pt_regs *regs, unsigned long error_code, int trap, int sig,
			int code, const char *name)
{
	if (!user_mode(regs)) {
		if (!fixup_exception(regs))
			die(name, regs, error_code);
		return;
	}
	local_irq_enable();
	current->thread.trap_no = trap;
	current->thread.error_code = error_code;
	if (code)
		force_sig_fault(sig, code, (void *)regs->eip);
	else
		force_sig(sig);
}

#define SIMPLE_TRAP(fn, trap, sig, code, name)				\
void fn(struct pt_regs *regs, unsigned long error_code)			\
{									\
	trap_signal(regs, error_code, trap, sig, code, name);		\
}
SIMPLE_TRAP(do_divide_error, 0, SIGFPE, FPE_INTDIV, "divide error")
SIMPLE_TRAP(do_int3, 3, SIGTRAP, 0, "int3")
SIMPLE_TRAP(do_overflow, 4, SIGSEGV, 0, "overflow")
SIMPLE_TRAP(do_bounds, 5, SIGSEGV, 0, "bounds")
SIMPLE_TRAP(do_invalid_op, 6, SIGILL, ILL_ILLOPN, "invalid opcode")
SIMPLE_TRAP(do_coprocessor_segment_overrun, 9, SIGFPE, 0, "coprocessor segment overrun")
SIMPLE_TRAP(do_invalid_TSS, 10, SIGSEGV, 0, "invalid TSS")
SIMPLE_TRAP(do_segment_not_present, 11, SIGBUS, 0, "segment not present")
SIMPLE_TRAP(do_general_protection, 13, SIGSEGV, 0, "general protection fault")
SIMPLE_TRAP(do_alignment_check, 17, SIGBUS, BUS_ADRALN, "alignment check")

/* Only segments of 1992 have a limit that can be met, and it is met by a SIGSEGV then. */
void do_stack_segment(struct pt_regs *regs, unsigned long error_code)
{
	trap_signal(regs, error_code, 12, is_v012(current) ? SIGSEGV : SIGBUS, 0, "stack segment");
}

/* Single step (EFLAGS.TF) or a breakpoint register. */
void do_debug(struct pt_regs *regs, unsigned long error_code)
{
	if (!user_mode(regs)) {
		regs->eflags &= ~0x100;
		return;
	}
	trap_signal(regs, error_code, 1, SIGTRAP, TRAP_TRACE, "debug");
}

void do_nmi(struct pt_regs *regs, unsigned long error_code)
{
	(void)error_code;
	printk(KERN_EMERG "NMI: memory or bus error?\n");
	show_regs(regs);
}

void do_spurious_interrupt_bug(struct pt_regs *regs, unsigned long error_code)
{
	(void)regs;
	(void)error_code;
}

void do_machine_check(struct pt_regs *regs, unsigned long error_code)
{
	die("machine check", regs, error_code);
}

void do_coprocessor_error(struct pt_regs *regs, unsigned long error_code)
{
	if (user_mode(regs))
		math_error(regs, 16);
	else
		trap_signal(regs, error_code, 16, SIGFPE, 0, "coprocessor error");
}

void do_simd_coprocessor_error(struct pt_regs *regs, unsigned long error_code)
{
	if (user_mode(regs))
		math_error(regs, 19);
	else
		trap_signal(regs, error_code, 19, SIGFPE, 0, "SIMD error");
}

/*
 * A fault while a fault was being delivered: the kernel stack is no good. The CPU
 * switches to a TSS with a stack of its own; where it was stands in init_tss.
 */
static void double_fault(void)
{
	struct tss_struct *t = &init_tss;

	printk(KERN_EMERG "double fault: the kernel stack is exhausted or damaged\n");
	printk(KERN_EMERG "EIP: %04x:%08x  EFLAGS: %08x  CR2: %08lx\n",
	       t->cs, t->eip, t->eflags, read_cr2());
	printk(KERN_EMERG "EAX: %08x EBX: %08x ECX: %08x EDX: %08x\n",
	       t->eax, t->ebx, t->ecx, t->edx);
	printk(KERN_EMERG "ESI: %08x EDI: %08x EBP: %08x ESP: %08x\n",
	       t->esi, t->edi, t->ebp, t->esp);
	/* `current` comes from the stack pointer, here the handler's; the TSS has the task's. */
	trace_stack(t->esp0 - THREAD_SIZE, t->ebp, t->eip);
	panic("double fault");
}

static void __init double_fault_init(void)
{
	dfault_tss = (struct tss_struct){
		.esp0 = (u32)dfault_stack + sizeof(dfault_stack),
		.ss0 = __KERNEL_DS,
		.cr3 = __pa(swapper_pg_dir),
		.eip = (u32)double_fault,
		.eflags = 2,
		.esp = (u32)dfault_stack + sizeof(dfault_stack) - 16,
		.es = __KERNEL_DS, .cs = __KERNEL_CS, .ss = __KERNEL_DS, .ds = __KERNEL_DS,
		.io_bitmap = sizeof(struct tss_struct),
	};
	gdt_table[GDT_ENTRY_DFAULT_TSS] = make_desc((u32)&dfault_tss,
						    sizeof(dfault_tss) - 1, 0x89, 0);
	idt_table[8].a = DFAULT_TSS_SELECTOR << 16;
	idt_table[8].b = GATE_TASK << 8;
}

void __init trap_init(void)
{
	struct { u16 limit; u32 base; } __packed idt = { sizeof(idt_table) - 1, (u32)idt_table };
	unsigned int i;

	sort_exception_table();
	for (i = 0; i < ARRAY_SIZE(exception_entries); i++)
		if (exception_entries[i])
			set_gate(i, GATE_INTR, exception_entries[i]);
	set_gate(3, GATE_SYSTEM_INTR, int3);
	set_gate(4, GATE_SYSTEM_INTR, overflow);
	set_gate(0x80, GATE_SYSTEM, system_call);

	init_tss.ss0 = __KERNEL_DS;
	init_tss.esp0 = (u32)&init_task + THREAD_SIZE;
	init_tss.io_bitmap = sizeof(init_tss);
	gdt_table[GDT_ENTRY_TSS] = make_desc((u32)&init_tss, sizeof(init_tss) - 1, 0x89, 0);
	double_fault_init();
	__asm__ __volatile__("lidt %0" :: "m" (idt));
	__asm__ __volatile__("ltr %w0" :: "r" (TSS_SELECTOR));
	__asm__ __volatile__("lldt %w0" :: "r" (0));
	fpu_init();
}
