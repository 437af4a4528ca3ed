/*
 * Semihosting: a supervisor call with a number of its own, by which a program under a debugger asks
 * the debugger's machine for services. QEMU offers it with -semihosting; the test suite reads
 * from the exit status that the kernel has panicked.
 *
 * Where nobody listens the call is an ordinary exception. So the vectors are those below for a
 * moment, and the call just returns.
 *
 * Source: ARM Developer Suite Debug Target Guide (DUI 0058), chapter 5.
 */
#include <asm/linkage.h>

#define SYS_EXIT_EXTENDED	0x20
#define APPLICATION_EXIT	0x20026		/* the reason: the program has ended by itself */
#define SEMIHOSTING_CALL	0x123456

#define SCTLR_HIGH_VECTORS	(1 << 13)

	.section .text
	.balign	32			/* as VBAR wants it */
semihosting_vectors:
	b	.			@ reset
	b	.			@ undefined instruction
	movs	pc, lr			@ supervisor call: back, as if nothing had been
	b	.			@ prefetch abort
	b	.			@ data abort
	b	.
	b	.			@ IRQ
	b	.			@ FIQ

/* void semihosting_exit(int status): returns only where nobody listens. Interrupts off. */
ENTRY(semihosting_exit)
	push	{r4, r5, r6, lr}	@ the exception takes lr of this mode
	mrc	p15, 0, r4, c12, c0, 0	@ VBAR
	mrc	p15, 0, r5, c1, c0, 0	@ SCTLR
	ldr	r1, =semihosting_vectors
	mcr	p15, 0, r1, c12, c0, 0
	bic	r1, r5, #SCTLR_HIGH_VECTORS
	mcr	p15, 0, r1, c1, c0, 0
	isb
	mov	r3, r0
	ldr	r2, =APPLICATION_EXIT
	push	{r2, r3}		@ the block: reason, status
	mov	r1, sp
	mov	r0, #SYS_EXIT_EXTENDED
	svc	#SEMIHOSTING_CALL
	add	sp, sp, #8
	mcr	p15, 0, r5, c1, c0, 0
	mcr	p15, 0, r4, c12, c0, 0
	isb
	pop	{r4, r5, r6, pc}
