/* Supplementary groups: a short list in each task, searched in order. */
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uid16.h>
#include <asm/uaccess.h>

int in_group_p(gid_t gid)
{
	int i;

	if (gid == current->fsgid)
		return 1;
	for (i = 0; i < current->ngroups; i++) {
		if (current->groups[i] == gid)
			return 1;
	}
	return 0;
}

/* What getgroups() shall return; 0 < size < number of groups is an error. */
static int check_size(int size)
{
	if (size < 0 || (size && size < current->ngroups))
		return -EINVAL;
	return current->ngroups;
}

long sys_getgroups(int size, gid_t __user *list)
{
	int n = check_size(size);

	if (n > 0 && size && copy_to_user(list, current->groups, n * sizeof(*list)))
		return -EFAULT;
	return n;
}

long sys_setgroups(int size, const gid_t __user *list)
{
	gid_t groups[NGROUPS];

	if (!capable_root())
		return -EPERM;
	if (size < 0 || size > NGROUPS)
		return -EINVAL;
	if (copy_from_user(groups, list, size * sizeof(*list)))
		return -EFAULT;
	memcpy(current->groups, groups, size * sizeof(*groups));
	current->ngroups = size;
	return 0;
}

long sys_getgroups16(int size, u16 __user *list)
{
	int n = check_size(size), i;

	for (i = 0; size && i < n; i++) {
		if (put_user(high2lowid(current->groups[i]), list + i))
			return -EFAULT;
	}
	return n;
}

long sys_setgroups16(int size, const u16 __user *list)
{
	gid_t groups[NGROUPS];
	u16 gid;
	int i;

	if (!capable_root())
		return -EPERM;
	if (size < 0 || size > NGROUPS)
		return -EINVAL;
	for (i = 0; i < size; i++) {
		if (get_user(gid, list + i))
			return -EFAULT;
		groups[i] = low2highid(gid);
	}
	memcpy(current->groups, groups, size * sizeof(*groups));
	current->ngroups = size;
	return 0;
}
