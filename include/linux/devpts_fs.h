/*
 * devpts: the file system of pseudo-terminal slaves, usually on /dev/pts. The tty code makes a node
 * when a master is opened and removes it when the master is closed.
 */
#ifndef _LINUX_DEVPTS_FS_H
#define _LINUX_DEVPTS_FS_H

#include <linux/types.h>

/*
 * Makes /dev/pts/INDEX for `dev`, owned by uid and gid (the mount options gid= and mode= of devpts
 * win over gid and the mode 0620). Returns 0, -EEXIST or -ENOMEM. Works before devpts is mounted.
 * May sleep.
 */
int devpts_pty_new(int index, dev_t dev, uid_t uid, gid_t gid);
/* Removes it; harmless when it is not there. May sleep. */
void devpts_pty_kill(int index);

#endif
