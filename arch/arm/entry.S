/*
 * The ways into the kernel and out of it: system calls, traps, interrupts. Each saves the
 * registers as a struct pt_regs (<asm/ptrace.h>) and calls a C function.
 *
 * An exception has a mode with a link register and a saved status of its own. SRS stores the
 * two at once on the stack of the supervisor (SVC) mode, in which the kernel runs, so the other
 * modes need no stacks.
 *
 * On the way back to user mode task->work is looked at once: a signal, or a task that
 * should run first. Nothing is looked at on the way back to kernel mode: the kernel is not
 * preempted. Source: ARM Architecture Reference Manual ARMv7-A, B1.8 and B9.3.
 */
#include <asm/linkage.h>
#include <asm/ptrace.h>
#include <asm/unistd.h>
#include <asm-offsets.h>

#define THREAD_SHIFT	13
#define STACK_MIN	256		/* what a trap of the kernel must find free */

	.syntax unified
	.arm
	.text

/*
 * ---- parts of an entry ----
 *
 * While a program runs, the stack pointer of SVC mode stands at the place of orig_r0, 4 below the
 * top of its stack. So SRS and one STM lay down, from a system call on:
 *
 *	task + 8192 ->	orig_r0		by hand
 *			cpsr
 *			pc		SRS
 *	sp ->		lr .. r0	STM of the user's registers
 */

/*
 * In the mode of the exception; `adjust` corrects lr to the instruction to go on with. Stores
 * pc and cpsr and changes to SVC mode, interrupts off. Flags: eq if it came from a program.
 */
.macro TO_SVC adjust
	.if \adjust
	sub	lr, lr, #\adjust
	.endif
	srsdb	sp!, #SVC_MODE
	mrs	lr, spsr
	tst	lr, #15
	cps	#SVC_MODE
.endm

/* Behind SRS, from user mode. No frame of the kernel lies below: fp is 0. */
.macro SAVE_USER
	stmdb	sp, {r0-lr}^
	sub	sp, sp, #PT_PC
	mov	fp, #0
.endm

/*
 * Behind SRS, from SVC mode: pc and cpsr lie at sp, just below what was interrupted. The frame
 * begins at a multiple of 8, as C wants it, and does not touch them.
 */
.macro SAVE_KERNEL
	sub	sp, sp, #72
	tst	sp, #4
	subne	sp, sp, #4
	stmia	sp, {r0-r12}
	addeq	r4, sp, #72 + 8
	addne	r4, sp, #76 + 8
	mov	r5, lr
	ldmdb	r4, {r6, r7}
	add	r8, sp, #PT_SP
	stmia	r8, {r4-r7}
.endm

