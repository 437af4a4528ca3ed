/*
 * The first instructions of the kernel proper. The decompressor jumps here, to
 * physical 1 MB, in 32-bit protected mode without paging; see
 * <asm/bootparam.h> for the state of the machine. The kernel is linked at
 * C0100000, so until paging is on every symbol is used minus PAGE_OFFSET.
 *
 *	startup_32	clear the bss; is this at least a 486?
 *	1		map the first 8 MB twice: where they are, and at C0000000
 *	2		paging on, jump up, own GDT and stack, start_kernel()
 *
 * 0.12's head.s lay at 0 and let the page tables overwrite it.
 */
#include <asm/page.h>
#include <asm/segment.h>
#include <asm/pgtable.h>
#include <asm/linkage.h>

#define PHYS(x)		((x) - __PAGE_OFFSET)
#define CR0_PG_WP_NE_MP	0x80010022
#define EFLAGS_AC	0x40000

	.section .head.text, "ax"
ENTRY(startup_32)
	cld
	movl $PHYS(__bss_start), %edi
	movl $PHYS(__bss_stop), %ecx
	subl %edi, %ecx
	shrl $2, %ecx
	xorl %eax, %eax
	rep stosl
	movl %esi, PHYS(boot_params_phys)

	/* A 386 cannot keep the AC flag; it also lacks CR0.WP and INVLPG. */
	movl $PHYS(init_task) + 8192, %esp
	pushfl
	popl %eax
	movl %eax, %ecx
	xorl $EFLAGS_AC, %eax
	pushl %eax
	popfl
	pushfl
	popl %eax
	pushl %ecx
	popfl
	xorl %ecx, %eax
	testl $EFLAGS_AC, %eax
	jz too_old

	/* 1: two tables for 8 MB, entered at 0 and at PAGE_OFFSET */
	movl $PHYS(boot_page_tables), %edi
	movl $(_PAGE_PRESENT | _PAGE_RW), %eax
	movl $2048, %ecx
1:	stosl
	addl $4096, %eax
	loop 1b
	movl $PHYS(boot_page_tables) + _PAGE_PRESENT + _PAGE_RW, %eax
	movl %eax, PHYS(swapper_pg_dir)
	movl %eax, PHYS(swapper_pg_dir) + (__PAGE_OFFSET >> 20)
	addl $4096, %eax
	movl %eax, PHYS(swapper_pg_dir) + 4
	movl %eax, PHYS(swapper_pg_dir) + (__PAGE_OFFSET >> 20) + 4

	/* 2 */
	movl $PHYS(swapper_pg_dir), %eax
	movl %eax, %cr3
	movl %cr0, %eax
	orl $CR0_PG_WP_NE_MP, %eax
	andl $~0x4, %eax		/* EM off */
	movl %eax, %cr0
	movl $up, %eax
	jmp *%eax
up:
	lgdt gdt_descr
	ljmp $__KERNEL_CS, $1f
1:	movl $__KERNEL_DS, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss
	xorl %eax, %eax
	movl %eax, %fs
	movl %eax, %gs
	movl $init_task + 8192 - 64, %esp	/* room for the registers of task 0 as a program */
	xorl %ebp, %ebp			/* ends every call trace */
	pushl $0
	popfl
	call start_kernel
	ud2

too_old:
	movl $PHYS(too_old_message), %esi
	movl $0xb8000, %edi
	movb $0x0c, %ah
1:	lodsb
	testb %al, %al
	jz 2f
	stosw
	jmp 1b
2:	hlt
	jmp 2b
too_old_message:
	.asciz "This kernel needs a 486 or newer CPU."

	.balign 4
	.word 0
gdt_descr:
	.word GDT_ENTRIES * 8 - 1
	.long gdt_table

	.data
	.balign 32
ENTRY(gdt_table)
	.quad 0
	.quad 0
	.quad 0x00cf9a000000ffff	/* kernel code: base 0, limit 4 GB */
	.quad 0x00cf92000000ffff	/* kernel data */
	.quad 0x00cffa000000ffff	/* user code */
	.quad 0x00cff2000000ffff	/* user data */
	.fill GDT_ENTRIES - 6, 8, 0

	.globl boot_params_phys
boot_params_phys:
	.long 0

	.section .bss.page_aligned, "aw", @nobits
	.balign 4096
ENTRY(swapper_pg_dir)
	.fill 4096, 1, 0
boot_page_tables:
	.fill 8192, 1, 0

	.section .note.GNU-stack, "", @progbits
