/*
 * string.h - memory blocks and strings.
 *
 * As ISO C and POSIX have them, plus strlcpy, strlcat and strsep. The bodies are in lib/string.c,
 * which the kernel uses too, and lib/strings.c.
 */
#ifndef _STRING_H
#define _STRING_H

#include <stddef.h>

void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *s, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n);

size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t n);
char *strcat(char *to, const char *from);
char *strncat(char *to, const char *from, size_t n);
/* These end the result with a zero and return the length it would have without a limit. */
size_t strlcpy(char *to, const char *from, size_t size);
size_t strlcat(char *to, const char *from, size_t size);

int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t n);

char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *what);
char *strpbrk(const char *s, const char *any);
size_t strspn(const char *s, const char *set);
size_t strcspn(const char *s, const char *set);
char *strsep(char **sp, const char *delim);
char *strtok(char *s, const char *delim);
char *strtok_r(char *s, const char *delim, char **save);

/* Copies on the heap; NULL and ENOMEM if it is full. */
char *strdup(const char *s);
char *strndup(const char *s, size_t n);

/* The text for an errno value, and the name of a signal. Never NULL; not to be changed. */
const char *strerror(int error);
const char *strsignal(int sig);

#endif
