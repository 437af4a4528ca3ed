/*
 * lib/unistd.c - the system calls on files.
 *
 * Each function is one call to the kernel. Where the kernel has several of a name, this is the
 * one with 64-bit offsets and 32-bit user numbers. syscall() sets errno.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include "libc.h"

int open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = va_arg(args, mode_t);
	va_end(args);
	return syscall(__NR_open, path, flags | O_LARGEFILE, mode);
}

int openat(int dir, const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = va_arg(args, mode_t);
	va_end(args);
	return syscall(__NR_openat, dir, path, flags | O_LARGEFILE, mode);
}

int creat(const char *path, mode_t mode)
{
	return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int fcntl(int fd, int command, ...)
{
	va_list args;
	long arg;

	va_start(args, command);
	arg = va_arg(args, long);
	va_end(args);
	return syscall(__NR_fcntl64, fd, command, arg);
}

int ioctl(int fd, unsigned long command, ...)
{
	va_list args;
	long arg;

	va_start(args, command);
	arg = va_arg(args, long);
	va_end(args);
	return syscall(__NR_ioctl, fd, command, arg);
}

ssize_t read(int fd, void *buf, size_t n)
{
	return syscall(__NR_read, fd, buf, n);
}

ssize_t write(int fd, const void *buf, size_t n)
{
	return syscall(__NR_write, fd, buf, n);
}

ssize_t pread(int fd, void *buf, size_t n, off_t at)
{
	return syscall(__NR_pread64, fd, buf, n, LOW_HIGH(at));
}

ssize_t pwrite(int fd, const void *buf, size_t n, off_t at)
{
	return syscall(__NR_pwrite64, fd, buf, n, LOW_HIGH(at));
}

ssize_t readv(int fd, const struct iovec *iov, int n)
{
	return syscall(__NR_readv, fd, iov, n);
}

ssize_t writev(int fd, const struct iovec *iov, int n)
{
	return syscall(__NR_writev, fd, iov, n);
}

off_t lseek(int fd, off_t offset, int whence)
{
	off_t result;

	if (syscall(__NR__llseek, fd, (long)(offset >> 32), (long)offset, &result, whence))
		return -1;
	return result;
}

int close(int fd)
{
	return syscall(__NR_close, fd);
}

int dup(int fd)
{
	return syscall(__NR_dup, fd);
}

int dup2(int fd, int to)
{
	return syscall(__NR_dup2, fd, to);
}

int dup3(int fd, int to, int flags)
{
	return syscall(__NR_dup3, fd, to, flags);
}

int pipe(int fds[2])
{
	return syscall(__NR_pipe, fds);
}

int pipe2(int fds[2], int flags)
{
	return syscall(__NR_pipe2, fds, flags);
}

int fsync(int fd)
{
	return syscall(__NR_fsync, fd);
}

int fdatasync(int fd)
{
	return syscall(__NR_fdatasync, fd);
}

void sync(void)
{
	syscall(__NR_sync);
}

int truncate(const char *path, off_t size)
{
	return syscall(__NR_truncate64, path, LOW_HIGH(size));
}

int ftruncate(int fd, off_t size)
{
	return syscall(__NR_ftruncate64, fd, LOW_HIGH(size));
}

int access(const char *path, int mode)
{
	return syscall(__NR_access, path, mode);
}

int faccessat(int dir, const char *path, int mode, int flags)
{
	if (flags)
		return syscall(__NR_faccessat2, dir, path, mode, flags);
	return syscall(__NR_faccessat, dir, path, mode);
}

int link(const char *from, const char *to)
{
	return syscall(__NR_link, from, to);
}

int linkat(int fromdir, const char *from, int todir, const char *to, int flags)
{
	return syscall(__NR_linkat, fromdir, from, todir, to, flags);
}

int symlink(const char *text, const char *path)
{
	return syscall(__NR_symlink, text, path);
}

int symlinkat(const char *text, int dir, const char *path)
{
	return syscall(__NR_symlinkat, text, dir, path);
}

ssize_t readlink(const char *path, char *buf, size_t size)
{
	return syscall(__NR_readlink, path, buf, size);
}

ssize_t readlinkat(int dir, const char *path, char *buf, size_t size)
{
	return syscall(__NR_readlinkat, dir, path, buf, size);
}

int unlink(const char *path)
{
	return syscall(__NR_unlink, path);
}

int unlinkat(int dir, const char *path, int flags)
{
	return syscall(__NR_unlinkat, dir, path, flags);
}

int rmdir(const char *path)
{
	return syscall(__NR_rmdir, path);
}

int rename(const char *from, const char *to)
{
	return syscall(__NR_rename, from, to);
}

int renameat(int fromdir, const char *from, int todir, const char *to)
{
	return syscall(__NR_renameat, fromdir, from, todir, to);
}

int mkdir(const char *path, mode_t mode)
{
	return syscall(__NR_mkdir, path, mode);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
	return syscall(__NR_mkdirat, dir, path, mode);
}

int mknod(const char *path, mode_t mode, dev_t dev)
{
	return syscall(__NR_mknod, path, mode, (long)dev);
}

int mkfifo(const char *path, mode_t mode)
{
	return mknod(path, S_IFIFO | mode, 0);
}

int chdir(const char *path)
{
	return syscall(__NR_chdir, path);
}

int fchdir(int fd)
{
	return syscall(__NR_fchdir, fd);
}

int chroot(const char *path)
{
	return syscall(__NR_chroot, path);
}

char *getcwd(char *buf, size_t size)
{
	return syscall(__NR_getcwd, buf, size) < 0 ? NULL : buf;
}

int chmod(const char *path, mode_t mode)
{
	return syscall(__NR_chmod, path, mode);
}

int fchmod(int fd, mode_t mode)
{
	return syscall(__NR_fchmod, fd, mode);
}

int fchmodat(int dir, const char *path, mode_t mode, int flags)
{
	return syscall(__NR_fchmodat, dir, path, mode, flags);
}

int chown(const char *path, uid_t uid, gid_t gid)
{
	return syscall(__NR_chown32, path, uid, gid);
}

int lchown(const char *path, uid_t uid, gid_t gid)
{
	return syscall(__NR_lchown32, path, uid, gid);
}

int fchown(int fd, uid_t uid, gid_t gid)
{
	return syscall(__NR_fchown32, fd, uid, gid);
}

int stat(const char *path, struct stat *st)
{
	return syscall(__NR_stat64, path, st);
}

int lstat(const char *path, struct stat *st)
{
	return syscall(__NR_lstat64, path, st);
}

int fstat(int fd, struct stat *st)
{
	return syscall(__NR_fstat64, fd, st);
}

int fstatat(int dir, const char *path, struct stat *st, int flags)
{
	return syscall(__NR_fstatat64, dir, path, st, flags);
}

int utimensat(int dir, const char *path, const struct timespec times[2], int flags)
{
	return syscall(__NR_utimensat, dir, path, times, flags);
}

/* The kernel wants to know which layout the caller has; the size tells. */
int statfs64(const char *path, struct statfs64 *st)
{
	return syscall(__NR_statfs64, path, sizeof(*st), st);
}

int fstatfs64(int fd, struct statfs64 *st)
{
	return syscall(__NR_fstatfs64, fd, sizeof(*st), st);
}

mode_t umask(mode_t mask)
{
	return syscall(__NR_umask, mask);
}

int mount(const char *device, const char *dir, const char *type, unsigned long flags,
	  const void *data)
{
	return syscall(__NR_mount, device, dir, type, flags, data);
}

int umount2(const char *dir, int flags)
{
	return syscall(__NR_umount2, dir, flags);
}

int umount(const char *dir)
{
	return umount2(dir, 0);
}

int poll(struct pollfd *fds, nfds_t n, int timeout)
{
	return syscall(__NR_poll, fds, n, timeout);
}

int select(int n, fd_set *in, fd_set *out, fd_set *except, struct timeval *timeout)
{
	return syscall(__NR__newselect, n, in, out, except, timeout);
}

int remove(const char *path)
{
	struct stat st;

	if (lstat(path, &st))
		return -1;
	return S_ISDIR(st.st_mode) ? rmdir(path) : unlink(path);
}
