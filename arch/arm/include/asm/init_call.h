/*
 * System calls made by the user-mode code of tasks 0 and 1, which is linked
 * with the kernel and has no C library. Same registers as any program's.
 */
#ifndef _ASM_INIT_CALL_H
#define _ASM_INIT_CALL_H

static inline __attribute__((always_inline)) long init_syscall(long nr, long a, long b, long c,
							       long d)
{
	register long r0 __asm__("r0") = a;
	register long r1 __asm__("r1") = b;
	register long r2 __asm__("r2") = c;
	register long r3 __asm__("r3") = d;
	register long r7 __asm__("r7") = nr;

	__asm__ __volatile__("svc #0" : "+r" (r0)
			     : "r" (r1), "r" (r2), "r" (r3), "r" (r7) : "memory");
	return r0;
}

/* Code and read-only data of these tasks: one page that the user can see. */
#define __user_text	__attribute__((section(".user_text"), __noinline__))
#define __user_data	__attribute__((section(".user_text.data")))

#endif
