/*
 * The end: panic() when the kernel cannot go on, die() when it has done what the CPU refuses,
 * __bug() when one of its own invariants is broken. What the machine does then is chosen by panic=
 * on the command line.
 */
#include <linux/sched.h>
#include <linux/init.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/delay.h>
#include <asm/system.h>

/* Seconds before the restart; 0: stand still, so that the screen can be read; -1: end at once. */
static int panic_timeout;

static void panic_setup(char *value)
{
	panic_timeout = simple_strtol(value, NULL, 0);
}
__setup("panic=", panic_setup);

void panic(const char *fmt, ...)
{
	static bool in_panic;
	va_list args;
	int i;

	local_irq_disable();
	if (in_panic)
		halt_forever();
	in_panic = true;
	console_verbose();
	printk(KERN_EMERG "Kernel panic: ");
	va_start(args, fmt);
	vprintk(fmt, args);
	va_end(args);
	printk("\n");
	dump_stack();
	if (panic_timeout < 0)
		machine_panic_exit();
	if (panic_timeout == 0) {
		printk(KERN_EMERG
		       "The machine stands still. panic=N restarts it after N seconds.\n");
		halt_forever();
	}
	printk(KERN_EMERG "Restarting in %d seconds.\n", panic_timeout);
	for (i = 0; i < panic_timeout; i++)
		mdelay(1000);
	machine_restart();
}

/* ---- an oops, or a broken invariant: the task ends, or else the machine does ---- */

void dump_stack(void)
{
	show_trace((unsigned long)__builtin_frame_address(0), 0);
}

void show_regs(const struct pt_regs *regs)
{
	printk(KERN_EMERG "Process %s (pid %d), task %p\n", current->comm, current->pid,
	       (void *)current);
	show_registers(regs);
}

void die(const char *what, struct pt_regs *regs, long err)
{
	local_irq_disable();
	printk(KERN_EMERG "%s: %04lx\n", what, err & 0xffff);
	show_regs(regs);
	show_regs_trace(regs);
	if (in_interrupt())
		panic("%s in an interrupt handler", what);
	if (current->pid <= 1)
		panic("%s in task %d", what, current->pid);
	local_irq_enable();
	do_exit(SIGSEGV);
}

void __bug(const char *file, int line)
{
	console_verbose();
	printk(KERN_EMERG "BUG at %s:%d in %s[%d]\n", file, line, current->comm, current->pid);
	if (in_interrupt() || current->pid <= 1)
		panic("BUG at %s:%d", file, line);
	dump_stack();
	local_irq_enable();
	do_exit(SIGABRT);
}
