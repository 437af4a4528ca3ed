/*
 * The instructions that touch user memory, each with an entry in the exception table. What the
 * kernel calls is made of them in <asm-generic/uaccess.h>, which says what they have to do;
 * __copy_user() and __clear_user() are in copy.S.
 */
#ifndef _ASM_UACCESS_H
#define _ASM_UACCESS_H

#include <linux/extable.h>
#include <asm-generic/uaccess.h>

#define __get_user_asm(err, x, addr, insn)				\
	__asm__ __volatile__(						\
		"1:	" insn " %1,[%2]\n"				\
		"2:\n"							\
		".section .fixup,\"ax\"\n"				\
		"	.balign 4\n"					\
		"3:	mov %0,%3\n"					\
		"	mov %1,#0\n"					\
		"	b 2b\n"						\
		".previous\n"						\
		EX_TABLE(1b, 3b)					\
		: "+r" (err), "=&r" (x)					\
		: "r" (addr), "i" (-EFAULT) : "memory")
#define __get_user_1(err, x, addr) __get_user_asm(err, x, addr, "ldrb")
#define __get_user_2(err, x, addr) __get_user_asm(err, x, addr, "ldrh")
#define __get_user_4(err, x, addr) __get_user_asm(err, x, addr, "ldr")

#define __put_user_asm(err, x, addr, insn)				\
	__asm__ __volatile__(						\
		"1:	" insn " %1,[%2]\n"				\
		"2:\n"							\
		".section .fixup,\"ax\"\n"				\
		"	.balign 4\n"					\
		"3:	mov %0,%3\n"					\
		"	b 2b\n"						\
		".previous\n"						\
		EX_TABLE(1b, 3b)					\
		: "+r" (err)						\
		: "r" (x), "r" (addr), "i" (-EFAULT) : "memory")
#define __put_user_1(err, x, addr) __put_user_asm(err, x, addr, "strb")
#define __put_user_2(err, x, addr) __put_user_asm(err, x, addr, "strh")
#define __put_user_4(err, x, addr) __put_user_asm(err, x, addr, "str")

static inline long __copy_user_string(char *to, const char *from, long max)
{
	__asm__ __volatile__(
		"1:	ldrb ip,[%2],#1\n"
		"	strb ip,[%1],#1\n"
		"	cmp ip,#0\n"
		"	beq 2f\n"
		"	subs %0,%0,#1\n"
		"	bne 1b\n"
		"2:\n"
		".section .fixup,\"ax\"\n"
		"	.balign 4\n"
		"3:	mvn %0,#0\n"
		"	b 2b\n"
		".previous\n"
		EX_TABLE(1b, 3b)
		: "+r" (max), "+r" (to), "+r" (from) : : "ip", "cc", "memory");
	return max;
}

#endif
