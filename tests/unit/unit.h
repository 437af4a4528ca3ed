/*
 * For every unit test: CHECK, a repeatable source of random numbers, and the few functions of
 * the host's C library that a test needs. The sources under test see the kernel's own headers,
 * so nothing of the host's may be included beside them.
 */
#ifndef UNIT_H
#define UNIT_H

#include <stddef.h>

int host_printf(const char *fmt, ...) __asm__("printf");
int host_snprintf(char *buf, size_t size, const char *fmt, ...) __asm__("snprintf");
void *host_malloc(size_t size) __asm__("malloc");
void host_free(void *p) __asm__("free");
void host_exit(int status) __asm__("exit") __attribute__((noreturn));

/* Ends the test unless the condition holds. */
#define CHECK(cond, ...)						\
	do {								\
		if (!(cond)) {						\
			host_printf("%s:%d: %s is false  ", __FILE__, __LINE__, #cond); \
			host_printf("" __VA_ARGS__);			\
			host_printf("\n");				\
			host_exit(1);					\
		}							\
	} while (0)

/* Numbers below n, the same in every run. */
static inline unsigned int unit_random(unsigned int n)
{
	static unsigned int state = 2463534242u;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % n;
}

#endif
