/*
 * ipc.c - tests of System V semaphores and message queues, and of the call ipc() in front of them.
 */
#include "usertests.h"
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#define RW	(IPC_CREAT | 0600)

static void on_signal(int sig)
{
	(void)sig;
}

/* ---- semaphores ---- */

static int new_set(int nsems)
{
	return EXPECT_OK(semget(IPC_PRIVATE, nsems, RW));
}

static int value(int id, int nr)
{
	return EXPECT_OK(semctl(id, nr, GETVAL));
}

static int operate(int id, int nr, int by, int flags)
{
	struct sembuf op = { .sem_num = nr, .sem_op = by, .sem_flg = flags };

	return semop(id, &op, 1);
}

static void remove_set(int id)
{
	EXPECT_OK(semctl(id, 0, IPC_RMID));
}

/* Waits until `n` tasks are counted by that command (GETNCNT, GETZCNT). */
static void await_waiters(int id, int nr, int cmd, int n)
{
	for (int i = 0; i < 500 && semctl(id, nr, cmd) != n; i++)
		sleep_ms(10);
	EXPECT_EQ(n, semctl(id, nr, cmd));
}

static void sem_as_user(void *arg)
{
	int id = *(int *)arg;
	struct semid_ds ds;
	unsigned short all[3];

	become_user();
	EXPECT_ERRNO(EACCES, operate(id, 0, 1, 0));
	EXPECT_ERRNO(EACCES, operate(id, 0, 0, IPC_NOWAIT));
	EXPECT_ERRNO(EACCES, semctl(id, 0, GETVAL));
	EXPECT_ERRNO(EACCES, semctl(id, 0, SETVAL, 1));
	EXPECT_ERRNO(EACCES, semctl(id, 0, GETALL, all));
	EXPECT_ERRNO(EACCES, semctl(id, 0, IPC_STAT, &ds));
	EXPECT_ERRNO(EPERM, semctl(id, 0, IPC_SET, &ds));
	EXPECT_ERRNO(EPERM, semctl(id, 0, IPC_RMID));
}

static void sem_get(void)
{
	int key = 0x5e000000 + getpid(), id = EXPECT_OK(semget(key, 3, RW | IPC_EXCL));

	EXPECT_EQ(id, semget(key, 0, 0));
	EXPECT_EQ(id, semget(key, 3, RW));
	EXPECT_ERRNO(EINVAL, semget(key, 4, 0));
	EXPECT_ERRNO(EEXIST, semget(key, 3, RW | IPC_EXCL));
	EXPECT_ERRNO(ENOENT, semget(key + 0x100000, 1, 0));
	EXPECT_ERRNO(EINVAL, semget(IPC_PRIVATE, 0, RW));
	EXPECT_ERRNO(EINVAL, semget(IPC_PRIVATE, -1, RW));
	EXPECT_ERRNO(EINVAL, semget(IPC_PRIVATE, 0x10000, RW));
	in_child(sem_as_user, &id);
	remove_set(id);
	EXPECT_ERRNO(EINVAL, operate(id, 0, 1, 0));
	EXPECT_ERRNO(EINVAL, semctl(id, 0, GETVAL));
}

