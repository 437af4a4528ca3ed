/*
 * System calls that belong nowhere else: uname and its kin, umask, sysinfo, prctl, personality.
 */
#include <linux/sched.h>
#include <linux/buffer_head.h>
#include <linux/fs.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/personality.h>
#include <linux/shmem_fs.h>
#include <linux/string.h>
#include <linux/swap.h>
#include <linux/syscalls.h>
#include <linux/utsname.h>
#include <uapi/linux/prctl.h>
#include <asm/uaccess.h>

#define LOAD_FRACTION_BITS	16	/* of sysinfo's load averages */

/* ---- names ---- */

#define OLD_UTS_LEN	8	/* 0.12's */

/* What uname(2) filled in until domain names came, and what it filled in at first. */
struct old_utsname {
	char sysname[__NEW_UTS_LEN + 1];
	char nodename[__NEW_UTS_LEN + 1];
	char release[__NEW_UTS_LEN + 1];
	char version[__NEW_UTS_LEN + 1];
	char machine[__NEW_UTS_LEN + 1];
};

struct oldold_utsname {
	char sysname[OLD_UTS_LEN + 1];
	char nodename[OLD_UTS_LEN + 1];
	char release[OLD_UTS_LEN + 1];
	char version[OLD_UTS_LEN + 1];
	char machine[OLD_UTS_LEN + 1];
};

long sys_newuname(struct new_utsname __user *name)
{
	return copy_to_user(name, &system_utsname, sizeof(*name)) ? -EFAULT : 0;
}

long sys_uname(struct old_utsname __user *name)
{
	/* The new structure begins like the old one. */
	return copy_to_user(name, &system_utsname, sizeof(*name)) ? -EFAULT : 0;
}

long sys_olduname(struct oldold_utsname __user *uname)
{
	struct oldold_utsname name;

	strlcpy(name.sysname, system_utsname.sysname, sizeof(name.sysname));
	strlcpy(name.nodename, system_utsname.nodename, sizeof(name.nodename));
	strlcpy(name.release, system_utsname.release, sizeof(name.release));
	strlcpy(name.version, system_utsname.version, sizeof(name.version));
	strlcpy(name.machine, system_utsname.machine, sizeof(name.machine));
	return copy_to_user(uname, &name, sizeof(name)) ? -EFAULT : 0;
}

/* A host or domain name from a program into one of system_utsname's fields. */
static int set_name(char *to, const char __user *from, int len)
{
	char name[__NEW_UTS_LEN + 1];

	if (!capable_root())
		return -EPERM;
	if (len < 0 || len > __NEW_UTS_LEN)
		return -EINVAL;
	memset(name, 0, sizeof(name));
	if (copy_from_user(name, from, len))
		return -EFAULT;
	memcpy(to, name, sizeof(name));
	return 0;
}

long sys_sethostname(const char __user *name, int len)
{
	return set_name(system_utsname.nodename, name, len);
}

long sys_setdomainname(const char __user *name, int len)
{
	return set_name(system_utsname.domainname, name, len);
}

/* ---- the rest ---- */

long sys_umask(unsigned int mask)
{
	mode_t old = current->fs->umask;

	current->fs->umask = mask & 0777;
	return old;
}

long sys_sysinfo(struct sysinfo __user *uinfo)
{
	struct sysinfo info;
	int i;

	memset(&info, 0, sizeof(info));
	si_meminfo(&info);
	si_swapinfo(&info);
	info.bufferram = nr_buffer_pages;
	info.sharedram = nr_shmem_pages;
	info.uptime = div_u64(ktime_get(), NSEC_PER_SEC);
	for (i = 0; i < 3; i++)
		info.loads[i] = avenrun[i] << (LOAD_FRACTION_BITS - FSHIFT);
	info.procs = nr_threads;
	return copy_to_user(uinfo, &info, sizeof(info)) ? -EFAULT : 0;
}

static long prctl_get_name(char __user *to)
{
	char name[sizeof(current->comm)];

	strncpy(name, current->comm, sizeof(name));
	return copy_to_user(to, name, sizeof(name)) ? -EFAULT : 0;
}

static long prctl_set_name(const char __user *from)
{
	char name[sizeof(current->comm)];
	long len = strncpy_from_user(name, from, sizeof(name) - 1);

	if (len < 0)
		return len;
	name[len] = '\0';
	strlcpy(current->comm, name, sizeof(current->comm));
	return 0;
}

long sys_prctl(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4,
	       unsigned long arg5)
{
	(void)arg3;
	(void)arg4;
	(void)arg5;
	switch (option) {
	case PR_SET_PDEATHSIG:
		if (arg2 > _NSIG)
			return -EINVAL;
		current->pdeath_signal = arg2;
		return 0;
	case PR_GET_PDEATHSIG:
		return put_user(current->pdeath_signal, (int __user *)arg2);
	case PR_GET_DUMPABLE:
		return current->dumpable;
	case PR_SET_DUMPABLE:
		if (arg2 > 1)
			return -EINVAL;
		current->dumpable = arg2;
		return 0;
	case PR_SET_NAME:
		return prctl_set_name((const char __user *)arg2);
	case PR_GET_NAME:
		return prctl_get_name((char __user *)arg2);
	}
	return -EINVAL;
}

#define PERSONALITY_QUERY	0xffffffffUL

/*
 * Kept and inherited, and without effect. That of 1992 has one, on the names of files; only exec
 * gives it, for a set-uid program could inherit it as well.
 */
long sys_personality(unsigned long persona)
{
	unsigned long old = current->personality;

	if (persona == PER_LINUX_012)
		return -EINVAL;
	if (persona != PERSONALITY_QUERY)
		current->personality = persona;
	return old;
}
