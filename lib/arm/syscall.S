/*
 * lib/arm/syscall.S - the way into the kernel, and the calls that cannot be written in C.
 *
 * svc 0: the number in r7, arguments in r0 to r5. The result comes back in r0: -4095..-1 is minus
 * an errno, anything else success. The kernel preserves all other registers.
 */
#include <asm/unistd.h>

	.section .note.GNU-stack, "", %progbits
	.text
	.arm

/*
 * long syscall(long number, ...): always loads six arguments; the surplus ones do no harm. It gets
 * the number and the first three in r0 to r3, the rest on the stack.
 */
	.globl	syscall
	.type	syscall, %function
syscall:
	push	{r4, r5, r6, r7}
	mov	r7, r0
	mov	r0, r1
	mov	r1, r2
	mov	r2, r3
	add	r3, sp, #16
	ldm	r3, {r3, r4, r5}
	svc	#0
	pop	{r4, r5, r6, r7}
	cmn	r0, #4096
	bxls	lr

/* Every failure ends here: errno = -r0, result -1. */
fail:
	rsb	r0, r0, #0
	movw	r1, #:lower16:errno
	movt	r1, #:upper16:errno
	str	r0, [r1]
	mvn	r0, #0
	bx	lr

/*
 * pid_t vfork(void): the child runs on the parent's stack and will overwrite what is saved there,
 * so r7 waits in a register; the return address is in one anyway.
 */
	.globl	vfork
	.type	vfork, %function
vfork:
	mov	ip, r7
	mov	r7, #__NR_vfork
	svc	#0
	mov	r7, ip
	cmn	r0, #4096
	bxls	lr
	b	fail

/*
 * int clone(int (*function)(void *), void *stack_top, int flags, void *arg, int *parent_tid,
 *	     int *child_tid): the child finds function and arg on its own stack.
 */
	.globl	clone
	.type	clone, %function
clone:
	push	{r4, r7}
	bic	r1, r1, #7
	sub	r1, r1, #16		@ syscall() reads three words of its caller's frame
	stmdb	r1!, {r0, r3}		@ function below arg
	mov	r0, r2			@ flags
	ldr	r2, [sp, #8]		@ parent_tid
	mov	r3, #0			@ no TLS
	ldr	r4, [sp, #12]		@ child_tid
	mov	r7, #__NR_clone
	svc	#0
	cmp	r0, #0
	beq	in_child
	pop	{r4, r7}
	cmn	r0, #4096
	bxls	lr
	b	fail
in_child:
	mov	fp, #0
	pop	{r1, r2}
	mov	r0, r2
	blx	r1
	mov	r7, #__NR_exit		@ this task only, not the whole group
	svc	#0
	udf	#0

/* int setjmp(jmp_buf): saves what a function must preserve, and where to go on. */
	.globl	setjmp
	.type	setjmp, %function
setjmp:
	mov	ip, sp
	stm	r0, {r4, r5, r6, r7, r8, r9, r10, fp, ip, lr}
	mov	r0, #0
	bx	lr

/* void longjmp(jmp_buf, int value): setjmp returns again, with value, or 1 for 0. */
	.globl	longjmp
	.type	longjmp, %function
longjmp:
	ldm	r0, {r4, r5, r6, r7, r8, r9, r10, fp, ip, lr}
	mov	sp, ip
	movs	r0, r1
	moveq	r0, #1
	bx	lr
