/*
 * Between the 16-bit ids of the oldest system calls and the 32-bit ids inside.
 */
#ifndef _LINUX_UID16_H
#define _LINUX_UID16_H

#include <linux/types.h>

#define OVERFLOW_ID16	65534	/* shown for an id that does not fit */

/* The id as 16 bits can show it. */
static inline u16 high2lowid(unsigned int id)
{
	return id > 0xffff ? OVERFLOW_ID16 : id;
}

/* 0xffff is the -1 of 16 bits. */
static inline unsigned int low2highid(u16 id)
{
	return id == 0xffff ? ~0U : id;
}

#endif
