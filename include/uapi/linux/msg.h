/*
 * System V message queues.
 */
#ifndef _UAPI_LINUX_MSG_H
#define _UAPI_LINUX_MSG_H

#include <uapi/linux/ipc.h>

/* msgrcv() */
#define MSG_NOERROR	010000		/* cut a message that is too long */
#define MSG_EXCEPT	020000		/* any but that type */
#define MSG_COPY	040000

/* msgctl() */
#define MSG_STAT	11		/* by place in the table; returns the identifier */
#define MSG_INFO	12
#define MSG_STAT_ANY	13

struct msqid_ds {
	struct ipc_perm msg_perm;
	__kernel_time_t msg_stime;
	unsigned long msg_stime_high;
	__kernel_time_t msg_rtime;
	unsigned long msg_rtime_high;
	__kernel_time_t msg_ctime;
	unsigned long msg_ctime_high;
	unsigned long msg_cbytes;	/* in the queue */
	unsigned long msg_qnum;		/* messages in the queue */
	unsigned long msg_qbytes;	/* room for bytes */
	__kernel_pid_t msg_lspid, msg_lrpid;	/* last to send, last to receive */
	unsigned long __unused4, __unused5;
};

struct msgbuf {
	long mtype;			/* > 0 */
	char mtext[1];
};

/* IPC_INFO, MSG_INFO */
struct msginfo {
	int msgpool;			/* MSG_INFO: queues in use */
	int msgmap;			/* MSG_INFO: messages */
	int msgmax;			/* bytes of a message */
	int msgmnb;			/* bytes of a queue, at first */
	int msgmni;			/* queues */
	int msgssz;
	int msgtql;			/* MSG_INFO: bytes of all messages */
	unsigned short msgseg;
};

#endif
