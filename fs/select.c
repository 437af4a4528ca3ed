/*
 * poll(2), select(2) and their relatives: waiting for many files at once.
 *
 * One round asks every file's poll() what is ready. During the first round each poll() calls
 * poll_wait() for the queues it would wake, and the task joins them; then it sleeps, and asks again
 * when woken. The task sets its state before it asks, so a wake-up between the question and the
 * sleep is not lost.
 *
 * A deadline is a time since boot in ns; NO_WAIT and FOREVER are its two ends. What select() and
 * ppoll() did not use up goes back to the program. Interrupted by a signal without a handler,
 * poll() goes on until the same deadline, by way of restart_syscall().
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <asm/uaccess.h>

#define NO_WAIT		0ULL
#define FOREVER		(~0ULL)

/* ---- the queues a task waits on ---- */

struct poll_entry {
	wait_queue_t wait;
	wait_queue_head_t *queue;
	struct file *file;		/* referenced: the queue lives as long */
};

struct poll_page {
	struct poll_page *next;
	unsigned int used;
	struct poll_entry entry[];
};
#define ENTRIES_PER_PAGE ((PAGE_SIZE - sizeof(struct poll_page)) / sizeof(struct poll_entry))
#define FAST_ENTRIES	6

struct poll_table_struct {
	int error;			/* -ENOMEM: a queue could not be joined */
	unsigned int used;
	struct poll_page *pages;	/* when the fast entries are taken */
	struct poll_entry fast[FAST_ENTRIES];
};

static void poll_initwait(struct poll_table_struct *table)
{
	table->error = 0;
	table->used = 0;
	table->pages = NULL;
}

static struct poll_entry *new_poll_entry(struct poll_table_struct *table)
{
	struct poll_page *page = table->pages;

	if (table->used < FAST_ENTRIES)
		return &table->fast[table->used++];
	if (!page || page->used == ENTRIES_PER_PAGE) {
		page = (struct poll_page *)__get_free_page(GFP_KERNEL);
		if (!page) {
			table->error = -ENOMEM;
			return NULL;
		}
		/* The allocation may have slept, and so have become runnable. */
		set_current_state(TASK_INTERRUPTIBLE);
		page->used = 0;
		page->next = table->pages;
		table->pages = page;
	}
	return &page->entry[page->used++];
}

void poll_wait(struct file *file, wait_queue_head_t *q, struct poll_table_struct *table)
{
	struct poll_entry *entry;

	if (!table || !q)
		return;
	entry = new_poll_entry(table);
	if (!entry)
		return;
	file->f_count++;
	entry->file = file;
	entry->queue = q;
	entry->wait.task = current;
	entry->wait.exclusive = false;
	add_wait_queue(q, &entry->wait);
}

static void free_entries(struct poll_entry *entry, unsigned int count)
{
	while (count--) {
		remove_wait_queue(entry[count].queue, &entry[count].wait);
		fput(entry[count].file);
	}
}

static void poll_freewait(struct poll_table_struct *table)
{
	free_entries(table->fast, table->used);
	while (table->pages) {
		struct poll_page *page = table->pages;

		table->pages = page->next;
		free_entries(page->entry, page->used);
		free_page((unsigned long)page);
	}
}

/* ---- deadlines ---- */

static u64 deadline_in(u64 ns)
{
	return ns ? ktime_get() + ns : NO_WAIT;
}

static u64 time_left(u64 deadline)
{
	u64 now;

	if (deadline == NO_WAIT)
		return 0;
	now = ktime_get();
	return deadline > now ? deadline - now : 0;
}

/* Sleeps until woken or the deadline. False: it has passed. */
static bool sleep_until(u64 deadline)
{
	u64 left;

	if (deadline == FOREVER) {
		schedule();
		return true;
	}
	left = time_left(deadline);
	if (!left)
		return false;
	schedule_timeout(ns_to_jiffies(left));
	return true;
}

/* ---- poll ---- */

static unsigned int file_poll(struct file *file, struct poll_table_struct *wait)
{
	return file->f_op->poll ? file->f_op->poll(file, wait) : DEFAULT_POLLMASK;
}

static int poll_round(struct pollfd *fds, unsigned int nfds, struct poll_table_struct *wait)
{
	unsigned int i, mask;
	int ready = 0;

	for (i = 0; i < nfds; i++) {
		struct file *file;

		fds[i].revents = 0;
		if (fds[i].fd < 0)
			continue;
		file = fget(fds[i].fd);
		if (!file || (file->f_flags & O_PATH)) {
			mask = POLLNVAL;
		} else {
			mask = file_poll(file, wait);
			mask &= fds[i].events | POLLERR | POLLHUP;
		}
		if (file)
			fput(file);
		if (mask) {
			fds[i].revents = mask;
			ready++;
			wait = NULL;	/* we shall not sleep */
		}
	}
	return ready;
}

