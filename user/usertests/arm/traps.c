/*
 * traps.c - exceptions of the CPU and the signals they become, in ARM and in Thumb code, and the
 * frames that handlers get.
 */
#include "usertests.h"
#include "arch.h"

#define PSR_MODE	0x1f
#define PSR_USR		0x10
#define PSR_SVC		0x13
#define PSR_I		0x80
#define PSR_T		0x20
#define PSR_IT		0x0600fc00

/* What the last handler saw. */
static struct {
	volatile int sig, code;
	void *volatile addr;
	volatile unsigned long pc, cpsr, trap_no;
} seen;
static int skip_bytes;		/* the handler goes on so far behind the instruction */

static void note(int sig, siginfo_t *info, void *context)
{
	struct arm_ucontext *uc = context;

	seen.sig = sig;
	seen.code = info->si_code;
	seen.addr = info->si_addr;
	seen.pc = uc->uc_mcontext.pc;
	seen.cpsr = uc->uc_mcontext.cpsr;
	seen.trap_no = uc->uc_mcontext.trap_no;
	uc->uc_mcontext.pc += skip_bytes;
}

/* An instruction as a function of its own: what follows it is executed when it was skipped. */
#define FUNCTION(name, state, insns)					\
	extern char name[], name##_at[];				\
	__asm__(".pushsection .text\n\t.syntax unified\n\t" state "\n\t.balign 4\n\t" \
		".type " #name ", %function\n" #name ":\n\t.globl " #name "_at\n"	\
		#name "_at:\n\t" insns "\n\tbx lr\n\t.arm\n\t.popsection\n\t.syntax divided")

FUNCTION(brk_arm, ".arm", ".word 0xe7f001f0");
FUNCTION(brk_thumb, ".thumb", ".hword 0xde01");
FUNCTION(brk_thumb2, ".thumb", ".hword 0xf7f0, 0xa000");
FUNCTION(bkpt_arm, ".arm", "bkpt #0");
FUNCTION(bkpt_thumb, ".thumb", "bkpt #0");
FUNCTION(udf_arm, ".arm", ".word 0xe7f000f0");
FUNCTION(udf_thumb, ".thumb", ".hword 0xde00");
FUNCTION(privileged, ".arm", "mrc p15, 0, r0, c1, c0, 0");
FUNCTION(no_coprocessor, ".arm", "mrc p9, 0, r0, c0, c0, 0");

static void expect_trap(char *function, int thumb, int length, int sig, int code)
{
	unsigned long at = (unsigned long)function & ~1UL;

	memset((void *)&seen, 0, sizeof(seen));
	skip_bytes = length;
	((void (*)(void))(at | thumb))();
	EXPECT_EQ(sig, seen.sig);
	EXPECT_EQ(code, seen.code);
	EXPECT_EQ(at, seen.addr);
	EXPECT_EQ(at, seen.pc);
	EXPECT_EQ(thumb ? PSR_T : 0, seen.cpsr & PSR_T);
	EXPECT_EQ(PSR_USR, seen.cpsr & PSR_MODE);
}

void arch_breakpoints(void)
{
	on_signal(SIGTRAP, note);
	expect_trap(brk_arm, 0, 4, SIGTRAP, TRAP_BRKPT);
	expect_trap(brk_thumb, 1, 2, SIGTRAP, TRAP_BRKPT);
	expect_trap(brk_thumb2, 1, 4, SIGTRAP, TRAP_BRKPT);
	expect_trap(bkpt_arm, 0, 4, SIGTRAP, TRAP_BRKPT);
	expect_trap(bkpt_thumb, 1, 2, SIGTRAP, TRAP_BRKPT);
	skip_bytes = 0;
	memset((void *)&seen, 0, sizeof(seen));
	syscall(0x0f0001);			/* the call that does the same */
	EXPECT_EQ(SIGTRAP, seen.sig);
	EXPECT_EQ(TRAP_BRKPT, seen.code);
}

void arch_undefined(void)
{
	on_signal(SIGILL, note);
	expect_trap(udf_arm, 0, 4, SIGILL, ILL_ILLOPC);
	EXPECT_EQ(6, seen.trap_no);
	expect_trap(udf_thumb, 1, 2, SIGILL, ILL_ILLOPC);
	expect_trap(privileged, 0, 4, SIGILL, ILL_ILLOPC);
	expect_trap(no_coprocessor, 0, 4, SIGILL, ILL_ILLOPC);
	EXPECT_ERRNO(ENOSYS, syscall(0x0f0007));
}

/* ---- alignment ---- */

static char bytes[32] __attribute__((aligned(8)));

#define EXPECT_UNALIGNED(insn) do {					\
	char *_p = bytes + 1;						\
	memset((void *)&seen, 0, sizeof(seen));				\
	__asm__ volatile(insn :: "r" (_p) : "r2", "r3", "memory");	\
	EXPECT_EQ(SIGBUS, seen.sig);					\
	EXPECT_EQ(BUS_ADRALN, seen.code);				\
	EXPECT_EQ(_p, seen.addr);					\
} while (0)

