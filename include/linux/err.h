/*
 * Errors carried in pointers: the last page of the address space is never an
 * object, so a pointer into it is a negated errno.
 */
#ifndef _LINUX_ERR_H
#define _LINUX_ERR_H

#include <linux/errno.h>

#define MAX_ERRNO	4095

#define IS_ERR_VALUE(x)	((unsigned long)(x) >= (unsigned long)-MAX_ERRNO)

/* A negative errno value as a pointer. */
static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

/* The errno value of such a pointer. */
static inline long PTR_ERR(const void *ptr)
{
	return (long)ptr;
}

/* Is the pointer an error? NULL is not. */
static inline int IS_ERR(const void *ptr)
{
	return IS_ERR_VALUE(ptr);
}

#endif