/* The number of ready files, 0 at the deadline, -EINTR, -ENOMEM. */
static int do_poll(struct pollfd *fds, unsigned int nfds, u64 deadline)
{
	struct poll_table_struct table, *wait = deadline == NO_WAIT ? NULL : &table;
	int ready;

	poll_initwait(&table);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		ready = poll_round(fds, nfds, wait);
		wait = NULL;
		if (ready)
			break;
		ready = table.error;
		if (ready || deadline == NO_WAIT)
			break;
		if (signal_pending(current)) {
			ready = -EINTR;
			break;
		}
		if (!sleep_until(deadline))
			deadline = NO_WAIT;	/* one last look */
	}
	set_current_state(TASK_RUNNING);
	poll_freewait(&table);
	return ready;
}

#define FAST_POLLFDS	16

static long do_sys_poll(struct pollfd __user *ufds, unsigned int nfds, u64 deadline)
{
	struct pollfd fast[FAST_POLLFDS], *fds = fast;
	unsigned int i;
	long ret;

	if (nfds > rlimit(RLIMIT_NOFILE) || nfds > NR_OPEN)
		return -EINVAL;
	if (nfds > FAST_POLLFDS) {
		fds = kmalloc(nfds * sizeof(*fds), GFP_KERNEL);
		if (!fds)
			return -ENOMEM;
	}
	ret = -EFAULT;
	if (copy_from_user(fds, ufds, nfds * sizeof(*fds)))
		goto out;
	ret = do_poll(fds, nfds, deadline);
	if (ret < 0)
		goto out;
	for (i = 0; i < nfds; i++)
		if (put_user(fds[i].revents, &ufds[i].revents))
			ret = -EFAULT;
out:
	if (fds != fast)
		kfree(fds);
	return ret;
}

static long poll_restart(struct restart_block *restart)
{
	long ret = do_sys_poll((struct pollfd __user *)restart->arg[0], restart->arg[1],
			       restart->expires);

	return ret == -EINTR ? -ERESTART_RESTARTBLOCK : ret;
}

long sys_poll(struct pollfd __user *fds, unsigned int nfds, int timeout_ms)
{
	struct restart_block *restart = &current->restart;
	u64 deadline = FOREVER;
	long ret;

	if (timeout_ms >= 0)
		deadline = deadline_in((u64)timeout_ms * 1000000);
	ret = do_sys_poll(fds, nfds, deadline);
	if (ret != -EINTR)
		return ret;
	restart->fn = poll_restart;
	restart->arg[0] = (unsigned long)fds;
	restart->arg[1] = nfds;
	restart->expires = deadline;
	return -ERESTART_RESTARTBLOCK;
}

/* ---- time-outs in the program's memory ---- */

enum timeout_type { TIMEVAL, TIMESPEC, TIMESPEC64 };

/* The deadline a time-out at `user` means; FOREVER for NULL. 0, -EFAULT, -EINVAL. */
static int get_timeout(const void __user *user, enum timeout_type type, u64 *deadline)
{
	union {
		struct timeval tv;
		struct timespec ts;
		struct timespec64 ts64;
	} t;
	static const unsigned char size[] = { sizeof(t.tv), sizeof(t.ts), sizeof(t.ts64) };
	u64 ns;
	int err = 0;

	*deadline = FOREVER;
	if (!user)
		return 0;
	if (copy_from_user(&t, user, size[type]))
		return -EFAULT;
	if (type == TIMESPEC64) {
		if (t.ts64.tv_sec < 0 || t.ts64.tv_nsec < 0 || t.ts64.tv_nsec >= 1000000000)
			return -EINVAL;
		if (t.ts64.tv_sec > LONG_MAX)
			return 0;
		ns = (u64)t.ts64.tv_sec * NSEC_PER_SEC + t.ts64.tv_nsec;
	} else if (type == TIMESPEC) {
		err = timespec_to_ns(&t.ts, &ns);
	} else {
		/* Old programs pass more than a million microseconds. */
		if (t.tv.tv_sec < 0 || t.tv.tv_usec < 0)
			return -EINVAL;
		ns = (u64)t.tv.tv_sec * NSEC_PER_SEC + (u64)t.tv.tv_usec * NSEC_PER_USEC;
	}
	if (!err)
		*deadline = deadline_in(ns);
	return err;
}

/*
 * What is left goes back; a program whose time-out lies in read-only memory just does not
 * get it.
 */
