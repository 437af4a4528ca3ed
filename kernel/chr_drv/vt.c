/*
 * The virtual consoles tty1..tty4 as terminals: what the line discipline calls,
 * which console is on the display (Alt-F1..F4), their ioctls, and the kernel's own messages
 * on the screen.
 */
#include <linux/vt_kern.h>
#include <uapi/linux/kd.h>
#include <uapi/linux/vt.h>
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/keyboard.h>
#include <linux/sched.h>
#include <linux/serial.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <asm/system.h>
#include <asm/uaccess.h>

#define TIMER_HZ	1193180		/* KIOCSOUND and KDMKTONE count in its periods */

static struct tty_struct *console_ttys[MAX_NR_CONSOLES];
static struct termios console_termios[MAX_NR_CONSOLES];
static DECLARE_WAIT_QUEUE_HEAD(vt_activate_wait);

static struct vc_data *tty_vc(const struct tty_struct *tty)
{
	return &vc_cons[tty->index];
}

/* ---- switching ---- */

int vt_switch(int console)
{
	unsigned long flags;

	if (console < 0 || console >= MAX_NR_CONSOLES)
		return -ENXIO;
	local_irq_save(flags);
	if (console != fg_console) {
		fg_console = console;
		tty_active_console = MKDEV(TTY_MAJOR, console + 1);
		vgacon_redraw(&vc_cons[console]);
		kbd_update_leds();
		wake_up_all(&vt_activate_wait);
	}
	local_irq_restore(flags);
	return 0;
}

void vt_input(struct vc_data *vc, const char *buf, int n)
{
	struct tty_struct *tty = console_ttys[vc - vc_cons];

	if (tty)
		n_tty_receive_buf(tty, buf, n);
}

/* ---- the driver ---- */

static int console_open(struct tty_struct *tty, struct file *file __unused)
{
	if (!tty->winsize.ws_row) {
		tty->winsize.ws_row = VC_ROWS;
		tty->winsize.ws_col = VC_COLS;
	}
	return 0;
}

static int console_write(struct tty_struct *tty, const char *buf, int n)
{
	unsigned long flags;

	if (tty->stopped)
		return 0;
	local_irq_save(flags);
	con_write(tty_vc(tty), buf, n);
	local_irq_restore(flags);
	return n;
}

static int console_write_room(struct tty_struct *tty)
{
	return tty->stopped ? 0 : 4096;
}

static void console_flush_chars(struct tty_struct *tty)
{
	con_flush(tty_vc(tty));
}

static void console_hangup(struct tty_struct *tty)
{
	tty_vc(tty)->kbd_mode = K_UNICODE;
}

/* ---- ioctls ---- */

static int set_display_mode(struct vc_data *vc, unsigned long mode)
{
	if (mode > KD_GRAPHICS)
		return -EINVAL;
	vc->mode = mode;
	if (mode == KD_TEXT && vc == &vc_cons[fg_console])
		vgacon_redraw(vc);
	return 0;
}

static int set_keyboard_mode(struct vc_data *vc, unsigned long mode)
{
	if (mode != K_RAW && mode != K_XLATE && mode != K_UNICODE)
		return -EINVAL;
	vc->kbd_mode = mode;
	return 0;
}

static int set_leds(struct vc_data *vc, unsigned long leds)
{
	if (leds & ~(unsigned long)(LED_SCR | LED_NUM | LED_CAP))
		return -EINVAL;
	vc->leds = leds;
	kbd_update_leds();
	return 0;
}

/* KIOCSOUND: arg is a period. KDMKTONE: low half the period, high half milliseconds. */
static int make_sound(unsigned long arg, bool limited)
{
	unsigned int period = limited ? arg & 0xffff : arg;
	unsigned int ms = limited ? arg >> 16 : 0;

	kd_mksound(period ? TIMER_HZ / period : 0, limited ? DIV_ROUND_UP(ms * HZ, 1000) : 0);
	return 0;
}

static int kd_ioctl(struct vc_data *vc, bool allowed, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case KDGKBTYPE:
		return put_user((char)KB_101, (char __user *)arg);
	case KDGETMODE:
		return put_user((int)vc->mode, (int __user *)arg);
	case KDGKBMODE:
		return put_user((int)vc->kbd_mode, (int __user *)arg);
	case KDGETLED:
		return put_user((char)vc->leds, (char __user *)arg);
	case KDSETMODE:
		return allowed ? set_display_mode(vc, arg) : -EPERM;
	case KDSKBMODE:
		return allowed ? set_keyboard_mode(vc, arg) : -EPERM;
	case KDSETLED:
		return allowed ? set_leds(vc, arg) : -EPERM;
	case KIOCSOUND:
	case KDMKTONE:
		return allowed ? make_sound(arg, cmd == KDMKTONE) : -EPERM;
	}
	return -ENOIOCTLCMD;
}

