/* sys/wait.h - waiting for children, and what their status says. */
#ifndef _SYS_WAIT_H
#define _SYS_WAIT_H

#include <sys/types.h>
#include <uapi/linux/wait.h>
#include <uapi/linux/signal.h>
#include <uapi/linux/resource.h>

/*
 *	exited:    status << 8		stopped:   signal << 8 | 0x7f
 *	killed:    signal (| 0x80 core)	continued: 0xffff
 */
#define WEXITSTATUS(s)	(((s) >> 8) & 0xff)
#define WTERMSIG(s)	((s) & 0x7f)
#define WSTOPSIG(s)	WEXITSTATUS(s)
#define WCOREDUMP(s)	((s) & 0x80)
#define WIFEXITED(s)	(WTERMSIG(s) == 0)
#define WIFSTOPPED(s)	(((s) & 0xff) == 0x7f)
#define WIFSIGNALED(s)	(WTERMSIG(s) != 0 && WTERMSIG(s) != 0x7f)
#define WIFCONTINUED(s)	((s) == 0xffff)

pid_t wait(int *status);
pid_t waitpid(pid_t pid, int *status, int options);
pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage);
int waitid(int which, pid_t pid, siginfo_t *info, int options);

#endif
