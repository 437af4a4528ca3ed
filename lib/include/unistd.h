/*
 * unistd.h - the system calls on files and processes.
 *
 * Each is the kernel's call of that name, or its successor with wider types. On failure they
 * return -1 (or what is said) and set errno.
 */
#ifndef _UNISTD_H
#define _UNISTD_H

#include <sys/types.h>
#include <uapi/linux/fcntl.h>

#define STDIN_FILENO	0
#define STDOUT_FILENO	1
#define STDERR_FILENO	2

extern char **environ;

/* Makes any system call by number (sys/syscall.h); up to six arguments of a machine word. */
long syscall(long number, ...);

/* Files */
ssize_t read(int fd, void *buf, size_t n);
ssize_t write(int fd, const void *buf, size_t n);
ssize_t pread(int fd, void *buf, size_t n, off_t at);
ssize_t pwrite(int fd, const void *buf, size_t n, off_t at);
off_t lseek(int fd, off_t offset, int whence);
int close(int fd);
int dup(int fd);
int dup2(int fd, int to);
int dup3(int fd, int to, int flags);
int pipe(int fds[2]);
int pipe2(int fds[2], int flags);
int fsync(int fd);
int fdatasync(int fd);
void sync(void);
int truncate(const char *path, off_t size);
int ftruncate(int fd, off_t size);
int isatty(int fd);

/* Names */
int access(const char *path, int mode);
int faccessat(int dir, const char *path, int mode, int flags);
int link(const char *from, const char *to);
int linkat(int fromdir, const char *from, int todir, const char *to, int flags);
int symlink(const char *text, const char *path);
int symlinkat(const char *text, int dir, const char *path);
ssize_t readlink(const char *path, char *buf, size_t size);
ssize_t readlinkat(int dir, const char *path, char *buf, size_t size);
int unlink(const char *path);
int unlinkat(int dir, const char *path, int flags);
int rmdir(const char *path);
int renameat(int fromdir, const char *from, int todir, const char *to);
int chdir(const char *path);
int fchdir(int fd);
int chroot(const char *path);
char *getcwd(char *buf, size_t size);
int chown(const char *path, uid_t uid, gid_t gid);
int lchown(const char *path, uid_t uid, gid_t gid);
int fchown(int fd, uid_t uid, gid_t gid);

/* Processes */
pid_t fork(void);
pid_t vfork(void) __attribute__((returns_twice));
int execve(const char *path, char *const argv[], char *const envp[]);
int execv(const char *path, char *const argv[]);
int execvp(const char *name, char *const argv[]);	/* searches $PATH */
int execl(const char *path, const char *arg, ...);
int execlp(const char *name, const char *arg, ...);
void _exit(int status) __attribute__((noreturn));
pid_t getpid(void);
pid_t getppid(void);
pid_t gettid(void);
pid_t getpgrp(void);
pid_t getpgid(pid_t pid);
pid_t getsid(pid_t pid);
int setpgid(pid_t pid, pid_t pgid);
pid_t setsid(void);
pid_t tcgetpgrp(int fd);
int tcsetpgrp(int fd, pid_t pgrp);
int nice(int by);

/* Users */
uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
int setuid(uid_t uid);
int setgid(gid_t gid);
int setreuid(uid_t real, uid_t effective);
int setregid(gid_t real, gid_t effective);
int setresuid(uid_t real, uid_t effective, uid_t saved);
int setresgid(gid_t real, gid_t effective, gid_t saved);
int getgroups(int n, gid_t *list);
int setgroups(int n, const gid_t *list);

/* The end of the data segment: brk sets it, sbrk moves it and returns where it was. */
int brk(void *end);
void *sbrk(long by);

/* Waiting */
unsigned int alarm(unsigned int seconds);
unsigned int sleep(unsigned int seconds);	/* returns the seconds not slept */
int usleep(useconds_t useconds);
int pause(void);

/* For getopt, see any manual of it. No long options. */
int getopt(int argc, char *const argv[], const char *options);
extern char *optarg;
extern int optind, opterr, optopt;

int gethostname(char *name, size_t size);
int getpagesize(void);

#endif
