/*
 * lib/arm/crt0.S - where a program starts.
 *
 * exec leaves on the stack, from sp upwards:
 *
 *	argc
 *	argv[0] ... argv[argc - 1], 0
 *	envp[0] ... 0
 *	auxiliary vector: pairs of words, ended by AT_NULL
 *	the strings themselves, up to the top of the space
 *
 * and nothing of use in the registers. __libc_start(that stack) does the rest and never returns.
 */
	.section .note.GNU-stack, "", %progbits
	.text
	.arm
	.globl	_start
	.type	_start, %function
_start:
	mov	fp, #0			@ the end of the chain of frames, for debuggers
	mov	lr, #0
	mov	r0, sp
	bic	sp, sp, #7		@ what the procedure call standard asks for
	bl	__libc_start
	udf	#0
