/* sys/select.h - waiting for several files, as a set of bits. */
#ifndef _SYS_SELECT_H
#define _SYS_SELECT_H

#include <uapi/linux/time.h>

#define FD_SETSIZE	1024

typedef struct {
	unsigned long bits[FD_SETSIZE / 32];
} fd_set;

#define FD_ZERO(set)		(*(set) = (fd_set){ { 0 } })
#define FD_SET(fd, set)		((set)->bits[(fd) / 32] |= 1UL << ((fd) % 32))
#define FD_CLR(fd, set)		((set)->bits[(fd) / 32] &= ~(1UL << ((fd) % 32)))
#define FD_ISSET(fd, set)	(((set)->bits[(fd) / 32] >> ((fd) % 32)) & 1)

/* Returns how many are ready, 0 after the time-out (NULL: none), -1 and errno. */
int select(int n, fd_set *in, fd_set *out, fd_set *except, struct timeval *timeout);

#endif
