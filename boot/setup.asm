; Setup: the last of the real mode. The boot sector loads it to 0x90800 (segment
; 0x9000, which all segment registers hold) and jumps to its start with DL =
; boot drive. It asks the BIOS what only the BIOS knows (memory, video), writes
; that to struct boot_params at 0x90000, turns A20 on, enters protected mode and
; jumps to the payload at 0x10000.
;
; Unlike 0.12 it moves nothing to address 0 and programs no interrupt controller
; (the kernel does); the BIOS data at 0 stays as it is.

%include "bootparam.inc"

KBD_DATA	equ	0x60
KBD_STATUS	equ	0x64		; read: status; write: command
KBD_INPUT_FULL	equ	0x02
KBD_CMD_WRITE_OUT equ	0xd1		; next data byte goes to the output port
KBD_A20_ON	equ	0xdf		; output port: A20 on, no reset
SYSTEM_PORT_A	equ	0x92
FLOPPY_DOR	equ	0x3f2		; digital output register of the floppy controller
PIC_MASTER_MASK	equ	0x21
PIC_SLAVE_MASK	equ	0xa1
IO_DELAY	equ	0x80		; a write to this port takes about 1 us and does nothing

VIDEO_TEXT	equ	3		; BIOS mode: 80x25 colour text
BDA_ROWS	equ	0x484		; rows of the text screen, less one

	bits 16
	org SETUP_OFF

header:
	jmp	near start
	times setup_hdr.magic - ($ - header) db 0
	dd	SETUP_MAGIC
	dw	0			; setup_hdr.sectors
	dw	0

start:
	push	ds
	pop	es
	xor	di, di
	xor	ax, ax
	mov	cx, boot_params_size / 2
	rep stosw
	mov	dword [boot_params.magic], BOOT_MAGIC
	mov	[boot_params.boot_drive], dl
	call	command_line
	call	memory
	call	video
	call	a20
	mov	si, msg_payload
	push	word PAYLOADSEG
	pop	fs
	cmp	dword [fs:stage_hdr.magic], STAGE_MAGIC
	jne	die

	; No interrupt from here on, whatever is still pending; the floppy
	; motor would otherwise run until the kernel knows of it.
	cli
	mov	al, 0xff
	out	PIC_SLAVE_MASK, al
	out	PIC_MASTER_MASK, al
	mov	dx, FLOPPY_DOR
	mov	al, 0x0c		; motors off, no reset, DMA and interrupt on
	out	dx, al

	lgdt	[gdt_pointer]
	mov	eax, cr0
	or	al, 1			; PE
	mov	cr0, eax
	jmp	dword BOOT_CS:BOOTSEG * 16 + protected

	bits 32
protected:
	mov	ax, BOOT_DS
	mov	ds, ax
	mov	es, ax
	mov	fs, ax
	mov	gs, ax
	mov	ss, ax
	mov	esp, BOOTSEG * 16 + STACK_OFF
	mov	esi, BOOTSEG * 16
	jmp	BOOT_CS:PAYLOADSEG * 16

	bits 16

; die: DS:SI -> last words.
die:
	call	print
.forever:
	hlt
	jmp	.forever

%include "print.inc"

; command_line: copy the sector's text; a sector that was never written is an
; empty line.
command_line:
	cmp	dword [CMDLINE_OFF], CMDLINE_MAGIC
	jne	.done
	mov	si, CMDLINE_OFF + 4
	mov	di, boot_params.cmdline
	mov	cx, (512 - 4) / 2	; less than .cmdline holds: the NUL stays
	rep movsw
.done:
	ret

; memory: fill e820[] from the first of three BIOS calls that knows something.
memory:
	call	memory_e820
	cmp	dword [boot_params.e820_count], 0
	jne	.done
	int	0x12			; AX = KB below 640 KB
	movzx	eax, ax
	shl	eax, 10
	xor	ebx, ebx
	call	add_ram
	call	memory_e801
	jnc	.done
	call	memory_88
	mov	si, msg_memory
	jc	die
.done:
	ret

; memory_e820: the full map, entry by entry. Entries of no size are dropped; an
; answer cut short leaves no entries, so that the older calls get their turn.
memory_e820:
	mov	di, boot_params.e820
	xor	ebx, ebx		; continuation: 0 = first
.next:
	mov	eax, 0xe820
	mov	edx, SMAP
	mov	ecx, E820_ENTRY
	int	0x15
	jc	.done			; after the last entry, for some BIOSes
	cmp	eax, SMAP
	jne	.none
	cmp	ecx, E820_ENTRY
	jb	.none
	mov	eax, [di + 8]
	or	eax, [di + 12]
	jz	.skip
	inc	dword [boot_params.e820_count]
	add	di, E820_ENTRY
	cmp	di, boot_params.e820 + E820_MAX * E820_ENTRY
	jae	.done
.skip:
	test	ebx, ebx
	jnz	.next
.done:
	ret
.none:
	mov	dword [boot_params.e820_count], 0
	ret

; memory_e801: two sizes, KB from 1 MB to 16 MB and 64 KB blocks above 16 MB.
; Carry if the BIOS does not know.
memory_e801:
	xor	cx, cx
	xor	dx, dx
	mov	ax, 0xe801
	int	0x15
	jc	.done
	test	cx, cx			; some answer in CX and DX only
	jz	.in_ax
	mov	ax, cx
	mov	bx, dx
