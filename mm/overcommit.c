/*
 * Overcommit: how much memory may be promised.
 *
 * Memory is promised when it is mapped and needed when it is touched. Charged is what can become
 * pages of its own: private writable mappings, by their length, and files in memory. Fork
 * promises the same again to the child. A VMA that is charged for carries VM_ACCOUNT. It keeps it
 * when mprotect() takes the right to write away, since its pages stay, and gives its charge back
 * when it is unmapped.
 *
 *	vm.overcommit_memory	refused is
 *	0			a request larger than RAM and swap together
 *	1			nothing
 *	2			what makes the sum of all promises exceed CommitLimit, which is
 *				swap and vm.overcommit_ratio per cent of RAM; 1/32 is for root
 *
 * MAP_NORESERVE asks not to be charged, except in mode 2.
 */
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/sched.h>
#include <linux/swap.h>

#define ROOT_SHARE	32	/* 1/32 */

int overcommit_memory = OVERCOMMIT_GUESS;
int overcommit_ratio = 50;
unsigned long vm_committed;

unsigned long vm_commit_limit(void)
{
	return totalram_pages / 100 * overcommit_ratio + total_swap_pages;
}

static bool can_promise(unsigned long pages)
{
	unsigned long limit;

	switch (overcommit_memory) {
	case OVERCOMMIT_ALWAYS:
		return true;
	case OVERCOMMIT_NEVER:
		limit = vm_commit_limit();
		if (!capable_root())
			limit -= limit / ROOT_SHARE;
		return vm_committed + pages <= limit;
	default:
		return pages <= totalram_pages + total_swap_pages;
	}
}

int vm_charge(unsigned long pages)
{
	if (unlikely(!can_promise(pages)))
		return -ENOMEM;
	vm_committed += pages;
	return 0;
}

bool vm_needs_charge(unsigned long vm_flags)
{
	if ((vm_flags & (VM_WRITE | VM_SHARED | VM_ACCOUNT | VM_IO)) != VM_WRITE)
		return false;
	return !(vm_flags & VM_NORESERVE) || overcommit_memory == OVERCOMMIT_NEVER;
}