/* Single loads and stores work at any address, those of several words and exclusive ones do not. */
void arch_alignment(void)
{
	unsigned int word, half;

	for (int i = 0; i < 32; i++)
		bytes[i] = i;
	__asm__ volatile("ldr %0, [%2]\n\tldrh %1, [%2]" : "=&r" (word), "=&r" (half)
			 : "r" (bytes + 1) : "memory");
	EXPECT_EQ(0x04030201, word);
	EXPECT_EQ(0x0201, half);
	__asm__ volatile("str %0, [%1]" :: "r" (0x11223344), "r" (bytes + 3) : "memory");
	EXPECT_EQ(0x44, bytes[3]);
	EXPECT_EQ(0x11, bytes[6]);
	on_signal(SIGBUS, note);
	skip_bytes = 4;
	EXPECT_UNALIGNED("ldmia %0, {r2, r3}");
	EXPECT_UNALIGNED("stmia %0, {r2, r3}");
	EXPECT_UNALIGNED("ldrex r2, [%0]");
	EXPECT_UNALIGNED("ldrexh r2, [%0]");
}

/* ---- Thumb handlers ---- */

extern char thumb_handler[], it_block[], it_block_udf[], it_block_end[];
static volatile unsigned int handled, frame_cpsr;

/*
 * As C would compile it, but with an IT block whose conditions would be wrong if the one of the
 * interrupted code were still in force. r2 is the ucontext: the pc at 20 + 72, cpsr at 20 + 76.
 */
__asm__(
	"	.pushsection .text\n"
	"	.syntax unified\n"
	"	.thumb\n"
	"	.type	thumb_handler, %function\n"
	"thumb_handler:\n"
	"	adds	r0, r0, #0\n"
	"	movs	r3, #1\n"
	"	cmp	r3, #1\n"
	"	ite	eq\n"
	"	moveq	r3, #7\n"
	"	movne	r3, #8\n"
	"	ldr	r1, =handled\n"
	"	str	r3, [r1]\n"
	"	ldr	r3, [r2, #96]\n"
	"	ldr	r1, =frame_cpsr\n"
	"	str	r3, [r1]\n"
	"	bx	lr\n"
	"	.ltorg\n"
	"	.type	it_block, %function\n"
	"it_block:\n"
	"	movs	r0, #1\n"
	"	cmp	r0, #0\n"
	"	.hword	0xbf19\n"		/* ittee ne; the assembler would not take a udf */
	"	.hword	0x2002\n"		/* movne r0, #2 */
	"it_block_udf:\n"
	"	.hword	0xde00\n"		/* udfne */
	"	.hword	0x2003, 0x2004\n"	/* moveq r0, #3; moveq r0, #4 */
	"it_block_end:\n"
	"	bx	lr\n"
	"	.arm\n"
	"	.popsection\n"
	"	.syntax	divided");

