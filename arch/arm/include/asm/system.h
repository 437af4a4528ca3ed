/*
 * Interrupt masking, barriers, control registers, and the switch between two
 * kernel stacks.
 */
#ifndef _ASM_SYSTEM_H
#define _ASM_SYSTEM_H

#include <linux/types.h>
#include <asm/cache.h>	/* isb dsb dmb */
#include <asm/ptrace.h>

struct task_struct;

/* Forbids the compiler to move memory accesses across this point. */
#define barrier()	__asm__ __volatile__("" ::: "memory")
#define mb()		dsb()		/* order of memory and devices */
#define rmb()		dsb()
#define wmb()		dsb()

#define local_irq_disable()	__asm__ __volatile__("cpsid i" ::: "memory")
#define local_irq_enable()	__asm__ __volatile__("cpsie i" ::: "memory")
#define local_save_flags(flags)	\
	__asm__ __volatile__("mrs %0, cpsr" : "=r" (flags) :: "memory")
#define local_irq_save(flags)	\
	__asm__ __volatile__("mrs %0, cpsr\n\tcpsid i" : "=r" (flags) :: "memory")
#define local_irq_restore(flags) \
	__asm__ __volatile__("msr cpsr_c, %0" :: "r" (flags) : "memory")

static inline bool irqs_disabled(void)
{
	unsigned long flags;

	local_save_flags(flags);
	return (flags & PSR_I) != 0;
}

/*
 * Sleeps until the next interrupt; called with interrupts off, returns with them on. One that is
 * pending ends the wait although it is masked, so none can be missed.
 */
static inline void safe_halt(void)
{
	__asm__ __volatile__("dsb\n\twfi\n\tcpsie i" ::: "memory");
}

/* Interrupts off for ever: the machine stands still. */
static inline void __attribute__((noreturn)) halt_forever(void)
{
	for (;;)
		__asm__ __volatile__("cpsid if\n\twfi");
}

/*
 * Changes to the kernel stack of `next` and returns, on that stack, the task
 * that ran before. Interrupts are off. In entry.S and process.c.
 */
struct task_struct *switch_to(struct task_struct *prev, struct task_struct *next);

/* True in an interrupt handler: nothing there may sleep. */
extern int irq_depth;
static inline bool in_interrupt(void)
{
	return irq_depth != 0;
}

/* Prints the call trace of the caller, or of saved registers. */
void dump_stack(void);
void show_trace(unsigned long fp, unsigned long pc);
void show_regs(struct pt_regs *regs);
/* An oops: tells all there is to tell and ends the task, or panics. err: fault status. */
void die(const char *what, struct pt_regs *regs, long err) __attribute__((noreturn));

/* Boot steps of the machine, called by start_kernel() in this order. */
void setup_arch(char **command_line);	/* memory map, page tables, zones */
void trap_init(void);
void init_IRQ(void);
/* Task 0 drops to user mode and goes on in init_user_start(): kernel/init_user.c. */
void move_to_user_mode(void) __attribute__((noreturn));

#endif
