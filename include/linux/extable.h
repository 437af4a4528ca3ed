/*
 * Kernel instructions that may fault, and where to go on when they do: pairs of addresses, sorted
 * at boot. The accesses of <asm/uaccess.h> are in it, and what else an architecture knows a way
 * out of.
 */
#ifndef _LINUX_EXTABLE_H
#define _LINUX_EXTABLE_H

#include <linux/types.h>

struct pt_regs;

struct exception_table_entry {
	unsigned long insn, fixup;
};

/* In inline assembly: an entry for the instruction at label `from`, whose fix-up is at `to`. */
#define EX_TABLE(from, to)						\
	".section __ex_table,\"a\"\n\t.balign 4\n\t.long " #from "," #to "\n\t.previous\n"

/*
 * A kernel instruction has faulted: true if it has a fix-up; regs go on there then. Any context.
 */
bool fixup_exception(struct pt_regs *regs);
/* Called once, before the first fault. */
void sort_exception_table(void);

#endif
