/*
 * lib/mman.c - the system calls on memory.
 */
#include <errno.h>
#include <stdarg.h>
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
