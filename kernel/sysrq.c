/*
 * /proc/sysrq-trigger: a letter written there makes the kernel do or show
 * something at once, without the help of any program. Root only. `h` lists the
 * letters, which are Linux' as far as Linux has them.
 *
 * Two of them damage the kernel on purpose, so that what happens then can be seen and
 * tested.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/reboot.h>
#include <linux/fs.h>
#include <linux/ksyms.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>

static void show_tasks(void)
{
	struct task_struct *p;

	printk(KERN_INFO "  PID STATE COMMAND          SLEEPS IN\n");
	for_each_process(p) {
		unsigned long pc = get_wchan(p);
		const char *name = pc ? ksym_lookup(pc, NULL) : NULL;

		printk(KERN_INFO "%5d %5ld %-16s %s\n", p->pid, p->state, p->comm,
		       name ? name : "-");
	}
}

static void crash(void)
{
	*(volatile int *)NULL = 0;
}

/* Uses the stack up to its last bytes and stays there: the next interrupt notices. */
static noinline void exhaust_stack(void)
{
	volatile char part[256];
	unsigned long left = (unsigned long)part - (unsigned long)current - sizeof(*current);

	part[0] = 0;
	if (left > 2 * sizeof(part))
		exhaust_stack();
	while (!part[0])
		cpu_relax();
}

static void sync_all(void)
{
	sync_dev(0);
}

static void help(void);

static const struct sysrq_key {
	char key;
	const char *what;
	void (*action)(void);
} keys[] = {
	{ 'b', "reboot at once", machine_restart },
	{ 'c', "crash: use a null pointer", crash },
	{ 'h', "help", help },
	{ 'm', "memory", show_mem },
	{ 'o', "power off at once", machine_power_off },
	{ 's', "sync the disks", sync_all },
	{ 't', "tasks", show_tasks },
	{ 'v', "use up the kernel stack", exhaust_stack },
};

static void help(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		printk(KERN_INFO "sysrq %c: %s\n", keys[i].key, keys[i].what);
}

static int sysrq_write(char *text, size_t len, void *data)
{
	unsigned int i;

	(void)len;
	(void)data;
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		if (keys[i].key == text[0]) {
			keys[i].action();
			return 0;
		}
	}
	return -EINVAL;
}

static int __init sysrq_init(void)
{
	create_proc_entry("sysrq-trigger", 0200, NULL, sysrq_write, NULL);
	return 0;
}
initcall_fs(sysrq_init);
