/*
 * Kernel instructions that may fault, and where to go on when they do: pairs of addresses, sorted
 * at boot. The accesses of <asm/uaccess.h> are in it, and what else an architecture knows a way
 * out of.
 */
#ifndef _LINUX_EXTABLE_H
#define _LINUX_EXTABLE_H

struct exception_table_entry {
	unsigned long insn, fixup;
};

/* In inline assembly: an entry for the instruction at label `from`, whose fix-up is at `to`. */
#define EX_TABLE(from, to)						\
	".section __ex_table,\"a\"\n\t.balign 4\n\t.long " #from "," #to "\n\t.previous\n"

/* Address of the fix-up for a faulting instruction, or 0. Any context. */
unsigned long search_exception_table(unsigned long addr);
/* Called once, before the first fault. */
void sort_exception_table(void);

#endif
