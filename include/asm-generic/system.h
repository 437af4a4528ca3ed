/*
 * What every machine's <asm/system.h> offers in the same words: the switch, what is told when the
 * kernel dies, and the steps of the boot.
 */
#ifndef _ASM_GENERIC_SYSTEM_H
#define _ASM_GENERIC_SYSTEM_H

#include <linux/types.h>

struct task_struct;
struct pt_regs;

/*
 * Changes to the kernel stack of `next` and returns, on that stack, the task
 * that ran before. Interrupts are off. In entry.S and process.c of the machine.
 */
struct task_struct *switch_to(struct task_struct *prev, struct task_struct *next);

/* True in an interrupt handler: nothing there may sleep. */
extern int irq_depth;
static inline bool in_interrupt(void)
{
	return irq_depth != 0;
}

/* ---- what is told when the kernel dies: kernel/panic.c, traps.c. Any context ---- */

/* Prints the call trace of the caller. */
void dump_stack(void);
/* The same from a frame of current on; pc, unless it is 0, was the innermost place. */
void show_trace(unsigned long frame, unsigned long pc);
/* The same from saved registers on. */
void show_regs_trace(struct pt_regs *regs);
/* Prints the registers; and with the task they belong to, which is current. */
void show_registers(const struct pt_regs *regs);
void show_regs(const struct pt_regs *regs);
/* An oops: tells all there is to tell and ends the task, or panics. err: of the machine's trap. */
void die(const char *what, struct pt_regs *regs, long err) __attribute__((noreturn));

/* ---- steps of the boot, called by start_kernel() in this order ---- */

void setup_arch(char **command_line);	/* memory map, page tables, zones */
void trap_init(void);
void init_IRQ(void);
/* Task 0 drops to user mode and goes on in init_user_start(): kernel/user_text.c. */
void move_to_user_mode(void) __attribute__((noreturn));

#endif
