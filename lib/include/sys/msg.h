/* sys/msg.h - System V message queues. A message is a long, its type, and the text behind it. */
#ifndef _SYS_MSG_H
#define _SYS_MSG_H

#include <sys/ipc.h>
#include <uapi/linux/msg.h>

int msgget(key_t key, int flags);
int msgsnd(int id, const void *msg, size_t size, int flags);	/* size: of the text */
ssize_t msgrcv(int id, void *msg, size_t size, long type, int flags);
int msgctl(int id, int cmd, void *buf);	/* struct msqid_ds or msginfo */

#endif
