/*
 * Signals as programs see them: numbers, flags of sigaction, siginfo. The
 * numbers up to 22 are those of 0.12. The same on i386 and ARM.
 */
#ifndef _UAPI_LINUX_SIGNAL_H
#define _UAPI_LINUX_SIGNAL_H

#include <uapi/linux/types.h>

#define SIGHUP		 1
#define SIGINT		 2
#define SIGQUIT		 3
#define SIGILL		 4
#define SIGTRAP		 5
#define SIGABRT		 6
#define SIGIOT		 6
#define SIGBUS		 7
#define SIGFPE		 8
#define SIGKILL		 9
#define SIGUSR1		10
#define SIGSEGV		11
#define SIGUSR2		12
#define SIGPIPE		13
#define SIGALRM		14
#define SIGTERM		15
#define SIGSTKFLT	16
#define SIGCHLD		17
#define SIGCONT		18
#define SIGSTOP		19
#define SIGTSTP		20
#define SIGTTIN		21
#define SIGTTOU		22
#define SIGURG		23
#define SIGXCPU		24
#define SIGXFSZ		25
#define SIGVTALRM	26
#define SIGPROF		27
#define SIGWINCH	28
#define SIGIO		29
#define SIGPOLL		SIGIO
#define SIGPWR		30
#define SIGSYS		31
#define SIGRTMIN	32
#define _NSIG		64

#define SA_NOCLDSTOP	0x00000001
#define SA_NOCLDWAIT	0x00000002
#define SA_SIGINFO	0x00000004
#define SA_RESTORER	0x04000000
#define SA_ONSTACK	0x08000000
#define SA_RESTART	0x10000000
#define SA_NODEFER	0x40000000
#define SA_RESETHAND	0x80000000
#define SA_NOMASK	SA_NODEFER
#define SA_ONESHOT	SA_RESETHAND

#define SIG_BLOCK	0
#define SIG_UNBLOCK	1
#define SIG_SETMASK	2

#define SIG_DFL		((__sighandler_t)0)
#define SIG_IGN		((__sighandler_t)1)
#define SIG_ERR		((__sighandler_t)-1)

#define SS_ONSTACK	1
#define SS_DISABLE	2
#define MINSIGSTKSZ	2048

typedef void (*__sighandler_t)(int);

/* What sigaction(2), call 67, takes: a mask of 32 signals. */
struct old_sigaction {
	__sighandler_t sa_handler;
	unsigned long sa_mask;
	unsigned long sa_flags;
	void (*sa_restorer)(void);
};

/* What rt_sigaction(2) takes: a mask of 64. */
struct kernel_sigaction {
	__sighandler_t sa_handler;
	unsigned long sa_flags;
	void (*sa_restorer)(void);
	unsigned long sa_mask[2];
};

typedef struct sigaltstack {
	void *ss_sp;
	int ss_flags;
	unsigned long ss_size;
} stack_t;

typedef union sigval {
	int sival_int;
	void *sival_ptr;
} sigval_t;

#define SI_MAX_SIZE	128

typedef struct siginfo {
	int si_signo;
	int si_errno;
	int si_code;
	union {
		int _pad[SI_MAX_SIZE / sizeof(int) - 3];
		struct {			/* kill, sigqueue */
			__kernel_pid_t _pid;
			unsigned int _uid;
			sigval_t _sigval;
		} _rt;
		struct {			/* SIGCHLD */
			__kernel_pid_t _pid;
			unsigned int _uid;
			int _status;
			__kernel_clock_t _utime;
			__kernel_clock_t _stime;
		} _sigchld;
		struct {			/* SIGILL, SIGFPE, SIGSEGV, SIGBUS */
			void *_addr;
		} _sigfault;
		struct {			/* the signal of F_SETSIG */
			long _band;
			int _fd;
		} _sigpoll;
	} _sifields;
} siginfo_t;

#define si_pid		_sifields._rt._pid
#define si_uid		_sifields._rt._uid
#define si_value	_sifields._rt._sigval
#define si_status	_sifields._sigchld._status
#define si_utime	_sifields._sigchld._utime
#define si_stime	_sifields._sigchld._stime
#define si_addr		_sifields._sigfault._addr
#define si_band		_sifields._sigpoll._band
#define si_fd		_sifields._sigpoll._fd

/* si_code, for every signal */
#define SI_USER		0	/* kill */
#define SI_KERNEL	0x80
#define SI_QUEUE	-1	/* sigqueue */
#define SI_TIMER	-2
#define SI_TKILL	-6	/* tkill, tgkill */

/* SIGILL */
#define ILL_ILLOPC	1
#define ILL_ILLOPN	2
#define ILL_PRVOPC	5
#define ILL_BADSTK	8
/* SIGFPE */
#define FPE_INTDIV	1
#define FPE_INTOVF	2
#define FPE_FLTDIV	3
#define FPE_FLTOVF	4
#define FPE_FLTUND	5
#define FPE_FLTRES	6
#define FPE_FLTINV	7
#define FPE_FLTSUB	8
/* SIGSEGV */
#define SEGV_MAPERR	1	/* nothing mapped there */
#define SEGV_ACCERR	2	/* mapped, but not for this access */
/* SIGBUS */
#define BUS_ADRALN	1
#define BUS_ADRERR	2	/* behind the end of the mapped file */
#define BUS_OBJERR	3
/* SIGTRAP */
#define TRAP_BRKPT	1
#define TRAP_TRACE	2
/* SIGIO; si_band: the same as poll(2) would say */
#define POLL_IN		1	/* it can be read */
#define POLL_OUT	2	/* it can be written */
/* SIGCHLD */
#define CLD_EXITED	1
#define CLD_KILLED	2
#define CLD_DUMPED	3
#define CLD_TRAPPED	4
#define CLD_STOPPED	5
#define CLD_CONTINUED	6

#endif
