/*
 * What tasks 0 and 1 do in user mode. This code is linked with the kernel, but stands in a page
 * that the user sees: it may call nothing outside the page, and its strings must be in the page
 * too. It talks to the kernel by system calls like any program. 0.12's main() ended like
 * that; where there is no init program, task 1 does what its init() did: /bin/sh reads /etc/rc, and
 * then login shells follow one another.
 */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/syscalls.h>
#include <linux/tty.h>
#include <asm/init_call.h>
#include <asm/unistd.h>

#define PATH_SIZE	128

static const char sbin_init[] __user_data = "/sbin/init";
static const char etc_init[] __user_data = "/etc/init";
static const char bin_init[] __user_data = "/bin/init";
static const char bin_sh[] __user_data = "/bin/sh";
static const char login_sh[] __user_data = "-/bin/sh";
static const char etc_rc[] __user_data = "/etc/rc";
static const char home[] __user_data = "HOME=/";
static const char root_home[] __user_data = "HOME=/usr/root";
static const char term[] __user_data = "TERM=linux";
static const char old_term[] __user_data = "TERM=con80x25";
static const char path_dirs[] __user_data = "PATH=/sbin:/usr/sbin:/bin:/usr/bin";

/* Returns only when the program could not be started. */
static __user_text long execute(const char *path, const char *argv0, const char *env_home,
				const char *env_term)
{
	const char *argv[2], *envp[4];

	argv[0] = argv0;
	argv[1] = 0;
	envp[0] = env_home;
	envp[1] = env_term;
	envp[2] = path_dirs;
	envp[3] = 0;
	return init_syscall(__NR_execve, (long)path, (long)argv, (long)envp, 0);
}

static __user_text long try_to_run(const char *path)
{
	return execute(path, path, home, term);
}

/* The child: a shell that reads /etc/rc, or one for a person. -ERRNO: there is none. */
static __user_text long become_shell(int script)
{
	if (script) {
		init_syscall(__NR_close, 0, 0, 0, 0);
		if (init_syscall(__NR_open, (long)etc_rc, O_RDONLY, 0, 0))
			return 0;
		return execute(bin_sh, bin_sh, home, old_term);
	}
	init_syscall(__NR_setsid, 0, 0, 0, 0);
	init_syscall(__NR_ioctl, 0, TIOCSCTTY, 0, 0);
	return execute(bin_sh, login_sh, root_home, old_term);
}

/*
 * Runs a shell to its end, and buries every orphan that ends meanwhile. 0, or -ERRNO: there is no
 * shell, which the child can tell since it shares our memory until it is another program.
 */
static __user_text long run_shell(int script)
{
	volatile long err = 0;
	long pid = init_syscall(__NR_vfork, 0, 0, 0, 0);

	if (!pid) {
		err = become_shell(script);
		init_syscall(__NR_exit, 1, 0, 0, 0);
	}
	while (pid > 0 && init_syscall(__NR_wait4, -1, 0, 0, 0) != pid)
		;
	init_syscall(__NR_sync, 0, 0, 0, 0);
	return pid < 0 ? pid : err;
}

/* A system without an init program: what 0.12's init() did itself. */
static __user_text long single_user(void)
{
	long err = run_shell(1);

	while (!err)
		err = run_shell(0);
	return err;
}

/* Task 1. */
static __user_text void init(void)
{
	char path[PATH_SIZE];
	long err;

	init_syscall(__NR_setup, SETUP_BOOT, (long)path, 0, 0);
	if (path[0]) {
		err = try_to_run(path);
	} else {
		try_to_run(sbin_init);
		try_to_run(etc_init);
		try_to_run(bin_init);
		err = single_user();
	}
	init_syscall(__NR_setup, SETUP_NO_INIT, 0, -err, 0);
}

/* Task 0, just arrived from move_to_user_mode(). */
__user_text void init_user_start(void)
{
	if (init_syscall(__NR_fork, 0, 0, 0, 0) == 0)
		init();
	for (;;)
		init_syscall(__NR_pause, 0, 0, 0, 0);
}
