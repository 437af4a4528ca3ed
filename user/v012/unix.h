/*
 * System calls and constants of 1992 for the programs of its root file system, by the names that
 * programs use. Calls return what the kernel does: a negative number is an error.
 */
#ifndef _V012_UNIX_H
#define _V012_UNIX_H

#include "v012.h"

/* errno */
enum {
	EPERM = 1,
	ENOENT,
	ESRCH,
	EINTR,
	EIO,
	ENXIO,
	E2BIG,
	ENOEXEC,
	EBADF,
	ECHILD,
	EAGAIN,
	ENOMEM,
	EACCES,
	EFAULT,
	ENOTBLK,
	EBUSY,
	EEXIST,
	EXDEV,
	ENODEV,
	ENOTDIR,
	EISDIR,
	EINVAL,
	ENFILE,
	EMFILE,
	ENOTTY,
	ETXTBSY,
	EFBIG,
	ENOSPC,
	ESPIPE,
	EROFS,
	EMLINK,
	EPIPE,
	ENOSYS = 38,
	ENOTEMPTY,
	ERROR = 99
};
enum { SIGINT = 2, SIGQUIT = 3, SIGTERM = 15, SIGTSTP = 20 };
enum {
	O_RDONLY,
	O_WRONLY,
	O_RDWR,
	O_CREAT = 0100,
	O_EXCL = 0200,
	O_TRUNC = 01000,
	O_APPEND = 02000
};
enum { F_DUPFD, F_GETFD, F_SETFD };
enum { TCGETS = 0x5401, TCSETS };
enum { S_IFMT = 0170000, S_IFDIR = 0040000, S_IFCHR = 0020000, S_IFBLK = 0060000,
       S_IFLNK = 0120000, S_IFIFO = 0010000 };
#define UNUSED		__attribute__((unused))
#define WNOHANG		1
#define SIG_DFL		((void (*)(int))0)
#define SIG_IGN		((void (*)(int))1)

#define CALL1(name, a)		static inline long name(a x)	\
	{ return syscall(NR_##name, x); }
#define CALL2(name, a, b)	static inline long name(a x, b y)	\
	{ return syscall(NR_##name, x, y); }
#define CALL3(name, a, b, c)	static inline long name(a x, b y, c z)	\
	{ return syscall(NR_##name, x, y, z); }

CALL3(open, const char *, int, int)
CALL1(close, int)
CALL3(read, int, void *, long)
CALL3(write, int, const void *, long)
CALL3(ioctl, int, int, void *)
CALL3(fcntl, int, int, long)
CALL2(dup2, int, int)
CALL1(pipe, long *)
CALL2(stat, const char *, struct stat12 *)
CALL2(lstat, const char *, struct stat12 *)
CALL2(link, const char *, const char *)
CALL2(symlink, const char *, const char *)
CALL3(readlink, const char *, char *, long)
CALL1(unlink, const char *)
CALL2(mkdir, const char *, int)
CALL1(rmdir, const char *)
CALL2(chmod, const char *, int)
CALL1(chdir, const char *)
CALL3(mknod, const char *, int, int)
CALL3(mount, const char *, const char *, int)
CALL1(umount, const char *)
CALL1(umask, int)
CALL2(kill, long, int)
CALL3(waitpid, long, long *, int)
CALL3(execve, const char *, char **, char **)
CALL1(time, long *)
CALL1(uname, char *)

static inline long fork(void)
{
	return syscall(NR_fork);
}

static inline long getpid(void)
{
	return syscall(NR_getpid);
}

static inline long sync(void)
{
	return syscall(NR_sync);
}

static inline long signal(int sig, void (*handler)(int))
{
	return syscall(NR_signal, sig, handler, restorer_nomask);
}

static inline void __attribute__((noreturn)) exit(int status)
{
	for (;;)
		syscall(NR_exit, status);
}

/* "program: what: No such file or directory", to descriptor 2. 1, the status of failure. */
int complain(const char *program, const char *what, long err);
/* The number that s begins with. */
long number(const char *s, int base);

#endif
