/*
 * What a piece of the kernel finds around it in a unit test: one task, printk on standard
 * output, panic and BUG that end the test, and a memory manager without anything to reclaim.
 */
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/swap.h>
#include "unit.h"

int host_vprintf(const char *fmt, va_list args) __asm__("vprintf");
void host_abort(void) __asm__("abort") __attribute__((noreturn));

struct task_struct unit_task;
/* A test may look whether something was killed for want of memory. */
int unit_oom_kills;

int printk(const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = host_vprintf(fmt, args);
	va_end(args);
	return n;
}

int printk_ratelimit(unsigned long *last)
{
	(void)last;
	return 0;
}

void panic(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	host_vprintf(fmt, args);
	va_end(args);
	host_abort();
}

void __bug(const char *file, int line)
{
	host_printf("BUG at %s:%d\n", file, line);
	host_abort();
}

__attribute__((weak)) unsigned long try_to_free_pages(gfp_t gfp, unsigned int order)
{
	(void)gfp;
	(void)order;
	return 0;
}

__attribute__((weak)) bool out_of_memory(gfp_t gfp, unsigned int order)
{
	(void)gfp;
	(void)order;
	unit_oom_kills++;
	return false;
}

__attribute__((weak)) bool reclaim_is_futile(void)
{
	return false;
}

__attribute__((weak)) void wakeup_kswapd(void)
{
}

__attribute__((weak)) long schedule_timeout_uninterruptible(long timeout)
{
	return timeout;
}
