/*
 * lib/stdio.c - buffered files.
 *
 * A FILE is at any moment idle, reading or writing. Reading: buf[pos..end) is what was read from
 * the kernel and not yet handed out. Writing: buf[0..pos) is what was handed in and not yet
 * written. Changing the direction goes through idle: written data is flushed, and the offset is
 * moved back over what was read ahead.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "libc.h"

enum { IDLE, READING, WRITING };

struct _FILE {
	int fd;
	int state;
	int mode;		/* _IOFBF, _IOLBF, _IONBF */
	int mode_known;		/* false: decide at the first use, by isatty() */
	int eof, error;
	size_t pos, end, size;
	char *buf;
	char *own_buf;		/* to be freed */
	char tiny[1];		/* the buffer of an unbuffered file */
	pid_t child;		/* popen's */
	struct _FILE *next;	/* list of all open files */
};

static FILE std[3] = {
	{ .fd = 0, .next = &std[1] },
	{ .fd = 1, .next = &std[2] },
	{ .fd = 2, .mode = _IONBF, .mode_known = 1 },
};
static FILE *all = &std[0];

FILE *stdin = &std[0], *stdout = &std[1], *stderr = &std[2];

static void flush_all(void)
{
	fflush(NULL);
}

/* Gets the buffer at the first use; without memory the file goes unbuffered. */
static void prepare(FILE *f)
{
	__stdio_flush = flush_all;
	if (f->buf)
		return;
	if (!f->mode_known) {
		int saved = errno;

		f->mode = isatty(f->fd) ? _IOLBF : _IOFBF;
		f->mode_known = 1;
		errno = saved;
	}
	if (f->mode != _IONBF)
		f->buf = f->own_buf = malloc(BUFSIZ);
	f->size = BUFSIZ;
	if (!f->buf) {
		f->buf = f->tiny;
		f->size = sizeof(f->tiny);
	}
}

/* write(2) until everything is written. */
static int write_out(FILE *f, const char *p, size_t n)
{
	while (n) {
		ssize_t did = write(f->fd, p, n);

		if (did < 0) {
			if (errno == EINTR)
				continue;
			f->error = 1;
			return EOF;
		}
		p += did;
		n -= did;
	}
	return 0;
}

/* Makes the file idle: its offset in the kernel is then the one the program sees. */
static int settle(FILE *f)
{
	int result = 0;

	if (f->state == WRITING)
		result = write_out(f, f->buf, f->pos);
	else if (f->state == READING && f->pos < f->end)
		lseek(f->fd, -(off_t)(f->end - f->pos), SEEK_CUR);
	f->state = IDLE;
	f->pos = f->end = 0;
	return result;
}

int fflush(FILE *f)
{
	int result = 0;

	if (f)
		return f->state == WRITING ? settle(f) : 0;
	for (f = all; f; f = f->next)
		if (f->state == WRITING && settle(f))
			result = EOF;
	return result;
}

int setvbuf(FILE *f, char *buf, int mode, size_t size)
{
	settle(f);
	free(f->own_buf);
	f->own_buf = NULL;
	f->buf = mode == _IONBF ? NULL : buf;
	f->size = size;
	f->mode = mode;
	f->mode_known = 1;
	return 0;
}

static int parse_mode(const char *mode)
{
	int flags;

	switch (*mode) {
	case 'r':
		flags = O_RDONLY;
		break;
	case 'w':
		flags = O_WRONLY | O_CREAT | O_TRUNC;
		break;
	case 'a':
		flags = O_WRONLY | O_CREAT | O_APPEND;
		break;
	default:
		errno = EINVAL;
		return -1;
	}
	if (strchr(mode, '+'))
		flags = (flags & ~O_ACCMODE) | O_RDWR;
	if (strchr(mode, 'e'))
		flags |= O_CLOEXEC;
	return flags;
}

FILE *fdopen(int fd, const char *mode)
{
	FILE *f;

	if (parse_mode(mode) < 0)
		return NULL;
	f = calloc(1, sizeof(*f));
	if (!f)
		return NULL;
	f->fd = fd;
	f->next = all;
	all = f;
	return f;
}

FILE *fopen(const char *path, const char *mode)
{
	int flags = parse_mode(mode);
	int fd = flags < 0 ? -1 : open(path, flags, 0666);
	FILE *f = fd < 0 ? NULL : fdopen(fd, mode);

	if (fd >= 0 && !f)
		close(fd);
	return f;
}

