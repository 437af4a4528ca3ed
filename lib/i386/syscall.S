/*
 * lib/i386/syscall.S - the way into the kernel, and the calls that cannot be written in C.
 *
 * int 0x80: the number in %eax, arguments in %ebx %ecx %edx %esi %edi %ebp. The result comes
 * back in %eax: -4095..-1 is minus an errno, anything else success. The kernel preserves all
 * other registers.
 */
#include <asm/unistd.h>

	.section .note.GNU-stack, "", @progbits
	.text

/* long syscall(long number, ...): always loads six arguments; the surplus ones do no harm. */
	.globl	syscall
	.type	syscall, @function
syscall:
	pushl	%ebx
	pushl	%esi
	pushl	%edi
	pushl	%ebp
	movl	20(%esp), %eax
	movl	24(%esp), %ebx
	movl	28(%esp), %ecx
	movl	32(%esp), %edx
	movl	36(%esp), %esi
	movl	40(%esp), %edi
	movl	44(%esp), %ebp
	int	$0x80
	popl	%ebp
	popl	%edi
	popl	%esi
	popl	%ebx
	cmpl	$-4095, %eax
	jae	fail
	ret

/* Every failure ends here: errno = -%eax, result -1. */
fail:
	negl	%eax
	movl	%eax, errno
	movl	$-1, %eax
	ret

/*
 * pid_t vfork(void): the child runs on the parent's stack and will overwrite the return address
 * there by its next call, so the address travels in %ecx and is put back by each of the two.
 */
	.globl	vfork
	.type	vfork, @function
vfork:
	popl	%ecx
	movl	$__NR_vfork, %eax
	int	$0x80
	pushl	%ecx
	cmpl	$-4095, %eax
	jae	fail
	ret

/*
 * int clone(int (*function)(void *), void *stack_top, int flags, void *arg, int *parent_tid,
 *	     int *child_tid): the child finds function and arg on its own stack.
 */
	.globl	clone
	.type	clone, @function
clone:
	pushl	%ebx
	pushl	%esi
	pushl	%edi
	movl	20(%esp), %ecx		# stack_top
	andl	$-16, %ecx
	subl	$16, %ecx
	movl	28(%esp), %eax		# arg
	movl	%eax, 4(%ecx)
	movl	16(%esp), %eax		# function
	movl	%eax, (%ecx)
	movl	24(%esp), %ebx		# flags
	movl	32(%esp), %edx		# parent_tid
	xorl	%esi, %esi		# no TLS
	movl	36(%esp), %edi		# child_tid
	movl	$__NR_clone, %eax
	int	$0x80
	testl	%eax, %eax
	jz	in_child
	popl	%edi
	popl	%esi
	popl	%ebx
	cmpl	$-4095, %eax
	jae	fail
	ret
in_child:
	xorl	%ebp, %ebp
	popl	%eax			# function; arg is now on top
	call	*%eax
	movl	%eax, %ebx
	movl	$__NR_exit, %eax	# this task only, not the whole group
	int	$0x80
	hlt

/* int setjmp(jmp_buf): saves what a function must preserve, and where to go on. */
	.globl	setjmp
	.type	setjmp, @function
setjmp:
	movl	4(%esp), %eax
	movl	%ebx, (%eax)
	movl	%esi, 4(%eax)
	movl	%edi, 8(%eax)
	movl	%ebp, 12(%eax)
	leal	4(%esp), %ecx
	movl	%ecx, 16(%eax)
	movl	(%esp), %ecx
	movl	%ecx, 20(%eax)
	xorl	%eax, %eax
	ret

/* void longjmp(jmp_buf, int value): setjmp returns again, with value, or 1 for 0. */
	.globl	longjmp
	.type	longjmp, @function
longjmp:
	movl	4(%esp), %edx
	movl	8(%esp), %eax
	cmpl	$1, %eax
	adcl	$0, %eax
	movl	(%edx), %ebx
	movl	4(%edx), %esi
	movl	8(%edx), %edi
	movl	12(%edx), %ebp
	movl	16(%edx), %esp
	jmp	*20(%edx)
