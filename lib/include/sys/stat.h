/*
 * sys/stat.h - what is known about a file.
 *
 * The kernel has two layouts; programs of this library always get the wide one, under the
 * plain names.
 */
#ifndef _SYS_STAT_H
#define _SYS_STAT_H

#include <sys/types.h>
#include <uapi/linux/stat.h>
#include <uapi/linux/time.h>

#define stat	stat64
#define lstat	lstat64
#define fstat	fstat64
#define fstatat	fstatat64

int stat(const char *path, struct stat *st);
int lstat(const char *path, struct stat *st);
int fstat(int fd, struct stat *st);
int fstatat(int dir, const char *path, struct stat *st, int flags);
int chmod(const char *path, mode_t mode);
int fchmod(int fd, mode_t mode);
int fchmodat(int dir, const char *path, mode_t mode, int flags);
mode_t umask(mode_t mask);
int mkdir(const char *path, mode_t mode);
int mkdirat(int dir, const char *path, mode_t mode);
int mknod(const char *path, mode_t mode, dev_t dev);
int mkfifo(const char *path, mode_t mode);

/* times[0] access, times[1] modification; NULL: now. */
int utimensat(int dir, const char *path, const struct timespec times[2], int flags);

#endif