int fclose(FILE *f)
{
	int result = settle(f);
	FILE **p;

	for (p = &all; *p && *p != f; p = &(*p)->next)
		;
	if (*p)
		*p = f->next;
	if (close(f->fd))
		result = EOF;
	free(f->own_buf);
	if (f < std || f >= std + 3)
		free(f);
	return result;
}

/* Reads the next bufferful. EOF at the end or on an error. */
static int fill(FILE *f)
{
	ssize_t n;

	if (f->state == WRITING && settle(f))
		return EOF;
	prepare(f);
	if (f == stdin)
		fflush(stdout);		/* the question before the answer */
	do
		n = read(f->fd, f->buf, f->size);
	while (n < 0 && errno == EINTR);
	f->state = READING;
	f->pos = 0;
	f->end = n > 0 ? n : 0;
	if (n == 0)
		f->eof = 1;
	else if (n < 0)
		f->error = 1;
	return n > 0 ? 0 : EOF;
}

int fgetc(FILE *f)
{
	if ((f->state != READING || f->pos == f->end) && fill(f))
		return EOF;
	return (unsigned char)f->buf[f->pos++];
}

int ungetc(int c, FILE *f)
{
	if (c == EOF || f->state != READING || f->pos == 0)
		return EOF;
	f->eof = 0;
	return (unsigned char)(f->buf[--f->pos] = c);
}

size_t fread(void *p, size_t size, size_t n, FILE *f)
{
	size_t total = size * n, left = total;
	char *to = p;

	while (left) {
		size_t have;

		if ((f->state != READING || f->pos == f->end) && fill(f))
			break;
		have = f->end - f->pos;
		if (have > left)
			have = left;
		memcpy(to, f->buf + f->pos, have);
		f->pos += have;
		to += have;
		left -= have;
	}
	return size ? (total - left) / size : 0;
}

char *fgets(char *s, int size, FILE *f)
{
	int n = 0, c = 0;

	while (n < size - 1 && c != '\n' && (c = fgetc(f)) != EOF)
		s[n++] = c;
	if (n == 0)
		return NULL;
	s[n] = 0;
	return s;
}

size_t fwrite(const void *p, size_t size, size_t n, FILE *f)
{
	size_t total = size * n, left = total;
	const char *from = p;

	if (f->state == READING)
		settle(f);
	prepare(f);
	f->state = WRITING;
	while (left) {
		size_t room = f->size - f->pos;

		if (f->pos == 0 && left >= f->size) {
			if (write_out(f, from, left))
				return 0;
			return n;
		}
		if (room > left)
			room = left;
		memcpy(f->buf + f->pos, from, room);
		f->pos += room;
		from += room;
		left -= room;
		if (f->pos == f->size && fflush(f))
			return 0;
		f->state = WRITING;
	}
	if (f->mode == _IOLBF && memchr(p, '\n', total) && fflush(f))
		return 0;
	return n;
}

int fputc(int c, FILE *f)
{
	char byte = c;

	return fwrite(&byte, 1, 1, f) == 1 ? (unsigned char)byte : EOF;
}

int fputs(const char *s, FILE *f)
{
	size_t n = strlen(s);

	return fwrite(s, 1, n, f) == n ? 0 : EOF;
}

int fseek(FILE *f, long offset, int whence)
{
	if (settle(f))
		return -1;
	f->eof = 0;
	return lseek(f->fd, offset, whence) < 0 ? -1 : 0;
}

long ftell(FILE *f)
{
	off_t at = lseek(f->fd, 0, SEEK_CUR);

	if (at < 0)
		return -1;
	if (f->state == WRITING)
		return at + f->pos;
	return at - (f->end - f->pos);
}

void rewind(FILE *f)
{
	fseek(f, 0, SEEK_SET);
	f->error = 0;
}

int feof(FILE *f)
{
	return f->eof;
}

int ferror(FILE *f)
{
	return f->error;
}

void clearerr(FILE *f)
{
	f->eof = f->error = 0;
}

int fileno(FILE *f)
{
	return f->fd;
}

FILE *popen(const char *command, const char *mode)
{
	int fds[2], writing = *mode == 'w';
	FILE *f = NULL;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return NULL;
	pid = fork();
	if (pid == 0) {
		dup2(fds[!writing], !writing);
		execl("/bin/sh", "sh", "-c", command, NULL);
		_exit(127);
	}
	close(fds[!writing]);
	if (pid > 0)
		f = fdopen(fds[writing], mode);
	if (!f)
		close(fds[writing]);
	else
		f->child = pid;
	return f;
}

int pclose(FILE *f)
{
	pid_t pid = f->child;
	int status;

	fclose(f);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}
