/*
 * fault.c - tests of accesses that must fail, and of those that must not: null pointers, the
 * kernel's space, the stack that grows, and the signals of the other processor exceptions.
 */
#include "usertests.h"
#include <setjmp.h>
#include <sys/resource.h>

/* Must not be seen through by the compiler. */
static char *volatile nowhere;
static volatile int seven = 7, zero;

static void null_pointer(void)
{
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, nowhere, READ);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, nowhere, WRITE);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, nowhere + PAGE - 1, READ);
}

static void jump_to_null(void *arg)
{
	void (*function)(void) = (void (*)(void))nowhere;

	(void)arg;
	function();
}

static void null_call(void)
{
	EXPECT_KILLED(SIGSEGV, finish(start(jump_to_null, NULL)));
}

/* No way to put memory at address 0, for an ordinary user at least. */
static void null_map(void)
{
	become_user();
	EXPECT(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
		    -1, 0) == MAP_FAILED);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, nowhere, READ);
}

static void kernel_space(void)
{
	static const unsigned long addresses[] = {
		KERNEL_ADDRESSES,
	};
	char here;

	if ((unsigned long)&here > USER_END)
		SKIP("this kernel leaves programs the whole 4 GB");
	for (size_t i = 0; i < ARRAY_SIZE(addresses); i++) {
		char *p = (char *)addresses[i];
		struct fault f;

		for (int access = READ; access <= WRITE; access++) {
			EXPECT(faults(p, access, &f));
			EXPECT_EQ(SIGSEGV, f.sig);
			EXPECT_EQ(p, f.addr);
		}
		EXPECT(mmap(p, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
		       MAP_FAILED);
		EXPECT(munmap(p, PAGE) == -1 || p >= (char *)0xfffff000);
	}
}

/* One page of stack per level. */
static int __attribute__((noinline)) dig(int depth)
{
	volatile char page[PAGE];

	page[0] = depth;
	page[PAGE - 1] = depth;
	if (depth > 0)
		return dig(depth - 1) + (page[0] == page[PAGE - 1]);
	return 0;
}

static void stack_grows(void)
{
	EXPECT_EQ(500, dig(500));
}

/* A large local array is touched at its low end first: far below the stack so far. */
static void __attribute__((noinline)) leap(void)
{
	volatile char array[300 * 1024];

	array[0] = 1;
	EXPECT_EQ(1, array[0]);
	EXPECT_EQ(0, array[sizeof(array) / 2]);
}

static void stack_leap(void)
{
	in_child((void (*)(void *))leap, NULL);
}

/* System calls may be the first to touch a new page of the stack. */
static void __attribute__((noinline)) read_below(void *arg)
{
	char buf[64 * 1024];
	int fd = EXPECT_OK(open("/dev/zero", O_RDONLY));

	(void)arg;
	EXPECT_EQ(16, read(fd, buf, 16));
}

static void stack_by_kernel(void)
{
	in_child(read_below, NULL);
}

static void dig_for_ever(void *arg)
{
	struct rlimit limit = { 256 * 1024, 256 * 1024 };

	(void)arg;
	EXPECT_OK(setrlimit(RLIMIT_STACK, &limit));
	dig(32);
	dig(1000000);
}

static void stack_limit(void)
{
	EXPECT_KILLED(SIGSEGV, finish(start(dig_for_ever, NULL)));
}

static sigjmp_buf back;
static char *volatile handler_stack;

static void on_overflow(int sig)
{
	char here;

	(void)sig;
	handler_stack = &here;
	siglongjmp(back, 1);
}

/* With a stack of its own the handler can deal with the overflow of the normal one. */
static void stack_overflow_handled(void)
{
	char *stack = map_pages(4);
	stack_t alt = { .ss_sp = stack, .ss_size = 4 * PAGE };
	struct sigaction action = { .sa_handler = on_overflow, .sa_flags = SA_ONSTACK };
	struct rlimit limit = { 256 * 1024, 256 * 1024 };

	EXPECT_OK(setrlimit(RLIMIT_STACK, &limit));
	EXPECT_OK(sigaltstack(&alt, NULL));
	EXPECT_OK(sigaction(SIGSEGV, &action, NULL));
	for (int i = 0; i < 2; i++) {
		handler_stack = NULL;
		if (sigsetjmp(back, 1) == 0)
			dig(1000000);
		EXPECT(handler_stack > stack && handler_stack < stack + 4 * PAGE);
	}
}

/* A fault whose signal is blocked, ignored, or cannot be delivered kills at once. */
static void fault_blocked(void *arg)
{
	sigset_t set;

	(void)arg;
	sigfillset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
	*nowhere = 1;
}

static void fault_ignored(void *arg)
{
	(void)arg;
	signal(SIGSEGV, SIG_IGN);
	*nowhere = 1;
}

static void fault_in_handler(int sig)
{
	(void)sig;
	*nowhere = 1;
}

static void fault_again(void *arg)
{
	(void)arg;
	signal(SIGSEGV, fault_in_handler);
	*nowhere = 1;
}

static void fault_without_stack(void *arg)
{
	stack_t bad = { .ss_sp = (void *)0x1000, .ss_size = 65536 };
	struct sigaction action = { .sa_handler = fault_in_handler, .sa_flags = SA_ONSTACK };

	(void)arg;
	sigaltstack(&bad, NULL);
	sigaction(SIGSEGV, &action, NULL);
	*nowhere = 1;
}

static void fatal_faults(void)
{
	EXPECT_KILLED(SIGSEGV, finish(start(fault_blocked, NULL)));
	EXPECT_KILLED(SIGSEGV, finish(start(fault_ignored, NULL)));
	EXPECT_KILLED(SIGSEGV, finish(start(fault_again, NULL)));
	EXPECT_KILLED(SIGSEGV, finish(start(fault_without_stack, NULL)));
}

static volatile siginfo_t seen;

static void on_exception(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	seen.si_signo = info->si_signo;
	seen.si_code = info->si_code;
	siglongjmp(back, 1);
}

static void catch_exception(int sig)
{
	struct sigaction action = { .sa_sigaction = on_exception, .sa_flags = SA_SIGINFO };

	seen.si_signo = 0;
	EXPECT_OK(sigaction(sig, &action, NULL));
}

static void divide_by_zero(void)
{
	volatile int result = 0;

	catch_exception(SIGFPE);
	if (sigsetjmp(back, 1) == 0) {
		result = seven / zero;
		SKIP("this processor does not trap a division by zero");
	}
	EXPECT_EQ(0, result);
	EXPECT_EQ(SIGFPE, seen.si_signo);
	EXPECT_EQ(FPE_INTDIV, seen.si_code);
}

static void illegal_instruction(void)
{
	catch_exception(SIGILL);
	if (sigsetjmp(back, 1) == 0)
		__builtin_trap();
	EXPECT_EQ(SIGILL, seen.si_signo);
	EXPECT(seen.si_code > 0);
}

/* Data that is not memory at all: the code of the program cannot be written. */
static void write_to_code(void)
{
	EXPECT_FAULT(SIGSEGV, SEGV_ACCERR, (char *)write_to_code, WRITE);
}

const struct test fault_tests[] = {
	{ "fault.null_pointer", null_pointer, 0 },
	{ "fault.null_call", null_call, 0 },
	{ "fault.null_map", null_map, 0 },
	{ "fault.kernel_space", kernel_space, 0 },
	{ "fault.stack_grows", stack_grows, 0 },
	{ "fault.stack_leap", stack_leap, 0 },
	{ "fault.stack_by_kernel", stack_by_kernel, 0 },
	{ "fault.stack_limit", stack_limit, 0 },
	{ "fault.stack_overflow_handled", stack_overflow_handled, 0 },
	{ "fault.fatal", fatal_faults, 0 },
	{ "fault.divide_by_zero", divide_by_zero, 0 },
	{ "fault.illegal_instruction", illegal_instruction, 0 },
	{ "fault.write_to_code", write_to_code, 0 },
	{ NULL, NULL, 0 },
};
