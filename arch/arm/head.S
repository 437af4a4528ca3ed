/*
 * The first instructions of the kernel proper. The decompressor, or any loader that
 * follows the ARM boot protocol, jumps to stext at physical 60008000:
 *
 *	r1	machine number	    MMU and data cache off, interrupts masked,
 *		(not looked at)	    the instruction cache either way
 *	r2	physical address
 *		of ATAGs or of a
 *		device tree
 *
 * The kernel is linked at C0008000, so until the MMU is on every symbol is used minus
 * PAGE_OFFSET plus PHYS_OFFSET.
 *
 *	stext		clear the bss; is this an ARMv7 with the right MMU?
 *	1		sections: the kernel and what r2 points to, at C0000000 and up, and
 *			the first megabyte where it is, to switch on the MMU in
 *	2		the table of the fixmap, so that C can reach a serial line at once
 *	3		caches and TLB emptied, directory, domains, MMU and caches on
 *	__mmap_switched	own stack, start_kernel()
 *
 * Numbers of registers and bits: ARM ARM ARMv7-A, B4.1.
 */
#include <asm/linkage.h>
#include <asm/page.h>
#include <asm/pgtable.h>
#include <asm/ptrace.h>

#define PHYS(x)		((x) - __PAGE_OFFSET + __PHYS_OFFSET)

#define ID_MMFR0_VMSA	0xf		/* kind of MMU; from 3 on: VMSAv7 */
#define TTBR_WALKS	0x48		/* as in <asm/cache.h> */
#define SCTLR_ON	0x3805		/* V vectors at FFFF0000, I Z C caches, M MMU */
#define SCTLR_OFF	0x73000002	/* TE AFE TRE EE VE; A: unaligned accesses are allowed */

	.section .head.text, "ax"
	.arm
ENTRY(stext)
	cpsid	if, #SVC_MODE
	ldr	r4, =PHYS(__bss_start)
	ldr	r5, =PHYS(__bss_stop)
	mov	r0, #0
0:	cmp	r4, r5
	strlo	r0, [r4], #4
	blo	0b
	ldr	r4, =PHYS(boot_params_phys)
	str	r2, [r4]

	mrc	p15, 0, r0, c0, c1, 4		/* ID_MMFR0 */
	and	r0, r0, #ID_MMFR0_VMSA
	cmp	r0, #3
	blo	wrong_cpu

	/* 1: r4 directory, r6 flags of a section */
	ldr	r4, =PHYS(swapper_pg_dir)
	mov	r0, #0
	add	r5, r4, #0x4000
0:	str	r0, [r4], #4
	cmp	r4, r5
	blo	0b
	ldr	r4, =PHYS(swapper_pg_dir)
	ldr	r6, =PMD_SECT_KERNEL
	ldr	r5, =PHYS(_end) - 1
	lsr	r5, r5, #SECTION_SHIFT		/* last megabyte of the kernel */
	ldr	r7, =(__PHYS_OFFSET >> SECTION_SHIFT)
	orr	r0, r6, r7, lsl #SECTION_SHIFT
	str	r0, [r4, r7, lsl #2]
	bl	map_sections
	sub	r0, r2, #__PHYS_OFFSET
	cmp	r0, #0x2f000000			/* r2 may be anything: only if it is lowmem */
	lsrlo	r7, r2, #SECTION_SHIFT
	addlo	r5, r7, #1			/* it may reach into the next megabyte */
	bllo	map_sections

	/* 2 */
	ldr	r0, =PHYS(fixmap_table) + 2048 + PMD_TABLE
	ldr	r1, =0xffe * 4
	add	r1, r1, r4
	str	r0, [r1], #4
	add	r0, r0, #1024
	str	r0, [r1]

	/* 3 */
	bl	invalidate_l1
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0		/* ICIALLU */
	mcr	p15, 0, r0, c7, c5, 6		/* BPIALL */
	mcr	p15, 0, r0, c8, c7, 0		/* TLBIALL */
	mcr	p15, 0, r0, c2, c0, 2		/* TTBCR: all addresses by TTBR0 */
	mcr	p15, 0, r0, c13, c0, 1		/* CONTEXTIDR: address space number 0 */
	orr	r4, r4, #TTBR_WALKS
	mcr	p15, 0, r4, c2, c0, 0		/* TTBR0 */
	mov	r0, #DACR_CLIENTS
	mcr	p15, 0, r0, c3, c0, 0		/* DACR */
	mrc	p15, 0, r0, c1, c0, 0		/* SCTLR */
	ldr	r1, =SCTLR_OFF
	bic	r0, r0, r1
	ldr	r1, =SCTLR_ON
	orr	r0, r0, r1
	ldr	r3, =__mmap_switched
	dsb
	mcr	p15, 0, r0, c1, c0, 0
	isb
	bx	r3
END(stext)

/* Enters sections r7 to r5 (numbers of physical megabytes) at their linear addresses. Spoils r0. */
map_sections:
	orr	r0, r6, r7, lsl #SECTION_SHIFT
	sub	r3, r7, #((__PHYS_OFFSET - __PAGE_OFFSET) >> SECTION_SHIFT) & 0xfff
	ubfx	r3, r3, #0, #12
	str	r0, [r4, r3, lsl #2]
	add	r7, r7, #1
	cmp	r7, r5
	bls	map_sections
	bx	lr

/*
 * Empties the level 1 data cache by set and way; its contents after reset are arbitrary, and
 * nothing of value is in it while it is off. CCSIDR (B4.1.19): bits 27-13 sets - 1, 12-3 ways - 1,
 * 2-0 log2(words of a line) - 2. Changes r0, r1, r3, r5, r7, r8.
 */
invalidate_l1:
	mov	r0, #0
	mcr	p15, 2, r0, c0, c0, 0		/* CSSELR: level 1, data */
	isb
	mrc	p15, 1, r0, c0, c0, 0		/* CCSIDR */
	and	r1, r0, #7
	add	r1, r1, #4			/* the set's number begins at this bit */
	ubfx	r3, r0, #3, #10			/* ways - 1 */
	ubfx	r5, r0, #13, #15		/* sets - 1 */
	clz	r7, r3				/* the way's number begins at this bit */
0:	mov	r8, r3
1:	lsl	r0, r8, r7
	orr	r0, r0, r5, lsl r1
	mcr	p15, 0, r0, c7, c6, 2		/* DCISW */
	subs	r8, r8, #1
	bpl	1b
	subs	r5, r5, #1
	bpl	0b
	dsb
	bx	lr

/* At C00xxxxx from here on. */
__mmap_switched:
	ldr	sp, =init_task + 8192 - 80	/* room for the registers of task 0 as a program */
	mov	fp, #0				/* ends every call trace */
	bl	start_kernel
	b	.

/* Nothing can be said without knowing the machine: stand still. */
wrong_cpu:
	wfi
	b	wrong_cpu

	.ltorg

	.data
	.balign 4
	.globl boot_params_phys
boot_params_phys:
	.long 0

	.section .bss.page_aligned, "aw", %nobits
	.balign 4096
ENTRY(fixmap_table)
	.space 4096

	.section .note.GNU-stack, "", %progbits
