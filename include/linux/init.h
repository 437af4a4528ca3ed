/*
 * Code and data used only at boot. They are linked into sections of their own,
 * which free_initmem() gives back once task 1 has mounted the root.
 */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#define __init		__attribute__((section(".init.text"), cold))
#define __initdata	__attribute__((section(".init.data")))

/*
 * A word of the command line and who takes it: `func` gets what follows the
 * name, e.g. __setup("mem=", mem_setup) gets "64M" for "mem=64M". It returns
 * nothing; a value it cannot use it reports with printk and ignores.
 */
struct setup_param {
	const char *name;
	void (*func)(char *value);
};

#define __setup(str, fn)						\
	static const struct setup_param __setup_##fn			\
	__attribute__((used, section(".init.setup"))) = { str, fn }

/*
 * A driver or file system that brings itself up. initcall_dev() functions run
 * before initcall_fs() ones, both in task 0 with interrupts on, before task 1 exists;
 * they return 0 or -ERRNO (logged, not fatal).
 */
typedef int (*initcall_t)(void);
#define __initcall(fn, sec) \
	static const initcall_t __initcall_##fn __attribute__((used, section(sec))) = fn
#define initcall_dev(fn)	__initcall(fn, ".initcall.1")
#define initcall_fs(fn)		__initcall(fn, ".initcall.2")

/* Parses the command line once, early; calls every matching __setup(). */
void parse_early_param(void);

#define COMMAND_LINE_SIZE	1024
extern char saved_command_line[];	/* for /proc/cmdline */

#endif
