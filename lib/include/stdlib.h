/*
 * stdlib.h - memory, numbers, sorting, the end of the program.
 */
#ifndef _STDLIB_H
#define _STDLIB_H

#include <stddef.h>

#define EXIT_SUCCESS	0
#define EXIT_FAILURE	1
#define RAND_MAX	0x7fffffff

/* Memory of at least that many bytes, aligned to 16; NULL and ENOMEM. malloc(0) gives a block. */
void *malloc(size_t size);
void *calloc(size_t n, size_t size);
void *realloc(void *p, size_t size);
void free(void *p);

/*
 * Numbers out of text, leading blanks skipped. *end is set behind the last digit. Too large:
 * the largest value, and ERANGE. Base 0 knows 0x and a leading 0.
 */
long strtol(const char *s, char **end, int base);
unsigned long strtoul(const char *s, char **end, int base);
long long strtoll(const char *s, char **end, int base);
unsigned long long strtoull(const char *s, char **end, int base);
int atoi(const char *s);
long atol(const char *s);

int abs(int n);
long labs(long n);

/* A pseudo-random number, 0 to RAND_MAX; the same series for the same seed. */
int rand(void);
void srand(unsigned int seed);

/* Sorts n elements of `size` bytes in place; compare returns <0, 0, >0. */
void qsort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *));
/* Finds key in a sorted array, or returns NULL. */
void *bsearch(const void *key, const void *base, size_t n, size_t size,
	      int (*compare)(const void *, const void *));

/* The value of an environment variable, or NULL. */
char *getenv(const char *name);
int setenv(const char *name, const char *value, int overwrite);
int unsetenv(const char *name);

/* exit runs the atexit functions, last one first, and flushes stdio; _Exit does not. */
void exit(int status) __attribute__((noreturn));
void _Exit(int status) __attribute__((noreturn));
void abort(void) __attribute__((noreturn));
int atexit(void (*function)(void));

/* Runs a command in /bin/sh and returns its wait status. */
int system(const char *command);

/* Makes and opens a new file; the last six characters of the template must be XXXXXX. */
int mkstemp(char *template);

/* Pseudo-terminals: open /dev/ptmx, unlock and name the other end. */
int posix_openpt(int flags);
int grantpt(int fd);
int unlockpt(int fd);
char *ptsname(int fd);

void __assert_fail(const char *cond, const char *file, int line) __attribute__((noreturn));

#endif
