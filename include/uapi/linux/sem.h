/*
 * System V semaphores.
 */
#ifndef _UAPI_LINUX_SEM_H
#define _UAPI_LINUX_SEM_H

#include <uapi/linux/ipc.h>

#define SEM_UNDO	0x1000		/* sem_flg: taken back when the process ends */

/* semctl() */
#define GETPID		11
#define GETVAL		12
#define GETALL		13
#define GETNCNT		14
#define GETZCNT		15
#define SETVAL		16
#define SETALL		17
#define SEM_STAT	18		/* by place in the table; returns the identifier */
#define SEM_INFO	19
#define SEM_STAT_ANY	20

struct semid_ds {
	struct ipc_perm sem_perm;
	__kernel_time_t sem_otime;
	unsigned long sem_otime_high;
	__kernel_time_t sem_ctime;
	unsigned long sem_ctime_high;
	unsigned long sem_nsems;
	unsigned long __unused3, __unused4;
};

struct sembuf {
	unsigned short sem_num;
	short sem_op;
	short sem_flg;
};

/* IPC_INFO, SEM_INFO */
struct seminfo {
	int semmap;
	int semmni;			/* sets */
	int semmns;			/* semaphores of all */
	int semmnu;
	int semmsl;			/* semaphores of a set */
	int semopm;			/* operations of a semop() */
	int semume;
	int semusz;			/* SEM_INFO: sets in use */
	int semvmx;			/* largest value */
	int semaem;			/* SEM_INFO: semaphores in use */
};

#endif
