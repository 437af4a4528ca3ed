/*
 * lib/ipc.c - System V IPC, by the calls that have a number each.
 */
#include <stdarg.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "libc.h"

key_t ftok(const char *path, int id)
{
	struct stat st;

	if (stat(path, &st))
		return -1;
	return (int)((st.st_ino & 0xffff) | (st.st_dev & 0xff) << 16 | (unsigned int)id << 24);
}

int shmget(key_t key, size_t size, int flags)
{
	return syscall(__NR_shmget, key, size, flags);
}

void *shmat(int id, const void *addr, int flags)
{
	return (void *)syscall(__NR_shmat, id, addr, flags);
}

int shmdt(const void *addr)
{
	return syscall(__NR_shmdt, addr);
}

int shmctl(int id, int cmd, void *buf)
{
	return syscall(__NR_shmctl, id, IPC_COMMAND(cmd), buf);
}

int semget(key_t key, int nsems, int flags)
{
	return syscall(__NR_semget, key, nsems, flags);
}

int semop(int id, struct sembuf *ops, size_t nops)
{
	return semtimedop(id, ops, nops, NULL);
}

/* The kernel's variant with 64-bit seconds is the one that has a number on every machine. */
int semtimedop(int id, struct sembuf *ops, size_t nops, const struct timespec *timeout)
{
	struct timespec64 wide = { 0 };

	if (timeout) {
		wide.tv_sec = timeout->tv_sec;
		wide.tv_nsec = timeout->tv_nsec;
	}
	return syscall(__NR_semtimedop_time64, id, ops, nops, timeout ? &wide : NULL);
}

int semctl(int id, int nr, int cmd, ...)
{
	va_list args;
	unsigned long arg;

	va_start(args, cmd);
	arg = va_arg(args, unsigned long);
	va_end(args);
	return syscall(__NR_semctl, id, nr, IPC_COMMAND(cmd), arg);
}

int msgget(key_t key, int flags)
{
	return syscall(__NR_msgget, key, flags);
}

int msgsnd(int id, const void *msg, size_t size, int flags)
{
	return syscall(__NR_msgsnd, id, msg, size, flags);
}

ssize_t msgrcv(int id, void *msg, size_t size, long type, int flags)
{
	return syscall(__NR_msgrcv, id, msg, size, type, flags);
}

int msgctl(int id, int cmd, void *buf)
{
	return syscall(__NR_msgctl, id, IPC_COMMAND(cmd), buf);
}
