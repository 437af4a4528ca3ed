/* poll.h - waiting for several files, as a list. */
#ifndef _POLL_H
#define _POLL_H

#include <uapi/linux/poll.h>

typedef unsigned long nfds_t;

/* timeout in milliseconds, negative: none. Returns how many are ready, 0 after the time-out. */
int poll(struct pollfd *fds, nfds_t n, int timeout);

#endif
