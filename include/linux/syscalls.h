/*
 * Every system call, by the file that holds it. arch/ARCH/syscall.tbl maps numbers to these
 * names. They return a result >= 0 or -ERRNO; a pointer marked __user comes from the program and may be
 * anything. A 64-bit argument needs no help on i386: the two registers it comes in
 * are where the calling convention wants its halves.
 */
#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H

#include <linux/types.h>

struct stat;
struct stat64;
struct statx;
struct statfs;
struct statfs64;
struct iovec;
struct pollfd;
struct timespec;
struct timespec64;
struct timeval;
struct linux_dirent;
struct linux_dirent64;
struct utimbuf;

/* fs/super.c */
long sys_mount(const char __user *dev, const char __user *dir, const char __user *type,
	       unsigned long flags, const void __user *data);
long sys_umount(const char __user *path);
long sys_umount2(const char __user *path, int flags);

/* fs/dirops.c */
long sys_mkdir(const char __user *path, mode_t mode);
long sys_mkdirat(int dfd, const char __user *path, mode_t mode);
long sys_mknod(const char __user *path, mode_t mode, unsigned int dev);
long sys_mknodat(int dfd, const char __user *path, mode_t mode, unsigned int dev);
long sys_rmdir(const char __user *path);
long sys_unlink(const char __user *path);
long sys_unlinkat(int dfd, const char __user *path, int flags);
long sys_link(const char __user *oldpath, const char __user *newpath);
long sys_linkat(int olddfd, const char __user *oldpath, int newdfd, const char __user *newpath,
		int flags);
long sys_symlink(const char __user *target, const char __user *path);
long sys_symlinkat(const char __user *target, int dfd, const char __user *path);

/* fs/rename.c */
long sys_rename(const char __user *oldpath, const char __user *newpath);
long sys_renameat(int olddfd, const char __user *oldpath, int newdfd,
		  const char __user *newpath);
long sys_renameat2(int olddfd, const char __user *oldpath, int newdfd,
		   const char __user *newpath, unsigned int flags);

/* fs/open.c */
long sys_open(const char __user *path, int flags, mode_t mode);
long sys_openat(int dfd, const char __user *path, int flags, mode_t mode);
long sys_creat(const char __user *path, mode_t mode);
long sys_close(unsigned int fd);
long sys_close_range(unsigned int first, unsigned int last, unsigned int flags);
long sys_access(const char __user *path, int mode);
long sys_faccessat(int dfd, const char __user *path, int mode);
long sys_faccessat2(int dfd, const char __user *path, int mode, int flags);
long sys_chdir(const char __user *path);
long sys_fchdir(unsigned int fd);
long sys_chroot(const char __user *path);
long sys_getcwd(char __user *buf, unsigned long size);
long sys_vhangup(void);
long sys_umask(mode_t mask);

/* fs/attr.c */
long sys_truncate(const char __user *path, long length);
long sys_ftruncate(unsigned int fd, long length);
long sys_truncate64(const char __user *path, loff_t length);
long sys_ftruncate64(unsigned int fd, loff_t length);
long sys_chmod(const char __user *path, mode_t mode);
long sys_fchmod(unsigned int fd, mode_t mode);
long sys_fchmodat(int dfd, const char __user *path, mode_t mode);
long sys_chown(const char __user *path, uid_t uid, gid_t gid);		/* chown32 */
long sys_lchown(const char __user *path, uid_t uid, gid_t gid);		/* lchown32 */
long sys_fchown(unsigned int fd, uid_t uid, gid_t gid);			/* fchown32 */
long sys_fchownat(int dfd, const char __user *path, uid_t uid, gid_t gid, int flags);
long sys_chown16(const char __user *path, u16 uid, u16 gid);
long sys_lchown16(const char __user *path, u16 uid, u16 gid);
long sys_fchown16(unsigned int fd, u16 uid, u16 gid);
long sys_utime(const char __user *path, const struct utimbuf __user *times);
long sys_utimes(const char __user *path, const struct timeval __user *times);
long sys_futimesat(int dfd, const char __user *path, const struct timeval __user *times);
long sys_utimensat(int dfd, const char __user *path, const struct timespec __user *times,
		   int flags);
long sys_utimensat_time64(int dfd, const char __user *path,
			  const struct timespec64 __user *times, int flags);

/* fs/file_table.c */
long sys_dup(unsigned int fd);
long sys_dup2(unsigned int oldfd, unsigned int newfd);
long sys_dup3(unsigned int oldfd, unsigned int newfd, int flags);

