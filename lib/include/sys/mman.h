/* sys/mman.h - mapping memory and files. */
#ifndef _SYS_MMAN_H
#define _SYS_MMAN_H

#include <sys/types.h>
#include <uapi/linux/mman.h>

#define MAP_ANON	MAP_ANONYMOUS
#define MAP_FAILED	((void *)-1)

/* Returns MAP_FAILED on error. The offset must be a multiple of the page size. */
void *mmap(void *addr, size_t length, int prot, int flags, int fd, off_t offset);
int munmap(void *addr, size_t length);
int mprotect(void *addr, size_t length, int prot);
int msync(void *addr, size_t length, int flags);
int madvise(void *addr, size_t length, int advice);
void *mremap(void *old, size_t old_size, size_t new_size, int flags, ...);

/* The pages of the program stay in memory: MCL_CURRENT those it has, MCL_FUTURE those to come. */
int mlockall(int flags);
int munlockall(void);

/* POSIX shared memory: files of /dev/shm. The name begins with a slash and has no other. */
int shm_open(const char *name, int flags, mode_t mode);
int shm_unlink(const char *name);

#endif