static void sem_values(void)
{
	unsigned short all[3] = { 5, 6, 7 }, got[3];
	struct semid_ds ds;
	int id = new_set(3);

	EXPECT_EQ(0, value(id, 0));
	EXPECT_OK(semctl(id, 1, SETVAL, 9));
	EXPECT_EQ(9, value(id, 1));
	EXPECT_EQ(getpid(), semctl(id, 1, GETPID));
	EXPECT_EQ(0, semctl(id, 0, GETPID));
	EXPECT_OK(semctl(id, 0, SETALL, all));
	EXPECT_OK(semctl(id, 0, GETALL, got));
	EXPECT(!memcmp(all, got, sizeof(all)));
	EXPECT_ERRNO(ERANGE, semctl(id, 0, SETVAL, -1));
	EXPECT_ERRNO(ERANGE, semctl(id, 0, SETVAL, 32768));
	all[2] = 40000;
	EXPECT_ERRNO(ERANGE, semctl(id, 0, SETALL, all));
	EXPECT_EQ(5, value(id, 0));
	EXPECT_ERRNO(EINVAL, semctl(id, 3, GETVAL));
	EXPECT_ERRNO(EINVAL, semctl(id, -1, SETVAL, 0));
	EXPECT_ERRNO(EFAULT, semctl(id, 0, SETALL, 16));
	EXPECT_ERRNO(EFAULT, semctl(id, 0, GETALL, 16));
	EXPECT_ERRNO(EINVAL, semctl(id, 0, 99));
	EXPECT_OK(semctl(id, 0, IPC_STAT, &ds));
	EXPECT_EQ(3, ds.sem_nsems);
	EXPECT_EQ(0, ds.sem_otime);
	EXPECT(time(NULL) - ds.sem_ctime < 3);
	EXPECT_OK(operate(id, 0, 1, 0));
	EXPECT_OK(semctl(id, 0, IPC_STAT, &ds));
	EXPECT(time(NULL) - ds.sem_otime < 3);
	ds.sem_perm.mode = 0644;
	ds.sem_perm.uid = TEST_UID;
	EXPECT_OK(semctl(id, 0, IPC_SET, &ds));
	EXPECT_OK(semctl(id, 0, IPC_STAT, &ds));
	EXPECT_EQ(0644, ds.sem_perm.mode);
	EXPECT_EQ(TEST_UID, ds.sem_perm.uid);
	remove_set(id);
}

static void sem_errors(void)
{
	struct sembuf many[101] = { 0 }, op = { .sem_op = 1 };
	struct timespec bad = { 0, 2000000000 };
	int id = new_set(2);

	EXPECT_ERRNO(EAGAIN, operate(id, 0, -1, IPC_NOWAIT));
	EXPECT_ERRNO(EFBIG, operate(id, 2, 1, 0));
	EXPECT_ERRNO(E2BIG, semop(id, many, 101));
	EXPECT_OK(semop(id, many, 100));
	EXPECT_ERRNO(EINVAL, semop(id, &op, 0));
	EXPECT_ERRNO(EINVAL, semop(-1, &op, 1));
	EXPECT_ERRNO(EFAULT, semop(id, (void *)16, 1));
	EXPECT_ERRNO(EINVAL, semtimedop(id, &op, 1, &bad));
	EXPECT_OK(semctl(id, 0, SETVAL, 32767));
	EXPECT_ERRNO(ERANGE, operate(id, 0, 1, 0));
	EXPECT_ERRNO(EAGAIN, operate(id, 0, 0, IPC_NOWAIT));
	remove_set(id);
}

/* All or nothing; waiting for zero leaves nothing to take back, SEM_UNDO or not. */
static void sem_atomic(void)
{
	struct sembuf ops[] = { { 0, 3, 0 }, { 1, -1, IPC_NOWAIT }, { 0, -1, 0 } };
	struct sembuf swap[] = { { 0, -2, 0 }, { 0, 0, 0 }, { 1, 2, 0 } };
	struct sembuf zero[] = { { 0, 0, SEM_UNDO }, { 1, -1, IPC_NOWAIT } };
	int id = new_set(2);

	EXPECT_ERRNO(EAGAIN, semop(id, ops, 3));
	EXPECT_EQ(0, value(id, 0));
	EXPECT_ERRNO(EAGAIN, semop(id, zero, 2));
	EXPECT_OK(semctl(id, 1, SETVAL, 1));
	EXPECT_OK(semop(id, ops, 3));
	EXPECT_EQ(2, value(id, 0));
	EXPECT_EQ(0, value(id, 1));
	EXPECT_OK(semop(id, swap, 3));
	EXPECT_EQ(0, value(id, 0));
	EXPECT_EQ(2, value(id, 1));
	remove_set(id);
}

static void takes_two(void *arg)
{
	EXPECT_OK(operate(*(int *)arg, 0, -2, 0));
	EXPECT_OK(operate(*(int *)arg, 1, 1, 0));
}

static void waits_for_zero(void *arg)
{
	EXPECT_OK(operate(*(int *)arg, 0, 0, 0));
}

static void waits_for_ever(void *arg)
{
	EXPECT_ERRNO(EIDRM, operate(*(int *)arg, 1, -9, 0));
}

