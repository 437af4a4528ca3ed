/*
 * The kernel's side of poll(2) and select(2): see fs/select.c.
 */
#ifndef _LINUX_POLL_H
#define _LINUX_POLL_H

#include <uapi/linux/poll.h>
#include <linux/fs.h>

/* What a file without a poll() of its own answers. */
#define DEFAULT_POLLMASK (POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM)

#endif
