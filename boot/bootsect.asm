; The boot sector: the BIOS loads these 512 bytes to 0x7c00 and jumps there.
; On the hard disk it is the master boot record too (partition table at 446),
; on a floppy it is the boot sector; the rest of the boot area follows it on
; both alike (see bootparam.inc). It moves out of the way to 0x90000, loads
; command line and setup to 0x90600, the payload to 0x10000, and jumps to setup.
;
; 0.12's boot sector did the same for floppies only, track by track. Here a read
; goes by block number through the BIOS extensions (INT 13h, AH=42h) where they
; exist, by cylinder, head and sector where not; up to 32 KB at a time, because
; the time to the prompt is spent in BIOS calls.

%include "bootparam.inc"

RETRIES		equ	5
MAX_READ	equ	64		; sectors: half of 64 KB, and below every BIOS's limit

	bits 16
	org 0

start:
	cli
	cld
	xor	ax, ax
	mov	ds, ax
	mov	si, 0x7c00
	mov	ax, BOOTSEG
	mov	es, ax
	xor	di, di
	mov	cx, 256
	rep movsw
	jmp	BOOTSEG:moved

moved:
	mov	ds, ax
	mov	ss, ax
	mov	sp, STACK_OFF
	sti
	mov	bp, dx			; DL = drive: BP keeps it from here on

	mov	ax, 0x00e3		; COM1 to 9600 8N1
	xor	dx, dx
	int	0x14
	mov	si, msg_loading
	call	show

	; Geometry for reads by cylinder; what stays if the BIOS knows none
	; is that of a 1.44 MB floppy.
	mov	dx, bp
	xor	di, di			; ES:DI = 0:0 against a bug of old BIOSes
	mov	es, di
	mov	ah, 8
	int	0x13
	jc	.extensions
	and	cx, 0x3f
	jz	.extensions
	mov	[spt], cx
	shr	dx, 8			; DH = highest head number
	inc	dx
	mov	[heads], dx

.extensions:
	mov	bx, 0x55aa
	mov	dx, bp
	mov	ah, 0x41
	int	0x13
	jc	.load
	cmp	bx, 0xaa55
	jne	.load
	and	cl, 1			; bit 0: AH=42h is there
	mov	[use_lba], cl

.load:
	mov	cx, 1 + SETUP_SECTORS
	call	read			; packet is preset: sector 1 to 0x90600
	mov	si, msg_bad
	cmp	dword [SETUP_OFF + setup_hdr.magic], SETUP_MAGIC
	jne	die
	mov	cx, [SETUP_OFF + setup_hdr.sectors]
	cmp	cx, PAYLOAD_MAX
	ja	die
	mov	word [packet.segment], PAYLOADSEG
	call	read
	mov	dx, bp
	jmp	SETUP_OFF

; read: CX sectors from block [packet.lba] on to [packet.segment]:0, both of
; which advance. Does not return if the disk fails.
read:
	; BX = sectors of this call: no more than wanted, than the BIOS takes,
	; than fit below the next 64 KB boundary (floppy DMA cannot cross it)
	mov	bx, [packet.segment]
	neg	bx
	and	bx, 0x0fff
	shr	bx, 5			; paragraphs to sectors
	dec	bx
	and	bx, MAX_READ - 1	; on the boundary (0) and half-way: a full read
	inc	bx
	cmp	bx, cx
	jbe	.fits
	mov	bx, cx
.fits:
	mov	di, RETRIES
.try:
	pusha
	mov	dx, bp
	mov	ax, [packet.lba]
	cmp	byte [use_lba], 0
	je	.by_cylinder
	mov	[packet.count], bx
	mov	si, packet
	mov	ah, 0x42
	jmp	.call

.by_cylinder:
	xor	dx, dx
	div	word [spt]		; AX = track, DX = sector in the track
	mov	cx, [spt]
	sub	cx, dx			; not past the end of the track
	cmp	bx, cx
	jbe	.in_track
	mov	bx, cx
.in_track:
	mov	[packet.count], bx
	mov	cl, dl
	inc	cx			; sectors count from 1
	xor	dx, dx
	div	word [heads]		; AX = cylinder, DX = head
	mov	bh, dl
	mov	dx, bp
	mov	dh, bh
	mov	ch, al
	shl	ah, 6			; bits 8 and 9 of the cylinder
	or	cl, ah
	mov	al, bl
	mov	ah, 2
	les	bx, [packet.offset]
.call:
	int	0x13
	jc	.failed
	popa

	mov	ax, [packet.count]
	add	[packet.lba], ax
	sub	cx, ax
	shl	ax, 5
	add	[packet.segment], ax
	test	cx, cx
	jnz	read
	ret

.failed:
	mov	[status], ah
	mov	dx, bp
	xor	ax, ax			; reset the drive
	mov	[use_lba], al		; some BIOSes promise extensions they lack
	int	0x13
	popa
	dec	di
	jnz	.try

	mov	al, [status]
	aam	16			; AH = high digit, AL = low digit
	xchg	al, ah
	mov	di, msg_disk.status
	call	hex
	mov	al, ah
	call	hex
	mov	si, msg_disk

; die: DS:SI -> last words.
die:
	call	print
.forever:
	hlt
	jmp	.forever

; hex: AL = 0..15, written as a digit to [DI], which advances. Keeps AH.
hex:
	cmp	al, 10
	sbb	al, 0x69
	das
	mov	[di], al
	inc	di
	ret

%include "print.inc"

msg_loading	db	'Loading', 13, 10, 0
msg_bad		db	'bad image', 13, 10, 0
msg_disk	db	'disk error '
.status:	db	'00', 13, 10, 0

spt		dw	18
heads		dw	2
use_lba		db	0
status		db	0

packet:					; disk address packet of AH=42h
	db	16, 0
.count:		dw	0
.offset:	dw	0
.segment:	dw	BOOTSEG + CMDLINE_OFF / 16
.lba:		dq	1

%if $ - $$ > 440
  %error "the boot sector's code runs into the disk signature"
%endif
	times 510 - ($ - $$) db 0	; partition table, filled by the image builder
	dw	0xaa55
