/*
 * lib/dirent.c - reading directories.
 *
 * The kernel fills a buffer with records of varying length; readdir() hands them out in place,
 * since struct dirent has the kernel's layout (its d_name just runs on).
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

struct _DIR {
	int fd;
	int pos, end;			/* the records not yet handed out: buf[pos..end) */
	char buf[2048] __attribute__((aligned(8)));
};

ssize_t getdents64(int fd, void *buf, size_t size)
{
	return syscall(__NR_getdents64, fd, buf, size);
}

DIR *fdopendir(int fd)
{
	DIR *dir = malloc(sizeof(*dir));

	if (!dir)
		return NULL;
	dir->fd = fd;
	dir->pos = dir->end = 0;
	return dir;
}

DIR *opendir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (fd >= 0 && !dir)
		close(fd);
	return dir;
}

struct dirent *readdir(DIR *dir)
{
	struct dirent *entry;

	if (dir->pos == dir->end) {
		int n = getdents64(dir->fd, dir->buf, sizeof(dir->buf));

		if (n <= 0)
			return NULL;
		dir->pos = 0;
		dir->end = n;
	}
	entry = (struct dirent *)(dir->buf + dir->pos);
	dir->pos += entry->d_reclen;
	return entry;
}

void rewinddir(DIR *dir)
{
	lseek(dir->fd, 0, SEEK_SET);
	dir->pos = dir->end = 0;
}

int closedir(DIR *dir)
{
	int fd = dir->fd;

	free(dir);
	return close(fd);
}

int dirfd(DIR *dir)
{
	return dir->fd;
}
