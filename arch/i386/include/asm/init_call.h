/*
 * System calls made by the user-mode code of tasks 0 and 1, which is linked
 * with the kernel and has no C library. Same registers as any program's.
 */
#ifndef _ASM_INIT_CALL_H
#define _ASM_INIT_CALL_H

static inline __attribute__((always_inline)) long init_syscall(long nr, long a, long b, long c,
							       long d)
{
	long ret;

	__asm__ __volatile__("int $0x80" : "=a" (ret)
		: "0" (nr), "b" (a), "c" (b), "d" (c), "S" (d) : "memory");
	return ret;
}

/* Code and read-only data of these tasks: one page that the user can see. */
#define __user_text	__attribute__((section(".user_text"), __noinline__))
#define __user_data	__attribute__((section(".user_text.data")))

#endif
