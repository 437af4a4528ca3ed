/*
 * lib/arm/div64.S - the division that <asm/div64.h> declares, for vsprintf.c in programs.
 *
 * The kernel has its own (arch/arm/div.S); programs are linked with the compiler's library, where
 * __aeabi_uldivmod divides r1:r0 by r3:r2 and returns the quotient in r1:r0, the remainder in
 * r3:r2.
 */
	.section .note.GNU-stack, "", %progbits
	.text
	.arm

/* u32 __div64_32(u64 *n, u32 base): *n /= base; returns the remainder. */
	.globl	__div64_32
	.type	__div64_32, %function
__div64_32:
	push	{r4, lr}
	mov	r4, r0
	mov	r2, r1
	mov	r3, #0
	ldm	r4, {r0, r1}
	bl	__aeabi_uldivmod
	stm	r4, {r0, r1}
	mov	r0, r2
	pop	{r4, pc}
