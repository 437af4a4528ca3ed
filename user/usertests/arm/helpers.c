/*
 * helpers.c - tests of the page at FFFF0000, whose upper end holds functions of the kernel for
 * programs, and of what goes with it: the thread pointer, exclusive accesses, the calls that only
 * ARM has.
 */
#include "arm.h"
#include <sched.h>

#define VECTORS		0xffff0000UL
#define KUSER_VERSION	(*(volatile int *)0xffff0ffc)
#define KUSER_CMPXCHG64	0xffff0f60
#define KUSER_BARRIER	0xffff0fa0
#define KUSER_CMPXCHG	0xffff0fc0
#define KUSER_GET_TLS	0xffff0fe0

#define NR_BREAKPOINT	0xf0001
#define NR_CACHEFLUSH	0xf0002
#define NR_SET_TLS	0xf0005

typedef int cmpxchg_t(int old, int new, volatile int *p);
typedef int cmpxchg64_t(const long long *old, const long long *new, volatile long long *p);
typedef unsigned int get_tls_t(void);

static cmpxchg_t *const cmpxchg = (cmpxchg_t *)KUSER_CMPXCHG;
static cmpxchg64_t *const cmpxchg64 = (cmpxchg64_t *)KUSER_CMPXCHG64;
static get_tls_t *const get_tls = (get_tls_t *)KUSER_GET_TLS;

static unsigned int thread_register(void)
{
	unsigned int value;

	__asm__ volatile("mrc p15, 0, %0, c13, c0, 3" : "=r" (value));
	return value;
}

/* As many as programs may expect: 5 has cmpxchg64. */
void helper_version(void)
{
	EXPECT(KUSER_VERSION >= 5 && KUSER_VERSION < 16);
	((void (*)(void))KUSER_BARRIER)();
}

/* Returns 0 if it has exchanged. */
void helper_cmpxchg(void)
{
	volatile int word = 5;

	EXPECT_EQ(0, cmpxchg(5, 6, &word));
	EXPECT_EQ(6, word);
	EXPECT(cmpxchg(5, 7, &word) != 0);
	EXPECT_EQ(6, word);
}

void helper_cmpxchg64(void)
{
	long long old = 0x100000002LL, next = 0x300000004LL;
	volatile long long word = old;

	EXPECT_EQ(0, cmpxchg64(&old, &next, &word));
	EXPECT(word == next);
	EXPECT(cmpxchg64(&old, &old, &word) != 0);
	EXPECT(word == next);
}

/* The value is the task's own: a child inherits it, and keeps it when the parent changes. */
static void child_tls(void *arg)
{
	(void)arg;
	EXPECT_EQ(0x12345678, get_tls());
	for (int i = 0; i < 100; i++) {
		EXPECT_OK(syscall(NR_SET_TLS, i));
		sched_yield();
		EXPECT_EQ(i, thread_register());
		EXPECT_EQ(i, get_tls());
	}
}

void helper_tls(void)
{
	pid_t pid;

	EXPECT_OK(syscall(NR_SET_TLS, 0x12345678));
	EXPECT_EQ(0x12345678, thread_register());
	EXPECT_EQ(0x12345678, get_tls());
	pid = start(child_tls, NULL);
	for (int i = 0; i < 100; i++) {
		sched_yield();
		EXPECT_EQ(0x12345678, thread_register());
		EXPECT_EQ(0x12345678, get_tls());
	}
	EXPECT_EXIT(0, finish(pid));
}

static void check_tls(void)
{
	if (get_tls() != 0xabcd0000 || thread_register() != 0xabcd0000)
		_exit(EXIT_FAILED);
	_exit(7);
}

/* clone() with CLONE_SETTLS: by number, for the library's clone() passes none. */
void tls_of_threads(void)
{
	int status;
	pid_t pid;

	EXPECT_OK(syscall(NR_SET_TLS, 1));
	pid = EXPECT_OK(syscall(__NR_clone, CLONE_SETTLS | SIGCHLD, 0, NULL, 0xabcd0000, NULL));
	if (pid == 0)
		check_tls();
	EXPECT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_EXIT(7, status);
	EXPECT_EQ(1, get_tls());
}

/* Readable and executable for programs, and nothing else. */
void vectors_page(void)
{
	char *page = (char *)VECTORS;

	/* No area of the process: writing there is no matter of rights. */
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, page, WRITE);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, page + PAGE - 4, WRITE);
	EXPECT(munmap(page, PAGE) == -1);
	EXPECT(mprotect(page, PAGE, PROT_READ | PROT_WRITE) == -1);
	EXPECT(mmap(page, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
	       MAP_FAILED);
	EXPECT(read(EXPECT_OK(open("/dev/zero", O_RDONLY)), page, 16) == -1);
	EXPECT(KUSER_VERSION >= 5);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, page - PAGE, READ);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, page + PAGE, READ);
}

/* ---- exclusive accesses ---- */

#define ROUNDS	20000

static volatile int shared_counter;

static int add_exclusively(void *way)
{
	for (int i = 0; i < ROUNDS; i++) {
		if (way)
			while (cmpxchg(shared_counter, shared_counter + 1, &shared_counter))
				;
		else
			__atomic_fetch_add(&shared_counter, 1, __ATOMIC_SEQ_CST);
		if (i % 64 == 0)
			sched_yield();
	}
	return 0;
}

/* A task switch between load and store must make the store fail. */
void exclusive_counters(void)
{
	int tids[4];

	for (int i = 0; i < 4; i++)
		start_thread(add_exclusively, NULL, &tids[i]);
	for (int i = 0; i < 4; i++)
		join_thread(&tids[i]);
	EXPECT_EQ(4 * ROUNDS, shared_counter);
}

/* ---- the calls that only ARM has ---- */

#define MOV_R0(n)	(0xe3a00000 | (n))
#define BX_LR		0xe12fff1e

/* Code written as data: seen after cacheflush(start, end, 0), and not before the old was run. */
void cache_flush(void)
{
	unsigned int *code = (unsigned int *)map_pages(1);

	EXPECT_OK(mprotect(code, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC));
	for (int i = 0; i < 200; i++) {
		code[0] = MOV_R0(i);
		code[1] = BX_LR;
		EXPECT_OK(syscall(NR_CACHEFLUSH, code, code + 2, 0));
		EXPECT_EQ(i, ((int (*)(void))code)());
	}
	EXPECT_ERRNO(EINVAL, syscall(NR_CACHEFLUSH, code + 2, code, 0));
	syscall(NR_CACHEFLUSH, 0, 0xffffffff, 0);
	syscall(NR_CACHEFLUSH, 0xc0000000, 0xc0100000, 0);
}

static void break_by_call(void)
{
	syscall(NR_BREAKPOINT);
}

void private_calls(void)
{
	EXPECT_EQ(SIGTRAP, run_caught(break_by_call));
	EXPECT_EQ(TRAP_BRKPT, caught.si_code);
	EXPECT_ERRNO(ENOSYS, syscall(0xf0010));
	EXPECT_ERRNO(ENOSYS, syscall(0xf07ff));
}
