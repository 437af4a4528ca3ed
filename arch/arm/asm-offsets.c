/*
 * Offsets of struct members for assembly: compiled to assembly, from which
 * the Makefile takes the lines that begin with "->".
 */
#include <linux/sched.h>

#define OFFSET(sym, type, member) \
	__asm__ volatile("\n->" #sym " %0" :: "i" (offsetof(type, member)))

void offsets(void);
void offsets(void)
{
	OFFSET(TASK_WORK, struct task_struct, work);
	OFFSET(TASK_SP, struct task_struct, thread.sp);
	__asm__ volatile("\n->TASK_SIZEOF %0" :: "i" (sizeof(struct task_struct)));
	OFFSET(PT_SP, struct pt_regs, sp);
	OFFSET(PT_LR, struct pt_regs, lr);
	OFFSET(PT_PC, struct pt_regs, pc);
	OFFSET(PT_ORIG, struct pt_regs, orig_r0);
}
