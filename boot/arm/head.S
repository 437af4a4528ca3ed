/*
 * The first bytes of zImage. A boot loader puts the file anywhere in RAM and jumps to its
 * beginning: r1 machine number, r2 -> tags or device tree, MMU and data cache off. (QEMU puts it at
 * 60010000, where the unpacked kernel is going to be.)
 *
 *	1	out of the way: the whole file moves to STAGE_ADDR, where this stage is linked
 *	2	instruction cache on, or unpacking takes seconds
 *	3	decompress() unpacks the kernel to 60008000, and returns only if all is well
 *	4	jump there, r1 and r2 as they were
 *
 * The header, by which boot loaders know the file: eight no-operations, a branch, the magic
 * number at byte 0x24, then where the file is linked and where it ends.
 */
#define ZIMAGE_MAGIC	0x016f2818
#define KERNEL_ADDR	0x60008000
#define SVC_MODE	0x13
#define SCTLR_I_Z	0x1800		/* instruction cache, branch prediction */

	.syntax unified
	.arm
	.section .head, "ax"
	.globl	_start
_start:
	.rept	8
	nop
	.endr
	b	1f
	.word	ZIMAGE_MAGIC
	.word	0			/* runs anywhere */
	.word	__stage_file_end - _start

1:	cpsid	if, #SVC_MODE
	mov	r8, r1
	mov	r9, r2
	adr	r0, _start
	ldr	r1, =_start
	ldr	r2, =__stage_file_end
	cmp	r0, r1
	beq	3f
	sub	r3, r2, r1		/* bytes; a multiple of 16 */
	blo	2f
0:	ldmia	r0!, {r4-r7}		/* it lies above: forwards */
	stmia	r1!, {r4-r7}
	subs	r3, r3, #16
	bne	0b
	b	3f
2:	add	r0, r0, r3		/* below: backwards, the two may overlap */
0:	ldmdb	r0!, {r4-r7}
	stmdb	r2!, {r4-r7}
	subs	r3, r3, #16
	bne	0b

3:	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0	/* ICIALLU */
	mcr	p15, 0, r0, c7, c5, 6	/* BPIALL */
	mrc	p15, 0, r0, c1, c0, 0	/* SCTLR */
	orr	r0, r0, #SCTLR_I_Z
	mcr	p15, 0, r0, c1, c0, 0
	dsb
	isb
	ldr	pc, =4f

4:	ldr	r0, =__bss_start
	ldr	r1, =__bss_end
	mov	r2, #0
5:	cmp	r0, r1
	strlo	r2, [r0], #4
	blo	5b
	ldr	sp, =__stack_end
	bl	decompress
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0	/* what was fetched from there before is not the kernel */
	mcr	p15, 0, r0, c7, c5, 6
	dsb
	isb
	mov	r1, r8
	mov	r2, r9
	ldr	pc, =KERNEL_ADDR
	.ltorg

	.section .rodata
	.globl	packed_kernel, packed_kernel_end
	.balign	4
packed_kernel:
	.incbin	"vmlinux.bin.lz4"
packed_kernel_end:

	.section .note.GNU-stack, "", %progbits
