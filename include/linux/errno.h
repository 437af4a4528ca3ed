/*
 * Error numbers for the kernel: those programs see, and four that never leave
 * the kernel. The signal code turns those four into a restart or into EINTR.
 */
#ifndef _LINUX_ERRNO_H
#define _LINUX_ERRNO_H

#include <uapi/linux/errno.h>

#define ERESTARTSYS		512	/* restart if SA_RESTART, else EINTR */
#define ERESTARTNOINTR		513	/* always restart */
#define ERESTARTNOHAND		514	/* restart if no handler ran, else EINTR */
#define ENOIOCTLCMD		515	/* this driver does not know the ioctl */
#define ERESTART_RESTARTBLOCK	516	/* restart through sys_restart_syscall */

#endif
