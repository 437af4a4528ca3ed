/*
 * calls.c - tests of what only Linux i386 has: system calls that later machines left out, the one
 * call in front of all of System V IPC, and segment registers; and restorers for signal.c.
 */
#include "usertests.h"
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/time.h>

#define RW	0600

struct message {
	long type;
	char text[64];
};

static void ignore(int sig)
{
	(void)sig;
}

static void old_time(void)
{
	struct timeval tv;

	EXPECT_OK(gettimeofday(&tv, NULL));
	EXPECT(syscall(__NR_time, NULL) - tv.tv_sec <= 1);
}

static void old_alarm(void)
{
	signal(SIGALRM, ignore);
	EXPECT_EQ(0, syscall(__NR_alarm, 10));
	EXPECT_EQ(10, alarm(5));
	EXPECT_EQ(5, syscall(__NR_alarm, 1));
	pause();
}

/* Any number is kept, but nobody makes himself a program of 1992. */
static void personality(void)
{
	EXPECT_EQ(0, syscall(__NR_personality, -1));
	EXPECT_EQ(0, syscall(__NR_personality, 8));
	EXPECT_ERRNO(EINVAL, syscall(__NR_personality, 0x112));
	EXPECT_EQ(8, syscall(__NR_personality, 0));
	EXPECT_EQ(0, syscall(__NR_personality, -1));
}

static long ipc(unsigned int call, long first, long second, long third, void *ptr, long fifth)
{
	return syscall(__NR_ipc, call, first, second, third, ptr, fifth);
}

static void multiplexer(void)
{
	struct { void *buf; long type; } packed;
	struct sembuf op = { .sem_op = -1, .sem_flg = IPC_NOWAIT };
	struct message m = { .type = 6, .text = "hello" };
	long where = 0, arg = 3;
	struct shmid_ds ds;
	int id;

	id = EXPECT_OK(ipc(SEMGET, IPC_PRIVATE, 2, RW, NULL, 0));
	EXPECT_OK(ipc(SEMCTL, id, 1, SETVAL, &arg, 0));
	EXPECT_EQ(3, ipc(SEMCTL, id, 1, GETVAL | IPC_64, &arg, 0));
	EXPECT_ERRNO(EAGAIN, ipc(SEMOP, id, 1, 0, &op, 0));
	EXPECT_ERRNO(EAGAIN, ipc(SEMTIMEDOP, id, 1, 0, &op, 0));
	EXPECT_OK(ipc(SEMCTL, id, 0, IPC_RMID, &arg, 0));
	id = EXPECT_OK(ipc(MSGGET, IPC_PRIVATE, RW, 0, NULL, 0));
	EXPECT_OK(ipc(MSGSND, id, 6, 0, &m, 0));
	EXPECT_OK(ipc(MSGSND, id, 6, 0, &m, 0));
	packed.buf = &m;
	packed.type = 6;
	m.type = 0;
	EXPECT_EQ(6, ipc(MSGRCV, id, 64, 0, &packed, 0));
	EXPECT_EQ(6, m.type);
	EXPECT_ERRNO(ENOMSG, ipc(MSGRCV | 1 << 16, id, 64, IPC_NOWAIT, &m, 5));
	EXPECT_EQ(6, ipc(MSGRCV | 1 << 16, id, 64, 0, &m, 6));
	EXPECT_OK(ipc(MSGCTL, id, IPC_RMID | IPC_64, 0, NULL, 0));
	id = EXPECT_OK(ipc(SHMGET, IPC_PRIVATE, PAGE, RW, NULL, 0));
	EXPECT_EQ(0, ipc(SHMAT, id, 0, (long)&where, NULL, 0));
	EXPECT_EQ(0, *(char *)where);
	EXPECT_ERRNO(EINVAL, ipc(SHMCTL, id, IPC_STAT, 0, &ds, 0));
	EXPECT_OK(ipc(SHMCTL, id, IPC_STAT | IPC_64, 0, &ds, 0));
	EXPECT_EQ(1, ds.shm_nattch);
	EXPECT_EQ(PAGE, ds.shm_segsz);
	EXPECT_OK(ipc(SHMDT, 0, 0, 0, (void *)where, 0));
	EXPECT_OK(ipc(SHMCTL, id, IPC_RMID, 0, NULL, 0));
	EXPECT_ERRNO(ENOSYS, ipc(99, 0, 0, 0, NULL, 0));
}

/* The words of a ucontext that hold segments: gs fs es ds ... cs. */
#define UC_ES	(5 + 2)
#define UC_DS	(5 + 3)
#define UC_CS	(5 + 15)

static unsigned int bad_ds;

static void spoil_segments(int sig, siginfo_t *info, void *context)
{
	unsigned int *word = context;

	(void)sig;
	(void)info;
	word[UC_DS] = word[UC_ES] = bad_ds;
	word[UC_CS] = 0;
}

static void return_to_nowhere(void *arg)
{
	struct sigaction action = { .sa_sigaction = spoil_segments, .sa_flags = SA_SIGINFO };
	/* struct user_desc: number, base, limit; 32 bits, data, writable, limit in pages */
	unsigned int desc[4] = { -1, 0x10000000, 0xfffff, 0x11 };

	if (arg) {
		EXPECT_OK(syscall(__NR_set_thread_area, desc));
		bad_ds = desc[0] * 8 + 3;
	}
	EXPECT_OK(sigaction(SIGUSR1, &action, NULL));
	raise(SIGUSR1);
}

/* The iret fails when ds and es are the program's already: null, or with a base of its own. */
static void bad_frame(void)
{
	EXPECT_KILLED(SIGSEGV, finish(start(return_to_nowhere, NULL)));
	EXPECT_KILLED(SIGSEGV, finish(start(return_to_nowhere, "with a base")));
}

/* ---- for signal.c ---- */

volatile int restored;

__asm__(".globl own_restorer, own_restorer_rt\n"
	"own_restorer:\n"
	"	incl	restored\n"
	"	popl	%eax\n"			/* the signal number */
	"	movl	$119, %eax\n"			/* sigreturn */
	"	int	$0x80\n"
	"own_restorer_rt:\n"
	"	incl	restored\n"
	"	movl	$173, %eax\n"			/* rt_sigreturn */
	"	int	$0x80\n");

const struct test arch_tests[] = {
	{ "i386.time", old_time, 0 },
	{ "i386.alarm", old_alarm, 0 },
	{ "i386.personality", personality, 0 },
	{ "i386.ipc", multiplexer, 0 },
	{ "i386.bad_frame", bad_frame, 0 },
	{ NULL, NULL, 0 },
};
