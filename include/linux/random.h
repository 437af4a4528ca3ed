/*
 * Random numbers: /dev/random, /dev/urandom, getrandom(2), and the kernel's own.
 */
#ifndef _LINUX_RANDOM_H
#define _LINUX_RANDOM_H

#include <linux/types.h>

/* Fills buf with n random bytes; any context, never sleeps. */
void get_random_bytes(void *buf, size_t n);
/* Stirs the time of an event, and a number with it, into the pool. Cheap; interrupt-safe. */
void add_interrupt_randomness(u32 value);

#endif
