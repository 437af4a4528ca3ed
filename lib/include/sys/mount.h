/* sys/mount.h - file systems into the tree and out of it. Flags: uapi/linux/mount.h. */
#ifndef _SYS_MOUNT_H
#define _SYS_MOUNT_H

#include <uapi/linux/mount.h>

int mount(const char *device, const char *dir, const char *type, unsigned long flags,
	  const void *data);
int umount(const char *dir);
int umount2(const char *dir, int flags);

#endif
