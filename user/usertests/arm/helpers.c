/*
 * helpers.c - the page at FFFF0000 and the functions in it, the thread pointer, and the calls that
 * only ARM has.
 */
#include "usertests.h"
#include "arch.h"
#include <sched.h>

#define VERSION		(*(volatile int *)0xffff0ffc)
#define TLS_WORD	(*(volatile unsigned long *)0xffff0ff0)
#define memory_barrier	((void (*)(void))0xffff0fa0)
#define get_tls		((unsigned long (*)(void))0xffff0fe0)

#define NR_CACHEFLUSH	0x0f0002
#define NR_SET_TLS	0x0f0005
#define NR_GET_TLS	0x0f0006

typedef long long s64;

/* Calls a cmpxchg helper; 0 with carry set, or something else with carry clear: *carry. */
static int call_cmpxchg(unsigned long address, long a, long b, volatile void *ptr, int *carry)
{
	register long r0 __asm__("r0") = a;
	register long r1 __asm__("r1") = b;
	register volatile void *r2 __asm__("r2") = ptr;
	register unsigned long r3 __asm__("r3") = address;
	register int set __asm__("r4");

	__asm__ volatile("blx r3\n\tmov r4, #0\n\tadc r4, r4, #0"
			 : "+r" (r0), "+r" (r1), "+r" (r2), "+r" (r3), "=r" (set)
			 :: "ip", "lr", "cc", "memory");
	*carry = set;
	return r0;
}

static unsigned long read_tpidruro(void)
{
	unsigned long v;

	__asm__ volatile("mrc p15, 0, %0, c13, c0, 3" : "=r" (v));
	return v;
}

void arch_helpers(void)
{
	s64 old = 0x100000002LL, new = 0x300000004LL, value = old, wrong = 0x200000002LL;
	int word = 5, carry;

	EXPECT(VERSION >= 5);
	EXPECT_EQ(0, call_cmpxchg(0xffff0fc0, 5, 6, &word, &carry));
	EXPECT_EQ(1, carry);
	EXPECT_EQ(6, word);
	EXPECT(call_cmpxchg(0xffff0fc0, 5, 7, &word, &carry) != 0);
	EXPECT_EQ(0, carry);
	EXPECT_EQ(6, word);
	EXPECT_EQ(0, call_cmpxchg(0xffff0f60, (long)&old, (long)&new, &value, &carry));
	EXPECT_EQ(1, carry);
	EXPECT(value == new);
	EXPECT(call_cmpxchg(0xffff0f60, (long)&wrong, (long)&old, &value, &carry) != 0);
	EXPECT_EQ(0, carry);
	EXPECT(value == new);
	memory_barrier();
}

static void store_between(int sig)
{
	(void)sig;
}

/* A signal between LDREX and STREX makes the store fail: somebody may have changed the word. */
void arch_exclusive(void)
{
	int word = 1, failed = 7;

	signal(SIGUSR1, store_between);
	__asm__ volatile(
		"	ldrex	r2, [%1]\n"
		"	mov	r4, r0\n"
		"	mov	r0, %2\n"
		"	mov	r1, %3\n"
		"	mov	r7, %4\n"
		"	svc	#0\n"			/* kill: a handler runs */
		"	mov	r2, #9\n"
		"	strex	%0, r2, [%1]\n"
		: "=&r" (failed)
		: "r" (&word), "r" (getpid()), "r" (SIGUSR1), "r" (__NR_kill)
		: "r0", "r1", "r2", "r4", "r7", "memory");
	EXPECT_EQ(1, failed);
	EXPECT_EQ(1, word);
}

/* Everybody may read and execute it, and nobody may change it or have it otherwise. */
void arch_vector_page(void)
{
	char *page = (char *)0xffff0000;

	EXPECT_NO_FAULT(page, READ);
	EXPECT_NO_FAULT(page + PAGE - 1, READ);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, page, WRITE);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, page + 0xff0, WRITE);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, page - 1, READ);
	EXPECT(mprotect(page, PAGE, PROT_READ | PROT_WRITE) == -1);
	EXPECT(munmap(page, PAGE) == -1);
	EXPECT_ERRNO(EFAULT, write(1, page, 4));
}

static void change_pointer(void *arg)
{
	(void)arg;
	EXPECT_EQ(0x1234, get_tls());		/* fork hands it on */
	EXPECT_OK(syscall(NR_SET_TLS, 0x5678));
	for (int i = 0; i < 100; i++) {
		EXPECT_EQ(0x5678, get_tls());
		EXPECT_EQ(0x5678, read_tpidruro());
		EXPECT_EQ(0x5678, TLS_WORD);
		sched_yield();
	}
}

static int read_pointer(void *arg)
{
	*(unsigned long *)arg = get_tls();
	return 0;
}

/* Each task has its own, seen in all three places. */
void arch_thread_pointer(void)
{
	unsigned long value = 0;
	pid_t pid;
	int tid = -1;

	EXPECT_OK(syscall(NR_SET_TLS, 0x1234));
	EXPECT_EQ(0x1234, syscall(NR_GET_TLS));
	pid = start(change_pointer, NULL);
	for (int i = 0; i < 100; i++) {
		EXPECT_EQ(0x1234, get_tls());
		EXPECT_EQ(0x1234, read_tpidruro());
		EXPECT_EQ(0x1234, TLS_WORD);
		sched_yield();
	}
	EXPECT_EXIT(0, finish(pid));
	start_thread(read_pointer, &value, &tid);
	join_thread(&tid);
	EXPECT_EQ(0x1234, value);
}

/* Code written by the program itself, twice at the same place. */
void arch_cache_flush(void)
{
	unsigned long *code = mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int (*function)(void) = (int (*)(void))code;

	EXPECT(code != MAP_FAILED);
	for (int i = 0; i < 20; i++) {
		code[0] = 0xe3a00000 | i;	/* mov r0, #i */
		code[1] = 0xe12fff1e;		/* bx lr */
		EXPECT_OK(syscall(NR_CACHEFLUSH, code, code + 2, 0));
		EXPECT_EQ(i, function());
	}
	EXPECT_ERRNO(EINVAL, syscall(NR_CACHEFLUSH, code + 2, code, 0));
	EXPECT_ERRNO(EFAULT, syscall(NR_CACHEFLUSH, 0xc0000000, 0xc0001000, 0));
}

static void sleep_and_look(void *arg)
{
	struct timespec ts = { 0, 400 * 1000 * 1000 };
	register long r0 __asm__("r0") = (long)&ts;
	register long r1 __asm__("r1") = 0;
	register long r7 __asm__("r7") = __NR_nanosleep;

	(void)arg;
	__asm__ volatile("svc #0" : "+r" (r0), "+r" (r1), "+r" (r7) :: "memory");
	_exit(r0 == 0 && r7 == __NR_nanosleep ? 0 : 5);
}

/* A sleep goes on after SIGCONT, and the program finds its registers as they were. */
void arch_restart(void)
{
	pid_t pid = start(sleep_and_look, NULL);
	long began = now_ms();

	sleep_ms(100);
	for (int i = 0; i < 3; i++) {
		EXPECT_OK(kill(pid, SIGSTOP));
		sleep_ms(20);
		EXPECT_OK(kill(pid, SIGCONT));
		sleep_ms(20);
	}
	EXPECT_EXIT(0, finish(pid));
	EXPECT(now_ms() - began >= 390);
}
