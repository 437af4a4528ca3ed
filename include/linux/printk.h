/*
 * The message log beyond printk() itself: kernel/printk.c. For panic and for /dev/kmsg.
 */
#ifndef _LINUX_PRINTK_H
#define _LINUX_PRINTK_H

#include <linux/types.h>
#include <linux/wait.h>

/* From now on every message is shown, `quiet` or not: the machine is in trouble. */
void console_verbose(void);

/*
 * /dev/kmsg: reads the log from *pos (a count of characters since boot; 0 begins with the oldest
 * kept) and moves it on. Waits for a message unless nonblock. Bytes, or -EAGAIN,
 * -ERESTARTSYS, -EFAULT.
 */
long kmsg_read(unsigned long *pos, char __user *buf, unsigned long len, bool nonblock);
bool kmsg_pending(unsigned long pos);	/* is there something behind pos? */
extern wait_queue_head_t log_wait;	/* woken by each message, for poll() */

#endif
