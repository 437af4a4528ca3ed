/*
 * The bell: channel 2 of the PC's timer chip makes a square wave, port 0x61 connects it to the
 * loudspeaker. A kernel timer ends the tone. 0.12 had it in console.c as sysbeep().
 */
#include <linux/vt_kern.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/timer.h>
#include <asm/io.h>
#include <asm/system.h>

#define PIT_HZ		1193182
#define PIT_CHANNEL2	0x42
#define PIT_CONTROL	0x43
#define PIT_CH2_SQUARE	0xb6	/* channel 2, low then high byte, mode 3 */
#define SPEAKER_PORT	0x61
#define SPEAKER_ON	0x03	/* gate of channel 2, and its output to the speaker */

static struct timer_list sound_timer;
static bool ready;

static void nosound(unsigned long data __unused)
{
	outb(inb(SPEAKER_PORT) & ~SPEAKER_ON, SPEAKER_PORT);
}

void kd_mksound(unsigned int hz, unsigned int ticks)
{
	unsigned int divisor;
	unsigned long flags;

	if (!ready)
		return;
	local_irq_save(flags);
	del_timer(&sound_timer);
	if (hz > 20 && hz < PIT_HZ) {
		divisor = PIT_HZ / hz;
		outb(PIT_CH2_SQUARE, PIT_CONTROL);
		outb(divisor & 0xff, PIT_CHANNEL2);
		outb(divisor >> 8, PIT_CHANNEL2);
		outb(inb(SPEAKER_PORT) | SPEAKER_ON, SPEAKER_PORT);
		if (ticks)
			mod_timer(&sound_timer, jiffies + ticks);
	} else {
		nosound(0);
	}
	local_irq_restore(flags);
}

static int __init pcspkr_init(void)
{
	init_timer(&sound_timer);
	sound_timer.function = nosound;
	ready = true;
	return 0;
}
initcall_dev(pcspkr_init);
