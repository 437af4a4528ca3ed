/*
 * Ways for the machine to end: arch/arm/reboot.c. None returns.
 */
#ifndef _ASM_REBOOT_H
#define _ASM_REBOOT_H

void machine_restart(void) __attribute__((noreturn));
void machine_halt(void) __attribute__((noreturn));
void machine_power_off(void) __attribute__((noreturn));
/* A panic with panic=-1: under an emulator, ends it with a failure status; else restarts. */
void machine_panic_exit(void) __attribute__((noreturn));

#endif
