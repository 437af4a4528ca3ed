/*
 * Record locks of fcntl(2), for fcntl.c. The structures come from the program.
 */
#ifndef _LINUX_LOCKS_H
#define _LINUX_LOCKS_H

#include <linux/fs.h>

long fcntl_getlk(struct file *file, struct flock __user *arg);
long fcntl_setlk(struct file *file, bool wait, struct flock __user *arg);
long fcntl_getlk64(struct file *file, struct flock64 __user *arg);
long fcntl_setlk64(struct file *file, bool wait, struct flock64 __user *arg);

#endif
