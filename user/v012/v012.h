/*
 * The C library of our programs of 1992, as much of it as they need. Calls return what the kernel
 * does: negative numbers are errors.
 */
#ifndef _V012_H
#define _V012_H

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* Numbers of calls: arch/i386/v012/syscall.tbl. */
enum {
	NR_exit = 1, NR_fork, NR_read, NR_write, NR_open, NR_close, NR_waitpid, NR_creat, NR_link,
	NR_unlink, NR_execve, NR_chdir, NR_time, NR_mknod, NR_chmod, NR_chown, NR_break, NR_stat,
	NR_lseek, NR_getpid, NR_mount, NR_umount, NR_alarm = 27, NR_fstat, NR_pause, NR_utime,
	NR_access = 33, NR_nice, NR_ftime, NR_sync, NR_kill, NR_rename, NR_mkdir, NR_rmdir, NR_dup,
	NR_pipe, NR_times, NR_brk = 45, NR_signal = 48, NR_ioctl = 54, NR_fcntl, NR_uname = 59,
	NR_dup2 = 63, NR_getppid, NR_sigaction = 67, NR_sgetmask, NR_ssetmask, NR_sigsuspend = 72,
	NR_sigpending, NR_select = 82, NR_symlink, NR_lstat, NR_readlink, NR_uselib, NR_end
};

struct stat12 {
	unsigned short dev, ino, mode;
	unsigned char nlink;
	unsigned short uid, gid, rdev;
	long size, atime, mtime, ctime;
};

struct sigaction12 {
	void (*handler)(int);
	unsigned long mask;
	int flags;
	void (*restorer)(void);
};

struct dirent12 {
	unsigned short inode;
	char name[14];
};

extern char **environ;

int main(int argc, char **argv, char **envp);
/* start.S */
long syscall(int nr, ...);
void restorer(void);
void restorer_nomask(void);

/* Formats like printf(), and writes to descriptor 1. */
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
