/* dirent.h - reading directories. */
#ifndef _DIRENT_H
#define _DIRENT_H

#include <sys/types.h>
#include <uapi/linux/dirent.h>

struct dirent {
	ino_t d_ino;
	off_t d_off;
	unsigned short d_reclen;
	unsigned char d_type;		/* DT_... */
	char d_name[256];
};

typedef struct _DIR DIR;

DIR *opendir(const char *path);		/* NULL and errno */
DIR *fdopendir(int fd);
struct dirent *readdir(DIR *dir);	/* NULL at the end; valid until the next call */
void rewinddir(DIR *dir);
int closedir(DIR *dir);
int dirfd(DIR *dir);

/* The system call itself: fills buf with records, returns the bytes, 0 at the end. */
ssize_t getdents64(int fd, void *buf, size_t size);

#endif