static void sem_blocking(void)
{
	int id = new_set(2);
	pid_t pid = start(takes_two, &id), zero;

	await_waiters(id, 0, GETNCNT, 1);
	EXPECT_EQ(0, semctl(id, 0, GETZCNT));
	EXPECT_OK(operate(id, 0, 1, 0));
	await_waiters(id, 0, GETNCNT, 1);		/* one is not enough */
	zero = start(waits_for_zero, &id);
	await_waiters(id, 0, GETZCNT, 1);
	EXPECT_OK(operate(id, 0, 1, 0));		/* and now both can go on */
	EXPECT_EXIT(0, finish(pid));
	EXPECT_EXIT(0, finish(zero));
	EXPECT_EQ(1, value(id, 1));
	EXPECT_EQ(pid, semctl(id, 1, GETPID));
	pid = start(takes_two, &id);
	await_waiters(id, 0, GETNCNT, 1);
	EXPECT_OK(semctl(id, 0, SETVAL, 2));		/* setting wakes, too */
	EXPECT_EXIT(0, finish(pid));
	pid = start(waits_for_ever, &id);
	await_waiters(id, 1, GETNCNT, 1);
	remove_set(id);
	EXPECT_EXIT(0, finish(pid));
}

static void is_interrupted(void *arg)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

	sigaction(SIGUSR1, &action, NULL);
	EXPECT_ERRNO(EINTR, operate(*(int *)arg, 0, -1, 0));
}

static void sem_ends_of_waiting(void)
{
	struct sembuf op = { .sem_op = -1 };
	struct timespec t = { 0, 60000000 }, none = { 0, 0 };
	int id = new_set(1);
	long before = now_ms();
	pid_t pid;

	EXPECT_ERRNO(EAGAIN, semtimedop(id, &op, 1, &t));
	EXPECT(now_ms() - before >= 60 && now_ms() - before < 2000);
	EXPECT_ERRNO(EAGAIN, semtimedop(id, &op, 1, &none));
	EXPECT_EQ(0, semctl(id, 0, GETNCNT));
	pid = start(is_interrupted, &id);
	await_waiters(id, 0, GETNCNT, 1);
	EXPECT_OK(kill(pid, SIGUSR1));
	EXPECT_EXIT(0, finish(pid));
	await_waiters(id, 0, GETNCNT, 0);
	remove_set(id);
}

/* ---- SEM_UNDO ---- */

static void takes_and_dies(void *arg)
{
	int id = *(int *)arg;

	EXPECT_OK(operate(id, 0, -2, SEM_UNDO));
	EXPECT_OK(operate(id, 1, 3, SEM_UNDO));
	EXPECT_OK(operate(id, 1, 1, 0));		/* this stays */
	EXPECT_OK(operate(id, 0, 1, SEM_UNDO));
	if (value(id, 2) == 0)
		return;
	EXPECT_OK(operate(id, 2, -1, 0));
	pause();
}

static void is_reset(void *arg)
{
	int id = *(int *)arg;

	EXPECT_OK(operate(id, 0, -1, SEM_UNDO));
	EXPECT_OK(operate(id, 1, -1, SEM_UNDO));
	EXPECT_OK(semctl(id, 0, SETVAL, 50));		/* forgets what is to be undone */
}

static void forks_with_undo(void *arg)
{
	int id = *(int *)arg, status;

	EXPECT_OK(operate(id, 0, -1, SEM_UNDO));
	if (fork() == 0)
		_exit(0);				/* has nothing to undo */
	wait(&status);
	EXPECT_EQ(49, value(id, 0));
}

static void sem_undo(void)
{
	int id = new_set(3);
	pid_t pid;

	EXPECT_OK(semctl(id, 0, SETVAL, 5));
	in_child(takes_and_dies, &id);
	EXPECT_EQ(5, value(id, 0));
	EXPECT_EQ(1, value(id, 1));
	EXPECT_OK(semctl(id, 2, SETVAL, 1));
	pid = start(takes_and_dies, &id);
	EXPECT_OK(operate(id, 2, 0, 0));
	EXPECT_EQ(4, value(id, 0));
	EXPECT_EQ(5, value(id, 1));
	EXPECT_OK(kill(pid, SIGKILL));
	finish(pid);
	EXPECT_EQ(5, value(id, 0));
	EXPECT_EQ(2, value(id, 1));
	in_child(is_reset, &id);
	EXPECT_EQ(50, value(id, 0));
	EXPECT_EQ(2, value(id, 1));
	in_child(forks_with_undo, &id);
	EXPECT_EQ(50, value(id, 0));
	remove_set(id);
}

