/*
 * machine.h - what the tests must know of the PC and of Linux i386.
 */
#ifndef _MACHINE_H
#define _MACHINE_H

#define USER_END	0xc0000000UL	/* the first address that is not a program's */
#define PROGRAM_START	0x08048000	/* where our programs are linked */
#define SETTLS_READS_MEMORY 1	/* what clone() gets for CLONE_SETTLS is a descriptor */
#define ROOT_DEVICE	"/dev/hda1"
#define DEVICE_MEMORY	0xb8000		/* the screen: what is read stays the same */

/* Lowmem twice, then vmalloc, pkmap, fixmap. */
#define KERNEL_ADDRESSES \
	0xc0000000, 0xc0100000, 0xd0000000, 0xf8000000, 0xff800000, 0xffc00000, 0xfffff000

/* Calls only this machine has that a test with bad arguments must not make. */
#define DANGEROUS_CALLS		__NR_umount, __NR_stime,

#endif
