/*
 * System calls whose arguments are peculiar to i386.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

/* Call 90 takes its six arguments from memory, and the offset in bytes. */
long sys_old_mmap(unsigned long __user *args)
{
	unsigned long a[6];

	if (copy_from_user(a, args, sizeof(a)))
		return -EFAULT;
	if (a[5] & ~PAGE_MASK)
		return -EINVAL;
	return sys_mmap_pgoff(a[0], a[1], a[2], a[3], a[4], a[5] >> PAGE_SHIFT);
}
