/*
 * lib/mman.c - the system calls on memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE_SIZE	4096

/* The kernel takes the offset in units of 4096 bytes, whatever its page size. */
void *mmap(void *addr, size_t length, int prot, int flags, int fd, off_t offset)
{
	if (offset & (PAGE_SIZE - 1)) {
		errno = EINVAL;
		return MAP_FAILED;
	}
	return (void *)syscall(__NR_mmap2, addr, length, prot, flags, fd,
			       (long)(offset / PAGE_SIZE));
}

int munmap(void *addr, size_t length)
{
	return syscall(__NR_munmap, addr, length);
}

int mlockall(int flags)
{
	return syscall(__NR_mlockall, flags);
}

int munlockall(void)
{
	return syscall(__NR_munlockall);
}

int mprotect(void *addr, size_t length, int prot)
{
	return syscall(__NR_mprotect, addr, length, prot);
}

int msync(void *addr, size_t length, int flags)
{
	return syscall(__NR_msync, addr, length, flags);
}

int madvise(void *addr, size_t length, int advice)
{
	return syscall(__NR_madvise, addr, length, advice);
}

void *mremap(void *old, size_t old_size, size_t new_size, int flags, ...)
{
	va_list args;
	void *to;

	va_start(args, flags);
	to = va_arg(args, void *);
	va_end(args);
	return (void *)syscall(__NR_mremap, old, old_size, new_size, flags, to);
}

/* ---- POSIX shared memory ---- */

#define SHM_DIR	"/dev/shm/"

/* The path of an object into buf, which has room for it. 0, or -1 and errno. */
static int shm_path(const char *name, char *buf)
{
	size_t len;

	while (*name == '/')
		name++;
	len = strlen(name);
	if (!len || strchr(name, '/') || !strcmp(name, ".") || !strcmp(name, "..")) {
		errno = EINVAL;
		return -1;
	}
	if (len > NAME_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(buf, SHM_DIR, sizeof(SHM_DIR) - 1);
	memcpy(buf + sizeof(SHM_DIR) - 1, name, len + 1);
	return 0;
}

int shm_open(const char *name, int flags, mode_t mode)
{
	char path[sizeof(SHM_DIR) + NAME_MAX];

	if (shm_path(name, path))
		return -1;
	return open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode);
}

int shm_unlink(const char *name)
{
	char path[sizeof(SHM_DIR) + NAME_MAX];

	if (shm_path(name, path))
		return -1;
	if (!unlink(path))
		return 0;
	if (errno == EPERM)
		errno = EACCES; /* what POSIX calls somebody else's file in a sticky directory */
	return -1;
}

/* ---- the heap ---- */

/* The kernel never fails brk: it returns where the end now is, moved or not. */
int brk(void *end)
{
	if ((void *)syscall(__NR_brk, end) != end) {
		errno = ENOMEM;
		return -1;
	}
	return 0;
}

void *sbrk(long by)
{
	char *old = (char *)syscall(__NR_brk, 0);

	if (by && brk(old + by))
		return (void *)-1;
	return old;
}

int getpagesize(void)
{
	return PAGE_SIZE;
}
