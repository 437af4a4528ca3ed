/*
 * Memory aborts: what the CPU reports, and which of them are page faults.
 *
 *	translation, access flag,	handle_page_fault(), as on every machine: mm/fault.c.
 *	domain, permission		Not only for missing pages: the first access to an old
 *					page and the first write to a clean one fault too.
 *	anything else			do_other_abort() in traps.c: alignment, breakpoint,
 *					external aborts
 *
 * Status: ARM ARM ARMv7-A, B3.13.3. Bit 11 of DFSR is a write (or cache maintenance).
 */
#include <linux/fault.h>
#include <linux/kernel.h>
#include <asm/traps.h>

/* Does the status name a fault of the page tables? */
static bool is_mmu_fault(unsigned long fsr)
{
	switch (FSR_STATUS(fsr)) {
	case FSR_TRANS_SECTION:
	case FSR_TRANS_PAGE:
	case FSR_ACCESS_SECTION:
	case FSR_ACCESS_PAGE:
	case FSR_DOMAIN_SECTION:
	case FSR_DOMAIN_PAGE:
	case FSR_PERM_SECTION:
	case FSR_PERM_PAGE:
		return true;
	default:
		return false;
	}
}

void do_DataAbort(struct pt_regs *regs, unsigned long address, unsigned long fsr)
{
	fsr &= ~FSR_FETCH;
	if (likely(is_mmu_fault(fsr)))
		handle_page_fault(regs, address, fsr);
	else
		do_other_abort(regs, address, fsr);
}

/* IFSR has no bit for a write: a fetch is none. */
void do_PrefetchAbort(struct pt_regs *regs, unsigned long address, unsigned long fsr)
{
	fsr = (fsr & ~FSR_WRITE) | FSR_FETCH;
	if (likely(is_mmu_fault(fsr)))
		handle_page_fault(regs, address, fsr);
	else
		do_other_abort(regs, address, fsr);
}
