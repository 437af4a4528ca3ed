/*
 * What every kernel file may use: printk, panic, BUG, limits, small helpers.
 */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <stdarg.h>
#include <linux/types.h>
#include <linux/errno.h>

#define INT_MAX		((int)(~0U >> 1))
#define LONG_MAX	((long)(~0UL >> 1))
#define ULONG_MAX	(~0UL)

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define ALIGN(x, a)	(((x) + (a) - 1) & ~((__typeof__(x))(a) - 1))
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))

#define min(a, b) ({ __typeof__(a) _a = (a); __typeof__(b) _b = (b); _a < _b ? _a : _b; })
#define max(a, b) ({ __typeof__(a) _a = (a); __typeof__(b) _b = (b); _a > _b ? _a : _b; })
#define min_t(t, a, b) ({ t _a = (a); t _b = (b); _a < _b ? _a : _b; })
#define max_t(t, a, b) ({ t _a = (a); t _b = (b); _a > _b ? _a : _b; })

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)

#define __printf(a, b)	__attribute__((format(printf, a, b)))
#define __noreturn	__attribute__((noreturn))
#define __aligned(n)	__attribute__((aligned(n)))
#define __packed	__attribute__((packed))
#define __must_check	__attribute__((warn_unused_result))
#define __unused	__attribute__((unused))
#define noinline	__attribute__((noinline))

#define READ_ONCE(x)	(*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))

/* Message levels: the first characters of a printk format. */
#define KERN_EMERG	"<0>"	/* the system is unusable */
#define KERN_ALERT	"<1>"
#define KERN_CRIT	"<2>"
#define KERN_ERR	"<3>"	/* something failed */
#define KERN_WARNING	"<4>"
#define KERN_NOTICE	"<5>"
#define KERN_INFO	"<6>"	/* what the boot log tells */
#define KERN_DEBUG	"<7>"

/*
 * Puts a line into the log and on every registered console. Never sleeps and
 * may be called from interrupts. Returns the number of characters.
 */
int printk(const char *fmt, ...) __printf(1, 2);
/* The same with the arguments as a list. */
int vprintk(const char *fmt, va_list args);

/* Prints once per call site per second at most: for what a program or a disk can trigger. */
#define printk_ratelimited(fmt, ...) ({					\
	static unsigned long _last;					\
	if (printk_ratelimit(&_last))					\
		printk(fmt, ##__VA_ARGS__);				\
})
/* True when a second has passed since the last time it was, which *last holds in jiffies. */
int printk_ratelimit(unsigned long *last);

/* Prints the message and a call trace, flushes nothing, stops (or reboots, see panic=). */
void panic(const char *fmt, ...) __printf(1, 2) __noreturn;

/*
 * An invariant of the kernel itself is broken. In a task the task is killed
 * after an oops; in an interrupt, or in task 0 or 1, it is a panic.
 */
void __bug(const char *file, int line) __noreturn;
#define BUG()		__bug(__FILE__, __LINE__)
#define BUG_ON(cond)	do { if (unlikely(cond)) BUG(); } while (0)

/*
 * Formats into buf and ends it with a zero; returns the length without that. snprintf() writes at
 * most `size` bytes, the zero among them, and returns the length the full text would have. Any
 * context.
 */
int sprintf(char *buf, const char *fmt, ...) __printf(2, 3);
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
/* The same, but returns what really stands in buf: 0 to size - 1. */
int scnprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
/* snprintf() with the arguments as a list. */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args);

/*
 * The number at s (base 0: 0x is 16, 0 is 8, else 10); *end, if end is not NULL, points behind it.
 * What is too large wraps.
 */
unsigned long simple_strtoul(const char *s, char **end, unsigned int base);
long simple_strtol(const char *s, char **end, unsigned int base);
unsigned long long simple_strtoull(const char *s, char **end, unsigned int base);

/* A size with an optional K, M or G behind it; *end points behind it. */
unsigned long long memparse(const char *s, char **end);

/* True when `debug=` on the command line names `what`, e.g. "syscall". */
bool debug_enabled(const char *what);

/* Section boundaries, from kernel.lds. */
extern char _text[], _etext[], _sdata[], _edata[], __bss_start[], __bss_stop[], _end[];
extern char __init_begin[], __init_end[];

#endif
