/*
 * System calls that are peculiar to ARM: those with numbers from 0f0000 on, which Linux keeps
 * apart, and a few whose arguments differ.
 */
#include <linux/kernel.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <uapi/linux/ipc.h>
#include <uapi/linux/statfs.h>
#include <asm/cache.h>
#include <asm/thread_calls.h>
#include <asm/traps.h>
#include <asm/uaccess.h>

/* A program has written instructions to [start, end). No flags are defined. */
static long arm_cacheflush(unsigned long start, unsigned long end, unsigned long flags)
{
	if (end < start || flags)
		return -EINVAL;
	if (!access_ok(start, end - start))
		return -EFAULT;
	return flush_icache_user_range(start, end);
}

long arm_syscall(struct pt_regs *regs)
{
	switch (syscall_number(regs)) {
	case __ARM_NR_breakpoint:
		force_sig_fault(SIGTRAP, TRAP_BRKPT,
				(void *)(regs->pc - (thumb_mode(regs) ? 2 : 4)));
		return regs->r0;
	case __ARM_NR_cacheflush:
		return arm_cacheflush(regs->r0, regs->r1, regs->r2);
	case __ARM_NR_set_tls:
		set_tls(regs->r0);
		return 0;
	case __ARM_NR_get_tls:
		return current->thread.tls;
	default:
		return sys_ni_syscall();
	}
}

/* ---- arguments ---- */

long sys_fadvise64_64(int fd, loff_t offset, loff_t len, int advice);
long sys_statfs64(const char __user *path, size_t size, struct statfs64 __user *buf);
long sys_fstatfs64(unsigned int fd, size_t size, struct statfs64 __user *buf);

/* The advice comes second, so that the 64-bit numbers find pairs of registers. */
long sys_arm_fadvise64_64(int fd, int advice, loff_t offset, loff_t len)
{
	return sys_fadvise64_64(fd, offset, len, advice);
}

/* Programs that align the structure to 8 think it 4 bytes longer than it is. */
#define PADDED_STATFS64_SIZE	(sizeof(struct statfs64) + 4)

long sys_arm_statfs64(const char __user *path, size_t size, struct statfs64 __user *buf)
{
	if (size == PADDED_STATFS64_SIZE)
		size = sizeof(struct statfs64);
	return sys_statfs64(path, size, buf);
}

long sys_arm_fstatfs64(unsigned int fd, size_t size, struct statfs64 __user *buf)
{
	if (size == PADDED_STATFS64_SIZE)
		size = sizeof(struct statfs64);
	return sys_fstatfs64(fd, size, buf);
}

/*
 * The commands of System V IPC carry a flag for the structures of today. The others, which this
 * kernel does not know, never were part of the EABI.
 */
static int check_command(int *cmd)
{
	if (*cmd & IPC_64)
		*cmd &= ~IPC_64;
	else if (*cmd == IPC_STAT || *cmd == IPC_SET)
		return -EINVAL;
	return 0;
}

long sys_arm_semctl(int id, int nr, int cmd, unsigned long arg)
{
	int err = check_command(&cmd);

	return err ? err : sys_semctl(id, nr, cmd, arg);
}

long sys_arm_msgctl(int id, int cmd, void __user *buf)
{
	int err = check_command(&cmd);

	return err ? err : sys_msgctl(id, cmd, buf);
}

long sys_arm_shmctl(int id, int cmd, void __user *buf)
{
	int err = check_command(&cmd);

	return err ? err : sys_shmctl(id, cmd, buf);
}