/* fs/read_write.c */
long sys_read(unsigned int fd, char __user *buf, size_t count);
long sys_write(unsigned int fd, const char __user *buf, size_t count);
long sys_pread64(unsigned int fd, char __user *buf, size_t count, loff_t pos);
long sys_pwrite64(unsigned int fd, const char __user *buf, size_t count, loff_t pos);
long sys_lseek(unsigned int fd, long offset, unsigned int whence);
long sys_llseek(unsigned int fd, unsigned long high, unsigned long low,
		loff_t __user *result, unsigned int whence);

/* fs/uio.c */
long sys_readv(unsigned int fd, const struct iovec __user *vec, unsigned long nr);
long sys_writev(unsigned int fd, const struct iovec __user *vec, unsigned long nr);
long sys_preadv(unsigned int fd, const struct iovec __user *vec, unsigned long nr,
		unsigned long pos_low, unsigned long pos_high);
long sys_pwritev(unsigned int fd, const struct iovec __user *vec, unsigned long nr,
		 unsigned long pos_low, unsigned long pos_high);
long sys_sendfile(unsigned int out, unsigned int in, long __user *offset, size_t count);
long sys_sendfile64(unsigned int out, unsigned int in, loff_t __user *offset, size_t count);

/* fs/fcntl.c */
long sys_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg);
long sys_fcntl64(unsigned int fd, unsigned int cmd, unsigned long arg);

/* fs/locks.c */
long sys_flock(unsigned int fd, unsigned int cmd);

/* fs/stat.c */
long sys_stat(const char __user *path, struct stat __user *buf);	/* number 106 */
long sys_lstat(const char __user *path, struct stat __user *buf);	/* 107 */
long sys_fstat(unsigned int fd, struct stat __user *buf);		/* 108 */
long sys_stat64(const char __user *path, struct stat64 __user *buf);
long sys_lstat64(const char __user *path, struct stat64 __user *buf);
long sys_fstat64(unsigned int fd, struct stat64 __user *buf);
long sys_fstatat64(int dfd, const char __user *path, struct stat64 __user *buf, int flags);
long sys_statx(int dfd, const char __user *path, int flags, unsigned int mask,
	       struct statx __user *buf);
long sys_readlink(const char __user *path, char __user *buf, int size);
long sys_readlinkat(int dfd, const char __user *path, char __user *buf, int size);

/* fs/statfs.c */
long sys_statfs(const char __user *path, struct statfs __user *buf);
long sys_fstatfs(unsigned int fd, struct statfs __user *buf);
long sys_statfs64(const char __user *path, size_t size, struct statfs64 __user *buf);
long sys_fstatfs64(unsigned int fd, size_t size, struct statfs64 __user *buf);

/* fs/readdir.c */
long sys_old_readdir(unsigned int fd, void __user *dirent, unsigned int count);
long sys_getdents(unsigned int fd, struct linux_dirent __user *dirent, unsigned int count);
long sys_getdents64(unsigned int fd, struct linux_dirent64 __user *dirent, unsigned int count);

/* fs/select.c */
long sys_poll(struct pollfd __user *fds, unsigned int nfds, int timeout_ms);
long sys_ppoll(struct pollfd __user *fds, unsigned int nfds, struct timespec __user *timeout,
	       const void __user *mask, size_t masksize);
long sys_ppoll_time64(struct pollfd __user *fds, unsigned int nfds,
		      struct timespec64 __user *timeout, const void __user *mask,
		      size_t masksize);
long sys_select(int n, void __user *in, void __user *out, void __user *ex,
		struct timeval __user *timeout);
long sys_old_select(void __user *args);			/* i386 number 82 */
long sys_pselect6(int n, void __user *in, void __user *out, void __user *ex,
		  struct timespec __user *timeout, void __user *sig);
long sys_pselect6_time64(int n, void __user *in, void __user *out, void __user *ex,
			 struct timespec64 __user *timeout, void __user *sig);

/* fs/pipe.c */
long sys_pipe(int __user *fds);
long sys_pipe2(int __user *fds, int flags);

/* fs/ioctl.c */
long sys_ioctl(unsigned int fd, unsigned int cmd, unsigned long arg);

/* fs/sync.c */
long sys_sync(void);
long sys_fsync(unsigned int fd);
long sys_fdatasync(unsigned int fd);
long sys_syncfs(unsigned int fd);

/* kernel/chr_drv */
long sys_vhangup(void);
long sys_getrandom(char __user *buf, size_t count, unsigned int flags);

/* mm/readahead.c */
long sys_readahead(int fd, loff_t offset, size_t count);
long sys_fadvise64(int fd, loff_t offset, size_t len, int advice);
long sys_fadvise64_64(int fd, loff_t offset, loff_t len, int advice);

#endif
