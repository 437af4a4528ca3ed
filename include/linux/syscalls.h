/*
 * The entry points of all system calls, by the file they are in. arch/ARCH/syscall.tbl gives them
 * their numbers. Each returns >= 0, or -ERRNO; pointers marked __user come from the program.
 */
#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H

#include <uapi/linux/sched.h>
#include <uapi/linux/resource.h>
#include <uapi/linux/sysinfo.h>
#include <uapi/linux/utsname.h>
#include <linux/futex.h>
#include <linux/types.h>
#include <linux/signal.h>
#include <linux/time.h>

struct linux_dirent;

long sys_ni_syscall(void);

/* ---- kernel/main.c, init_user.c ---- */
#define SETUP_BOOT	0
#define SETUP_NO_INIT	1
long sys_setup(int what, char __user *buf, int err);
void init_user_start(void);

/* ---- kernel/fork.c ---- */
long sys_fork(void);
long sys_vfork(void);
long sys_clone(unsigned long flags, unsigned long stack, int __user *parent_tid,
	       unsigned long tls, int __user *child_tid);
long sys_clone3(struct clone_args __user *uargs, size_t size);
long sys_set_tid_address(int __user *tidptr);

/* ---- kernel/exit.c, waitpid.c ---- */
long sys_exit(int code);
long sys_exit_group(int code);
long sys_wait4(pid_t pid, int __user *status, int options, struct rusage __user *ru);
long sys_waitpid(pid_t pid, int __user *status, int options);
long sys_waitid(int type, pid_t id, siginfo_t __user *uinfo, int options,
		struct rusage __user *ru);

/* ---- kernel/sigcalls.c ---- */
long sys_kill(pid_t pid, int sig);
long sys_tkill(pid_t pid, int sig);
long sys_tgkill(pid_t tgid, pid_t pid, int sig);
long sys_rt_sigqueueinfo(pid_t pid, int sig, siginfo_t __user *uinfo);
long sys_rt_tgsigqueueinfo(pid_t tgid, pid_t pid, int sig, siginfo_t __user *uinfo);
long sys_signal(int sig, __sighandler_t handler);
long sys_sigaction(int sig, const struct old_sigaction __user *act,
		   struct old_sigaction __user *oact);
long sys_rt_sigaction(int sig, const struct kernel_sigaction __user *act,
		      struct kernel_sigaction __user *oact, size_t size);
long sys_sigaltstack(const stack_t __user *ss, stack_t __user *oss);
long sys_rt_sigprocmask(int how, const void __user *uset, void __user *uold, size_t size);
long sys_sigprocmask(int how, const unsigned long __user *uset, unsigned long __user *uold);
long sys_sgetmask(void);
long sys_ssetmask(unsigned long mask);
long sys_sigpending(unsigned long __user *uset);
long sys_rt_sigpending(void __user *uset, size_t size);
long sys_pause(void);
long sys_sigsuspend(int restart, unsigned long oldmask, unsigned long mask);
long sys_rt_sigsuspend(const void __user *umask, size_t size);
long sys_rt_sigtimedwait(const void __user *uset, siginfo_t __user *uinfo,
			 const struct timespec __user *uts, size_t size);
long sys_rt_sigtimedwait_time64(const void __user *uset, siginfo_t __user *uinfo,
				const struct timespec64 __user *uts, size_t size);
/* A set of 64 signals from a program (pselect, ppoll); 0 or -EFAULT. */
int get_sigset(sigset_t *to, const void __user *from);

/* ---- kernel/time.c, clock.c, itimer.c ---- */
long sys_time(time_t __user *tloc);
long sys_stime(const time_t __user *tptr);
long sys_gettimeofday(struct timeval __user *tv, struct timezone __user *tz);
long sys_settimeofday(const struct timeval __user *tv, const struct timezone __user *tz);
long sys_times(struct tms __user *tbuf);
long sys_clock_gettime(int which, struct timespec __user *ts);
long sys_clock_gettime64(int which, struct timespec64 __user *ts);
long sys_clock_settime(int which, const struct timespec __user *ts);
long sys_clock_settime64(int which, const struct timespec64 __user *ts);
long sys_clock_getres(int which, struct timespec __user *ts);
long sys_clock_getres_time64(int which, struct timespec64 __user *ts);
long sys_nanosleep(const struct timespec __user *rqtp, struct timespec __user *rmtp);
long sys_clock_nanosleep(int which, int flags, const struct timespec __user *rqtp,
			 struct timespec __user *rmtp);
