/*
 * Memory aborts: entry.S reads the registers that say what happened and calls these, in SVC mode
 * with interrupts off (ARM ARM ARMv7-A, B3.13).
 */
#ifndef _ASM_FAULT_H
#define _ASM_FAULT_H

struct pt_regs;

/* A load or store: `address` from DFAR, `fsr` from DFSR. */
void do_DataAbort(unsigned long address, unsigned long fsr, struct pt_regs *regs);
/* An instruction that could not be fetched: from IFAR and IFSR. */
void do_PrefetchAbort(unsigned long address, unsigned long fsr, struct pt_regs *regs);

/*
 * In traps.c. Fills the page that will stand at FFFF0000: vectors, stubs, user helpers. Called
 * once by paging_init().
 */
void early_trap_init(void *vectors);

#endif
