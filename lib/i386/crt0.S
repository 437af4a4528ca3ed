/*
 * lib/i386/crt0.S - where a program starts.
 *
 * exec leaves on the stack, from %esp upwards:
 *
 *	argc
 *	argv[0] ... argv[argc - 1], 0
 *	envp[0] ... 0
 *	auxiliary vector: pairs of words, ended by AT_NULL
 *	the strings themselves, up to the top of the space
 *
 * and nothing of use in the registers. __libc_start(that stack) does the rest and never returns.
 */
	.section .note.GNU-stack, "", @progbits
	.text
	.globl	_start
_start:
	xorl	%ebp, %ebp		# the end of the chain of frames, for debuggers
	movl	%esp, %eax
	andl	$-16, %esp
	subl	$12, %esp
	pushl	%eax
	call	__libc_start
	hlt
