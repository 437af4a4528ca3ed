/*
 * errno.h - why the last failed call failed. A program of this library has one thread of control,
 * or threads that agree on who looks at errno: it is a plain variable.
 */
#ifndef _ERRNO_H
#define _ERRNO_H

#include <uapi/linux/errno.h>

#ifndef EWOULDBLOCK
#define EWOULDBLOCK	EAGAIN
#endif

extern int errno;

#endif
