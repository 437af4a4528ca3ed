/*
 * libc.h - what the parts of the C library know of each other and programs do not.
 */
#ifndef _LIBC_H
#define _LIBC_H

#include <abi.h>	/* lib/<arch>/: how arguments are passed */

/* The auxiliary vector the kernel handed over: pairs of type and value, ended by AT_NULL. */
extern unsigned long *__auxv;

/* Flushes all stdio buffers; set by stdio when it is linked in, called by exit(). */
extern void (*__stdio_flush)(void);

#endif
