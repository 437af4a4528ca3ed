/*
 * System V shared memory, for those outside mm/shm.c.
 */
#ifndef _LINUX_SHM_H
#define _LINUX_SHM_H

#include <uapi/linux/shm.h>
#include <linux/types.h>

/* shmat(2): the address goes to *where. 0 or -ERRNO. May sleep. */
long do_shmat(int id, unsigned long addr, int flags, unsigned long *where);

#endif
