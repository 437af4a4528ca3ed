/*
 * cpu.c - tests of the exceptions of the processor: which accesses may be unaligned, what undefined
 * and privileged instructions do, and that no frame of a signal leads out of user mode.
 */
#include "arm.h"
#include <setjmp.h>

volatile siginfo_t caught;
static sigjmp_buf back;

static void on_signal(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	caught.si_signo = info->si_signo;
	caught.si_code = info->si_code;
	caught.si_addr = info->si_addr;
	siglongjmp(back, 1);
}

int run_caught(void (*body)(void))
{
	static const int signals[] = { SIGILL, SIGTRAP, SIGBUS, SIGSEGV, SIGFPE };
	struct sigaction action = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO };

	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		EXPECT_OK(sigaction(signals[i], &action, NULL));
	caught.si_signo = 0;
	if (sigsetjmp(back, 1) == 0)
		body();
	return caught.si_signo;
}

/* ---- alignment ---- */

static unsigned char bytes[32] __attribute__((aligned(8))) = {
	0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee,
};

/* Words and halfwords may lie anywhere, as programs of today rely on; across pages, too. */
void unaligned_words(void)
{
	char *pages = map_pages(2);
	unsigned int word, half;

	__asm__ volatile("ldr %0, [%1]" : "=r" (word) : "r" (bytes + 1) : "memory");
	EXPECT_EQ(0x44332211, word);
	__asm__ volatile("ldrh %0, [%1]" : "=r" (half) : "r" (bytes + 3) : "memory");
	EXPECT_EQ(0x4433, half);
	__asm__ volatile("ldrsh %0, [%1]" : "=r" (half) : "r" (bytes + 9) : "memory");
	EXPECT_EQ(0xffffaa99, half);
	for (int i = 0; i < 4; i++) {
		char *p = pages + PAGE - i;

		__asm__ volatile("str %0, [%1]" : : "r" (0x04030201), "r" (p) : "memory");
		for (int j = 0; j < 4; j++)
			EXPECT_EQ(j + 1, p[j]);
	}
}

static void load_multiple(void)
{
	__asm__ volatile("ldm %0, {r2, r3}" : : "r" (bytes + 2) : "r2", "r3", "memory");
}

static void load_exclusive(void)
{
	__asm__ volatile("ldrex r2, [%0]" : : "r" (bytes + 2) : "r2", "memory");
}

/* Several words at once may not, nor those to be changed atomically. */
void unaligned_multiple(void)
{
	static void (*const loads[])(void) = { load_multiple, load_exclusive };

	for (size_t i = 0; i < ARRAY_SIZE(loads); i++) {
		EXPECT_EQ(SIGBUS, run_caught(loads[i]));
		EXPECT_EQ(BUS_ADRALN, caught.si_code);
		EXPECT_EQ(bytes + 2, caught.si_addr);
	}
}

/* ---- undefined instructions ---- */

static void undefined_arm(void)
{
	__asm__ volatile("udf #99");
}

static void __attribute__((target("thumb"))) undefined_16(void)
{
	__asm__ volatile("udf #99");
}

static void __attribute__((target("thumb"))) undefined_32(void)
{
	__asm__ volatile("udf.w #0x1234");
}

/* The address is that of the instruction. */
void undefined(void)
{
	EXPECT_EQ(SIGILL, run_caught(undefined_arm));
	EXPECT_EQ(ILL_ILLOPC, caught.si_code);
	EXPECT((unsigned long)caught.si_addr - (unsigned long)undefined_arm < 32);
}

void undefined_in_thumb(void)
{
	EXPECT_EQ(SIGILL, run_caught(undefined_16));
	EXPECT_EQ(ILL_ILLOPC, caught.si_code);
	EXPECT((unsigned long)caught.si_addr - ((unsigned long)undefined_16 & ~1UL) < 16);
	EXPECT_EQ(SIGILL, run_caught(undefined_32));
	EXPECT((unsigned long)caught.si_addr - ((unsigned long)undefined_32 & ~1UL) < 16);
}

static void bkpt_arm(void)
{
	__asm__ volatile("bkpt #0");
}

static void __attribute__((target("thumb"))) bkpt_thumb(void)
{
	__asm__ volatile("bkpt #0");
}

void breakpoints(void)
{
	EXPECT_EQ(SIGTRAP, run_caught(bkpt_arm));
	EXPECT_EQ(TRAP_BRKPT, caught.si_code);
	EXPECT_EQ(SIGTRAP, run_caught(bkpt_thumb));
	EXPECT_EQ(TRAP_BRKPT, caught.si_code);
}

/* ---- user mode is not left ---- */

static void read_system_control(void)
{
	__asm__ volatile("mrc p15, 0, r2, c1, c0, 0" ::: "r2");
}

static void write_table_base(void)
{
	__asm__ volatile("mcr p15, 0, r2, c2, c0, 0" ::: "r2");
}

static unsigned int cpsr(void)
{
	unsigned int value;

	__asm__ volatile("mrs %0, cpsr" : "=r" (value));
	return value;
}

/* Coprocessor 15 is the kernel's; a change of mode or of interrupt masks has no effect. */
void privileged(void)
{
	EXPECT_EQ(SIGILL, run_caught(read_system_control));
	EXPECT_EQ(SIGILL, run_caught(write_table_base));
	__asm__ volatile("msr cpsr_c, %0" : : "r" (0xd3) : "memory");
	EXPECT_EQ(MODE_USER, cpsr() & CPSR_MODE);
	EXPECT_EQ(0, cpsr() & 0xc0);
	__asm__ volatile("cpsid if" ::: "memory");
	EXPECT_EQ(0, cpsr() & 0xc0);
}

static void raise_mode(int sig, siginfo_t *info, void *context)
{
	unsigned int *word = context;

	(void)sig;
	(void)info;
	word[UC_CPSR] = (word[UC_CPSR] & ~CPSR_MODE) | MODE_SVC | 0xc0;
}

static void return_to_svc(void *arg)
{
	struct sigaction action = { .sa_sigaction = raise_mode, .sa_flags = SA_SIGINFO };

	(void)arg;
	EXPECT_OK(sigaction(SIGUSR1, &action, NULL));
	raise(SIGUSR1);
	if ((cpsr() & CPSR_MODE) != MODE_USER || (cpsr() & 0xc0))
		FAIL("expected user mode, saw cpsr %#x", cpsr());
}

/* A frame that asks for another mode is refused, or the wish is. */
void spoiled_mode(void)
{
	int status = finish(start(return_to_svc, NULL));

	EXPECT(status == 0 || (status & 0x7f) == SIGSEGV);
}

/* ---- memory without PROT_EXEC ---- */

#define BX_LR	0xe12fff1e

void execute_never(void)
{
	unsigned int *code = (unsigned int *)map_pages(1);

	*code = BX_LR;
	EXPECT_OK(mprotect(code, PAGE, PROT_READ | PROT_EXEC));
	((void (*)(void))code)();
	EXPECT_OK(mprotect(code, PAGE, PROT_NONE));
	EXPECT_EQ(SIGSEGV, run_caught((void (*)(void))code));
	EXPECT_EQ(SEGV_ACCERR, caught.si_code);
	EXPECT_EQ(code, caught.si_addr);
}
