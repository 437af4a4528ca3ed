/*
 * User memory. Every access may fault: on a page that is not there yet (the
 * fault handler brings it in, the access goes on), or on a bad address. In
 * the second case the handler finds the instruction in the exception table and jumps to
 * its fix-up, which makes the call return -EFAULT or the bytes left over.
 *
 * All but copy_from_user_atomic() may sleep. The address is checked against the end of user
 * space, so a program cannot name kernel memory. Addresses need not be aligned.
 *
 * <asm/uaccess.h>, which includes this file, has what only the machine can do, unchecked:
 *
 *	__get_user_1(err, x, addr), _2, _4	load 1, 2 or 4 bytes into x, an unsigned long;
 *						if it faults: err = -EFAULT, x = 0
 *	__put_user_1(err, x, addr), _2, _4	store; if it faults: err = -EFAULT
 *	__copy_user(), __clear_user()		below
 *	__copy_user_string(to, from, max)	up to max bytes, and not beyond a NUL: how many of
 *						max were left over, or -1: it faulted
 */
#ifndef _ASM_GENERIC_UACCESS_H
#define _ASM_GENERIC_UACCESS_H

#include <linux/errno.h>
#include <linux/sched.h>
#include <asm/page.h>
#include <asm/system.h>

typedef unsigned long mm_segment_t;
#define USER_DS		TASK_SIZE	/* addresses below are allowed */
#define KERNEL_DS	0xFFFFFFFFUL
#define get_fs()	(current->thread.addr_limit)
/* With KERNEL_DS the calls below take kernel pointers; put the old value back soon. */
#define set_fs(limit)	(current->thread.addr_limit = (limit))

/* True when [addr, addr + size) lies in user space. */
static inline bool __access_ok(unsigned long addr, unsigned long size)
{
	unsigned long limit = get_fs();

	return size <= limit && addr <= limit - size;
}
#define access_ok(addr, size)	__builtin_expect(__access_ok((unsigned long)(addr), (size)), 1)

/* The bytes that could NOT be copied or cleared. Either side of a copy may be the user's. */
unsigned long __copy_user(void *to, const void *from, unsigned long n);
unsigned long __clear_user(void *to, unsigned long n);

/* ---- single values ---- */

/* x = *ptr for objects of 1, 2 or 4 bytes; 0 or -EFAULT (x is 0 then). */
#define get_user(x, ptr) ({						\
	_Static_assert(sizeof(*(ptr)) <= 4, "use copy_from_user");	\
	const __typeof__(*(ptr)) *_gp = (ptr);				\
	long _gerr = 0;							\
	if (!access_ok(_gp, sizeof(*_gp))) {				\
		_gerr = -EFAULT;					\
		(x) = (__typeof__(x))0;					\
	} else {							\
		_gerr = __get_user_size(x, _gp);			\
	}								\
	_gerr;								\
})

#define __get_user_size(x, p) ({					\
	long _e = 0;							\
	unsigned long _v;						\
	switch (sizeof(*(p))) {						\
	case 1: __get_user_1(_e, _v, p); break;				\
	case 2: __get_user_2(_e, _v, p); break;				\
	default: __get_user_4(_e, _v, p); break;			\
	}								\
	(x) = (__typeof__(*(p)))_v;					\
	_e;								\
})

/* *ptr = x for objects of 1, 2 or 4 bytes (8: copy_to_user); 0 or -EFAULT. */
#define put_user(x, ptr) ({						\
	__typeof__(*(ptr)) *_pp = (ptr);				\
	__typeof__(*(ptr)) _px = (x);					\
	long _perr = 0;							\
	if (!access_ok(_pp, sizeof(*_pp)))				\
		_perr = -EFAULT;					\
	else								\
		_perr = __put_user_size(_px, _pp);			\
	_perr;								\
})

#define __put_user_size(x, p) ({					\
	long _e = 0;							\
	switch (sizeof(*(p))) {						\
	case 1: __put_user_1(_e, (unsigned long)(x), p); break;		\
	case 2: __put_user_2(_e, (unsigned long)(x), p); break;		\
	case 4: __put_user_4(_e, (unsigned long)(x), p); break;		\
	default: if (__copy_user((void *)(p), &(x), sizeof(*(p)))) _e = -EFAULT; \
	}								\
	_e;								\
})

/* ---- bytes ---- */

/* Bytes that could NOT be copied: 0 is success. */
static inline unsigned long copy_to_user(void __user *to, const void *from, unsigned long n)
{
	return access_ok(to, n) ? __copy_user(to, from, n) : n;
}

/* Zeroes the end of a copy that could not be read. Returns left. */
unsigned long __clear_rest(void *to, unsigned long n, unsigned long left);

/* The same; what could not be read is zeroed in the kernel's buffer. */
static inline unsigned long copy_from_user(void *to, const void __user *from, unsigned long n)
{
	unsigned long left = access_ok(from, n) ? __copy_user(to, from, n) : n;

	return __builtin_expect(left, 0) ? __clear_rest(to, n, left) : 0;
}

/*
 * The same without zeroing and without sleeping, for who holds a lock that a fault needs: a page
 * that is not there ends the copy. handle_page_fault() serves no fault with interrupts off.
 */
static inline unsigned long copy_from_user_atomic(void *to, const void __user *from,
						  unsigned long n)
{
	unsigned long flags;

	if (!access_ok(from, n))
		return n;
	local_irq_save(flags);
	n = __copy_user(to, from, n);
	local_irq_restore(flags);
	return n;
}

static inline unsigned long clear_user(void __user *to, unsigned long n)
{
	return access_ok(to, n) ? __clear_user(to, n) : n;
}

/* ---- strings ---- */

/*
 * Copies a string of at most count bytes, NUL included if it fits. Length without the NUL,
 * `count` when it did not fit, or -EFAULT.
 */
long strncpy_from_user(char *to, const char __user *from, long count);
/* Length with the NUL; more than n: no NUL within n bytes; 0: bad address. */
long strnlen_user(const char __user *s, long n);

#endif