static void sem_limits(void)
{
	struct seminfo info, used;
	struct semid_ds ds;
	int ids[200], n = 0, max, found = 0;

	EXPECT_OK(semctl(0, 0, IPC_INFO, &info));
	EXPECT_EQ(32767, info.semvmx);
	EXPECT(info.semmni < 200);
	EXPECT_ERRNO(EINVAL, semget(IPC_PRIVATE, info.semmsl + 1, RW));
	while (n < 200 && (ids[n] = semget(IPC_PRIVATE, info.semmsl, RW)) >= 0)
		n++;
	EXPECT_EQ(ENOSPC, errno);
	max = EXPECT_OK(semctl(0, 0, SEM_INFO, &used));
	EXPECT_EQ(info.semmni, used.semusz);
	EXPECT_EQ(info.semmni - 1, max);
	for (int i = 0; i <= max; i++)
		found += semctl(i, 0, SEM_STAT, &ds) == ids[0];
	EXPECT_EQ(1, found);
	while (n > 0)
		remove_set(ids[--n]);
}

/* ---- messages ---- */

struct message {
	long type;
	char text[64];
};

static int new_queue(void)
{
	return EXPECT_OK(msgget(IPC_PRIVATE, RW));
}

static int post(int id, long type, const char *text, int flags)
{
	struct message m = { .type = type };

	strcpy(m.text, text);
	return msgsnd(id, &m, strlen(text) + 1, flags);
}

/* The next message of that type has this text. */
static void expect_message(int id, long type, int flags, const char *text)
{
	struct message m;

	EXPECT_EQ(strlen(text) + 1, msgrcv(id, &m, sizeof(m.text), type, flags));
	EXPECT_STR(text, m.text);
}

static void remove_queue(int id)
{
	EXPECT_OK(msgctl(id, IPC_RMID, NULL));
}

static void msg_as_user(void *arg)
{
	int id = *(int *)arg;
	struct message m = { .type = 1 };
	struct msqid_ds ds;

	become_user();
	EXPECT_ERRNO(EACCES, msgsnd(id, &m, 1, 0));
	EXPECT_ERRNO(EACCES, msgrcv(id, &m, 1, 0, IPC_NOWAIT));
	EXPECT_ERRNO(EACCES, msgctl(id, IPC_STAT, &ds));
	EXPECT_ERRNO(EPERM, msgctl(id, IPC_SET, &ds));
	EXPECT_ERRNO(EPERM, msgctl(id, IPC_RMID, NULL));
}

static void msg_get(void)
{
	int key = 0x4d000000 + getpid(), id = EXPECT_OK(msgget(key, RW | IPC_EXCL));

	EXPECT_EQ(id, msgget(key, 0600));
	EXPECT_EQ(id, msgget(key, RW));
	EXPECT_ERRNO(EEXIST, msgget(key, RW | IPC_EXCL));
	EXPECT_ERRNO(ENOENT, msgget(key + 0x100000, 0));
	in_child(msg_as_user, &id);
	remove_queue(id);
	EXPECT_ERRNO(EINVAL, post(id, 1, "late", 0));
}

static void msg_order(void)
{
	struct message m;
	int id = new_queue();

	EXPECT_OK(post(id, 3, "three", 0));
	EXPECT_OK(post(id, 1, "one", 0));
	EXPECT_OK(post(id, 2, "two", 0));
	EXPECT_OK(post(id, 1, "one again", 0));
	EXPECT_OK(post(id, 9, "nine", 0));
	expect_message(id, 1, 0, "one");
	expect_message(id, -2, 0, "one again");
	expect_message(id, -2, 0, "two");
	EXPECT_ERRNO(ENOMSG, msgrcv(id, &m, 64, -2, IPC_NOWAIT));
	EXPECT_ERRNO(ENOMSG, msgrcv(id, &m, 64, 7, IPC_NOWAIT));
	expect_message(id, 3, MSG_EXCEPT, "nine");
	EXPECT_ERRNO(ENOMSG, msgrcv(id, &m, 64, 3, IPC_NOWAIT | MSG_EXCEPT));
	EXPECT_OK(post(id, 5, "", 0));
	expect_message(id, 0, 0, "three");
	expect_message(id, 0, 0, "");
	EXPECT_OK(msgsnd(id, &(struct message){ .type = 4 }, 0, 0));
	EXPECT_EQ(0, msgrcv(id, &m, 0, 0, 0));
	EXPECT_EQ(4, m.type);
	remove_queue(id);
}

