/*
 * What the three kinds of System V IPC have in common: keys, permissions, commands.
 */
#ifndef _UAPI_LINUX_IPC_H
#define _UAPI_LINUX_IPC_H

#include <uapi/linux/types.h>

#define IPC_PRIVATE	0		/* a key that is never found */

/* flags of ...get(), beside the nine permission bits */
#define IPC_CREAT	01000
#define IPC_EXCL	02000
#define IPC_NOWAIT	04000		/* of semop(), msgsnd(), msgrcv() */

/* commands of ...ctl() */
#define IPC_RMID	0
#define IPC_SET		1
#define IPC_STAT	2
#define IPC_INFO	3
/* With it ipc(2) means the structures of these headers, not the 16-bit ones of 1992. */
#define IPC_64		0x100

struct ipc_perm {
	int key;
	__u32 uid, gid;			/* owner */
	__u32 cuid, cgid;		/* maker */
	__u16 mode;
	__u16 __pad1;
	__u16 seq;
	__u16 __pad2;
	unsigned long __unused1, __unused2;
};

/* ipc(2): the first argument */
#define SEMOP		1
#define SEMGET		2
#define SEMCTL		3
#define SEMTIMEDOP	4
#define MSGSND		11
#define MSGRCV		12
#define MSGGET		13
#define MSGCTL		14
#define SHMAT		21
#define SHMDT		22
#define SHMGET		23
#define SHMCTL		24

#endif
