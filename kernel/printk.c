/*
 * printk: the kernel's messages, kept in a ring and shown on the consoles.
 *
 * The ring holds whole lines, each with its level in front as in the format ("<6>text\n"), so that
 * dmesg and a console that registers late can sort them. log_end counts every character ever
 * put in; what is older than LOG_SIZE characters is gone.
 *
 * Messages come from interrupts as well: the ring is changed with interrupts masked, and the
 * consoles write by polling.
 */
#include <linux/sched.h>
#include <linux/console.h>
#include <linux/init.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/spinlock.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

#define LOG_SIZE		32768	/* a power of two */
#define LINE_MAX		1024	/* longest message, level included */
#define DEFAULT_LEVEL		'4'	/* of a message that names none */
#define CONSOLE_LOGLEVEL	7	/* messages of a smaller level are shown */
#define CONSOLE_LOGLEVEL_QUIET	4
#define CONSOLE_LOGLEVEL_MIN	1

static spinlock_t logbuf_lock = SPIN_LOCK_UNLOCKED;	/* the log, and the line being made */
static char log_buf[LOG_SIZE];
static unsigned long log_end;		/* characters put in since boot */
static unsigned long log_clear;		/* what `dmesg -c` has hidden */
static unsigned long log_read;		/* where syslog(2) reads on */
static bool at_line_start = true;
static int line_level;
static int console_loglevel = CONSOLE_LOGLEVEL;
static int saved_loglevel;		/* of `dmesg -D`; 0: none */
DECLARE_WAIT_QUEUE_HEAD(log_wait);

struct console *console_drivers;

static unsigned long log_start(void)
{
	return log_end > LOG_SIZE ? log_end - LOG_SIZE : 0;
}

static char log_char(unsigned long pos)
{
	return log_buf[pos % LOG_SIZE];
}

static void console_write(const char *s, unsigned int n, int level)
{
	struct console *con;

	if (level >= console_loglevel)
		return;
	for (con = console_drivers; con; con = con->next) {
		if (con->enabled)
			con->write(con, s, n);
	}
}

static void log_put(const char *s, unsigned int n)
{
	while (n--)
		log_buf[log_end++ % LOG_SIZE] = *s++;
}

/* Strips the level off a message; the rest of a line begun before keeps that line's. */
static const char *take_level(const char *s)
{
	if (s[0] == '<' && s[1] >= '0' && s[1] <= '7' && s[2] == '>') {
		line_level = s[1] - '0';
		return s + 3;
	}
	if (at_line_start)
		line_level = DEFAULT_LEVEL - '0';
	return s;
}

int vprintk(const char *fmt, va_list args)
{
	static char line[LINE_MAX];
	unsigned long flags;
	const char *s, *end;
	char prefix[3] = "<4>";
	int n;

	spin_lock_irqsave(&logbuf_lock, flags);
	n = vsnprintf(line, sizeof(line), fmt, args);
	s = take_level(line);
	while (*s) {
		end = strchr(s, '\n');
		end = end ? end + 1 : s + strlen(s);
		if (at_line_start) {
			prefix[1] = '0' + line_level;
			log_put(prefix, sizeof(prefix));
		}
		log_put(s, end - s);
		console_write(s, end - s, line_level);
		at_line_start = end[-1] == '\n';
		s = end;
	}
	if (waitqueue_active(&log_wait))
		wake_up_interruptible(&log_wait);
	spin_unlock_irqrestore(&logbuf_lock, flags);
	return n;
}

int printk(const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vprintk(fmt, args);
	va_end(args);
	return n;
}

int printk_ratelimit(unsigned long *last)
{
	unsigned long now = jiffies + HZ;	/* so that 0 means: never */

	if (*last && now - *last < HZ)
		return 0;
	*last = now;
	return 1;
}

void console_verbose(void)
{
	console_loglevel = CONSOLE_LOGLEVEL + 1;
}

/* Shows a new console what was said before it was there. */
static void replay_log(struct console *con)
{
	unsigned long pos = log_start(), start;
	char line[80];
	unsigned int n;
	int level;

	while (pos < log_end) {
		for (start = pos; pos < log_end && log_char(pos) != '\n'; pos++)
			;
		pos++;
		if (pos > log_end || log_char(start) != '<')
			continue;
		level = log_char(start + 1) - '0';
		if (level >= console_loglevel)
			continue;
		start += 3;
		while (start < pos) {
			for (n = 0; n < sizeof(line) && start < pos; n++)
				line[n] = log_char(start++);
			con->write(con, line, n);
		}
	}
}

