/*
 * The C side of entry.S: who handles which exception.
 */
#ifndef _ASM_TRAPS_H
#define _ASM_TRAPS_H

#include <linux/types.h>

struct pt_regs;

/*
 * The vectors, the code for returning from signal handlers and the helpers for programs: a page
 * that everybody sees at FFFF0000, read-only. Whoever maps it hands its ordinary address here
 * first, which is written through from then on.
 */
#define VECTORS_BASE		0xffff0000UL
#define VECTORS_SIGRETURN	0x500	/* sigreturn, rt_sigreturn; ARM, then Thumb */
#define VECTORS_TLS		0xff0	/* current's thread pointer, for the get_tls helper */
void early_trap_init(void *page);

/* Fault status registers: ARM Architecture Reference Manual ARMv7-A, B3.13.3 */
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

/* Traps, from entry.S: interrupts off. fsr is the fault status, address the fault address. */
void do_data_abort(struct pt_regs *regs, unsigned long address, unsigned long fsr);
void do_prefetch_abort(struct pt_regs *regs, unsigned long address, unsigned long fsr);
void do_undefinstr(struct pt_regs *regs);
void bad_vector(struct pt_regs *regs);
void double_fault(struct pt_regs *regs);
void do_IRQ(struct pt_regs *regs);
/*
 * fault.c: a fault of the MMU (translation, access flag, domain, permission), from the two
 * functions above. Interrupts are off, and may come back on.
 */
void do_page_fault(struct pt_regs *regs, unsigned long address, unsigned long fsr);
/*
 * Work on the way back to user mode. `syscall`: from a system call, which may have to be repeated.
 * True: restart_syscall() shall be called now. Interrupts are off before and after.
 */
bool do_work_pending(struct pt_regs *regs, bool syscall);

/* Sends current the signal of a fault, or (from the kernel) uses the exception table, or dies. */
void fault_signal(struct pt_regs *regs, unsigned long address, unsigned long fsr, int sig,
		  int code, const char *what);

/* In cpu.c: what CPU is this? */
void identify_cpu(void);

#endif
