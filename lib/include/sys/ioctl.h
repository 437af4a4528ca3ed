/* sys/ioctl.h - device control. The commands: uapi/linux/ioctls.h. */
#ifndef _SYS_IOCTL_H
#define _SYS_IOCTL_H

#include <uapi/linux/ioctls.h>
#include <uapi/linux/termios.h>

/* The argument depends on the command: mostly a pointer. */
int ioctl(int fd, unsigned long command, ...);

#endif
