/*
 * machine.h - what the tests must know of the vexpress-a9 board and of Linux ARM EABI.
 */
#ifndef _MACHINE_H
#define _MACHINE_H

#define USER_END	0xbf000000UL	/* the first address that is not a program's */
#define PROGRAM_START	0x00010000	/* where our programs are linked */
#define SETTLS_READS_MEMORY 0	/* what clone() gets for CLONE_SETTLS is the pointer itself */
#define ROOT_DEVICE	"/dev/vda1"
#define DEVICE_MEMORY	0x10000000	/* the board's identity: what is read stays the same */

/* Modules, pkmap, lowmem twice, vmalloc, DMA, fixmap; the page of helpers is another test's. */
#define KERNEL_ADDRESSES \
	0xbf000000, 0xbfe00000, 0xc0008000, 0xd0000000, 0xfe000000, 0xffc00000, 0xfff00000

/* Calls only this machine has that a test with bad arguments must not make. */
#define DANGEROUS_CALLS

#endif
