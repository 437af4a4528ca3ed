/*
 * Copies between the kernel and user memory: see <asm/uaccess.h>. Each
 * instruction that touches user memory has an entry in the exception table.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <asm/uaccess.h>

/*
 * Words first, then the 0-3 bytes left. When a word faults, what remains is the words not
 * done and those bytes.
 */
unsigned long __copy_user(void *to, const void *from, unsigned long n)
{
	unsigned long left = n >> 2, tail = n & 3;

	__asm__ __volatile__(
		"1:	rep movsl\n"
		"	movl %3,%0\n"
		"2:	rep movsb\n"
		"3:\n"
		".section .fixup,\"ax\"\n"
		"4:	leal (%3,%0,4),%0\n"
		"	jmp 3b\n"
		".previous\n"
		EX_TABLE(1b, 4b)
		EX_TABLE(2b, 3b)
		: "+c" (left), "+D" (to), "+S" (from) : "r" (tail) : "memory");
	return left;
}

unsigned long __copy_from_user(void *to, const void *from, unsigned long n)
{
	unsigned long left = __copy_user(to, from, n);

	if (unlikely(left))
		memset((char *)to + n - left, 0, left);
	return left;
}

unsigned long __clear_user(void *to, unsigned long n)
{
	unsigned long left = n >> 2, tail = n & 3;

	__asm__ __volatile__(
		"1:	rep stosl\n"
		"	movl %2,%0\n"
		"2:	rep stosb\n"
		"3:\n"
		".section .fixup,\"ax\"\n"
		"4:	leal (%2,%0,4),%0\n"
		"	jmp 3b\n"
		".previous\n"
		EX_TABLE(1b, 4b)
		EX_TABLE(2b, 3b)
		: "+c" (left), "+D" (to) : "r" (tail), "a" (0) : "memory");
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
		"1:	movb (%2),%%al\n"
		"	incl %2\n"
		"	movb %%al,(%1)\n"
		"	incl %1\n"
		"	testb %%al,%%al\n"
		"	jz 2f\n"
		"	decl %0\n"
		"	jnz 1b\n"
		"2:\n"
		".section .fixup,\"ax\"\n"
		"3:	movl $-1,%0\n"
		"	jmp 2b\n"
		".previous\n"
		EX_TABLE(1b, 3b)
		: "+r" (left), "+r" (to), "+r" (from) : : "eax", "memory");
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
