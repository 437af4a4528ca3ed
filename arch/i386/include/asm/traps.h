/*
 * The C side of entry.S: who handles which vector. The second argument is the
 * error code the CPU pushed, or 0.
 */
#ifndef _ASM_TRAPS_H
#define _ASM_TRAPS_H

struct pt_regs;

void do_divide_error(struct pt_regs *regs, unsigned long error_code);
void do_debug(struct pt_regs *regs, unsigned long error_code);
void do_nmi(struct pt_regs *regs, unsigned long error_code);
void do_int3(struct pt_regs *regs, unsigned long error_code);
void do_overflow(struct pt_regs *regs, unsigned long error_code);
void do_bounds(struct pt_regs *regs, unsigned long error_code);
void do_invalid_op(struct pt_regs *regs, unsigned long error_code);
void do_device_not_available(struct pt_regs *regs, unsigned long error_code);
void do_coprocessor_segment_overrun(struct pt_regs *regs, unsigned long error_code);
void do_invalid_TSS(struct pt_regs *regs, unsigned long error_code);
void do_segment_not_present(struct pt_regs *regs, unsigned long error_code);
void do_stack_segment(struct pt_regs *regs, unsigned long error_code);
void do_general_protection(struct pt_regs *regs, unsigned long error_code);
void do_page_fault(struct pt_regs *regs, unsigned long error_code);
void do_spurious_interrupt_bug(struct pt_regs *regs, unsigned long error_code);
void do_coprocessor_error(struct pt_regs *regs, unsigned long error_code);
void do_alignment_check(struct pt_regs *regs, unsigned long error_code);
void do_machine_check(struct pt_regs *regs, unsigned long error_code);
void do_simd_coprocessor_error(struct pt_regs *regs, unsigned long error_code);
void do_IRQ(struct pt_regs *regs);
void do_work_pending(struct pt_regs *regs);

/* In traps.c: entry of the interrupt descriptor table for a device interrupt. */
void set_intr_gate(unsigned int vector, const void *addr);
/* In cpu.c: what CPU is this? */
void identify_cpu(void);

#endif
