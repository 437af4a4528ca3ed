/*
 * The files of /proc that tell about the whole system: load, CPU, time,
 * file systems. Formats are Linux'.
 */
#include <linux/proc_fs.h>
#include <linux/proc_maps.h>
#include <linux/buffer_head.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/swap.h>
#include <linux/time.h>
#include <linux/utsname.h>
#include <uapi/linux/sysinfo.h>
#include <asm/processor.h>

static int swaps_show(struct seq_file *m, void *data)
{
	(void)data;
	show_swaps(m);
	return 0;
}

static int stat_show(struct seq_file *m, void *data)
{
	(void)data;
	seq_printf(m, "cpu  %lu %lu %lu %lu 0 0 0 0 0 0\ncpu0 %lu %lu %lu %lu 0 0 0 0 0 0\n",
		   kstat.user, kstat.nice, kstat.system, kstat.idle,
		   kstat.user, kstat.nice, kstat.system, kstat.idle);
	seq_printf(m, "intr %lu\nctxt %lu\nbtime %ld\nprocesses %lu\n", nr_interrupts,
		   nr_switches, startup_time, total_forks);
	seq_printf(m, "procs_running %d\nprocs_blocked 0\n", nr_running);
	return 0;
}

static int uptime_show(struct seq_file *m, void *data)
{
	u32 csec = 0, up;

	(void)data;
	up = (u32)div_u64_rem(div_u64(ktime_get(), 10 * 1000 * 1000), 100, &csec);
	seq_printf(m, "%u.%02u %lu.%02lu\n", up, csec, kstat.idle / HZ, kstat.idle % HZ);
	return 0;
}

static int loadavg_show(struct seq_file *m, void *data)
{
	int i;

	(void)data;
	for (i = 0; i < 3; i++) {
		unsigned long a = avenrun[i] + FIXED_1 / 200;

		seq_printf(m, "%lu.%02lu ", a >> FSHIFT, ((a & (FIXED_1 - 1)) * 100) >> FSHIFT);
	}
	seq_printf(m, "%d/%d %d\n", nr_running, nr_threads, last_pid);
	return 0;
}

static int version_show(struct seq_file *m, void *data)
{
	(void)data;
	seq_printf(m, "%s\n", linux_banner);
	return 0;
}

static int cmdline_show(struct seq_file *m, void *data)
{
	(void)data;
	seq_printf(m, "%s\n", saved_command_line);
	return 0;
}

static int cpuinfo_show(struct seq_file *m, void *data)
{
	(void)data;
	show_cpuinfo(m);
	return 0;
}

static int interrupts_show(struct seq_file *m, void *data)
{
	(void)data;
	show_interrupts(m);
	return 0;
}

/* Texts that fs/ makes into one page. */
static int page_text_show(struct seq_file *m, void *get)
{
	int (*list)(char *, int) = (int (*)(char *, int))get;
	char *page = (char *)get_zeroed_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	list(page, PAGE_SIZE);
	seq_puts(m, page);
	free_page((unsigned long)page);
	return 0;
}

void proc_show_mounts(struct seq_file *m)
{
	struct super_block *sb;

	list_for_each_entry(sb, &super_blocks, s_list) {
		if (!sb->s_root)
			continue;
		seq_printf(m, "%s ", sb->s_devname ? sb->s_devname : "none");
		seq_path(m, sb->s_root->d_covers, " \t\n\\");
		seq_printf(m, " %s %s%s%s%s%s", sb->s_type->name,
			   sb->s_flags & MS_RDONLY ? "ro" : "rw",
			   sb->s_flags & MS_NOSUID ? ",nosuid" : "",
			   sb->s_flags & MS_NODEV ? ",nodev" : "",
			   sb->s_flags & MS_NOEXEC ? ",noexec" : "",
			   sb->s_flags & MS_NOATIME ? ",noatime" : "");
		if (sb->s_op->show_options)
			sb->s_op->show_options(sb, m);
		seq_puts(m, " 0 0\n");
	}
}

/* ---- /proc/sys ---- */

static int string_show(struct seq_file *m, void *text)
{
	seq_printf(m, "%s\n", (char *)text);
	return 0;
}

static int number_show(struct seq_file *m, void *value)
{
	seq_printf(m, "%d\n", *(int *)value);
	return 0;
}

static int __init proc_system_init(void)
{
	create_proc_entry("swaps", 0444, swaps_show, NULL, NULL);
	create_proc_entry("stat", 0444, stat_show, NULL, NULL);
	create_proc_entry("uptime", 0444, uptime_show, NULL, NULL);
	create_proc_entry("loadavg", 0444, loadavg_show, NULL, NULL);
	create_proc_entry("version", 0444, version_show, NULL, NULL);
	create_proc_entry("cmdline", 0444, cmdline_show, NULL, NULL);
	create_proc_entry("cpuinfo", 0444, cpuinfo_show, NULL, NULL);
	create_proc_entry("interrupts", 0444, interrupts_show, NULL, NULL);
	create_proc_entry("filesystems", 0444, page_text_show, NULL, get_filesystem_list);
	create_proc_entry("devices", 0444, page_text_show, NULL, get_device_list);
	create_proc_entry("sys/kernel/ostype", 0444, string_show, NULL, system_utsname.sysname);
	create_proc_entry("sys/kernel/osrelease", 0444, string_show, NULL,
			  system_utsname.release);
	create_proc_entry("sys/kernel/version", 0444, string_show, NULL, system_utsname.version);
	create_proc_entry("sys/kernel/hostname", 0444, string_show, NULL,
			  system_utsname.nodename);
	create_proc_entry("sys/kernel/threads-max", 0444, number_show, NULL, &max_threads);
	create_proc_entry("sys/fs/file-max", 0444, number_show, NULL, &max_files);
	return 0;
}
initcall_fs(proc_system_init);