long sys_clock_nanosleep_time64(int which, int flags, const struct timespec64 __user *rqtp,
				struct timespec64 __user *rmtp);
long sys_restart_syscall(void);
long sys_getitimer(int which, struct itimerval __user *value);
long sys_setitimer(int which, const struct itimerval __user *value,
		   struct itimerval __user *ovalue);
long sys_alarm(unsigned int seconds);

/* ---- kernel/sched_calls.c ---- */
long sys_sched_yield(void);
long sys_nice(int increment);
long sys_getpriority(int which, int who);
long sys_setpriority(int which, int who, int nice);
long sys_sched_getscheduler(pid_t pid);
long sys_sched_setscheduler(pid_t pid, int policy, const int __user *param);
long sys_sched_getparam(pid_t pid, int __user *param);
long sys_sched_setparam(pid_t pid, const int __user *param);
long sys_sched_get_priority_max(int policy);
long sys_sched_get_priority_min(int policy);
long sys_sched_rr_get_interval(pid_t pid, struct timespec __user *interval);
long sys_sched_rr_get_interval_time64(pid_t pid, struct timespec64 __user *interval);
long sys_sched_getaffinity(pid_t pid, unsigned int len, unsigned long __user *mask);
long sys_sched_setaffinity(pid_t pid, unsigned int len, const unsigned long __user *mask);
long sys_getcpu(unsigned int __user *cpu, unsigned int __user *node, void __user *unused);

/* ---- kernel/cred.c, uid16.c, groups.c ---- */
long sys_getuid(void);
long sys_geteuid(void);
long sys_getgid(void);
long sys_getegid(void);
long sys_setuid(uid_t uid);
long sys_setgid(gid_t gid);
long sys_setreuid(uid_t ruid, uid_t euid);
long sys_setregid(gid_t rgid, gid_t egid);
long sys_setresuid(uid_t ruid, uid_t euid, uid_t suid);
long sys_setresgid(gid_t rgid, gid_t egid, gid_t sgid);
long sys_getresuid(uid_t __user *ruid, uid_t __user *euid, uid_t __user *suid);
long sys_getresgid(gid_t __user *rgid, gid_t __user *egid, gid_t __user *sgid);
long sys_setfsuid(uid_t uid);
long sys_setfsgid(gid_t gid);
long sys_getgroups(int size, gid_t __user *list);
long sys_setgroups(int size, const gid_t __user *list);
long sys_getuid16(void);
long sys_geteuid16(void);
long sys_getgid16(void);
long sys_getegid16(void);
long sys_setuid16(u16 uid);
long sys_setgid16(u16 gid);
long sys_setreuid16(u16 ruid, u16 euid);
long sys_setregid16(u16 rgid, u16 egid);
long sys_setresuid16(u16 ruid, u16 euid, u16 suid);
long sys_setresgid16(u16 rgid, u16 egid, u16 sgid);
long sys_getresuid16(u16 __user *ruid, u16 __user *euid, u16 __user *suid);
long sys_getresgid16(u16 __user *rgid, u16 __user *egid, u16 __user *sgid);
long sys_setfsuid16(u16 uid);
long sys_setfsgid16(u16 gid);
long sys_getgroups16(int size, u16 __user *list);
long sys_setgroups16(int size, const u16 __user *list);

/* ---- kernel/session.c ---- */
long sys_getpid(void);
long sys_gettid(void);
long sys_getppid(void);
long sys_setpgid(pid_t pid, pid_t pgid);
long sys_getpgid(pid_t pid);
long sys_getpgrp(void);
long sys_setsid(void);
long sys_getsid(pid_t pid);

/* ---- kernel/resource.c ---- */
long sys_getrlimit(unsigned int which, struct rlimit __user *rlim);
long sys_old_getrlimit(unsigned int which, struct rlimit __user *rlim);
long sys_setrlimit(unsigned int which, const struct rlimit __user *rlim);
long sys_prlimit64(pid_t pid, unsigned int which, const struct rlimit64 __user *new,
		   struct rlimit64 __user *old);
long sys_getrusage(int who, struct rusage __user *ru);

/* ---- kernel/sys.c, reboot.c, printk.c ---- */
struct old_utsname;
struct oldold_utsname;
long sys_newuname(struct new_utsname __user *name);
long sys_uname(struct old_utsname __user *name);
long sys_olduname(struct oldold_utsname __user *name);
long sys_sethostname(const char __user *name, int len);
long sys_setdomainname(const char __user *name, int len);
long sys_umask(unsigned int mask);
long sys_sysinfo(struct sysinfo __user *info);
long sys_prctl(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4,
	       unsigned long arg5);
