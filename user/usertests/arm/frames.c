/*
 * frames.c - tests of how a handler is entered and left: the addresses it is told, the state of an
 * if-then block, the kernel's own ways back, and what the interrupted code finds afterwards.
 */
#include "arm.h"

/* What the last handler saw. */
static struct {
	volatile int sig, code;
	volatile unsigned long addr, pc, cpsr;
} seen;
static int skip_bytes;		/* the program goes on so far behind the instruction */

static void note(int sig, siginfo_t *info, void *context)
{
	unsigned int *uc = context;

	seen.sig = sig;
	seen.code = info->si_code;
	seen.addr = (unsigned long)info->si_addr;
	seen.pc = uc[UC_PC];
	seen.cpsr = uc[UC_CPSR];
	uc[UC_PC] += skip_bytes;
}

static void on_signal(int sig, void (*handler)(int sig, siginfo_t *info, void *context))
{
	struct sigaction sa = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_NODEFER };

	EXPECT_OK(sigaction(sig, &sa, NULL));
}

/* ---- instructions that trap, each a function of its own that goes on when it is skipped ---- */

#define FUNCTION(name, state, insn)					\
	extern char name[];						\
	__asm__(".pushsection .text\n\t" state "\n\t.balign 4\n\t"	\
		".type " #name ", %function\n" #name ":\n\t" insn "\n\tbx lr\n\t" \
		".arm\n\t.popsection")

FUNCTION(brk_arm, ".arm", ".word 0xe7f001f0");
FUNCTION(brk_thumb, ".thumb", ".hword 0xde01");
FUNCTION(brk_thumb2, ".thumb", ".hword 0xf7f0, 0xa000");
FUNCTION(bkpt_arm, ".arm", ".word 0xe1200070");
FUNCTION(bkpt_thumb, ".thumb", ".hword 0xbe00");
FUNCTION(udf_arm, ".arm", ".word 0xe7f000f0");
FUNCTION(udf_thumb, ".thumb", ".hword 0xde00");
FUNCTION(no_coprocessor, ".arm", ".word 0xee100910");

static void expect_trap(char *function, int thumb, int length, int sig, int code)
{
	unsigned long at = (unsigned long)function & ~1UL;

	seen.sig = 0;
	skip_bytes = length;
	((void (*)(void))(at | thumb))();
	EXPECT_EQ(sig, seen.sig);
	EXPECT_EQ(code, seen.code);
	EXPECT_EQ(at, seen.addr);
	EXPECT_EQ(at, seen.pc);
	EXPECT_EQ(thumb ? CPSR_T : 0, seen.cpsr & CPSR_T);
	EXPECT_EQ(MODE_USER, seen.cpsr & CPSR_MODE);
}

/* The instructions that debuggers use, and others: the frame tells where and in which state. */
void trap_addresses(void)
{
	on_signal(SIGTRAP, note);
	on_signal(SIGILL, note);
	expect_trap(brk_arm, 0, 4, SIGTRAP, TRAP_BRKPT);
	expect_trap(brk_thumb, 1, 2, SIGTRAP, TRAP_BRKPT);
	expect_trap(brk_thumb2, 1, 4, SIGTRAP, TRAP_BRKPT);
	expect_trap(bkpt_arm, 0, 4, SIGTRAP, TRAP_BRKPT);
	expect_trap(bkpt_thumb, 1, 2, SIGTRAP, TRAP_BRKPT);
	expect_trap(udf_arm, 0, 4, SIGILL, ILL_ILLOPC);
	expect_trap(udf_thumb, 1, 2, SIGILL, ILL_ILLOPC);
	expect_trap(no_coprocessor, 0, 4, SIGILL, ILL_ILLOPC);
}

/* ---- a trap inside an if-then block ---- */

#define CPSR_IT		0x0600fc00

extern char thumb_conditions[], it_block[], it_block_udf[], it_block_end[];
static volatile unsigned int handled;

/*
 * A handler whose own if-then block goes wrong if that of the interrupted code is still in force,
 * and a block with an undefined instruction in it, as numbers: no assembler takes it.
 */
