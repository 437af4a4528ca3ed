/*
 * Ending the machine: reboot(2) and the keyboard's Ctrl-Alt-Del. See kernel/reboot.c.
 */
#ifndef _LINUX_REBOOT_H
#define _LINUX_REBOOT_H

#include <uapi/linux/reboot.h>

/* Ways for the machine to end: arch/.../reboot.c. None returns. */
void machine_restart(void) __attribute__((noreturn));
void machine_halt(void) __attribute__((noreturn));
void machine_power_off(void) __attribute__((noreturn));
/* A panic with panic=-1: under an emulator, ends it with a failure status; else restarts. */
void machine_panic_exit(void) __attribute__((noreturn));

/* Ctrl-Alt-Del was typed: restarts, or tells init, as reboot(2) has chosen. Any context. */
void ctrl_alt_del(void);

#endif