long sys_personality(unsigned long persona);
long sys_reboot(int magic1, int magic2, unsigned int cmd, void __user *arg);
long sys_syslog(int action, char __user *buf, int len);

/* ---- kernel/futex.c ---- */
long sys_futex(u32 __user *uaddr, int op, u32 val, const struct timespec __user *timeout,
	       u32 __user *uaddr2, u32 val3);
long sys_futex_time64(u32 __user *uaddr, int op, u32 val,
		      const struct timespec64 __user *timeout, u32 __user *uaddr2, u32 val3);
long sys_set_robust_list(void __user *head, size_t len);
long sys_get_robust_list(pid_t pid, void __user *__user *head, size_t __user *len);

/* ---- kernel/ipc, mm/shm.c; arch/i386/ipc.c ---- */
struct sembuf;
struct msgbuf;
long sys_semget(int key, int nsems, int flags);
long sys_semop(int id, const struct sembuf __user *ops, unsigned int nops);
long sys_semtimedop(int id, const struct sembuf __user *ops, unsigned int nops,
		    const struct timespec __user *timeout);
long sys_semtimedop_time64(int id, const struct sembuf __user *ops, unsigned int nops,
			   const struct timespec64 __user *timeout);
long sys_semctl(int id, int nr, int cmd, unsigned long arg);
long sys_msgget(int key, int flags);
long sys_msgsnd(int id, const struct msgbuf __user *buf, size_t size, int flags);
long sys_msgrcv(int id, struct msgbuf __user *buf, size_t size, long type, int flags);
long sys_msgctl(int id, int cmd, void __user *buf);
long sys_shmget(int key, size_t size, int flags);
long sys_shmat(int id, void __user *addr, int flags);
long sys_shmdt(const void __user *addr);
long sys_shmctl(int id, int cmd, void __user *buf);
long sys_ipc(unsigned int call, long first, long second, long third, void __user *ptr,
	     long fifth);

/* ---- fs/exec.c ---- */
long sys_execve(const char __user *filename, char __user *__user *argv,
		char __user *__user *envp);

/* ---- fs: those that arch/i386/v012 builds on ---- */
long sys_open(const char __user *path, int flags, mode_t mode);
long sys_close(unsigned int fd);
long sys_unlink(const char __user *path);
long sys_access(const char __user *path, int mode);
long sys_write(unsigned int fd, const char __user *buf, size_t count);
long sys_pipe(int __user *fds);
long sys_dup2(unsigned int fd, unsigned int to);
long sys_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg);
long sys_ioctl(unsigned int fd, unsigned int cmd, unsigned long arg);
long sys_select(int n, void __user *in, void __user *out, void __user *ex,
		struct timeval __user *timeout);
/* The same with its five arguments in a block of memory; n is cut down to max. */
long select_by_block(void __user *args, int max);

/* ---- mm/mmap_sys.c, mm/mprotect.c ---- */
long sys_brk(unsigned long brk);
long sys_mmap_pgoff(unsigned long addr, unsigned long len, unsigned long prot,
		    unsigned long flags, unsigned long fd, unsigned long pgoff);
long sys_munmap(unsigned long addr, size_t len);
long sys_mprotect(unsigned long start, size_t len, unsigned long prot);

/* ---- mm/mlock.c ---- */
long sys_mlock(unsigned long start, size_t len);
long sys_munlock(unsigned long start, size_t len);
long sys_mlockall(int flags);
long sys_munlockall(void);

/* ---- mm/swapfile.c ---- */
long sys_swapon(const char __user *path, int flags);
long sys_swapoff(const char __user *path);

/* ---- mm/mremap.c, mm/madvise.c, mm/msync.c ---- */
long sys_msync(unsigned long start, size_t len, int flags);
long sys_mremap(unsigned long addr, unsigned long old_len, unsigned long new_len,
		unsigned long flags, unsigned long new_addr);
long sys_madvise(unsigned long start, size_t len, int advice);
long sys_mincore(unsigned long start, size_t len, unsigned char __user *vec);

/* ---- kernel/chr_drv: tty_io.c, random.c ---- */
long sys_vhangup(void);
long sys_getrandom(char __user *buf, size_t count, unsigned int flags);

#endif