static void put_timeout(void __user *user, enum timeout_type type, u64 deadline)
{
	struct timespec ts;
	struct timespec64 ts64;
	struct timeval tv;
	unsigned long left;

	if (!user)
		return;
	ns_to_timespec(time_left(deadline), &ts);
	switch (type) {
	case TIMEVAL:
		tv.tv_sec = ts.tv_sec;
		tv.tv_usec = ts.tv_nsec / NSEC_PER_USEC;
		left = copy_to_user(user, &tv, sizeof(tv));
		break;
	case TIMESPEC:
		left = copy_to_user(user, &ts, sizeof(ts));
		break;
	default:
		ts64.tv_sec = ts.tv_sec;
		ts64.tv_nsec = ts.tv_nsec;
		left = copy_to_user(user, &ts64, sizeof(ts64));
	}
	(void)left;
}

/* ---- the signal mask of ppoll and pselect ---- */

static int swap_sigmask(const void __user *umask, size_t size, sigset_t *old)
{
	sigset_t mask;

	*old = current->blocked;
	if (!umask)
		return 0;
	if (size != sizeof(mask))
		return -EINVAL;
	if (copy_from_user(&mask, umask, sizeof(mask)))
		return -EFAULT;
	set_current_blocked(mask);
	return 0;
}

/* After an interruption the old mask must come back only behind the handler. */
static void restore_sigmask(bool swapped, sigset_t old, bool interrupted)
{
	if (!swapped)
		return;
	if (interrupted) {
		current->saved_sigmask = old;
		set_task_work(current, _TIF_RESTORE_SIGMASK);
	} else {
		set_current_blocked(old);
	}
}

static long do_ppoll(struct pollfd __user *fds, unsigned int nfds, void __user *timeout,
		     enum timeout_type type, const void __user *mask, size_t masksize)
{
	sigset_t old;
	u64 deadline;
	long ret = get_timeout(timeout, type, &deadline);

	if (!ret)
		ret = swap_sigmask(mask, masksize, &old);
	if (ret)
		return ret;
	ret = do_sys_poll(fds, nfds, deadline);
	restore_sigmask(mask, old, ret == -EINTR);
	put_timeout(timeout, type, deadline);
	return ret == -EINTR ? -ERESTARTNOHAND : ret;
}

long sys_ppoll(struct pollfd __user *fds, unsigned int nfds, struct timespec __user *timeout,
	       const void __user *mask, size_t masksize)
{
	return do_ppoll(fds, nfds, timeout, TIMESPEC, mask, masksize);
}

long sys_ppoll_time64(struct pollfd __user *fds, unsigned int nfds,
		      struct timespec64 __user *timeout, const void __user *mask,
		      size_t masksize)
{
	return do_ppoll(fds, nfds, timeout, TIMESPEC64, mask, masksize);
}

/* ---- select ---- */

#define BITS		(8 * sizeof(long))
#define FAST_WORDS	4			/* sets of up to 128 numbers stay on the stack */

#define SELECT_IN	(POLLIN | POLLRDNORM | POLLRDBAND | POLLHUP | POLLERR)
#define SELECT_OUT	(POLLOUT | POLLWRNORM | POLLWRBAND | POLLERR)
#define SELECT_EX	POLLPRI

/* Three sets asked for, three answered; each `words` long. */
struct fd_sets {
	unsigned int words;
	unsigned long *want[3], *have[3];
};

static const unsigned int select_mask[3] = { SELECT_IN, SELECT_OUT, SELECT_EX };

/* What is asked about one number, in poll's terms. */
static unsigned int wanted_events(const struct fd_sets *sets, unsigned int word,
				  unsigned long bit)
{
	unsigned int i, events = 0;

	for (i = 0; i < 3; i++)
		if (sets->want[i][word] & bit)
			events |= select_mask[i];
	return events;
}

static int select_one(struct fd_sets *sets, unsigned int word, unsigned long bit,
		      unsigned int mask)
{
	unsigned int i;
	int ready = 0;

	for (i = 0; i < 3; i++) {
		if ((sets->want[i][word] & bit) && (mask & select_mask[i])) {
			sets->have[i][word] |= bit;
			ready++;
		}
	}
	return ready;
}

static int select_round(struct fd_sets *sets, struct poll_table_struct *wait)
{
	unsigned int word;
	int ready = 0;

	for (word = 0; word < sets->words; word++) {
		unsigned long all = sets->want[0][word] | sets->want[1][word] |
				    sets->want[2][word];

		for (; all; all &= all - 1) {
			unsigned long bit = all & -all;
			struct file *file = fget(word * BITS + __ffs(all));
			unsigned int mask;

			if (!file)
				return -EBADF;
			mask = file_poll(file, wait) & wanted_events(sets, word, bit);
			fput(file);
			if (mask) {
				ready += select_one(sets, word, bit, mask);
				if (ready)
					wait = NULL;
			}
		}
	}
	return ready;
}

