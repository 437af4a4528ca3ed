/*
 * The first and last instructions of a program of 1992, and what a C compiler cannot say: system
 * calls with three arguments in ebx, ecx, edx, and the return from a signal handler.
 *
 *	esp -> argc, argv, envp		as main() wants its arguments: it is called at once
 */
	.text
	.globl _start, syscall, restorer, restorer_nomask
_start:
	movl 8(%esp), %eax
	movl %eax, environ
	call main
	movl %eax, %ebx
	movl $1, %eax			/* exit */
	int $0x80

/* int syscall(int nr, int a, int b, int c): what the kernel returns. */
syscall:
	pushl %ebx
	movl 8(%esp), %eax
	movl 12(%esp), %ebx
	movl 16(%esp), %ecx
	movl 20(%esp), %edx
	int $0x80
	popl %ebx
	ret

/* A handler has returned: number, mask, eax, ecx, edx, eflags, eip are on the stack. */
restorer:
	movl %ebx, (%esp)		/* over the number */
	movl 4(%esp), %ebx		/* the mask */
	movl $69, %eax			/* ssetmask */
	int $0x80
	popl %ebx
	addl $4, %esp
	popl %eax
	popl %ecx
	popl %edx
	popfl
	ret

/* The same without a mask. */
restorer_nomask:
	addl $4, %esp
	popl %eax
	popl %ecx
	popl %edx
	popfl
	ret

	.section .note.GNU-stack, "", @progbits
