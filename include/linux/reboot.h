/*
 * Ending the machine: reboot(2) and the keyboard's Ctrl-Alt-Del. See kernel/reboot.c.
 */
#ifndef _LINUX_REBOOT_H
#define _LINUX_REBOOT_H

#include <uapi/linux/reboot.h>

/* Ctrl-Alt-Del was typed: restarts, or tells init, as reboot(2) has chosen. Any context. */
void ctrl_alt_del(void);

#endif