.in_ax:
	movzx	eax, ax
	movzx	edx, bx
	test	eax, eax
	stc
	jz	.done
	shl	eax, 10
	mov	ebx, 0x100000
	call	add_ram
	mov	eax, edx
	shl	eax, 16
	mov	ebx, 0x1000000
	call	add_ram
	or	dword [boot_params.flags], MEM_E801	; clears carry
.done:
	ret

; memory_88: KB above 1 MB, at most 64 MB. Carry if there is none.
memory_88:
	clc
	mov	ah, 0x88
	int	0x15
	jc	.done
	test	ax, ax
	stc
	jz	.done
	movzx	eax, ax
	shl	eax, 10
	mov	ebx, 0x100000
	call	add_ram
	or	dword [boot_params.flags], MEM_88	; clears carry
.done:
	ret

; add_ram: one entry, EBX = start, EAX = bytes (0: no entry). Spoils DI.
add_ram:
	test	eax, eax
	jz	.done
	imul	di, [boot_params.e820_count], E820_ENTRY
	add	di, boot_params.e820
	mov	[di], ebx
	mov	[di + 8], eax
	mov	byte [di + 16], E820_RAM
	inc	dword [boot_params.e820_count]
.done:
	ret

; video: 80x25 text. The mode is set only if it is another, so that the BIOS's
; and our messages stay on the screen.
video:
	mov	ah, 0x0f
	int	0x10			; AL = mode, AH = columns
	and	al, 0x7f
	cmp	ax, (80 << 8) | VIDEO_TEXT
	je	.is_text
	mov	ax, VIDEO_TEXT
	int	0x10
.is_text:
	mov	ah, 3
	xor	bh, bh
	int	0x10			; DH = row, DL = column
	mov	[boot_params.cursor_x], dl
	mov	[boot_params.cursor_y], dh
	mov	byte [boot_params.cols], 80
	push	word 0
	pop	fs
	mov	al, [fs:BDA_ROWS]
	inc	ax
	cmp	al, 25			; a BIOS before EGA leaves 0 there
	jae	.rows
	mov	al, 25
.rows:
	mov	[boot_params.rows], al
	ret

; a20: let address line 20 through; without it every odd megabyte is the one
; below it. Each usual way is tried in turn until the test agrees.
a20:
	call	a20_test
	jz	.done			; flags: BOOT_A20_WAS_ON is 0
	mov	ax, 0x2401
	int	0x15
	mov	bl, A20_BIOS
	call	a20_test
	jz	.found
	call	a20_keyboard
	mov	bl, A20_KEYBOARD
	call	a20_wait
	jz	.found
	in	al, SYSTEM_PORT_A
	and	al, 0xfe		; bit 0 would reset the machine
	or	al, 2
	out	SYSTEM_PORT_A, al
	mov	bl, A20_PORT92
	call	a20_wait
	jz	.found
	mov	si, msg_a20
	jmp	die
.found:
	or	[boot_params.flags], bl
.done:
	ret

; a20_keyboard: by the output port of the keyboard controller.
a20_keyboard:
	cli
	call	kbd_wait
	mov	al, KBD_CMD_WRITE_OUT
	out	KBD_STATUS, al
	call	kbd_wait
	mov	al, KBD_A20_ON
	out	KBD_DATA, al
	call	kbd_wait
	sti
	ret

; kbd_wait: until the controller takes a byte, or 65536 looks: there may be none.
kbd_wait:
	xor	cx, cx
.look:
	out	IO_DELAY, al
	in	al, KBD_STATUS
	test	al, KBD_INPUT_FULL
	loopnz	.look
	ret

; a20_wait: a20_test for some time, as a keyboard controller is slow.
a20_wait:
	mov	dx, 20000
.look:
	out	IO_DELAY, al
	call	a20_test
	jz	.done
	dec	dx
	jnz	.look
	inc	dx			; clears Z
.done:
	ret

; a20_test: Z set if A20 is on. A word below 64 KB, which the real mode reaches a
; second time 1 MB higher, must keep its value when the higher one changes. The
; word is the first of the boot sector's old place. Spoils AX, CX.
a20_test:
	push	word 0
	pop	fs
	push	word 0xffff
	pop	gs
	mov	ax, [fs:0x7c00]
	mov	cx, ax
	not	cx
	mov	[gs:0x7c00 + 0x10], cx
	cmp	[fs:0x7c00], ax
	ret

msg_payload	db	'kernel damaged', 13, 10, 0
msg_memory	db	'no memory map', 13, 10, 0
msg_a20		db	'A20 line stuck', 13, 10, 0

	align 8, db 0
gdt:
	dq	0
	dq	0x00cf9b000000ffff	; BOOT_CS: 4 GB, code, readable, accessed
	dq	0x00cf93000000ffff	; BOOT_DS: 4 GB, data, writable, accessed
gdt_pointer:
	dw	$ - gdt - 1
	dd	BOOTSEG * 16 + gdt

	times SETUP_SECTORS * 512 - ($ - $$) db 0
