/*
 * The ways into the kernel and out of it: system calls, traps, interrupts.
 *
 * Each saves the registers as a struct pt_regs (<asm/ptrace.h>) and calls a C
 * function. On the way back to user mode task->work is looked at once: a
 * signal, or a task that should run first. Nothing is looked at on the way back to
 * kernel mode: the kernel is not preempted.
 *
 * What is fast here: a system call without work saves and restores the
 * registers, loads two segments, and does nothing else.
 */
#include <asm/linkage.h>
#include <asm/segment.h>
#include <asm/unistd.h>
#include <asm/v012.h>
#include <asm-offsets.h>

#define THREAD_MASK	-8192

/* Registers below orig_eax; kernel data segments. Changes edi. */
.macro SAVE_ALL
	pushl %es
	pushl %ds
	pushl %eax
	pushl %ebp
	pushl %edi
	pushl %esi
	pushl %edx
	pushl %ecx
	pushl %ebx
	movl $__KERNEL_DS, %edi
	movl %edi, %ds
	movl %edi, %es
	cld
.endm

	.text

/*
 * int 0x80: call number in eax, arguments in ebx ecx edx esi edi ebp. The
 * functions take the first three in eax edx ecx and the others on the stack.
 */
ENTRY(system_call)
	pushl %eax
	SAVE_ALL
	pushl %ebp
	pushl PT_EDI + 4(%esp)		/* edi itself is used up */
	pushl %esi
	cmpw $V012_CS, PT_CS + 12(%esp)
	je v012_call
	cmpl $NR_syscalls, %eax
	jae bad_syscall
	movl sys_call_table(,%eax,4), %esi
call_it:
	movl %ebx, %eax
	xchgl %ecx, %edx
	call *%esi
syscall_done:
	addl $12, %esp
	movl %eax, PT_EAX(%esp)
ret_to_user:
	cli
	movl %esp, %ebx
	andl $THREAD_MASK, %ebx
	cmpl $0, TASK_WORK(%ebx)
	jne work_pending
	.globl restore_all
restore_all:
	popl %ebx
	popl %ecx
	popl %edx
	popl %esi
	popl %edi
	popl %ebp
	popl %eax
pop_ds:	popl %ds
pop_es:	popl %es
	addl $4, %esp
do_iret:
	iret
END(system_call)

work_pending:
	movl %esp, %eax
	call do_work_pending
	jmp restore_all

/* The call of an a.out program: its table. */
v012_call:
	cmpl $NR_v012_syscalls, %eax
	jae bad_syscall
	movl v012_call_table(,%eax,4), %esi
	jmp call_it

bad_syscall:
	call sys_ni_syscall
	jmp syscall_done

/* A selector or a frame that the program spoiled: null selectors, or its death. */
	.section .fixup, "ax"
fix_ds:	movl $0, (%esp)
	jmp pop_ds
fix_es:	movl $0, (%esp)
	jmp pop_es
fix_iret:
	movl $__KERNEL_DS, %eax		/* the program's may be null, or have any base */
	movl %eax, %ds
	movl %eax, %es
	sti
	movl $11, %eax			/* SIGSEGV */
	call do_group_exit
	.section __ex_table, "a"
	.balign 4
	.long pop_ds, fix_ds
	.long pop_es, fix_es
	.long do_iret, fix_iret
	.previous
	.text

/* The first steps of a forked task: eax is the task that ran before. */
ENTRY(ret_from_fork)
	call schedule_tail
	jmp ret_to_user
END(ret_from_fork)

/* The first steps of a kernel thread: ebx the function, esi its argument. */
ENTRY(ret_from_kernel_thread)
	call schedule_tail
	movl %esi, %eax
	call *%ebx
	call do_exit
	ud2
END(ret_from_kernel_thread)

/*
 * struct task_struct *switch_stack(struct task_struct *prev, struct task_struct *next)
 *	1 what C expects to find unchanged goes on prev's stack
 *	2 the stacks change
 *	3 the same registers come off next's stack; eax is still prev
 */
ENTRY(switch_stack)
	pushl %ebp
	pushl %edi
	pushl %esi
	pushl %ebx
	movl %esp, TASK_ESP(%eax)
	movl TASK_ESP(%edx), %esp
	popl %ebx
	popl %esi
	popl %edi
	popl %ebp
	ret
END(switch_stack)

/* ---- interrupts: orig_eax is ~irq ---- */

	.balign 16
	.globl irq_entries
irq_entries:
	.set irq, 0
	.rept 16
	.balign 8
	pushl $~irq
	jmp common_interrupt
	.set irq, irq + 1
	.endr

common_interrupt:
	SAVE_ALL
	movl %esp, %eax
	call do_IRQ
ret_from_exception:
	testb $3, PT_CS(%esp)
	jnz ret_to_user
	cli
	jmp restore_all

/* ---- traps ---- */

/*
 * The entry of the trap has pushed the address of the C function where es belongs, above it the
 * error code. The function gets the registers and the error code.
 */
error_code:
	pushl %ds
	pushl %eax
	pushl %ebp
	pushl %edi
	pushl %esi
	pushl %edx
	pushl %ecx
	pushl %ebx
	cld
	movl PT_ES(%esp), %edi
	movl %es, %ecx
	movl %ecx, PT_ES(%esp)
	movl $__KERNEL_DS, %ecx
	movl %ecx, %ds
	movl %ecx, %es
	movl PT_ORIG_EAX(%esp), %edx
	movl $-1, PT_ORIG_EAX(%esp)
	movl %esp, %eax
	call *%edi
	jmp ret_from_exception

.macro TRAP name handler
ENTRY(\name)
	pushl $0
	pushl $\handler
	jmp error_code
END(\name)
.endm

/* The CPU has pushed an error code. */
.macro TRAP_ERR name handler
ENTRY(\name)
	pushl $\handler
	jmp error_code
END(\name)
.endm

TRAP	 divide_error			do_divide_error
TRAP	 debug				do_debug
TRAP	 nmi				do_nmi
TRAP	 int3				do_int3
TRAP	 overflow			do_overflow
TRAP	 bounds				do_bounds
TRAP	 invalid_op			do_invalid_op
TRAP	 device_not_available		do_device_not_available
TRAP	 coprocessor_segment_overrun	do_coprocessor_segment_overrun
TRAP_ERR invalid_TSS			do_invalid_TSS
TRAP_ERR segment_not_present		do_segment_not_present
TRAP_ERR stack_segment			do_stack_segment
TRAP_ERR general_protection		do_general_protection
TRAP_ERR page_fault			do_page_fault
TRAP	 spurious_interrupt_bug		do_spurious_interrupt_bug
TRAP	 coprocessor_error		do_coprocessor_error
TRAP_ERR alignment_check		do_alignment_check
TRAP	 machine_check			do_machine_check
TRAP	 simd_coprocessor_error		do_simd_coprocessor_error

/* ---- the tables, from syscall.tbl and v012/syscall.tbl ---- */

	.section .rodata
	.balign 4
ENTRY(sys_call_table)
#define SYSCALL(nr, entry)	.long entry;
#include <syscall_table.inc>
ENTRY(v012_call_table)
#include <v012_table.inc>
	.set NR_v012_syscalls, (. - v012_call_table) / 4

	.section .note.GNU-stack, "", @progbits
