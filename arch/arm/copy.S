/*
 * Long copies in the fewest instructions: pages, and user memory (<asm/uaccess.h>).
 *
 * LDM and STM move eight words, but want both addresses to be multiples of 4. Single
 * words may stand anywhere (SCTLR.A is 0), so only the blocks depend on that.
 *
 * Where user memory is touched, every instruction has an entry in the exception table. When a block
 * or a word faults, the rest is done byte by byte, until the byte that really is not
 * there: so the number of bytes left over is exact.
 */
#include <asm/linkage.h>
#include <asm/page.h>

/* The instruction may fault; goes on at `fixup` then. */
.macro USER fixup:req insn:vararg
9001:	\insn
	.pushsection __ex_table, "a"
	.balign 4
	.long 9001b, \fixup
	.popsection
.endm

	.text

/* void clear_page(void *page) */
ENTRY(clear_page)
	push	{r4-r8, lr}
	mov	r1, #0
	mov	r2, #0
	mov	r3, #0
	mov	r4, #0
	mov	r5, #0
	mov	r6, #0
	mov	r7, #0
	mov	r8, #0
	mov	lr, #(1 << PAGE_SHIFT) / 128
1:	stmia	r0!, {r1-r8}
	stmia	r0!, {r1-r8}
	stmia	r0!, {r1-r8}
	stmia	r0!, {r1-r8}
	subs	lr, lr, #1
	bne	1b
	pop	{r4-r8, pc}
END(clear_page)

/* void copy_page(void *to, const void *from) */
ENTRY(copy_page)
	push	{r4-r9, lr}
	mov	lr, #(1 << PAGE_SHIFT) / 64
1:	pld	[r1, #128]
	ldmia	r1!, {r2-r9}
	stmia	r0!, {r2-r9}
	ldmia	r1!, {r2-r9}
	stmia	r0!, {r2-r9}
	subs	lr, lr, #1
	bne	1b
	pop	{r4-r9, pc}
END(copy_page)

/*
 * unsigned long __copy_user(void *to, const void *from, unsigned long n)
 * Either side may be the user's. Returns the bytes that could not be copied.
 */
ENTRY(__copy_user)
	orr	r3, r0, r1
	tst	r3, #3
	bne	2f
	subs	r2, r2, #32
	blo	1f
	push	{r4-r9, lr}
0:	USER	copy_block_fixup, ldmia r1!, {r3-r9, ip}
	USER	copy_store_fixup, stmia r0!, {r3-r9, ip}
	subs	r2, r2, #32
	bhs	0b
	pop	{r4-r9, lr}
1:	add	r2, r2, #32
2:	subs	r2, r2, #4
	blo	4f
3:	USER	copy_word_fixup, ldr r3, [r1]
	USER	copy_word_fixup, str r3, [r0]
	add	r1, r1, #4
	add	r0, r0, #4
	subs	r2, r2, #4
	bhs	3b
4:	adds	r2, r2, #4
	beq	6f
copy_bytes:
5:	USER	copy_done, ldrb r3, [r1]
	USER	copy_done, strb r3, [r0]
	add	r1, r1, #1
	add	r0, r0, #1
	subs	r2, r2, #1
	bne	5b
6:
copy_done:
	mov	r0, r2
	bx	lr
END(__copy_user)

	.section .fixup, "ax"
copy_store_fixup:
	sub	r1, r1, #32			/* the block was loaded, but not stored */
copy_block_fixup:
	pop	{r4-r9, lr}
	add	r2, r2, #32
	b	copy_bytes
copy_word_fixup:
	add	r2, r2, #4
	b	copy_bytes
	.text

/*
 * unsigned long __clear_user(void *to, unsigned long n)
 * Returns the bytes that could not be cleared.
 */
ENTRY(__clear_user)
	mov	r2, #0
	mov	r3, #0
	tst	r0, #3
	bne	clear_rest
	subs	r1, r1, #8
	blo	1f
0:	USER	clear_block_fixup, stmia r0!, {r2, r3}
	subs	r1, r1, #8
	bhs	0b
1:	add	r1, r1, #8
clear_rest:
	cmp	r1, #0
	beq	clear_done
2:	USER	clear_done, strb r2, [r0]
	add	r0, r0, #1
	subs	r1, r1, #1
	bne	2b
clear_done:
	mov	r0, r1
	bx	lr
END(__clear_user)

	.section .fixup, "ax"
clear_block_fixup:
	add	r1, r1, #8
	b	clear_rest

	.section .note.GNU-stack, "", %progbits
