/*
 * Page faults, as soon as the machine has found out what happened: arch/$(ARCH)/fault.c hands the
 * address and the machine's own code of the fault to handle_page_fault() in mm/fault.c.
 *
 * Only <asm/fault.h> looks into a code:
 *
 *	fault_is_write(code)	a store
 *	fault_is_fetch(code)	an instruction was to be executed; never true where the
 *				machine does not tell
 *	fault_no_table(code)	at a kernel address: not even a page table was there
 *	fault_code_at_kernel_address(code)
 *				what a signal frame says instead, so that a program learns
 *				nothing about the kernel's pages
 *	TRAP_PAGE_FAULT		trap_no of the signal frame
 */
#ifndef _LINUX_FAULT_H
#define _LINUX_FAULT_H

#include <asm/fault.h>

struct pt_regs;

/*
 * Brings in the page, grows the stack, sends the signal, goes on at the fix-up of a kernel
 * instruction, or ends the task with an oops. Interrupts are off, and may come back on; may sleep
 * if they were on before.
 */
void handle_page_fault(struct pt_regs *regs, unsigned long address, unsigned long code);

#endif
