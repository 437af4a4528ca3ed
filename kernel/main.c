/*
 * From the first C function to init.
 *
 *	start_kernel()		the machine, then memory, then every subsystem, as task 0
 *	move_to_user_mode()	task 0 leaves the kernel
 *	init_user_start()	there it forks task 1 (init_user.c) and idles
 *	sys_setup()		task 1 comes back once: root, init sections, console
 *	execve()		and becomes /sbin/init, or what init= names
 *
 * 0.12's main() did the same in the same order.
 */
#include <linux/sched.h>
#include <linux/buffer_head.h>
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/selftest.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/swap.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/tty.h>
#include <linux/utsname.h>
#include <linux/vmalloc.h>
#include <asm/uaccess.h>

#define INIT_PATH_MAX	128

static char init_path[INIT_PATH_MAX];	/* of init=; empty: the usual places */

static void __init init_setup(char *value)
{
	strlcpy(init_path, value, sizeof(init_path));
}
__setup("init=", init_setup);

extern const initcall_t __initcall_start[], __initcall_end[];

static void __init do_initcalls(void)
{
	const initcall_t *call;
	int err;

	for (call = __initcall_start; call < __initcall_end; call++) {
		err = (*call)();
		if (err)
			printk(KERN_WARNING "initcall %p failed: error %d\n", *call, -err);
	}
}

/* Caches and tables of the file systems and of memory; the order is theirs. */
static void __init init_subsystems(void)
{
	kmem_cache_init();
	vma_init();
	fork_init();
	page_cache_init();
	buffer_init();
	inode_init();
	dcache_init();
	files_init();
}

void __init start_kernel(void)
{
	char *command_line;

	console_early_init();
	printk(KERN_NOTICE "%s\n", linux_banner);
	setup_arch(&command_line);
	strlcpy(saved_command_line, command_line, COMMAND_LINE_SIZE);
	printk(KERN_INFO "Command line: %s\n", saved_command_line);
	parse_early_param();
	trap_init();
	init_IRQ();
	sched_init();
	time_init();
	mem_init();
	init_subsystems();
	local_irq_enable();
	do_initcalls();
	move_to_user_mode();
}

/* The node of the root, so that the terminal has a path; or without one: old roots have none. */
static struct file *get_console(void)
{
	const dev_t console = MKDEV(TTYAUX_MAJOR, 1);
	struct file *file = filp_open("/dev/console", O_RDWR | O_NONBLOCK, 0);
	struct dentry *dentry;

	if (!IS_ERR(file)) {
		if (S_ISCHR(file->f_dentry->d_inode->i_mode) &&
		    file->f_dentry->d_inode->i_rdev == console) {
			file->f_flags &= ~O_NONBLOCK;
			return file;
		}
		fput(file);
	}
	dentry = device_dentry("console", S_IFCHR, console);
	return IS_ERR(dentry) ? (struct file *)dentry : dentry_open(dentry, O_RDWR);
}

/* Descriptors 0, 1 and 2 of init. */
static void open_console(void)
{
	struct file *file = get_console();
	int fd, i;

	if (IS_ERR(file)) {
		printk(KERN_WARNING "Cannot open the console: error %ld. Init has no terminal.\n",
		       -PTR_ERR(file));
		return;
	}
	for (i = 0; i < 3; i++) {
		fd = get_unused_fd(0);
		if (fd < 0)
			break;
		file->f_count++;
		fd_install(fd, file);
	}
	fput(file);
}

static void no_init(int err)
{
	if (init_path[0])
		panic("Cannot run init=%s: error %d. "
		      "Name another program on the command line, e.g. init=/bin/sh",
		      init_path, err);
	panic("No init: /sbin/init, /etc/init, /bin/init and /bin/sh all failed, the last with "
	      "error %d. Name a program with init=, or another root with root=", err);
}

/*
 * The private call of task 1. SETUP_BOOT: mounts the root, frees what was only for booting,
 * opens the console; puts the path of init= into buf (of 128 bytes), an empty string without one.
 * SETUP_NO_INIT: no program could be started, the last error was `err`. Anybody else: -ENOSYS.
 */
long sys_setup(int what, char __user *buf, int err)
{
	static bool booted;

	if (current->pid != 1 || (booted && current->did_exec))
		return -ENOSYS;
	if (what == SETUP_NO_INIT)
		no_init(err);
	if (what != SETUP_BOOT || booted)
		return -ENOSYS;
	booted = true;
	selftest();
	mount_root();
	swap_boot();
	free_initmem();
	open_console();
	return copy_to_user(buf, init_path, sizeof(init_path)) ? -EFAULT : 0;
}
