/*
 * Where a system call ends that does not exist. Every entry of syscall.tbl is a weak alias of it,
 * so a call whose file is not part of this kernel returns ENOSYS instead of breaking the link; the
 * build names such entries (tools/gen-syscalls --check).
 *
 * This file alone may not include <linux/syscalls.h>: the aliases have no arguments.
 */
#include <linux/sched.h>
#include <linux/signal.h>
#include <asm/ptrace.h>
#include <asm/unistd.h>

#define SEEN_WORDS	((NR_syscalls + 31) / 32)

/* debug=syscall names each number once. */
long sys_ni_syscall(void)
{
	static unsigned long seen[SEEN_WORDS];
	unsigned long nr = syscall_number(current_pt_regs());

	if (!debug_enabled("syscall"))
		return -ENOSYS;
	if (nr < NR_syscalls) {
		if (seen[nr / 32] & (1UL << nr % 32))
			return -ENOSYS;
		seen[nr / 32] |= 1UL << nr % 32;
	}
	printk(KERN_INFO "%s[%d]: there is no system call %lu\n", current->comm, current->pid, nr);
	return -ENOSYS;
}

#include <syscall_ni.inc>
