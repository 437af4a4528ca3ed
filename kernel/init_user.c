/*
 * What tasks 0 and 1 do in user mode. This code is linked with the kernel, but stands in a page
 * that the user sees: it may call nothing outside the page, and its strings must be in the page
 * too. It talks to the kernel by system calls like any program. 0.12's main() ended like that.
 */
#include <linux/init.h>
#include <linux/syscalls.h>
#include <asm/init_call.h>
#include <asm/unistd.h>

#define PATH_SIZE	128

static const char sbin_init[] __user_data = "/sbin/init";
static const char etc_init[] __user_data = "/etc/init";
static const char bin_init[] __user_data = "/bin/init";
static const char bin_sh[] __user_data = "/bin/sh";
static const char env_home[] __user_data = "HOME=/";
static const char env_term[] __user_data = "TERM=linux";
static const char env_path[] __user_data = "PATH=/sbin:/usr/sbin:/bin:/usr/bin";

/* Returns only when the program could not be started. */
static __user_text long try_to_run(const char *path)
{
	const char *argv[2], *envp[4];

	argv[0] = path;
	argv[1] = 0;
	envp[0] = env_home;
	envp[1] = env_term;
	envp[2] = env_path;
	envp[3] = 0;
	return init_syscall(__NR_execve, (long)path, (long)argv, (long)envp);
}

/* Task 1. */
static __user_text void init(void)
{
	char path[PATH_SIZE];
	long err;

	init_syscall(__NR_setup, SETUP_BOOT, (long)path, 0);
	if (path[0]) {
		err = try_to_run(path);
	} else {
		try_to_run(sbin_init);
		try_to_run(etc_init);
		try_to_run(bin_init);
		err = try_to_run(bin_sh);
	}
	init_syscall(__NR_setup, SETUP_NO_INIT, 0, -err);
}

/* Task 0, just arrived from move_to_user_mode(). */
__user_text void init_user_start(void)
{
	if (init_syscall(__NR_fork, 0, 0, 0) == 0)
		init();
	for (;;)
		init_syscall(__NR_pause, 0, 0, 0);
}
