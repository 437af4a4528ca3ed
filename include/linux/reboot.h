/*
 * Ending the machine: reboot(2) and the keyboard's Ctrl-Alt-Del. See kernel/reboot.c.
 */
#ifndef _LINUX_REBOOT_H
#define _LINUX_REBOOT_H

#include <uapi/linux/reboot.h>

/* The keyboard driver saw Ctrl-Alt-Del: restarts, or tells init (reboot(2) chooses). Any context. */
void ctrl_alt_del(void);

#endif
