/*
 * Record locks of fcntl(2), for fcntl.c. The structures come from the program.
 */
#ifndef _LINUX_LOCKS_H
#define _LINUX_LOCKS_H

#include <linux/fs.h>

/*
 * F_GETLK: writes the lock that is in the way, or F_UNLCK, back to *arg. 0, -EFAULT, -EINVAL,
 * -EOVERFLOW.
 */
long fcntl_getlk(struct file *file, struct flock __user *arg);
/*
 * F_SETLK, F_SETLKW (wait: sleeps until it is free or a signal comes). 0, -EAGAIN, -EDEADLK,
 * -ERESTARTSYS, -EBADF (not open for that), -ENOMEM, -EFAULT, -EINVAL.
 */
long fcntl_setlk(struct file *file, bool wait, struct flock __user *arg);
/* The same with offsets of 64 bits. */
long fcntl_getlk64(struct file *file, struct flock64 __user *arg);
long fcntl_setlk64(struct file *file, bool wait, struct flock64 __user *arg);

#endif
