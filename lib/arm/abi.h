/*
 * lib/arm/abi.h - how some arguments of system calls are passed on this machine. The same names
 * as in lib/i386/abi.h.
 */
#ifndef _ABI_H
#define _ABI_H

/*
 * A value of 64 bits behind an odd number of arguments: two words, low one first. The first must
 * be in an even register, so one register stays unused.
 */
#define LOW_HIGH(v)	0L, (long)(v), (long)((unsigned long long)(v) >> 32)

/* A command of semctl, msgctl or shmctl: without the flag they mean the layouts of 1992. */
#define IPC_COMMAND(c)	((c) | IPC_64)

#endif