static void msg_errors(void)
{
	struct message m = { .type = 1 };
	static char big[9000];
	int id = new_queue();

	EXPECT_ERRNO(EINVAL, post(id, 0, "x", 0));
	EXPECT_ERRNO(EINVAL, post(id, -1, "x", 0));
	EXPECT_ERRNO(EINVAL, post(-1, 1, "x", 0));
	*(long *)big = 1;
	EXPECT_ERRNO(EINVAL, msgsnd(id, big, 8193, 0));
	EXPECT_ERRNO(EINVAL, msgsnd(id, big, -1, 0));
	EXPECT_ERRNO(EFAULT, msgsnd(id, (void *)16, 1, 0));
	EXPECT_ERRNO(EINVAL, msgrcv(id, &m, -1, 0, 0));
	EXPECT_ERRNO(EINVAL, msgrcv(-1, &m, 1, 0, 0));
	EXPECT_OK(post(id, 1, "a long one", 0));
	EXPECT_ERRNO(E2BIG, msgrcv(id, &m, 5, 0, 0));
	EXPECT_EQ(5, msgrcv(id, &m, 5, 0, MSG_NOERROR));
	EXPECT(!memcmp(m.text, "a lon", 5));
	EXPECT_ERRNO(ENOMSG, msgrcv(id, &m, 5, 0, IPC_NOWAIT));
	EXPECT_OK(post(id, 1, "lost", 0));
	EXPECT_ERRNO(EFAULT, msgrcv(id, (void *)16, 64, 0, 0));
	EXPECT_OK(msgsnd(id, big, 8192, 0));
	EXPECT_EQ(8192, msgrcv(id, big, 8192, 0, 0));
	EXPECT_ERRNO(EINVAL, msgctl(id, 99, NULL));
	EXPECT_ERRNO(EFAULT, msgctl(id, IPC_STAT, (void *)16));
	remove_queue(id);
}

static void receives_five(void *arg)
{
	expect_message(*(int *)arg, 5, 0, "for you");
}

static void sends_when_possible(void *arg)
{
	EXPECT_OK(post(*(int *)arg, 2, "squeezed in", 0));
}

static void receives_nothing(void *arg)
{
	struct message m;

	EXPECT_ERRNO(EIDRM, msgrcv(*(int *)arg, &m, 64, 0, 0));
}

static void msg_interrupted(void *arg)
{
	struct sigaction action = { .sa_handler = on_signal };
	struct message m;

	sigaction(SIGUSR1, &action, NULL);
	EXPECT_ERRNO(EINTR, msgrcv(*(int *)arg, &m, 64, 0, 0));
}

static void msg_blocking(void)
{
	static char big[8200];
	int id = new_queue();
	pid_t pid = start(receives_five, &id);

	wait_asleep(pid);
	EXPECT_OK(kill(pid, SIGSTOP));			/* it does not see that: no handler ran */
	EXPECT_EQ(pid, waitpid(pid, NULL, WUNTRACED));
	EXPECT_OK(kill(pid, SIGCONT));
	EXPECT_OK(post(id, 4, "not for you", 0));
	EXPECT_OK(post(id, 5, "for you", 0));
	EXPECT_EXIT(0, finish(pid));
	expect_message(id, 0, 0, "not for you");
	*(long *)big = 1;
	EXPECT_OK(msgsnd(id, big, 8192, 0));
	EXPECT_OK(msgsnd(id, big, 8190, 0));
	EXPECT_ERRNO(EAGAIN, post(id, 2, "xx", IPC_NOWAIT));
	EXPECT_OK(post(id, 3, "x", IPC_NOWAIT));	/* two bytes fit */
	pid = start(sends_when_possible, &id);
	wait_asleep(pid);
	EXPECT_EQ(8192, msgrcv(id, big, 8192, 0, 0));
	EXPECT_EXIT(0, finish(pid));
	expect_message(id, 2, 0, "squeezed in");
	EXPECT_EQ(8190, msgrcv(id, big, 8192, 0, 0));
	expect_message(id, 0, 0, "x");
	pid = start(msg_interrupted, &id);
	wait_asleep(pid);
	EXPECT_OK(kill(pid, SIGUSR1));
	EXPECT_EXIT(0, finish(pid));
	pid = start(receives_nothing, &id);
	wait_asleep(pid);
	remove_queue(id);
	EXPECT_EXIT(0, finish(pid));
}

