/* sys/ipc.h - what System V shared memory, semaphores and message queues have in common. */
#ifndef _SYS_IPC_H
#define _SYS_IPC_H

#include <sys/types.h>
#include <uapi/linux/ipc.h>

typedef int key_t;

/* A key made of a file's number and a letter; -1 if there is no such file. */
key_t ftok(const char *path, int id);

#endif