static int do_select(struct fd_sets *sets, u64 deadline)
{
	struct poll_table_struct table, *wait = deadline == NO_WAIT ? NULL : &table;
	int ready;

	poll_initwait(&table);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		ready = select_round(sets, wait);
		wait = NULL;
		if (ready)
			break;
		ready = table.error;
		if (ready || deadline == NO_WAIT)
			break;
		if (signal_pending(current)) {
			ready = -EINTR;
			break;
		}
		if (!sleep_until(deadline))
			deadline = NO_WAIT;
	}
	set_current_state(TASK_RUNNING);
	poll_freewait(&table);
	return ready;
}

/* Reads the sets; bits from n on are cleared, a NULL set is empty. */
static int get_fd_sets(struct fd_sets *sets, unsigned int n, void __user *user[3])
{
	unsigned int i;

	for (i = 0; i < 3; i++) {
		if (!user[i] || !sets->words)
			continue;
		if (copy_from_user(sets->want[i], user[i], sets->words * sizeof(long)))
			return -EFAULT;
		if (n % BITS)
			sets->want[i][sets->words - 1] &= (1UL << (n % BITS)) - 1;
	}
	return 0;
}

static long core_select(int n, void __user *user[3], u64 deadline)
{
	unsigned long fast[6 * FAST_WORDS], *bits = fast;
	struct fd_sets sets;
	unsigned int i;
	long ret;

	if (n < 0)
		return -EINVAL;
	n = min_t(unsigned int, n, current->files->max_fds);
	sets.words = DIV_ROUND_UP(n, BITS);
	if (sets.words > FAST_WORDS) {
		bits = kmalloc(6 * sets.words * sizeof(long), GFP_KERNEL);
		if (!bits)
			return -ENOMEM;
	}
	memset(bits, 0, 6 * sets.words * sizeof(long));
	for (i = 0; i < 3; i++) {
		sets.want[i] = bits + i * sets.words;
		sets.have[i] = bits + (3 + i) * sets.words;
	}
	ret = get_fd_sets(&sets, n, user);
	if (!ret)
		ret = do_select(&sets, deadline);
	for (i = 0; i < 3 && ret >= 0; i++)
		if (user[i] && copy_to_user(user[i], sets.have[i], sets.words * sizeof(long)))
			ret = -EFAULT;
	if (bits != fast)
		kfree(bits);
	return ret;
}

long sys_select(int n, void __user *in, void __user *out, void __user *ex,
		struct timeval __user *timeout)
{
	void __user *user[3] = { in, out, ex };
	u64 deadline;
	long ret = get_timeout(timeout, TIMEVAL, &deadline);

	if (ret)
		return ret;
	ret = core_select(n, user, deadline);
	put_timeout(timeout, TIMEVAL, deadline);
	return ret == -EINTR ? -ERESTARTNOHAND : ret;
}

long select_by_block(void __user *args, int max)
{
	struct {
		int n;
		void *in, *out, *ex;
		struct timeval *timeout;
	} a;

	if (copy_from_user(&a, args, sizeof(a)))
		return -EFAULT;
	return sys_select(min(a.n, max), a.in, a.out, a.ex, a.timeout);
}

/* The first select of i386. */
long sys_old_select(void __user *args)
{
	return select_by_block(args, INT_MAX);
}

/* `sig`: a pointer to the mask and its size, since six arguments are all there are. */
static long do_pselect(int n, void __user *user[3], void __user *timeout,
		       enum timeout_type type, void __user *sig)
{
	struct {
		void *mask;
		size_t size;
	} arg = { NULL, 0 };
	sigset_t old;
	u64 deadline;
	long ret;

	if (sig && copy_from_user(&arg, sig, sizeof(arg)))
		return -EFAULT;
	ret = get_timeout(timeout, type, &deadline);
	if (!ret)
		ret = swap_sigmask(arg.mask, arg.size, &old);
	if (ret)
		return ret;
	ret = core_select(n, user, deadline);
	restore_sigmask(arg.mask, old, ret == -EINTR);
	put_timeout(timeout, type, deadline);
	return ret == -EINTR ? -ERESTARTNOHAND : ret;
}

long sys_pselect6(int n, void __user *in, void __user *out, void __user *ex,
		  struct timespec __user *timeout, void __user *sig)
{
	void __user *user[3] = { in, out, ex };

	return do_pselect(n, user, timeout, TIMESPEC, sig);
}

long sys_pselect6_time64(int n, void __user *in, void __user *out, void __user *ex,
			 struct timespec64 __user *timeout, void __user *sig)
{
	void __user *user[3] = { in, out, ex };

	return do_pselect(n, user, timeout, TIMESPEC64, sig);
}
