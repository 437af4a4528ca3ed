/*
 * Memory aborts: entry.S reads the registers that say what happened and calls these, in SVC mode
 * with interrupts off. The code of a page fault is the fault status: see <linux/fault.h>, which
 * says what the macros are for (ARM Architecture Reference Manual ARMv7-A, B3.13).
 */
#ifndef _ASM_FAULT_H
#define _ASM_FAULT_H

#include <linux/types.h>

/* Fault status registers */
#define FSR_STATUS(fsr)		(((fsr) & 0xf) | ((fsr) >> 6 & 0x10))
#define FSR_ALIGNMENT		0x01
#define FSR_DEBUG		0x02
#define FSR_ACCESS_SECTION	0x03
#define FSR_ICACHE		0x04	/* cache maintenance of an address that is not mapped */
#define FSR_TRANS_SECTION	0x05
#define FSR_ACCESS_PAGE		0x06
#define FSR_TRANS_PAGE		0x07
#define FSR_EXTERNAL		0x08
#define FSR_DOMAIN_SECTION	0x09
#define FSR_DOMAIN_PAGE		0x0b
#define FSR_PERM_SECTION	0x0d
#define FSR_PERM_PAGE		0x0f
#define FSR_ASYNC_EXTERNAL	0x16
#define FSR_WRITE		(1UL << 11)
#define FSR_FETCH		(1UL << 31)	/* ours: of an instruction */

#define TRAP_PAGE_FAULT		14	/* and of every other abort */

#define fault_is_write(code)	(((code) & FSR_WRITE) != 0)
#define fault_is_fetch(code)	(((code) & FSR_FETCH) != 0)
#define fault_no_table(code)	(FSR_STATUS(code) == FSR_TRANS_SECTION)
#define fault_code_at_kernel_address(code) (((code) & ~0xfUL) | FSR_PERM_PAGE)

struct pt_regs;

/* A load or store: `address` from DFAR, `fsr` from DFSR. */
void do_DataAbort(struct pt_regs *regs, unsigned long address, unsigned long fsr);
/* An instruction that could not be fetched: from IFAR and IFSR. */
void do_PrefetchAbort(struct pt_regs *regs, unsigned long address, unsigned long fsr);

/*
 * In traps.c. Fills the page that will stand at FFFF0000: vectors, stubs, user helpers. Called
 * once by paging_init().
 */
void early_trap_init(void *vectors);

#endif
