/*
 * Exceptions of the CPU that are not about memory (those are in fault.c), and what is told when
 * the kernel dies. From user mode most turn into a signal whose si_code says what happened. From
 * kernel mode the exception table may know a way out; if not, the kernel is broken, and die()
 * tells all it knows.
 *
 * The first instruction of VFP or NEON that a task executes is undefined too: fpu.c.
 * Source: ARM Architecture Reference Manual ARMv7-A, B1.8 and B3.13.
 */
#include <linux/kernel.h>
#include <linux/extable.h>
#include <linux/init.h>
#include <linux/ksyms.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <asm/fault.h>
#include <asm/fpu.h>
#include <asm/system.h>
#include <asm/traps.h>
#include <asm/uaccess.h>

/* ---- the page at FFFF0000 ---- */

char *vectors_page;

void __init early_trap_init(void *vectors)
{
	extern const char __vectors_start[], __vectors_end[];

	vectors_page = vectors;
	memcpy(vectors, __vectors_start, __vectors_end - __vectors_start);
	flush_icache_range((unsigned long)vectors, (unsigned long)vectors + PAGE_SIZE);
}

void __init trap_init(void)
{
	sort_exception_table();
	fpu_init();
}

/* ---- what is told when the kernel dies ---- */

static const char *mode_name(unsigned long cpsr)
{
	switch (cpsr & PSR_MODE_MASK) {
	case USR_MODE:
		return "user";
	case FIQ_MODE:
		return "FIQ";
	case IRQ_MODE:
		return "IRQ";
	case SVC_MODE:
		return "SVC";
	case ABT_MODE:
		return "abort";
	case UND_MODE:
		return "undefined";
	case SYSTEM_MODE:
		return "system";
	default:
		return "bad";
	}
}

void show_registers(const struct pt_regs *regs)
{
	printk(KERN_EMERG "PC: %08lx  LR: %08lx  CPSR: %08lx (%s mode%s%s)\n", regs->pc, regs->lr,
	       regs->cpsr, mode_name(regs->cpsr), thumb_mode(regs) ? ", Thumb" : "",
	       interrupts_enabled(regs) ? "" : ", interrupts off");
	printk(KERN_EMERG "R0: %08lx R1: %08lx R2: %08lx R3: %08lx\n",
	       regs->r0, regs->r1, regs->r2, regs->r3);
	printk(KERN_EMERG "R4: %08lx R5: %08lx R6: %08lx R7: %08lx\n",
	       regs->r4, regs->r5, regs->r6, regs->r7);
	printk(KERN_EMERG "R8: %08lx R9: %08lx R10: %08lx\n", regs->r8, regs->r9, regs->r10);
	printk(KERN_EMERG "FP: %08lx IP: %08lx SP: %08lx\n", regs->fp, regs->ip, regs->sp);
	printk(KERN_EMERG "DFAR: %08lx DFSR: %03lx IFAR: %08lx IFSR: %03lx TTBR0: %08lx\n",
	       CP15_READ("c6, c0, 0"), CP15_READ("c5, c0, 0"), CP15_READ("c6, c0, 2"),
	       CP15_READ("c5, c0, 1"), CP15_READ("c2, c0, 0"));
}

static bool is_text(unsigned long addr)
{
	return addr >= (unsigned long)_text && addr < (unsigned long)__init_end;
}

/* Do both addresses lie in one function, or in none that is known? */
static bool same_function(unsigned long a, unsigned long b)
{
	unsigned long offset_a = 0, offset_b = 0;

	return !ksym_lookup(a, &offset_a) || !ksym_lookup(b, &offset_b) ||
	       a - offset_a == b - offset_b;
}

/*
 * A function that calls others pushes fp and lr and points fp at lr:
 *
 *	fp ->	return address
 *	fp - 4	fp of the caller
 *
 * One that calls nobody pushes fp alone and points fp at it. It can only be the innermost: its
 * return address, or that of a function that has not pushed anything yet, is still in lr. The
 * registers may hold anything by now, so only what lies in the THREAD_SIZE bytes from `stack`
 * on is read.
 */
static void trace_stack(unsigned long stack, unsigned long fp, unsigned long pc, unsigned long lr)
{
	int depth = 0;

	printk(KERN_EMERG "Call trace:\n");
	if (pc)
		print_ksym(pc, 0);
	while (depth++ < 32 && !(fp & 3) && fp > stack && fp - stack <= THREAD_SIZE - 4) {
		unsigned long *frame = (unsigned long *)fp;
		unsigned long next = frame[0];

		if (depth == 1 && is_text(lr) && lr != frame[0] && !same_function(pc, lr - 1))
			print_ksym(lr, 1);
		if (is_text(frame[0])) {
			print_ksym(frame[0], 1);
			next = frame[-1];
		} else if (depth > 1) {
			break;
		}
		if (next <= fp)
			break;
		fp = next;
	}
}

void show_trace(unsigned long fp, unsigned long pc)
{
	trace_stack((unsigned long)current, fp, pc, 0);
}

