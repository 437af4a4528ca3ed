/*
 * Fake guests for the ARM board: kernels that end badly, each in its own way, for the tests of the
 * harness (test_harness.py). The ways have the numbers of fake.asm, its counterpart for the PC:
 *
 *	0  a good one: prompt, answers the harness, powers off
 *	1  prints a panic and stops		6  powers off before the prompt
 *	2  prints an oops after the prompt	7  ends QEMU with a status, by semihosting
 *	3  prints a BUG and a prompt		8  resets by the system registers
 *	4  prints a line and loops
 *
 * (5, a triple fault, is a thing of the PC.) QEMU loads the file anywhere in RAM and jumps to its
 * beginning; nothing here needs a stack, memory or interrupts. r4 is the serial port, r11 and r10
 * keep return addresses.
 */
#define UART0		0x10009000	/* PrimeCell UART (PL011) TRM, 3.3 */
#define UART_DR		0x00
#define UART_FR		0x18
#define FR_RXFE		0x10
#define FR_TXFF		0x20
#define SYSREGS		0x10000000	/* V2M-P1 TRM, 4.3: SYS_CFGDATA, SYS_CFGCTRL */
#define SYS_CFGCTRL	0xa4
#define CFG_SHUTDOWN	0xc0800000	/* start, write, function 8 */
#define CFG_REBOOT	0xc0900000	/* function 9 */
#define SYS_EXIT_EXTENDED 0x20
#define EXIT_STATUS	35

	.syntax unified
	.arm
	.macro	say text
	adrl	r0, \text
	bl	print
	.endm

	ldr	r4, =UART0
	say	hello
#if WAY == 0
	say	prompt
	bl	await_line
	say	synced
again:	bl	await_line
	bl	echo_tag
	b	again
#elif WAY == 1
	say	panic
	b	stop
#elif WAY == 2
	say	prompt
	bl	await_line
	say	oops
	b	stop
#elif WAY == 3
	say	bug
	say	prompt
	b	stop
#elif WAY == 4
	b	.
#elif WAY == 6
	b	power_off
#elif WAY == 7
	mov	r0, #SYS_EXIT_EXTENDED
	adrl	r1, exit_block
	svc	#0x123456
	b	stop
#elif WAY == 8
	ldr	r0, =CFG_REBOOT
	b	configure
#endif

stop:	wfi
	b	stop

power_off:
	ldr	r0, =CFG_SHUTDOWN
configure:
	ldr	r1, =SYSREGS
	str	r0, [r1, #SYS_CFGCTRL]
	b	stop

/* Prints the string at r0. */
print:	mov	r11, lr
1:	ldrb	r1, [r0], #1
	cmp	r1, #0
	bxeq	r11
	bl	put
	b	1b

/* Sends r1. */
put:	ldr	r2, [r4, #UART_FR]
	tst	r2, #FR_TXFF
	bne	put
	str	r1, [r4, #UART_DR]
	bx	lr

/* Receives into r1. */
get:	ldr	r2, [r4, #UART_FR]
	tst	r2, #FR_RXFE
	bne	get
	ldr	r1, [r4, #UART_DR]
	and	r1, r1, #0xff
	bx	lr

/* Skips a line; "p" at its start (poweroff) ends the machine. */
await_line:
	mov	r10, lr
	bl	get
	cmp	r1, #'p'
	beq	power_off
1:	cmp	r1, #'\n'
	bxeq	r10
	bl	get
	b	1b

/*
 * A shell that knows only the harness's marker: the text between the quotes and the question of $?
 * in  echo "[="1:2:$?:"=]"  is sent back with status 0.
 */
echo_tag:
	mov	r10, lr
	say	tag_open
1:	bl	get
	cmp	r1, #'='
	bne	1b
	bl	get
2:	bl	get
	cmp	r1, #'$'
	beq	3f
	bl	put
	b	2b
3:	bl	get
	cmp	r1, #'\n'
	bne	3b
	say	tag_close
	bx	r10

	.ltorg
exit_block:	.word	0x20026, EXIT_STATUS
hello:		.asciz	"fake guest starts\r\n"
prompt:		.asciz	"/ # "
panic:		.asciz	"Kernel panic: no working init\r\nCall trace:\r\n"
oops:		.asciz	"Oops: page fault at 00000010\r\nCall trace:\r\n"
bug:		.asciz	"BUG: sleeping in an interrupt\r\n"
synced:		.asciz	"synced\r\n"
tag_open:	.asciz	"[="
tag_close:	.asciz	"0:=]\r\n"
