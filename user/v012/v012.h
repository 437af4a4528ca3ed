/*
 * The C library of our programs of 1992, as much of it as they need. Calls return what the kernel
 * does: negative numbers are errors.
 */
#ifndef _V012_H
#define _V012_H

#include <ctype.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Numbers of calls: arch/i386/v012/syscall.tbl. */
enum {
	NR_exit = 1, NR_fork, NR_read, NR_write, NR_open, NR_close, NR_waitpid, NR_creat,
	NR_link, NR_unlink, NR_execve, NR_chdir, NR_time, NR_mknod, NR_chmod, NR_chown,
	NR_break, NR_stat, NR_lseek, NR_getpid, NR_mount, NR_umount, NR_setuid, NR_getuid,
	NR_stime, NR_ptrace, NR_alarm, NR_fstat, NR_pause, NR_utime, NR_stty, NR_gtty,
	NR_access, NR_nice, NR_ftime, NR_sync, NR_kill, NR_rename, NR_mkdir, NR_rmdir, NR_dup,
	NR_pipe, NR_times, NR_prof, NR_brk, NR_setgid, NR_getgid, NR_signal, NR_geteuid,
	NR_getegid, NR_acct, NR_phys, NR_lock, NR_ioctl, NR_fcntl, NR_mpx, NR_setpgid,
	NR_ulimit, NR_uname, NR_umask, NR_chroot, NR_ustat, NR_dup2, NR_getppid, NR_getpgrp,
	NR_setsid, NR_sigaction, NR_sgetmask, NR_ssetmask, NR_setreuid, NR_setregid,
	NR_sigsuspend, NR_sigpending, NR_sethostname, NR_setrlimit, NR_getrlimit, NR_getrusage,
	NR_gettimeofday, NR_settimeofday, NR_getgroups, NR_setgroups, NR_select, NR_symlink,
	NR_lstat, NR_readlink, NR_uselib, NR_end
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

/* Formats like printf(), and writes to descriptor 1, or to fd. */
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void say_to(int fd, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