__asm__("	.pushsection .text\n"
	"	.syntax	unified\n"
	"	.thumb\n"
	"	.type	thumb_conditions, %function\n"
	"thumb_conditions:\n"
	"	movs	r3, #1\n"
	"	cmp	r3, #1\n"
	"	ite	eq\n"
	"	moveq	r3, #7\n"
	"	movne	r3, #8\n"
	"	ldr	r1, =handled\n"
	"	str	r3, [r1]\n"
	"	bx	lr\n"
	"	.ltorg\n"
	"	.type	it_block, %function\n"
	"it_block:\n"
	"	movs	r0, #1\n"
	"	cmp	r0, #0\n"
	"	.hword	0xbf19\n"		/* ittee ne */
	"	.hword	0x2002\n"		/* movne r0, #2 */
	"it_block_udf:\n"
	"	.hword	0xde00\n"		/* udfne */
	"	.hword	0x2003, 0x2004\n"	/* moveq r0, #3; moveq r0, #4 */
	"it_block_end:\n"
	"	bx	lr\n"
	"	.arm\n"
	"	.syntax	divided\n"
	"	.popsection");

/* Leaves the block, and looks how a handler in Thumb code fares meanwhile. */
static void leave_block(int sig, siginfo_t *info, void *context)
{
	unsigned int *uc = context;

	note(sig, info, context);
	uc[UC_PC] = (unsigned long)it_block_end & ~1UL;
	uc[UC_CPSR] &= ~CPSR_IT;
	raise(SIGUSR1);
}

void trap_in_if_then(void)
{
	void *handler = (void *)((unsigned long)thumb_conditions | 1);
	int (*block)(void) = (int (*)(void))((unsigned long)it_block | 1);

	on_signal(SIGUSR1, handler);
	on_signal(SIGILL, leave_block);
	skip_bytes = 0;
	EXPECT_EQ(2, block());
	EXPECT_EQ(7, handled);
	EXPECT_EQ((unsigned long)it_block_udf & ~1UL, seen.pc);
	EXPECT(seen.cpsr & CPSR_IT);
}

/* ---- the ways back ---- */

static void count(int sig)
{
	handled += sig;
}

/* Without a restorer of the program: for both kinds of frame, from ARM and from Thumb code. */
void kernel_restorers(void)
{
	void *thumb = (void *)((unsigned long)thumb_conditions | 1);
	struct sigaction sa = { .sa_flags = 0 };

	for (int info = 0; info < 2; info++) {
		sa.sa_flags = info ? SA_SIGINFO : 0;
		handled = 0;
		sa.sa_handler = count;
		EXPECT_OK(sigaction(SIGUSR1, &sa, NULL));
		raise(SIGUSR1);
		EXPECT_EQ(SIGUSR1, handled);
		sa.sa_handler = thumb;
		EXPECT_OK(sigaction(SIGUSR1, &sa, NULL));
		raise(SIGUSR1);
		EXPECT_EQ(7, handled);
	}
}

/* Those for signal.c. */
volatile int restored;

__asm__(".pushsection .text\n"
	".arm\n"
	".globl own_restorer, own_restorer_rt\n"
	".type own_restorer, %function\n"
	".type own_restorer_rt, %function\n"
	"own_restorer:\n"
	"	mov	r7, #119\n"			/* sigreturn */
	"	b	1f\n"
	"own_restorer_rt:\n"
	"	mov	r7, #173\n"			/* rt_sigreturn */
	"1:	movw	r0, #:lower16:restored\n"
	"	movt	r0, #:upper16:restored\n"
	"	ldr	r1, [r0]\n"
	"	add	r1, r1, #1\n"
	"	str	r1, [r0]\n"
	"	svc	#0\n"
	".popsection\n");

/* A signal between LDREX and STREX makes the store fail: somebody may have changed the word. */
void exclusive_and_signal(void)
{
	int word = 1, failed = 7;

	signal(SIGUSR1, count);
	__asm__ volatile(
		"	mov	r0, %2\n"
		"	mov	r1, %3\n"
		"	mov	r7, %4\n"
		"	ldrex	r2, [%1]\n"
		"	svc	#0\n"			/* kill: a handler runs */
		"	mov	r2, #9\n"
		"	strex	%0, r2, [%1]\n"
		: "=&r" (failed)
		: "r" (&word), "r" (getpid()), "r" (SIGUSR1), "r" (__NR_kill)
		: "r0", "r1", "r2", "r7", "memory");
	EXPECT_EQ(1, failed);
	EXPECT_EQ(1, word);
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
void restart_keeps_registers(void)
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
