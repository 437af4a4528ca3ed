/*
 * System V shared memory.
 */
#ifndef _UAPI_LINUX_SHM_H
#define _UAPI_LINUX_SHM_H

#include <uapi/linux/ipc.h>

/* shmget() */
#define SHM_HUGETLB	04000
#define SHM_NORESERVE	010000		/* no memory is set aside for it */

/* shmat() */
#define SHM_RDONLY	010000
#define SHM_RND		020000		/* round the address down */
#define SHM_REMAP	040000		/* take the place of what is mapped there */
#define SHM_EXEC	0100000

/* shmctl() */
#define SHM_LOCK	11		/* not to be swapped out */
#define SHM_UNLOCK	12
#define SHM_STAT	13		/* by place in the table; returns the identifier */
#define SHM_INFO	14
#define SHM_STAT_ANY	15

/* in shm_perm.mode */
#define SHM_DEST	01000		/* goes with the last detach */
#define SHM_LOCKED	02000

struct shmid_ds {
	struct ipc_perm shm_perm;
	unsigned long shm_segsz;	/* bytes */
	__kernel_time_t shm_atime;
	unsigned long shm_atime_high;
	__kernel_time_t shm_dtime;
	unsigned long shm_dtime_high;
	__kernel_time_t shm_ctime;
	unsigned long shm_ctime_high;
	__kernel_pid_t shm_cpid, shm_lpid;	/* maker, last to attach or detach */
	unsigned long shm_nattch;
	unsigned long __unused4, __unused5;
};

/* IPC_INFO */
struct shminfo {
	unsigned long shmmax;		/* bytes of a segment */
	unsigned long shmmin;
	unsigned long shmmni;		/* segments */
	unsigned long shmseg;
	unsigned long shmall;		/* pages of all */
	unsigned long __unused1, __unused2, __unused3, __unused4;
};

/* SHM_INFO */
struct shm_info {
	int used_ids;
	unsigned long shm_tot, shm_rss, shm_swp;	/* pages: all, in memory, in swap */
	unsigned long swap_attempts, swap_successes;
};

#endif