static void use_thumb_handler(int sig)
{
	handled = 0;
	on_signal(sig, (void *)((unsigned long)thumb_handler | 1));
}

void arch_thumb_handler(void)
{
	use_thumb_handler(SIGUSR1);
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(7, handled);
	EXPECT_EQ(0, frame_cpsr & PSR_T);	/* it interrupted ARM code, which goes on */
}

/* Skips the rest of the block: the program must not go on in a state that is no longer true. */
static void leave_block(int sig, siginfo_t *info, void *context)
{
	struct arm_ucontext *uc = context;

	note(sig, info, context);
	uc->uc_mcontext.pc = (unsigned long)it_block_end & ~1UL;
	uc->uc_mcontext.cpsr &= ~PSR_IT;
	use_thumb_handler(SIGUSR1);
	kill(getpid(), SIGUSR1);
}

void arch_it_block(void)
{
	int (*block)(void) = (int (*)(void))((unsigned long)it_block | 1);

	on_signal(SIGILL, leave_block);
	skip_bytes = 0;
	EXPECT_EQ(2, block());
	EXPECT_EQ(SIGILL, seen.sig);
	EXPECT_EQ((unsigned long)it_block_udf & ~1UL, seen.pc);
	EXPECT(seen.cpsr & PSR_IT);
	EXPECT_EQ(7, handled);
}

/* ---- frames ---- */

static void ask_for_svc(int sig, siginfo_t *info, void *context)
{
	struct arm_ucontext *uc = context;

	(void)sig;
	(void)info;
	uc->uc_mcontext.cpsr = (uc->uc_mcontext.cpsr & ~PSR_MODE) | PSR_SVC | PSR_I;
}

/* A program cannot make itself the kernel through the frame. */
void arch_frame_mode(void)
{
	unsigned long cpsr;

	on_signal(SIGUSR1, ask_for_svc);
	kill(getpid(), SIGUSR1);
	__asm__ volatile("mrs %0, cpsr" : "=r" (cpsr));
	EXPECT_EQ(PSR_USR, cpsr & PSR_MODE);
}

struct raw_action {
	void *handler;
	unsigned long flags;
	void *restorer;
	unsigned long mask[2];
};

static void count(int sig)
{
	handled += sig;
}

/* Without a restorer of the program the kernel has one, for each kind of frame and of code. */
void arch_trampolines(void)
{
	struct raw_action sa = { .handler = count };
	unsigned long mask;

	handled = 0;
	EXPECT_OK(syscall(__NR_rt_sigaction, SIGUSR1, &sa, NULL, 8));
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(SIGUSR1, handled);
	sa.flags = SA_SIGINFO;
	EXPECT_OK(syscall(__NR_rt_sigaction, SIGUSR1, &sa, NULL, 8));
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(2 * SIGUSR1, handled);
	for (sa.flags = 0; sa.flags <= SA_SIGINFO; sa.flags += SA_SIGINFO) {
		sa.handler = (void *)((unsigned long)thumb_handler | 1);
		if (!sa.flags)
			sa.handler = (void *)((unsigned long)it_block_end | 1);	/* only bx lr */
		handled = 0;
		EXPECT_OK(syscall(__NR_rt_sigaction, SIGUSR2, &sa, NULL, 8));
		kill(getpid(), SIGUSR2);
		EXPECT_EQ(sa.flags ? 7 : 0, handled);
	}
	EXPECT_OK(syscall(__NR_rt_sigprocmask, SIG_BLOCK, NULL, &sa.mask, 8));
	mask = sa.mask[0];
	EXPECT_EQ(0, mask & (1 << (SIGUSR1 - 1) | 1 << (SIGUSR2 - 1)));
}
