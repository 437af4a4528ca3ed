/*
 * Strings of user memory, and the copy that leaves nothing undefined: see <asm/uaccess.h>.
 * The copies themselves are in copy.S.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <asm/uaccess.h>

unsigned long __copy_from_user(void *to, const void *from, unsigned long n)
{
	unsigned long left = __copy_user(to, from, n);

	if (unlikely(left))
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
	left = max;
	__asm__ __volatile__(
		"1:	ldrb ip,[%2],#1\n"
		"	strb ip,[%1],#1\n"
		"	cmp ip,#0\n"
		"	beq 2f\n"
		"	subs %0,%0,#1\n"
		"	bne 1b\n"
		"2:\n"
		".section .fixup,\"ax\"\n"
		"3:	mvn %0,#0\n"
		"	b 2b\n"
		".previous\n"
		EX_TABLE(1b, 3b)
		: "+r" (left), "+r" (to), "+r" (from) : : "ip", "cc", "memory");
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
