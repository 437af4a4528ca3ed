; The first bytes of the payload, at physical 0x10000: entered by setup in
; protected mode (see <asm/bootparam.h> for the machine's state), with esi ->
; boot_params. Its header tells where the compressed kernel lies behind this
; stage. decompress() unpacks it to 1 MB and returns only if all is well.

%include "bootparam.inc"

KERNEL_LOAD_ADDR equ	0x100000

	bits 32
	section .head
	extern	decompress

header:
	jmp	short start
	times stage_hdr.magic - ($ - header) db 0
	dd	STAGE_MAGIC
	times stage_hdr_size - ($ - header) db 0

; void decompress(struct boot_params *bp, const struct stage_header *header)
start:
	cld
	push	esi
	mov	eax, esi
	mov	edx, header
	call	decompress
	pop	esi
	xor	ebx, ebx
	jmp	BOOT_CS:KERNEL_LOAD_ADDR
