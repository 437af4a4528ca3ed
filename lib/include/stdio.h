/*
 * stdio.h - buffered files and formatted output.
 *
 * Formats: see lib/vsprintf.c (no floating point). stdin and stdout are buffered by line on a
 * terminal and by block otherwise; stderr not at all.
 */
#ifndef _STDIO_H
#define _STDIO_H

#include <stdarg.h>
#include <sys/types.h>

#define EOF		(-1)
#define BUFSIZ		1024
#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2
#define _IOFBF		0	/* by block */
#define _IOLBF		1	/* by line */
#define _IONBF		2	/* unbuffered */

typedef struct _FILE FILE;

extern FILE *stdin, *stdout, *stderr;

#define __printf_like(a, b)	__attribute__((format(printf, a, b)))

int printf(const char *fmt, ...) __printf_like(1, 2);
int fprintf(FILE *f, const char *fmt, ...) __printf_like(2, 3);
int dprintf(int fd, const char *fmt, ...) __printf_like(2, 3);
int sprintf(char *buf, const char *fmt, ...) __printf_like(2, 3);
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf_like(3, 4);
int vprintf(const char *fmt, va_list args);
int vfprintf(FILE *f, const char *fmt, va_list args);
int vdprintf(int fd, const char *fmt, va_list args);
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args);

/* mode: r, w, a, each with + for both directions, and e for O_CLOEXEC. NULL and errno. */
FILE *fopen(const char *path, const char *mode);
FILE *fdopen(int fd, const char *mode);
int fclose(FILE *f);
int fflush(FILE *f);	/* NULL: every open file */
int setvbuf(FILE *f, char *buf, int mode, size_t size);

size_t fread(void *p, size_t size, size_t n, FILE *f);
size_t fwrite(const void *p, size_t size, size_t n, FILE *f);
int fgetc(FILE *f);
int getc(FILE *f);
int getchar(void);
int ungetc(int c, FILE *f);	/* one character */
char *fgets(char *s, int size, FILE *f);
int fputc(int c, FILE *f);
int putc(int c, FILE *f);
int putchar(int c);
int fputs(const char *s, FILE *f);
int puts(const char *s);

int fseek(FILE *f, long offset, int whence);
long ftell(FILE *f);
void rewind(FILE *f);
int feof(FILE *f);
int ferror(FILE *f);
void clearerr(FILE *f);
int fileno(FILE *f);

/* Prints s, a colon and the text for errno on stderr. */
void perror(const char *s);

int remove(const char *path);
int rename(const char *from, const char *to);

/* A pipe to or from a command of /bin/sh; pclose returns its wait status. */
FILE *popen(const char *command, const char *mode);
int pclose(FILE *f);

#endif
