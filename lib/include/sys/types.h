/*
 * sys/types.h - the types of the system calls, as programs of this library see them.
 *
 * File offsets have 64 bits throughout: the library calls only the "64" variants of the kernel.
 */
#ifndef _SYS_TYPES_H
#define _SYS_TYPES_H

#include <stddef.h>
#include <stdint.h>

typedef long ssize_t;
typedef long long off_t;
typedef int pid_t;
typedef unsigned int uid_t;
typedef unsigned int gid_t;
typedef unsigned int mode_t;
typedef unsigned long long dev_t;
typedef unsigned long long ino_t;
typedef unsigned int nlink_t;
typedef long long blkcnt_t;
typedef long time_t;
typedef long suseconds_t;
typedef long clock_t;
typedef int clockid_t;
typedef unsigned int useconds_t;

/* The parts of a device number as the stat calls of Linux spread them over 32 bits. */
#define major(dev)	((unsigned int)(((dev) >> 8) & 0xfff))
#define minor(dev)	((unsigned int)(((dev) & 0xff) | (((dev) >> 12) & 0xfff00)))
#define makedev(ma, mi)	\
	((dev_t)(((mi) & 0xff) | (((ma) & 0xfff) << 8) | (((mi) & ~0xffu) << 12)))

#endif