void register_console(struct console *con)
{
	struct console **link = &console_drivers;

	while (*link)
		link = &(*link)->next;
	con->next = NULL;
	con->enabled = true;
	if (con->write)
		replay_log(con);
	else
		con->enabled = false;
	*link = con;
}

static void quiet_setup(char *value)
{
	(void)value;
	console_loglevel = CONSOLE_LOGLEVEL_QUIET;
}
__setup("quiet", quiet_setup);

static void loglevel_setup(char *value)
{
	console_loglevel = simple_strtol(value, NULL, 0);
}
__setup("loglevel=", loglevel_setup);

/* ---- reading the log: syslog(2), /dev/kmsg ---- */

/* Copies what stands at *pos, at most len characters; *pos moves on. 0: nothing new. */
static long read_log(unsigned long *pos, char __user *buf, unsigned long len)
{
	unsigned long done = 0, n;

	if (*pos < log_start())
		*pos = log_start();
	while (done < len && *pos < log_end) {
		n = LOG_SIZE - *pos % LOG_SIZE;
		n = min(n, min(len - done, log_end - *pos));
		if (copy_to_user(buf + done, log_buf + *pos % LOG_SIZE, n))
			return -EFAULT;
		done += n;
		*pos += n;
	}
	return done;
}

long kmsg_read(unsigned long *pos, char __user *buf, unsigned long len, bool nonblock)
{
	int err;

	if (*pos >= log_end) {
		if (nonblock)
			return -EAGAIN;
		err = wait_event_interruptible(log_wait, *pos < log_end);
		if (err)
			return err;
	}
	return read_log(pos, buf, len);
}

bool kmsg_pending(unsigned long pos)
{
	return pos < log_end;
}

/* Actions of syslog(2); libc calls it klogctl(). */
enum {
	SYSLOG_CLOSE, SYSLOG_OPEN, SYSLOG_READ, SYSLOG_READ_ALL, SYSLOG_READ_CLEAR, SYSLOG_CLEAR,
	SYSLOG_CONSOLE_OFF, SYSLOG_CONSOLE_ON, SYSLOG_CONSOLE_LEVEL, SYSLOG_UNREAD,
	SYSLOG_SIZE_BUFFER
};

/* The last len characters since the log was cleared, from the beginning of a line. */
static long read_all(char __user *buf, unsigned long len)
{
	unsigned long pos = max(log_clear, log_start());

	if (log_end - pos > len) {
		pos = log_end - len;
		while (pos < log_end && log_char(pos) != '\n')
			pos++;
		pos++;
	}
	return read_log(&pos, buf, len);
}

static void set_console_level(int level)
{
	console_loglevel = level < CONSOLE_LOGLEVEL_MIN ? CONSOLE_LOGLEVEL_MIN : level;
	saved_loglevel = 0;
}

long sys_syslog(int action, char __user *buf, int len)
{
	long n;

	if (action != SYSLOG_READ_ALL && action != SYSLOG_SIZE_BUFFER && !capable_root())
		return -EPERM;
	if (action >= SYSLOG_READ && action <= SYSLOG_READ_CLEAR && (!buf || len < 0))
		return -EINVAL;
	switch (action) {
	case SYSLOG_CLOSE:
	case SYSLOG_OPEN:
		return 0;
	case SYSLOG_READ:
		return len ? kmsg_read(&log_read, buf, len, false) : 0;
	case SYSLOG_READ_ALL:
		return read_all(buf, len);
	case SYSLOG_READ_CLEAR:
		n = read_all(buf, len);
		log_clear = log_end;
		return n;
	case SYSLOG_CLEAR:
		log_clear = log_end;
		return 0;
	case SYSLOG_CONSOLE_OFF:
		if (!saved_loglevel)
			saved_loglevel = console_loglevel;
		console_loglevel = CONSOLE_LOGLEVEL_MIN;
		return 0;
	case SYSLOG_CONSOLE_ON:
		if (saved_loglevel)
			set_console_level(saved_loglevel);
		return 0;
	case SYSLOG_CONSOLE_LEVEL:
		if (len < 1 || len > 8)
			return -EINVAL;
		set_console_level(len);
		return 0;
	case SYSLOG_UNREAD:
		return log_end - max(log_read, log_start());
	case SYSLOG_SIZE_BUFFER:
		return LOG_SIZE;
	}
	return -EINVAL;
}
