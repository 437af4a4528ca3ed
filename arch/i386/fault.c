/*
 * Page faults: what the CPU reports. entry.S calls do_page_fault() with the error code; register
 * CR2 holds the address. What becomes of it is the same on every machine: mm/fault.c.
 */
#include <linux/fault.h>
#include <asm/system.h>
#include <asm/traps.h>

void do_page_fault(struct pt_regs *regs, unsigned long error_code)
{
	handle_page_fault(regs, read_cr2(), error_code);
}
