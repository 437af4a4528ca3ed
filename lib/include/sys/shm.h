/* sys/shm.h - System V shared memory. */
#ifndef _SYS_SHM_H
#define _SYS_SHM_H

#include <sys/ipc.h>
#include <uapi/linux/shm.h>

int shmget(key_t key, size_t size, int flags);
void *shmat(int id, const void *addr, int flags);	/* (void *)-1 on error */
int shmdt(const void *addr);
int shmctl(int id, int cmd, void *buf);	/* struct shmid_ds, shminfo or shm_info */

#endif
