/*
 * linux/string.h - memory and strings, for the kernel and for lib/ itself.
 *
 * The bodies are in lib/string.c. Copying and filling are the machine's: <asm/string.h> supplies
 * __memcpy() and __memset(), and may make macros of memcpy and memset. The out-of-line functions
 * exist in any case, for the compiler calls them by itself.
 *
 * None of these functions sleeps, and none of them may be given a pointer into user memory:
 * for that there are copy_from_user() and strncpy_from_user().
 */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/types.h>

/* Blocks of memory. The sizes are bytes. */

/* Copies n bytes between blocks that do not overlap; returns to. */
void *memcpy(void *to, const void *from, size_t n);
/* Copies n bytes between blocks that may overlap; returns to. */
void *memmove(void *to, const void *from, size_t n);
/* Sets n bytes to the low byte of c; returns s. */
void *memset(void *s, int c, size_t n);
/* Compares as unsigned bytes: <0, 0 or >0. */
int memcmp(const void *a, const void *b, size_t n);
/* The first byte c among n, or NULL. */
void *memchr(const void *s, int c, size_t n);

/* Lengths, without the ending zero. strnlen looks at max bytes at most. */
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);

/* Copies. strncpy pads with zeroes to n bytes, and does not end the string if it is too long. */
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t n);
/*
 * Append to the string at `to`, which must have room; strncat appends n characters at most, and
 * always ends the string. They return to.
 */
char *strcat(char *to, const char *from);
char *strncat(char *to, const char *from, size_t n);
/*
 * Copy and append into a buffer of size bytes; the result always ends with a zero (if size > 0).
 * They return the length the full result would have: >= size means it was cut.
 */
size_t strlcpy(char *to, const char *from, size_t size);
size_t strlcat(char *to, const char *from, size_t size);

/* Comparisons as unsigned bytes: <0, 0 or >0. The "case" ones take A-Z as a-z. */
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t n);

/* Searches: a pointer into s, or NULL. strchr(s, 0) finds the end. */
char *strchr(const char *s, int c);
/* The last place of c. */
char *strrchr(const char *s, int c);
/* The first place of the string `what`; s itself if that is empty. */
char *strstr(const char *s, const char *what);
/* The first character that is one of `any`. */
char *strpbrk(const char *s, const char *any);
/* How many leading characters of s are (strspn), or are not (strcspn), in set. */
size_t strspn(const char *s, const char *set);
size_t strcspn(const char *s, const char *set);

/*
 * Cut a string into words, in place. strsep: returns the word at *sp, ends it, moves *sp behind
 * it (NULL at the end); two delimiters in a row give an empty word. strtok_r skips empty words;
 * pass NULL as s to go on from *save.
 */
char *strsep(char **sp, const char *delim);
char *strtok_r(char *s, const char *delim, char **save);

#include <asm/string.h>

#endif