static int vt_getstate(struct vt_stat __user *arg)
{
	struct vt_stat st = { .v_active = fg_console + 1, .v_state = 1 };
	int i;

	for (i = 0; i < MAX_NR_CONSOLES; i++) {
		if (console_ttys[i])
			st.v_state |= 2 << i;
	}
	return copy_to_user(arg, &st, sizeof(st)) ? -EFAULT : 0;
}

static int vt_openqry(int __user *arg)
{
	int i;

	for (i = 0; i < MAX_NR_CONSOLES; i++) {
		if (!console_ttys[i])
			break;
	}
	return put_user(i < MAX_NR_CONSOLES ? i + 1 : -1, arg);
}

static int vt_setmode(const struct vt_mode __user *arg)
{
	struct vt_mode mode;

	if (copy_from_user(&mode, arg, sizeof(mode)))
		return -EFAULT;
	return mode.mode == VT_AUTO ? 0 : -EINVAL;
}

static int vt_waitactive(unsigned long n)
{
	if (n == 0 || n > MAX_NR_CONSOLES)
		return -ENXIO;
	return wait_event_interruptible(vt_activate_wait, fg_console == (int)n - 1);
}

static int console_ioctl(struct tty_struct *tty, struct file *file __unused, unsigned int cmd,
			 unsigned long arg)
{
	bool allowed = current->signal->tty == tty || capable_root();
	struct vt_mode mode = { .mode = VT_AUTO };

	switch (cmd) {
	case VT_OPENQRY:
		return vt_openqry((int __user *)arg);
	case VT_GETMODE:
		return copy_to_user((void __user *)arg, &mode, sizeof(mode)) ? -EFAULT : 0;
	case VT_SETMODE:
		return allowed ? vt_setmode((struct vt_mode __user *)arg) : -EPERM;
	case VT_GETSTATE:
		return vt_getstate((struct vt_stat __user *)arg);
	case VT_ACTIVATE:
		if (!allowed)
			return -EPERM;
		return arg - 1 < MAX_NR_CONSOLES ? vt_switch(arg - 1) : -ENXIO;
	case VT_WAITACTIVE:
		return allowed ? vt_waitactive(arg) : -EPERM;
	}
	return kd_ioctl(tty_vc(tty), allowed, cmd, arg);
}

static struct tty_driver console_driver = {
	.name = "tty",
	.type = TTY_TYPE_CONSOLE,
	.major = TTY_MAJOR,
	.minor_start = 1,
	.num = MAX_NR_CONSOLES,
	.ttys = console_ttys,
	.termios = console_termios,
	.open = console_open,
	.write = console_write,
	.write_room = console_write_room,
	.flush_chars = console_flush_chars,
	.hangup = console_hangup,
	.ioctl = console_ioctl,
};

static int __init vt_init(void)
{
	console_driver.init_termios = tty_std_termios;
	console_driver.init_termios.c_iflag |= IUTF8;
	return tty_register_driver(&console_driver);
}
initcall_dev(vt_init);

/* ---- messages of the kernel ---- */

/* In plain grey, on whatever console is on the display; escape sequences mean nothing here. */
static void vt_console_print(struct console *con __unused, const char *s, unsigned int n)
{
	struct vc_data *vc = &vc_cons[fg_console];
	u16 attr = vc->attr;
	bool insert = vc->insert;

	vc->attr = 0x0700;
	vc->insert = false;
	while (n--) {
		u8 c = *s++;

		if (c == '\n')
			vc->pen.x = 0;
		if (c >= ' ' && c != 0x7f)
			con_put_glyph(vc, c < 0x80 ? c : '?');
		else if (c == '\n' || c == '\r' || c == '\t' || c == '\b')
			con_control(vc, c);
	}
	vc->attr = attr;
	vc->insert = insert;
	con_flush(vc);
}

static struct console vt_console = {
	.name = "tty",
	.index = 0,
	.write = vt_console_print,
	.dev = MKDEV(TTY_MAJOR, 0),
};

void __init console_early_init(void)
{
	con_init_screens();
	tty_active_console = MKDEV(TTY_MAJOR, 1);
	if (vgacon_init(&vc_cons[0]))
		register_console(&vt_console);
	serial_console_init();
}
