/*
 * Types used all over the kernel. An unsigned long holds a pointer; physical
 * addresses are phys_addr_t, which an architecture may make wider than that.
 */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <stddef.h>
#include <stdbool.h>
#include <uapi/linux/types.h>

typedef __s8 s8;
typedef __u8 u8;
typedef __s16 s16;
typedef __u16 u16;
typedef __s32 s32;
typedef __u32 u32;
typedef __s64 s64;
typedef __u64 u64;

typedef long ssize_t;
typedef long off_t;
typedef long long loff_t;
typedef int pid_t;
typedef unsigned int uid_t;
typedef unsigned int gid_t;
typedef unsigned int mode_t;
typedef long time_t;
typedef long clock_t;
typedef unsigned long ino_t;
typedef unsigned int nlink_t;
typedef unsigned long uintptr_t;

typedef u64 sector_t;		/* a disk address in units of 512 bytes */
typedef unsigned int gfp_t;	/* GFP_* flags of an allocation */
typedef unsigned long pgoff_t;	/* an offset into a file, in pages */
typedef u32 phys_addr_t;	/* a physical address below 4 GB */
typedef u32 dma_addr_t;		/* an address as a device sees it */
typedef u32 dev_t;		/* device number: MKDEV(major, minor) */

#define MAJOR(dev)	((dev) >> 8)
#define MINOR(dev)	((dev) & 0xff)
#define MKDEV(ma, mi)	(((dev_t)(ma) << 8) | (mi))

/* Marks a pointer into user space: only <asm/uaccess.h> may follow it. */
#define __user

#endif
