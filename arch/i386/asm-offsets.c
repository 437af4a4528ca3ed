/*
 * Offsets of struct members for assembly: compiled to assembly, from which
 * the Makefile takes the lines that begin with "->".
 */
#include <linux/sched.h>
#include <asm/segment.h>

#define OFFSET(sym, type, member) \
	__asm__ volatile("\n->" #sym " %0" :: "i" (offsetof(type, member)))

void offsets(void);
void offsets(void)
{
	OFFSET(TASK_WORK, struct task_struct, work);
	OFFSET(TASK_ESP, struct task_struct, thread.esp);
	OFFSET(PT_EDI, struct pt_regs, edi);
	OFFSET(PT_EAX, struct pt_regs, eax);
	OFFSET(PT_ES, struct pt_regs, es);
	OFFSET(PT_ORIG_EAX, struct pt_regs, orig_eax);
	OFFSET(PT_CS, struct pt_regs, cs);
}