/* Back to kernel mode. pc and cpsr may have been changed: they go where RFE finds them. */
.macro RESTORE_KERNEL
	add	r8, sp, #PT_SP
	ldmia	r8, {r4-r7}
	cpsid	i
	stmdb	r4!, {r6, r7}
	str	r4, [sp, #PT_SP]
	clrex
	ldmia	sp, {r0-r12}
	ldr	lr, [sp, #PT_LR]
	ldr	sp, [sp, #PT_SP]
	rfeia	sp!
.endm

/* sp at the pt_regs, interrupts off. */
.macro RESTORE_USER
	ldmia	sp, {r0-lr}^
	add	sp, sp, #PT_PC
	rfeia	sp!
.endm

/* Interrupts off; flags: ne if current has work to do. */
.macro CHECK_WORK
	cpsid	i
	mov	r1, sp, lsr #THREAD_SHIFT
	mov	r1, r1, lsl #THREAD_SHIFT
	ldr	r1, [r1, #TASK_WORK]
	cmp	r1, #0
.endm

/*
 * ---- system calls ----
 *
 * The number is in r7, arguments are in r0 to r5. As the calling convention is that of C, the first
 * four and all 64-bit ones are where the function expects them; the others go on the stack.
 */
ENTRY(vector_swi)
	srsdb	sp!, #SVC_MODE
	stmdb	sp, {r0-lr}^
	str	r0, [sp, #PT_ORIG - PT_PC]
	sub	sp, sp, #PT_PC
	ldr	r8, =sys_call_table
	cmp	r7, #NR_syscalls
	stmdb	sp!, {r4, r5}
	mov	fp, #0
	bhs	bad_syscall
	cpsie	i
	ldr	r8, [r8, r7, lsl #2]
	blx	r8
syscall_done:
	add	sp, sp, #8
	str	r0, [sp]
	CHECK_WORK
	bne	syscall_work
	RESTORE_USER
END(vector_swi)

bad_syscall:
	cpsie	i
	add	r0, sp, #8
	bl	arm_syscall
	b	syscall_done

/* A signal may have ended the call; r0 1: it goes on as restart_syscall. */
syscall_work:
	mov	r0, sp
	mov	r1, #1
	bl	do_work_pending
	cmp	r0, #0
	beq	restore_all
	cpsie	i
	sub	sp, sp, #8
	bl	sys_restart_syscall
	b	syscall_done

/* These two take all registers from a signal frame: what they return is no result. */
ENTRY(sys_sigreturn)
	add	sp, sp, #8
	mov	r0, sp
	bl	do_sigreturn
	b	ret_to_user
END(sys_sigreturn)

ENTRY(sys_rt_sigreturn)
	add	sp, sp, #8
	mov	r0, sp
	bl	do_rt_sigreturn
	b	ret_to_user
END(sys_rt_sigreturn)

/*
 * From anything but a system call. The program may have been between LDREX and STREX, and
 * somebody else since: the exclusive mark is void.
 */
ENTRY(ret_to_user)
	CHECK_WORK
	bne	work_pending
	.globl restore_all
restore_all:
	clrex
	RESTORE_USER
END(ret_to_user)

work_pending:
	mov	r0, sp
	mov	r1, #0
	bl	do_work_pending
	b	restore_all

/* The first steps of a forked task: r0 is the task that ran before. */
ENTRY(ret_from_fork)
	bl	schedule_tail
	b	ret_to_user
END(ret_from_fork)

/* The first steps of a kernel thread: r4 the function, r5 its argument. */
ENTRY(ret_from_kernel_thread)
	bl	schedule_tail
	mov	r0, r5
	blx	r4
	bl	do_exit
END(ret_from_kernel_thread)

/*
 * struct task_struct *switch_stack(struct task_struct *prev, struct task_struct *next)
 *	1 what C expects to find unchanged goes on prev's stack
 *	2 the stacks change
 *	3 the same registers come off next's stack; r0 is still prev
 */
ENTRY(switch_stack)
	stmdb	sp!, {r4-fp, ip, lr}
	str	sp, [r0, #TASK_SP]
	ldr	sp, [r1, #TASK_SP]
	ldmia	sp!, {r4-fp, ip, pc}
END(switch_stack)

/* ---- interrupts ---- */

ENTRY(vector_irq)
	TO_SVC	4
	bne	1f
	SAVE_USER
	mov	r0, sp
	bl	do_IRQ
	b	ret_to_user
1:	SAVE_KERNEL
	mov	r0, sp
	bl	do_IRQ
	RESTORE_KERNEL
END(vector_irq)

/* ---- traps: lr was 4 or 8 behind the instruction, or (undefined) just behind it ---- */

ENTRY(vector_pabt)
	TO_SVC	4
	bne	1f
	SAVE_USER
	bl	prefetch_abort
	b	ret_to_user
1:	SAVE_KERNEL
	bl	prefetch_abort
	RESTORE_KERNEL
END(vector_pabt)

prefetch_abort:
	mov	r0, sp
	mrc	p15, 0, r1, c6, c0, 2		@ IFAR
	mrc	p15, 0, r2, c5, c0, 1		@ IFSR
	b	do_PrefetchAbort

ENTRY(vector_und)
	TO_SVC	0
	bne	1f
	SAVE_USER
	mov	r0, sp
	bl	do_undefinstr
	b	ret_to_user
1:	SAVE_KERNEL
	mov	r0, sp
	bl	do_undefinstr
	RESTORE_KERNEL
END(vector_und)

/*
 * A load or store. One of the kernel's may have failed because its stack pointer is spoiled; SRS
 * would fail for the same reason, for ever. So that is looked at first. This mode's own stack
 * pointer serves as a register.
 */
ENTRY(vector_dabt)
	mrs	sp, spsr
	tst	sp, #15
	sub	lr, lr, #8
	bne	dabt_kernel
	srsdb	sp!, #SVC_MODE
	cps	#SVC_MODE
	SAVE_USER
	bl	data_abort
	b	ret_to_user

dabt_kernel:
	ldr	sp, =abort_save
	stmia	sp, {r0, r1, lr}
	mrs	r0, spsr
	str	r0, [sp, #12]
	mov	r0, sp
	cps	#SVC_MODE
	ldr	r1, =high_memory
	ldr	r1, [r1]
	cmp	sp, r1
	bhs	bad_stack
	cmp	sp, #0xc0000000			@ PAGE_OFFSET
	blo	bad_stack
	ubfx	r1, sp, #0, #THREAD_SHIFT
	cmp	r1, #(TASK_SIZEOF + STACK_MIN) & ~63
	blo	bad_stack
	ldr	r1, [r0, #12]
	str	r1, [sp, #-4]!
	ldr	r1, [r0, #8]
	str	r1, [sp, #-4]!
	ldmia	r0, {r0, r1}
	SAVE_KERNEL
	bl	data_abort
	RESTORE_KERNEL
END(vector_dabt)

data_abort:
	mov	r0, sp
	mrc	p15, 0, r1, c6, c0, 0		@ DFAR
	mrc	p15, 0, r2, c5, c0, 0		@ DFSR
	b	do_DataAbort

/* On a stack of its own: tells what it can of the registers at the abort, and never returns. */
bad_stack:
	ldr	r1, =emergency_stack + 8192 - 72
	str	sp, [r1, #PT_SP]
	str	lr, [r1, #PT_LR]
	mov	sp, r1
	stmia	sp, {r0-r12}
	ldmia	r0, {r4-r7}			@ r0 r1 pc cpsr
	stmia	sp, {r4, r5}
	add	r8, sp, #PT_PC
	stmia	r8, {r6, r7}
	mov	r0, sp
	bl	double_fault

/* Reset, the reserved vector, FIQ: nobody should come here. */
ENTRY(vector_bad)
	TO_SVC	0
	bne	1f
	SAVE_USER
	b	2f
1:	SAVE_KERNEL
2:	mov	r0, sp
	bl	bad_vector
END(vector_bad)

	.ltorg

	.section .bss.emergency, "aw", %nobits
	.balign 8192
emergency_stack:
	.skip	8192
abort_save:
	.skip	16

/* ---- the table, from syscall.tbl ---- */

	.section .rodata
	.balign 4
ENTRY(sys_call_table)
#define SYSCALL(nr, entry)	.long entry;
#include <syscall_table.inc>

	.section .note.GNU-stack, "", %progbits