static void raises_limit(void *arg)
{
	int id = *(int *)arg;
	struct msqid_ds ds;

	become_user();
	EXPECT_OK(msgctl(id, IPC_STAT, &ds));
	ds.msg_qbytes = 0x10000;
	EXPECT_ERRNO(EPERM, msgctl(id, IPC_SET, &ds));
	ds.msg_qbytes = 3;
	EXPECT_OK(msgctl(id, IPC_SET, &ds));
}

static void msg_control(void)
{
	int id = new_queue(), max, found = 0;
	struct msqid_ds ds;
	struct msginfo info;

	EXPECT_OK(post(id, 1, "12345", 0));
	EXPECT_OK(post(id, 1, "123", 0));
	EXPECT_OK(msgctl(id, IPC_STAT, &ds));
	EXPECT_EQ(2, ds.msg_qnum);
	EXPECT_EQ(10, ds.msg_cbytes);
	EXPECT_EQ(16384, ds.msg_qbytes);
	EXPECT_EQ(getpid(), ds.msg_lspid);
	EXPECT_EQ(0, ds.msg_lrpid);
	EXPECT(ds.msg_rtime == 0 && time(NULL) - ds.msg_stime < 3);
	max = EXPECT_OK(msgctl(0, MSG_INFO, &info));
	EXPECT(info.msgmap >= 2 && info.msgtql >= 10 && info.msgpool >= 1);
	for (int i = 0; i <= max; i++)
		found += msgctl(i, MSG_STAT, &ds) == id;
	EXPECT_EQ(1, found);
	EXPECT_OK(msgctl(id, IPC_STAT, &ds));
	ds.msg_perm.uid = TEST_UID;
	ds.msg_perm.mode = 0600;
	ds.msg_qbytes = 0x20000;
	EXPECT_OK(msgctl(id, IPC_SET, &ds));
	in_child(raises_limit, &id);
	EXPECT_ERRNO(EAGAIN, post(id, 1, "full", IPC_NOWAIT));
	EXPECT_OK(msgctl(0, IPC_INFO, &info));
	EXPECT_EQ(8192, info.msgmax);
	remove_queue(id);
}

/* The layouts that programs of other C libraries know. */
static void layouts(void)
{
	EXPECT_EQ(36, sizeof(struct ipc_perm));
	EXPECT_EQ(84, sizeof(struct shmid_ds));
	EXPECT_EQ(64, sizeof(struct semid_ds));
	EXPECT_EQ(88, sizeof(struct msqid_ds));
	EXPECT_EQ(36, offsetof(struct shmid_ds, shm_segsz));
	EXPECT_EQ(72, offsetof(struct shmid_ds, shm_nattch));
	EXPECT_EQ(52, offsetof(struct semid_ds, sem_nsems));
	EXPECT_EQ(60, offsetof(struct msqid_ds, msg_cbytes));
}

const struct test ipc_tests[] = {
	{ "ipc.sem_get", sem_get, NEEDS_ROOT },
	{ "ipc.sem_values", sem_values, NEEDS_ROOT },
	{ "ipc.sem_errors", sem_errors, 0 },
	{ "ipc.sem_atomic", sem_atomic, 0 },
	{ "ipc.sem_blocking", sem_blocking, 0 },
	{ "ipc.sem_ends_of_waiting", sem_ends_of_waiting, 0 },
	{ "ipc.sem_undo", sem_undo, 0 },
	{ "ipc.sem_limits", sem_limits, 0 },
	{ "ipc.msg_get", msg_get, NEEDS_ROOT },
	{ "ipc.msg_order", msg_order, 0 },
	{ "ipc.msg_errors", msg_errors, 0 },
	{ "ipc.msg_blocking", msg_blocking, 0 },
	{ "ipc.msg_control", msg_control, NEEDS_ROOT },
	{ "ipc.layouts", layouts, 0 },
	{ NULL, NULL, 0 },
};
