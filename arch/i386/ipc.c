/*
 * ipc(2): the one number through which i386 programs reach all of System V IPC. Newer programs may
 * use the numbers that each of the calls has got since.
 */
#include <linux/errno.h>
#include <linux/shm.h>
#include <linux/syscalls.h>
#include <uapi/linux/msg.h>
#include <uapi/linux/sem.h>
#include <asm/uaccess.h>

/* The structures of 1992, with 16-bit users, are not known: -EINVAL. */
static int check_command(int *cmd)
{
	if (*cmd & IPC_64)
		*cmd &= ~IPC_64;
	else if (*cmd == IPC_STAT || *cmd == IPC_SET)
		return -EINVAL;
	return 0;
}

static long ipc_semctl(int id, int nr, int cmd, const unsigned long __user *uarg)
{
	unsigned long arg;
	int err = check_command(&cmd);

	if (err)
		return err;
	if (!uarg)
		return -EINVAL;
	if (get_user(arg, uarg))
		return -EFAULT;
	return sys_semctl(id, nr, cmd, arg);
}

/* Version 0 passes buffer and type in a structure. */
static long ipc_msgrcv(unsigned int version, int id, size_t size, int flags, void __user *ptr,
		       long type)
{
	struct {
		struct msgbuf __user *buf;
		long type;
	} packed;

	if (version)
		return sys_msgrcv(id, ptr, size, type, flags);
	if (!ptr)
		return -EINVAL;
	if (copy_from_user(&packed, ptr, sizeof(packed)))
		return -EFAULT;
	return sys_msgrcv(id, packed.buf, size, packed.type, flags);
}

static long ipc_shmat(unsigned int version, int id, void __user *addr, int flags,
		      unsigned long __user *result)
{
	unsigned long where;
	long err;

	if (version == 1)		/* that of another system's programs */
		return -EINVAL;
	err = do_shmat(id, (unsigned long)addr, flags, &where);
	if (err)
		return err;
	return put_user(where, result);
}

static long ipc_msgctl(int id, int cmd, void __user *ptr)
{
	int err = check_command(&cmd);

	return err ? err : sys_msgctl(id, cmd, ptr);
}

static long ipc_shmctl(int id, int cmd, void __user *ptr)
{
	int err = check_command(&cmd);

	return err ? err : sys_shmctl(id, cmd, ptr);
}

long sys_ipc(unsigned int call, long first, long second, long third, void __user *ptr, long fifth)
{
	unsigned int version = call >> 16;

	switch (call & 0xffff) {
	case SEMOP:
		return sys_semop(first, ptr, second);
	case SEMTIMEDOP:
		return sys_semtimedop(first, ptr, second, (const struct timespec __user *)fifth);
	case SEMGET:
		return sys_semget(first, second, third);
	case SEMCTL:
		return ipc_semctl(first, second, third, ptr);
	case MSGSND:
		return sys_msgsnd(first, ptr, second, third);
	case MSGRCV:
		return ipc_msgrcv(version, first, second, third, ptr, fifth);
	case MSGGET:
		return sys_msgget(first, second);
	case MSGCTL:
		return ipc_msgctl(first, second, ptr);
	case SHMAT:
		return ipc_shmat(version, first, ptr, second, (unsigned long __user *)third);
	case SHMDT:
		return sys_shmdt(ptr);
	case SHMGET:
		return sys_shmget(first, second, third);
	case SHMCTL:
		return ipc_shmctl(first, second, ptr);
	}
	return -ENOSYS;
}
