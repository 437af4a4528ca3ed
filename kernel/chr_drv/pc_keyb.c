/*
 * The PC's keyboard controller (8042): takes scancodes out of it in its
 * interrupt and sets the lights of the keyboard.
 *
 * To set the lights one sends ED, waits for the answer FA, sends the lights,
 * and waits for FA again. The waiting is done by the interrupt handler: `state` says which
 * answer is due. A machine without a controller reads FF everywhere and is left alone.
 */
#include <linux/keyboard.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/timer.h>
#include <asm/io.h>
#include <asm/system.h>

#define KBD_DATA	0x60
#define KBD_STATUS	0x64
#define KBD_COMMAND	0x64
#define KBD_IRQ		1

#define STATUS_OUTPUT	0x01	/* a byte is there to be read */
#define STATUS_INPUT	0x02	/* the controller has not taken the last one */
#define STATUS_MOUSE	0x20	/* the byte comes from the mouse port */

#define CMD_READ_MODE	0x20
#define CMD_WRITE_MODE	0x60
#define CMD_ENABLE	0xae
#define MODE_KBD_IRQ	0x01
#define MODE_MOUSE_IRQ	0x02
#define MODE_KBD_OFF	0x10
#define MODE_TRANSLATE	0x40	/* to set 1 */

#define KBD_SET_LEDS	0xed
#define KBD_ACK		0xfa
#define KBD_RESEND	0xfe

#define LED_TIMEOUT	(HZ / 2)

static bool present;
static enum { IDLE, ACK_OF_COMMAND, ACK_OF_LEDS } state;
static unsigned long sent_at;		/* jiffies */
static u8 wanted_leds, sent_leds;

/* Waits until the controller takes a byte; false: it does not (about 10 ms). */
static bool wait_input_empty(void)
{
	int i;

	for (i = 0; i < 10000; i++) {
		if (!(inb(KBD_STATUS) & STATUS_INPUT))
			return true;
		io_delay();
	}
	return false;
}

static bool send(u16 port, u8 value)
{
	if (!wait_input_empty())
		return false;
	outb(value, port);
	return true;
}

/* Waits for a byte; -1: none came (about 10 ms). */
static int receive(void)
{
	int i;

	for (i = 0; i < 10000; i++) {
		if (inb(KBD_STATUS) & STATUS_OUTPUT)
			return inb(KBD_DATA);
		io_delay();
	}
	return -1;
}

/* ---- the lights ---- */

static void start_leds(void)
{
	sent_at = jiffies;
	state = send(KBD_DATA, KBD_SET_LEDS) ? ACK_OF_COMMAND : IDLE;
}

void kbd_set_leds(u8 leds)
{
	unsigned long flags;

	local_irq_save(flags);
	wanted_leds = leds;
	if (present && (state == IDLE || time_after(jiffies, sent_at + LED_TIMEOUT)) &&
	    wanted_leds != sent_leds)
		start_leds();
	local_irq_restore(flags);
}

static void acknowledged(void)
{
	if (state == ACK_OF_COMMAND) {
		sent_leds = wanted_leds;
		state = send(KBD_DATA, sent_leds) ? ACK_OF_LEDS : IDLE;
	} else if (state == ACK_OF_LEDS) {
		state = IDLE;
		if (wanted_leds != sent_leds)
			start_leds();
	}
}

/* ---- the interrupt ---- */

static void keyboard_interrupt(int irq __unused, void *dev_id __unused,
			       struct pt_regs *regs __unused)
{
	int limit = 32;		/* a broken controller must not hold us here */
	u8 status, byte;

	while (limit-- && ((status = inb(KBD_STATUS)) & STATUS_OUTPUT)) {
		byte = inb(KBD_DATA);
		if (status & STATUS_MOUSE)
			continue;
		if (byte == KBD_ACK)
			acknowledged();
		else if (byte == KBD_RESEND)
			state = IDLE;
		else if (byte != 0xff)
			handle_scancode(byte);
	}
}

static void drain(void)
{
	int limit = 32;

	while (limit-- && (inb(KBD_STATUS) & STATUS_OUTPUT))
		inb(KBD_DATA);
}

static int __init pc_keyb_init(void)
{
	unsigned long flags;
	int mode, err;

	if (inb(KBD_STATUS) == 0xff) {
		printk(KERN_INFO "keyboard: no controller\n");
		return 0;
	}
	if (!request_region(KBD_DATA, 1, "keyboard") ||
	    !request_region(KBD_STATUS, 1, "keyboard"))
		return -EBUSY;
	local_irq_save(flags);
	drain();
	send(KBD_COMMAND, CMD_ENABLE);
	send(KBD_COMMAND, CMD_READ_MODE);
	mode = receive();
	if (mode >= 0) {
		mode |= MODE_KBD_IRQ | MODE_TRANSLATE;
		mode &= ~(MODE_KBD_OFF | MODE_MOUSE_IRQ);
		send(KBD_COMMAND, CMD_WRITE_MODE);
		send(KBD_DATA, mode);
	}
	drain();
	local_irq_restore(flags);
	err = request_irq(KBD_IRQ, keyboard_interrupt, 0, "keyboard", NULL);
	present = !err;
	return err;
}
initcall_dev(pc_keyb_init);
