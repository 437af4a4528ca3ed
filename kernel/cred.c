/*
 * Who a task is: its user and group ids. Each exists four times: real (who started it), effective
 * (whose rights it has), saved (whose rights it may take again), and fs (which files it may open;
 * it follows the effective id). Root may set all as it likes, others may only choose among the
 * first three. An argument of -1 leaves an id as it is.
 */
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

#define NO_ID	((uid_t)-1)

long sys_getuid(void)
{
	return current->uid;
}

long sys_geteuid(void)
{
	return current->euid;
}

long sys_getgid(void)
{
	return current->gid;
}

long sys_getegid(void)
{
	return current->egid;
}

/* Others may not look into the memory of a task that has changed its rights. */
static void ids_changed(void)
{
	current->dumpable = false;
	current->pdeath_signal = 0;
}

static bool is_my_uid(uid_t uid)
{
	return uid == current->uid || uid == current->euid || uid == current->suid;
}

static bool is_my_gid(gid_t gid)
{
	return gid == current->gid || gid == current->egid || gid == current->sgid;
}

long sys_setresuid(uid_t ruid, uid_t euid, uid_t suid)
{
	struct task_struct *p = current;
	int err;

	if (!capable_root() && ((ruid != NO_ID && !is_my_uid(ruid)) ||
				(euid != NO_ID && !is_my_uid(euid)) ||
				(suid != NO_ID && !is_my_uid(suid))))
		return -EPERM;
	if (ruid != NO_ID && ruid != p->uid) {
		err = switch_uid(ruid);
		if (err)
			return err;
		p->uid = ruid;
	}
	if (euid != NO_ID && euid != p->euid) {
		ids_changed();
		p->euid = euid;
	}
	p->fsuid = p->euid;
	if (suid != NO_ID)
		p->suid = suid;
	return 0;
}

long sys_setresgid(gid_t rgid, gid_t egid, gid_t sgid)
{
	struct task_struct *p = current;

	if (!capable_root() && ((rgid != NO_ID && !is_my_gid(rgid)) ||
				(egid != NO_ID && !is_my_gid(egid)) ||
				(sgid != NO_ID && !is_my_gid(sgid))))
		return -EPERM;
	if (rgid != NO_ID)
		p->gid = rgid;
	if (egid != NO_ID && egid != p->egid) {
		ids_changed();
		p->egid = egid;
	}
	p->fsgid = p->egid;
	if (sgid != NO_ID)
		p->sgid = sgid;
	return 0;
}

/* Root's setuid() gives all rights up for good; anybody else's only changes the effective id. */
long sys_setuid(uid_t uid)
{
	if (uid == NO_ID)
		return -EINVAL;
	if (capable_root())
		return sys_setresuid(uid, uid, uid);
	if (uid != current->uid && uid != current->suid)
		return -EPERM;
	return sys_setresuid(NO_ID, uid, NO_ID);
}

long sys_setgid(gid_t gid)
{
	if (gid == NO_ID)
		return -EINVAL;
	if (capable_root())
		return sys_setresgid(gid, gid, gid);
	if (gid != current->gid && gid != current->sgid)
		return -EPERM;
	return sys_setresgid(NO_ID, gid, NO_ID);
}

/* BSD's call to swap both ids. The saved id follows when the real one is set or differs. */
long sys_setreuid(uid_t ruid, uid_t euid)
{
	uid_t old = current->uid, suid = NO_ID;

	if (!capable_root() && ruid != NO_ID && ruid != current->uid && ruid != current->euid)
		return -EPERM;
	if (!capable_root() && euid != NO_ID && !is_my_uid(euid))
		return -EPERM;
	if (ruid != NO_ID || (euid != NO_ID && euid != old))
		suid = euid != NO_ID ? euid : current->euid;
	return sys_setresuid(ruid, euid, suid);
}

long sys_setregid(gid_t rgid, gid_t egid)
{
	gid_t old = current->gid, sgid = NO_ID;

	if (!capable_root() && rgid != NO_ID && rgid != current->gid && rgid != current->egid)
		return -EPERM;
	if (!capable_root() && egid != NO_ID && !is_my_gid(egid))
		return -EPERM;
	if (rgid != NO_ID || (egid != NO_ID && egid != old))
		sgid = egid != NO_ID ? egid : current->egid;
	return sys_setresgid(rgid, egid, sgid);
}

long sys_getresuid(uid_t __user *ruid, uid_t __user *euid, uid_t __user *suid)
{
	if (put_user(current->uid, ruid) || put_user(current->euid, euid) ||
	    put_user(current->suid, suid))
		return -EFAULT;
	return 0;
}

long sys_getresgid(gid_t __user *rgid, gid_t __user *egid, gid_t __user *sgid)
{
	if (put_user(current->gid, rgid) || put_user(current->egid, egid) ||
	    put_user(current->sgid, sgid))
		return -EFAULT;
	return 0;
}

/* These two never fail: they return the former id, changed or not. */
long sys_setfsuid(uid_t uid)
{
	uid_t old = current->fsuid;

	if (uid == old || is_my_uid(uid) || capable_root()) {
		if (uid != NO_ID)
			current->fsuid = uid;
	}
	return old;
}

long sys_setfsgid(gid_t gid)
{
	gid_t old = current->fsgid;

	if (gid == old || is_my_gid(gid) || capable_root()) {
		if (gid != NO_ID)
			current->fsgid = gid;
	}
	return old;
}
