/*
 * Strings of user memory, and the copy that leaves nothing undefined: see <asm-generic/uaccess.h>.
 * The copies themselves are the machine's.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <asm/uaccess.h>

unsigned long __clear_rest(void *to, unsigned long n, unsigned long left)
{
	memset((char *)to + n - left, 0, left);
	return left;
}

long strncpy_from_user(char *to, const char __user *from, long count)
{
	unsigned long limit = get_fs();
	long max = count, left;

	if (count <= 0)
		return 0;
	if ((unsigned long)from >= limit)
		return -EFAULT;
	if ((unsigned long)max > limit - (unsigned long)from)
		max = limit - (unsigned long)from;
	left = __copy_user_string(to, from, max);
	if (left < 0 || (left == 0 && max < count))
		return -EFAULT;		/* a bad page, or the string runs out of user space */
	return max - left;
}

long strnlen_user(const char __user *s, long n)
{
	long len = 0;
	char c;

	while (len < n) {
		if (get_user(c, s + len))
			return 0;
		len++;
		if (!c)
			return len;
	}
	return n + 1;
}
