/*
 * What programs call: library.h tells the addresses.
 */
	.macro entry function
	.balign 8
	jmp \function
	.endm

	.section .table, "ax", @progbits
	entry strlen12
	entry itoa12
	entry puts12
	entry printf12
	entry writes12
	.balign 64

	.section .note.GNU-stack, "", @progbits