void show_regs_trace(struct pt_regs *regs)
{
	trace_stack((unsigned long)current, regs->fp, regs->pc, regs->lr);
}

/* From entry.S, on an emergency stack: the kernel could not push, its sp points nowhere. */
void double_fault(struct pt_regs *regs)
{
	unsigned long stack = regs->fp & -THREAD_SIZE;

	printk(KERN_EMERG "double fault: the kernel stack is exhausted or damaged\n");
	show_registers(regs);
	/* `current` comes from the stack pointer, here the handler's; fp may be as bad. */
	if (stack < PAGE_OFFSET || stack >= (unsigned long)high_memory)
		regs->fp = 0;
	trace_stack(stack, regs->fp, regs->pc, regs->lr);
	panic("double fault");
}

/* From entry.S: an exception that this kernel does not use. */
void bad_vector(struct pt_regs *regs)
{
	show_regs(regs);
	panic("unexpected exception");
}

/* From div.S: what a CPU that divides would trap at. */
void __div0(void)
{
	printk(KERN_EMERG "division by zero in the kernel\n");
	BUG();
}

/* ---- the exceptions ---- */

/* A fault of the program, or of a kernel instruction that knows a way out. */
static void trap_signal(struct pt_regs *regs, unsigned long address, unsigned long fsr, int trap,
			int sig, int code, const char *name)
{
	if (!user_mode(regs)) {
		if (!fixup_exception(regs))
			die(name, regs, fsr);
		return;
	}
	local_irq_enable();
	current->thread.address = address;
	current->thread.trap_no = trap;
	current->thread.error_code = fsr;
	force_sig_fault(sig, code, (void *)address);
}

#define TRAP_UNDEFINED	6		/* trap_no in signal frames, as Linux has them */

void do_other_abort(struct pt_regs *regs, unsigned long address, unsigned long fsr)
{
	switch (FSR_STATUS(fsr)) {
	case FSR_ALIGNMENT:
		trap_signal(regs, address, fsr, TRAP_PAGE_FAULT, SIGBUS, BUS_ADRALN,
			    "alignment fault");
		break;
	case FSR_DEBUG: /* BKPT */
		trap_signal(regs, regs->pc, fsr, TRAP_PAGE_FAULT, SIGTRAP, TRAP_BRKPT,
			    "breakpoint");
		break;
	case FSR_ICACHE:		/* a page that is not there has nothing in the cache */
		trap_signal(regs, address, fsr, TRAP_PAGE_FAULT, SIGSEGV, SEGV_MAPERR,
			    "cache maintenance fault");
		break;
	case FSR_ASYNC_EXTERNAL:	/* the address is not known */
		trap_signal(regs, 0, fsr, TRAP_PAGE_FAULT, SIGBUS, BUS_OBJERR,
			    "asynchronous external abort");
		break;
	default:
		trap_signal(regs, address, fsr, TRAP_PAGE_FAULT, SIGBUS, BUS_OBJERR,
			    "external abort");
		break;
	}
}

/* What debuggers put in the place of an instruction: undefined for ever. */
#define BREAK_ARM_MASK	0x0fffffff
#define BREAK_ARM	0x07f001f0
#define BREAK_THUMB	0xde01
#define BREAK_THUMB2	0xf7f0a000

/*
 * Reads the instruction at pc, with bits 31-16 of a 32-bit Thumb instruction from its first half.
 * 0 or -EFAULT: in the vector page, or the page has gone meanwhile.
 */
static int read_insn(struct pt_regs *regs, u32 *insn)
{
	u16 first, second;
	u32 word;

	if (!thumb_mode(regs)) {
		if (get_user(word, (u32 __user *)regs->pc))
			return -EFAULT;
		*insn = word;
		return 0;
	}
	if (get_user(first, (u16 __user *)regs->pc))
		return -EFAULT;
	*insn = first;
	if (first < 0xe800)
		return 0;
	if (get_user(second, (u16 __user *)(regs->pc + 2)))
		return -EFAULT;
	*insn = (u32)first << 16 | second;
	return 0;
}

static bool is_breakpoint(struct pt_regs *regs, u32 insn)
{
	if (thumb_mode(regs))
		return insn == BREAK_THUMB || insn == BREAK_THUMB2;
	return (insn & BREAK_ARM_MASK) == BREAK_ARM;
}

void do_undefinstr(struct pt_regs *regs)
{
	u32 insn = 0;

	regs->pc -= thumb_mode(regs) ? 2 : 4;	/* lr was behind it */
	if (!user_mode(regs))
		die("undefined instruction", regs, 0);
	local_irq_enable();
	if (!read_insn(regs, &insn)) {
		if (fpu_first_use(regs, insn))
			return;
		if (is_breakpoint(regs, insn)) {
			trap_signal(regs, regs->pc, 0, TRAP_UNDEFINED, SIGTRAP, TRAP_BRKPT, "");
			return;
		}
	}
	trap_signal(regs, regs->pc, 0, TRAP_UNDEFINED, SIGILL, ILL_ILLOPC, "");
}
