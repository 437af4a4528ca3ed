/* sys/statfs.h - size and use of a file system. */
#ifndef _SYS_STATFS_H
#define _SYS_STATFS_H

#include <uapi/linux/statfs.h>

int statfs64(const char *path, struct statfs64 *st);
int fstatfs64(int fd, struct statfs64 *st);

#endif
