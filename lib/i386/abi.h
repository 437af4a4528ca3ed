/*
 * lib/i386/abi.h - how some arguments of system calls are passed on this machine. The same names
 * as in lib/arm/abi.h.
 */
#ifndef _ABI_H
#define _ABI_H

/* A value of 64 bits behind an odd number of arguments: two words, low one first. */
#define LOW_HIGH(v)	(long)(v), (long)((unsigned long long)(v) >> 32)

/* A command of semctl, msgctl or shmctl: these calls know one layout of their structures. */
#define IPC_COMMAND(c)	(c)

#endif
