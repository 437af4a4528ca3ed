/*
 * Copies between the kernel and user memory: see <asm-generic/uaccess.h>. Each
 * instruction that touches user memory has an entry in the exception table.
 */
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
