/* sys/sem.h - System V semaphores. */
#ifndef _SYS_SEM_H
#define _SYS_SEM_H

#include <sys/ipc.h>
#include <time.h>
#include <uapi/linux/sem.h>

int semget(key_t key, int nsems, int flags);
int semop(int id, struct sembuf *ops, size_t nops);
int semtimedop(int id, struct sembuf *ops, size_t nops, const struct timespec *timeout);
/* The fourth argument, where the command has one: an int, or a pointer. */
int semctl(int id, int nr, int cmd, ...);

#endif
