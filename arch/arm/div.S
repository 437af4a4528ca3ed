/*
 * Division. The Cortex-A9 has no instruction for it, so the compiler calls the functions of the
 * run-time ABI for the ARM architecture (section 4.3): __aeabi_uidiv and its relatives. Both
 * loops are unrolled; the number of bits the quotient can have tells where to enter.
 *
 *	shift = leading zeros of the divisor - those of the dividend
 *	for shift down to 0: if dividend >= divisor << shift, subtract; that is one more bit
 */
#include <asm/linkage.h>

	.syntax unified
	.arm
	.text

/* unsigned __aeabi_uidiv(n, d): n / d in r0, and n % d in r1. Changes r2, r3, ip. */
ENTRY(__aeabi_uidiv)
ENTRY(__aeabi_uidivmod)
	cmp	r0, r1
	blo	too_large
	clz	r2, r0
	clz	r3, r1
	cmp	r3, #32
	beq	by_zero
	sub	r3, r3, r2
	rsb	r3, r3, #31
	mov	r2, #0
	add	r3, r3, r3, lsl #1
	add	pc, pc, r3, lsl #2	@ 31 - shift steps of three instructions are skipped
	nop
	.set	shift, 31
	.rept	32
	cmp	r0, r1, lsl #shift
	adc	r2, r2, r2
	subcs	r0, r0, r1, lsl #shift
	.set	shift, shift - 1
	.endr
	mov	r1, r0
	mov	r0, r2
	bx	lr
too_large:
	mov	r1, r0
	mov	r0, #0
	bx	lr
by_zero:
	stmdb	sp!, {r4, lr}
	bl	__div0
	mov	r0, #0
	mov	r1, #0
	ldmia	sp!, {r4, pc}
END(__aeabi_uidivmod)
END(__aeabi_uidiv)

/* int __aeabi_idiv(n, d): n / d in r0, rounded to zero, and n % d in r1, with the sign of n. */
ENTRY(__aeabi_idiv)
ENTRY(__aeabi_idivmod)
	stmdb	sp!, {r4, r5, fp, lr}
	add	fp, sp, #12
	mov	r4, r0			@ sign of the remainder in bit 31
	eor	r5, r0, r1		@ of the quotient
	cmp	r0, #0
	rsblt	r0, r0, #0
	cmp	r1, #0
	rsblt	r1, r1, #0
	bl	__aeabi_uidivmod
	cmp	r5, #0
	rsblt	r0, r0, #0
	cmp	r4, #0
	rsblt	r1, r1, #0
	ldmia	sp!, {r4, r5, fp, pc}
END(__aeabi_idivmod)
END(__aeabi_idiv)

/*
 * u32 __div64_32(u64 *n, u32 base): *n /= base; returns the remainder. The high word is divided
 * first; what is left of it is less than base. Then each step moves the next bit of the low word
 * up into the remainder, and the bit of the quotient, the carry, into its place.
 */
ENTRY(__div64_32)
	stmdb	sp!, {r4-r6, fp, lr}
	sub	sp, sp, #4
	add	fp, sp, #20
	mov	r4, r0
	mov	r5, r1
	ldmia	r4, {r0, r6}
	cmp	r6, #0
	beq	1f
	mov	r0, r6
	bl	__aeabi_uidivmod
	str	r0, [r4, #4]
	cmp	r1, #0
	ldr	r0, [r4]
	bne	2f
1:	mov	r1, r5
	bl	__aeabi_uidivmod
	str	r0, [r4]
	mov	r0, r1
	b	3f
2:	adds	r0, r0, r0
	.rept	32
	adcs	r1, r1, r1
	cmpcc	r1, r5
	subcs	r1, r1, r5
	adcs	r0, r0, r0
	.endr
	str	r0, [r4]
	mov	r0, r1
3:	add	sp, sp, #4
	ldmia	sp!, {r4-r6, fp, pc}
END(__div64_32)

	.section .note.GNU-stack, "", %progbits
