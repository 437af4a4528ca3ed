/*
 * usertests.h - what the test programs share.
 *
 * A test is a function without arguments which runs in a process, a session and an empty directory
 * of its own. It ends by returning (passed), by a failed expectation, or by SKIP(). The
 * expectations print what was expected, what was seen, and where, and end the process; in a child
 * of the test they do the same, and finish() passes the failure on. How tests are run: main.c.
 */
#ifndef _USERTESTS_H
#define _USERTESTS_H

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <machine.h>	/* of the machine's own folder */

#define PAGE		4096
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* Exit codes of a test process that has already said what is wrong. */
#define EXIT_FAILED	99
#define EXIT_SKIPPED	98

/* An ordinary user for tests of permissions and limits. */
#define TEST_UID	1201
#define TEST_GID	1201

/* Flags of a test. */
#define SLOW		1	/* takes seconds: left out by -q */
#define NEEDS_ROOT	2
#define HIDDEN		4	/* runs only when its full name is given, and is not listed */

struct test {
	const char *name;	/* subject.test */
	void (*run)(void);
	int flags;
};

/* One table per subject, ended by a row without a name. */
extern const struct test mem_tests[], fault_tests[], proc_tests[], exec_tests[], signal_tests[],
	fs_tests[], dir_tests[], pipe_tests[], async_tests[], tty_tests[], time_tests[],
	badptr_tests[], limits_tests[], lib_tests[], remap_tests[], regress_tests[], mount_tests[],
	model_tests[], swap_tests[], swapped_tests[],
	tmpfs_tests[], shm_tests[], ipc_tests[],
	uaccess_tests[], vmcall_tests[], pagemap_tests[],
	threads_tests[], futex_tests[],
	overcommit_tests[], reclaim_tests[], locked_tests[], mmregress_tests[], errno_tests[],
	arch_tests[],	/* in the machine's own folder */
	self_tests[];

/* The absolute path of this program, for tests of exec. */
extern char self_path[];

/* main.c: prints "FAIL name: ... at file:line" and ends the process. */
void fail_at(const char *file, int line, const char *fmt, ...)
	__attribute__((noreturn, format(printf, 3, 4)));
void skip(const char *why) __attribute__((noreturn));
void check_equal(long expected, long seen, const char *what, const char *file, int line);
void check_errno(int expected, long result, const char *what, const char *file, int line);
long check_ok(long result, const char *what, const char *file, int line);
void check_string(const char *expected, const char *seen, const char *file, int line);

#define FAIL(...)		fail_at(__FILE__, __LINE__, __VA_ARGS__)
#define SKIP(why)		skip(why)
#define EXPECT(cond) \
	((cond) ? (void)0 : fail_at(__FILE__, __LINE__, "expected %s, saw the opposite", #cond))
#define EXPECT_EQ(expected, seen) \
	check_equal((long)(expected), (long)(seen), #seen, __FILE__, __LINE__)
#define EXPECT_STR(expected, seen)	check_string(expected, seen, __FILE__, __LINE__)
/* The call returns -1 and sets that errno. */
#define EXPECT_ERRNO(error, call) \
	check_errno(error, (long)(call), #call, __FILE__, __LINE__)
/* The call does not return -1; gives its result. */
#define EXPECT_OK(call)		check_ok((long)(call), #call, __FILE__, __LINE__)

/* Forks a child that runs body(arg) and exits with 0. */
pid_t start(void (*body)(void *), void *arg);
/* Waits for a child; returns its wait status, or passes its failure on. */
int finish(pid_t pid);
/* Runs body(arg) in a child and expects it to end with 0. */
void in_child(void (*body)(void *), void *arg);
/* Expectations on a wait status. */
#define EXPECT_EXIT(code, status)	EXPECT_EQ((code) << 8, status)
#define EXPECT_KILLED(sig, status)	EXPECT_EQ(sig, (status) & 0x7f)

/* Starts a thread of this process; *tid is its number until it has ended (threads.c). */
int start_thread(int (*body)(void *), void *arg, int *tid);
/* Waits for that end. */
void join_thread(int *tid);

/* What a faulting access did: caught by a handler. */
struct fault {
	int sig, code;
	void *addr;
};
enum access { READ, WRITE };
/* Does the access; returns 1 and fills in *f if it raised SIGSEGV or SIGBUS, else 0. */
int faults(volatile void *addr, enum access access, struct fault *f);
#define EXPECT_FAULT(sg, cd, ad, access) do {			\
	struct fault _f;					\
	EXPECT(faults(ad, access, &_f));			\
	EXPECT_EQ(sg, _f.sig);					\
	EXPECT_EQ(cd, _f.code);					\
	EXPECT_EQ(ad, _f.addr);					\
} while (0)
#define EXPECT_NO_FAULT(ad, access) do {			\
	struct fault _f;					\
	EXPECT(!faults(ad, access, &_f));			\
} while (0)

/* Anonymous private memory, readable and writable; fails the test if there is none. */
char *map_pages(int n);

/* Files: writes a whole file, compares a whole file with a text. */
void write_file(const char *path, const char *text);
void expect_file(const char *path, const char *text);

/* The first number behind the label in a file of /proc. */
long proc_number(const char *path, const char *label);

/* Becomes the ordinary user for good (a no-op when not root). */
void become_user(void);

/* The number behind a label in /proc/meminfo, in KB. */
long meminfo(const char *label);

/* Milliseconds of the monotonic clock, and sleeping. */
long now_ms(void);
void sleep_ms(long ms);

/* Waits until the process sleeps in a call that a signal would end. */
void wait_asleep(pid_t pid);

/* leaks.c: what the machine holds. STOCK_OBJECTS and up: objects in use, by their caches. */
enum {
	STOCK_MEMORY, STOCK_VMALLOC, STOCK_PROMISED, STOCK_KMAP, STOCK_SYSV, STOCK_OBJECTS,
	NR_STOCKS = STOCK_OBJECTS + 8
};
struct stock {
	long n[NR_STOCKS];
};
/* Drops the caches, then counts; returns 0 if /proc does not tell. */
int take_stock(struct stock *s);
/* The same when two countings in a row agree, so that what init still has to bury is gone. */
int take_settled_stock(struct stock *s);
/* Is the machine quiet enough to see a lost page? */
int stock_is_steady(void);
/* What there was more of before (*had) than after (*has), or less of if it is in use; or NULL. */
const char *lost_stock(const struct stock *before, const struct stock *after, long *had, long *has);

/* helper.c: what this program does instead of testing when exec'd by a test. */
int helper(int argc, char **argv);
/* Runs this program again as a helper with these arguments (up to a NULL), never returns. */
void exec_helper(const char *arg, ...) __attribute__((noreturn));

/* What a handler may be told to return to, of each machine: for plain frames and for siginfo. */
void own_restorer(void);
void own_restorer_rt(void);
extern volatile int restored;		/* both count here */

#endif
