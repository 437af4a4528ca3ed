/*
 * The instructions that touch user memory, each with an entry in the exception table. What the
 * kernel calls is made of them in <asm-generic/uaccess.h>, which says what they have to do;
 * __copy_user() and __clear_user() are in uaccess.c.
 */
#ifndef _ASM_UACCESS_H
#define _ASM_UACCESS_H

#include <linux/extable.h>
#include <asm-generic/uaccess.h>

#define __get_user_asm(err, x, addr, insn)				\
	__asm__ __volatile__(						\
		"1:	" insn " %2,%1\n"				\
		"2:\n"							\
		".section .fixup,\"ax\"\n"				\
		"3:	movl %3,%0\n"					\
		"	xorl %1,%1\n"					\
		"	jmp 2b\n"					\
		".previous\n"						\
		EX_TABLE(1b, 3b)					\
		: "+r" (err), "=&r" (x)					\
		: "m" (*(addr)), "i" (-EFAULT) : "memory")
#define __get_user_1(err, x, addr) __get_user_asm(err, x, addr, "movzbl")
#define __get_user_2(err, x, addr) __get_user_asm(err, x, addr, "movzwl")
#define __get_user_4(err, x, addr) __get_user_asm(err, x, addr, "movl")

#define __put_user_asm(err, x, addr, insn)				\
	__asm__ __volatile__(						\
		"1:	" insn " %1,%2\n"				\
		"2:\n"							\
		".section .fixup,\"ax\"\n"				\
		"3:	movl %3,%0\n"					\
		"	jmp 2b\n"					\
		".previous\n"						\
		EX_TABLE(1b, 3b)					\
		: "+r" (err)						\
		: "q" (x), "m" (*(addr)), "i" (-EFAULT) : "memory")
#define __put_user_1(err, x, addr) __put_user_asm(err, (u8)(x), addr, "movb")
#define __put_user_2(err, x, addr) __put_user_asm(err, (u16)(x), addr, "movw")
#define __put_user_4(err, x, addr) __put_user_asm(err, x, addr, "movl")

static inline long __copy_user_string(char *to, const char *from, long max)
{
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
		: "+r" (max), "+r" (to), "+r" (from) : : "eax", "memory");
	return max;
}

#endif
