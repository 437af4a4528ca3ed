/*
 * open(2) flags, fcntl(2) commands, and the flags of the *at calls. The four
 * O_ flags that differ between machines stand in <asm/fcntl.h>.
 */
#ifndef _UAPI_LINUX_FCNTL_H
#define _UAPI_LINUX_FCNTL_H

#include <uapi/linux/types.h>
#include <asm/fcntl.h>		/* O_DIRECTORY O_NOFOLLOW O_DIRECT O_LARGEFILE */

#define O_ACCMODE	00000003
#define O_RDONLY	00000000
#define O_WRONLY	00000001
#define O_RDWR		00000002
#define O_CREAT		00000100
#define O_EXCL		00000200
#define O_NOCTTY	00000400
#define O_TRUNC		00001000
#define O_APPEND	00002000
#define O_NONBLOCK	00004000
#define O_NDELAY	O_NONBLOCK
#define O_DSYNC		00010000
#define O_ASYNC		00020000
#define O_NOATIME	01000000
#define O_CLOEXEC	02000000
#define O_SYNC		04010000
#define O_PATH		010000000

#define F_DUPFD		0
#define F_GETFD		1
#define F_SETFD		2
#define F_GETFL		3
#define F_SETFL		4
#define F_GETLK		5
#define F_SETLK		6
#define F_SETLKW	7
#define F_SETOWN	8
#define F_GETOWN	9
#define F_SETSIG	10
#define F_GETSIG	11
#define F_GETLK64	12
#define F_SETLK64	13
#define F_SETLKW64	14
#define F_SETOWN_EX	15
#define F_GETOWN_EX	16
#define F_DUPFD_CLOEXEC	1030
#define F_SETPIPE_SZ	1031
#define F_GETPIPE_SZ	1032

#define FD_CLOEXEC	1

#define F_RDLCK		0
#define F_WRLCK		1
#define F_UNLCK		2

/* F_SETOWN_EX, F_GETOWN_EX: who gets the signals of a file with O_ASYNC. */
#define F_OWNER_TID	0	/* one thread */
#define F_OWNER_PID	1	/* a process */
#define F_OWNER_PGRP	2	/* every process of a group */

struct f_owner_ex {
	int type;
	__kernel_pid_t pid;
};

#define LOCK_SH		1	/* flock(2) */
#define LOCK_EX		2
#define LOCK_NB		4
#define LOCK_UN		8

#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2

#define AT_FDCWD		-100
#define AT_SYMLINK_NOFOLLOW	0x100
#define AT_REMOVEDIR		0x200
#define AT_EACCESS		0x200
#define AT_SYMLINK_FOLLOW	0x400
#define AT_NO_AUTOMOUNT		0x800
#define AT_EMPTY_PATH		0x1000

#define R_OK	4
#define W_OK	2
#define X_OK	1
#define F_OK	0

struct flock {
	short l_type;
	short l_whence;
	__kernel_off_t l_start;
	__kernel_off_t l_len;
	__kernel_pid_t l_pid;
};

struct flock64 {
	short l_type;
	short l_whence;
	__kernel_loff_t l_start;
	__kernel_loff_t l_len;
	__kernel_pid_t l_pid;
};

#endif
