/*
 * The kernel's own symbol table, for readable traces: kernel/ksyms.c.
 */
#ifndef _LINUX_KSYMS_H
#define _LINUX_KSYMS_H

/*
 * Name of the function that contains addr, with the distance from its start in *offset (which may
 * be NULL), in a static buffer; NULL: not kernel code, or a kernel linked without the table.
 */
const char *ksym_lookup(unsigned long addr, unsigned long *offset);

/*
 * A line of a call trace: the address and the function it is in. `back` is 1 for a return address:
 * behind a call that never returns another function begins.
 */
void print_ksym(unsigned long addr, unsigned int back);

#endif
