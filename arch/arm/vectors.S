/*
 * The page at FFFF0000, which every program sees: early_trap_init() copies it to a frame of its
 * own. All of it must run wherever it lies.
 *
 *	000	the vectors, where the CPU goes on an exception: each loads its address into pc
 *	020	the addresses, of the functions in entry.S
 *	500	where signal handlers return to: sigreturn, rt_sigreturn; ARM, then Thumb
 *	F60	helpers that programs call, as if each were a function of C: see there
 *	FF0	the thread pointer of the running program
 *	FFC	number of helpers, each 32 bytes, counted down from FFFF1000
 */
#include <asm/linkage.h>
#include <asm/traps.h>
#include <asm/unistd.h>

	.syntax unified
	.arm
	.section .init.data, "aw"
	.balign 4
	.globl	__vectors_start, __vectors_end
__vectors_start:
	ldr	pc, [pc, #0x18]		@ reset
	ldr	pc, [pc, #0x18]		@ undefined instruction
	ldr	pc, [pc, #0x18]		@ SVC
	ldr	pc, [pc, #0x18]		@ prefetch abort
	ldr	pc, [pc, #0x18]		@ data abort
	ldr	pc, [pc, #0x18]		@ reserved
	ldr	pc, [pc, #0x18]		@ IRQ
	ldr	pc, [pc, #0x18]		@ FIQ
	.long	vector_bad, vector_und, vector_swi, vector_pabt
	.long	vector_dabt, vector_bad, vector_irq, vector_bad

	.org	__vectors_start + VECTORS_SIGRETURN
	mov	r7, #__NR_sigreturn
	svc	#0
	mov	r7, #__NR_rt_sigreturn
	svc	#0
	.thumb
	movs	r7, #__NR_sigreturn
	svc	#0
	movs	r7, #__NR_rt_sigreturn
	svc	#0
	.arm

/*
 * With these a program built for any ARM is right on this one: the kernel knows how it is done
 * best.
 * The two cmpxchg return 0, with the carry flag set, when *ptr was *old and now is *new.
 *
 *	FFFF0F60  int cmpxchg64(const s64 *old, const s64 *new, volatile s64 *ptr)
 *	FFFF0FA0  void memory_barrier(void)
 *	FFFF0FC0  int cmpxchg(int old, int new, volatile int *ptr)
 *	FFFF0FE0  void *get_tls(void)
 */
	.org	__vectors_start + 0xf60
	stmdb	sp!, {r4-r7}
	ldrd	r4, r5, [r0]
	ldrd	r6, r7, [r1]
	dmb
1:	ldrexd	r0, r1, [r2]
	subs	r3, r0, r4
	sbcseq	r3, r1, r5
	bne	2f
	strexd	r3, r6, r7, [r2]
	teq	r3, #1
	beq	1b
2:	dmb
	rsbs	r0, r3, #0
	ldmia	sp!, {r4-r7}
	bx	lr

	.org	__vectors_start + 0xfa0
memory_barrier:
	dmb
	bx	lr

	.org	__vectors_start + 0xfc0
	dmb
1:	ldrex	r3, [r2]
	subs	r3, r3, r0
	strexeq	r3, r1, [r2]
	teqeq	r3, #1
	beq	1b
	rsbs	r0, r3, #0
	b	memory_barrier

	.org	__vectors_start + 0xfe0
	mrc	p15, 0, r0, c13, c0, 3	@ TPIDRURO
	bx	lr

	.org	__vectors_start + VECTORS_TLS
	.long	0

	.org	__vectors_start + 0xffc
	.long	(0x1000 - 0xf60) / 32
__vectors_end:

	.section .note.GNU-stack, "", %progbits
