/*
 * reboot(2): the controlled end of the machine. How it is done is the architecture's affair.
 * Data is not written back here, for that init calls sync(2) first; but what a disk has been
 * given gets from its cache to its medium.
 */
#include <linux/blkdev.h>
#include <linux/sched.h>
#include <linux/reboot.h>
#include <linux/syscalls.h>

static bool ctrl_alt_del_restarts = true;

/* Two numbers that nobody passes by accident; the second is a birthday. */
static bool magic_is_right(unsigned int magic1, unsigned int magic2)
{
	return magic1 == LINUX_REBOOT_MAGIC1 &&
	       (magic2 == LINUX_REBOOT_MAGIC2 || magic2 == LINUX_REBOOT_MAGIC2A ||
		magic2 == LINUX_REBOOT_MAGIC2B || magic2 == LINUX_REBOOT_MAGIC2C);
}

long sys_reboot(int magic1, int magic2, unsigned int cmd, void __user *arg)
{
	(void)arg;
	if (!capable_root())
		return -EPERM;
	if (!magic_is_right(magic1, magic2))
		return -EINVAL;
	if (cmd == LINUX_REBOOT_CMD_RESTART || cmd == LINUX_REBOOT_CMD_HALT ||
	    cmd == LINUX_REBOOT_CMD_POWER_OFF)
		blkdev_flush(0);
	switch (cmd) {
	case LINUX_REBOOT_CMD_RESTART:
		printk(KERN_EMERG "Restarting.\n");
		machine_restart();
	case LINUX_REBOOT_CMD_HALT:
		printk(KERN_EMERG "System halted.\n");
		machine_halt();
	case LINUX_REBOOT_CMD_POWER_OFF:
		printk(KERN_EMERG "Power down.\n");
		machine_power_off();
	case LINUX_REBOOT_CMD_CAD_ON:
		ctrl_alt_del_restarts = true;
		return 0;
	case LINUX_REBOOT_CMD_CAD_OFF:
		ctrl_alt_del_restarts = false;
		return 0;
	}
	return -EINVAL;
}

void ctrl_alt_del(void)
{
	if (ctrl_alt_del_restarts)
		machine_restart();
	else
		send_sig(SIGINT, child_reaper);
}
