/*
 * Consoles: where the kernel's own messages go. A driver registers one per
 * device; printk() writes every line to all of them. The words `console=NAME` on the
 * command line (the last one wins) choose which of them is /dev/console.
 */
#ifndef _LINUX_CONSOLE_H
#define _LINUX_CONSOLE_H

#include <linux/types.h>

struct console {
	const char *name;	/* "tty", "ttyS": what console= calls it, without the number */
	int index;		/* the number: console=ttyS0 is index 0 */
	/* Puts n bytes out, polling; any context, interrupts masked, must not sleep. */
	void (*write)(struct console *con, const char *s, unsigned int n);
	dev_t dev;		/* the terminal it is, for /dev/console */
	bool enabled;		/* printk() skips it when false */
	struct console *next;
};

/*
 * Adds a console and shows it the log so far; kernel/printk.c. Needs no
 * memory, may be called before anything else is set up.
 */
void register_console(struct console *con);
extern struct console *console_drivers;		/* all registered ones */

/*
 * Registers the screen, if the machine has one, and the first serial line, both polled: called at
 * the very beginning of start_kernel(), needs nothing but the linear mapping of lowmem.
 */
void console_early_init(void);

/* The device /dev/console stands for: the last console= named, or the first registered; 0: none. */
dev_t console_device(void);

#endif
