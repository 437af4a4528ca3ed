; Fake guests: boot sectors that end badly, each in its own way, for the tests of the
; harness (test_harness.py). Assembled once per way with -DWAY=n:
;
;   0  a good one: prompt, answers the harness, powers off
;   1  prints a panic and stops          5  triple fault after the prompt
;   2  prints an oops after the prompt   6  powers off before the prompt
;   3  prints a BUG and a prompt         7  writes to isa-debug-exit
;   4  prints a line and loops           8  resets by the keyboard controller
;
; The serial line is COM1 at the speed the BIOS left; nothing here needs interrupts.

	bits 16
	org 0x7c00

COM1		equ 0x3f8
LINE_CONTROL	equ COM1 + 3
EIGHT_BITS	equ 0x03
LINE_STATUS	equ COM1 + 5
CAN_SEND	equ 0x20
HAS_BYTE	equ 0x01
ACPI_PM1A	equ 0x604
ACPI_SLEEP	equ 0x2000
DEBUG_EXIT	equ 0xf4
KBD_COMMAND	equ 0x64
KBD_RESET	equ 0xfe

start:
	xor	ax, ax
	mov	ds, ax
	mov	ss, ax
	mov	sp, 0x7c00
	cld
	mov	dx, LINE_CONTROL
	mov	al, EIGHT_BITS
	out	dx, al
	mov	si, hello
	call	print
%if WAY == 0
	call	prompt
	call	await_line
	mov	si, synced
	call	print
.more:	call	await_line
	call	echo_tag
	jmp	.more
%elif WAY == 1
	mov	si, panic
	call	print
	jmp	stop
%elif WAY == 2
	call	prompt
	call	await_line
	mov	si, oops
	call	print
	jmp	stop
%elif WAY == 3
	mov	si, bug
	call	print
	call	prompt
	jmp	stop
%elif WAY == 4
.spin:	jmp	.spin
%elif WAY == 5
	call	prompt
	call	await_line
	lidt	[no_idt]
	int3
%elif WAY == 6
	jmp	power_off
%elif WAY == 7
	mov	al, 0x11
	out	DEBUG_EXIT, al
	jmp	stop
%elif WAY == 8
	mov	al, KBD_RESET
	out	KBD_COMMAND, al
	jmp	stop
%endif

stop:
	cli
	hlt
	jmp	stop

power_off:
	mov	dx, ACPI_PM1A
	mov	ax, ACPI_SLEEP
	out	dx, ax
	jmp	stop

prompt:
	mov	si, prompt_text
; print the string at si
print:
	lodsb
	test	al, al
	jz	.done
	call	put
	jmp	print
.done:	ret

; send al
put:
	push	dx
	push	ax
	mov	dx, LINE_STATUS
.wait:	in	al, dx
	test	al, CAN_SEND
	jz	.wait
	pop	ax
	mov	dx, COM1
	out	dx, al
	pop	dx
	ret

; receive into al
get:
	mov	dx, LINE_STATUS
.wait:	in	al, dx
	test	al, HAS_BYTE
	jz	.wait
	mov	dx, COM1
	in	al, dx
	ret

; skip a line; "p" at its start (poweroff) ends the machine
await_line:
	call	get
	cmp	al, 'p'
	je	power_off
.skip:	cmp	al, 10
	je	.done
	call	get
	jmp	.skip
.done:	ret

; a shell that knows only the harness's marker: the text between the quotes and the
; question of $? in  echo "[="1:2:$?:"=]"  is sent back with status 0
echo_tag:
	mov	si, tag_open
	call	print
.seek:	call	get
	cmp	al, '='
	jne	.seek
	call	get
.copy:	call	get
	cmp	al, '$'
	je	.close
	call	put
	jmp	.copy
.close:	call	get
	cmp	al, 10
	jne	.close
	mov	si, tag_close
	jmp	print

no_idt:		dw 0
		dd 0
hello:		db "fake guest starts", 13, 10, 0
prompt_text:	db "/ # ", 0
panic:		db "Kernel panic: no working init", 13, 10, "Call trace:", 13, 10, 0
oops:		db "Oops: page fault at 00000010", 13, 10, "Call trace:", 13, 10, 0
bug:		db "BUG: sleeping in an interrupt", 13, 10, 0
synced:		db "synced", 13, 10, 0
tag_open:	db "[=", 0
tag_close:	db "0:=]", 13, 10, 0

	times 510 - ($ - $$) db 0
	dw 0xaa55
