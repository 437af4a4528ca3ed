/* fcntl.h - opening and controlling files. Flags: uapi/linux/fcntl.h. */
#ifndef _FCNTL_H
#define _FCNTL_H

#include <sys/types.h>
#include <uapi/linux/fcntl.h>

/* The third argument, the mode, counts when O_CREAT is given. -1 and errno. */
int open(const char *path, int flags, ...);
int openat(int dir, const char *path, int flags, ...);
int creat(const char *path, mode_t mode);
/* The third argument depends on the command: an int, or a struct flock * or f_owner_ex *. */
int fcntl(int fd, int command, ...);

#endif
