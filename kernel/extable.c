/*
 * The exception table: see <linux/extable.h>. Linking leaves the entries in the order of the
 * object files; sorted by instruction they can be searched by halving. The fault and trap handlers
 * of the architecture search it when the kernel itself was interrupted.
 */
#include <linux/extable.h>
#include <linux/init.h>
#include <asm/ptrace.h>

extern struct exception_table_entry __start___ex_table[], __stop___ex_table[];

void __init sort_exception_table(void)
{
	struct exception_table_entry *p, *q, tmp;
	long gap;

	for (gap = __stop___ex_table - __start___ex_table; gap > 0; gap /= 2)
		for (p = __start___ex_table + gap; p < __stop___ex_table; p++)
			for (q = p; q - gap >= __start___ex_table && q[-gap].insn > q->insn;
			     q -= gap) {
				tmp = *q;
				*q = q[-gap];
				q[-gap] = tmp;
			}
}

/* Address of the fix-up for a faulting instruction, or 0. */
static unsigned long search_exception_table(unsigned long addr)
{
	struct exception_table_entry *first = __start___ex_table;
	struct exception_table_entry *last = __stop___ex_table - 1;

	while (first <= last) {
		struct exception_table_entry *mid = first + (last - first) / 2;

		if (mid->insn == addr)
			return mid->fixup;
		if (mid->insn < addr)
			first = mid + 1;
		else
			last = mid - 1;
	}
	return 0;
}

bool fixup_exception(struct pt_regs *regs)
{
	unsigned long fixup = search_exception_table(instruction_pointer(regs));

	if (fixup)
		instruction_pointer(regs) = fixup;
	return fixup != 0;
}
